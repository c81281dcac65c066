"""A row of the sheet: what stands in its cells, and how a cell that nobody touched is known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from crossover.library.posts_file import Library
from crossover.model.notes import Note
from crossover.model.posts import Kind, Post
from crossover.storage.documents import utc_text

EDITABLE = ("title", "body", "topics", "visibility", "action")
READ_BACK = (*EDITABLE, "file")
COLUMNS = ("number", "date", "kind", "link", *READ_BACK, "written")
"""In this order. `written` tells which note the row is of and what its cells were."""

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A row that came back, with the columns that were there. `where` is how a person finds it."""

    where: str
    cells: Row


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that came back. `remarks` is what the creator should hear of how it was read.

    `narrow`: the file was saved in a character set that cannot hold every letter.
    """

    rows: tuple[Found, ...]
    columns: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    narrow: bool = False


def rows_of(notes: Iterable[Note], library: Library) -> list[Row]:
    """One row for each note, whatever its action."""
    posts = {post.id: post for post in library.posts}
    return [_row(note, posts[note.post], library.handle) for note in notes]


def _row(note: Note, post: Post, handle: str | None) -> Row:
    row = {
        "number": note.number,
        "date": utc_text(note.posted_at),
        "kind": str(note.kind or ""),
        "link": _link(post, handle),
        "title": note.title,
        "body": note.body,
        "topics": " ".join(f"#{topic}" for topic in note.topics),
        "visibility": str(note.visibility),
        "action": str(note.action),
        "file": "; ".join(media.source for media in post.media),
    }
    return row | {"written": _written(note.id, row)}


def _link(post: Post, handle: str | None) -> str:
    """TikTok's page of the post; without the handle or the id nobody knows it."""
    if not (post.tiktok_id and handle and post.kind):
        return ""
    kind = "photo" if post.kind is Kind.PHOTOS else "video"
    return f"https://www.tiktok.com/@{quote(handle)}/{kind}/{post.tiktok_id}"


# --- who touched what -----------------------------------------------------------------------


def plain(cell: str) -> str:
    """A cell as it is compared: spreadsheets change line ends and blanks around a text."""
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()


def _written(note: str, row: Row) -> str:
    # A letter in front and dashes between: no spreadsheet takes it for a number.
    return "-".join(["k", _sum(note), *(_sum(plain(row[column])) for column in READ_BACK)])


def of_note(written: str, row: Row) -> bool:
    """Whether a row that came back is of the same note as `row`; yes, when it does not tell."""
    told, here = written.split("-"), row["written"].split("-")
    return len(told) != len(here) or told[1] == here[1]


def untouched(written: str, column: str, cell: str) -> bool:
    """Whether `cell` is what `sheet out` once wrote, as far as `written` tells."""
    sums = written.strip().split("-")[2:]
    return len(sums) == len(READ_BACK) and sums[READ_BACK.index(column)] == _sum(plain(cell))


def _sum(text: str) -> str:
    return hashlib.blake2s(text.encode("utf-8", "replace"), digest_size=4).hexdigest()
