"""The table of what the page holds says each field once, and marks what is not as planned."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.cells import cell_len

from crossover.cli.view.filled_form import form_text
from crossover.destinations.studio.form import Agreement, FieldName, FilledForm, FormField
from crossover.limits.limits import load_limits
from crossover.model.account import SiteName
from tests.cli.view.test_note import on_terminal as on_terminal
from tests.makers import note
from tests.studio_forms import WORDS, filled_form

NOTE = note(number="17", title=WORDS[FieldName.TITLE])
SEEN_BY_ALL = FormField(FieldName.VISIBILITY, "only-me", "public", Agreement.NOT_TAKEN)
REWRITTEN = FormField(
    FieldName.BODY, WORDS[FieldName.BODY], "The trick is the steam.", Agreement.REWRITTEN
)


def shown(form: FilledForm, width: int = 100, *, again: bool = False) -> list[str]:
    limits = load_limits(SiteName.REDNOTE)
    return form_text(NOTE, form, limits, width, again=again).plain.splitlines()


def rows(lines: list[str]) -> dict[str, str]:
    """What stands behind each label, on its line."""
    return {
        line[2:16].strip(): line[16:].strip() for line in lines if line[2:3].strip() and line[:1]
    }


def test_every_field_stands_there_in_the_words_of_a_creator_with_letters_counted() -> None:
    lines = shown(filled_form())
    told = rows(lines)
    assert told["title"] == "Crispy roast potatoes · 21 of 40 letters"
    assert told["text"] == "The trick is the steam."
    assert told["topics"] == "#potatoes #roast · 2 of 10"
    assert told["files"] == "9 pictures"
    assert told["seen by"] == "only you (仅自己可见)"
    assert told["declaration"] == "none"
    assert told["original work"] == "no"
    assert told["goes out"] == "once you press"
    assert any("of 1,000 letters, with the topics" in line for line in lines)
    assert "Then hot fat, 220 °C. 土豆要先煮再烤 🥔" in " ".join(lines)
    assert lines[-1].strip() == "All of it is as planned."
    assert not any(line.startswith("!") for line in lines)


def test_what_is_not_as_planned_is_marked_with_the_plan_and_what_to_do() -> None:
    lines = shown(filled_form(REWRITTEN, SEEN_BY_ALL), 70)
    marked = [line for line in lines if line.startswith("!")]
    assert [line[2:16].strip() for line in marked[:2]] == ["text", "seen by"]
    assert marked[2].startswith("! Not as planned: text, seen by.")
    text = "\n".join(lines)
    assert "everybody (公开可见)" in text
    assert "planned: only you (仅自己可见)" in text
    assert "The page changed this." in text
    assert "The page did not take this." in text


def test_on_a_wide_screen_page_and_plan_stand_beside_each_other(
    on_terminal: Callable[..., None],
) -> None:
    on_terminal(110)
    lines = shown(filled_form(SEEN_BY_ALL), 110)
    (both,) = (line for line in lines if "everybody (公开可见)" in line)
    assert "only you (仅自己可见)" in both


def test_what_is_the_creators_to_fill_in_and_what_the_page_does_not_tell_is_said() -> None:
    yours = FormField(FieldName.DECLARATION, "self-shot", "", Agreement.YOURS)
    hidden = FormField(FieldName.ORIGINAL, "true", "", Agreement.NOT_TOLD)
    lines = shown(filled_form(yours, hidden), 80)
    assert rows(lines)["declaration"] == "This is yours: fill it in, in the window."
    assert rows(lines)["original work"] == "not shown by the page"
    assert "planned: yes (原创声明)" in "\n".join(lines)
    assert lines[-1].startswith("! Not as planned: declaration. Look at it")


def test_topics_that_rednote_does_not_know_are_named() -> None:
    lines = shown(filled_form(plain_topics=("roast",)))
    assert "1 hashtag is plain text there: #roast" in "\n".join(lines)


def test_a_page_of_an_earlier_run_is_told_as_such() -> None:
    assert "filled in by an earlier run" in "\n".join(shown(filled_form(), again=True))


def test_what_the_page_holds_cannot_write_over_the_screen() -> None:
    evil = FormField(
        FieldName.TITLE, "x", "\x1b[2J\x1b[1;1HAll is well\nposted", Agreement.REWRITTEN
    )
    lines = shown(filled_form(evil))
    assert not any("\x1b" in line for line in lines)
    assert not any(line.startswith("posted") for line in lines)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120])
def test_it_fits_every_width(width: int, on_terminal: Callable[..., None]) -> None:
    on_terminal(width)
    long = FormField(FieldName.TITLE, "a" * 90, "土" * 60, Agreement.REWRITTEN)
    for line in shown(filled_form(long, REWRITTEN, SEEN_BY_ALL), width):
        assert cell_len(line) <= width
