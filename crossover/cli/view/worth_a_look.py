"""What deserves a look in a plan, by cause: which notes, and what is said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from crossover.cli.view.screen import (
    ALL_RANGES,
    FEW_RANGES,
    console,
    count,
    note_numbers_text,
    say,
    say_points,
)
from crossover.cli.view.status import NOT_AGAIN
from crossover.mapping.checks.guidelines import GUIDELINE_AREA, find_note_areas
from crossover.model.choices import Action
from crossover.model.notes import Level, Note, Problem, State
from crossover.model.summaries import summarise
from crossover.text import one_line, whole_sentence
from crossover.transfer.report.status import Standing

_FIRST = ("title-cut", "title-choice", "no-title", "body-cut")
"""Codes of warnings that come before all others: what a reader sees first."""


def show_remarks(notes: Iterable[tuple[Note, Standing]], *, complete: bool) -> None:
    """Show what deserves a look, a line for each cause; `complete`: with every number."""
    most = ALL_RANGES if complete else FEW_RANGES
    for heading, lines in find_remarks(notes):
        console.print()
        say(f"{heading}:", style="bold")
        say_points(
            f"{count(len(numbers), 'note')}: {note_numbers_text(numbers, most)}. {text}"
            for numbers, text in lines
        )


def find_remarks(
    notes: Iterable[tuple[Note, Standing]],
) -> Iterator[tuple[str, list[tuple[tuple[str, ...], str]]]]:
    """Yield what deserves a look, under headings: the numbers of notes, and what is said of them.
    What only waits for the creator is not among it."""
    notes = tuple(notes)
    for action, heading in ((Action.HOLD, "On hold, but sent before"), (Action.SKIP, "Left out")):
        reasons = _grouped(
            (_reason(note, standing), note)
            for note, standing in notes
            if note.action is action and (action is Action.SKIP or standing.may_be_there)
        )
        if reasons:
            yield heading, reasons
    refused = _grouped(
        (refusal_text(standing), note) for note, standing in notes if standing.state is State.FAILED
    )
    if refused:
        yield "Refused", refused
    warned = _warnings(note for note, _ in notes if note.action is Action.MOVE)
    if warned:
        yield "Worth a look", warned


def refusal_text(standing: Standing) -> str:
    """Say why a note was refused, and that this is its end."""
    return f"{whole_sentence(standing.reason or '')} {NOT_AGAIN}"


def _reason(note: Note, standing: Standing) -> str:
    if standing.state is State.SKIP:
        return whole_sentence(standing.reason or "")
    out = " It was sent before, and stays as it is." if standing.may_be_there else ""
    return whole_sentence(note.reason) + out


def _grouped(said: Iterable[tuple[str, Note]]) -> list[tuple[tuple[str, ...], str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for text, note in said:
        groups[text].append(note.number)
    return [(tuple(numbers), one_line(text)) for text, numbers in groups.items()]


def _warnings(notes: Iterable[Note]) -> list[tuple[tuple[str, ...], str]]:
    """Group problems by code: a line each, however many notes and messages there are. What is only
    to know comes last."""
    groups: defaultdict[str, list[tuple[Note, Problem]]] = defaultdict(list)
    for note in notes:
        for problem in note.problems:
            groups[problem.code].append((note, problem))

    def rank(code: str) -> tuple[int, bool]:
        place = _FIRST.index(code) if code in _FIRST else len(_FIRST)
        return place, all(problem.level is Level.NOTE for _, problem in groups[code])

    return [
        (
            tuple(dict.fromkeys(note.number for note, _ in groups[code])),
            one_line(_tell_group(code, groups[code])),
        )
        for code in sorted(groups, key=rank)
    ]


def _tell_group(code: str, group: Sequence[tuple[Note, Problem]]) -> str:
    """Say what is true of all notes with this problem."""
    messages = [problem.message for _, problem in group]
    if code != GUIDELINE_AREA or len(set(messages)) == 1:
        return summarise(code, messages)
    areas = dict.fromkeys(area.name for note, _ in group for area, _ in find_note_areas(note))
    return f"RedNote's guidelines name what the words touch: {', '.join(areas)}."
