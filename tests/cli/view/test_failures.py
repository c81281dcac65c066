"""What did not go well at the end of a run: one cause, one line, one thing that helps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crossover.cli.view.failures import show_failures
from crossover.cli.view.next_step import Flags
from crossover.cli.view.status import LEAVE_OUT
from crossover.model.notes import State
from crossover.transfer.outcome import Outcome, Step
from crossover.transfer.report.status import Status, status_of
from tests.makers import plan, post

MADE = plan(*(post(n) for n in range(1, 8)))


def where(**states: tuple[State, str]) -> Status:
    """Where notes stand: `n3=(state, reason)`."""
    status = status_of(MADE, {})
    notes = (
        replace(note, state=states[f"n{note.number}"][0], reason=states[f"n{note.number}"][1])
        if f"n{note.number}" in states
        else note
        for note in status.notes
    )
    return replace(status, notes=tuple(notes))


def test_notes_of_one_cause_stand_together_with_one_fix(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words, late = (State.FAILED, "the title has a banned word"), (State.FAILED, "too fast.")
    unclear = (State.UNKNOWN, "the answer was lost")
    kept = Outcome(Step.KEPT_BACK, MADE.notes[6], State.READY, "v.mp4 is another file")
    show_failures(where(n1=words, n2=words, n3=late, n5=unclear), [kept], Flags())
    lines = [line.strip() for line in capsys.readouterr().err.splitlines() if line.strip()]
    assert lines == [
        "What needs a look:",
        "2 notes refused (1-2): the title has a banned word.",
        f"Change what it says, then try each anew, as in `crossover again 1`; or leave it out: {LEAVE_OUT}.",
        "1 note refused (3): too fast.",
        f"Change what it says, then try anew: `crossover again 3`; or leave it out: {LEAVE_OUT}.",
        "1 note unclear (5): the answer was lost.",
        "Settle what you know: `crossover resolve 5`.",
        "1 note kept back (7): v.mp4 is another file.",
        "Plan again: `crossover plan`.",
    ]


def test_what_is_looked_for_again_is_not_called_lost(capsys: pytest.CaptureFixture[str]) -> None:
    show_failures(where(**{f"n{n}": (State.STARTED, "") for n in range(1, 6)}), (), Flags())
    said = capsys.readouterr().err
    assert "5 notes sent, not seen there yet (1-5)." in said
    assert "Lists can lag" in said
    assert "`crossover resolve`" in said


def test_a_run_without_failures_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    show_failures(where(n1=(State.POSTED, "")), (), Flags())
    assert capsys.readouterr().err == ""
