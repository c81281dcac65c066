"""What is kept of uploads: on disk at once, for nobody else to read, and gone when settled."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crossover.accounts.folder import AccountFolder
from crossover.accounts.upload_memory import FileUploadMemory
from crossover.errors import RetryLater, UsageProblem
from crossover.model.uploads import BegunUpload, SentPart, UploadedFile
from tests.makers import note

LATER = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECRETS = ("CANARY-FILE-ID", "CANARY-TOKEN", "CANARY-ADDRESS", "CANARY-UPLOAD-ID")
BEGUN = BegunUpload(
    path="media/1.mp4",
    sha256="a" * 64,
    bytes=12_000_000,
    mtime_ns=1_795_000_000_123_456_789,
    part_bytes=5_242_880,
    file_id=SECRETS[0],
    token=SECRETS[1],
    address=SECRETS[2],
    expires=LATER,
)
UPLOADED = UploadedFile("b" * 64, 7, "s/b", None, LATER)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "uploads" / "note.json"


def test_a_begun_upload_outlives_the_process(path: Path) -> None:
    FileUploadMemory(path).remember_upload(BEGUN)
    further = replace(
        BEGUN,
        upload_id=SECRETS[3],
        parts=(SentPart(1, '"one"'), SentPart(3, '"three"')),
        completing=True,
    )
    FileUploadMemory(path).remember_upload(further)
    assert FileUploadMemory(path).begun_uploads() == {BEGUN.sha256: further}
    assert FileUploadMemory(path).uploaded_files() == {}


def test_a_file_that_arrived_takes_the_place_of_its_begun_upload(path: Path) -> None:
    memory = FileUploadMemory(path)
    other = replace(BEGUN, sha256="c" * 64)
    memory.remember_upload(BEGUN)
    memory.remember_upload(other)
    memory.remember_file(UPLOADED)
    memory.remember_file(replace(UPLOADED, sha256=BEGUN.sha256))
    assert set(memory.uploaded_files()) == {UPLOADED.sha256, BEGUN.sha256}
    assert memory.begun_uploads() == {other.sha256: other}


def test_dropping_the_last_thing_known_leaves_no_file(path: Path) -> None:
    memory = FileUploadMemory(path)
    memory.forget_upload(BEGUN.sha256)
    memory.remember_upload(BEGUN)
    memory.forget_upload(BEGUN.sha256)
    assert not path.exists()
    memory.remember_file(UPLOADED)
    memory.remember_upload(BEGUN)
    memory.forget_upload(BEGUN.sha256)
    assert (memory.uploaded_files(), memory.begun_uploads()) == ({UPLOADED.sha256: UPLOADED}, {})
    memory.forget()
    assert list(path.parent.iterdir()) == []


def test_a_file_of_the_first_version_is_read(path: Path) -> None:
    path.parent.mkdir()
    kept = {
        "sha256": UPLOADED.sha256,
        "bytes": 7,
        "file_id": "s/b",
        "video_id": None,
        "expires": "2026-11-23T12:00:00Z",
    }
    path.write_text(json.dumps({"format": "crossover/uploads", "version": 1, "files": [kept]}))
    memory = FileUploadMemory(path)
    assert memory.uploaded_files() == {UPLOADED.sha256: UPLOADED}
    assert memory.begun_uploads() == {}
    memory.remember_upload(BEGUN)
    assert memory.uploaded_files() == {UPLOADED.sha256: UPLOADED}
    assert json.loads(path.read_text())["version"] == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: '{"format":"crossover/uploads","version":2,"begun":[{}]}',
        lambda text: text.replace("crossover/uploads", "crossover/ledger"),
        lambda text: text.replace('"version": 2', '"version": 3'),
        lambda text: "[" * 100_000,
        lambda text: "\0" * len(text),
    ],
    ids=["empty", "half", "shape", "format", "newer", "nested", "zeros"],
)
def test_a_damaged_memory_is_dropped_and_begun_again(
    path: Path, damage: Callable[[str], str], caplog: pytest.LogCaptureFixture
) -> None:
    memory = FileUploadMemory(path)
    memory.remember_file(UPLOADED)
    memory.remember_upload(BEGUN)
    memory.remember_part(BEGUN, SentPart(1, '"one"'))
    path.write_text(damage(path.read_text()))
    again = FileUploadMemory(path)
    assert (again.uploaded_files(), again.begun_uploads()) == ({}, {})
    assert path.name in caplog.text
    assert not any(secret in caplog.text for secret in SECRETS)
    assert list(path.parent.iterdir()) == []
    again.remember_upload(BEGUN)
    assert FileUploadMemory(path).begun_uploads() == {BEGUN.sha256: BEGUN}
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("ending", [".json", ".parts"])
def test_a_folder_in_the_way_is_put_aside_with_what_is_in_it(path: Path, ending: str) -> None:
    folder = path.with_suffix(ending)
    folder.mkdir(parents=True)
    (folder / "photo.jpg").write_text("mine")
    begun = replace(BEGUN, upload_id="u")
    memory = FileUploadMemory(path)
    assert memory.begun_uploads() == {}
    memory.remember_upload(begun)
    memory.remember_part(begun, SentPart(1, '"one"'))
    [found] = FileUploadMemory(path).begun_uploads().values()
    assert found.parts == (SentPart(1, '"one"'),)
    [aside] = path.parent.glob("*.aside-*")
    assert (aside / "photo.jpg").read_text() == "mine"
    memory.forget()
    assert list(path.parent.iterdir()) == [aside]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="modes do not bind there")
def test_a_memory_that_may_not_be_read_is_kept(path: Path) -> None:
    FileUploadMemory(path).remember_upload(BEGUN)
    path.chmod(0)
    with pytest.raises(UsageProblem):
        FileUploadMemory(path).begun_uploads()
    path.chmod(0o600)
    assert FileUploadMemory(path).begun_uploads() == {BEGUN.sha256: BEGUN}


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="a write that always fails needs Linux's /dev/full"
)
def test_a_full_disk_costs_no_part_that_was_remembered(path: Path) -> None:
    begun = replace(BEGUN, upload_id="u", parts=(SentPart(1, '"one"'),))
    memory = FileUploadMemory(path)
    memory.remember_upload(begun)
    path.with_suffix(".parts").symlink_to("/dev/full")
    with pytest.raises(RetryLater, match="disk is full"):
        memory.remember_part(begun, SentPart(2, '"two"'))
    path.with_suffix(".parts").unlink()
    assert FileUploadMemory(path).begun_uploads() == {BEGUN.sha256: begun}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no permission bits to look at")
def test_nobody_else_may_read_it(path: Path) -> None:
    for step in range(3):
        FileUploadMemory(path).remember_upload(replace(BEGUN, parts=(SentPart(step + 1, "x"),)))
        assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_each_part_is_known_to_the_next_process_at_once(path: Path) -> None:
    begun = replace(BEGUN, upload_id=SECRETS[3])
    memory = FileUploadMemory(path)
    memory.remember_upload(begun)
    memory.remember_part(begun, SentPart(1, '"one"'))
    memory.remember_part(begun, SentPart(2, '"two"'))
    parts = (SentPart(1, '"one"'), SentPart(2, '"two"'))
    assert FileUploadMemory(path).begun_uploads() == {BEGUN.sha256: replace(begun, parts=parts)}
    if os.name != "nt":
        assert {p.stat().st_mode & 0o777 for p in path.parent.iterdir()} == {0o600}
    # Written as a whole again, nothing is lost and nothing is there twice.
    memory.remember_file(UPLOADED)
    assert FileUploadMemory(path).begun_uploads() == {BEGUN.sha256: replace(begun, parts=parts)}
    assert [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("torn", range(1, 30, 4))
def test_a_line_that_a_crash_tore_costs_its_part_alone(path: Path, torn: int) -> None:
    begun = replace(BEGUN, upload_id="u")
    memory = FileUploadMemory(path)
    memory.remember_upload(begun)
    memory.remember_part(begun, SentPart(1, '"one"'))
    lines = path.with_suffix(".parts")
    memory.remember_part(begun, SentPart(2, '"two"'))
    lines.write_bytes(lines.read_bytes()[:-torn])
    FileUploadMemory(path).remember_part(begun, SentPart(3, '"three"'))
    [found] = FileUploadMemory(path).begun_uploads().values()
    assert found.parts == (SentPart(1, '"one"'), SentPart(3, '"three"'))


def test_lines_of_an_upload_given_up_count_for_nothing(path: Path) -> None:
    old, new = replace(BEGUN, upload_id="old"), replace(BEGUN, upload_id="new")
    memory = FileUploadMemory(path)
    memory.remember_upload(old)
    memory.remember_part(old, SentPart(1, '"one"'))
    left = path.with_suffix(".parts").read_bytes()
    memory.forget_upload(BEGUN.sha256)
    assert list(path.parent.iterdir()) == []
    memory.remember_upload(new)
    path.with_suffix(".parts").write_bytes(left)  # a crash before it was removed
    assert FileUploadMemory(path).begun_uploads() == {BEGUN.sha256: new}


def test_lines_are_brought_to_the_disk_once_a_second(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr("crossover.storage.atomic.os.fsync", synced.append)
    now = [0.0]
    memory = FileUploadMemory(path, monotonic=lambda: now[0])
    memory.remember_upload(BEGUN)
    synced.clear()
    for step in range(25):
        now[0] = step / 10
        memory.remember_part(BEGUN, SentPart(step + 1, '"x"'))
    assert len(synced) == (2 if os.name == "nt" else 4)  # each time the file, then its folder


def test_no_capability_is_in_a_repr() -> None:
    shown = repr(replace(BEGUN, upload_id=SECRETS[3]))
    assert not any(secret in shown for secret in SECRETS)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no permission bits to look at")
def test_a_new_account_is_for_its_owner_alone(tmp_path: Path) -> None:
    account = AccountFolder(tmp_path / "accounts" / "rehearsal")
    with account.hold("upload"):
        assert account.path.stat().st_mode & 0o777 == 0o700


def test_each_note_of_an_account_has_a_memory_of_its_own(tmp_path: Path) -> None:
    account = AccountFolder(tmp_path)
    first, second = note(part=(1, 2)), note(part=(2, 2))
    account.memory(first).remember_upload(BEGUN)
    assert account.memory(second).begun_uploads() == {}
    assert account.memory(first).begun_uploads() == {BEGUN.sha256: BEGUN}
