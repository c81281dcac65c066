"""JSON read no deeper than asked: sections stay raw bytes until someone wants them."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from crossover.errors import ExportError

Raw = msgspec.Raw

_DECODE_ERRORS = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_AT_BYTE = re.compile(r"\s*\(byte (\d+)\)$")
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_EMPTY = re.compile(rb"\s*(?:null|\{\s*\}|\[\s*\])\s*")
_AGAIN = (
    "Download the export again from TikTok. If you edited the file, undo that: "
    "the place named above is where it stops being JSON."
)


def read_top(data: bytes | bytearray, file: str) -> dict[str, Raw]:
    """The top-level sections of a JSON file, none of them decoded.

    A byte order mark is accepted, half a character pair (a cut emoji, as `\\ud83d`) is replaced.
    Raises `ExportError` with line and column where the file stops being JSON.
    """
    body = data[3:] if data.startswith(b"\xef\xbb\xbf") else data
    try:
        return msgspec.json.decode(body, type=dict[str, Raw])
    except _DECODE_ERRORS as first:
        if b"\\u" not in body:
            raise broken(first, body, file) from first
    # msgspec refuses a whole file for one cut emoji; the replacement keeps every offset.
    body = _ESCAPE.sub(lambda found: b"\\ufffd" if found[1] else found[0], body)
    try:
        return msgspec.json.decode(body, type=dict[str, Raw])
    except _DECODE_ERRORS as exc:
        raise broken(exc, body, file) from exc


def broken(exc: Exception, body: bytes | bytearray, file: str) -> ExportError:
    """Where and why `body` is not JSON, as one message; no content of the file is quoted."""
    if isinstance(exc, RecursionError):
        return ExportError(
            f"{file} is nested deeper than any TikTok export.", next="Download the export again."
        )
    if isinstance(exc, msgspec.ValidationError):
        return ExportError(
            f"{file} is JSON, but not a TikTok export: it does not begin with `{{`.",
            next="Name the ZIP file that TikTok gave you.",
        )
    if isinstance(exc, UnicodeDecodeError):
        return ExportError(f"{file} holds names that are not UTF-8 text.", next=_AGAIN)
    why, at = str(exc), len(body)
    if found := _AT_BYTE.search(why):
        why, at = why[: found.start()].removeprefix("JSON is malformed: "), int(found[1])
    line, column = place(body, at)
    if "truncated" in why:
        message = f"{file} is cut short: it ends in the middle, at line {line}, column {column}."
    else:
        message = f"{file} is broken JSON at line {line}, column {column}: {why}."
    return ExportError(message, next=_AGAIN)


def place(body: bytes | bytearray, at: int) -> tuple[int, int]:
    """Line and column, both from 1, of the byte at `at`; columns count characters."""
    start = body.rfind(b"\n", 0, at) + 1
    column = len(bytes(body[start:at]).decode("utf-8", "replace"))
    return body.count(b"\n", 0, at) + 1, column + 1


def as_object(raw: Raw | None) -> dict[str, Raw] | None:
    """The members of an object, not decoded; None for anything else."""
    found = _decode(raw, dict[str, Raw])
    return found if isinstance(found, dict) else None


def as_list(raw: Raw | None) -> list[Raw] | None:
    """The items of a list, not decoded; None for anything else."""
    found = _decode(raw, list[Raw])
    return found if isinstance(found, list) else None


def as_text(raw: Raw | None) -> str | None:
    """A string, with bytes that are not UTF-8 replaced; None for anything else."""
    found = _decode(raw, str)
    return found if isinstance(found, str) else None


def is_empty(raw: Raw) -> bool:
    """Whether the value is `null`, `{}` or `[]`, the ways in which a section holds nothing."""
    return _EMPTY.fullmatch(memoryview(raw)) is not None


def _decode(raw: Raw | None, kind: Any) -> Any:
    if raw is None:
        return None
    try:
        return msgspec.json.decode(raw, type=kind)
    except UnicodeDecodeError:
        mended = bytes(raw).decode("utf-8", "replace")
    except (msgspec.MsgspecError, RecursionError):
        return None
    try:
        return msgspec.json.decode(mended, type=kind)
    except (*_DECODE_ERRORS,):
        return None
