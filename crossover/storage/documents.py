"""Versioned JSON documents, and values as JSON text."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeVar

import msgspec

from crossover.errors import CrossoverError
from crossover.storage.atomic import write_atomic
from crossover.storage.os_errors import explain_os_error

T = TypeVar("T")

_HEAD = 256
"""Bytes in which a document says its format."""

_learning = threading.Lock()
_learned: set[Any] = set()

NO_UPGRADES: Mapping[int, Callable[[Any], Any]] = MappingProxyType({})


def write_document(
    path: Path, name: str, version: int, value: Any, *, lasting: bool = True
) -> None:
    """Write `value`, a dataclass or a mapping, as JSON with its format's name and version in
    front; `lasting` as for `write_atomic`."""
    write_atomic(path, *encode_document(name, version, value), lasting=lasting)


def encode_document(name: str, version: int, value: Any) -> Iterator[bytes]:
    """Make the bytes that `write_document` writes, in small pieces: a copy of a large document would
    not fit into little memory. Each field that is no list has a piece for its value alone."""
    body = value if isinstance(value, Mapping) else fields_of(value)
    opening = b"{\n "
    for key, one in {"format": f"crossover/{name}", "version": version, **body}.items():
        yield b"%b%b: " % (opening, _encode(key))
        opening = b",\n "
        if isinstance(one, tuple | list) and one:
            for place, item in enumerate(one):
                yield (b",\n  " if place else b"[\n  ") + _indent(item, b"\n  ")
            yield b"\n ]"
        else:
            yield _indent(one, b"\n ")
    yield b"\n}\n"


def _indent(value: Any, line_end: bytes) -> bytes:
    """Write a value as indented JSON, with this at the end of its lines."""
    return msgspec.json.format(_encode(value), indent=1).replace(b"\n", line_end)


def fields_of(value: Any) -> dict[str, Any]:
    """Take a dataclass apart, and nothing in it."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


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
    return decode_document(path, read_bytes(path), name, version, kind, upgrades)


def read_bytes(path: Path) -> bytes:
    """Read a whole file. Raises what `explain_os_error` makes of an `OSError`."""
    try:
        return path.read_bytes()
    except OSError as exc:
        raise explain_os_error(exc, path) from exc


def decode_document(
    path: Path,
    data: bytes,
    name: str,
    version: int,
    kind: type[T],
    upgrades: Mapping[int, Callable[[Any], Any]] = NO_UPGRADES,
) -> T:
    """Do what `read_document` does with the bytes of `path`."""
    try:
        head = from_json(data, _Head)
        if head.format != f"crossover/{name}":
            raise _damaged_error(path, f"its format is {head.format!r}")
        if not isinstance(head.version, int) or head.version > version:
            raise CrossoverError(
                f"{path} was written by a newer crossover (version {head.version} of its format).",
                next="Update crossover, then run the command again.",
            )
        if head.version == version:
            return from_json(data, kind)
        raw = msgspec.json.decode(data)
        for older in range(head.version, version):
            raw = upgrades[older](raw)
        return from_builtins(raw, kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as exc:
        raise _damaged_error(path, str(exc)) from exc
    except (AttributeError, KeyError, TypeError) as exc:
        raise _damaged_error(path, f"its version {head.version} cannot be read") from exc


@dataclass(frozen=True, slots=True)
class _Head:
    """What every document says of itself; anything in one that is damaged."""

    format: Any = None
    version: Any = None


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
    _learn(kind)
    return msgspec.convert(value, kind)


def from_json(text: str | bytes, kind: type[T]) -> T:
    """Make a typed value of JSON. Raises `ValueError` where it is none, or the shape is another."""
    _learn(kind)
    return msgspec.json.decode(text, type=kind)


def _learn(kind: type[Any]) -> None:
    """Let msgspec learn a type in one thread: it hands what it has half learned to the others, and
    the process crashes."""
    if kind not in _learned:
        with _learning:
            msgspec.json.Decoder(kind)
            _learned.add(kind)


def to_json(value: Any) -> str:
    """Write a value as JSON in plain ASCII: it parses everywhere and holds no control
    characters."""
    # Written on one line first: Python's own writer of indented JSON is many times as slow.
    return msgspec.json.format(to_json_line(value), indent=1)


def to_json_line(value: Any) -> str:
    """Write a value as `to_json` does, on one line."""
    return json.dumps(to_builtins(value), ensure_ascii=True, separators=(",", ":"))


def digest(value: Any) -> str:
    """sha256 (hex) of a value's JSON: same value, same digest, on every machine."""
    return hashlib.sha256(_encode(value, "deterministic")).hexdigest()


def digest_each(values: Iterable[Any]) -> str:
    """sha256 (hex) of values in their order, of which never all are held as JSON."""
    found = hashlib.sha256()
    for value in values:
        found.update(_encode(value, "deterministic") + b"\n")
    return found.hexdigest()


def _encode(value: Any, order: Literal["deterministic"] | None = None) -> bytes:
    """Write a value as JSON on one line. Half a letter, as a name of a file may hold, is a `?`:
    nothing reads it back."""
    try:
        return msgspec.json.encode(value, enc_hook=_plain, order=order)
    except UnicodeEncodeError:
        text = json.dumps(to_builtins(value), ensure_ascii=False, sort_keys=order is not None)
        return text.encode("utf-8", "replace")


def utc_text(moment: datetime) -> str:
    """Write a time as ISO 8601 in UTC with `Z`, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
