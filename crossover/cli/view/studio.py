"""What the studio is at, for whoever sits before the window: on a terminal that changes in place, in
plain lines elsewhere, as events for programs."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from crossover.cli.view.columns import folded
from crossover.cli.view.filled_form import show_form
from crossover.cli.view.progress import duration_text
from crossover.cli.view.screen import data, say
from crossover.cli.view.studio_words import (
    ANSWERS,
    BETWEEN_KEYS,
    DID_YOU_PRESS,
    KEYS,
    PAUSED,
    PAUSED_KEYS,
    PRESSED,
    found_again,
    named,
    press_text,
    step_text,
)
from crossover.destinations.studio.dialogue import Doing, StudioStep
from crossover.destinations.studio.form import FilledForm
from crossover.limits.limits import load_limits
from crossover.model.account import SiteName
from crossover.model.notes import Note, State
from crossover.storage.documents import to_json_line

_TELL_AFTER = (10.0, 30.0, 60.0)
"""Seconds of waiting that are told of in lines; from the last on each time it passes again."""


class StudioScreen:
    """Says it in lines, one after the other."""

    def __init__(self, site: SiteName) -> None:
        self._limits = load_limits(site)
        self._told: tuple[str, Doing] | None = None
        self._waited = 0.0

    def step(self, note: Note, step: StudioStep) -> None:
        """Tell of a step on the page; of several alike the first."""
        if (note.id, step.doing) != self._told:
            say(f"{named(note)}: {step_text(note, step)}")
        self._told = note.id, step.doing

    def filled(self, note: Note, form: FilledForm, *, again: bool) -> None:
        """Show what the page holds, and what the creator does now."""
        show_form(note, form, self._limits, again=again)
        self._ask(note, press_text(form), KEYS)

    def pressed(self, note: Note) -> None:
        """Tell that the press was seen."""
        self._told, self._waited = None, 0.0
        self._ask(note, PRESSED)

    def waiting(self, note: Note, seconds: float) -> None:  # noqa: ARG002  others show it
        """Tell for how long the answer is awaited."""
        if self._is_due(seconds):
            say(f"No answer yet, after {duration_text(seconds)}. Do not press again.")

    def _is_due(self, seconds: float) -> bool:
        last = _TELL_AFTER[-1]
        due = next((after for after in _TELL_AFTER if after > self._waited), self._waited + last)
        if seconds >= due:
            self._waited = due
        return seconds >= due

    def paused(self, note: Note | None) -> None:
        """Tell that nothing goes on, and by which key it does."""
        self._ask(note, PAUSED, PAUSED_KEYS)

    def resumed(self) -> None:
        """Tell that the pause is over."""
        say("Going on.")

    def ask_whether_pressed(self, note: Note) -> None:
        """Ask about a page that an earlier run left filled in."""
        say(found_again(note))
        self._ask(note, DID_YOU_PRESS, ANSWERS)

    def reply(self, words: str) -> None:
        """Say what comes of a key."""
        say(words)

    def _ask(self, note: Note | None, words: str, keys: str = "") -> None:  # noqa: ARG002  as above
        say(words, style="bold")
        if keys:
            say(keys, style="dim")


@dataclass(frozen=True, slots=True)
class _Foot:
    """What the foot of the terminal shows: the note and what is done of it, what is the creator's to
    do, and the keys."""

    note: Note | None = None
    doing: str = ""
    ask: str = ""
    keys: str = ""


class LiveStudio(StudioScreen):
    """Says it in a block that changes in place, at the foot of the terminal."""

    def __init__(self, site: SiteName) -> None:
        super().__init__(site)
        self._lock = threading.Lock()  # another thread paints
        self._foot = _Foot()
        self._before = self._foot
        self._begun = set[str]()
        self._expected = 0

    def expect(self, notes: int) -> None:
        """So many notes go out in this run."""
        with self._lock:
            self._expected = notes

    def begin(self, note: Note) -> None:
        """The turn of this note has come, maybe again."""
        with self._lock:
            self._begun.add(note.id)
        self._show(_Foot(note, keys=KEYS))

    def settled(self) -> None:
        """What became of the note at hand is known."""
        self._show(replace(self._foot, doing="", ask="", keys=""))

    def step(self, note: Note, step: StudioStep) -> None:
        is_out = step.doing is Doing.READING_LIST
        self._show(_Foot(note, step_text(note, step), keys="" if is_out else KEYS))

    def waiting(self, note: Note, seconds: float) -> None:
        self._show(_Foot(note, f"{duration_text(seconds)} since your press", PRESSED))

    def paused(self, note: Note | None) -> None:
        self._before = self._foot
        super().paused(note)

    def resumed(self) -> None:
        self._show(self._before)

    def _ask(self, note: Note | None, words: str, keys: str = "") -> None:
        self._show(_Foot(note, "", words, keys))

    def _show(self, foot: _Foot) -> None:
        with self._lock:
            self._foot = foot

    def lines(self, width: int) -> Sequence[str | Text]:
        """The lines of the block, each at most `width` cells."""
        with self._lock:
            foot, begun, expected = self._foot, len(self._begun), self._expected
        if foot.note is None:
            waits = "waiting until the next note may go out"
            return [_fit(waits if expected else "looking through the account…", width)]
        doing = f" · {foot.doing}" if foot.doing else ""
        lines: list[str | Text] = [""] if foot.ask else []
        lines.append(f"{_fit(named(foot.note), width - cell_len(doing))}{doing}")
        lines += folded(Text(foot.ask, "bold"), width) if foot.ask else []
        lines += _key_lines(foot.keys, width)
        if expected > 1 and begun:
            # One that is skipped gives its place to the next.
            lines.append(_fit(f"note {min(begun, expected)} of {expected} in this run", width))
        return lines


class StudioEvents(StudioScreen):
    """Says it in lines of JSON. `state` of each note is as the ledger has it."""

    def __init__(self, site: SiteName) -> None:
        super().__init__(site)
        self.state = State.UPLOADING

    def step(self, note: Note, step: StudioStep) -> None:
        counted = {"done": step.done, "of": step.total} if step.total else {}
        self._print("studio-step", note, doing=step.doing, **counted)

    def filled(self, note: Note, form: FilledForm, *, again: bool) -> None:
        self._print(
            "filled",
            note,
            again=again,
            fields=form.fields,
            plain_topics=form.plain_topics,
        )

    def waiting(self, note: Note, seconds: float) -> None:
        if self._is_due(seconds):
            self._print("waiting", note, seconds=round(seconds, 1))

    def pressed(self, note: Note) -> None:
        self._waited = 0.0
        self._print("pressed", note)

    def paused(self, note: Note | None) -> None:
        self._print("paused", note)

    def resumed(self) -> None:
        self._print("resumed", None)

    def ask_whether_pressed(self, note: Note) -> None:
        self._print("was-pressed", note)

    def reply(self, words: str) -> None:
        pass

    def _print(self, event: str, note: Note | None, **fields: object) -> None:
        ids = {"id": note.id if note else None, "number": note.number if note else None}
        data(to_json_line({"event": event, **ids, "state": self.state, **fields}))


def _key_lines(keys: str, width: int) -> list[Text]:
    """Break the keys into lines between one and the next."""
    lines: list[str] = []
    for key in keys.split(BETWEEN_KEYS) if keys else ():
        if lines and cell_len(f"{lines[-1]}{BETWEEN_KEYS}{key}") <= width:
            lines[-1] += f"{BETWEEN_KEYS}{key}"
        else:
            lines.append(key)
    return [piece for line in lines for piece in folded(Text(line, "dim"), width)]


def _fit(text: str, width: int) -> str:
    """Cut a text at its end where it is too wide."""
    if cell_len(text) <= width:
        return text
    return f"{set_cell_size(text, max(width - 1, 1)).rstrip()}…"
