"""What became of notes after they were posted: RedNote's list is read once, and kept.

A note is `gone` only where the list provably covers it: read to its end, and later than it may lag.
What the list does not say stays not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.ledger.listed_notes import ListedNote
from crossover.accounts.ledger.observations import Observation
from crossover.destinations.base import CanReview
from crossover.destinations.codes import VISIBILITY_OF
from crossover.destinations.note_links import link_to
from crossover.errors import RetryLater
from crossover.limits.limits import load_limits, load_reviews
from crossover.model.account import OwnNote, Review, SiteName
from crossover.model.notes import State

_NOT_LISTED = "the account's own list does not show it any more"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a look at the list told: how many notes it has, and of ours how many it says each of;
    `unsaid` are ours of whose review it says nothing. `changed` are the keys of those of which it
    says something else than before."""

    listed: int
    by_review: Mapping[Review, int]
    unsaid: int
    changed: frozenset[tuple[str, int]]


def refresh_reviews(
    ledger: Ledger, destination: CanReview, site: SiteName, now: datetime
) -> Reviewed:
    """Read the account's list once, and write what it says of the notes that are posted. The caller
    holds the account. Raises what `CanReview.list_notes` raises, and `RetryLater` where the list
    shows none of them: that is no list of this account."""
    entries = [one for one in ledger.entries().values() if one.state is State.POSTED]
    listed = {note.id: note for note in destination.list_notes()}
    lag = timedelta(seconds=load_limits(site).list_lag_seconds.value)
    there = [one for one in entries if one.review != Review.GONE]
    is_real = site is not SiteName.REHEARSAL
    if is_real and len(there) > 1 and not any(one.note_id in listed for one in there):
        raise RetryLater(
            f"The list of the account shows none of its {len(there)} notes, so it tells nothing.",
            next="Look at the account yourself, and run the same command later.",
        )
    seen = list(observe(entries, listed, load_reviews(site), lag, now))
    ledger.observed(seen)
    ledger.listed.add(_as_listed(note, site) for note in listed.values())
    reviews = Counter(Review(one.review) for one in seen if one.review)
    return Reviewed(
        listed=len(listed),
        by_review=reviews,
        unsaid=len(entries) - sum(reviews.values()),
        changed=frozenset(
            (one.entry.post, one.entry.part) for one in seen if one.review != one.entry.review
        ),
    )


def observe(
    entries: Iterable[Entry],
    listed: Mapping[str, OwnNote],
    reviews: Mapping[int, Review],
    lag: timedelta,
    now: datetime,
) -> Iterator[Observation]:
    """Find what a whole list, by note id, says of posted notes; nothing of one that it may not show
    yet. Pure."""
    for entry in entries:
        if entry.note_id is None:
            continue
        note = listed.get(entry.note_id)
        if note is not None:
            review = reviews.get(note.tab) if note.tab is not None else None
            visibility = VISIBILITY_OF.get(note.permission) if note.permission is not None else None
            yield Observation(entry, review, note.said, visibility)
        elif entry.review == Review.GONE:
            continue  # as it was said before, perhaps by the creator
        elif entry.out_at is not None and now - entry.out_at > lag:
            yield Observation(entry, Review.GONE, _NOT_LISTED)


def _as_listed(note: OwnNote, site: SiteName) -> ListedNote:
    url = link_to(note.id, site).url
    return ListedNote(note.id, note.title, note.type, note.time, note.permission, url, "list")
