"""One row of the ledger as a value, and its marker as text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from crossover.model.account import Marker
from crossover.model.carried import Carried
from crossover.model.notes import Note, State
from crossover.model.posts import Kind, Visibility
from crossover.storage.documents import from_json, to_json_line

STORED = (
    "post, part, handle, state, attempt, marker, note_id, url, evidence, reason, title, kind,"
    " visibility, carried, planned_visibility, destination, pack, out_at, out_day, review,"
    " review_reason, visibility_now, seen_at"
)
"""The columns of `notes` that an entry has."""

COLUMNS = f"{STORED}, not_taken"
"""Those of `schema.ROWS`, in the order that `parse_row` takes them."""

_BETWEEN = ", "

NO_MARKER = "{}"
"""Overwrites a marker; None in place of a marker leaves the one that is there."""


@dataclass(frozen=True, slots=True)
class _MarkerText:
    """A marker as the column `marker` holds it; without a time it is none."""

    note_ids: tuple[str, ...] = ()
    server_time: datetime | None = None
    first: _MarkerText | None = None

    @property
    def marker(self) -> Marker | None:
        return Marker(self.note_ids, self.server_time) if self.server_time else None


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one note stands on one account. `handle` is the TikTok account's whose post it is,
    empty where that is not known. `marker` is from before the last attempt, `first` from before
    the first one when there were more. `carried` is what the last attempt took along:
    None before the first one, and where that was not kept yet.

    `visibility` is what was sent, `planned_visibility` what was planned, where that differs.
    `out_at` is when the note went out, or is to go out where the creator posts it by hand, and
    `out_day` the day that then was for the creator. `review`, `visibility_now` are what RedNote's
    list said at `seen_at`, `not_taken` the fields that the site dropped of the note when it was posted."""

    post: str
    part: int
    state: State
    attempt: int
    marker: Marker | None
    note_id: str | None
    url: str | None
    evidence: str | None
    reason: str | None
    title: str
    kind: Kind
    visibility: Visibility
    first: Marker | None = None
    carried: Carried | None = None
    handle: str = ""
    planned_visibility: Visibility | None = None
    destination: str | None = None
    pack: str | None = None
    out_at: datetime | None = None
    out_day: date | None = None
    review: str | None = None
    review_reason: str | None = None
    visibility_now: Visibility | None = None
    seen_at: datetime | None = None
    not_taken: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """As `Note.id`."""
        return f"{self.post}/{self.part}" if self.part > 1 else self.post

    @property
    def may_be_there(self) -> bool:
        """Whether the note may be on the account because of an attempt."""
        return self.state in (State.POSTED, State.HANDED, State.STARTED) or (
            self.state is State.UNKNOWN and bool(self.markers)
        )

    @property
    def tells_attempt(self) -> bool:
        """Whether the row tells of an attempt: title, kind, visibility and `carried` are those of
        what was sent."""
        return self.may_be_there or self.state is State.FAILED

    @property
    def plain_topics(self) -> tuple[str, ...] | None:
        """The topics that went along as plain text: None where that is not known, and where the
        note is not on the account."""
        return self.carried.plain_topics if self.carried and self.may_be_there else None

    @property
    def markers(self) -> tuple[Marker, ...]:
        """The markers from before the last and the first attempt, newest first. Whichever attempt
        made the note, it was made after one of them."""
        return tuple(marker for marker in (self.marker, self.first) if marker)

    def as_sent(self, note: Note) -> Note:
        """Return `note` with title, kind and visibility as they were sent: the plan may have
        changed since, and a changed title would hide the note on the account."""
        sent = replace(note, title=self.title, kind=self.kind, visibility=self.visibility)
        if self.part == note.part[0]:
            return sent
        post, _, _ = note.number.partition(".")
        return replace(
            sent,
            id=self.id,
            number=f"{post}.{self.part}",
            part=(self.part, max(self.part, note.part[1])),
        )


def parse_row(row: tuple[Any, ...]) -> Entry:
    """Make an entry of a row of `COLUMNS`."""
    post, part, handle, state, attempt, marker, note_id, url, evidence, reason, *sent = row
    title, kind, visibility, carried, planned, destination, pack, *after = sent
    out_at, out_day, review, review_reason, visibility_now, seen_at, not_taken = after
    value = from_json(marker, _MarkerText) if marker else _MarkerText()
    return Entry(
        post=post,
        part=part,
        handle=handle,
        state=State(state),
        attempt=attempt,
        marker=value.marker,
        note_id=note_id,
        url=url,
        evidence=evidence,
        reason=reason,
        title=title,
        kind=Kind(kind),
        visibility=Visibility(visibility),
        carried=from_json(carried, Carried) if carried else None,
        first=value.first.marker if value.first else None,
        planned_visibility=Visibility(planned) if planned else None,
        destination=destination,
        pack=pack,
        out_at=datetime.fromisoformat(out_at) if out_at else None,
        out_day=date.fromisoformat(out_day) if out_day else None,
        review=review,
        review_reason=review_reason,
        visibility_now=Visibility(visibility_now) if visibility_now else None,
        seen_at=datetime.fromisoformat(seen_at) if seen_at else None,
        not_taken=parse_not_taken(not_taken),
    )


def format_marker(marker: Marker, first: Marker | None = None) -> str:
    """Write a marker as JSON, for the column `marker`. `first` is the one from before the first
    attempt."""
    value = {"note_ids": marker.note_ids, "server_time": marker.server_time}
    return to_json_line(value | {"first": first} if first else value)


def format_not_taken(names: Iterable[str]) -> str:
    """Write the names of fields as the history has them: `visibility, declaration`."""
    return _BETWEEN.join(names)


def parse_not_taken(said: str | None) -> tuple[str, ...]:
    """Read what `format_not_taken` wrote; nothing of None."""
    return tuple(said.split(_BETWEEN)) if said else ()
