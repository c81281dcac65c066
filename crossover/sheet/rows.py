"""Makes the rows of a sheet, each with checksums of its cells, so that a changed cell is
recognised."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crossover.accounts.ledger.entry import Entry
from crossover.library.posts_file import Library
from crossover.model.notes import Note
from crossover.model.posts import Post
from crossover.model.tiktok import post_address
from crossover.plan.sent import NO_ROWS, SentRows
from crossover.settings.edits import Edits
from crossover.sheet.titles import format_choice, format_titles
from crossover.storage.documents import utc_text

EDITABLE = (
    *("title", "title_candidate", "body", "topics"),
    *("visibility", "declaration", "original", "action"),
)
READ_BACK = (*EDITABLE, "file")
COLUMNS = (
    *("number", "date", "kind", "link", "title", "titles_found", *EDITABLE[1:], "file"),
    *("sent", "written"),
)
"""In this order. `titles_found` are the titles to choose from with `title_candidate`; `sent` is the
title of a note that may be on the account, as it went out; `written` tells which note the row is of
and what its cells were."""
_SUMMED = (
    *("title", "body", "topics", "visibility", "action", "file"),
    *("title_candidate", "declaration", "original"),
)
"""The columns whose checksums `written` has; sheets of before have the first ones alone."""

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that came back, with the columns that were there. `where` is how a person finds it."""

    where: str
    cells: Row


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that came back. `remarks` is what the creator should hear of how it was read.

    `narrow`: the file was saved in a character set that cannot hold every letter.
    """

    rows: tuple[SheetRow, ...]
    columns: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    narrow: bool = False


def make_rows(
    notes: Iterable[Note], library: Library, edits: Edits, sent: SentRows = NO_ROWS
) -> list[Row]:
    """Make one row for each note, whatever its action, as `edits` made them."""
    posts = {post.id: post for post in library.posts}
    return [
        _make_row(
            note,
            posts[note.post],
            library.handle,
            format_choice(note, edits.find(note.number)),
            sent.get(note.post, {}).get(note.part[0]),
        )
        for note in notes
    ]


def _make_row(note: Note, post: Post, handle: str | None, choice: str, sent: Entry | None) -> Row:
    row = {
        "number": note.number,
        "date": utc_text(note.posted_at),
        "kind": str(note.kind or ""),
        "link": post_address(handle, post.kind, post.tiktok_id) or "",
        "title": note.title,
        "titles_found": format_titles(note.title_candidates),
        "title_candidate": choice,
        "body": note.body,
        "topics": " ".join(f"#{topic}" for topic in note.topics),
        "visibility": str(note.visibility),
        "declaration": str(note.declaration),
        "original": "yes" if note.original else "no",
        "action": str(note.action),
        "file": "; ".join(media.source for media in post.media),
        "sent": (sent.title or "(no title)") if sent else "",
    }
    return row | {"written": _format_written(note.id, row)}


# --- who touched what -----------------------------------------------------------------------


def normalise_cell(cell: str) -> str:
    """Normalise a cell to be compared: spreadsheets change line ends and blanks around a text."""
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()


def _format_written(note: str, row: Row) -> str:
    # A letter in front and dashes between: no spreadsheet takes it for a number.
    return "-".join(
        ["k", _checksum(note), *(_checksum(normalise_cell(row[column])) for column in _SUMMED)]
    )


def is_of_note(written: str, row: Row) -> bool:
    """Whether a row that came back is of the same note as `row`; yes, when it does not say."""
    told, here = written.strip().split("-"), row["written"].split("-")
    return len(told) < 2 or told[1] == here[1]


def is_untouched(written: str, column: str, cell: str) -> bool:
    """Whether `cell` is what `sheet out` once wrote, as far as `written` tells."""
    sums = dict(zip(_SUMMED, written.strip().split("-")[2:], strict=False))
    return sums.get(column) == _checksum(normalise_cell(cell))


def _checksum(text: str) -> str:
    return hashlib.blake2s(text.encode("utf-8", "replace"), digest_size=4).hexdigest()
