"""The form of a page's data: what the script in the browser works with, as JSON.

What equals its default is left out, so that thousands of notes stay small; the script's `data.js` reads it.
"""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum
from typing import Any

import msgspec

from crossover.guide.holds import Hold
from crossover.model.choices import Action
from crossover.model.notes import Level, Problem, State
from crossover.model.posts import Declaration, Kind, Unreadable, Visibility

VERSION = 1


class RowText(IntEnum):
    """A text of a row that its changes name rather than repeat."""

    CAPTION = 0
    BODY = 1
    TITLE = 2
    COVER = 3


class PageFile(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file of a note. `path` is relative to the workspace. Of a video it has the length in
    seconds."""

    path: str
    seconds: float | None = None


class PageOriginal(msgspec.Struct, frozen=True, omit_defaults=True):
    """The post on TikTok, with its words as they stand there."""

    text: str = ""
    title: str = ""
    sound: str = ""
    likes: int | None = None
    url: str = ""
    private: bool = False


class PageNote(msgspec.Struct, frozen=True, omit_defaults=True):
    """A note as it will be, or as it went out. A change is its field, what was, what is, and the
    place of its reason; where what was or is stands in the row already, it is a `RowText`. A problem
    is its code, its level, and the places of message and advice. `posted_at` is None where the id
    begins with it, `part` where there is one, `cover` empty where it is the first file, and
    `candidates` None where the title is the only one. `small`: the cover has a thumbnail beside it.
    `marks` are the filters that it falls under. `plain_topics` are plain text on the account. `since` is what changed since it went out: field,
    then, now. `decided` is what edits.yaml says of it."""

    id: str
    number: str
    kind: Kind | None
    title: str
    body: str
    posted_at: datetime | None = None
    part: tuple[int, int] | None = None
    action: Action = Action.MOVE
    reason: str = ""
    candidates: tuple[str, ...] | None = None
    topics: tuple[str, ...] = ()
    chars: int = 0
    visibility: Visibility = Visibility.PUBLIC
    declaration: Declaration = Declaration.NONE
    original: bool = False
    files: tuple[PageFile, ...] = ()
    cover: str = ""
    small: bool = False
    schedule: datetime | None = None
    changes: tuple[tuple[str, str | RowText, str | RowText, int], ...] = ()
    problems: tuple[tuple[str, Level, int, int], ...] = ()
    marks: tuple[str, ...] = ()
    state: State = State.READY
    went_out: bool = False
    url: str = ""
    review: str = ""
    plain_topics: tuple[str, ...] = ()
    since: tuple[tuple[str, str, str], ...] = ()
    tiktok: PageOriginal = PageOriginal()
    decided: dict[str, Any] = {}


class PageWaiting(msgspec.Struct, frozen=True, omit_defaults=True):
    """Notes that wait for the same thing."""

    hold: Hold
    numbers: tuple[str, ...]
    why: str = ""
    advice: str = ""


class PageSitting(msgspec.Struct, frozen=True, omit_defaults=True):
    """Notes that go out in one sitting. `begins` is in the zone of the calendar."""

    begins: datetime
    numbers: tuple[str, ...]
    check: bool = False


class PageSums(msgspec.Struct, frozen=True):
    """Posts, each counted once by what the plan does with it, and once by its state."""

    found: int
    move: int
    hold: int
    skip: int
    unreadable: int
    notes_total: int
    states: dict[State, int]


class PageLimits(msgspec.Struct, frozen=True):
    """What a note takes: title units, UTF-16 units of the text with its topics, topics."""

    title_units: int
    description_chars: int
    topics: int


class PageData(msgspec.Struct, frozen=True):
    """All of a page. `files` stands before the paths of files; `generation` counts the edits of a
    page that is served."""

    version: int
    made: datetime
    plan: str
    to: str
    site: str
    handle: str
    account: str
    sums: PageSums
    limits: PageLimits
    calendar: tuple[PageSitting, ...]
    waiting: tuple[PageWaiting, ...]
    texts: tuple[str, ...]
    problems: tuple[Problem, ...]
    unreadable: tuple[Unreadable, ...]
    notes: tuple[PageNote, ...]
    editable: bool = False
    generation: int = 0
    files: str = ""
