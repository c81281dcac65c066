"""`preview.html`: every note as a card with its cover. A plain file: no script, nothing loaded
from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

import jinja2

from crossover import __version__
from crossover.limits.limits import load_limits
from crossover.model.choices import Action
from crossover.model.notes import Note, Plan
from crossover.model.posts import Kind
from crossover.storage.atomic import write_atomic
from crossover.storage.documents import digest
from crossover.text import half_units, safe

SECTIONS = (
    (Action.MOVE, "Will move"),
    (Action.HOLD, "On hold: waiting for you"),
    (Action.SKIP, "Left out"),
)

PlainTopics = Mapping[str, tuple[str, ...]]
"""The topics that went out as plain text, by the id of the note."""

NO_TOPICS: PlainTopics = MappingProxyType({})

_HEAD_BYTES = 2048
"""The mark stands among the first lines of a page."""


def write_preview(plan: Plan, path: Path, plain_topics: PlainTopics = NO_TOPICS) -> None:
    """Write the page at `path`, beside the files it shows. Raises like `write_atomic`."""
    title_units = load_limits(plan.site).title_units.value
    template = _make_environment().get_template("preview.html")
    html = template.render(
        plan=plan,
        mark=_mark(plan),
        known_mark=_known_mark(plain_topics),
        sections=_group_notes(plan),
        title_letters=2 * title_units,
        plain_topics=plain_topics,
    )
    write_atomic(path, html.encode("utf-8", "replace"))


def shows_plan(path: Path, plan: Plan, plain_topics: PlainTopics | None = None) -> bool:
    """Whether the page at `path` is the one that `write_preview` makes of this plan, whatever was
    known then of its notes on the account, or with just these topics."""
    try:
        with path.open("rb") as page:
            head = page.read(_HEAD_BYTES)
    except OSError:
        return False
    marks = [_mark(plan)] if plain_topics is None else [_mark(plan), _known_mark(plain_topics)]
    return all(f'content="{mark}"'.encode() in head for mark in marks)


def _mark(plan: Plan) -> str:
    """Make what a page has in common with its plan alone, and with the crossover that made it."""
    return digest([__version__, plan])


def _known_mark(plain_topics: PlainTopics) -> str:
    return digest(dict(plain_topics))


def _group_notes(plan: Plan) -> list[tuple[str, list[Note]]]:
    grouped = [(name, [n for n in plan.notes if n.action is action]) for action, name in SECTIONS]
    return [(name, notes) for name, notes in grouped if notes]


def _make_environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.filters.update(
        clean=safe,
        cover=_find_cover,
        day=_format_day,
        extent=_describe_extent,
        href=quote,
        letters=half_units,
    )
    return environment


def _find_cover(note: Note) -> str | None:
    if note.cover:
        return note.cover.path
    return note.media[0].path if note.media and note.kind is Kind.PHOTOS else None


def _format_day(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y}"


def _describe_extent(note: Note) -> str:
    if note.kind is Kind.PHOTOS:
        return f"{len(note.media)} picture{'' if len(note.media) == 1 else 's'}"
    if note.kind is Kind.VIDEO and note.media:
        seconds = round(note.media[0].duration or 0)
        return f"video {seconds // 60}:{seconds % 60:02d}"
    return "no file"
