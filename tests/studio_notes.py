"""Notes with files that a browser can open, no two of them alike."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from crossover.model.account import SiteName
from crossover.model.notes import Cover, Note, NoteMedia, Plan
from crossover.model.posts import Kind, MediaKind
from tests.destinations import makers
from tests.destinations.makers import put_file, sha256

FILM = Path(__file__).parents[1] / "sample_exports" / "demo" / "7534463719775191965.mp4"
_numbers = itertools.count(1)


def picture(root: Path, *, size: tuple[int, int] = (720, 960)) -> NoteMedia:
    """A JPEG of its own."""
    number = next(_numbers)
    data = _jpeg(size) + f"{number}".encode()
    name = f"ready/{number:04}.jpg"
    put_file(root, name, data)
    return NoteMedia(name, MediaKind.IMAGE, sha256(data), len(data), *size)


def pictures(root: Path, count: int) -> tuple[NoteMedia, ...]:
    return tuple(picture(root) for _ in range(count))


def clip(root: Path, *, size: int = 0) -> NoteMedia:
    """A film of its own that plays, of at least so many bytes."""
    number = next(_numbers)
    film = FILM.read_bytes()
    filling = max(len(f"{number}"), size - len(film) - 8)
    # Players pass over a box that is called free.
    box = (filling + 8).to_bytes(4, "big") + b"free" + f"{number}".encode().ljust(filling, b"\0")
    name, data = f"ready/{number:04}.mp4", film + box
    put_file(root, name, data)
    return NoteMedia(name, MediaKind.VIDEO, sha256(data), len(data), 360, 640, duration=2.0)


def cover(root: Path) -> Cover:
    made = picture(root)
    return Cover(made.path, made.sha256, made.bytes, made.width, made.height)


@cache
def _jpeg(size: tuple[int, int]) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (60, 120, 90)).save(out, "JPEG")
    return out.getvalue()


def note(root: Path, **fields: Any) -> Note:
    """A note of a post of its own: one picture where nothing else is said, or a film."""
    number = next(_numbers)
    kind = fields.setdefault("kind", Kind.PHOTOS)
    fields.setdefault("media", (picture(root) if kind is Kind.PHOTOS else clip(root),))
    fields.setdefault("title", f"Bowl number {number}")
    moment = datetime(2025, 2, 6, tzinfo=UTC) + timedelta(minutes=number)
    post, original = f"{moment:%Y-%m-%dT%H:%M:%SZ}", fields.pop("original", False)
    made = makers.note(**fields)
    return replace(
        made, id=post, post=post, number=str(number), posted_at=moment, original=original
    )


def plan_of(*notes: Note, site: SiteName = SiteName.REHEARSAL) -> Plan:
    """The plan of these notes, all of which move."""
    count = len(notes)
    return Plan(
        to="studio",
        site=site,
        handle="mara",
        found=count,
        move=count,
        skip=0,
        hold=0,
        unreadable=0,
        notes_total=count,
        digest="",
        inputs="",
        notes=notes,
        unreadable_posts=(),
    )
