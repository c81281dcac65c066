"""Titles to choose from, as cells: any of them comes back, through every file and into the plan."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from crossover.model.choices import Edit, TitleChoice
from crossover.settings.edits import read_edits, write_edits
from crossover.sheet.formats import format_sheet, read_sheet
from crossover.sheet.titles import format_titles, parse_titles, settle_choice
from tests.makers import post
from tests.mapping.test_notes import WORDS
from tests.sheet.test_changes import Creator
from tests.tier import examples

TITLES = WORDS.map(lambda text: " ".join(text.split()))


@given(st.lists(TITLES, max_size=3))
def test_every_title_of_a_cell_comes_back_at_its_place(titles: list[str]) -> None:
    assert parse_titles(format_titles(titles)) == dict(enumerate(titles, 1))


@given(st.lists(TITLES, min_size=1, max_size=3, unique=True), st.data())
def test_a_title_is_found_by_its_words_wherever_it_stands(
    titles: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(1, len(titles)))
    now = data.draw(st.permutations(titles))
    choice = settle_choice(place, format_titles(titles), format_titles(now))
    assert choice.title == titles[place - 1] == now[choice.place - 1]
    gone = [title for title in now if title != choice.title]
    with pytest.raises(ValueError, match="any more"):
        settle_choice(place, format_titles(titles), format_titles(gone))


CAPTIONS = st.lists(
    st.sampled_from(
        [
            "Lisbon in 24 hours 🇵🇹",
            "The tram was full of dogs, all of them asleep",
            "=SUM(A1) is no title",
            "'quoted' at once",
            "第一次一个人在东京过生日，买了个小蛋糕",
            "¿Cuál es tu favorita?",
            "10/10",
            "- dashed; with; marks",
        ]
    ),
    min_size=1,
    max_size=4,
    unique=True,
).map("\n".join)


@pytest.mark.parametrize("name", ["s.csv", "s.yaml"])
@given(caption=CAPTIONS | WORDS, place=st.integers(1, 3))
@settings(max_examples=examples(45), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_title_that_is_chosen_in_a_sheet_is_the_title_of_the_note(
    tmp_path_factory: pytest.TempPathFactory, name: str, caption: str, place: int
) -> None:
    folder = tmp_path_factory.getbasetemp()
    desk = Creator(post(1, text=caption))
    (note,) = desk.notes(desk.edits)
    assume(place <= len(note.title_candidates))
    wanted = note.title_candidates[place - 1]
    row = {**desk.rows()["1"], "title_candidate": str(place)}
    (folder / name).write_bytes(format_sheet([row], folder / name))
    changes = desk.bring_in([found.cells for found in read_sheet(folder / name).rows])
    choice = TitleChoice(place, wanted)
    assert dict(changes.edits.by_note) == {"1": Edit(title_candidate=choice)}
    write_edits(replace(changes.edits, path=folder / "edits.yaml"))
    kept = read_edits(folder / "edits.yaml")
    assert kept.by_note == changes.edits.by_note
    (made,) = desk.notes(kept)
    assert made.title == wanted
    assert "title-choice" not in {problem.code for problem in made.problems}
    assert dict(desk.change("1", title_candidate="").edits.by_note) == {}
