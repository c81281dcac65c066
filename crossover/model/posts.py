"""Posts of TikTok, with the words and files found for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a post is made of; unknown until a link or a file tells."""

    VIDEO = "video"
    PHOTOS = "photos"


class MediaKind(StrEnum):
    """What one file is."""

    VIDEO = "video"
    IMAGE = "image"


class UnmovedFormat(StrEnum):
    """A format of pictures that is not moved, as words before "picture"."""

    RAW = "raw"
    JPEG_XL = "JPEG XL"


class Visibility(StrEnum):
    """Who may see a note. `FRIENDS` is mutual friends, on both sides."""

    PUBLIC = "public"
    FRIENDS = "friends"
    ONLY_ME = "only-me"


class Declaration(StrEnum):
    """RedNote's declaration of what a note is."""

    NONE = "none"
    FICTION = "fiction"
    AI = "ai"
    AD = "ad"
    SELF_SHOT = "self-shot"
    REPOST = "repost"


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


class Origin(StrEnum):
    """How a file, a text or a TikTok id came to its post."""

    TIKTOK_ID_IN_NAME = "tiktok-id-in-name"  # a file, by the id of the post's TikTok post
    NAMED = "named"  # a file that the creator named
    LIKENESS = "likeness"  # a file that looks like TikTok's copy
    LINK = "link"  # a file that the export links to
    SAME_ID = "same-id"  # words of the TikTok id that the export gives
    TIME = "time"  # an id near in time, and what came with it
    SAID = "said"  # an id that the creator named, and what came with it


FILE, WORDS, TIKTOK_ID = "file", "words", "tiktok-id"
"""What there is evidence of."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a file, a text or a TikTok id belongs to a post. `detail` is for a person to read."""

    what: str
    how: Origin
    detail: str
    source: str


@dataclass(frozen=True, slots=True)
class Post:
    """One post of the export, with the words and files found for it.

    `id` is its UTC second (`2025-02-06T15:50:46Z`, twins `…Z-2`), the same in every layout.
    `number` is given at first sight, oldest first, and never changes; 0 until the library gave it.
    `object_keys` are the paths of its storage links, stable while signatures change.
    `not_tiktok_ids` are posts of TikTok that the creator said are not this one, `not_files` files
    (sha256) that are not its own. `in_question`: time leaves open which of several it is; its text,
    if any, is what was taken first. `seconds` is how long its video is, to the second, and `listed_at`
    TikTok's own time for it, where its words came with that; `sounded`: they say that it has sound. `likes` is how many the newest export
    counts; None where none says. `sound` is what it plays, as `title - author`, `location` the
    place it names, `comments` whether people may comment, `alt_text` its text for who does not see
    it; None where no export says. `unmoved` are the formats (`raw`) of files that are its own and
    were not taken: those of `UnmovedFormat`, or such as `GIF`, which an earlier crossover left.
    `unclear_files` are the names of files with its TikTok id of which the creator has to say which are
    its own, `other_kind_files` of those that are a video where it has pictures, or the other way
    round."""

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
    in_question: bool = False
    media: tuple[Media, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    unmoved: tuple[str, ...] = ()
    unclear_files: tuple[str, ...] = ()
    other_kind_files: tuple[str, ...] = ()
    seconds: float | None = None
    listed_at: datetime | None = None
    sounded: bool = False
    likes: int | None = None
    sound: str | None = None
    location: str | None = None
    comments: bool | None = None
    alt_text: str | None = None

    @property
    def origin_of_files(self) -> Origin | None:
        """The origin of its files. `None` without files, or without evidence of them."""
        return self._origin_of(FILE)

    @property
    def origin_of_tiktok_id(self) -> Origin | None:
        """The origin of its TikTok id. `None` without one, or where the export gave it."""
        return self._origin_of(TIKTOK_ID)

    @property
    def may_be_listed(self) -> bool:
        """Whether the creator's public page may list it, and so its words."""
        return self.visibility not in (Visibility.FRIENDS, Visibility.ONLY_ME)

    @property
    def has_joined_words(self) -> bool:
        """Whether its text came from a second source, not from the export."""
        return self._origin_of(WORDS) is not None

    def _origin_of(self, what: str) -> Origin | None:
        return next((one.how for one in self.evidence if one.what == what), None)


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
