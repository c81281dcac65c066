"""Decodes one small value of an export: quickly when it is sound JSON, leniently when it is not."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

_LONE_HALF = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


_OBJECTS = msgspec.json.Decoder(list[dict[str, Any]])


class Undecodable(Exception):
    """The value is no JSON. The message is the reason, and quotes nothing of it."""


def decode_objects(raw: bytes) -> list[dict[str, Any]]:
    """Decode a list of objects. Raises `Undecodable` unless all of it is sound JSON."""
    try:
        return _OBJECTS.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as exc:
        raise Undecodable("it is broken JSON") from exc


def decode(raw: bytes) -> tuple[Any, bool]:
    """Decode a value, and tell whether letters in it had to be replaced: half a character pair (a
    cut emoji, as `\\ud83d`) and bytes that are not UTF-8 become `\ufffd`.

    Raw control characters and impossible numbers are accepted, the latter as their digits. Raises
    `Undecodable`.
    """
    try:
        return msgspec.json.decode(raw), False
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass
    whole = _LONE_HALF.sub(lambda found: b"\\ufffd" if found[1] else found[0], raw)
    text = whole.decode("utf-8", "replace")
    try:
        value = json.loads(text, strict=False, parse_int=str, parse_float=str, parse_constant=str)
    except RecursionError as exc:
        raise Undecodable("it is nested too deep") from exc
    except ValueError as exc:
        raise Undecodable("it is broken JSON") from exc
    return value, text.encode() != raw
