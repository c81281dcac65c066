"""`preview.html`: every note as a card with its cover. A plain file: no script, nothing loaded
from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

import jinja2

from crossover import __version__
from crossover.limits.limits import load_limits
from crossover.mapping.checks.advice import advice_on
from crossover.mapping.checks.levels import LEVEL_WORDS
from crossover.model.notes import Note, Plan, State
from crossover.model.posts import Kind
from crossover.model.summaries import group_changes
from crossover.plan.changed_since import as_sent, name_changes
from crossover.preview.rendering import find_cover, find_small, make_environment, write_rendered
from crossover.storage.documents import digest_each
from crossover.text import title_length
from crossover.transfer.report.status import Standing, Status

_SECTIONS = (
    ((State.READY, State.UPLOADING), "Will move"),
    ((State.POSTED, State.HANDED), "Went out: stays as it is"),
    ((State.STARTED, State.UNKNOWN), "Unclear: looked for before anything is sent"),
    ((State.FAILED,), "Refused: not sent again by itself"),
    ((State.HOLD,), "On hold: waiting for you"),
    ((State.SKIP,), "Left out"),
)
_SUMS = ("will move", "went out", "unclear", "refused", "on hold", "left out")
"""What the posts in these sections are, in their order."""

_HEAD_BYTES = 2048
"""The mark stands among the first lines of a page."""


def write_preview(
    plan: Plan, where: Status, path: Path, *, placed: Callable[[str], str] = str
) -> None:
    """Write the page at `path`, beside the files it shows, with `where` the notes of the plan
    stand. `placed` gives the commands of an advice the flags that lead here. Raises like
    `write_atomic`."""
    title_units = load_limits(plan.site).title_units.value
    environment = _make_environment()
    environment.filters["small"] = partial(find_small, path.parent)
    environment.filters["letters"] = lambda title: title_length(title, title_units)
    environment.filters["advice"] = lambda problem: placed(advice_on(problem))
    template = environment.get_template("preview.html")
    write_rendered(
        template,
        path,
        plan=plan,
        where=where,
        mark=_mark(plan),
        known_mark=_known_mark(where),
        sections=_group_notes(plan, where),
        sums=_sum_posts(where),
    )


def shows_plan(path: Path, plan: Plan, where: Status | None = None) -> bool:
    """Whether the page at `path` is the one that `write_preview` makes of this plan, wherever its
    notes stood then, or where they stand now."""
    try:
        with path.open("rb") as page:
            head = page.read(_HEAD_BYTES)
    except OSError:
        return False
    marks = [_mark(plan)] if where is None else [_mark(plan), _known_mark(where)]
    return all(f'content="{mark}"'.encode() in head for mark in marks)


def _mark(plan: Plan) -> str:
    """Make what a page has in common with its plan alone, and with the crossover that made it."""
    return digest_each(chain([__version__, replace(plan, notes=())], plan.notes))


def _known_mark(where: Status) -> str:
    return digest_each(where.notes)


def _group_notes(plan: Plan, where: Status) -> list[tuple[str, list[tuple[Note, Standing]]]]:
    both = list(zip(plan.notes, where.notes, strict=True))
    grouped = [
        (name, [one for one in both if one[1].state in states]) for states, name in _SECTIONS
    ]
    return [(name, notes) for name, notes in grouped if notes]


def _sum_posts(where: Status) -> list[tuple[int, str]]:
    """Count every post that could be read once."""
    sums = [
        (sum(getattr(where, state) for state in states), word)
        for (states, _), word in zip(_SECTIONS, _SUMS, strict=True)
    ]
    return [one for one in sums if one[0] or one[1] not in ("went out", "unclear", "refused")]


def _make_environment() -> jinja2.Environment:
    environment = make_environment()
    environment.filters.update(
        by_reason=group_changes,
        cover=find_cover,
        extent=_describe_extent,
        sent=as_sent,
        changes=name_changes,
        level=LEVEL_WORDS.__getitem__,
    )
    return environment


def _describe_extent(note: Note) -> str:
    if note.kind is Kind.PHOTOS:
        return f"{len(note.media)} picture{'' if len(note.media) == 1 else 's'}"
    if note.kind is Kind.VIDEO and note.media:
        seconds = round(note.media[0].duration or 0)
        return f"video {seconds // 60}:{seconds % 60:02d}"
    return "no file"
