"""Looks for notes on the account, in the list of its own notes."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import UTC, datetime, timedelta

from crossover.destinations.base import NotThese
from crossover.destinations.own_notes.pages import NoteList, Unusable
from crossover.destinations.own_notes.recognise import (
    Doubt,
    Match,
    all_marked,
    find_like,
    newer,
    recognise,
)
from crossover.limits.limits import Limits
from crossover.model.account import Marker, OwnNote, Receipt, SiteName
from crossover.model.notes import Note
from crossover.model.results import (
    Absent,
    FindResult,
    NotKnown,
)

MARKED_PAGES = 2
"""Pages of newest notes a marker remembers."""

SHORT_LAG = timedelta(seconds=10)
"""A list that is behind by no more than this is waited for."""

CLOCK_STEP = 2.0
"""Seconds that the time in an answer may be behind: it is told in whole seconds, and servers
(the rehearsal's too) look at their clock about once a second."""


_EVER = Marker((), datetime(1970, 1, 1, tzinfo=UTC))
"""Before every note of an account."""


class NotYetListed(NotKnown):
    """Not listed, but the list may be behind."""


class NoteSearch:
    """The notes that stand on an account, as far as its list `notes` tells."""

    def __init__(self, notes: NoteList, site: SiteName, limits: Limits) -> None:
        self._list = notes
        self._site = site
        self._limits = limits

    def mark(self, known: Set[str]) -> Marker:
        """The newest notes on the account and the site's clock as it was before they were read.
        Reads on to the newest note of `known`, if there are any: that is the first page, unless
        this computer knows less than the account.

        Raises `RetryLater`, `LoginNeeded`, `AccountAtRisk`.
        """
        ids: list[str] = []
        listed: list[OwnNote] = []
        began: datetime | None = None
        for number, page in enumerate(self._list.pages(), start=1):
            began = began or self._list.now()
            listed += page.notes
            if number <= MARKED_PAGES:
                ids += [note.id for note in page.notes]
            if number >= MARKED_PAGES and (not known or any(one.id in known for one in listed)):
                break
        return Marker(tuple(dict.fromkeys(ids)), began or self._list.now(), tuple(listed))

    def find(self, note: Note, since: Marker, taken: frozenset[str]) -> FindResult:
        """Look for a note that was sent just after `since`. `taken` are notes of other posts.

        Raises `LoginNeeded`, `AccountAtRisk`, and `RetryLater` when the site cannot be reached;
        a list that cannot be read is `NotKnown`. Waits for a list that is seconds behind.
        """
        result = self._find_now(note, since, taken)
        missing = self._lag_left(since)
        if isinstance(result, NotYetListed) and missing is not None and missing <= SHORT_LAG:
            # Its clock may have been right at the first look and behind at the second.
            self._list.sleep(missing.total_seconds() + CLOCK_STEP)
            return self._find_now(note, since, taken)
        return result

    def _find_now(self, note: Note, since: Marker, taken: frozenset[str]) -> FindResult:
        listed: list[OwnNote] = []
        try:
            for page in self._list.pages():
                listed += page.notes
                if all_marked(page.notes, since):
                    break
        except Unusable as exc:
            return NotKnown(f"the list of notes could not be read: {exc.message}")
        match = recognise(note, since, listed, taken)
        if match is None and note.title:  # without one, only the time tells
            fresh = [entry for entry in newer(listed, since) if entry.id not in taken]
            match = _doubt(*find_like([note], fresh))
        return self._not_listed(note, since) if match is None else self._result_of(match)

    def find_all(
        self, notes: Sequence[Note], taken: frozenset[str], others: NotThese
    ) -> list[FindResult]:
        """Look through the whole list for each of `notes`, whenever it was published. Notes of
        other posts, `taken`, count only where the title is the very same; `others` never do.

        Raises `LoginNeeded`, `AccountAtRisk`, and `RetryLater` when the list cannot be read.
        """
        listed = [entry for page in self._list.pages() for entry in page.notes]
        like = find_like(notes, (entry for entry in listed if entry.id not in taken))
        matches: list[Match | Doubt | None] = []
        for note, entry in zip(notes, like, strict=True):
            apart, left = others.get(note.key, frozenset()), listed
            if apart:
                left = [one for one in listed if one.id not in apart]
                (entry,) = find_like([note], (one for one in left if one.id not in taken))
            matches.append(recognise(note, _EVER, left, frozenset()) or _doubt(entry))
        return [Absent() if match is None else self._result_of(match) for match in matches]

    def list_notes(self) -> tuple[OwnNote, ...]:
        """As `CanReview.list_notes`. A note that moved to the next page meanwhile is listed once."""
        listed = (entry for page in self._list.pages() for entry in page.notes)
        return tuple({entry.id: entry for entry in listed}.values())

    def _result_of(self, match: Match | Doubt) -> Receipt | NotKnown:
        match match:
            case Match(note=found, how=how):
                return Receipt(found.id, self._list.note_url(found.id), how)
            case Doubt(reason=reason):
                return NotKnown(reason)

    def _not_listed(self, note: Note, since: Marker) -> Absent | NotKnown:
        if note.schedule and self._site is not SiteName.REHEARSAL:
            return NotKnown("whether the list shows scheduled notes is not known")
        left = self._lag_left(since)
        if left is None or left > timedelta():
            seconds = self._limits.list_lag_seconds.value
            behind = f"{round(seconds / 60)} minutes" if seconds > 90 else f"{seconds} seconds"
            return NotYetListed(f"not in the list of notes yet, which may be up to {behind} behind")
        return Absent()

    def _lag_left(self, since: Marker) -> timedelta | None:
        """The time until the list must show what was sent at `since`, None when not known."""
        lag = timedelta(seconds=self._limits.list_lag_seconds.value)
        now = self._list.server_now()
        if now is None:
            return None if lag else timedelta()
        return max(timedelta(), since.server_time + lag - now)


def _doubt(like: OwnNote | None) -> Doubt | None:
    return Doubt(f"there is one that reads “{like.title}”") if like else None
