"""How a page is made of its template: escaped, in pieces, written as a whole."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import jinja2

from crossover.media.fit.fitted import thumbnail_path
from crossover.model.notes import Note
from crossover.model.posts import Kind
from crossover.storage.atomic import write_atomic
from crossover.text import safe

_PIECES = 1000
"""Put together at a time: a page of thousands of notes has a million of them."""


def make_environment() -> jinja2.Environment:
    """Make the environment of the templates of this room, with the filters that all of them use."""
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            [jinja2.PackageLoader(__package__), jinja2.PackageLoader("crossover", "look")]
        ),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(clean=safe, day=_format_day, href=quote)
    return environment


def write_rendered(template: jinja2.Template, path: Path, **values: object) -> None:
    """Write what the template makes of these values. Raises like `write_atomic`."""
    pieces, html = template.generate(**values), []
    while some := "".join(islice(pieces, _PIECES)):
        html.append(some.encode("utf-8", "replace"))
    write_atomic(path, *html)


def find_cover(note: Note) -> str | None:
    """The path of the picture that stands for a note, None where there is none."""
    if note.cover:
        return note.cover.path
    return note.media[0].path if note.media and note.kind is Kind.PHOTOS else None


def find_small(folder: Path, path: str) -> str:
    """The small picture of one that is sent, beside it; itself where there is none."""
    small = thumbnail_path(path)
    return small if (folder / small).is_file() else path


def _format_day(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y}"
