"""Faults of the connection: the answer is late, cut or never comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crossover.rehearsal.faults.base import (
    DAY,
    WITH_BODY,
    Fault,
    integer_between,
    number_between,
    parse_boolean,
    setting,
)


@dataclass(frozen=True, slots=True)
class Slow(Fault):
    """Waits before the call is handled, or with `done` after it, before the answer."""

    seconds: float = setting(number_between(0, 600))
    done: bool = setting(parse_boolean, False)
    name: ClassVar[str] = "slow"


@dataclass(frozen=True, slots=True)
class ResetBefore(Fault):
    """The connection is reset before the body is read. Nothing was done."""

    name: ClassVar[str] = "reset-before"


@dataclass(frozen=True, slots=True)
class ResetInside(Fault):
    """The connection is reset after this many bytes of the body, or a few more. Nothing was
    done."""

    bytes: int = setting(integer_between(1, 10**12))
    name: ClassVar[str] = "reset-inside"
    calls: ClassVar[frozenset[str]] = WITH_BODY


@dataclass(frozen=True, slots=True)
class ResetAfter(Fault):
    """The request is read to its end, then the connection is reset. Nothing was done."""

    name: ClassVar[str] = "reset-after"


@dataclass(frozen=True, slots=True)
class Stall(Fault):
    """The request is read, to its end or for this many bytes, and never answered: until the caller
    leaves or the server stops. Nothing was done."""

    bytes: int | None = setting(integer_between(0, 10**12), None)
    name: ClassVar[str] = "stall"


@dataclass(frozen=True, slots=True)
class StoredThenDropped(Fault):
    """The call is carried out in full, then the connection is closed without an answer."""

    name: ClassVar[str] = "stored-then-dropped"


@dataclass(frozen=True, slots=True)
class DidItLate(Fault):
    """The connection is closed without an answer, and the call is carried out `seconds` later, at
    the latest when the server stops. The body is held in memory, and lost if the server is killed.
    """

    seconds: float = setting(number_between(0, DAY))
    name: ClassVar[str] = "did-it-late"
    calls: ClassVar[frozenset[str]] = frozenset({"put", "part", "complete", "create"})


@dataclass(frozen=True, slots=True)
class HalfAnswer(Fault):
    """The call is carried out; the headers and half of the body come, then the connection closes.
    An empty body is announced as one byte, which never comes."""

    name: ClassVar[str] = "half-answer"


# After one of these nobody gets a whole answer. One per call: the first in the script.
ConnectionFault = (
    ResetBefore | ResetInside | ResetAfter | Stall | StoredThenDropped | DidItLate | HalfAnswer
)
