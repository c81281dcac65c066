"""What deserves a look in a plan, by cause: which notes, and what is said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

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
from crossover.model.choices import Action
from crossover.model.notes import Note, Problem, State
from crossover.text import one_line, whole_sentence
from crossover.transfer.report.status import Standing

_FIRST = ("title-cut", "title-choice", "no-title", "body-cut")
"""Codes of warnings that come before all others: what a reader sees first."""

_OF_SEVERAL = {
    "asks-away": "Their words ask for something that leads nowhere on RedNote.",
    "body-cut": "Their texts are longer than RedNote takes: the ends are left out.",
    "declared-ad": "Their words say that somebody paid for them.",
    "duplicate": "They have the title and the files of other notes; RedNote may refuse them.",
    "image-size": "They have pictures that are larger than RedNote is said to take.",
    "image-wide": "They have very wide pictures, which will show small.",
    "steers-away": "Their words hold links, addresses or names of other platforms; RedNote punishes"
    " pointing people elsewhere.",
    "video-length": "Their videos are longer than RedNote is said to take.",
    "video-size": "Their videos are larger than RedNote is said to take.",
    "video-small": "Their videos are small and may look soft.",
    "wider": "More people will see them than can see the posts on TikTok.",
}
"""What is said, by code, of several notes whose messages differ."""


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
    """Group problems by code: a line each, however many notes and messages there are."""
    groups: defaultdict[str, list[tuple[str, Problem]]] = defaultdict(list)
    for note in notes:
        for problem in note.problems:
            groups[problem.code].append((note.number, problem))
    order = sorted(groups, key=lambda code: _FIRST.index(code) if code in _FIRST else len(_FIRST))
    return [
        (
            tuple(dict.fromkeys(number for number, _ in groups[code])),
            _common_text(code, [problem.message for _, problem in groups[code]]),
        )
        for code in order
    ]


def _common_text(code: str, messages: list[str]) -> str:
    first = one_line(messages[0])
    if all(message == messages[0] for message in messages):
        return first
    return _OF_SEVERAL.get(code, f"{first} The others are alike.")
