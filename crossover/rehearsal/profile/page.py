"""The practice account's profile page: one plain file that works without a server and without
scripts, and loads nothing but the pictures next to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from crossover.rehearsal.site.rules import MARKER
from crossover.rehearsal.store.disk import MEDIA, replace_text
from crossover.rehearsal.store.listing import VISIBLE_TO, count_text, format_iso
from crossover.rehearsal.store.records import PRACTICE, Note

FILE_NAME = "profile.html"
POLICY = (
    "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    topic: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A note as the page shows it."""

    id: str
    title: str
    name: str
    pieces: tuple[Piece, ...]
    pictures: tuple[str, ...]
    cover: str | None
    video: bool
    badge: str | None
    visible_to: str
    day: str
    moment: str
    scheduled: str | None
    tint: int


def write_profile(folder: Path, notes: list[Note], name: str) -> Path:
    """Write the profile page into `folder` and return its path. Raises `OSError`."""
    path = folder / FILE_NAME
    replace_text(path, render_profile(notes, name))
    return path


_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]"
)


def render_profile(notes: list[Note], name: str) -> str:
    """Render the profile page as HTML under a name, newest notes first."""
    cards = [_make_card(note) for note in reversed(notes)]
    return _load_template().render(
        name=name,
        red_num=PRACTICE.red_num,
        policy=POLICY,
        cards=cards,
        columns=(cards[0::2], cards[1::2]),
        notes=count_text(len(notes), "note"),
        pictures=count_text(
            sum(len(note.media) for note in notes if note.type == "normal"), "picture"
        ),
        videos=count_text(sum(note.type == "video" for note in notes), "video"),
    )


@cache
def _load_template() -> Template:
    look = Path(__file__).parents[2] / "look"  # the styles that all pages share
    environment = Environment(
        loader=FileSystemLoader([Path(__file__).with_name("templates"), look]),
        autoescape=True,
        finalize=_escape_invisible,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(FILE_NAME)


def _escape_invisible(value: object) -> object:
    """Show controls and what reverses the reading direction as visible escapes."""
    if type(value) is not str:  # markup of our own is a str too, and is left alone
        return value
    return _UNSEEN.sub(lambda found: f"\\u{{{ord(found.group()):x}}}", value)


def _make_card(note: Note) -> Card:
    files = [note.cover] if note.type == "video" else list(note.media)
    pictures = tuple(f"{MEDIA}/{file.name}" for file in files if file is not None and file.name)
    when = format_iso(note.time)
    return Card(
        id=note.id,
        title=note.title,
        name=note.title or _first_words(note.desc) or "Untitled",
        pieces=tuple(_split_pieces(note)),
        pictures=pictures,
        cover=pictures[0] if pictures else None,
        video=note.type == "video",
        badge=None if note.visibility == "public" else VISIBLE_TO[note.visibility],
        visible_to=VISIBLE_TO[note.visibility],
        day=when[:10],
        moment=f"{when[:10]} {when[11:16]} UTC",
        scheduled=None
        if note.schedule is None
        else f"{format_iso(note.schedule)[:16]} UTC".replace("T", " "),
        tint=int(note.id[:6], 16) % 360,
    )


def _first_words(desc: str) -> str:
    """What a note without a title is called: its first words, or its topics where it has no others."""
    words = " ".join(MARKER.sub("", desc).split()) or " ".join(MARKER.sub(r"#\1", desc).split())
    return words[:60]


def _split_pieces(note: Note) -> list[Piece]:
    """Split the description into plain pieces and topics, without the markers' brackets."""
    pieces, end = [], 0
    for marker in re.finditer(MARKER, note.desc):
        pieces += [
            Piece(note.desc[end : marker.start()], topic=False),
            Piece(f"#{marker[1]}", topic=True),
        ]
        end = marker.end()
    pieces.append(Piece(note.desc[end:], topic=False))
    return [piece for piece in pieces if piece.text]
