"""Reads a note's fields and checks their types."""

from __future__ import annotations

import json


class BrokenRule(Exception):
    """The note is refused; the message says which rule it breaks."""


def read_object(value: object, what: str) -> dict[str, object]:
    """Check that a value is an object. Raises `BrokenRule`."""
    if not isinstance(value, dict):
        raise BrokenRule(f"{what} is not an object")
    return value


def read_list(owner: dict[str, object], key: str) -> list[object]:
    """Read a list. Raises `BrokenRule`."""
    value = owner.get(key)
    if not isinstance(value, list):
        raise BrokenRule(f"{key} is not a list")
    return value


def read_text(owner: dict[str, object], key: str) -> str:
    """Read a text in valid Unicode. Raises `BrokenRule`."""
    value = owner.get(key)
    if not isinstance(value, str):
        raise BrokenRule(f"{key} is not a text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BrokenRule(f"{key} is not valid Unicode (half an emoji?)") from None
    return value


def read_number(owner: dict[str, object], key: str) -> int:
    """Read a whole number. Raises `BrokenRule`."""
    value = owner.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BrokenRule(f"{key} is not a whole number")
    return value


def read_json_text(owner: dict[str, object], key: str) -> dict[str, object]:
    """Read an object that the protocol wants as a string of JSON inside the JSON. Raises
    `BrokenRule`."""
    try:
        value = json.loads(read_text(owner, key))
    except (ValueError, RecursionError):
        raise BrokenRule(f"common.{key} is not a string of JSON") from None
    return read_object(value, f"common.{key}")
