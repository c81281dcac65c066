"""Topics that a site does not know go out as plain text, and that is told and kept."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.open import open_ledger, read_entries
from crossover.model.notes import Note, State
from crossover.model.results import Absent, FindResult, NotKnown, PublishResult, Refused, Unclear
from crossover.transfer.outcome import Outcome, Step
from crossover.transfer.report.status import status_of
from tests.fakes import Died, FakeSite, run_transfer
from tests.makers import ACCOUNT, plan, post

PLAN = plan(post(1, text="Words #sea #fogtok #sun #mistclub"), post(2, text="More #sea"))
FIRST, SECOND = PLAN.notes
PLAIN = ("fogtok", "mistclub")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def send(path: Path, site: FakeSite) -> list[Outcome]:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        return run_transfer(PLAN, site, ledger)


def entries(path: Path) -> dict[tuple[str, int], Entry]:
    return read_entries(path, "mara")


def unclear(note: Note) -> PublishResult | None:
    return Unclear("no answer") if note == FIRST else None


def test_they_are_told_note_by_note_with_the_intent_and_at_the_end(path: Path) -> None:
    told = {
        (outcome.note.number, outcome.step): outcome.plain_topics
        for outcome in send(path, FakeSite(unknown_topics=PLAIN))
    }
    assert told == {
        ("1", Step.UPLOADING): None,
        ("1", Step.STARTED): PLAIN,
        ("1", Step.SETTLED): PLAIN,
        ("2", Step.UPLOADING): None,
        ("2", Step.STARTED): (),
        ("2", Step.SETTLED): (),
    }


def test_they_are_on_disk_before_the_publish_call(path: Path) -> None:
    seen: list[tuple[str, ...] | None] = []

    def at(call: str) -> None:
        if call == "publish":
            seen.append(entries(path)[FIRST.key].plain_topics)

    send(path, FakeSite(unknown_topics=PLAIN, at=at))
    assert seen[0] == PLAIN


def test_killed_before_the_answer_they_are_told_when_the_note_is_found(path: Path) -> None:
    site = FakeSite(unknown_topics=PLAIN)

    def die(call: str) -> None:
        if call == "published":
            raise Died

    site.at = die
    with pytest.raises(Died):
        send(path, site)
    assert entries(path)[FIRST.key].plain_topics == PLAIN
    site.at = lambda _: None
    site.unknown_topics = ()  # what is known now says nothing of what went out then
    found, *_ = send(path, site)
    assert (found.step, found.state, found.plain_topics) == (Step.LOOKED_UP, State.POSTED, PLAIN)
    assert entries(path)[FIRST.key].plain_topics == PLAIN


def test_status_has_them_for_what_may_be_on_the_account_and_only_there(path: Path) -> None:
    def refuse(note: Note) -> PublishResult | None:
        return Refused("no", "refused") if note == FIRST else None

    send(path, FakeSite(unknown_topics=("fogtok", "mistclub", "sea"), answer=refuse))
    status = status_of(PLAN, entries(path))
    assert [(note.state, note.plain_topics) for note in status.notes] == [
        (State.FAILED, None),
        (State.POSTED, ("sea",)),
    ]
    assert status.plain_topics == {"2": ("sea",)}


def test_what_is_unclear_is_not_counted_as_there(path: Path) -> None:
    class Hidden(FakeSite):
        def find(self, *_: object, **__: object) -> FindResult:
            return NotKnown("several look like it")

    send(path, Hidden(unknown_topics=PLAIN, answer=unclear))
    status = status_of(PLAN, entries(path))
    assert (status.notes[0].state, status.notes[0].plain_topics) == (State.UNKNOWN, PLAIN)
    assert status.plain_topics == {}


def test_a_note_that_is_sent_again_tells_what_the_last_attempt_carried(path: Path) -> None:
    class Gone(FakeSite):
        def find(self, *_: object, **__: object) -> FindResult:
            return Absent()

    site = Gone(unknown_topics=PLAIN, answer=unclear)
    send(path, site)
    assert status_of(PLAN, entries(path)).notes[0].plain_topics is None
    site.answer, site.unknown_topics = (lambda _: None), ("sun",)
    send(path, site)
    assert entries(path)[FIRST.key].plain_topics == ("sun",)


def test_a_destination_that_cannot_tell_leaves_it_unknown(path: Path) -> None:
    send(path, FakeSite())
    assert [note.plain_topics for note in status_of(PLAN, entries(path)).notes] == [None, None]


def test_a_ledger_of_before_reads_as_not_known_and_one_of_later_as_far_as_we_know_it(
    path: Path,
) -> None:
    """What a row carried has fields of its own: none of them needs another format."""
    send(path, FakeSite(unknown_topics=PLAIN))
    with closing(sqlite3.connect(path)) as db, db:
        for note, lost, more in ((FIRST, "plain_topics", {}), (SECOND, None, {"places": ["sea"]})):
            (text,) = db.execute(
                "SELECT carried FROM notes WHERE post = ?", (note.post,)
            ).fetchone()
            kept = {key: value for key, value in json.loads(text).items() if key != lost} | more
            db.execute("UPDATE notes SET carried = ? WHERE post = ?", (json.dumps(kept), note.post))
    first, second = (entries(path)[note.key] for note in PLAN.notes)
    assert (first.plain_topics, second.plain_topics) == (None, ())
    words = [entry.carried.text for entry in (first, second) if entry.carried]
    assert words == [note.description for note in PLAN.notes]
