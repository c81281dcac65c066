"""`crossover resolve` as it is typed, for notes that were posted by hand on a real account."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from crossover.accounts.ledger.account_facts import FactName
from crossover.model.notes import State
from tests.conftest import Run
from tests.transfer.resolve.world import World, link_to

A, B, C = map(link_to, "abc")


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "data"))
    return World(tmp_path)


@pytest.fixture
def resolve(run: Run, world: World) -> Run:
    return lambda *arguments: run("resolve", "-w", world.workspace.root, *arguments)


def test_a_link_makes_a_handed_note_posted_and_is_kept_with_whose_word_it_is(
    world: World, resolve: Run
) -> None:
    world.hand_over(1, 2)
    code, said = resolve("--link", f"1={A}?xsec_token=secret")
    assert (code, world.states()) == (0, {1: "posted", 2: "handed"})
    entry = world.entries()[1]
    assert (entry.note_id, entry.url) == ("a" * 24, A)
    assert entry.evidence == "your word: you gave its link"
    assert "1 link written down" in said
    with world.ledger() as ledger:
        last = ledger.history.events()[-1]
    assert (last.kind, last.note_id, last.operator is not None) == ("link", "a" * 24, True)
    assert last.time.tzinfo is not None


def test_a_file_of_links_is_taken_and_what_has_none_yet_stays(
    world: World, resolve: Run, tmp_path: Path
) -> None:
    world.hand_over(1, 2, 3)
    file = tmp_path / "links.csv"
    file.write_text(f"number;link\n1;{A}\n2;\n3;{C}\n", "utf-8-sig")
    code, said = resolve("--from", file)
    assert (code, world.states()) == (0, {1: "posted", 2: "handed", 3: "posted"})
    assert "2 links written down" in said
    assert "1 note without a link yet: 2" in said
    code, said = resolve("--from", file)
    assert (code, "2 links were known already" in said) == (0, True)


def test_the_file_of_the_page_counts_the_day_on_which_a_note_was_posted(
    world: World, resolve: Run, tmp_path: Path
) -> None:
    world.hand_over(1)
    file = tmp_path / "links.json"
    note = {"number": "1", "posted": True, "link": A, "time": "2025-02-09T10:00:00Z"}
    file.write_text(json.dumps({"notes": [note]}), "utf-8")
    assert resolve("--from", file)[0] == 0
    assert str(world.entries()[1].out_at) == "2025-02-09 10:00:00+00:00"


@pytest.mark.parametrize(
    ("account", "site", "code"),
    [("Mila", "rednote.com", 0), ("otto", "rednote.com", 2), ("mila", "xiaohongshu.com", 2)],
)
def test_the_file_of_another_account_is_refused(
    world: World, resolve: Run, tmp_path: Path, account: str, site: str, code: int
) -> None:
    world.hand_over(1)
    file = tmp_path / "links.json"
    saved = {"pack": "p", "site": site, "account": account, "notes": [{"number": "1", "link": A}]}
    file.write_text(json.dumps(saved), "utf-8")
    ended, said = resolve("--from", file)
    assert (ended, world.states()) == (code, {1: "handed" if code else "posted"})
    assert ("this plan is for mila on rednote.com" in said) == bool(code)


def test_pasted_lines_come_from_standard_input(
    world: World, resolve: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.hand_over(1, 2)
    pasted = io.TextIOWrapper(io.BytesIO(f"1 {A}\n2 看看 {B} 复制\n".encode()))
    monkeypatch.setattr(sys, "stdin", pasted)
    assert resolve("--from", "-")[0] == 0
    assert world.states() == {1: "posted", 2: "posted"}


@pytest.mark.parametrize(
    ("lines", "errors"),
    [
        (f"1,{A}\n2,{A}\n", ["Line 2: notes 1 and 2 have the same link"]),
        (f"1,{A}\n99,{B}\n", ["Line 2: there is no note 99"]),
        (
            f"1,https://www.xiaohongshu.com/explore/{'a' * 24}\n2,{B}\n",
            ["Line 1, note 1: that is a note on xiaohongshu.com, and this account is on rednote"],
        ),
        (f"1,{A}\n1,{B}\n", ["Line 2, note 1: line 1 has another link"]),
        (f"1,{A}\n{B}\n3,later\n", ["Line 2: it does not say which", "Line 3, note 3: that is no"]),
    ],
)
def test_nothing_is_written_unless_all_of_it_is_right(
    world: World, resolve: Run, tmp_path: Path, lines: str, errors: list[str]
) -> None:
    world.hand_over(1, 2, 3)
    file = tmp_path / "links.csv"
    file.write_text(lines, "utf-8")
    code, said = resolve("--from", file)
    assert (code, set(world.states().values())) == (2, {"handed"})
    for error in errors:
        assert error in said


def test_a_link_that_another_post_has_is_refused_and_may_change_hands(
    world: World, resolve: Run
) -> None:
    world.hand_over(1, 2)
    assert resolve("--link", f"1={A}")[0] == 0
    code, said = resolve("--link", f"2={A}")
    assert (code, "that link is note 1 “Garlic butter noodles" in said) == (2, True)
    assert resolve("--link", f"1={B}", "--link", f"2={A}")[0] == 0
    assert {n: entry.url for n, entry in world.entries().items()} == {1: B, 2: A}


def test_a_note_that_was_not_posted_goes_out_again_and_does_not_count_for_its_day(
    world: World, resolve: Run
) -> None:
    world.hand_over(1, 2)
    code, said = resolve("--not-posted", "1")
    assert (code, world.states()) == (0, {1: "ready", 2: "handed"})
    assert "1 goes out with the next `crossover upload" in said
    entry = world.entries()[1]
    assert (entry.out_at, entry.out_day, entry.attempt) == (None, None, 1)


def test_what_is_settled_is_not_unsettled_by_saying_that_it_is_not_there(
    world: World, resolve: Run
) -> None:
    world.hand_over(1)
    resolve("--link", f"1={A}")
    code, said = resolve("--not-posted", "1")
    assert (code, "crossover again 1" in said) == (2, True)
    code, said = resolve("--not-posted", "2")
    assert (code, "was not sent yet" in said) == (2, True)
    assert world.states() == {1: "posted"}


def test_a_note_kept_back_for_one_like_it_goes_out_once_that_is_another_post(
    world: World, resolve: Run, tmp_path: Path
) -> None:
    before = tmp_path / "before.csv"
    before.write_text(f"{C},Garlic butter noodles,2024-01-01\n", "utf-8")
    assert resolve("--have", before)[0] in (0, 3)
    with world.ledger() as ledger:
        ledger.unknown(world.plan.notes[0], "a note like this is already on the account")
    code, said = resolve()
    assert code == 2
    assert "--other 1" in said
    assert f"1 “Garlic butter noodles” · Mon 1 Jan 2024 12:00 · {C}" in said
    assert resolve("--other", "1")[0] == 0
    entry = world.entries()[1]
    assert (entry.state, entry.attempt) == (State.READY, 0)
    with world.ledger() as ledger:
        assert ledger.history.others() == {world.plan.notes[0].key: {"c" * 24}}


def test_notes_that_stood_there_before_are_known_and_make_no_post_of_ours(
    world: World, resolve: Run, tmp_path: Path
) -> None:
    file = tmp_path / "before.csv"
    file.write_text(f"title,link,date\nOld one,{A},2024-01-01\nAnother,{B},\n", "utf-8")
    code, said = resolve("--have", file)
    assert (code, "2 notes stand on mila on rednote.com: written down" in said) == (0, True)
    assert world.states() == {}
    with world.ledger() as ledger:
        known = {one.note_id: (one.title, one.source) for one in ledger.listed.all()}
        fact = ledger.facts.get(FactName.COMPARED)
    assert known == {"a" * 24: ("Old one", "creator"), "b" * 24: ("Another", "creator")}
    assert fact is not None
    assert fact.value == "given"


def test_a_list_of_notes_with_a_line_that_is_none_changes_nothing(
    world: World, resolve: Run, tmp_path: Path
) -> None:
    file = tmp_path / "before.csv"
    file.write_text(f"{A},Old one\nno link here,x\n", "utf-8")
    code, said = resolve("--have", file)
    assert (code, "Line 2" in said) == (2, True)
    with world.ledger() as ledger:
        assert ledger.listed.all() == []


def test_without_a_terminal_the_flags_are_named_and_nothing_is_guessed(
    world: World, resolve: Run
) -> None:
    world.hand_over(1, 2)
    code, said = resolve()
    assert code == 2
    assert "2 notes to settle: 2 handed to you" in said
    assert "--link 1=LINK" in said
    assert "--not-posted 1" in said
    assert world.states() == {1: "handed", 2: "handed"}


def test_a_note_that_nobody_waits_for_says_how_it_stands(world: World, resolve: Run) -> None:
    world.hand_over(1)
    resolve("--link", f"1={A}")
    code, said = resolve("1")
    assert (code, f"settled: {A}" in said) == (0, True)
    code, said = resolve("77")
    assert (code, "There is no note 77. `crossover plan --all" in said) == (2, True)


@pytest.mark.parametrize("said", ["5", "1=", "=https://www.rednote.com/explore/x"])
def test_a_link_that_is_typed_half_is_explained(world: World, resolve: Run, said: str) -> None:
    code, told = resolve("--link", said)
    assert (code, "Write it as --link 17=https://" in told) == (2, True)
