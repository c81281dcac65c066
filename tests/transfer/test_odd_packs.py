"""What a killed run, a disk or a creator did to packs: it heals, or is said clearly; no note is handed
over twice, and none is lost."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from crossover.accounts.ledger.ledger import Ledger
from crossover.destinations.kit import withdrawal
from crossover.destinations.kit.pack_file import find_packs, read_pack_file
from crossover.errors import Busy, CrossoverError, RetryLater, UsageProblem
from crossover.model.notes import Note, State
from crossover.transfer import hand_over as handing
from crossover.transfer.batch import BatchOptions
from crossover.transfer.hand_over import HandedOver, TidiedPacks
from crossover.transfer.resolve.again import prepare_retry, write_retry
from crossover.transfer.resolve.packed_before import PackedBefore
from crossover.transfer.resolve.resolver import resolving
from tests.fakes import Died
from tests.kit_world import MONDAY, KitWorld, posts_of
from tests.small_disk import needs_root, small_disk
from tests.unsynced import unsynced

LATER = MONDAY + timedelta(minutes=1)
NAME = f"{LATER.astimezone():%Y-%m-%d-%H%M}"
"""Of a pack that is made then."""


@pytest.fixture
def going(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[KitWorld]:
    """A move by hand whose first note is out, and right."""
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "home"))
    with unsynced():  # no power cut is tried here
        world = KitWorld(tmp_path / "move", posts_of(6))
        world.past_the_first_note()
        yield world


def dying_after(act: Callable[..., object]) -> Callable[..., object]:
    def run(*arguments: Any, **named: Any) -> object:
        act(*arguments, **named)
        raise Died

    return run


def leave_hidden(world: KitWorld, batch: int, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Hand notes over in a run that is killed before their pack can be seen."""
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "hand_over", dying_after(Ledger.hand_over))
        with pytest.raises(Died):
            world.hand_over(batch)
    (hidden,) = world.workspace.kit.glob(".unfinished-*")
    return hidden


def hand_over(
    world: KitWorld, batch: int | None = 2, **options: Any
) -> list[HandedOver | TidiedPacks]:
    """Hand notes over; returns what is told on the way too."""
    told: list[HandedOver | TidiedPacks] = []
    with world.workspace.hold("a test"):
        done = handing.hand_over(
            world.workspace,
            world.target,
            BatchOptions(batch, answers=world.agreed, **options),
            command="crossover upload",
            operator="mila",
            now=lambda: LATER,
            tidied=told.append,
        )
    return [*told, done]


def send_anew(world: KitWorld, *notes: Note) -> tuple[PackedBefore, ...]:
    """What the creator says of notes that they did not post from a pack."""
    with (
        world.workspace.hold("a test"),
        resolving(world.workspace, world.target, command="a test", operator="mila") as resolver,
    ):
        resolver.take(not_there=notes)
        return resolver.packed_before


def numbers_in_packs(world: KitWorld) -> list[str]:
    seen = [pack for f, pack in find_packs(world.workspace.kit) if not f.name.startswith(".")]
    return sorted(note.number for pack in seen for note in pack.notes)


def check_sums(folder: Path) -> None:
    """pack.json tells of the files that are there."""
    document = read_pack_file(folder)
    assert document
    for file in document.files:
        data = (folder / file.path).read_bytes()
        assert (file.sha256, file.bytes) == (hashlib.sha256(data).hexdigest(), len(data))


def spoil(pack_json: Path, how: str) -> None:
    whole = pack_json.read_text("utf-8")
    pack_json.unlink()
    match how:
        case "empty":
            pack_json.touch()
        case "cut":
            pack_json.write_text(whole[: len(whole) // 2], "utf-8")
        case "foreign":
            pack_json.write_text('{"name": "a game"}', "utf-8")
        case "newer":
            pack_json.write_text(json.dumps(json.loads(whole) | {"version": 99}), "utf-8")
        case "folder":
            pack_json.mkdir()
        case _:
            assert how == "gone"


@pytest.mark.parametrize(
    "how",
    [
        "gone",
        "cut",
        *(
            pytest.param(how, marks=pytest.mark.complete)
            for how in ("empty", "foreign", "newer", "folder")
        ),
    ],
)
def test_a_pack_that_was_damaged_before_it_was_seen_is_told_and_its_notes_go_anew(
    going: KitWorld, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    hidden = leave_hidden(going, 2, monkeypatch)
    spoil(hidden / "pack.json", how)
    tidied, done = hand_over(going)
    assert tidied == TidiedPacks((), ("2", "3"))
    assert isinstance(done, HandedOver)
    assert numbers_in_packs(going) == ["1", "4", "5"]
    assert not [*going.workspace.kit.glob(".*")]
    lost = [note for note in going.plan.notes if note.number in ("2", "3")]
    assert {going.states()[note.number] for note in lost} == {State.HANDED}
    assert not any(one.is_out for one in send_anew(going, *lost))
    hand_over(going, None)
    assert numbers_in_packs(going) == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_hidden_pack_is_shown_without_what_was_taken_back(
    going: KitWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: bool
) -> None:
    leave_hidden(going, 2, monkeypatch)
    where = KitWorld(tmp_path / "another move", posts_of(6)) if elsewhere else going
    (before,) = send_anew(where, going.plan.notes[1])
    assert before.is_out is not elsewhere
    tidied, _ = hand_over(going, 1)
    assert isinstance(tidied, TidiedPacks)
    (shown,) = tidied.shown
    document = read_pack_file(shown)
    assert document
    assert [note.number for note in document.notes] == ["3"]
    assert numbers_in_packs(going) == ["1", "2", "3"]


def test_a_pack_of_another_account_waits_for_its_own_next_run(
    going: KitWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = leave_hidden(going, 2, monkeypatch)
    document = json.loads((hidden / "pack.json").read_text("utf-8"))
    (hidden / "pack.json").write_text(json.dumps(document | {"account": "otto"}), "utf-8")
    own = going.workspace.kit / f".unfinished-{NAME}"
    shutil.copytree(hidden, own)  # a run of mila's that had only begun
    (own / "pack.json").unlink()
    (done,) = hand_over(going)
    assert hidden.is_dir()
    assert not own.exists()
    assert isinstance(done, HandedOver)
    assert done.folder
    assert done.folder.name != hidden.name.removeprefix(".unfinished-")


def test_what_is_no_pack_is_tidied_up_and_nothing_that_it_leads_to(
    going: KitWorld, tmp_path: Path
) -> None:
    kit, other = going.workspace.kit, tmp_path / "other"
    (other / "inside").mkdir(parents=True)
    (kit / ".unfinished-file").touch()
    (kit / ".unfinished-link").symlink_to(other)
    (kit / "mine.txt").touch()
    hand_over(going)
    assert not [*kit.glob(".unfinished-*")]
    assert (other / "inside").is_dir()
    assert (kit / "mine.txt").exists()


def test_a_pack_takes_the_name_of_nothing_that_is_there(going: KitWorld) -> None:
    (going.workspace.kit / NAME).mkdir()
    (done,) = hand_over(going)
    assert isinstance(done, HandedOver)
    assert done.folder
    assert done.folder.name == f"{NAME}-2"


def test_a_name_that_is_in_the_way_of_a_finished_pack_is_told(
    going: KitWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = leave_hidden(going, 2, monkeypatch)
    in_the_way = hidden.with_name(hidden.name.removeprefix(".unfinished-"))
    in_the_way.mkdir()
    with pytest.raises(UsageProblem, match="is there already"):
        hand_over(going)
    in_the_way.rename(in_the_way.with_name("mine"))
    hand_over(going)
    assert numbers_in_packs(going) == ["1", "2", "3", "4", "5"]


def test_two_runs_at_once_hand_nothing_over_twice(going: KitWorld, tmp_path: Path) -> None:
    second = KitWorld(tmp_path / "another move", posts_of(6))
    with going.ledger(), pytest.raises(Busy):
        second.hand_over(2)
    with going.workspace.hold("another"), pytest.raises(Busy):
        going.hand_over(2)
    assert numbers_in_packs(second) == []
    going.hand_over(2)
    second.hand_over(2)
    assert sorted([*numbers_in_packs(going), *numbers_in_packs(second)]) == [*"12345"]


@pytest.fixture
def kit_disk(going: KitWorld) -> Iterator[Path]:
    """A small disk in the place of the packs' folder."""
    kit = going.workspace.kit
    shutil.rmtree(kit)
    with small_disk(kit, "1m"):
        yield kit


@needs_root
@pytest.mark.parametrize("killed", [pytest.param(False, marks=pytest.mark.complete), True])
def test_packs_that_may_not_be_written_are_told_and_go_on_once_they_may(
    going: KitWorld, kit_disk: Path, monkeypatch: pytest.MonkeyPatch, killed: bool
) -> None:
    def remount(how: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{how}", kit_disk], check=True, capture_output=True)

    if killed:
        leave_hidden(going, 2, monkeypatch)
    before = going.states()
    remount("ro")
    with pytest.raises(UsageProblem, match="may not be opened"):
        hand_over(going)
    assert going.states() == before
    remount("rw")
    hand_over(going)
    assert numbers_in_packs(going) == [*"23" * killed, *("45" if killed else "23")]


@needs_root
def test_a_full_disk_hands_nothing_over(going: KitWorld, kit_disk: Path) -> None:
    before = going.states()
    for free in (0, 4_096, 16_384, 65_536):
        fill(kit_disk, free)
        with pytest.raises(RetryLater, match="disk is full"):
            hand_over(going, None)
        assert (going.states(), [p.name for p in kit_disk.iterdir()]) == (before, ["full"])
    (kit_disk / "full").unlink()
    hand_over(going)
    assert numbers_in_packs(going) == ["2", "3"]


def fill(disk: Path, free: int) -> None:
    (disk / "full").unlink(missing_ok=True)
    stat = os.statvfs(disk)
    with (disk / "full").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, stat.f_bavail * stat.f_bsize - free)


def test_a_pack_of_which_no_zip_could_be_made_is_shown_all_the_same(
    going: KitWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path) -> Path:
        raise RetryLater("The disk is full.")

    monkeypatch.setattr(handing, "zip_pack", full)
    (done,) = hand_over(going, zip=True)
    assert isinstance(done, HandedOver)
    assert done.folder
    assert done.folder.is_dir()
    assert done.zip_error


def test_a_note_that_goes_anew_is_in_no_old_pack_any_more(going: KitWorld) -> None:
    (done,) = hand_over(going, 3, zip=True)
    assert isinstance(done, HandedOver)
    assert done.folder
    assert done.zip
    second, third = going.plan.notes[1:3]
    assert send_anew(going, second) == (PackedBefore(second, done.folder.name, is_out=True),)
    page = (done.folder / "index.html").read_text("utf-8")
    assert "Do not post note 2 from here." in page
    assert 'data-number="2"' not in page
    assert 'data-number="3"' in page
    assert page.count("2 notes to post by hand") == 2
    alone = done.folder / "01-note-2-do-not-post" / "note.html"
    assert "Nothing to post from here" in alone.read_text("utf-8")
    assert not (done.folder / "01-note-2").exists()
    check_sums(done.folder)
    with ZipFile(done.zip) as packed:
        inside = json.loads(packed.read(f"{done.folder.name}/pack.json"))
    assert [note["number"] for note in inside["notes"]] == ["3", "4"]
    going.link(third)
    with (
        going.workspace.hold("a test"),
        resolving(going.workspace, going.target, command="a test", operator="mila") as resolver,
    ):
        write_retry(resolver, prepare_retry(resolver, third))  # it was deleted there
        assert [one.is_out for one in resolver.packed_before] == [True]
    hand_over(going, None)
    assert numbers_in_packs(going) == [*"123456"]


def test_a_pack_is_found_under_any_name_and_where_it_is_gone_that_is_told(going: KitWorld) -> None:
    (done,) = hand_over(going, 3)
    assert isinstance(done, HandedOver)
    assert done.folder
    renamed = done.folder.rename(done.folder.with_name("Monday evening"))
    second, third = going.plan.notes[1:3]
    assert [one.is_out for one in send_anew(going, second)] == [True]
    check_sums(renamed)
    shutil.rmtree(renamed)
    (told,) = send_anew(going, third)
    assert (told.note, told.pack, told.is_out) == (third, done.folder.name, False)
    hand_over(going, None)
    assert numbers_in_packs(going) == ["1", "2", "3", "5", "6"]
    assert going.states()["4"] is State.HANDED  # as far as anybody said


def test_killed_before_the_answer_is_written_the_note_is_in_no_pack_and_the_same_answer_goes_on(
    going: KitWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    (done,) = hand_over(going, 2)
    assert isinstance(done, HandedOver)
    assert done.folder
    second = going.plan.notes[1]
    for place, name in ((withdrawal, "without_note"), (withdrawal, "write_pack_document")):
        with monkeypatch.context() as patch:
            patch.setattr(place, name, dying_after(getattr(place, name)))
            with pytest.raises(Died):
                send_anew(going, second)
        assert going.states()["2"] is State.HANDED
    send_anew(going, second)
    check_sums(done.folder)
    hand_over(going, None)
    assert numbers_in_packs(going) == [*"123456"]


def test_where_a_pack_cannot_be_changed_nothing_is_said_of_its_note(
    going: KitWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over(going, 2)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(CrossoverError, match="disk is full"):
            send_anew(going, going.plan.notes[1])
    assert going.states()["2"] is State.HANDED
