"""The calls a fault can apply to, what every fault is, and the parsers of its settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field
from typing import Any, ClassVar, Final

CALLS: Final = (
    "probe",
    "topics",
    "permit",
    "put",
    "initiate",
    "part",
    "list-parts",
    "complete",
    "abort",
    "first-frame",
    "video-id",
    "create",
    "list",
)
ANY: Final = frozenset(CALLS)
UPLOAD: Final = frozenset({"put", "initiate", "part", "list-parts", "complete", "abort"})
WITH_BODY: Final = frozenset({"topics", "put", "part", "complete", "create"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong. `calls` are those it makes sense for."""

    name: ClassVar[str]
    calls: ClassVar[frozenset[str]] = ANY


class InvalidValue(Exception):
    """A value is not allowed; the message says what is needed."""


def setting(read: Callable[[object], object], default: Any = MISSING) -> Any:
    """Declare a field of a fault that a script can set, under its name with `-` for `_`."""
    if default is MISSING:
        return field(metadata={"read": read})
    return field(default=default, metadata={"read": read})


def number_between(least: float, most: float) -> Callable[[object], object]:
    """Make a parser for a number, which raises `InvalidValue` for others."""

    def read(given: object) -> object:
        if isinstance(given, bool) or not isinstance(given, int | float):
            raise InvalidValue(f"a number from {least:g} to {most:g}")
        if not least <= given <= most:
            raise InvalidValue(f"a number from {least:g} to {most:g}")
        return float(given)

    return read


def integer_between(least: int, most: int) -> Callable[[object], object]:
    """Make a parser for a whole number, which raises `InvalidValue` for others."""

    def read(given: object) -> object:
        if type(given) is not int or not least <= given <= most:
            raise InvalidValue(f"a whole number from {least} to {most}")
        return given

    return read


def one_of(*known: object) -> Callable[[object], object]:
    """Make a parser for one of these values, which raises `InvalidValue` for others."""

    def read(given: object) -> object:
        if given not in known or isinstance(given, bool):
            raise InvalidValue(f"one of {', '.join(map(str, known))}")
        return given

    return read


def parse_text(given: object) -> object:
    """Parse a text. Raises `InvalidValue`."""
    if not isinstance(given, str):
        raise InvalidValue("a text")
    return given


def parse_boolean(given: object) -> object:
    """Parse true or false. Raises `InvalidValue`."""
    if not isinstance(given, bool):
        raise InvalidValue("true or false")
    return given


def parse_address(given: object) -> object:
    """Parse an address in plain ASCII. Raises `InvalidValue`."""
    if not isinstance(given, str) or not given.startswith(("http://", "https://")):
        raise InvalidValue("an address that begins with http:// or https://")
    if not given.isascii() or not given.isprintable() or " " in given:
        raise InvalidValue("an address of plain letters")
    return given


DAY = 86_400.0
