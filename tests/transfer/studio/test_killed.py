"""Whatever dies at whatever step, crossover or the browser: the note stands there once in the end."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from crossover.destinations.api.destination import RedNote
from crossover.destinations.studio.dialogue import Doing
from crossover.errors import CrossoverError
from crossover.model.notes import Note, State
from tests.studio_notes import note
from tests.studio_world import wait_for
from tests.tier import by_tier
from tests.transfer.studio.run_by_process import Job
from tests.transfer.studio.world import AtTerminal, StudioWorld

FILLING = (
    Doing.OPENING,
    Doing.UPLOADING,
    Doing.TITLE,
    Doing.BODY,
    Doing.TOPICS,
    Doing.READING_BACK,
)
MOMENTS = (*FILLING, "filled", "pressed", Doing.READING_LIST)


def make_note(world: StudioWorld) -> Note:
    return note(world.root, body="At the sea", topics=("sunset",))


@contextmanager
def stepping(world: StudioWorld, made: Note, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that sends the note; it tells each step and waits until it may go on, and is
    killed where the block ends."""
    job = folder / "job.pickle"
    job.write_bytes(pickle.dumps(Job(world.account.path, world.root, world.site.port, made)))
    command = [sys.executable, "-m", "tests.transfer.studio.run_by_process", str(job)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def kill_at(world: StudioWorld, made: Note, moment: str, folder: Path, *, press: bool) -> None:
    """Send the note by another process, and kill that at the moment. Up to there it waits at each step
    until it may go on. With `press` the creator publishes where the page is filled in."""
    with stepping(world, made, folder) as process:
        assert process.stdin
        assert process.stdout
        while (step := process.stdout.readline().strip()) != moment:
            assert step, "it ended before it could be killed"
            process.stdin.write("\n")
            process.stdin.flush()
            if step == "filled" and press:
                world.creator.presses()


def kill_before_answer(world: StudioWorld, made: Note, at: str, folder: Path) -> None:
    """Send the note by another process; the creator publishes as it comes to that step of filling in,
    and it is killed while the answer is awaited."""
    slow = {"call": "create", "fault": "slow", "at": 1, "seconds": 30, "done": True}
    with world.site.switched(faults=[slow]), stepping(world, made, folder) as process:
        assert process.stdin
        assert process.stdout
        while (step := process.stdout.readline().strip()) != "pressed":
            assert step, "it ended before it could be killed"
            if step == at:
                world.creator.presses().result(60)
            process.stdin.write("\n")
            process.stdin.flush()


def settle(world: StudioWorld, made: Note) -> AtTerminal:
    """Run the same until the note is posted: the one that is there. A browser that is killed may lose a
    session it had for seconds."""
    terminal = world.settle(made)
    entry = world.entry(made)
    assert entry
    assert [one["id"] for one in world.received(made)] == [entry.note_id]
    return terminal


@pytest.mark.parametrize("moment", by_tier(["pressed"], MOMENTS))
def test_crossover_killed_at_any_step_makes_one_note(
    world: StudioWorld, tmp_path: Path, moment: str
) -> None:
    made, browsers = make_note(world), world.browser.started()
    kill_at(world, made, moment, tmp_path, press=True)
    if moment == "pressed":
        wait_for(lambda: world.received(made), "the note that was pressed")
    settle(world, made)
    assert world.browser.started() == browsers, "the window was not found again"


@pytest.mark.complete
def test_a_page_that_was_left_filled_in_is_found_and_not_filled_twice(
    world: StudioWorld, tmp_path: Path
) -> None:
    made = make_note(world)
    kill_at(world, made, "filled", tmp_path, press=True)
    assert len(world.publish_pages()) == 1
    terminal = settle(world, made)
    assert terminal.count("asked") == 1
    assert terminal.count("filled again") == 1
    assert Doing.TITLE not in terminal.seen


@pytest.mark.complete
def test_a_page_that_was_pressed_while_nobody_was_there_is_one_note(
    world: StudioWorld, tmp_path: Path
) -> None:
    made = make_note(world)
    kill_at(world, made, "filled", tmp_path, press=True)
    world.creator.presses().result(60)
    wait_for(lambda: world.received(made), "the note that was pressed")
    terminal = settle(world, made)
    assert terminal.count("filled") == terminal.count("filled again") == 0


@pytest.mark.complete
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_browser_killed_at_any_step_makes_one_note(own_world: StudioWorld, moment: str) -> None:
    world, made = own_world, make_note(own_world)
    terminal = AtTerminal(world.creator)
    left = [moment]

    def die_at(step: str) -> bool:
        if left == [step]:
            left.clear()
            world.browser.kill()
            return True
        return False

    terminal.at_step = lambda step: die_at(step.doing)
    terminal.at_filled = lambda _: None if die_at("filled") else world.creator.presses()
    terminal.at_pressed = lambda _: die_at("pressed")
    with suppress(CrossoverError):
        world.send(made, dialogue=terminal)
    assert not left, "the moment never came"
    settle(world, made)


@pytest.mark.complete
@pytest.mark.parametrize("whole", [False, True], ids=["its tab", "the window"])
def test_closed_by_the_creator_right_after_the_press_makes_one_note(
    own_world: StudioWorld, whole: bool
) -> None:
    world, made = own_world, make_note(own_world)

    def press_and_close(_: Note) -> None:
        def act(window: object) -> None:
            window.press_publish()  # type: ignore[attr-defined]
            (window.close if whole else window.close_tab)()  # type: ignore[attr-defined]

        world.creator.does(act)

    with suppress(CrossoverError):
        world.send(made, dialogue=AtTerminal(world.creator, press_and_close))
    settle(world, made)


@pytest.mark.complete
def test_a_page_that_was_left_half_filled_in_is_the_one_that_is_filled_in_next(
    world: StudioWorld, tmp_path: Path
) -> None:
    """From another one the creator might publish, and nobody would know of it."""
    made = make_note(world)
    for _ in range(2):
        kill_at(world, made, Doing.TOPICS, tmp_path, press=True)
    pages: list[str] = []

    def look_and_press(_: Note) -> Future[None]:
        pages.extend(world.publish_pages())
        return world.creator.presses()

    world.send(made, dialogue=AtTerminal(world.creator, look_and_press))
    assert len(pages) == 1
    assert len(world.received(made)) == 1


@pytest.mark.complete
@pytest.mark.parametrize("title", ["At the sea", ""], ids=["with a title", "without one"])
def test_a_press_while_the_page_is_filled_in_is_known_after_a_kill(
    own_world: StudioWorld, tmp_path: Path, title: str
) -> None:
    """Of a note without a title the list tells kind and time alone."""
    world = own_world
    made = note(world.root, title=title, body="Waves all day", topics=("sunset",))
    kill_before_answer(world, made, Doing.TOPICS, tmp_path)
    (pressed,) = wait_for(world.site.notes, "the note that was pressed")
    terminal = AtTerminal(world.creator)
    behind = {"call": "list", "fault": "list-lag", "seconds": 300}
    with world.site.switched(faults=[behind]):
        world.send(made, dialogue=terminal)
    assert terminal.count("filled") == 0
    world.send(made, dialogue=terminal)
    entry = world.entry(made)
    assert entry
    assert (entry.state, entry.note_id) == (State.POSTED, pressed["id"])
    assert len(world.site.notes()) == 1


@pytest.mark.complete
def test_a_press_before_a_kill_that_came_to_nothing_does_not_keep_the_note_back(
    own_world: StudioWorld, tmp_path: Path
) -> None:
    world, made = own_world, make_note(own_world)
    kill_before_answer(world, made, Doing.TOPICS, tmp_path)
    (pressed,) = wait_for(world.site.notes, "the note that was pressed")
    with RedNote.rehearsal(port=world.site.port, files=world.root) as phone:
        phone.remove(pressed["id"])
    settle(world, made)
