"""The notes the stand-in holds, as JSON for programs and as text for people."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

from crossover.rehearsal.store.records import File, Note

VISIBLE_TO = {"public": "public", "friends": "friends", "only-me": "only me"}


def as_json(notes: list[Note]) -> str:
    """Field names here are relied upon: added to, never changed."""
    return json.dumps([_record(note) for note in notes], ensure_ascii=True, indent=1)


def as_text(notes: list[Note], folder: Path) -> str:
    where = plain(str(folder.absolute()))
    if not notes:
        return f"No notes in {where} yet."
    lines = [f"{count(len(notes), 'note')} in {where}, in the order received"]
    for number, note in enumerate(notes, 1):
        size = sum(file.size for file in note.media) / 1_000_000
        what = "video" if note.type == "video" else count(len(note.media), "picture")
        facts = [f"{what} ({size:.1f} MB)", VISIBLE_TO[note.visibility], _readable(note.time)]
        if note.schedule is not None:
            facts.append(f"scheduled for {_readable(note.schedule)}")
        lines += [
            "",
            f"{number:>4}  {plain(note.title) or '(no title)'}",
            f"      {' · '.join(facts)}",
        ]
        if note.desc:
            text = plain(" ".join(note.desc.replace("[话题]#", "").split()))
            lines.append(f"      {text if len(text) <= 160 else text[:159] + '…'}")
    return "\n".join(lines)


def plain(text: str) -> str:
    """Text that cannot steer a terminal: anything invisible becomes a visible escape."""
    return "".join(
        f"\\u{{{ord(char):x}}}" if unicodedata.category(char) in HIDDEN else char for char in text
    )


# Controls, formats (bidi, tags), surrogates, private use, line and paragraph separators. The joiner
# inside emoji is a format too and shown as an escape: this is a plain list, not the profile page.
HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def iso(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _readable(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds // 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _record(note: Note) -> dict[str, object]:
    return {
        "id": note.id,
        "type": note.type,
        "title": note.title,
        "desc": note.desc,
        "topics": list(note.topics),
        "visibility": note.visibility,
        "media": [_file(file) for file in note.media],
        "cover": None if note.cover is None else _file(note.cover),
        "time": iso(note.time),
        "scheduled_for": None if note.schedule is None else iso(note.schedule),
    }


def _file(file: File) -> dict[str, object]:
    return {"sha256": file.sha256, "bytes": file.size}
