"""Whose session the window has is looked at before each note: nothing goes to another account."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

import pytest

from crossover.errors import LoginNeeded, WrongAccount
from crossover.model.notes import Note, State
from tests.studio_notes import note
from tests.transfer.studio.world import AtTerminal, StudioWorld

OTHER = [{"call": "probe", "fault": "other-account"}]


@pytest.mark.complete
def test_a_window_that_is_another_accounts_in_mid_batch_gets_no_note(world: StudioWorld) -> None:
    first, second = note(world.root), note(world.root)

    def press_and_change(_: Note) -> Future[Any]:
        pressing = world.creator.presses()
        world.creator.does(lambda _: world.site.switch(faults=OTHER))
        return pressing

    with world.site.switched(), pytest.raises(WrongAccount):
        world.send(first, second, dialogue=AtTerminal(world.creator, press_and_change))
    assert world.state(first) is State.POSTED
    assert world.received(second) == []
    world.send(first, second)
    assert (len(world.received(first)), len(world.received(second))) == (1, 1)


@pytest.mark.complete
def test_a_session_that_ends_in_mid_batch_is_asked_for_and_the_batch_goes_on(
    world: StudioWorld,
) -> None:
    first, second = note(world.root), note(world.root)

    def press_and_leave(_: Note) -> Future[Any]:
        pressing = world.creator.presses()
        world.creator.does(lambda window: window.forget_session())
        return pressing

    with pytest.raises(LoginNeeded):
        world.send(first, second, dialogue=AtTerminal(world.creator, press_and_leave))
    assert world.received(second) == []
    with pytest.raises(LoginNeeded):
        world.send(first, second)
    world.creator.does(lambda window: window.sign_in()).result(60)
    world.send(first, second)
    assert [world.state(one) for one in (first, second)] == [State.POSTED] * 2
    assert (len(world.received(first)), len(world.received(second))) == (1, 1)
