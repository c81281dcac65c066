"""The nouns: what is read from an export, what a plan says, what a destination answers.

Frozen values, no input or output. Times are aware and in UTC, sizes are bytes, lengths of clips
are seconds. `None` means "not known", never "failed".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a post is made of; unknown until a link or a file tells."""

    VIDEO = "video"
    PHOTOS = "photos"


class MediaKind(StrEnum):
    """What one file is."""

    VIDEO = "video"
    IMAGE = "image"


class Visibility(StrEnum):
    """Who may see a note. `FRIENDS` is mutual friends, on both sides."""

    PUBLIC = "public"
    FRIENDS = "friends"
    ONLY_ME = "only-me"


class Action(StrEnum):
    """What the plan does with a post."""

    MOVE = "move"
    SKIP = "skip"
    HOLD = "hold"


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


class Declaration(StrEnum):
    """RedNote's declaration of what a note is."""

    NONE = "none"
    FICTION = "fiction"
    AI = "ai"
    AD = "ad"
    SELF_SHOT = "self-shot"
    REPOST = "repost"


class Level(StrEnum):
    """How much a problem matters: an error holds the post."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class SiteName(StrEnum):
    """Separate worlds: accounts, sessions and notes of one are unknown to the other."""

    REDNOTE = "rednote.com"
    XIAOHONGSHU = "xiaohongshu.com"
    REHEARSAL = "rehearsal"


# --- what the export says -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """A media link of an export. Signed, so it never appears in a repr, a log or a report."""

    url: str = field(repr=False)
    kind: MediaKind | None
    expires: datetime | None


@dataclass(frozen=True, slots=True)
class Media:
    """One file of a post, as the creator gave it.

    `path` is relative to the workspace and uses `/`; `source` is where it was found;
    `mtime_ns` and `bytes` tell whether it was changed since `sha256` was taken.
    """

    path: str
    kind: MediaKind
    sha256: str
    bytes: int
    mtime_ns: int
    source: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a file or a text belongs to a post."""

    what: str
    how: str
    source: str


@dataclass(frozen=True, slots=True)
class Post:
    """One post of the export, with the words and files found for it.

    `id` is its UTC second (`2025-02-06T15:50:46Z`, twins `…Z-2`), the same in every layout.
    `number` is given at first sight, oldest first, and never changes; 0 until the library gave it.
    `object_keys` are the paths of its storage links, stable while signatures change.
    `not_tiktok_ids` are posts of TikTok that the creator said are not this one, `not_files` files
    (sha256) that are not its own.
    """

    id: str
    posted_at: datetime
    kind: Kind | None
    number: int = 0
    title: str | None = None
    text: str | None = None
    visibility: Visibility | None = None
    visibility_said: str | None = None
    declaration: Declaration = Declaration.NONE
    links: tuple[Link, ...] = ()
    cover_link: Link | None = None
    object_keys: tuple[str, ...] = ()
    tiktok_id: str | None = None
    not_tiktok_ids: tuple[str, ...] = ()
    not_files: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record of the export that cannot be read as a post. `position` counts from 1."""

    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The only two things read of a profile: the public handle and name."""

    handle: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Rules:
    """What the creator decided for all posts at once, from `crossover.yaml`."""

    only_me: Action = Action.HOLD
    not_told: Action | Visibility = Action.HOLD
    topics_max: int = 10
    topics_drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """What the creator decided for one note. `None`: nothing, so the mapping decides; an empty
    text is a decision too."""

    title: str | None = None
    body: str | None = None
    topics: tuple[str, ...] | None = None
    visibility: Visibility | None = None
    action: Action | None = None


# --- what a plan says -----------------------------------------------------------------------


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
    """A file as it will be sent; `path` is relative to the workspace and uses `/`."""

    path: str
    kind: MediaKind
    sha256: str
    bytes: int
    width: int
    height: int
    duration: float | None = None


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
    `body` is the text without topics, `description` the text as it will read.
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


@dataclass(frozen=True, slots=True)
class Plan:
    """The compiled plan: exactly what will be sent. found = move + skip + hold + unreadable.

    `digest` covers everything that reaches the wire; `inputs` what the plan was made from, so
    that a later command can tell whether it is still up to date.
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


# --- what a destination answers -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Account:
    """A proven session: whose account this is on which site."""

    site: SiteName
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Marker:
    """The newest notes of an account just before a publish call, and the server's clock then."""

    note_ids: tuple[str, ...]
    server_time: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """A note that stands on the account, and how that is known."""

    note_id: str
    url: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The list provably covers the note, and the note is not there."""


@dataclass(frozen=True, slots=True)
class NotKnown:
    """Looked, and still cannot say."""

    reason: str


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that stands on the upload host and is not yet used in a note.

    `file_id` is good until `expires`; it is a capability, so it never appears in a repr.
    """

    sha256: str
    bytes: int
    file_id: str = field(repr=False)
    video_id: str | None
    expires: datetime


@dataclass(frozen=True, slots=True)
class SentPart:
    """A part that the upload host has, by its number from 1 and the tag it gave for it."""

    number: int
    etag: str


@dataclass(frozen=True, slots=True)
class BegunUpload:
    """A file on its way to the upload host in parts of `part_bytes`, the last one shorter.

    `bytes`, `mtime_ns` and `sha256` are those of the file when it began: parts already sent are
    only of use while it is that file. `file_id`, `token`, `address` and `upload_id` (None until
    the host gave one) are capabilities, good until `expires`, so they never appear in a repr.
    `completing`: all parts were sent and the host was asked to join them; it may have done so.
    """

    path: str
    sha256: str
    bytes: int
    mtime_ns: int
    part_bytes: int
    file_id: str = field(repr=False)
    token: str = field(repr=False)
    address: str = field(repr=False)
    expires: datetime
    upload_id: str | None = field(default=None, repr=False)
    parts: tuple[SentPart, ...] = ()
    completing: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything uploaded and found; `payload` is the destination's own business."""

    note: Note
    payload: Any


@dataclass(frozen=True, slots=True)
class Posted:
    """The destination confirmed the note."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Refused:
    """A definite no. `ours` is a bug of crossover's, `stop` ends the batch."""

    reason: str
    kind: str
    stop: bool = False


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
class HandedOver:
    """Given to the creator to post by hand."""

    where: str


PublishResult = Posted | Refused | NotSent | Unclear | HandedOver
FindResult = Receipt | Absent | NotKnown


class Known(int):
    """Bytes that an earlier run sent: they are there, and took no time now."""


Progress = Callable[[int], None]
"""Called with the number of bytes just sent, with `Known` ones, or with a negative number when
bytes do not count after all. Always called from the thread that gave it."""
