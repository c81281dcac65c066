"""A filled page in the creator's hands: what they press or want decides what becomes of the note."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from crossover.destinations.answers.answer import Answer
from crossover.destinations.sites import HOSTS
from crossover.destinations.studio.contract.contract import Bound, load_contract
from crossover.destinations.studio.dialogue import Unattended
from crossover.destinations.studio.handing_over import LEFT, TAB_CLOSED, await_press
from crossover.destinations.studio.pressing import Happened, PressWatch
from crossover.model.account import SiteName
from crossover.model.notes import Note
from crossover.model.results import Declined, Drafted, Posted, PublishResult, Refused, Unclear, Wish
from tests.makers import note

NOTE = note()
HOST = HOSTS[SiteName.REDNOTE]
NOTE_ID = "0123456789abcdef01234567"


class ScriptedWatch(PressWatch):
    """A page of which it is known beforehand what happens, one look after the other; the last look
    stays."""

    def __init__(self, *looks: Happened, answer: object = None, address: str = "") -> None:
        self._looks: Iterator[Happened] = iter(looks)
        self._last = Happened.NOTHING
        self.given = Answer(200, {}, json.dumps(answer).encode())
        self._at = address
        self._waited = 0.0

    def look(self) -> Happened:
        self._last = next(self._looks, self._last)
        self._waited += 10
        return self._last

    @property
    def answer(self) -> Answer | None:
        return self.given

    @property
    def address(self) -> str:
        return self._at

    @property
    def was_sent(self) -> bool:
        return self._last in (Happened.SENT, Happened.ANSWERED, Happened.LOST)

    @property
    def seconds_since_sent(self) -> float:
        return self._waited


@dataclass
class ScriptedCreator(Unattended):
    """What they type, one look after the other, and what they are told."""

    wishes: list[Wish | None] = field(default_factory=list)
    pauses: list[Wish | None] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def wish(self) -> Wish | None:
        return self.wishes.pop(0) if self.wishes else None

    def wait_while_paused(self) -> Wish | None:
        return self.pauses.pop(0) if self.pauses else None

    def pressed(self, _: Note) -> None:
        self.told.append("pressed")

    def waiting(self, _: Note, seconds: float) -> None:
        self.told.append("waiting")


def hand_over(
    watch: PressWatch,
    creator: ScriptedCreator | None = None,
    *,
    can_be_left: bool = True,
    window_is_open: bool = True,
) -> PublishResult:
    return await_press(
        watch,
        NOTE,
        creator or ScriptedCreator(),
        HOST,
        empty=lambda: can_be_left,
        window_is_open=lambda: window_is_open,
    )


def answer(**fields: object) -> dict[str, object]:
    return {"code": 0, "success": True, "data": {"id": NOTE_ID}, **fields}


def test_a_press_that_rednote_answers_is_a_note_with_its_id() -> None:
    watch = ScriptedWatch(
        Happened.NOTHING, Happened.SENT, Happened.SENT, Happened.ANSWERED, answer=answer()
    )
    result = hand_over(watch)
    assert isinstance(result, Posted)
    assert result.receipt.note_id == NOTE_ID


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"code": -9136, "success": False, "data": None}, Unclear),
        ({"code": -9999, "success": False, "data": None}, Refused),
        ({"code": -9059, "success": False, "data": None}, Refused),
        ({"code": 0, "success": True, "data": {}}, Unclear),
    ],
)
def test_what_rednote_answers_means_the_same_as_by_any_other_way(
    said: dict[str, object], kind: type[PublishResult]
) -> None:
    result = hand_over(ScriptedWatch(Happened.ANSWERED, answer=answer(**said)))
    assert isinstance(result, kind)
    assert getattr(result, "at_risk", False) is (said["code"] == -9136)


def test_a_wish_counts_until_the_press_and_never_after_it() -> None:
    assert hand_over(ScriptedWatch(), ScriptedCreator([None, Wish.SKIP])) == Declined(Wish.SKIP)
    pressed = ScriptedWatch(Happened.SENT, Happened.SENT, Happened.ANSWERED, answer=answer())
    creator = ScriptedCreator([Wish.STOP, Wish.STOP])
    assert isinstance(hand_over(pressed, creator), Posted)
    assert creator.told[0] == "pressed"
    assert creator.wishes == [Wish.STOP, Wish.STOP]


def test_a_press_in_the_moment_of_the_wish_is_waited_for() -> None:
    watch = ScriptedWatch(Happened.NOTHING, Happened.SENT, Happened.ANSWERED, answer=answer())
    assert isinstance(hand_over(watch, ScriptedCreator([Wish.SKIP])), Posted)


def test_a_page_that_cannot_be_left_may_still_go_out() -> None:
    result = hand_over(ScriptedWatch(), ScriptedCreator([Wish.SKIP]), can_be_left=False)
    assert isinstance(result, Unclear)


def test_a_pause_waits_for_the_creator_and_still_hears_the_page() -> None:
    watch = ScriptedWatch(*[Happened.NOTHING] * 3, Happened.ANSWERED, answer=answer())
    creator = ScriptedCreator([Wish.PAUSE], [Wish.PAUSE] * 9)
    assert isinstance(hand_over(watch, creator), Posted)
    ended = ScriptedCreator([Wish.PAUSE], [Wish.PAUSE, Wish.STOP])
    assert hand_over(ScriptedWatch(), ended) == Declined(Wish.STOP)
    goes_on = ScriptedCreator([Wish.PAUSE, Wish.REDO], [Wish.PAUSE, None])
    assert hand_over(ScriptedWatch(), goes_on) == Declined(Wish.REDO)


def test_an_answer_that_never_comes_is_unclear_and_nobody_is_asked_again() -> None:
    creator = ScriptedCreator()
    result = hand_over(ScriptedWatch(Happened.SENT), creator)
    assert isinstance(result, Unclear)
    assert not result.at_risk
    assert creator.told.count("pressed") == 1
    assert creator.told.count("waiting") == load_contract().seconds[Bound.ANSWER] / 10 - 1


@pytest.mark.parametrize("ended", [Happened.LOST, Happened.SUCCESS, Happened.CLOSED, Happened.AWAY])
def test_a_press_without_an_answer_is_unclear(ended: Happened) -> None:
    assert isinstance(hand_over(ScriptedWatch(Happened.SENT, ended)), Unclear)


def test_a_closed_tab_is_a_skip_and_a_closed_window_is_unclear() -> None:
    closed = Happened.CLOSED
    assert hand_over(ScriptedWatch(closed)) == Declined(Wish.SKIP, TAB_CLOSED)
    assert isinstance(hand_over(ScriptedWatch(closed), window_is_open=False), Unclear)


def test_a_page_that_was_left_is_skipped_and_one_that_was_loaded_anew_is_filled_anew() -> None:
    home = ScriptedWatch(Happened.AWAY, address=f"{HOST.origin}/new/home")
    assert hand_over(home) == Declined(Wish.SKIP, LEFT)
    same = ScriptedWatch(Happened.AWAY, address=f"{HOST.origin}/publish/publish?target=video")
    assert hand_over(same) == Declined(Wish.REDO, LEFT)


@pytest.mark.parametrize("first", [Happened.NOTHING, Happened.AWAY])
def test_a_note_that_was_saved_by_hand_is_a_draft(first: Happened) -> None:
    at = f"{HOST.origin}/publish/publish?source=official"
    saved = ScriptedWatch(first, Happened.DRAFTED, address=at)
    assert hand_over(saved) == Drafted(by_hand=True)


def test_an_answer_that_is_gone_as_the_page_went_to_sign_in_asks_to_sign_in() -> None:
    watch = ScriptedWatch(Happened.ANSWERED, address=f"{HOST.origin}/login?redirectReason=401")
    watch.given = Answer(200, {}, b"", "the page went on before its answer could be read")
    lost = hand_over(watch)
    assert isinstance(lost, Unclear)
    assert lost.signed_out


def test_a_warning_sign_ends_the_batch_and_a_lost_session_asks_to_sign_in() -> None:
    for looks in ([Happened.RISK], [Happened.SENT, Happened.RISK]):
        warned = hand_over(ScriptedWatch(*looks))
        assert isinstance(warned, Unclear)
        assert warned.at_risk
    for looks in ([Happened.SIGNED_OUT], [Happened.SENT, Happened.SIGNED_OUT]):
        lost = hand_over(ScriptedWatch(*looks))
        assert isinstance(lost, Unclear)
        assert lost.signed_out
