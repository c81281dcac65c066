"""What is written is whole or not there, private where it must be, and one run holds a folder."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.accounts.folder import AccountFolder
from crossover.errors import Busy, CrossoverError, RetryLater, UsageProblem
from crossover.storage import atomic
from crossover.storage.atomic import make_private_folder, temp_beside, write_atomic
from crossover.storage.documents import (
    digest_each,
    encode_document,
    read_document,
    to_json,
    write_document,
)
from crossover.storage.lock import hold_lock
from crossover.workspace import Workspace
from tests.tier import examples


@dataclass(frozen=True)
class Letter:
    words: str
    count: int = 1


def test_a_document_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "letter.json"
    write_document(path, "letter", 1, Letter("语 \u2028 \ud83d"[:-1]))
    assert read_document(path, "letter", 1, Letter) == Letter("语 \u2028 ")
    assert json.loads(path.read_bytes())["format"] == "crossover/letter"


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)


@settings(max_examples=examples(100))
@given(st.dictionaries(st.text(st.characters(codec="utf-8")), VALUES))
def test_a_document_is_json_with_an_indent_of_one(value: dict[str, Any]) -> None:
    document = {"format": "crossover/letter", "version": 1, **value}
    text = json.dumps(document, ensure_ascii=False, indent=1)
    assert b"".join(encode_document("letter", 1, value)).decode() == text + "\n"


def test_a_digest_of_each_is_of_all_in_their_order() -> None:
    one = digest_each(["a", "b"])
    assert one == digest_each(iter(("a", "b")))
    assert one not in {digest_each(other) for other in (["b", "a"], ["ab"], ["a"], [["a", "b"]])}


def test_half_a_letter_does_not_make_a_document_unreadable(tmp_path: Path) -> None:
    """A name of a file may hold one, where its folder came from another system."""
    path = tmp_path / "letter.json"
    write_document(path, "letter", 1, Letter("a\udce9.mp4"))
    assert read_document(path, "letter", 1, Letter) == Letter("a?.mp4")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no permission bits to look at")
def test_a_document_is_for_its_owner_alone(tmp_path: Path) -> None:
    write_document(tmp_path / "a.json", "letter", 1, Letter("x"))
    assert (tmp_path / "a.json").stat().st_mode & 0o777 == 0o600


def test_a_new_folder_is_for_its_owner_alone_and_lasts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each folder's name is on disk before anything is put into it."""
    synced: list[Path] = []
    monkeypatch.setattr(atomic, "sync_folder", synced.append)
    make_private_folder(tmp_path / "a" / "b")
    assert synced == [tmp_path, tmp_path / "a"]
    if os.name != "nt":
        modes = [(tmp_path / name).stat().st_mode & 0o777 for name in ("a", "a/b")]
        assert modes == [0o700, 0o700]
    make_private_folder(tmp_path / "a" / "b")
    with hold_lock(tmp_path / "a" / "c", "this", "test"):
        assert synced[2] == tmp_path / "a"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "damaged"),
        (b"{", "damaged"),
        (b"[1]", "damaged"),
        (b'{"format":"crossover/other","version":1,"words":"x"}', "damaged"),
        (b'{"format":"crossover/letter","version":1}', "damaged"),
        (b'{"format":"crossover/letter","version":7,"words":"x"}', "newer"),
    ],
)
def test_a_broken_document_is_an_error_never_an_empty_one(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(CrossoverError, match=said):
        read_document(path, "letter", 1, Letter)


def test_a_document_of_an_older_version_is_brought_up_step_by_step(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b'{"format":"crossover/letter","version":1,"text":"x"}')
    upgrades = {
        1: lambda old: {"said": old["text"]},
        2: lambda old: {"words": old["said"] + "!"},
    }
    assert read_document(path, "letter", 3, Letter, upgrades) == Letter("x!")


@pytest.mark.parametrize("upgrades", [{}, {1: lambda old: {"words": old["gone"]}}])
def test_what_no_upgrade_brings_up_is_damaged(
    tmp_path: Path, upgrades: dict[int, Callable[[Any], Any]]
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b'{"format":"crossover/letter","version":1,"words":"x"}')
    with pytest.raises(CrossoverError, match=r"damaged \(its version 1 cannot be read\)"):
        read_document(path, "letter", 2, Letter, upgrades)


def test_a_full_disk_leaves_the_former_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    write_atomic(path, b"before")

    def full(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RetryLater, match="full"):
        write_atomic(path, b"after")
    assert path.read_bytes() == b"before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]


def test_a_disk_that_may_not_be_written_says_so_even_while_cleaning_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "fsync", read_only)
    monkeypatch.setattr(Path, "unlink", read_only)
    with pytest.raises(UsageProblem, match="Read-only"):
        write_atomic(tmp_path / "a", b"x")
    monkeypatch.setattr(Path, "mkdir", read_only)
    with pytest.raises(UsageProblem, match="Read-only"):
        write_atomic(tmp_path / "b" / "a", b"x")
    with pytest.raises(UsageProblem, match="Read-only"), hold_lock(tmp_path / "b", "it", "test"):
        pass


@pytest.mark.parametrize("name", ["file", "file/below", "x" * 300])
def test_what_can_be_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageProblem), hold_lock(tmp_path / name, "this folder", "test"):
        pass


def half_made(path: Path) -> Path:
    """A file that a run has not finished."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temp = temp_beside(path)
    temp.write_bytes(b"half")
    return temp


def test_the_next_run_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    left = [half_made(tmp_path / name) for name in ("a.json", "deep/a.jpg", "deep/deeper/a.jpg")]
    with hold_lock(tmp_path, "this folder", "test", below=("deep", "not there")):
        assert [temp for temp in left if temp.exists()] == []


def test_what_is_half_made_under_another_lock_stays(tmp_path: Path) -> None:
    """Of a practice account in the workspace, or of workspaces below this one: a run may be at
    work there."""
    workspace, other = Workspace(tmp_path), Workspace(tmp_path / "other")
    account = AccountFolder(workspace.practice)
    with account.hold("upload"), other.hold("fetch"):
        at_work = [
            half_made(account.path / "ledger.json"),
            half_made(account.path / "uploads" / "1.json"),
            half_made(other.media / "fetched" / "1.mp4"),
        ]
        with workspace.hold("plan"):
            assert [temp for temp in at_work if not temp.exists()] == []
    with account.hold("upload"), other.hold("fetch"):
        assert [temp for temp in at_work if temp.exists()] == []


@pytest.mark.parametrize(
    "name", ["posts.json", "media/1.mp4", "media/fetched/1.mp4", "ready/1.jpg"]
)
def test_the_lock_of_a_workspace_covers_every_file_in_the_making(tmp_path: Path, name: str) -> None:
    temp = half_made(tmp_path / name)
    with Workspace(tmp_path).hold("plan"):
        assert not temp.exists()


def test_a_second_run_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from crossover.storage.lock import hold_lock\n"
        "with hold_lock(pathlib.Path(sys.argv[1]), 'this folder', 'first command'):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with (
            pytest.raises(Busy, match=f"first command`, process {first.pid} on"),
            hold_lock(tmp_path, "this folder", "second"),
        ):
            pass
        first.kill()
        first.wait(10)
    with hold_lock(tmp_path, "this folder", "after a kill"):
        pass


def test_json_for_programs_is_plain_ascii() -> None:
    assert to_json(Letter("语\x9b\u202e")).isascii()


@pytest.mark.parametrize(
    ("number", "kind", "said"),
    [
        (errno.ENOSPC, RetryLater, "Free some space"),
        (errno.EFBIG, UsageProblem, "a folder on another disk"),
        (errno.EIO, CrossoverError, "Check the disk"),
    ],
)
def test_a_disk_that_does_not_take_a_file_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type, said: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(CrossoverError) as caught:
        write_atomic(tmp_path / "posts.json", b"{}")
    assert type(caught.value) is kind
    assert said in caught.value.next
