"""What may stand as the value of a rule: said in words, read from YAML, taken from a command line."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum, auto
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from crossover.errors import UsageProblem
from crossover.model.choices import PostNumbers
from crossover.settings.strict_yaml import (
    NULL,
    InvalidValue,
    integer_between,
    member_of,
    parse_flag,
    parse_text,
    parse_words,
    parse_yaml,
)
from crossover.settings.yaml_text import TEXT, to_flow_yaml

_MOST_POSTS = 100_000
"""The highest number of a post that may be named."""


class Typed(Enum):
    """How a value is typed on a command line: as YAML, as a text letter for letter, or as a list
    with commas."""

    YAML = auto()
    TEXT = auto()
    LIST = auto()


@dataclass(frozen=True, slots=True)
class ValueKind:
    """The values that a rule may have. `allowed` says which, for a person; `parse` makes one of a
    YAML node and raises `InvalidValue` for anything else."""

    allowed: str
    parse: Callable[[yaml.Node], Any]
    typed: Typed = Typed.YAML


def one_of(*choices: type[StrEnum] | StrEnum) -> ValueKind:
    """One of these words, or of all words of an enum."""
    words = tuple(
        word for choice in choices for word in (choice if isinstance(choice, type) else (choice,))
    )
    return ValueKind(", ".join(words), member_of(words))


def whole_number(low: int, high: int) -> ValueKind:
    """A whole number in these bounds."""
    return ValueKind(f"{low} to {high}", integer_between(low, high))


def yes_or_no() -> ValueKind:
    """Yes or no, as true or false."""
    return ValueKind("true, false", parse_flag)


def text(allowed: str, check: Callable[[str], bool]) -> ValueKind:
    """A text for which `check` holds; `allowed` says when it does."""

    def parse(node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):  # brackets at its beginning, without quotes
            raise InvalidValue(f"{allowed}; it needs quotes")
        found = parse_text(node)
        if not check(found):
            raise InvalidValue(allowed)
        return found

    return ValueKind(allowed, parse, Typed.TEXT)


def words(allowed: str) -> ValueKind:
    """A list of words, without the # of hashtags."""
    return ValueKind(allowed, parse_words, Typed.LIST)


def names(allowed: str) -> ValueKind:
    """Texts by names; the @ of a name is not part of it."""

    def parse(node: yaml.Node) -> dict[str, str]:
        if isinstance(node, yaml.ScalarNode) and node.value in ("", "null", "~"):
            return {}
        if not isinstance(node, yaml.MappingNode):
            raise InvalidValue(allowed)
        found: dict[str, str] = {}
        for key, value in node.value:
            try:
                name, called = parse_text(key).removeprefix("@"), parse_text(value)
            except InvalidValue as exc:
                raise InvalidValue(f"{allowed}; {exc}") from exc
            if name in found:
                raise InvalidValue(f"{allowed}; `{name}` stands there twice")
            found[name] = called
        return found

    return ValueKind(allowed, parse)


def several_of(choices: type[StrEnum]) -> ValueKind:
    """A list of these words."""
    allowed = f"a list of {', '.join(choices)}"
    member = member_of(choices)

    def parse(node: yaml.Node) -> tuple[StrEnum, ...]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise InvalidValue(allowed)
        return tuple(dict.fromkeys(member(item) for item in node.value))

    return ValueKind(allowed, parse, Typed.LIST)


def day(*, last: bool = False) -> ValueKind:
    """A day or none. Of a month or a year that is written alone it is the first, or the `last`."""
    allowed = "empty, or a day, a month or a year, as 2024-03-31, 2024-03 or 2024"

    def parse(node: yaml.Node) -> date | None:
        written = parse_text(node)
        if not written:
            return None
        match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", written, re.ASCII)
        year, month, day = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
        try:
            month = month or (12 if last else 1)
            return date(year, month, day or (monthrange(year, month)[1] if last else 1))
        except ValueError as exc:
            raise InvalidValue(allowed) from exc

    return ValueKind(allowed, parse, Typed.TEXT)


def post_numbers() -> ValueKind:
    """Numbers of posts, with ranges, in the order in which they are written."""
    allowed = "numbers of posts, as in 3, 8, 15-17, each once; or empty"

    def parse(node: yaml.Node) -> PostNumbers:
        try:
            ranges = [_parse_range(piece) for piece in _pieces(node)]
        except ValueError as exc:
            raise InvalidValue(allowed) from exc
        found: dict[int, None] = {}
        for number in chain.from_iterable(ranges):
            if number in found:
                raise InvalidValue(f"{allowed}; {number} stands there twice")
            found[number] = None
        return PostNumbers(tuple(found))

    return ValueKind(allowed, parse, Typed.TEXT)


def _pieces(node: yaml.Node) -> list[str]:
    """Split a list, or a text with commas."""
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    pieces = ",".join(parse_text(item) for item in items).strip(" []").split(",")
    return [piece.strip() for piece in pieces] if pieces != [""] else []


def _parse_range(text: str) -> range:
    """Parse `8` or `15-17`. Raises `ValueError`."""
    first, _, last = text.partition("-")
    numbers = range(int(first), int(last or first) + 1)
    if not numbers or not 1 <= numbers[0] <= numbers[-1] <= _MOST_POSTS:
        raise ValueError(text)
    if not (first + last).isdecimal():
        raise ValueError(text)
    return numbers


def parse_typed(kind: ValueKind, typed: str) -> Any:
    """Make a value of what was typed on a command line. Raises `InvalidValue`."""
    if kind.typed is Typed.TEXT:
        return kind.parse(yaml.ScalarNode(TEXT, typed))
    if kind.typed is Typed.LIST and not typed.lstrip().startswith("["):
        pieces = [piece.strip() for piece in typed.split(",")]
        typed = to_flow_yaml([piece for piece in pieces if piece])
    try:
        node = parse_yaml(Path(), typed)
    except UsageProblem as exc:
        raise InvalidValue(kind.allowed) from exc
    return kind.parse(node if node is not None else yaml.ScalarNode(NULL, ""))


def format_value(value: Any) -> str:
    """Format a value as it may stand in crossover.yaml, on one line."""
    match value:
        case bool():
            return str(value).lower()
        case StrEnum() | date():
            return str(value)
        case None:
            return to_flow_yaml("")
        case tuple():
            return to_flow_yaml([str(item) for item in value])
        case int() | dict():
            return to_flow_yaml(value)
        case _:
            return to_flow_yaml(str(value))
