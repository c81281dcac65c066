"""What is told while a work takes long."""

from __future__ import annotations

import io
import json
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from rich.console import Console

from crossover.cli.view import bytes_sent
from crossover.cli.view import progress as progress_view
from crossover.cli.view.bytes_sent import NotesSent, PeriodicProgress
from crossover.cli.view.progress import (
    WorkProgress,
    bytes_text,
    number_text,
    progress,
)
from crossover.cli.view.sending import bytes_of
from crossover.cli.view.uploads import upload_screen
from crossover.destinations.open import PRACTICE, Target
from crossover.model.account import SiteName
from crossover.model.notes import Note, State
from crossover.model.uploads import AlreadySent
from crossover.transfer.batch import BatchNotes
from crossover.transfer.outcome import Outcome, Step
from crossover.transfer.report.status import status_of
from tests.conftest import Run
from tests.makers import plan, post

TARGET = Target(PRACTICE, SiteName.REHEARSAL, Path("rehearsal"))


class Clock:
    """A time that only a test turns."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def a_note() -> Note:
    return plan(post(1)).notes[0]


def work(
    total: int | None, clock: Clock, text: Callable[[float], str] = number_text
) -> WorkProgress:
    return WorkProgress("fitting files", total, text=text, monotonic=clock)


def test_a_line_says_how_many_of_how_many_and_how_long_it_still_takes() -> None:
    clock = Clock()
    shown = work(5000, clock)
    assert shown.line() == "fitting files: 0 of 5,000"
    clock.seconds += 4.5
    shown.advance(120)
    assert shown.line() == "fitting files: 120 of 5,000, about 3 min left"
    assert shown.state(rate=True) == "120 of 5,000, 27/s, about 3 min left"
    clock.seconds += 600
    assert shown.state(rate=True) == "120 of 5,000, 12/min, about 6.8 h left"


def test_the_first_files_of_many_say_nothing_of_the_time_left() -> None:
    clock = Clock()
    shown = work(5000, clock)
    clock.seconds += 1
    shown.advance(2)
    assert shown.line() == "fitting files: 2 of 5,000"
    clock.seconds += 2
    shown.advance(4)
    assert shown.line() == "fitting files: 6 of 5,000, about 42 min left"


def test_a_work_whose_end_nobody_knows_says_what_is_done() -> None:
    clock = Clock()
    shown = work(None, clock, bytes_text)
    assert shown.line() == "fitting files"
    clock.seconds += 2
    shown.advance(3_000_000)
    assert shown.line() == "fitting files: 3.0 MB"
    assert shown.state(rate=True) == "3.0 MB, 1.5 MB/s"


def test_the_first_line_comes_within_2_seconds_and_then_one_every_5() -> None:
    clock, told = Clock(), list[float]()
    shown = work(10, clock)
    for _ in range(4 * 15):
        clock.seconds += 0.25
        shown.tell(lambda _: told.append(clock.seconds - 100))
    assert told == [1.5, 6.5, 11.5]


def test_a_work_without_a_state_and_one_at_its_end_are_not_told_of() -> None:
    clock, told = Clock(), list[str]()
    shown = work(None, clock)
    clock.seconds += 60
    shown.tell(told.append)
    shown.at(3, 3)
    shown.tell(told.append)
    assert told == []
    shown.at(2, 3)
    shown.tell(told.append)
    assert told == ["fitting files: 2 of 3"]


def test_a_count_stands_before_the_amounts() -> None:
    shown = work(None, Clock())
    shown.count("3 of 6 files")
    assert shown.line() == "fitting files: 3 of 6 files"
    shown.begin("fitting more")
    assert shown.line() == "fitting more"


def test_what_was_done_before_says_nothing_of_the_speed() -> None:
    clock = Clock()
    shown = work(1000, clock)
    shown.known(500)
    clock.seconds += 5
    assert shown.state() == "500 of 1,000"
    shown.advance(50)
    assert shown.state(rate=True) == "550 of 1,000, 10/s, about 45 s left"
    shown.advance(-50)
    assert shown.state() == "500 of 1,000"


def test_a_work_of_two_stages_times_each_by_itself() -> None:
    clock = Clock()
    shown = work(None, clock)
    reading, joining = shown.stage("reading", text=bytes_text), shown.stage("joining")
    reading(1_000_000, 2_000_000)
    assert shown.line() == "reading: 1.0 MB of 2.0 MB"
    clock.seconds += 100
    joining(0, 20)
    clock.seconds += 1
    joining(10, 20)
    assert shown.line() == "joining: 10 of 20, about 1 s left"
    joining(1, 20)  # the same once more, for another file
    clock.seconds += 2
    assert shown.line() == "joining: 1 of 20, about 38 s left"


def test_no_more_is_done_than_there_is() -> None:
    shown = work(3, Clock())
    shown.advance(4)
    assert shown.state().startswith("3 of 3")


def test_a_single_step_that_takes_long_is_told_of_while_it_lasts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(progress_view, "FIRST_SECONDS", 0.0)
    monkeypatch.setattr(progress_view, "_LOOK_SECONDS", 0.001)
    told = threading.Event()
    lines: list[str] = []

    def hear(line: str) -> None:
        lines.append(line)
        told.set()

    monkeypatch.setattr(progress_view, "say", hear)
    before = threading.active_count()
    with progress("hashing", 1):
        assert told.wait(30)
    assert set(lines) == {"hashing: 0 of 1"}
    assert threading.active_count() == before


def test_a_work_that_is_quick_or_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("hashing", 1) as shown:
        shown.advance()
    with progress("hashing", 1, quiet=True) as shown:
        shown.advance()
    assert capsys.readouterr() == ("", "")


def test_a_terminal_gets_a_bar_with_count_rate_and_time_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen, clock = io.StringIO(), Clock()
    monkeypatch.setattr(
        progress_view,
        "console",
        Console(file=screen, force_terminal=True, width=100, color_system=None),
    )
    shown = work(40, clock)
    with progress_view._bar(shown) as paint:
        clock.seconds += 10
        shown.advance(20)
        paint()
    assert re.search("fitting files .*━.* 20 of 40, 2/s, about 10 s left", screen.getvalue())


def test_notes_count_what_is_there_already_and_what_is_sent() -> None:
    clock = Clock()
    shown = work(None, clock)
    sent = NotesSent(shown)
    sent.expect(2_000_000)
    sent.begin(a_note())
    sent(AlreadySent(500_000))
    clock.seconds += 1
    sent(500_000)
    assert shown.line() == "sending note 1: 1.0 MB of 2.0 MB in all, about 2 s left"
    sent(-500_000)
    assert shown.line() == "sending note 1: 0.5 MB of 2.0 MB in all"


def test_where_there_is_no_bar_a_note_that_takes_long_is_told_of_now_and_then() -> None:
    clock, told, note = Clock(), list[tuple[Note, int, int]](), a_note()
    reached = PeriodicProgress(lambda *what: told.append(what), monotonic=clock)
    reached.begin(note)
    reached(AlreadySent(1000))
    for _ in range(25):
        clock.seconds += 1
        reached(10)
    assert told == [(note, 1100, bytes_of(note)), (note, 1200, bytes_of(note))]
    reached.begin(note)
    clock.seconds += 9
    reached(10)
    assert len(told) == 2


def test_a_long_upload_is_told_to_programs_in_events(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bytes_sent, "EVERY_SECONDS", 0.0)
    made = plan(post(1))
    (note,) = made.notes
    with upload_screen(TARGET, as_json=True) as screen:
        screen.begin(BatchNotes((note,), (), status_of(made, {})))
        screen.step(Outcome(Step.UPLOADING, note, State.UPLOADING))
        screen.sent(400)
    told = capsys.readouterr()
    assert json.loads(told.out.splitlines()[-1]) == {
        "event": "progress",
        "id": note.id,
        "number": "1",
        "state": "uploading",
        "bytes_there": 400,
        "bytes": bytes_of(note),
    }


def test_a_note_kept_back_is_not_called_ready(capsys: pytest.CaptureFixture[str]) -> None:
    note = a_note()
    with upload_screen(TARGET) as screen:
        screen.step(
            Outcome(Step.KEPT_BACK, note, State.READY, "v.mp4 is not the file that was planned")
        )
    said = capsys.readouterr().err
    assert "kept back" in said
    assert "ready" not in said


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[int, int | None]]:
    """How far each work of a command got, by what it is called."""
    works: dict[str, tuple[int, int | None]] = {}

    class Heard(WorkProgress):
        def _hear(self) -> None:
            works[self.what] = (self.done, self.total)

        def begin(self, *what: Any, **how: Any) -> None:
            super().begin(*what, **how)
            self._hear()

        def advance(self, more: int = 1) -> None:
            super().advance(more)
            self._hear()

        def at(self, done: int, total: int | None = None) -> None:
            super().at(done, total)
            self._hear()

    monkeypatch.setattr(progress_view, "WorkProgress", Heard)
    return works


def test_every_long_work_says_how_much_of_how_much_is_done(
    run: Run, tmp_path: Path, heard: dict[str, tuple[int, int | None]]
) -> None:
    records = [
        {"Date": f"2025-05-01 1{n}:00:00", "Link": "N/A", "WhoCanView": "Everyone"}
        for n in range(3)
    ]
    given = tmp_path / "given"
    given.mkdir()
    export = given / "user_data_tiktok.json"
    export.write_text(json.dumps({"Post": {"Posts": {"VideoList": records}}}), "utf-8")
    for n in range(2):
        tiktok_id = (1746093600 + n * 3600) << 32 | 7
        Image.new("RGB", (90, 120), (n, 9, 9)).save(given / f"{tiktok_id}.jpg")
        caption = {"id": str(tiktok_id), "timestamp": tiktok_id >> 32, "extractor_key": "TikTok"}
        (given / f"{tiktok_id}.info.json").write_text(json.dumps(caption), "utf-8")
    size = export.stat().st_size

    assert run("inspect", export)[0] in (0, 3)
    done, total = heard.pop("reading the export")
    assert done == total
    assert done >= size
    assert run("add", given)[0] == 0
    assert heard["reading captions"] == (2, 2)
    assert heard["putting files into the workspace"] == (2, 2)
    assert run("plan")[0] == 0
    assert heard["checking files"] == (2, 2)
    assert heard["fitting files"] == (2, 2)
    assert heard["making the plan"] == (3, 3)
