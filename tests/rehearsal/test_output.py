"""What the stand-in says, where nothing can be said; and what it lists where nothing can be
written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crossover.rehearsal.__main__ import main
from crossover.rehearsal.server.app import build_app
from crossover.rehearsal.store.store import FILE_NAME, StoreProblem, read_notes
from tests.rehearsal.direct import in_process
from tests.rehearsal.makers import Practice, photos

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(
    not FULL.exists(), reason="a write that always fails needs Linux's /dev/full"
)


@pytest.fixture(params=["closed", pytest.param("full", marks=needs_full)])
def nobody_told(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A stderr that takes nothing."""
    if request.param == "closed":
        monkeypatch.setattr(sys, "stderr", None)
        yield
        return
    with FULL.open("w") as full:
        monkeypatch.setattr(sys, "stderr", full)
        yield
        os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())


@pytest.mark.usefixtures("nobody_told")
def test_what_ends_a_command_is_its_code_where_nobody_can_be_told(folder: Path) -> None:
    assert main(["reset", "--data", str(folder)]) == 0
    folder.mkdir()
    (folder / FILE_NAME).write_text("no database")
    assert main(["notes", "--data", str(folder)]) == 1


@pytest.mark.usefixtures("nobody_told")
def test_a_note_is_stored_though_neither_its_page_nor_that_can_be_written(
    practice: Practice, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("crossover.rehearsal.profile.refresh.write_profile", full)
    assert practice.create(photos(practice.file()))["success"]
    assert len(read_notes(folder)) == 1


@needs_full
def test_a_list_that_finds_a_full_disk_is_said_in_one_line(folder: Path) -> None:
    with FULL.open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "crossover.rehearsal", "notes", "--data", folder],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ended.returncode == 5
    assert ended.stderr == b"Error: The disk is full: standard output could not be written.\n"


def test_a_list_without_a_stdout_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as closed:
        closed.setattr(sys, "stdout", None)
        assert main(["notes", "--data", str(folder)]) == 2
    assert "Standard output is closed" in capsys.readouterr().err


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing in `folder` can be written, not by root either."""
    if os.name == "nt":
        pytest.skip("no modes there")
    if os.geteuid():
        folder.chmod(0o500)
        yield
        folder.chmod(0o700)
        return
    bound = subprocess.run(["mount", "--bind", folder, folder], capture_output=True, check=False)
    if bound.returncode:
        pytest.skip("root may write everywhere here, and mount nothing")
    try:
        options = "remount,ro,bind"
        subprocess.run(["mount", "-o", options, folder], capture_output=True, check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", folder], capture_output=True, check=False)


def practise(folder: Path) -> None:
    sandbox = build_app(folder)
    with in_process(sandbox) as practice:
        assert practice.create(photos(practice.file(), title="First kiln"))["success"]
    sandbox.close()


def test_notes_are_listed_in_a_folder_that_cannot_be_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    practise(folder)
    with read_only(folder):
        assert main(["notes", "--data", str(folder)]) == 0
    assert "First kiln" in capsys.readouterr().out


def test_notes_that_did_not_get_into_the_store_are_never_passed_over(folder: Path) -> None:
    practise(folder)
    (folder / f"{FILE_NAME}-wal").write_bytes(b"x" * 4096)  # its server was killed
    with read_only(folder), pytest.raises(StoreProblem, match="cannot be read"):
        read_notes(folder)


@pytest.mark.parametrize("command", [["notes"], ["serve"], ["reset", "--yes"]])
def test_a_folder_that_may_not_be_opened_is_said_in_one_line(
    folder: Path,
    command: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    practise(folder)

    def refuse(path: object, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    for name in ("stat", "mkdir", "read_text"):
        monkeypatch.setattr(Path, name, refuse)
    assert main([*command, "--data", str(folder)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"Error: {folder}")
    assert said.endswith(" may not be opened: Permission denied.\n")
    assert said.count("\n") == 1
