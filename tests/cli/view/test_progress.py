"""What is told while files go up."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console
from rich.progress import Progress

from crossover.cli.view import progress as progress_view
from crossover.cli.view import uploads
from crossover.cli.view.progress import Bar, PeriodicProgress, bytes_of
from crossover.model.notes import Note, State
from crossover.model.uploads import Known
from crossover.transfer.outcome import Outcome, Step
from tests.makers import plan, post


class Clock:
    """A time that only a test turns."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def a_note() -> Note:
    return plan(post(1)).notes[0]


def test_what_an_earlier_run_sent_is_done_and_says_nothing_of_the_speed() -> None:
    clock = Clock()
    shown = Progress(console=Console(file=io.StringIO()), get_time=clock, auto_refresh=False)
    drawn = Bar(shown)
    drawn.expect(1000)
    drawn.begin(a_note())
    drawn(Known(300))
    drawn(Known(200))
    (task,) = shown.tasks
    assert (task.completed, task.total, task.speed) == (500, 1000, None)
    for _ in range(5):
        clock.seconds += 1
        drawn(10)
    assert (task.completed, task.speed) == (550, 10)
    drawn(-50)
    assert task.completed == 500


def test_where_there_is_no_bar_a_note_that_takes_long_is_told_of_now_and_then() -> None:
    clock, told, note = Clock(), list[tuple[Note, int, int]](), a_note()
    reached = PeriodicProgress(lambda *what: told.append(what), monotonic=clock)
    reached.begin(note)
    reached(Known(1000))
    for _ in range(25):
        clock.seconds += 1
        reached(10)
    assert told == [(note, 1100, bytes_of(note)), (note, 1200, bytes_of(note))]
    reached.begin(note)
    clock.seconds += 9
    reached(10)
    assert len(told) == 2


@pytest.mark.parametrize("as_json", [True, False])
def test_a_long_upload_is_told_of_in_lines_and_events(
    as_json: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_view, "EVERY_SECONDS", 0.0)
    note = a_note()
    with uploads._screen(lambda: [note], as_json=as_json) as (show, progress):
        show(Outcome(Step.UPLOADING, note, State.UPLOADING))
        progress(400)
    told = capsys.readouterr()
    if as_json:
        event = json.loads(told.out.splitlines()[-1])
        assert event == {
            "event": "progress",
            "id": note.id,
            "number": "1",
            "state": "uploading",
            "bytes_there": 400,
            "bytes": bytes_of(note),
        }
    else:
        assert "    1  under way   0.0 MB of 0.0 MB" in told.err


def test_notes_are_counted_when_the_first_one_goes_out(capsys: pytest.CaptureFixture[str]) -> None:
    """What was open before may be ready again by then."""
    first, second = plan(post(1), post(2)).notes
    coming = [second]
    with uploads._screen(lambda: coming, as_json=False) as (show, _):
        coming.insert(0, first)
        show(Outcome(Step.LOOKED_UP, first, State.READY, "looked up"))
        show(Outcome(Step.UPLOADING, first, State.UPLOADING))
        show(Outcome(Step.UPLOADING, second, State.UPLOADING))
    said = capsys.readouterr().err
    assert said.count("to practise") == 1
    assert "2 notes to practise" in said


def test_a_note_kept_back_is_not_called_ready(capsys: pytest.CaptureFixture[str]) -> None:
    note = a_note()
    with uploads._screen(list, as_json=False) as (show, _):
        show(Outcome(Step.KEPT_BACK, note, State.READY, "v.mp4 is not the file that was planned"))
    said = capsys.readouterr().err
    assert "kept back" in said
    assert "ready" not in said
