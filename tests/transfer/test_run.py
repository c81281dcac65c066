"""Never twice, nothing lost: whatever dies or lies, each note ends up on the account once."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.accounts.ledger.ledger import HandedNote, Ledger
from crossover.accounts.ledger.open import open_ledger, read_entries
from crossover.accounts.warnings import InARow, holding_at_risk
from crossover.destinations.base import ChangedFile, Unsendable
from crossover.destinations.own_notes.search import NotYetListed
from crossover.errors import AccountAtRisk, AccountHeld, Interrupted, LoginNeeded, RetryLater
from crossover.model.choices import Action, Rules
from crossover.model.notes import Note, State
from crossover.model.posts import Visibility
from crossover.model.results import (
    Absent,
    NotKnown,
    NotSent,
    PublishResult,
    Refused,
    Unclear,
)
from crossover.transfer.outcome import Step, to_send
from crossover.transfer.run import transfer
from tests.fakes import Died, FakeMemory, FakeSite, run_transfer, warnings_beside
from tests.makers import ACCOUNT, CARRIED, NOON, plan, post, try_again
from tests.tier import by_tier, examples
from tests.unsynced import unsynced

CALLS = ["find all", "prepare", "prepared", "mark", "publish", "published", "find"]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.sqlite", ACCOUNT, "mara") as opened:
        yield opened


def states(ledger: Ledger) -> Counter[State]:
    return Counter(entry.state for entry in ledger.entries().values())


def times(site: FakeSite) -> Counter[str]:
    return Counter(note.id for note in site.notes)


def test_every_planned_note_goes_out_once_oldest_first(ledger: Ledger) -> None:
    made, site = plan(*(post(n) for n in range(1, 6))), FakeSite()
    run_transfer(made, site, ledger)
    assert [note.id for note in site.notes] == [note.id for note in made.notes]
    assert states(ledger) == {State.POSTED: 5}
    run_transfer(made, site, ledger)
    assert len(site.notes) == 5


def test_a_batch_sends_so_many_and_the_next_one_goes_on(ledger: Ledger) -> None:
    made, site = plan(*(post(n) for n in range(1, 6))), FakeSite()
    run_transfer(made, site, ledger, batch=2)
    assert len(site.notes) == 2
    run_transfer(made, site, ledger, batch=2)
    assert [n.id for n in site.notes] == [n.id for n in made.notes[:4]]


def test_a_note_that_was_deleted_there_is_not_sent_again_unasked(ledger: Ledger) -> None:
    made, site = plan(post(1), post(2)), FakeSite()
    run_transfer(made, site, ledger, batch=1)
    site.remove("0")
    run_transfer(made, site, ledger)
    run_transfer(made, site, ledger)
    assert [note.id for note in site.notes] == [note.id for note in made.notes]
    assert states(ledger) == {State.POSTED: 2}


def test_posts_on_hold_stay_here(ledger: Ledger) -> None:
    made, site = (
        plan(post(1), post(2, visibility=Visibility.ONLY_ME), post(3, text=None)),
        FakeSite(),
    )
    run_transfer(made, site, ledger)
    assert [note.number for note in site.notes] == ["1"]


def test_the_intent_is_on_disk_before_the_publish_call(tmp_path: Path) -> None:
    made = plan(post(1))
    path = tmp_path / "ledger.sqlite"
    seen: list[State] = []

    def at(call: str) -> None:
        if call == "publish":
            seen.extend(entry.state for entry in read_entries(path, "mara").values())

    with open_ledger(path, ACCOUNT, "mara") as ledger:
        run_transfer(made, FakeSite(at=at), ledger)
    assert seen == [State.STARTED]


@settings(max_examples=examples(100), deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 6), st.booleans())
def test_any_number_of_deaths_leaves_each_note_once(
    tmp_path_factory: pytest.TempPathFactory, seed: int, posts: int, twins: bool
) -> None:
    """Processes that die anywhere, again and again; the same command each time."""
    chance = random.Random(seed)
    # Equal texts: the hardest case for looking up.
    items = [post(n, text="same words" if twins else f"words {n}") for n in range(1, posts + 1)]
    made, site = plan(*items), FakeSite()
    path = tmp_path_factory.mktemp("deaths") / "ledger.sqlite"

    def die_sometimes(_call: str) -> None:
        if chance.random() < 0.2:
            raise Died

    for life in range(60):
        site.at = die_sometimes if life < 59 else lambda _: None
        try:
            # Processes die here, not computers: what is written need not be synced.
            with unsynced(), open_ledger(path, ACCOUNT, "mara") as ledger:
                run_transfer(made, site, ledger)
                break
        except Died:
            continue
    assert times(site) == {note.id: 1 for note in made.notes}
    assert {entry.state for entry in read_entries(path, "mara").values()} == {State.POSTED}


@settings(max_examples=by_tier(15, 100), deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 5))
def test_requests_carried_out_after_their_run_and_words_changed_since_make_no_second_note(
    tmp_path_factory: pytest.TempPathFactory, seed: int, posts: int
) -> None:
    """Answers are lost, notes come when the run is over, processes die, captions change."""
    chance = random.Random(seed)
    path, site = tmp_path_factory.mktemp("late") / "ledger.sqlite", FakeSite()
    late: list[Note] = []
    calm = False

    def lose(note: Note) -> PublishResult | None:
        kind = "there" if calm else chance.choice(["there", "late", "lost", "never left"])
        if kind == "late":
            late.append(note)
        if kind == "never left":
            return NotSent("no route")
        return None if kind == "there" else Unclear("no answer")

    def die_sometimes(_call: str) -> None:
        if not calm and chance.random() < 0.05:
            raise Died

    site.answer, site.at = lose, die_sometimes
    for life in range(30):
        calm = life >= 25
        made = plan(*(post(n, text=f"words {n}, version {life}") for n in range(1, posts + 1)))
        with unsynced(), suppress(Died, RetryLater), open_ledger(path, ACCOUNT, "mara") as ledger:
            run_transfer(made, site, ledger)
        site.notes.extend(late)
        late.clear()
    assert times(site) == {note.id: 1 for note in made.notes}
    assert {entry.state for entry in read_entries(path, "mara").values()} == {State.POSTED}


@pytest.mark.parametrize("call", CALLS)
def test_an_exception_at_any_call_never_posts_twice(ledger: Ledger, call: str) -> None:
    made, site = plan(post(1), post(2)), FakeSite()
    broken = iter([RuntimeError("cable pulled")])

    def at(name: str) -> None:
        if name == call and (error := next(broken, None)):
            raise error

    site.at = at
    try:
        run_transfer(made, site, ledger)
    except RuntimeError:
        run_transfer(made, site, ledger)
    run_transfer(made, site, ledger)
    assert times(site) == {note.id: 1 for note in made.notes}


def test_stored_but_unanswered_is_found_in_the_list_and_the_evidence_kept(ledger: Ledger) -> None:
    made, site = plan(post(1), post(2)), FakeSite()

    def store_and_drop(note: Note) -> PublishResult:
        site.notes.append(note)
        return Unclear("no answer")

    site.answer = store_and_drop
    outcomes = run_transfer(made, site, ledger)
    assert times(site) == {note.id: 1 for note in made.notes}
    settled = [o for o in outcomes if o.step is Step.SETTLED]
    assert [o.receipt.evidence for o in settled if o.receipt] == ["the list", "the list"]
    assert [e.evidence for e in ledger.entries().values()] == ["the list", "the list"]


def test_lost_and_not_stored_is_sent_by_the_next_run(ledger: Ledger) -> None:
    made, site = plan(post(1)), FakeSite()
    site.answer = lambda _: Unclear("no answer")
    run_transfer(made, site, ledger)
    assert states(ledger) == {State.READY: 1}
    site.answer = lambda _: None
    run_transfer(made, site, ledger)
    assert len(site.notes) == 1
    assert next(iter(ledger.entries().values())).attempt == 2


def test_what_cannot_be_looked_up_is_never_sent_again(ledger: Ledger) -> None:
    made, site = plan(post(1)), FakeSite()

    def answer(_: Note) -> PublishResult:
        site.list_readable = False
        return Unclear("no answer")

    site.answer = answer
    run_transfer(made, site, ledger)
    assert states(ledger) == {State.UNKNOWN: 1}
    site.answer = lambda _: None
    run_transfer(made, site, ledger)
    run_transfer(made, site, ledger)
    assert site.notes == []
    assert to_send(made, ledger.entries()) == []


def test_a_title_changed_after_a_crash_does_not_hide_the_note(tmp_path: Path) -> None:
    path, site = tmp_path / "ledger.sqlite", FakeSite()

    def die(call: str) -> None:
        if call == "published":
            raise Died

    site.at = die
    with pytest.raises(Died), open_ledger(path, ACCOUNT, "mara") as ledger:
        run_transfer(plan(post(1, text="before")), site, ledger)
    site.at = lambda _: None
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        run_transfer(plan(post(1, text="after")), site, ledger)
        assert states(ledger) == {State.POSTED: 1}
    assert len(site.notes) == 1


def test_a_post_put_on_hold_after_a_crash_is_still_looked_up(tmp_path: Path) -> None:
    path, site = tmp_path / "ledger.sqlite", FakeSite()

    def die(call: str) -> None:
        if call == "published":
            raise Died

    site.at = die
    item = post(1, visibility=Visibility.ONLY_ME)
    from_rules = Rules(only_me=Action.MOVE)
    with pytest.raises(Died), open_ledger(path, ACCOUNT, "mara") as ledger:
        run_transfer(plan(item, rules=from_rules), site, ledger)
    site.at = lambda _: None
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        run_transfer(plan(item), site, ledger)
        assert states(ledger) == {State.POSTED: 1}


def test_two_refusals_in_a_row_stop_the_batch(ledger: Ledger) -> None:
    made, site = plan(*(post(n) for n in range(1, 5))), FakeSite()
    site.answer = lambda _: Refused("duplicate", "refused")
    with pytest.raises(AccountAtRisk, match="2 notes in a row"):
        run_transfer(made, site, ledger)
    assert states(ledger) == {State.FAILED: 2}


def test_two_unclear_notes_in_a_row_leave_the_site_in_peace(ledger: Ledger) -> None:
    made, site = plan(*(post(n) for n in range(1, 6))), FakeSite()
    site.answer = lambda note: Unclear("busy") if note.number != "2" else None
    site.find = lambda *_, **__: NotKnown("the list cannot be read")  # type: ignore[method-assign]
    with pytest.raises(RetryLater, match=r"2 times in a row .* of note 4: "):
        run_transfer(made, site, ledger)
    assert states(ledger) == {State.UNKNOWN: 3, State.POSTED: 1}


@pytest.mark.parametrize(
    ("sign", "before"),
    [
        (Refused("captcha", "captcha", stop=True), InARow()),
        (Unclear("captcha", at_risk=True), InARow()),
        (Refused("no", "refused"), InARow(refused=1)),
    ],
)
def test_a_hold_is_on_disk_before_anybody_hears_of_the_warning(
    ledger: Ledger, sign: PublishResult, before: InARow
) -> None:
    """A run that is killed while it tells how the note ended holds the account all the same."""
    made, site, warnings = plan(post(1), post(2)), FakeSite(), warnings_beside(ledger)
    warnings.write_in_a_row(before)
    site.answer = lambda _: sign
    steps = transfer(made, to=site, ledger=ledger, memory=lambda _: FakeMemory(), warnings=warnings)
    for outcome in steps:
        if outcome.step is Step.SETTLED:
            break
    held = warnings.read_hold()
    assert held is not None
    assert held.note == made.notes[0].id
    assert "note 1" in held.reason or "last one 1" in held.reason


@pytest.mark.parametrize("call", ["prepare", "mark", "find all"])
def test_nothing_is_asked_of_the_site_while_the_account_is_held(ledger: Ledger, call: str) -> None:
    """Wherever the warning came, in whatever workspace, until it is lifted."""
    made, site, warnings = plan(post(1), post(2)), FakeSite(), warnings_beside(ledger)
    site.at = raising_at(call, AccountAtRisk("It wants to see that you are a person."))
    with (
        pytest.raises(AccountAtRisk, match="a person") as caught,
        holding_at_risk(warnings, site.label),
    ):
        run_transfer(made, site, ledger)
    assert any("`crossover accounts release`" in line for line in caught.value.more)
    asked: list[str] = []
    site.at = asked.append
    with pytest.raises(AccountHeld, match="a person"), holding_at_risk(warnings, site.label):
        run_transfer(made, site, ledger)
    assert asked == []
    warnings.lift()
    run_transfer(made, site, ledger)
    assert times(site) == {note.id: 1 for note in made.notes}


def test_refusals_in_a_row_count_over_runs(ledger: Ledger) -> None:
    made, site = plan(*(post(n) for n in range(1, 6))), FakeSite()
    site.answer = lambda note: Refused("no", "refused") if note.number != "3" else None
    run_transfer(made, site, ledger, batch=1)
    with pytest.raises(AccountAtRisk, match="2 notes in a row, the last one was note 2: "):
        run_transfer(made, site, ledger, batch=1)
    with pytest.raises(AccountHeld):
        run_transfer(made, site, ledger, batch=1)
    warnings_beside(ledger).lift()
    run_transfer(made, site, ledger, batch=2)
    assert states(ledger) == {State.FAILED: 3, State.POSTED: 1}
    with pytest.raises(AccountAtRisk, match="2 notes in a row"):
        run_transfer(made, site, ledger)


def test_a_refusal_is_counted_before_the_ledger_has_it(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, site = plan(post(1), post(2)), FakeSite()
    site.answer = lambda _: Refused("no", "refused")

    def die(*_: object) -> None:
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "failed", die)
        with pytest.raises(Died):
            run_transfer(made, site, ledger)
    assert warnings_beside(ledger).read_in_a_row() == InARow(refused=1)


def test_unclear_notes_in_a_row_count_over_runs_until_one_is_found(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, site = plan(*(post(n) for n in range(1, 4))), FakeSite()
    lost: list[Note] = []

    def lose(note: Note) -> PublishResult:
        lost.append(note)
        return Unclear("busy")

    site.answer = lose
    site.list_readable = False
    monkeypatch.setattr(site, "find_all", lambda notes, **_: [Absent()] * len(notes))
    run_transfer(made, site, ledger, batch=1)
    with pytest.raises(RetryLater, match=r"2 times in a row .* of note 2: "):
        run_transfer(made, site, ledger)
    with pytest.raises(RetryLater, match="3 times in a row"):
        run_transfer(made, site, ledger)
    site.notes += lost
    site.list_readable, site.answer = True, lambda _: None
    run_transfer(made, site, ledger)
    assert warnings_beside(ledger).read_in_a_row() == InARow()
    assert times(site) == {note.id: 1 for note in made.notes}


def test_an_unclear_note_that_is_found_in_the_same_run_counts_no_more(ledger: Ledger) -> None:
    made, site = plan(post(1)), FakeSite(answer=lambda _: Unclear("busy"))
    site.at = lambda call: site.notes.extend(made.notes) if call == "later" else None
    run_transfer(made, site, ledger)
    assert states(ledger) == {State.POSTED: 1}
    assert warnings_beside(ledger).read_in_a_row() == InARow()


def test_a_disk_that_does_not_take_the_hold_does_not_hide_the_warning(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, site, warnings = plan(post(1), post(2)), FakeSite(), warnings_beside(ledger)
    site.answer = lambda _: Unclear("captcha", at_risk=True)

    def full(*_: object, **__: object) -> None:
        raise RetryLater("The disk is full.", next="Free some space.")

    monkeypatch.setattr("crossover.accounts.warnings.write_document", full)
    with (
        pytest.raises(AccountAtRisk, match="captcha") as caught,
        holding_at_risk(warnings, site.label),
    ):
        run_transfer(made, site, ledger)
    assert "The disk is full." in caught.value.more[0]


def test_one_refusal_does_not_stop_the_others(ledger: Ledger) -> None:
    made, site = plan(*(post(n) for n in range(1, 5))), FakeSite()
    site.answer = lambda note: Refused("no", "refused") if note.number in ("1", "3") else None
    run_transfer(made, site, ledger)
    assert states(ledger) == {State.FAILED: 2, State.POSTED: 2}


@pytest.mark.parametrize(
    "sign", [Refused("captcha", "captcha", stop=True), Unclear("captcha", at_risk=True)]
)
def test_the_first_warning_sign_stops_everything(ledger: Ledger, sign: PublishResult) -> None:
    made, site = plan(post(1), post(2)), FakeSite()
    asked: list[str] = []
    site.at = asked.append
    site.answer = lambda _: sign
    with pytest.raises(AccountAtRisk):
        run_transfer(made, site, ledger)
    assert asked[-1] == "publish"
    assert site.notes == []


def test_signed_out_at_a_note_stops_the_batch_and_the_note_is_looked_up_next(
    ledger: Ledger,
) -> None:
    made, site = plan(post(1), post(2)), FakeSite()
    asked: list[str] = []
    site.at = asked.append
    site.answer = lambda _: Unclear("HTTP 401", signed_out=True)
    with pytest.raises(LoginNeeded, match="note 1"):
        run_transfer(made, site, ledger)
    assert asked[-1] == "publish"
    assert states(ledger) == {State.STARTED: 1}
    asked.clear()
    site.answer = lambda _: None
    run_transfer(made, site, ledger)
    assert asked[0] == "find"
    assert states(ledger) == {State.POSTED: 2}


def test_what_provably_never_left_is_ready_again_and_keeps_its_uploads(ledger: Ledger) -> None:
    made, site, memory = plan(post(1)), FakeSite(), FakeMemory()
    site.answer = lambda _: NotSent("no route")
    with pytest.raises(RetryLater):
        run_transfer(made, site, ledger, memory=memory)
    assert states(ledger) == {State.READY: 1}
    assert memory.forgotten == 0


def test_a_changed_file_holds_back_its_note_alone(ledger: Ledger) -> None:
    made, site = plan(post(1), post(2)), FakeSite()
    changed = iter([ChangedFile("v.mp4 is not the planned one")])

    def at(call: str) -> None:
        if call == "prepare" and (error := next(changed, None)):
            raise error

    site.at = at
    run_transfer(made, site, ledger)
    assert [note.number for note in site.notes] == ["2"]
    entry = ledger.entries()[made.notes[0].post, 1]
    assert (entry.state, entry.reason) == (State.READY, "v.mp4 is not the planned one")


def test_a_note_handed_to_the_creator_is_not_sent(ledger: Ledger) -> None:
    made, site = plan(post(1)), FakeSite()
    ledger.hand_over([HandedNote(made.notes[0], CARRIED, NOON)], "pack")
    run_transfer(made, site, ledger)
    assert states(ledger) == {State.HANDED: 1}
    assert site.prepared == []


@pytest.mark.parametrize("after", range(6))
def test_asked_to_stop_it_stops_between_steps_with_everything_saved(
    ledger: Ledger, after: int
) -> None:
    made, site = plan(post(1), post(2), post(3)), FakeSite()
    asked = iter([False] * after)
    with pytest.raises(Interrupted):
        run_transfer(made, site, ledger, stop=lambda: next(asked, True))
    assert len(site.notes) == after // 2
    assert State.STARTED not in states(ledger)
    run_transfer(made, site, ledger)
    assert times(site) == {note.id: 1 for note in made.notes}


def test_a_request_that_overtakes_its_look_up_is_not_sent_again(ledger: Ledger) -> None:
    """The first look comes before the note: it is there at the second."""
    made, site = plan(post(1), post(2)), FakeSite()
    late: list[Note] = []

    def keep(note: Note) -> PublishResult | None:
        if note.number == "2":
            return None
        late.append(note)
        return Unclear("no answer")

    def at(call: str) -> None:
        if call == "later":
            site.notes.extend(late)

    site.answer, site.at = keep, at
    outcomes = run_transfer(made, site, ledger)
    first = [(o.step, o.state) for o in outcomes if o.note.number == "1"]
    assert first[2:] == [(Step.LOOKED_UP, State.STARTED), (Step.SETTLED, State.POSTED)]
    assert states(ledger) == {State.POSTED: 2}
    run_transfer(made, site, ledger)
    assert times(site) == {note.id: 1 for note in made.notes}


def test_one_look_right_after_an_unclear_answer_proves_nothing(ledger: Ledger) -> None:
    made, site = plan(post(1)), FakeSite()
    site.answer = lambda _: Unclear("no answer")

    def die(call: str) -> None:
        if call == "later":
            raise Died

    site.at = die
    with pytest.raises(Died):
        run_transfer(made, site, ledger)
    assert states(ledger) == {State.STARTED: 1}


def test_a_note_waits_while_one_of_its_title_is_unclear(ledger: Ledger) -> None:
    made, site = plan(post(1, text="same"), post(2, text="same"), post(3)), FakeSite()
    site.answer = lambda note: Unclear("no answer") if note.number == "1" else None
    run_transfer(made, site, ledger)
    assert [note.number for note in site.notes] == ["3"]
    site.answer = lambda _: None
    run_transfer(made, site, ledger)
    assert times(site) == {note.id: 1 for note in made.notes}


@pytest.mark.parametrize("arrives", ["find", "prepare", "mark", "publish"])
def test_a_no_to_a_second_attempt_is_looked_up_first(ledger: Ledger, arrives: str) -> None:
    """The first create was stored after it was looked for: the second is refused as its double."""
    made, site = plan(post(1)), FakeSite()
    site.answer = lambda _: Unclear("no answer")
    run_transfer(made, site, ledger)
    assert states(ledger) == {State.READY: 1}

    def at(call: str) -> None:
        if call == arrives and not site.notes:
            site.notes.append(made.notes[0])

    site.answer, site.at = lambda _: Refused("same title and files", "refused"), at
    run_transfer(made, site, ledger)
    assert states(ledger) == {State.POSTED: 1}
    assert times(site) == {note.id: 1 for note in made.notes}


@pytest.mark.parametrize(
    ("found", "state"),
    [
        ("it is there", State.POSTED),
        ("it is not", State.FAILED),
        ("the list may be behind", State.FAILED),
        ("one reads like it", State.UNKNOWN),
    ],
)
def test_a_no_that_may_be_to_a_second_try_counts_where_the_note_is_not_there(
    ledger: Ledger, found: str, state: State
) -> None:
    """A browser sends a request anew by itself when its connection breaks, and hears that answer."""
    made, site = plan(post(1)), FakeSite()

    def answer(note: Note) -> Refused:
        if found == "it is there":
            site.notes.append(note)
        return Refused("the file is used already", "ours", second=True)

    site.answer = answer
    looks = {"the list may be behind": NotYetListed("x"), "one reads like it": NotKnown("x")}
    if found in looks:
        site.find = lambda *_, **__: looks[found]  # type: ignore[method-assign]
    run_transfer(made, site, ledger)
    assert states(ledger) == {state: 1}


def test_a_no_to_a_second_attempt_stays_unclear_as_the_first_may_be_there_unseen(
    ledger: Ledger,
) -> None:
    made, site = plan(post(1), post(2)), FakeSite()
    site.answer = lambda note: Unclear("no answer") if note.number == "1" else None
    run_transfer(made, site, ledger)
    site.answer = lambda _: Refused("no", "refused")
    run_transfer(made, site, ledger)
    assert states(ledger) == {State.UNKNOWN: 1, State.POSTED: 1}
    asked: list[str] = []
    site.answer, site.at = lambda _: None, asked.append
    run_transfer(made, site, ledger)
    assert "publish" not in asked, "it is never sent anew on a guess"
    assert states(ledger) == {State.UNKNOWN: 1, State.POSTED: 1}
    site.notes.append(made.notes[0])  # the list shows it at last
    run_transfer(made, site, ledger)
    assert states(ledger) == {State.POSTED: 2}
    assert times(site) == {note.id: 1 for note in made.notes}


def test_a_no_after_tries_that_left_nothing_holds_at_once(ledger: Ledger) -> None:
    """One never left, the next was refused; the creator asked for another."""
    made, site, asked = plan(post(1)), FakeSite(), list[str]()
    site.answer = lambda _: NotSent("no route")
    with pytest.raises(RetryLater):
        run_transfer(made, site, ledger)
    site.answer = lambda _: Refused("no", "refused")
    run_transfer(made, site, ledger)
    assert states(ledger) == {State.FAILED: 1}
    try_again(made.notes[0], ledger)
    warnings_beside(ledger).lift()
    site.at = asked.append
    run_transfer(made, site, ledger)
    assert states(ledger) == {State.FAILED: 1}
    assert asked[-1] == "publish", "nothing is there to be looked for"


def test_two_noes_in_a_row_hold_the_account_whichever_attempt_they_were_for(
    ledger: Ledger,
) -> None:
    made, site = plan(post(1), post(2), post(3)), FakeSite()
    site.answer = lambda note: Unclear("no answer") if note.number == "1" else NotSent("no route")
    with pytest.raises(RetryLater):
        run_transfer(made, site, ledger)
    run_transfer(made, FakeSite(), ledger, batch=0)
    site.answer = lambda _: Refused("no", "refused")
    with pytest.raises(AccountAtRisk):
        run_transfer(made, site, ledger)
    assert warnings_beside(ledger).read_hold()
    assert site.notes == []


def test_a_warning_sign_at_a_second_attempt_stops_too(ledger: Ledger) -> None:
    made, site = plan(post(1)), FakeSite()
    site.answer = lambda _: Unclear("no answer")
    run_transfer(made, site, ledger)
    site.answer = lambda _: Refused("captcha", "captcha", stop=True)
    with pytest.raises(AccountAtRisk):
        run_transfer(made, site, ledger)
    assert states(ledger) == {State.STARTED: 1}, "to be looked up: the first may have worked"


def test_a_lost_account_folder_does_not_send_what_is_there_already(tmp_path: Path) -> None:
    made, site = plan(*(post(n) for n in range(1, 5))), FakeSite()
    with open_ledger(tmp_path / "lost" / "ledger.sqlite", ACCOUNT, "mara") as ledger:
        run_transfer(made, site, ledger, batch=3)
    with open_ledger(tmp_path / "new" / "ledger.sqlite", ACCOUNT, "mara") as ledger:
        run_transfer(made, site, ledger)
        assert states(ledger) == {State.UNKNOWN: 3, State.POSTED: 1}
        run_transfer(made, site, ledger)
    assert times(site) == {note.id: 1 for note in made.notes}


@pytest.mark.parametrize("after", range(4))
def test_a_death_while_keeping_back_what_is_there_sends_nothing_twice(
    tmp_path: Path, after: int
) -> None:
    made, site = plan(*(post(n) for n in range(1, 5))), FakeSite()
    site.notes.extend(made.notes)
    path = tmp_path / "ledger.sqlite"
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        steps = transfer(
            made,
            to=site,
            ledger=ledger,
            memory=lambda _: FakeMemory(),
            warnings=warnings_beside(ledger),
        )
        for _ in range(after):
            next(steps)
        del steps
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        run_transfer(made, site, ledger)
    assert times(site) == {note.id: 1 for note in made.notes}


def test_a_fresh_account_whose_list_cannot_be_read_is_sent_nothing(ledger: Ledger) -> None:
    made, site = plan(post(1), post(2)), FakeSite()
    site.list_readable = False
    with pytest.raises(RetryLater):
        run_transfer(made, site, ledger)
    assert ledger.entries() == {}
    site.list_readable = True
    run_transfer(made, site, ledger)
    assert states(ledger) == {State.POSTED: 2}


@pytest.mark.parametrize("error", [ChangedFile("v.mp4 differs"), Unsendable("not as shown")])
def test_a_note_kept_back_does_not_use_up_the_batch(ledger: Ledger, error: Exception) -> None:
    made, site = plan(post(1), post(2), post(3)), FakeSite()
    first = made.notes[0]

    def prepare(call: str) -> None:
        if call == "prepare" and ledger.entries()[first.post, 1].state is State.UPLOADING:
            raise error

    site.at = prepare
    run_transfer(made, site, ledger, batch=1)
    run_transfer(made, site, ledger, batch=1)
    assert [note.number for note in site.notes] == ["2", "3"]
    assert ledger.entries()[first.post, 1].reason == str(error)


@pytest.mark.parametrize("dies", [False, True])
def test_a_note_that_arrives_after_both_looks_is_found_by_the_next_run(
    ledger: Ledger, dies: bool
) -> None:
    """It was called absent, its words were changed since, and a run died on the way to it."""
    before, after, site = plan(post(1, text="before")), plan(post(1, text="after")), FakeSite()
    site.answer = lambda _: Unclear("no answer")
    run_transfer(before, site, ledger)
    assert states(ledger) == {State.READY: 1}
    site.answer = lambda _: None
    if dies:
        site.at = dying_at("prepare")
        with pytest.raises(Died):
            run_transfer(after, site, ledger)
        assert states(ledger) == {State.UPLOADING: 1}
        site.at = lambda _: None
    site.notes.extend(before.notes)
    outcomes = run_transfer(after, site, ledger)
    assert [(o.step, o.state) for o in outcomes] == [(Step.LOOKED_UP, State.POSTED)]
    assert len(site.notes) == 1


def test_a_note_kept_back_since_it_was_sent_is_still_looked_for_by_its_old_words(
    ledger: Ledger,
) -> None:
    before, after, site = plan(post(1, text="before")), plan(post(1, text="after")), FakeSite()
    site.answer = lambda _: Unclear("no answer")
    run_transfer(before, site, ledger)
    site.answer, site.at = lambda _: None, raising_at("prepare", ChangedFile("v.mp4 differs"))
    run_transfer(after, site, ledger)
    site.at = lambda _: None
    site.notes.extend(before.notes)
    run_transfer(after, site, ledger)
    assert len(site.notes) == 1


def test_what_never_left_is_not_looked_for(ledger: Ledger) -> None:
    made, site = plan(post(1)), FakeSite()
    site.answer = lambda _: NotSent("no route")
    with pytest.raises(RetryLater):
        run_transfer(made, site, ledger)
    site.answer, asked = lambda _: None, list[str]()
    site.at = asked.append
    run_transfer(made, site, ledger)
    assert "find" not in asked
    assert states(ledger) == {State.POSTED: 1}


def test_an_earlier_attempt_is_looked_for_though_the_last_one_never_left(ledger: Ledger) -> None:
    made, site = plan(post(1)), FakeSite()
    site.answer = lambda _: Unclear("no answer")
    run_transfer(made, site, ledger)
    site.answer = lambda _: NotSent("no route")
    with pytest.raises(RetryLater):
        run_transfer(made, site, ledger)
    site.notes.extend(made.notes)
    site.answer = lambda _: None
    run_transfer(made, site, ledger)
    assert len(site.notes) == 1
    assert states(ledger) == {State.POSTED: 1}


def test_a_note_that_was_looked_up_in_this_run_is_not_looked_for_once_more(ledger: Ledger) -> None:
    made, site, asked = plan(post(1)), FakeSite(), list[str]()
    site.at = dying_at("publish")
    with pytest.raises(Died):
        run_transfer(made, site, ledger)
    site.at = asked.append
    run_transfer(made, site, ledger)
    assert asked.count("find") == 1


def test_what_was_on_the_account_already_is_sent_once_it_is_there_no_more(tmp_path: Path) -> None:
    made, site = plan(post(1), post(2)), FakeSite()
    site.notes.append(made.notes[0])
    with open_ledger(tmp_path / "ledger.sqlite", ACCOUNT, "mara") as ledger:
        run_transfer(made, site, ledger)
        assert states(ledger) == {State.UNKNOWN: 1, State.POSTED: 1}
        assert run_transfer(made, site, ledger) == []
        changed = plan(post(1, text="other words"), post(2))
        assert run_transfer(changed, site, ledger) == []
        site.notes[0] = plan(post(9)).notes[0]  # the creator's own, in its place
        run_transfer(changed, site, ledger)
        assert states(ledger) == {State.POSTED: 2}
    assert [note.id for note in site.notes[1:]] == [changed.notes[1].id, changed.notes[0].id]


def test_only_a_note_that_cannot_be_sent_as_planned_is_kept_back(ledger: Ledger) -> None:
    made, site = plan(post(1), post(2)), FakeSite()
    site.answer = lambda _: Unclear("no answer") if _.number == "2" else None
    site.at = raising_at("prepare", ChangedFile("v.mp4 differs"))
    last = {o.note.number: o for o in run_transfer(made, site, ledger)}
    assert {n: (o.step, o.state) for n, o in last.items()} == {
        "1": (Step.KEPT_BACK, State.READY),
        "2": (Step.SETTLED, State.READY),
    }


def raising_at(call: str, error: BaseException) -> Callable[[str], None]:
    """Raises once, at the first such call."""
    errors = iter([error])

    def at(name: str) -> None:
        if name == call and (one := next(errors, None)):
            raise one

    return at


def dying_at(call: str) -> Callable[[str], None]:
    return raising_at(call, Died())


def test_a_note_kept_back_stays_as_it_was_while_it_is_there_and_is_told_once(
    ledger: Ledger,
) -> None:
    made, site = plan(post(1)), FakeSite()
    site.notes.extend(made.notes)
    assert [o.state for o in run_transfer(made, site, ledger)] == [State.HOLD]
    ledger.unknown(made.notes[0], "worded as yesterday")
    before = ledger.entries()
    assert run_transfer(made, site, ledger) == []
    assert ledger.entries() == before
    site.notes.clear()
    assert [o.state for o in run_transfer(made, site, ledger)][-1] is State.POSTED
