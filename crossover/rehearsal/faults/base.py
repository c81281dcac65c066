"""The calls a fault can hit, what every fault is, and how its values are read."""

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


class NotThat(Exception):
    """A value cannot be used; the text says what is wanted."""


def value(read: Callable[[object], object], default: Any = MISSING) -> Any:
    """A field of a fault that a script sets, under its name with `-` for `_`."""
    if default is MISSING:
        return field(metadata={"read": read})
    return field(default=default, metadata={"read": read})


def number(least: float, most: float) -> Callable[[object], object]:
    def read(given: object) -> object:
        if isinstance(given, bool) or not isinstance(given, int | float):
            raise NotThat(f"a number from {least:g} to {most:g}")
        if not least <= given <= most:
            raise NotThat(f"a number from {least:g} to {most:g}")
        return float(given)

    return read


def whole(least: int, most: int) -> Callable[[object], object]:
    def read(given: object) -> object:
        if type(given) is not int or not least <= given <= most:
            raise NotThat(f"a whole number from {least} to {most}")
        return given

    return read


def one_of(*known: object) -> Callable[[object], object]:
    def read(given: object) -> object:
        if given not in known or isinstance(given, bool):
            raise NotThat(f"one of {', '.join(map(str, known))}")
        return given

    return read


def text(given: object) -> object:
    if not isinstance(given, str):
        raise NotThat("a text")
    return given


def yes_or_no(given: object) -> object:
    if not isinstance(given, bool):
        raise NotThat("true or false")
    return given


def address(given: object) -> object:
    if not isinstance(given, str) or not given.startswith(("http://", "https://")):
        raise NotThat("an address that begins with http:// or https://")
    if not given.isascii() or not given.isprintable() or " " in given:
        raise NotThat("an address of plain letters")
    return given


DAY = 86_400.0
