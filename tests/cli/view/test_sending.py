"""The block at the foot of a terminal while notes go out: counts that add up, and what fits."""

from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from crossover.cli.view import live_block as block_view
from crossover.cli.view.live_block import live_block
from crossover.cli.view.sending import Sending, bytes_of
from crossover.model.account import SiteName
from crossover.model.notes import Note, Plan, State
from crossover.model.posts import Kind
from crossover.model.uploads import AlreadySent
from crossover.transfer.batch import BatchNotes
from crossover.transfer.outcome import Outcome, Step
from crossover.transfer.report.status import status_of
from tests.cli.view.test_progress import Clock
from tests.makers import image, plan, post


def a_plan(number: int = 4) -> Plan:
    return plan(*(post(n, title=f"Title {n}") for n in range(1, number + 1)))


def sending(made: Plan, clock: Clock, *, now: int, site: SiteName = SiteName.REHEARSAL) -> Sending:
    shown = Sending(site, monotonic=clock)
    shown.expect(BatchNotes(made.notes[:now], made.notes[now:], status_of(made, {})))
    return shown


def tell(shown: Sending, note: Note, *steps: tuple[Step, State]) -> None:
    for step, state in steps:
        shown.step(Outcome(step, note, state))


GOING = (Step.UPLOADING, State.UPLOADING)
GONE = (Step.STARTED, State.STARTED)
THERE = (Step.SETTLED, State.POSTED)


def sum_of(lines: list[str]) -> tuple[int, int]:
    """Add up the counts of the block; the second number is what it says they are."""
    after = next(place for place, line in enumerate(lines) if line.startswith("this run: ")) + 1
    text = " ".join(lines[after:])
    counts, total = re.search(r"((?:[\d,]+ [a-z ]+ ?\+? ?)+)= ([\d,]+) note", text).groups()  # type: ignore[union-attr]
    return sum(int(n) for n in re.findall(r"\d+", counts)), int(total)


def test_it_names_note_file_bytes_speed_and_the_time_left_of_this_run_and_of_all() -> None:
    made, clock = a_plan(), Clock()
    shown = sending(made, clock, now=2)
    size = bytes_of(made.notes[0])
    tell(shown, made.notes[0], GOING)
    clock.seconds += 10
    shown.sent(size // 2)
    note, run, all_notes = shown.lines(200)
    assert note.startswith("1 “Title 1” · ")
    assert " of " in note
    assert note.endswith("B/s")
    assert run.startswith("this run: 0 of 2 notes · about 30 s left · ")
    assert all_notes == "4 to go = 4 notes · about 70 s for all"


def test_the_counts_add_up_whatever_becomes_of_the_notes() -> None:
    made, clock = a_plan(5), Clock()
    shown = sending(made, clock, now=5)
    ends = (State.POSTED, State.FAILED, State.STARTED, State.UNKNOWN)
    for note, end in zip(made.notes, ends, strict=False):
        for step in (GOING, GONE, (Step.SETTLED, end)):
            tell(shown, note, step)
            assert sum_of(shown.lines(200)) == (5, 5)
    assert shown.lines(200) == [
        f"this run: 4 of 5 notes · {shown.lines(200)[0].rpartition(' · ')[2]}",
        "1 practised + 1 unclear + 1 refused + 2 to go = 5 notes",
    ]


def test_a_note_that_does_not_leave_makes_room_for_the_next_one() -> None:
    made, clock = a_plan(3), Clock()
    shown = sending(made, clock, now=1)
    tell(shown, made.notes[0], GOING, (Step.KEPT_BACK, State.READY))
    assert shown.lines(200)[0].startswith("this run: 0 of 1 notes")
    tell(shown, made.notes[1], GOING, GONE, THERE)
    assert shown.lines(200)[0].startswith("this run: 1 of 1 notes")
    tell(shown, made.notes[2], (Step.KEPT_BACK, State.READY))
    assert shown.lines(200)[0].startswith("this run: 1 of 1 notes")


def test_what_was_there_before_counts_and_says_nothing_of_the_speed() -> None:
    made, clock = a_plan(1), Clock()
    shown = sending(made, clock, now=1)
    size = bytes_of(made.notes[0])
    tell(shown, made.notes[0], GOING)
    shown.sent(AlreadySent(size // 2))
    clock.seconds += 10
    assert not any("left" in line or "B/s" in line for line in shown.lines(200))
    shown.sent(size // 4)
    assert "about 10 s left" in shown.lines(200)[1]


def test_of_pictures_which_go_several_at_a_time_it_says_how_many_are_there() -> None:
    made, clock = (
        plan(post(1, kind=Kind.PHOTOS, media=tuple(image(1, n) for n in range(1, 4)))),
        Clock(),
    )
    shown = sending(made, clock, now=1)
    tell(shown, made.notes[0], GOING)
    shown.sent(made.notes[0].media[0].bytes)
    assert "picture 2 of 3" in shown.lines(200)[0]
    tell(shown, made.notes[0], GONE)
    assert shown.lines(200)[0].endswith("all there, being published")


def test_only_what_goes_to_a_real_account_is_called_posted() -> None:
    made = a_plan(1)
    for site, word in ((SiteName.REHEARSAL, "practised"), (SiteName.REDNOTE, "posted")):
        shown = sending(made, Clock(), now=1, site=site)
        tell(shown, made.notes[0], GOING, GONE, THERE)
        assert shown.lines(200)[-1] == f"1 {word} + 0 to go = 1 note"


def test_what_a_real_account_waits_for_its_pace_says_nothing_of_the_speed() -> None:
    made, clock = a_plan(3), Clock()
    shown = sending(made, clock, now=2, site=SiteName.REDNOTE)
    size = bytes_of(made.notes[0])
    tell(shown, made.notes[0], GOING)
    clock.seconds += 10
    shown.sent(size)
    tell(shown, made.notes[0], GONE, THERE)
    clock.seconds += 3600
    waiting, run, sums = shown.lines(200)
    assert waiting == "waiting until the next note may go out"
    assert run.startswith("this run: 1 of 2 notes · about 10 s left · ")
    assert sums == "1 posted + 2 to go = 3 notes"


@pytest.mark.parametrize("width", [20, 39, 79])
def test_no_line_is_wider_than_the_screen_and_no_count_is_cut(width: int) -> None:
    made, clock = (
        plan(*(post(n, title="海边的一天，和家人一起 🏖️" * 2) for n in range(1, 6))),
        Clock(),
    )
    shown = sending(made, clock, now=2)
    tell(shown, made.notes[0], GOING, GONE, (Step.SETTLED, State.FAILED))
    tell(shown, made.notes[1], GOING)
    clock.seconds += 10
    shown.sent(1000)
    lines = shown.lines(width)
    assert max(map(cell_len, lines)) <= width
    assert sum_of(lines) == (5, 5)


def test_the_block_is_gone_in_the_end_and_lines_stay_above_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=40, color_system=None, soft_wrap=True)
    monkeypatch.setattr(block_view, "console", console)
    with live_block(lambda width: ["x" * width, "second"]):
        console.print("a note")
    written = screen.getvalue()
    assert "x" * 39 in written
    assert "x" * 40 not in written
    after = written.rpartition("second")[2]
    assert after.count("\x1b[2K") == 2  # both lines are wiped
    assert "a note\n" in written
