"""Unclear notes of practice: looked up first, then asked about, and never sent on a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.open import open_ledger, read_entries, reading_account
from crossover.accounts.warnings import AccountWarnings
from crossover.cli.view.dates import day_and_time
from crossover.destinations.open import Target
from crossover.errors import AccountAtRisk
from crossover.library.posts_file import Library, write_library
from crossover.model.account import SiteName
from crossover.model.notes import State
from crossover.model.results import Refused, Unclear
from crossover.plan.document import write_plan
from crossover.transfer.batch import BatchOptions, BatchProgress, send_batch
from crossover.transfer.send import IN_DRAFTS
from crossover.workspace import Workspace
from tests.conftest import Run
from tests.fakes import FakeSite, stand_in_for_practice
from tests.makers import ACCOUNT, CARRIED, MARKER, NOON, plan, post

POSTS = (post(1, text="Garlic butter noodles"), post(2, text="Tram 28"))
MADE = plan(*POSTS)
ONE, TWO = MADE.notes
NOTE_ID = "0123456789abcdef01234567"


class Practice:
    """A workspace, its practice account in memory, and what a creator types when asked."""

    def __init__(self, root: Path, run: Run, site: FakeSite, patch: pytest.MonkeyPatch) -> None:
        self.workspace, self.site, self._run, self._patch = Workspace(root), site, run, patch
        write_library(self.workspace.posts, Library(handle="mara", posts=POSTS))
        write_plan(MADE, self.workspace.plan)

    @property
    def _ledger(self) -> Path:
        return self.workspace.practice / "ledger.sqlite"

    def resolve(self, *arguments: object) -> tuple[int, str]:
        return self.type("resolve", *arguments)

    def type(self, command: str, *arguments: object) -> tuple[int, str]:
        return self._run(command, "-w", self.workspace.root, *arguments)

    def kinds(self) -> list[str]:
        """What the history of the first note tells, in order."""
        with reading_account(self._ledger, "mara") as account:
            events = account.history.events()
        return [event.kind for event in events if event.post == ONE.post]

    def runs(self) -> list[str]:
        with reading_account(self._ledger, "mara") as account:
            return [run.id for run in account.history.runs()]

    def upload(self, batch: int | None = None) -> None:
        send_batch(
            self.workspace,
            Target("rehearsal", SiteName.REHEARSAL, self.workspace.practice),
            BatchOptions(batch=batch),
            command="upload",
            stop=lambda: False,
            progress=BatchProgress(),
        )

    def leave(self, how: Callable[..., None]) -> None:
        """Let an earlier run have left the first note so."""
        with open_ledger(self._ledger, ACCOUNT, "mara") as ledger:
            ledger.started(ONE, MARKER, CARRIED)
            how(ledger)

    def types(self, *replies: str) -> list[str]:
        """Sit at a terminal and type these; the questions are kept."""
        asked: list[str] = []
        left: Iterator[str] = iter(replies)

        def prompt(text: str, **_: object) -> str:
            asked.append(text)
            return next(left)

        self._patch.setattr("crossover.cli.commands.resolve.is_terminal", lambda: True)
        self._patch.setattr(typer, "prompt", prompt)
        return asked

    @property
    def row(self) -> Entry:
        return read_entries(self._ledger, "mara")[ONE.key]

    def state(self) -> State:
        return self.row.state


@pytest.fixture
def practice(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Practice:
    return Practice(tmp_path / "move", run, stand_in_for_practice(monkeypatch), monkeypatch)


def test_what_is_seen_on_the_account_is_not_asked_about(practice: Practice) -> None:
    practice.leave(lambda _: None)
    practice.site.notes.append(ONE)
    code, said = practice.resolve()
    assert (code, practice.state()) == (0, State.POSTED)
    assert "1 “Garlic butter noodles”: found" in said


def test_what_is_provably_not_there_goes_out_with_the_next_upload(practice: Practice) -> None:
    practice.leave(lambda _: None)
    code, said = practice.resolve("1")
    assert (code, practice.state()) == (0, State.READY)
    assert "not on the account; the next upload looks once more" in said
    practice.upload()
    assert [note.id for note in practice.site.notes] == [ONE.id, TWO.id]


def test_what_looking_does_not_tell_is_asked_side_by_side(practice: Practice) -> None:
    practice.site.list_readable = False
    practice.site.notes.append(ONE)
    practice.leave(lambda _: None)
    listed = [replace(one, id=f"{int(one.id):024x}") for one in practice.site.listed()]
    practice._patch.setattr(practice.site, "listed", lambda: tuple(listed))
    asked = practice.types("9", "1")
    code, said = practice.resolve()
    assert "1 note to settle: 1 unclear" in said
    assert "no clear answer came back" in said
    day = day_and_time(NOON, datetime.now(UTC)).rsplit(" ", 1)[0]
    assert f"1 “Garlic butter noodles” · video · {day}" in said
    assert "1 it is that one · its link · n it is not there · o what is there is another" in said
    assert asked == ["Where is note 1?"] * 2
    assert (code, len(asked), practice.state()) == (0, 2, State.POSTED)
    assert practice.row.evidence == "your word: you gave its link, and the account's list has it"


def test_not_knowing_leaves_it_unclear_and_nothing_is_sent(practice: Practice) -> None:
    practice.site.list_readable = False
    practice.leave(lambda _: None)
    practice.types("")
    code, said = practice.resolve()
    assert (code, practice.state()) == (3, State.UNKNOWN)
    assert "Still unclear: 1. Nothing of it is sent on a guess." in said


def test_the_end_of_the_input_keeps_what_was_answered(practice: Practice) -> None:
    practice.site.list_readable = False
    practice.leave(lambda _: None)

    def ends(*_: object, **__: object) -> str:
        raise typer.Abort

    practice.types()
    practice._patch.setattr(typer, "prompt", ends)
    code, said = practice.resolve()
    assert (code, "what you answered is written down" in said) == (130, True)


def test_a_refusal_in_doubt_is_settled_by_the_creator_and_holds_where_nothing_is_there(
    practice: Practice,
) -> None:
    """The first answer was lost and the list lags: the second try is refused as a double."""
    practice.site.answer = lambda note: Unclear("no answer") if note.id == ONE.id else None
    practice.upload()
    practice.site.answer = lambda _: Refused("the same note twice", "refused")
    practice.upload()
    assert practice.state() is State.UNKNOWN
    code, said = practice.resolve()
    assert (code, practice.state()) == (2, State.UNKNOWN)
    assert "refused (the same note twice), and an earlier try may be there" in said
    code, said = practice.resolve("--not-posted", "1")
    assert (code, practice.state()) == (0, State.FAILED)
    assert "the same note twice; and you said that it is not on the account" in said
    assert "the refusal holds" in said


def test_a_note_kept_back_is_sent_once_what_is_there_is_another_post(practice: Practice) -> None:
    practice.site.notes.append(plan(post(9, text="Garlic butter noodles")).notes[0])
    practice.upload()
    assert practice.state() is State.UNKNOWN
    assert practice.resolve("--other", "1")[0] == 0
    practice.upload()
    practice.upload()
    assert [note.id for note in practice.site.notes[1:]] == [TWO.id, ONE.id]
    assert practice.state() is State.POSTED


def test_another_one_like_it_that_came_later_keeps_it_back_all_the_same(
    practice: Practice,
) -> None:
    like = plan(post(9, text="Garlic butter noodles")).notes[0]
    practice.site.notes.append(like)
    practice.upload()
    practice.resolve("--other", "1")
    practice.site.notes.append(like)
    practice.upload()
    assert practice.state() is State.UNKNOWN


def test_a_held_account_is_not_looked_at_and_can_be_answered_for(practice: Practice) -> None:
    practice.leave(lambda _: None)
    risk = AccountAtRisk("It wants to see that you are a person.")
    AccountWarnings(practice.workspace.practice).write_hold(risk, "the practice account")
    calls: list[str] = []
    practice.site.at = calls.append
    assert practice.resolve("--link", f"1={'a' * 24}")[0] == 0
    assert (calls, practice.state()) == ([], State.POSTED)


def test_a_draft_that_was_published_is_listed_with_its_link_whatever_it_is_called_by_then(
    practice: Practice,
) -> None:
    practice.leave(lambda ledger: ledger.drafted(ONE, IN_DRAFTS))
    assert "once you published it, it is listed here" in practice.resolve()[1]
    practice.site.notes.append(replace(ONE, title="Noodles, at last"))
    practice._patch.setattr(
        practice.site,
        "listed",
        lambda: tuple(replace(one, id=NOTE_ID) for one in FakeSite.listed(practice.site)),
    )
    code, said = practice.resolve()
    assert code == 2
    assert "1 “Noodles, at last” · video · " in said
    assert f"#note-{NOTE_ID}" in said
    assert practice.resolve("--link", f"1=#note-{NOTE_ID}")[0] == 0
    assert (practice.state(), practice.row.note_id) == (State.POSTED, NOTE_ID)


def test_a_list_for_a_real_account_is_refused_in_practice(
    practice: Practice, tmp_path: Path
) -> None:
    file = tmp_path / "have.csv"
    file.write_text("a" * 24, "utf-8")
    code, said = practice.resolve("--have", file)
    assert (code, "looked up by itself" in said) == (2, True)
