"""`crossover upload` in the studio as its creator sees it: who presses, who skips, and what is told."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from crossover.cli.keys import TypedKeys
from crossover.cli.main import run_app
from crossover.cli.steps import studio
from crossover.destinations.base import Destination, UploadMemory
from crossover.destinations.open import Target
from crossover.destinations.studio.dialogue import Dialogue, Doing, StudioStep, Unattended
from crossover.library.posts_file import Library, write_library
from crossover.model.account import Receipt, SiteName
from crossover.model.notes import Note, State
from crossover.model.results import Declined, Drafted, Posted, Prepared, PublishResult, Wish
from crossover.model.uploads import Progress
from crossover.plan.document import read_plan, write_plan
from crossover.transfer import connect
from crossover.transfer.connect import ConnectOptions
from crossover.transfer.report.status import current_status
from crossover.workspace import Workspace
from tests.conftest import Run
from tests.fakes import FakeSite
from tests.makers import plan, post
from tests.studio_forms import filled_form


@dataclass
class FakeStudio(FakeSite):
    """A window that is filled in at once. Its creator presses where nothing else is wanted."""

    dialogue: Dialogue = field(default_factory=Unattended)
    draft: bool = False
    not_taken: tuple[str, ...] = ()
    shown: list[str] = field(default_factory=list)

    def prepare(self, note: Note, memory: UploadMemory, progress: Progress) -> Prepared:
        self.dialogue.step(note, StudioStep(Doing.OPENING))
        return super().prepare(note, memory, progress)

    def publish(self, prepared: Prepared) -> PublishResult:
        note = prepared.note
        if self.draft:
            return Drafted()
        self.shown.append(note.number)
        self.dialogue.filled(note, filled_form(), again=False)
        wish = self.dialogue.wish()
        while wish is Wish.PAUSE:
            wish = self.dialogue.wait_while_paused()
        if wish is not None:
            return Declined(wish)
        self.dialogue.pressed(note)
        self.dialogue.waiting(note, 12)
        self.notes.append(note)
        return Posted(Receipt(str(len(self.notes) - 1), None, "the answer"))

    def read_back(self, note: Note, note_id: str) -> tuple[str, ...]:
        return self.not_taken


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> FakeStudio:
    made = FakeStudio()

    @contextmanager
    def opened(_: Target, options: ConnectOptions) -> Iterator[Destination]:
        made.dialogue, made.draft = options.dialogue, options.draft
        yield made

    monkeypatch.setattr("crossover.transfer.run.LATER", 0.0)
    monkeypatch.setattr(connect, "_practice_studio", opened)
    return made


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path / "w")
    made.prepare()
    posts = [post(number) for number in (1, 2, 3)]
    write_library(made.posts, Library(handle="mara", posts=tuple(posts)))
    write_plan(replace(plan(*posts), to="studio", site=SiteName.REHEARSAL), made.plan)
    return made


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is typed at a terminal, from one look to the next."""
    typed: list[str] = []

    @contextmanager
    def keys() -> Iterator[TypedKeys]:
        yield lambda: typed.pop(0) if typed else ""

    monkeypatch.setattr(studio, "is_terminal", lambda: True)
    monkeypatch.setattr(studio, "typed_keys", keys)
    return typed


def states(place: Workspace) -> Sequence[State]:
    return [note.state for note in current_status(place, None).notes]


@pytest.mark.usefixtures("types")
def test_each_note_is_shown_pressed_and_told(
    run: Run, place: Workspace, window: FakeStudio
) -> None:
    window.not_taken = ("visibility",)
    code, said = run("upload", "-w", place.root)
    assert (code, window.shown, len(window.notes)) == (0, ["1", "2", "3"], 3)
    assert "You press Publish there; it never presses for you." in said
    assert said.count("on the page:") == 3
    assert said.count("RedNote did not take 1 option: seen by.") == 3
    assert "3 practised" in said


@pytest.mark.usefixtures("types")
def test_what_was_dropped_is_told_afterwards_too(
    run: Run,
    place: Workspace,
    window: FakeStudio,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    window.not_taken = ("visibility",)
    run("upload", "-w", place.root)
    assert "1-3 seen by: everybody (公开可见)" in run("status", "-w", place.root)[1]
    for command in ("status", "report"):
        monkeypatch.setattr(sys, "argv", ["crossover", command, "--json", "-w", str(place.root)])
        assert run_app() == 0
        notes = json.loads(capsys.readouterr().out)["notes"]
        told = [(note["not_taken"], note["visibility_sent"]) for note in notes]
        assert told == [(["visibility"], "public")] * 3


def test_a_note_is_skipped_another_filled_in_again_and_a_pause_ends(
    run: Run, place: Workspace, window: FakeStudio, types: list[str]
) -> None:
    types += ["s", "r", "p", "", "\n"]
    types[2:2] = ["", ""]  # the press of the second one, and its answer, are behind the redo
    code, said = run("upload", "-w", place.root)
    assert code == 0
    assert window.shown[:3] == ["1", "2", "2"]
    assert "(you skipped it)" in said
    assert states(place)[0] is State.READY
    assert State.POSTED in states(place)


def test_a_stop_leaves_the_note_for_later(
    run: Run, place: Workspace, window: FakeStudio, types: list[str]
) -> None:
    types += ["", "", "", "q"]
    code, said = run("upload", "-w", place.root)
    assert code == 130
    assert len(window.notes) == 1
    assert states(place) == [State.POSTED, State.READY, State.READY]
    assert "Stopped as you asked" in said


@pytest.mark.usefixtures("types")
def test_drafts_are_left_for_the_creator_to_publish(
    run: Run, place: Workspace, window: FakeStudio
) -> None:
    code, said = run("upload", "--draft", "--batch", "2", "-w", place.root)
    assert (code, window.shown) == (0, [])
    assert states(place) == [State.HANDED, State.HANDED, State.READY]
    assert "It leaves each among RedNote's drafts" in said
    assert "press Publish" not in said
    assert "2 notes left among RedNote's drafts" in run("status", "-w", place.root)[1]


def test_drafts_need_the_browser(run: Run, place: Workspace) -> None:
    write_plan(replace(read_plan(place.plan), to="rehearsal"), place.plan)
    code, said = run("upload", "--draft", "-w", place.root)
    assert code == 2
    assert "crossover plan --to studio" in said


@pytest.mark.usefixtures("window")
def test_without_a_terminal_nothing_begins(run: Run, place: Workspace) -> None:
    code, said = run("upload", "-w", place.root)
    assert code == 2
    assert "Somebody must sit here" in said
    assert states(place) == [State.READY] * 3


def test_a_program_reads_every_step_and_writes_wishes(
    place: Workspace,
    window: FakeStudio,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    nothing = tmp_path / "nothing"
    nothing.touch()
    arguments = ["upload", "--json", "--batch", "1", "-w", str(place.root)]
    monkeypatch.setattr(sys, "argv", ["crossover", *arguments])
    with nothing.open() as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert run_app() == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["event"] for line in lines] == [
        *("uploading", "studio-step", "started", "filled", "pressed", "waiting", "settled", "sums")
    ]
    by_event = {line["event"]: line for line in lines}
    assert by_event["studio-step"]["state"] == "uploading"
    assert by_event["pressed"]["state"] == "started"
    assert by_event["settled"]["not_taken"] == []
    assert len(window.notes) == 1


@pytest.mark.usefixtures("window")
def test_where_standard_input_is_closed_a_program_may_still_watch(
    place: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stdin", closed)
    monkeypatch.setattr(sys, "argv", ["crossover", "upload", "--json", "-w", str(place.root)])
    assert run_app() == 0
    assert capsys.readouterr().out.count('"event":"pressed"') == 3
