"""What became of every post, to keep or to show: totals that add up, links, files, evidence, gaps.

Only posts and the public name are in it; who typed, and where the workspace lies, are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from crossover.model.account import SiteName
from crossover.model.notes import State
from crossover.model.posts import Kind, Unreadable, Visibility


class GapKind(StrEnum):
    """What a report cannot say, or what is not done yet."""

    UNREADABLE = "unreadable"
    WAITING = "waiting"
    NOT_SENT = "not-sent"
    REFUSED = "refused"
    UNCLEAR = "unclear"
    NO_LINK = "no-link"
    NOT_TAKEN = "not-taken"
    REVIEW_NOT_KNOWN = "review-not-known"
    NO_TIKTOK_LINK = "no-tiktok-link"


@dataclass(frozen=True, slots=True)
class ReportedGap:
    """A gap, and the numbers of the notes that have it; of posts that are unreadable their places
    in the export."""

    gap: GapKind
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportedFile:
    """A file as it was sent, or will be. `path`, relative to the workspace, and `bytes` are None
    where it was sent otherwise than it is planned now."""

    sha256: str
    path: str | None
    bytes: int | None
    is_cover: bool = False


@dataclass(frozen=True, slots=True)
class ReportedEvent:
    """Something that became known of a note. `by_creator`: they said it."""

    time: datetime
    kind: str
    said: str | None
    attempt: int
    url: str | None
    by_creator: bool
    run: str | None


@dataclass(frozen=True, slots=True)
class ReportedNote:
    """One note: what it was on TikTok, and what became of it. `is_private`: not everybody may see
    the post, so its words are nobody else's. `visibility_sent` differs from the planned one for
    the first note of an account. `went_out` is the creator's day. `not_taken` names the fields that
    the site dropped."""

    id: str
    number: str
    post: str
    part: tuple[int, int]
    posted_at: datetime
    kind: Kind | None
    title: str
    state: State
    reason: str | None
    review: str | None
    review_reason: str | None
    visibility: Visibility
    visibility_sent: Visibility | None
    visibility_now: Visibility | None
    is_private: bool
    tiktok_url: str | None
    rednote_url: str | None
    note_id: str | None
    evidence: str | None
    attempt: int
    went_out: date | None
    destination: str | None
    pack: str | None
    files: tuple[ReportedFile, ...]
    history: tuple[ReportedEvent, ...]
    not_taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportedRun:
    """A run that did something with these notes. `ended` is None where it was killed."""

    id: str
    began: datetime
    ended: datetime | None
    outcome: str | None
    destination: str
    notes: int


@dataclass(frozen=True, slots=True)
class Report:
    """What became of all posts of a plan on one account. The posts by state add up to `found`;
    `deleted` were deleted on TikTok and are counted apart."""

    made: datetime
    crossover: str
    plan: str
    to: str
    site: SiteName
    account: str
    handle: str | None
    found: int
    unreadable: int
    skip: int
    hold: int
    ready: int
    uploading: int
    started: int
    posted: int
    handed: int
    failed: int
    unknown: int
    deleted: int
    notes: tuple[ReportedNote, ...]
    unreadable_posts: tuple[Unreadable, ...]
    gaps: tuple[ReportedGap, ...]
    runs: tuple[ReportedRun, ...]

    @property
    def is_practice(self) -> bool:
        """Whether nothing left this computer."""
        return self.site is SiteName.REHEARSAL
