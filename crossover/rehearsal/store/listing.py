"""Formats the notes the stand-in holds, as JSON for programs and as text for people."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from crossover.rehearsal.store.records import File, Note
from crossover.rehearsal.visible import escape_invisible

VISIBLE_TO = {"public": "public", "friends": "friends", "only-me": "only me"}


def format_json(notes: list[Note]) -> str:
    """Format notes as JSON. Field names are added to, never changed: programs read them."""
    return json.dumps([note_record(note) for note in notes], ensure_ascii=True, indent=1)


def format_text(notes: list[Note], folder: Path) -> str:
    where = escape_invisible(str(folder.absolute()))
    if not notes:
        return f"No notes in {where} yet."
    lines = [f"{count_text(len(notes), 'note')} in {where}, in the order received"]
    for number, note in enumerate(notes, 1):
        size = sum(file.size for file in note.media) / 1_000_000
        what = "video" if note.type == "video" else count_text(len(note.media), "picture")
        facts = [f"{what} ({size:.1f} MB)", VISIBLE_TO[note.visibility], _format_time(note.time)]
        if note.schedule is not None:
            facts.append(f"scheduled for {_format_time(note.schedule)}")
        if note.declaration != "none":
            facts.append(f"declared: {note.declaration}")
        if note.original:
            facts.append("claimed as original")
        lines += [
            "",
            f"{number:>4}  {escape_invisible(note.title) or '(no title)'}",
            f"      {' · '.join(facts)}",
        ]
        if note.desc:
            text = escape_invisible(" ".join(note.desc.replace("[话题]#", "").split()))
            lines.append(f"      {text if len(text) <= 160 else text[:159] + '…'}")
        if "#" in note.desc:
            topics = " ".join(f"#{escape_invisible(name)}" for name in note.topics)
            lines.append(f"      topics: {topics or 'none'}")
    return "\n".join(lines)


def count_text(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def format_iso(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _format_time(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds // 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")


def note_record(note: Note) -> dict[str, object]:
    """Make the record of a note, as programs read it."""
    return {
        "id": note.id,
        "type": note.type,
        "title": note.title,
        "desc": note.desc,
        "topics": list(note.topics),
        "visibility": note.visibility,
        "media": [_file_record(file) for file in note.media],
        "cover": None if note.cover is None else _file_record(note.cover),
        "time": format_iso(note.time),
        "scheduled_for": None if note.schedule is None else format_iso(note.schedule),
        "declaration": note.declaration,
        "original": note.original,
    }


def _file_record(file: File) -> dict[str, object]:
    return {"sha256": file.sha256, "bytes": file.size}
