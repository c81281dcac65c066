"""What the creator types while a note is before them: each wish counts once, and none of them while
RedNote's answer is awaited."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from crossover.cli.steps.studio import Typist, before_the_window
from crossover.cli.view.studio import StudioScreen
from crossover.destinations.open import Target
from crossover.destinations.studio.dialogue import Doing, StudioStep
from crossover.errors import UsageProblem
from crossover.model.account import SiteName
from crossover.model.results import Wish
from tests.makers import note
from tests.studio_forms import filled_form

NOTE = note(number="17", title="Crispy roast potatoes")


class Keyboard:
    """Gives what was typed between one look and the next."""

    def __init__(self, typed: Iterable[str] = ()) -> None:
        self.typed = list(typed)

    def __call__(self) -> str:
        return self.typed.pop(0) if self.typed else ""


def typist(*typed: str, stop: bool = False) -> Typist:
    return Typist(
        Keyboard(typed), lambda: stop, StudioScreen(SiteName.REDNOTE), sleep=lambda _: None
    )


@pytest.mark.parametrize(
    ("key", "wish"),
    [("s", Wish.SKIP), ("r", Wish.REDO), ("p", Wish.PAUSE), ("q", Wish.STOP), ("x", None)],
)
def test_each_wish_has_a_key_and_counts_once(key: str, wish: Wish | None) -> None:
    creator = typist(key)
    assert creator.wish() is wish
    assert creator.wish() is None


def test_of_several_keys_the_last_one_counts() -> None:
    assert typist("sq").wish() is Wish.STOP
    assert typist("qx").wish() is Wish.STOP


def test_ctrl_c_is_a_wish_to_stop() -> None:
    assert typist(stop=True).wish() is Wish.STOP
    assert typist(stop=True).wait_while_paused() is Wish.STOP
    assert typist(stop=True).was_pressed(NOTE) is None


def test_while_an_answer_is_awaited_no_wish_counts_and_a_stop_comes_after_it(
    capfd: pytest.CaptureFixture[str],
) -> None:
    creator = typist("", "s", "q", "", "", "")
    creator.pressed(NOTE)
    creator.waiting(NOTE, 1)
    assert "Not now" in capfd.readouterr().err
    creator.waiting(NOTE, 2)
    assert "Stopping once" in capfd.readouterr().err
    creator.waiting(NOTE, 3)
    assert creator.wish() is Wish.STOP
    assert creator.wish() is None


def test_keys_typed_after_the_press_are_of_no_note_that_comes_later() -> None:
    creator = typist("", "", "s", "", "q")
    creator.pressed(NOTE)
    creator.step(NOTE, StudioStep(Doing.READING_LIST))  # s: meant for the note that is out already
    creator.step(replace(NOTE, id="18", number="18"), StudioStep(Doing.OPENING))
    assert creator.wish() is None
    assert creator.wish() is Wish.STOP


def test_a_stop_typed_after_the_press_counts() -> None:
    creator = typist("", "", "q")
    creator.pressed(NOTE)
    creator.step(NOTE, StudioStep(Doing.READING_LIST))
    creator.step(replace(NOTE, id="18", number="18"), StudioStep(Doing.OPENING))
    assert creator.wish() is Wish.STOP


def test_keys_of_the_moment_of_the_press_reach_no_other_note() -> None:
    creator = typist("s", "")
    creator.pressed(NOTE)
    assert creator.wish() is None


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        (("", "x", "", "", "", "", "\n"), None),
        (("p", "s"), Wish.SKIP),
        (("r",), Wish.REDO),
        (("", "q"), Wish.STOP),
    ],
)
def test_a_pause_lasts_until_enter_or_another_wish(
    typed: tuple[str, ...], wish: Wish | None
) -> None:
    creator = typist(*typed)
    heard = [creator.wait_while_paused()]
    while heard[-1] is Wish.PAUSE:  # meanwhile the page is heard
        heard.append(creator.wait_while_paused())
    assert heard[-1] is wish
    assert len(heard) == 1 + len(typed) // 5


def test_a_pause_is_told_once_and_a_press_ends_it(capfd: pytest.CaptureFixture[str]) -> None:
    creator = typist()
    for _ in range(3):
        assert creator.wait_while_paused() is Wish.PAUSE
    assert capfd.readouterr().err.count("Paused.") == 1
    creator.pressed(NOTE)
    creator.wait_while_paused()
    assert capfd.readouterr().err.count("Paused.") == 1


@pytest.mark.parametrize(("typed", "answer"), [("y", True), ("n", False), ("\n", None)])
def test_whether_they_pressed_is_asked_until_they_say(
    typed: str, answer: bool | None, capfd: pytest.CaptureFixture[str]
) -> None:
    assert typist("", "s", typed).was_pressed(NOTE) is answer
    said = capfd.readouterr().err
    assert said.index("Did you press Publish there?") < said.index("First: y yes")


def test_who_stops_at_that_question_does_not_know_and_stops_after_it() -> None:
    creator = typist("q")
    assert creator.was_pressed(NOTE) is None
    assert creator.wish() is Wish.STOP


def test_where_nobody_can_sit_nothing_begins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    target = Target("studio", SiteName.REHEARSAL, tmp_path)
    with (
        pytest.raises(UsageProblem, match="Somebody must sit here") as refused,
        before_the_window(target, lambda: False, draft=False, as_json=False),
    ):
        pass
    assert "crossover plan --to kit" in refused.value.next


def test_a_program_may_sit_there_and_writes_lines(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = tmp_path / "lines"
    lines.write_text("skip\n")
    target = Target("studio", SiteName.REHEARSAL, tmp_path)
    with lines.open() as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        with before_the_window(target, lambda: False, draft=False, as_json=True) as (_, creator):
            creator.filled(NOTE, filled_form(), again=False)
            wish = None
            while wish is None:
                wish = creator.wish()
    assert wish is Wish.SKIP
    assert '"event":"filled"' in capsys.readouterr().out
