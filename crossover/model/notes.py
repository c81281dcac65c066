"""What one note on RedNote will be, and the plan of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crossover.model.account import SiteName
from crossover.model.choices import Action
from crossover.model.posts import Declaration, Kind, MediaKind, Unreadable, Visibility


class State(StrEnum):
    """Where a post or note stands. A post is in exactly one state."""

    UNREADABLE = "unreadable"
    SKIP = "skip"
    HOLD = "hold"
    READY = "ready"
    UPLOADING = "uploading"
    STARTED = "started"
    UNKNOWN = "unknown"
    FAILED = "failed"
    HANDED = "handed"
    POSTED = "posted"


class Level(StrEnum):
    """How much a problem matters: an error holds the post."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that will differ from the TikTok post, and why."""

    field: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the creator should know about one post, and what to do about it."""

    code: str
    level: Level
    message: str
    next: str


@dataclass(frozen=True, slots=True)
class NoteMedia:
    """A file as it will be sent; `path` is relative to the workspace and uses `/`. `sent_as` are the
    sha256 with which the same file went out before, as it was made otherwise then."""

    path: str
    kind: MediaKind
    sha256: str
    bytes: int
    width: int
    height: int
    duration: float | None = None
    sent_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover of a video note, a JPEG; `path` is relative to the workspace."""

    path: str
    sha256: str
    bytes: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Note:
    """What one note on RedNote will be. A post of too many pictures becomes several.

    `id` is the post's id, with `/2` for part 2; `number` is what a creator types (`17`, `17.2`).
    `body` is the text without topics, `description` the text as it will read. `title_candidates`
    are the best titles that its words have, the first the one taken where the creator wrote none.
    `original`: the creator says that it is their own original work (原创).
    """

    id: str
    number: str
    post: str
    part: tuple[int, int]
    posted_at: datetime
    action: Action
    reason: str
    kind: Kind | None
    title: str
    title_units: int
    body: str
    topics: tuple[str, ...]
    description: str
    description_chars: int
    visibility: Visibility
    declaration: Declaration
    media: tuple[NoteMedia, ...]
    cover: Cover | None
    schedule: datetime | None
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    title_candidates: tuple[str, ...] = ()
    original: bool = False

    @property
    def key(self) -> tuple[str, int]:
        """The post's id and the part, by which the note is unique in its account."""
        return self.post, self.part[0]

    @property
    def post_number(self) -> int:
        """The number of its post."""
        return int(self.number.partition(".")[0])

    @property
    def files(self) -> tuple[NoteMedia | Cover, ...]:
        """Everything of it that is uploaded, in order; the cover comes last."""
        return (*self.media, self.cover) if self.cover else self.media


@dataclass(frozen=True, slots=True)
class Plan:
    """The compiled plan: exactly what will be sent. found = move + skip + hold + unreadable.

    `digest` covers everything that reaches the wire; `inputs` what the plan was made from, so
    that a later command can tell whether it is still up to date. `problems` are those of no note:
    edits that have lost theirs. `account` is the name of the account on a real site.
    """

    to: str
    site: SiteName
    handle: str | None
    found: int
    move: int
    skip: int
    hold: int
    unreadable: int
    notes_total: int
    digest: str
    inputs: str
    notes: tuple[Note, ...]
    unreadable_posts: tuple[Unreadable, ...]
    problems: tuple[Problem, ...] = ()
    account: str = ""
