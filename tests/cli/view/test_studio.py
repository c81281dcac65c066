"""Whoever sits before the window reads what is done, whose turn it is, and never to press twice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.text import Text

from crossover.cli.view.studio import LiveStudio, StudioEvents, StudioScreen
from crossover.cli.view.studio_words import (
    KEYS,
    PAUSED,
    PRESSED,
    press_text,
    step_text,
)
from crossover.cli.view.uploads import studio_screen
from crossover.destinations.open import Target
from crossover.destinations.studio.dialogue import Doing, StudioStep
from crossover.destinations.studio.form import Agreement, FieldName, FormField
from crossover.model.account import Receipt, SiteName
from crossover.model.notes import State
from crossover.model.posts import Kind
from crossover.transfer.outcome import Outcome, Step
from tests.makers import note
from tests.studio_forms import filled_form

PICTURES = note(number="17", title="Crispy roast potatoes", kind=Kind.PHOTOS)
FILM = replace(PICTURES, kind=Kind.VIDEO)
SITE = SiteName.REDNOTE


def plain(lines: Sequence[str | Text]) -> list[str]:
    return [line.plain if isinstance(line, Text) else line for line in lines]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (StudioStep(Doing.UPLOADING, 2, 9), "picture 3 of 9"),
        (StudioStep(Doing.UPLOADING, 9, 9), "picture 9 of 9"),
        (StudioStep(Doing.PROCESSING, 40, 100), "being processed there, 40 %"),
        (StudioStep(Doing.PROCESSING), "being processed there"),
        (StudioStep(Doing.TOPICS, 1, 6), "topic 2 of 6"),
        (StudioStep(Doing.OPENING), "opening the page"),
    ],
)
def test_a_step_is_told_with_what_can_be_counted(step: StudioStep, words: str) -> None:
    assert step_text(PICTURES, step) == words


def test_a_video_is_told_in_percent() -> None:
    assert step_text(FILM, StudioStep(Doing.UPLOADING, 40, 100)) == "uploading the video, 40 %"


@pytest.mark.parametrize("doing", Doing)
def test_every_step_has_words(doing: Doing) -> None:
    assert step_text(PICTURES, StudioStep(doing))


def test_the_button_is_named_as_it_reads_on_the_page() -> None:
    assert "(发布)" in press_text(filled_form())
    later = "2026-12-02 18:00"
    scheduled = FormField(FieldName.SCHEDULE, later, later, Agreement.AS_PLANNED)
    assert "(定时发布)" in press_text(filled_form(scheduled))


def test_the_block_says_whose_turn_it_is(capfd: pytest.CaptureFixture[str]) -> None:
    live = LiveStudio(SITE)
    assert plain(live.lines(100)) == ["looking through the account…"]
    live.expect(2)
    assert plain(live.lines(100)) == ["waiting until the next note may go out"]
    live.begin(PICTURES)
    live.step(PICTURES, StudioStep(Doing.UPLOADING, 2, 9))
    name = "17 “Crispy roast potatoes”"
    run = "note 1 of 2 in this run"
    assert plain(live.lines(100)) == [f"{name} · picture 3 of 9", KEYS, run]
    live.filled(PICTURES, filled_form(), again=False)
    press = "Press Publish (发布) in the window."
    assert plain(live.lines(100)) == ["", name, press, KEYS, run]
    assert "on the page:" in capfd.readouterr().err
    live.paused(PICTURES)
    assert plain(live.lines(100))[2] == PAUSED
    live.resumed()
    assert plain(live.lines(100))[2] == press
    live.pressed(PICTURES)
    assert plain(live.lines(100)) == ["", name, PRESSED, run]
    live.waiting(PICTURES, 8)
    assert plain(live.lines(100)) == ["", f"{name} · 8 s since your press", PRESSED, run]
    live.settled()
    live.begin(replace(FILM, id="18", post="18", number="18"))
    assert plain(live.lines(100))[-1] == "note 2 of 2 in this run"


def test_a_note_that_takes_the_place_of_a_skipped_one_is_not_one_too_many() -> None:
    live = LiveStudio(SITE)
    live.expect(2)
    for number in ("17", "18", "19"):
        live.begin(replace(FILM, id=number, post=number, number=number))
        live.settled()
    assert plain(live.lines(100))[-1] == "note 2 of 2 in this run"


def test_a_note_that_is_filled_in_again_or_asked_about_before_is_counted_once() -> None:
    live = LiveStudio(SITE)
    live.ask_whether_pressed(PICTURES)
    assert "Did you press Publish there?" in plain(live.lines(100))
    live.expect(2)
    for _ in range(2):
        live.begin(PICTURES)
        live.settled()
    assert plain(live.lines(100))[-1] == "note 1 of 2 in this run"


def test_while_a_posted_note_is_read_back_no_key_is_offered() -> None:
    live = LiveStudio(SITE)
    live.step(PICTURES, StudioStep(Doing.READING_LIST))
    assert plain(live.lines(100))[-1].endswith("reading the list of your notes")


@pytest.mark.parametrize("width", [30, 59, 99])
def test_the_block_fits_every_width(width: int) -> None:
    live = LiveStudio(SITE)
    live.expect(12)
    live.begin(replace(PICTURES, title="土豆 " * 30))
    live.waiting(replace(PICTURES, title="土豆 " * 30), 75)
    assert all(cell_len(line) <= width for line in plain(live.lines(width)))
    live.paused(PICTURES)
    assert all(cell_len(line) <= width for line in plain(live.lines(width)))


def test_a_key_and_what_it_does_stay_on_one_line() -> None:
    live = LiveStudio(SITE)
    live.filled(PICTURES, filled_form(), again=False)
    assert plain(live.lines(59))[-2:] == [KEYS.removesuffix(" · q stops"), "q stops"]


def test_in_plain_lines_each_step_is_told_once_and_a_long_wait_now_and_then(
    capfd: pytest.CaptureFixture[str],
) -> None:
    screen = StudioScreen(SITE)
    for done in range(9):
        screen.step(PICTURES, StudioStep(Doing.UPLOADING, done, 9))
    screen.pressed(PICTURES)
    for second in range(130):
        screen.waiting(PICTURES, float(second))
    told = capfd.readouterr().err.splitlines()
    assert told[0].endswith("picture 1 of 9")
    assert told[1] == PRESSED
    assert [line.split(",")[1].strip(" .after") for line in told[2:]] == [
        *("10 s. Do not press again", "30 s. Do not press again"),
        *("60 s. Do not press again", "2 min. Do not press again"),
    ]


def test_the_link_stands_below_a_posted_note_and_once(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    url = "https://www.rednote.com/explore/66aabbccddeeff0011223344"
    there = Outcome(Step.SETTLED, PICTURES, State.POSTED, None, Receipt("66aa", url, "the answer"))
    with studio_screen(Target("studio", SITE, tmp_path, "mila")) as (screen, _):
        screen.step(there)
        screen.step(replace(there, step=Step.READ_BACK, not_taken=("visibility",)))
    told = capfd.readouterr().err
    assert told.count(url) == 1
    assert told.index("posted") < told.index(url) < told.index("RedNote did not take 1 option")


def test_programs_hear_each_of_it_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    events = StudioEvents(SITE)
    events.step(PICTURES, StudioStep(Doing.UPLOADING, 2, 9))
    events.filled(PICTURES, filled_form(plain_topics=("roast",)), again=True)
    events.pressed(PICTURES)
    for second in (0.1, 5, 11, 12, 31):
        events.waiting(PICTURES, second)
    events.ask_whether_pressed(PICTURES)
    events.paused(None)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["event"] for line in lines] == [
        *("studio-step", "filled", "pressed", "waiting", "waiting", "was-pressed", "paused")
    ]
    step, filled, *_, paused = lines
    assert step == {
        "event": "studio-step",
        "id": PICTURES.id,
        "number": "17",
        "state": "uploading",
        "doing": "uploading",
        "done": 2,
        "of": 9,
    }
    assert filled["again"] is True
    assert filled["plain_topics"] == ["roast"]
    assert filled["fields"][0] == {
        "name": "title",
        "agreement": "as-planned",
        **dict.fromkeys(("planned", "on_page"), "Crispy roast potatoes"),
    }
    assert (paused["id"], paused["number"]) == (None, None)
