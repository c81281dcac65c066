"""Notes are handed over in packs: whole or not at all, and never twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest

from crossover.accounts.ledger.ledger import Ledger
from crossover.destinations.kit.pack_file import find_packs, read_pack_file
from crossover.destinations.kit.zip_file import zip_pack
from crossover.errors import AccountAtRisk, AccountHeld, NothingDue, RetryLater
from crossover.model.notes import State
from crossover.model.posts import Visibility
from crossover.transfer import hand_over as handing
from tests.fakes import Died
from tests.kit_world import MONDAY, KitWorld, content, posts_of


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KitWorld:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "home"))
    return KitWorld(tmp_path / "move", posts_of(12))


@pytest.fixture
def going(world: KitWorld) -> KitWorld:
    """One whose first note is out, and right."""
    world.past_the_first_note()
    return world


def test_the_first_note_goes_alone_and_for_the_creators_eyes_only(world: KitWorld) -> None:
    done = world.hand_over(9)
    assert done.pack
    (one,) = done.pack.notes
    assert (one.is_first, one.visibility) == (True, Visibility.ONLY_ME)
    entry = world.entries()[one.note.key]
    assert (entry.visibility, entry.planned_visibility) == (Visibility.ONLY_ME, Visibility.PUBLIC)


def test_a_pack_holds_every_file_as_planned(going: KitWorld) -> None:
    done = going.hand_over(9)
    assert done.pack
    assert done.folder
    assert len(done.pack.notes) == 9
    for one in done.pack.notes:
        inside = done.folder / one.folder
        planned = next(n for n in going.plan.notes if n.key == one.note.key)
        sent = [hashlib.sha256((inside / name).read_bytes()).hexdigest() for name in one.media]
        assert sent == [file.sha256 for file in planned.media]
        assert (inside / "title.txt").read_text("utf-8") == planned.title
        assert (inside / "text.txt").read_text("utf-8") == planned.description
        assert (inside / "cover.jpg").exists() == bool(planned.cover)
        assert "<!doctype html>" in (inside / "note.html").read_text("utf-8")
    assert (done.folder / "index.html").is_file()


def test_its_document_tells_the_sum_of_every_file(going: KitWorld) -> None:
    done = going.hand_over(3)
    assert done.folder
    document = read_pack_file(done.folder)
    assert document
    there = {p.relative_to(done.folder).as_posix() for p in done.folder.rglob("*") if p.is_file()}
    assert {file.path for file in document.files} == there - {"pack.json"}
    for file in document.files:
        data = (done.folder / file.path).read_bytes()
        assert (file.sha256, file.bytes) == (hashlib.sha256(data).hexdigest(), len(data))


def test_pictures_of_a_note_were_taken_one_after_the_other(going: KitWorld) -> None:
    done = going.hand_over(9)
    assert done.pack
    assert done.folder
    for one in done.pack.notes:
        if one.note.cover is None:
            times = [(done.folder / one.folder / name).stat().st_mtime for name in one.media]
            assert times == sorted(set(times))
            assert all(later - sooner >= 2 for sooner, later in pairwise(times))


def test_no_note_is_in_two_packs_and_the_days_go_on(going: KitWorld) -> None:
    packs = [going.hand_over(4).pack, going.hand_over(4).pack]
    assert all(packs)
    notes = [one for pack in packs if pack for one in pack.notes]
    assert len({one.note.key for one in notes}) == 8
    days = [one.due.date() for one in notes]
    assert days == sorted(days)
    assert len({pack.id for pack in packs if pack}) == 2


def test_a_second_workspace_of_the_account_offers_none_of_them(
    going: KitWorld, tmp_path: Path
) -> None:
    first = going.hand_over(9).pack
    second = KitWorld(tmp_path / "another move", posts_of(12)).hand_over(9).pack
    assert first
    assert second
    assert not {one.note.key for one in first.notes} & {one.note.key for one in second.notes}


def test_a_note_with_another_file_than_planned_stays_and_the_others_go(going: KitWorld) -> None:
    changed, gone = going.plan.notes[2], going.plan.notes[3]
    (going.workspace.root / changed.media[0].path).write_bytes(b"another")
    (going.workspace.root / gone.media[0].path).unlink()
    done = going.hand_over(5)
    assert done.pack
    assert [one.note.number for one in done.pack.notes] == ["2", "5", "6"]
    assert {one.note.number: one.reason for one in done.kept_back} == {
        "3": "0003-01.mp4 is not the planned one",
        "4": "0004-01.jpg is gone",
    }
    assert going.states()["3"] is State.READY


@pytest.mark.parametrize("dies_in", ["write_unfinished", "hand_over", "show_pack", "end_run"])
def test_killed_anywhere_a_pack_is_there_whole_and_known_or_not_at_all(
    going: KitWorld, monkeypatch: pytest.MonkeyPatch, dies_in: str
) -> None:
    def dying_after(act: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object, **named: object) -> object:
            act(*arguments, **named)
            raise Died

        return run

    with monkeypatch.context() as patch:
        if dies_in == "hand_over":
            patch.setattr(Ledger, "hand_over", dying_after(Ledger.hand_over))
        elif dies_in == "end_run":
            history = "crossover.accounts.ledger.history.History.end_run"
            patch.setattr(history, dying_after(lambda *_: None))
        else:
            patch.setattr(handing, dies_in, dying_after(getattr(handing, dies_in)))
        with pytest.raises(Died):
            going.hand_over(3)
    visible = {f.name for f in going.workspace.kit.iterdir() if not f.name.startswith(".")}
    handed = [n for n, state in going.states().items() if state is State.HANDED]
    known = {entry.pack for entry in going.entries().values() if entry.pack}
    assert visible <= known
    done = going.hand_over(3)
    assert done.pack
    assert not {one.note.number for one in done.pack.notes} & set(handed)
    assert not [f for f in going.workspace.kit.iterdir() if f.name.startswith(".")]
    packs = list(find_packs(going.workspace.kit))
    assert all((folder / file.path).is_file() for folder, pack in packs for file in pack.files)
    in_packs = [note.number for _, pack in packs for note in pack.notes]
    assert len(in_packs) == len(set(in_packs))


def test_a_disk_that_fills_up_leaves_nothing_behind(
    going: KitWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("crossover.destinations.kit.writer._place", full)
        with pytest.raises(RetryLater):
            going.hand_over(3)
    assert [f.name for f in going.workspace.kit.iterdir()] == [
        entry.pack for entry in going.entries().values() if entry.pack
    ]
    assert going.hand_over(3).pack


def test_a_hold_and_a_pause_stop_this_door_too(going: KitWorld) -> None:
    from crossover.accounts.pace import AccountPace

    warnings = going.account.folder.warnings
    warnings.write_hold(AccountAtRisk("it asked for a captcha"), "RedNote")
    with pytest.raises(AccountHeld):
        going.hand_over(3)
    warnings.lift()
    pace = AccountPace(going.account.folder.path)
    pace.pause(MONDAY, None)
    with pytest.raises(NothingDue):
        going.hand_over(3)
    pace.resume()
    assert going.hand_over(3, now=MONDAY + timedelta(hours=1)).pack


def test_the_zip_holds_the_same(going: KitWorld) -> None:
    done = going.hand_over(2)
    assert done.folder
    with ZipFile(zip_pack(done.folder)) as packed:
        inside = {name: packed.read(name) for name in packed.namelist()}
    there = {
        f"{done.folder.name}/{p.relative_to(done.folder).as_posix()}": p.read_bytes()
        for p in done.folder.rglob("*")
        if p.is_file()
    }
    assert inside == there
    document = json.loads(inside[f"{done.folder.name}/pack.json"])
    assert document["account"] == "mila"


def test_files_of_a_pack_are_the_workspaces_own_no_more(going: KitWorld) -> None:
    """What is done to a picture in a pack leaves the one in the workspace as it is."""
    done = going.hand_over(1)
    assert done.pack
    assert done.folder
    one = done.pack.notes[0]
    (done.folder / one.folder / one.media[0]).write_bytes(b"spoilt")
    assert (going.workspace.root / one.note.media[0].path).read_bytes() == content(2)
