"""What went out before, as far as a plan depends on it.

It is no part of what a plan is checked against: a batch must not put its own plan out of date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.handles import PostFiles, ledger_handle, rows_of
from crossover.accounts.ledger.open import read_all_entries
from crossover.destinations.open import Target
from crossover.model.choices import Action
from crossover.model.cut import SentParts, is_cut_anew
from crossover.model.notes import Note

SentRows = Mapping[str, Mapping[int, Entry]]
"""The rows of the notes that may be on the account, by post and part."""

NO_ROWS: SentRows = MappingProxyType({})


def read_rows(target: Target) -> list[Entry]:
    """Read the rows of the account of a target. Raises `LedgerError`."""
    return read_all_entries(AccountFolder(target.account).ledger)


def sent_of(handle: str | None, files: PostFiles, rows: Iterable[Entry]) -> SentRows:
    """Find what of the posts of the TikTok account `handle`, which have these `files`, may be on
    the account."""
    return group_sent(rows_of(ledger_handle(handle), rows, files).values())


def group_sent(entries: Iterable[Entry]) -> SentRows:
    """Group the rows of the notes that may be on the account."""
    rows: defaultdict[str, dict[int, Entry]] = defaultdict(dict)
    for entry in sorted(entries, key=lambda entry: entry.part):
        if entry.may_be_there:
            rows[entry.post][entry.part] = entry
    return rows


def sent_parts(rows: Mapping[int, Entry]) -> SentParts:
    """Tell what the parts of a post carried that may be on the account. A row of a ledger that did
    not keep it yet has it from another row; without any the cut is not known."""
    known = {part: entry.carried for part, entry in rows.items() if entry.carried}
    if not known:
        return {}
    first = min(known.values(), key=lambda carried: len(carried.cut))
    return {part: known.get(part, first) for part in rows}


def is_post_cut_anew(notes: Iterable[Note], rows: Mapping[int, Entry]) -> bool:
    """Whether the planned notes of one post are cut otherwise than what went out of it."""
    return is_cut_anew({note.part[0]: note.media for note in notes}, sent_parts(rows))


def lacks_pictures(note: Note) -> bool:
    """Whether the note waits as pictures of its post are not here, and so are in no note."""
    return note.action is Action.HOLD and any(
        problem.code == "pictures-missing" for problem in note.problems
    )
