"""Reads a note's fields, and says which one is not what it must be."""

from __future__ import annotations

import json


class BrokenRule(Exception):
    """The note is refused; the text says which rule it breaks."""


def an_object(value: object, what: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise BrokenRule(f"{what} is not an object")
    return value


def a_list(owner: dict[str, object], key: str) -> list[object]:
    value = owner.get(key)
    if not isinstance(value, list):
        raise BrokenRule(f"{key} is not a list")
    return value


def a_text(owner: dict[str, object], key: str) -> str:
    value = owner.get(key)
    if not isinstance(value, str):
        raise BrokenRule(f"{key} is not a text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BrokenRule(f"{key} is not valid Unicode (half an emoji?)") from None
    return value


def a_number(owner: dict[str, object], key: str) -> int:
    value = owner.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BrokenRule(f"{key} is not a whole number")
    return value


def json_text(owner: dict[str, object], key: str) -> dict[str, object]:
    """An object that the protocol wants as a string of JSON inside the JSON."""
    try:
        value = json.loads(a_text(owner, key))
    except (ValueError, RecursionError):
        raise BrokenRule(f"common.{key} is not a string of JSON") from None
    return an_object(value, f"common.{key}")
