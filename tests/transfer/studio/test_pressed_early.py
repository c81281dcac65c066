"""A creator may press before crossover is done: then the note is out as it stands, once, and known."""

from __future__ import annotations

import pytest

from crossover.destinations.studio.dialogue import Doing, StudioStep
from crossover.destinations.studio.form import FilledForm
from crossover.model.notes import Note, State
from crossover.transfer.outcome import Step
from tests.studio_notes import note
from tests.transfer.studio.world import AtTerminal, StudioWorld


class Hasty(AtTerminal):
    """A creator who presses as soon as crossover comes to `doing`, and not once more."""

    doing = Doing.TOPICS

    def step(self, note: Note, step: StudioStep) -> None:
        super().step(note, step)
        if step.doing is self.doing and not self.hand:
            self.hand = self.creator.presses()
            self.hand.result(30)

    def filled(self, note: Note, form: FilledForm, *, again: bool) -> None:
        raise AssertionError("nobody is asked to press what was pressed")


@pytest.mark.complete
@pytest.mark.parametrize("seconds", [0.5, 8])
def test_a_press_while_the_page_is_filled_in_is_one_note_that_is_known(
    world: StudioWorld, seconds: float
) -> None:
    made = note(world.root, topics=("sunset", "beach"))
    slow = {"call": "create", "fault": "slow", "at": 1, "seconds": seconds, "done": True}
    with world.site.switched(faults=[slow]):
        outcomes = world.send(made, dialogue=Hasty(world.creator))
    entry = world.entry(made)
    assert entry
    assert (entry.state, entry.attempt) == (State.POSTED, 1)
    assert [one["id"] for one in world.received(made)] == [entry.note_id]
    (read_back,) = [one for one in outcomes if one.step is Step.READ_BACK]
    assert "topics" in read_back.not_taken


@pytest.mark.complete
def test_an_early_press_whose_answer_is_lost_is_kept_back_and_never_made_twice(
    own_world: StudioWorld,
) -> None:
    world = own_world
    made = note(world.root, topics=("sunset", "beach"))
    with world.site.switched(faults=[{"call": "create", "fault": "half-answer", "at": 1}]):
        world.send(made, dialogue=Hasty(world.creator))
    assert world.state(made) is State.UNKNOWN
    world.send(made)
    assert len(world.received(made)) == 1


@pytest.mark.complete
def test_a_press_before_any_word_stands_there_is_refused_and_the_note_goes_out_whole(
    own_world: StudioWorld,
) -> None:
    world, hasty = own_world, Hasty(own_world.creator)
    hasty.doing = Doing.TITLE
    made = note(world.root, title="Not yet there", body="Nor this")
    with world.site.switched(faults=[{"call": "create", "fault": "half-answer", "at": 1}]):
        world.send(made, dialogue=hasty)
    assert world.site.notes() == []
    world.send(made)
    assert [one["title"] for one in world.site.notes()] == ["Not yet there"]
