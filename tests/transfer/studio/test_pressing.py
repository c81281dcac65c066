"""Between the press and RedNote's answer: one note each, whatever the answer, and nobody is asked
to press twice."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress
from typing import Any

import pytest

from crossover.errors import AccountAtRisk, CrossoverError, Interrupted, LoginNeeded
from crossover.model.notes import Note, State
from crossover.model.posts import Declaration, Visibility
from crossover.model.results import Wish
from crossover.transfer.outcome import Step
from crossover.transfer.send import SAVED_BY_HAND
from tests.studio_notes import note
from tests.tier import by_tier
from tests.transfer.studio.test_arriving import SOON
from tests.transfer.studio.world import AtTerminal, StudioWorld


def create(fault: str, **more: Any) -> dict[str, Any]:
    """A fault of the next note that is published."""
    return {"faults": [{"call": "create", "fault": fault, "at": 1, **more}]}


def presses(terminal: AtTerminal) -> int:
    """How often the creator was asked to press."""
    return terminal.count("filled") + terminal.count("filled again")


@pytest.mark.parametrize("done", by_tier([False], [False, True]))
@pytest.mark.parametrize("seconds", by_tier([1.5], [1.5, 8, 60]))
def test_an_answer_that_is_late_makes_one_note_by_one_press(
    world: StudioWorld, seconds: float, done: bool
) -> None:
    made, terminal = note(world.root), AtTerminal(world.creator)
    with world.site.switched(**create("slow", seconds=seconds, done=done)):
        world.send(made, dialogue=terminal)
    assert len(world.received(made)) == 1
    assert world.state(made) is State.POSTED
    assert (presses(terminal), terminal.count("pressed")) == (1, 1)
    assert terminal.waited > seconds - 5  # a slow machine hears late of the press


@pytest.mark.complete
def test_what_is_typed_while_an_answer_is_awaited_changes_nothing(world: StudioWorld) -> None:
    made, terminal = note(world.root), AtTerminal(world.creator)
    terminal.at_pressed = lambda _: terminal.wishes.extend([Wish.SKIP, Wish.REDO, Wish.STOP])
    with world.site.switched(**create("slow", seconds=1)):
        world.send(made, dialogue=terminal)
    assert world.state(made) is State.POSTED
    assert len(world.received(made)) == presses(terminal) == 1


@pytest.mark.complete
def test_pressing_twice_makes_one_note(world: StudioWorld) -> None:
    made = note(world.root)
    terminal = AtTerminal(world.creator, lambda _: world.creator.presses(times=2))
    with world.site.switched(**create("slow", seconds=0.5)):
        world.send(made, dialogue=terminal)
    assert len(world.received(made)) == 1
    assert world.state(made) is State.POSTED


@pytest.mark.complete
@pytest.mark.parametrize(
    "fault", ["stored-then-dropped", pytest.param("half-answer", marks=pytest.mark.complete)]
)
def test_an_answer_that_is_lost_is_looked_for_in_the_list(world: StudioWorld, fault: str) -> None:
    made = note(world.root)
    with world.site.switched(**create(fault)):
        world.send(made)
    entry = world.entry(made)
    assert entry
    assert (entry.state, entry.attempt) == (State.POSTED, 1)
    assert [one["id"] for one in world.received(made)] == [entry.note_id]


@pytest.mark.complete
@pytest.mark.parametrize("fault", ["reset-before", "reset-after"])
def test_a_press_that_made_nothing_is_looked_for_and_goes_out_later(
    world: StudioWorld, fault: str
) -> None:
    made = note(world.root)
    # A browser tries again by itself on another connection.
    with world.site.switched(faults=[{"call": "create", "fault": fault}]):
        world.send(made)
    assert world.received(made) == []
    assert world.state(made) in (State.STARTED, State.READY)
    world.send(made)
    assert world.state(made) is State.POSTED
    assert len(world.received(made)) == 1


@pytest.mark.complete
def test_a_note_that_comes_there_late_is_found_and_not_sent_again(world: StudioWorld) -> None:
    made, terminal = note(world.root), AtTerminal(world.creator)
    with world.site.switched(**create("did-it-late", seconds=6)):
        world.send(made, dialogue=terminal)
        for _ in range(3):
            if world.state(made) is not State.POSTED:
                world.send(made, dialogue=terminal)
    assert world.state(made) is State.POSTED
    assert len(world.received(made)) == 1


@pytest.mark.complete
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (create("business", code=-9136), AccountAtRisk),
        (create("captcha"), AccountAtRisk),
        (create("captcha", body="empty", status=471), AccountAtRisk),
        (create("captcha", done=True), AccountAtRisk),
    ],
)
def test_a_warning_sign_ends_the_run_and_no_note_is_made_twice(
    own_world: StudioWorld, fault: dict[str, Any], error: type[CrossoverError]
) -> None:
    world = own_world
    first, second = note(world.root), note(world.root)
    with world.site.switched(**fault), pytest.raises(error):
        world.send(first, second)
    assert world.state(second) is None
    assert len(world.received(first)) == int(bool(fault["faults"][0].get("done")))
    if error is AccountAtRisk:
        assert world.account.warnings.read_hold()
        world.account.warnings.lift()
    for _ in range(2):
        world.send(first, second)
    assert len(world.received(first)) == int(world.state(first) is State.POSTED)
    assert len(world.received(second)) == 1
    # No is an answer: only what may have been made stays open.
    assert world.state(first) in (State.POSTED, State.FAILED)


@pytest.mark.complete
@pytest.mark.parametrize("done", [False, True])
def test_a_session_that_ends_with_the_press_makes_no_note_twice(
    world: StudioWorld, done: bool
) -> None:
    """The page leaves for the sign-in before its answer can be read."""
    made = note(world.root)
    with world.site.switched(**create("business", code=-100, done=done)), suppress(LoginNeeded):
        world.send(made)
    for _ in range(2):
        world.send(made)
    assert world.state(made) is State.POSTED
    assert len(world.received(made)) == 1


@pytest.mark.complete
@pytest.mark.parametrize("layout", ["new", "old"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("site", ["xiaohongshu.com", "rednote.com"])
def test_each_shape_of_the_page_takes_a_note(
    world: StudioWorld, layout: str, language: str, site: str
) -> None:
    made = note(world.root, body="Two\nlines", topics=("sunset",), visibility=Visibility.ONLY_ME)
    with world.site.switched(layout=layout, language=language, site=site):
        world.send(made)
    assert world.state(made) is State.POSTED
    record = world.received(made)[0]
    assert (record["topics"], record["visibility"]) == (["sunset"], "only-me")


@pytest.mark.complete
@pytest.mark.parametrize("switch", ["published_query", "input_replaced"])
def test_what_the_page_does_otherwise_is_no_trouble(world: StudioWorld, switch: str) -> None:
    made = note(world.root)
    with world.site.switched(**{switch: True}):
        world.send(made)
    assert world.state(made) is State.POSTED
    assert len(world.received(made)) == 1


@pytest.mark.complete
@pytest.mark.parametrize(
    "switch",
    [
        {"feature_guide": True},
        {"tab_popover": True},
        {"short_note_tip": True},
        {"activity_dialog": True},
        {"draft_notice": True},
        {"topic_list_stays": True},
        {"hidden_reupload": True},
        {"second_publish_text": True},
        {"no_collections": True},
        {"no_topic_match": True},
        {"asks_location": True},
        {"slow_body": 200},
        {"shadow": "open"},
        {"upload_origin": "other"},
        {"processing_seconds": 3},
    ],
    ids=lambda switch: "-".join(map(str, *switch.items())),
)
def test_what_stands_in_the_way_is_put_aside(world: StudioWorld, switch: dict[str, Any]) -> None:
    made = note(world.root, body="At the sea", topics=("sunset", "beach"))
    with world.site.switched(**switch):
        world.send(made)
    assert world.state(made) is State.POSTED
    record = world.received(made)
    assert len(record) == 1
    known = [] if "no_topic_match" in switch else ["sunset", "beach"]
    assert record[0]["topics"] == known
    assert record[0]["desc"].replace("[话题]#", "").split() == [
        "At",
        "the",
        "sea",
        "#sunset",
        "#beach",
    ]


OPTIONS: dict[str, dict[str, Any]] = {
    "visibility": {"visibility": Visibility.ONLY_ME},
    "declaration": {"declaration": Declaration.AI},
    "topics": {"topics": ("sunset",)},
    "schedule": {"schedule": SOON},
    "original": {"original": True},
}


@pytest.mark.complete
@pytest.mark.parametrize("option", OPTIONS)
def test_an_option_that_is_dropped_without_a_word_is_told(world: StudioWorld, option: str) -> None:
    made = note(world.root, **OPTIONS[option])
    with world.site.switched(drops=[option]):
        steps = world.send(made)
    told = {one.not_taken for one in steps if one.state is State.POSTED}
    assert (option,) in told
    assert world.state(made) is State.POSTED


@pytest.mark.complete
@pytest.mark.parametrize("wish", [Wish.SKIP, pytest.param(Wish.STOP, marks=pytest.mark.complete)])
def test_a_note_that_is_not_pressed_is_ready_and_its_page_is_gone(
    world: StudioWorld, wish: Wish
) -> None:
    made, terminal = note(world.root), AtTerminal(world.creator)
    terminal.at_filled = terminal.wants(wish)
    if wish is Wish.STOP:
        with pytest.raises(Interrupted):
            world.send(made, dialogue=terminal)
    else:
        steps = world.send(made, dialogue=terminal)
        assert steps[-1].step is Step.DECLINED
    assert world.state(made) is State.READY
    assert world.received(made) == []
    (left,) = world.pages()
    assert left.startswith(f"{world.site.origin}/new/")


@pytest.mark.complete
def test_a_note_that_is_wanted_anew_is_filled_in_anew_and_goes_out_once(world: StudioWorld) -> None:
    made, terminal = note(world.root), AtTerminal(world.creator)
    again = terminal.wants(Wish.REDO)

    def first_anew(which: Note) -> Future[Any] | None:
        return again(which) if presses(terminal) == 1 else world.creator.presses()

    terminal.at_filled = first_anew
    world.send(made, dialogue=terminal)
    assert presses(terminal) == 2
    assert len(world.received(made)) == 1
    assert world.state(made) is State.POSTED


@pytest.mark.complete
def test_what_the_creator_changed_by_hand_is_what_goes_out(world: StudioWorld) -> None:
    made = note(world.root)

    def change_and_press(_: Note) -> Future[Any]:
        world.creator.does(lambda window: window.write_title("Quite another title"))
        return world.creator.presses()

    world.send(made, dialogue=AtTerminal(world.creator, change_and_press))
    assert world.state(made) is State.POSTED
    assert world.site.notes()[-1]["title"] == "Quite another title"


@pytest.mark.complete
def test_a_draft_is_left_to_the_creator_and_nothing_is_published(world: StudioWorld) -> None:
    made = note(world.root)
    world.send(made, draft=True)
    assert world.state(made) is State.HANDED
    assert world.received(made) == []
    world.send(made)
    assert world.received(made) == []


@pytest.mark.complete
@pytest.mark.parametrize("switch", [{}, {"language": "en"}, {"layout": "old"}], ids=str)
def test_a_draft_that_the_creator_saves_by_hand_is_not_filled_in_again(
    world: StudioWorld, switch: dict[str, Any]
) -> None:
    made, terminal = note(world.root), AtTerminal(world.creator)

    def saves_once(_: Note) -> Future[Any]:
        if presses(terminal) > 1:
            terminal.wishes.append(Wish.STOP)
        return world.creator.does(lambda window: window.press_save())

    terminal.at_filled = saves_once
    with world.site.switched(**switch):
        *_, last = world.send(made, dialogue=terminal)
    assert (last.state, last.reason) == (State.HANDED, SAVED_BY_HAND)
    world.send(made, dialogue=terminal)
    assert presses(terminal) == 1
    assert world.received(made) == []
    assert world.publish_pages() == []


@pytest.mark.complete
def test_a_page_that_is_loaded_anew_is_filled_in_again(world: StudioWorld) -> None:
    made, terminal = note(world.root), AtTerminal(world.creator)

    def loads_anew_once(_: Note) -> Future[Any]:
        if presses(terminal) == 1:
            return world.creator.does(lambda window: window.page().reload())
        return world.creator.presses()

    terminal.at_filled = loads_anew_once
    world.send(made, dialogue=terminal)
    assert presses(terminal) == 2
    assert world.state(made) is State.POSTED
    assert len(world.received(made)) == 1


@pytest.mark.complete
def test_a_banner_that_the_phone_is_not_bound_is_read_before_anybody_presses(
    own_world: StudioWorld,
) -> None:
    made, terminal = note(own_world.root), AtTerminal(own_world.creator)
    with own_world.site.switched(phone_not_bound=True), pytest.raises(LoginNeeded):
        own_world.send(made, dialogue=terminal)
    assert presses(terminal) == 0
    assert own_world.received(made) == []
    own_world.send(made)
    assert own_world.state(made) is State.POSTED
