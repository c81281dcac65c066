"""Versioned JSON documents, and values as JSON text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

from crossover.errors import CrossoverError
from crossover.storage.atomic import write_atomic
from crossover.storage.os_errors import explain_os_error

T = TypeVar("T")

_HEAD = 256
"""Bytes in which a document says its format."""

NO_UPGRADES: Mapping[int, Callable[[Any], Any]] = MappingProxyType({})


def write_document(path: Path, name: str, version: int, value: Any) -> None:
    """Write `value` as JSON with its format's name and version in front."""
    body = to_builtins(value)
    document = {"format": f"crossover/{name}", "version": version, **body}
    text = json.dumps(document, ensure_ascii=False, indent=1)
    write_atomic(path, text.encode("utf-8", "surrogatepass") + b"\n")


def is_document(path: Path, name: str) -> bool:
    """Whether the file begins like such a document: whole or damaged, of whatever version."""
    try:
        with path.open("rb") as file:
            return f'"crossover/{name}"'.encode() in file.read(_HEAD)
    except OSError:
        return False


def read_document(
    path: Path,
    name: str,
    version: int,
    kind: type[T],
    upgrades: Mapping[int, Callable[[Any], Any]] = NO_UPGRADES,
) -> T:
    """Read what `write_document` wrote, also in an older version: `upgrades` has, by version, what
    makes such a document one of the next.

    Raises `CrossoverError` for a newer version, another format and damage: a broken state file is
    never taken for an empty one.
    """
    try:
        raw = msgspec.json.decode(path.read_bytes())
        found = raw.get("format"), raw.get("version")
    except (msgspec.DecodeError, UnicodeDecodeError, AttributeError) as exc:
        raise _damaged_error(path, str(exc)) from exc
    except OSError as exc:
        raise explain_os_error(exc, path) from exc
    if found[0] != f"crossover/{name}":
        raise _damaged_error(path, f"its format is {found[0]!r}")
    if not isinstance(found[1], int) or found[1] > version:
        raise CrossoverError(
            f"{path} was written by a newer crossover (version {found[1]} of its format).",
            next="Update crossover, then run the command again.",
        )
    try:
        for older in range(found[1], version):
            raw = upgrades[older](raw)
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as exc:
        raise _damaged_error(path, str(exc)) from exc
    except (AttributeError, KeyError, TypeError) as exc:
        raise _damaged_error(path, f"its version {found[1]} cannot be read") from exc


def _damaged_error(path: Path, detail: str) -> CrossoverError:
    return CrossoverError(
        f"{path} is damaged ({detail}).",
        next="Put back a copy of it if you have one; crossover will not guess what it held.",
    )


def to_builtins(value: Any) -> Any:
    """Make of a value what JSON can hold: dictionaries, lists, strings, numbers."""
    return msgspec.to_builtins(value, enc_hook=_plain)


def _plain(value: Any) -> str:
    """Return a string of a subclass as a plain string."""
    if isinstance(value, str):
        return str(value)
    what = f"{type(value).__name__} has no form in JSON"
    raise NotImplementedError(what)  # what msgspec asks a hook to raise for a type it does not take


def from_builtins(value: Any, kind: type[T]) -> T:
    """Make a typed value of decoded JSON. Raises `ValueError` where the shape is another."""
    return msgspec.convert(value, kind)


def to_json(value: Any) -> str:
    """Write a value as JSON in plain ASCII: it parses everywhere and holds no control
    characters."""
    return json.dumps(to_builtins(value), ensure_ascii=True, indent=1)


def to_json_line(value: Any) -> str:
    """Write a value as `to_json` does, on one line."""
    return json.dumps(to_builtins(value), ensure_ascii=True, separators=(",", ":"))


def digest(value: Any) -> str:
    """sha256 (hex) of a value's canonical JSON: same value, same digest, on every machine."""
    text = json.dumps(to_builtins(value), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def utc_text(moment: datetime) -> str:
    """Write a time as ISO 8601 in UTC with `Z`, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
