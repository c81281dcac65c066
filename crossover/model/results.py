"""What a destination answers when it publishes a note or looks for one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crossover.model.account import Receipt
from crossover.model.notes import Note


class Wish(StrEnum):
    """What the creator may want at any moment, instead of publishing the note before them."""

    SKIP = "skip"  # this note not now; the next one
    REDO = "redo"  # prepare it anew
    PAUSE = "pause"  # nothing goes on until they say so
    STOP = "stop"  # end the run


@dataclass(frozen=True, slots=True)
class Absent:
    """The list provably covers the note, and the note is not there."""


@dataclass(frozen=True, slots=True)
class NotKnown:
    """Looked, and still cannot say."""

    reason: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything uploaded and found; `payload` is the destination's own business. `plain_topics`
    are the note's topics that the site does not know: they go out as plain `#name`. None where the
    destination cannot tell."""

    note: Note
    payload: Any
    plain_topics: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """The destination confirmed the note."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Refused:
    """A definite no. `ours` is a bug of crossover's, `stop` ends the batch. `second`: it may be the
    answer to a second try that nobody made knowingly, so that the note may be there all the same."""

    reason: str
    kind: str
    stop: bool = False
    second: bool = False


@dataclass(frozen=True, slots=True)
class NotSent:
    """The publish request provably never left: trying again is safe."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """The request left and no definite answer came back: to be looked up, never re-sent.

    `at_risk`: the site showed a warning sign; `signed_out`: it knows the session no more. Either
    way the batch ends and nothing more is asked of the site.
    """

    reason: str
    at_risk: bool = False
    signed_out: bool = False


@dataclass(frozen=True, slots=True)
class Declined:
    """The creator, whose hand publishes, wanted something else: nothing left. `reason` is how that was
    seen, empty where they said it."""

    wish: Wish
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """The note lies in the site's drafts, for the creator to publish by hand. `by_hand`: they saved it
    there instead of publishing it."""

    by_hand: bool = False


PublishResult = Posted | Refused | NotSent | Unclear | Declined | Drafted


FindResult = Receipt | Absent | NotKnown
