"""A report as tables for spreadsheets and programs: every note, and where each TikTok link leads now."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence

from crossover.model.notes import State
from crossover.transfer.report.reported import Report, ReportedNote

NOTES = (
    *("number", "part", "tiktok_date", "tiktok_url", "state", "reason", "review", "title"),
    *("visibility", "went_out", "rednote_url", "note_id", "evidence", "attempts", "destination"),
    *("files_sha256", "not_taken"),
)
"""The columns of `notes_table`."""

LINKS = ("tiktok_url", "rednote_url", "id", "date")
"""The columns of `links_table`."""

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def notes_table(report: Report) -> bytes:
    """Write every note as a row. Words of what not everybody may see are left out."""
    return _to_csv(NOTES, (_note_row(note) for note in report.notes))


def links_table(report: Report) -> bytes:
    """Write where each TikTok link leads now, of the posts that everybody may see: one row for a
    post, with its first part; `date` is its day on TikTok. A post without a TikTok link that is
    known has a row without one."""
    rows = (
        (note.tiktok_url or "", note.rednote_url or "", note.post, f"{note.posted_at:%Y-%m-%d}")
        for note in report.notes
        if note.state is State.POSTED
        and note.rednote_url
        and not note.is_private
        and note.part[0] == 1
    )
    return _to_csv(LINKS, rows)


def is_table(written: bytes, columns: Sequence[str]) -> bool:
    """Whether these bytes begin like a table with these columns, or are none at all."""
    first, _, _ = written.removeprefix(BOM_UTF8).partition(b"\n")
    return not written or first.rstrip(b"\r") == ",".join(columns).encode()


def _note_row(note: ReportedNote) -> tuple[str, ...]:
    values = (
        f"'{note.number}" if "." in note.number else note.number,  # 17.2 would become a day
        f"{note.part[0]} of {note.part[1]}",
        f"{note.posted_at:%Y-%m-%d}",
        note.tiktok_url,
        note.state,
        note.reason,
        note.review,
        None if note.is_private else note.title,
        note.visibility,
        note.went_out,
        note.rednote_url,
        note.note_id,
        note.evidence,
        note.attempt,
        note.destination,
        " ".join(file.sha256 for file in note.files),
        " ".join(note.not_taken),
    )
    return tuple("" if value is None else str(value) for value in values)


def _to_csv(columns: Sequence[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Write rows as UTF-8 with a byte order mark and CRLF, which spreadsheets open by double click.
    No cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_as_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _as_cell(text: str) -> str:
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text
