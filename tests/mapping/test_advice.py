from __future__ import annotations

from dataclasses import replace

from crossover.mapping.checks.advice import ADD_YOUR_COPY, FETCH_OR_ADD, advice_on
from crossover.model.next_step import Hint
from crossover.model.notes import Level, Problem

MISSING = Problem("no-media", Level.ERROR, "Its file is missing.", str(FETCH_OR_ADD))


def test_the_advice_of_a_plan_on_disk_knows_its_commands_again() -> None:
    found = advice_on(MISSING)
    assert isinstance(found, Hint)
    assert found.parts == FETCH_OR_ADD.parts


def test_what_an_older_plan_said_gives_way_to_what_is_said_now() -> None:
    assert advice_on(replace(MISSING, next="Find it.")) == ADD_YOUR_COPY


def test_advice_without_a_command_stays_as_it_is() -> None:
    problem = Problem("no-title", Level.WARNING, "The note has no title.", "Give it a title.")
    assert advice_on(problem) == "Give it a title."
