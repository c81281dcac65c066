"""What is to be known of a note, in sections: problems, other titles, changes and why, files, links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.style import Style
from rich.text import Text

from crossover.cli.view.columns import folded
from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.screen import megabytes, wrapped
from crossover.cli.view.worth_a_look import refusal_text
from crossover.mapping.checks.advice import advice_on
from crossover.mapping.checks.levels import LEVEL_WORDS
from crossover.mapping.marked_words import Went, mark_new_words
from crossover.model.choices import Action
from crossover.model.notes import Change, Note, NoteMedia, Problem, State
from crossover.model.summaries import group_changes
from crossover.plan.changed_since import Difference, name_changes
from crossover.text import graphemes, one_line, safe, whole_sentence
from crossover.transfer.report.status import Standing

_SHORT = 120
"""Letters of what a change was and became."""
_LONG = 60
"""Letters from which on of two texts only what differs is shown."""


def note_sections(
    note: Note,
    standing: Standing,
    flags: Flags,
    width: int,
    *,
    folder: Path | None = None,
    links: Iterable[str] = (),
) -> Iterator[Text]:
    """Yield the lines of what is to be known of a note, each section behind an empty one. Its files
    lie in `folder`, `links` lead to it and to its post."""
    if standing.state is State.FAILED:
        yield from _section("Refused", [refusal_text(standing)], width)
    if note.action is Action.SKIP and note.reason:
        yield from _section("Left out", [whole_sentence(note.reason)], width)
    yield from _section("Changed since", map(_difference, standing.differences), width)
    yield from _section("Problems", (_problem(p, flags) for p in note.problems), width)
    yield from _section("Other titles in its words", _other_titles(note), width)
    changes = (_change(*group) for group in group_changes(note.changes))
    yield from _section("Changes", changes, width)
    if files := list(_list_files(note, folder, width)):
        yield from [Text(), Text("Files", "bold"), *files]
    if addresses := [one_line(link) for link in links]:
        yield from [Text(), Text("Links", "bold")]
        yield from (Text.assemble("  ", (link, Style(link=link))) for link in addresses)


def _section(name: str, entries: Iterable[str], width: int) -> Iterator[Text]:
    shown = [
        Text.assemble("  ", line) for entry in entries for line in _entry_lines(entry, width - 2)
    ]
    if shown:
        yield from [Text(), Text(name, "bold"), *shown]


def _entry_lines(entry: str, width: int) -> Iterator[Text]:
    """Yield the lines of an entry, those behind its first one set in."""
    first, *others = folded(Text(safe(entry)), width - 2)
    yield first
    for line in others:
        yield line if line.plain.startswith("  ") else Text.assemble("  ", line)


def _other_titles(note: Note) -> Iterator[str]:
    """List the titles that the creator may choose instead, and how."""
    others = [
        (place, title)
        for place, title in enumerate(note.title_candidates, 1)
        if title != note.title
    ]
    for place, title in others:
        yield f"{place}  {one_line(title)}"
    if others:
        place = others[0][0]
        yield (
            f"To take one: `title_candidate: {place}` under {note.number} in edits.yaml, or {place} in"
            " that column of the sheet."
        )


def _difference(difference: Difference) -> str:
    name = name_changes([difference.field])
    return name + _before_and_after(difference.sent or "", difference.planned or "")


def _problem(problem: Problem, flags: Flags) -> str:
    advice = placed(advice_on(problem), flags)
    return one_line(f"{LEVEL_WORDS[problem.level]}: {problem.message} {advice}")


def _change(field: str, why: str, changes: Iterable[Change]) -> str:
    each = (_before_and_after(change.before, change.after) for change in changes)
    return one_line(f"{field}: {why}") + "".join(each)


def _before_and_after(before: str, after: str) -> str:
    """Format as a line below, of long texts as what is gone and what is new; empty where both
    are."""
    if before and after and max(len(before), len(after)) > _LONG:
        gone = _find_others(before, after)
        new = _find_others(after, before)
        lines = [
            *(f"− {_short(words)}" for words in gone),
            *(f"+ {_short(words)}" for words in new),
        ]
        return "".join(f"\n  {line}" for line in lines)
    shown = " → ".join(_short(part) for part in (before, after) if part)
    return f"\n  {shown}" if shown else ""


def _find_others(text: str, other: str) -> list[str]:
    """Find the words of a text that the other one has not."""
    return [one.text for one in mark_new_words(text, other) if one.went is Went.NEW]


def _short(text: str) -> str:
    line = one_line(text)
    if len(line) <= _SHORT:
        return line
    return "".join(graphemes(line[: 2 * _SHORT])[: _SHORT - 1]) + "…"


def _list_files(note: Note, folder: Path | None, width: int) -> Iterator[Text]:
    """List the files as they are sent; on a terminal each leads to itself."""
    for file in note.files:
        what = "" if isinstance(file, NoteMedia) else "cover: "
        link = (folder / file.path).resolve().as_uri() if folder else None
        facts = f"  {file.width} × {file.height} · {_size(file.bytes)}"
        line = Text.assemble(what, (one_line(file.path), Style(link=link)), (facts, "dim"))
        first, *others = wrapped(line, width - 2)
        yield Text.assemble("  ", first)
        yield from (Text.assemble("    ", other) for other in others)


def _size(size: int) -> str:
    return megabytes(size) if size >= 1e6 else f"{max(round(size / 1e3), 1)} KB"
