"""The links that a creator gives for notes: in a CSV of any make, in the file that the page of a
pack saves, or as pasted lines. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from crossover.destinations.note_links import addresses_in
from crossover.destinations.own_notes.recognise import NOTE_ID
from crossover.model.tiktok import is_tiktok_page, tiktok_id_in
from crossover.transfer.resolve.text_file import TextRow, read_rows

_WHO_COLUMNS = ("number", "note", "no", "nr", "id", "post", "tiktok_url", "tiktok", "tiktok_link")
_LINK_COLUMNS = ("link", "url", "rednote_url", "rednote", "rednote_link", "note_url", "address")
_POSTED_COLUMNS = ("posted", "done")
_TIME_COLUMNS = ("time", "posted_at", "date", "when")

_NUMBER = re.compile(r"#?(\d{1,7})(?:[.,](\d{1,3}))?")
_POST_ID = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ(?:-\d+)?(?:/\d+)?")
_TIKTOK_ID = re.compile(r"\d{15,20}")
_ROUNDED = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:notes?\s+|post\s+)?(#?\d{1,7}(?:\.\d{1,3})?|\d{4}-\d\d-\d\dT[0-9:]+Z[-/\d]*|\d{15,20})"
    r"(?:\s*[=:)|]\s*|\.?\s+[-–—]?\s*)",
    re.IGNORECASE,
)
_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "si", "oui", "✓", "✔"})

ROUNDED = "the spreadsheet has rounded that id; give the note's number"


@dataclass(frozen=True, slots=True)
class GivenLink:
    """What one row says: of which note (`who`: a number, a note's or a post's id, a TikTok id), and
    the text of the link. `posted`: the creator ticked it; `time` is when, where it is said."""

    where: str
    who: str
    link: str
    posted: bool = False
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class GivenLinks:
    """The rows with a link, the names of those where none is given yet, and what cannot be used, as
    sentences that begin with the place. `account` is whose notes they are, where a page says so:
    its site and name."""

    links: tuple[GivenLink, ...] = ()
    without_link: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    account: tuple[str, str] | None = None


def read_given_links(text: str) -> GivenLinks:
    """Read links from the text of a file, or from what was pasted."""
    document = _as_json(text)
    rows = _rows_of_document(document) if document is not None else _rows_of_table(text)
    links, without, errors = [], [], []
    for row in rows:
        if isinstance(row, str):
            errors.append(row)
        elif row.link:
            links.append(row)
        elif row.who:
            without.append(row.who)
    return GivenLinks(tuple(links), tuple(without), tuple(errors), _account_in(document))


def _account_in(document: Any) -> tuple[str, str] | None:
    if not isinstance(document, Mapping):
        return None
    site, name = document.get("site"), document.get("account")
    return (site, name) if isinstance(site, str) and isinstance(name, str) else None


def _as_json(text: str) -> Any:
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _rows_of_document(document: Any) -> Iterator[GivenLink | str]:
    """The rows of what a page saved: a list of notes, each with what a table has in columns."""
    notes = document.get("notes") if isinstance(document, Mapping) else document
    if not isinstance(notes, list):
        yield "The file is JSON, but no list of notes."
        return
    for place, note in enumerate(notes, 1):
        where = f"Note {place} of the file"
        if not isinstance(note, Mapping):
            yield f"{where}: there is no note in it."
            continue
        cells = {str(name).casefold(): _cell(value) for name, value in note.items()}
        yield _row_of_columns(where, cells)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _rows_of_table(text: str) -> Iterator[GivenLink | str]:
    header: tuple[str, ...] | None = None
    for row in read_rows(text):
        where = f"Line {row.line}"
        if header is None and (names := _header(row)):
            header = names
        elif header is not None:
            pairs = zip(header, _padded(row.cells, len(header)), strict=True)
            cells = dict(reversed(list(pairs)))  # the first of two columns of one name
            yield _row_of_columns(where, cells)
        else:
            yield _row_without_header(where, row.cells)


def _header(row: TextRow) -> tuple[str, ...] | None:
    """The names of the columns, where the first row has them."""
    names = tuple(re.sub(r"[\s-]+", "_", cell.strip('\ufeff "').casefold()) for cell in row.cells)
    known = {*_WHO_COLUMNS, *_LINK_COLUMNS}
    return names if len(known.intersection(names)) and len(names) > 1 else None


def _padded(cells: tuple[str, ...], size: int) -> tuple[str, ...]:
    return (*cells, *[""] * (size - len(cells)))[:size]


def _row_of_columns(where: str, cells: Mapping[str, str]) -> GivenLink | str:
    named = [cells[name] for name in _WHO_COLUMNS if cells.get(name)]
    links = [cells[name] for name in _LINK_COLUMNS if cells.get(name)]
    # A column "note" or "post" may well hold a title, and `id` that of the note on RedNote.
    who = next(filter(None, map(_parse_who, named)), "")
    if any(map(_ROUNDED.fullmatch, named)) and not who:
        return f"{where}: {ROUNDED}."
    link = next((one for one in links if _is_link(one)), links[0] if links else "")
    posted = any(cells.get(name, "").casefold() in _YES for name in _POSTED_COLUMNS)
    time = next(filter(None, (_parse_time(cells.get(name, "")) for name in _TIME_COLUMNS)), None)
    if not who and (link or posted):
        return f"{where}: it does not say which note this is. {HOW}"
    return GivenLink(where, who, link, posted, time)


HOW = "A row has the note's number and its link, such as 17 and the link."


def _row_without_header(where: str, cells: tuple[str, ...]) -> GivenLink | str:
    if len(cells) == 1:
        cells = _split_line(cells[0])
    links = [cell for cell in cells if _is_link(cell)]
    if any(map(_ROUNDED.fullmatch, cells)):
        return f"{where}: {ROUNDED}."
    who = next(filter(None, (_parse_who(cell) for cell in cells if cell not in links)), "")
    if len(links) > 1:
        return f"{where}: there are several links in it; give one."
    if not who:
        return f"{where}: it does not say which note this is. {HOW}"
    rest = [cell for cell in cells if cell and not _parse_who(cell)]
    return GivenLink(where, who, links[0] if links else " ".join(rest))


def _split_line(line: str) -> tuple[str, ...]:
    """Part a typed line, `17 LINK` or `17=LINK`, into who and the rest."""
    found = _LEAD.match(line)
    if found:
        return found[1], line[found.end() :]
    addresses = addresses_in(line)
    tiktok = [one for one in addresses if is_tiktok_page(one)]
    if tiktok and len(addresses) > 1:
        return (*tiktok, *(one for one in addresses if one not in tiktok))
    return (line,)


def _is_link(cell: str) -> bool:
    found = addresses_in(cell)
    return bool(NOTE_ID.fullmatch(cell)) or any(not is_tiktok_page(one) for one in found)


def _parse_who(cell: str) -> str:
    """The number, id or TikTok id of a note in a cell, empty where there is none."""
    number = _NUMBER.fullmatch(cell)
    if number:
        part = (number[2] or "").lstrip("0")  # a spreadsheet makes 17.0 of 17
        return f"{int(number[1])}.{part}" if part else str(int(number[1]))
    if _POST_ID.fullmatch(cell) or _TIKTOK_ID.fullmatch(cell):
        return cell
    if any(is_tiktok_page(one) for one in addresses_in(cell)):
        return tiktok_id_in(cell) or ""
    return ""


def _parse_time(cell: str) -> datetime | None:
    """A moment with its zone; what names no zone is none."""
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None
