"""Emptying the practice account: it and the ledger about it go together, and nothing else goes."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from crossover.cli.main import run_app
from crossover.rehearsal.__main__ import main as rehearsal_main

from .makers import JPEG, MP4, Practice, photos, run_crossover, run_rehearsal, running_server
from .test_multipart import Upload


def fill(practice: Practice) -> None:
    practice.create(photos(practice.file(JPEG)))
    Upload(practice).part(1, MP4)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_reset_empties_the_account_and_keeps_the_port(folder: Path) -> None:
    with running_server(folder) as server:
        fill(server.practice)
        port = server.ready["port"]
        server.end()
    (folder / "media" / "mine.txt").write_text("not the server's")
    done = run_rehearsal("reset", "--data", folder, "--yes")
    assert (done.returncode, done.stdout) == (0, b"")
    assert names(folder) - {"server.lock"} == {"server.json", "media"}
    assert names(folder / "media") == {"mine.txt"}
    with running_server(folder) as server:
        assert server.ready["port"] == port
        assert server.practice.state()["notes"] == 0
        assert server.practice.state()["bytes"] == {"received": 0, "stored": 0}


def test_reset_wants_a_yes_and_a_free_account(folder: Path) -> None:
    with running_server(folder) as server:
        fill(server.practice)
        for ask in (run_rehearsal, crossover_reset):
            assert ask("reset", "--data", folder, "--yes").returncode == 9
        assert server.practice.state()["notes"] == 1
        server.end()
    for ask in (run_rehearsal, crossover_reset):
        refused = ask("reset", "--data", folder)
        assert refused.returncode == 2
        assert b"--yes" in refused.stderr
    assert json.loads(run_rehearsal("notes", "--data", folder, "--json").stdout)


def crossover_reset(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return run_crossover("rehearsal", *arguments)


def test_a_folder_that_is_no_account_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / f"{'a' * 64}.jpg").write_bytes(JPEG)
    (tmp_path / "profile.html").write_text("mine")
    assert run_rehearsal("reset", "--data", tmp_path, "--yes").returncode == 0
    assert names(tmp_path) == {"media", "profile.html"}
    assert crossover_reset("reset", "--data", tmp_path / "none", "--yes").returncode == 0
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", ["profile.html", "server.json"])
def test_a_folder_that_is_no_account_is_not_served(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    refused = run_crossover("rehearsal", "serve", "--data", tmp_path)
    assert refused.returncode == 2
    assert name in refused.stderr.decode()
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {name: "mine"}


def test_a_damaged_account_can_be_reset(folder: Path) -> None:
    folder.mkdir()
    (folder / "server.json").write_text('{"format": "crossover-rehearsal/server"}')
    (folder / "store.sqlite3").write_bytes(b"no database")
    assert run_rehearsal("reset", "--data", folder, "--yes").returncode == 0
    with running_server(folder) as server:
        assert server.practice.state()["notes"] == 0


def test_the_ledger_goes_with_the_account(folder: Path) -> None:
    with running_server(folder) as server:
        fill(server.practice)
        server.end()
    for name in ("ledger.json", "ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"):
        (folder / name).write_bytes(b"")
    (folder / "uploads").mkdir()
    for name in ("7301.1.json", "7301.1.parts", "2024-05-01T09-00-00Z-2.1.json"):
        (folder / "uploads" / name).write_text("{}")
    done = crossover_reset("reset", "--data", folder, "--yes")
    assert (done.returncode, done.stdout) == (0, b"")
    assert not {name for name in names(folder) if name.startswith(("ledger", "uploads", "store"))}


def test_a_ledger_that_is_no_practice_accounts_is_never_touched(tmp_path: Path) -> None:
    for name in ("ledger.sqlite", "ledger.sqlite-wal"):
        (tmp_path / name).write_bytes(b"real")
    done = crossover_reset("reset", "--data", tmp_path, "--yes")
    assert done.returncode == 0
    assert names(tmp_path) == {"ledger.sqlite", "ledger.sqlite-wal"}


def crossover_main(arguments: list[str]) -> int:
    with patch.object(sys, "argv", ["crossover", "rehearsal", *arguments]):
        return run_app()


FOREIGN = {
    "server.json": b'{"port": 8080}',
    "store.sqlite3": b"mine",
    "uploads/photo.jpg": JPEG,
    "uploads/7301.1.json": b"mine",
    "ledger.sqlite": b"mine",
    "ledger.json": b"mine",
    "profile.html": b"mine",
}


@pytest.mark.parametrize("port_file", [b'{"port": 8080}', b"[]", b"no json", b"[" * 9000, None])
@pytest.mark.parametrize("program", [rehearsal_main, crossover_main])
def test_a_folder_of_somebody_elses_is_not_touched(
    tmp_path: Path,
    port_file: bytes | None,
    program: Callable[[list[str]], int],
    capfd: pytest.CaptureFixture[str],
) -> None:
    there = {**FOREIGN, "server.json": port_file} if port_file is not None else dict(FOREIGN)
    if port_file is None:
        del there["server.json"]
    for name, data in there.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data or b"")
    code = program(["reset", "--data", str(tmp_path), "--yes"])
    told = capfd.readouterr()
    assert (code, told.out) == (0, "")
    assert "no practice account" in told.err
    left = {p.relative_to(tmp_path).as_posix(): p for p in tmp_path.rglob("*") if p.is_file()}
    assert {name: path.read_bytes() for name, path in left.items()} == there


@pytest.mark.complete
def test_what_lies_beside_an_account_stays(folder: Path) -> None:
    with running_server(folder) as server:
        server.end()
    mine = ("uploads/photo.jpg", "uploads/notes.json", "ledger.txt", "my.sqlite")
    (folder / "uploads").mkdir()
    for name in mine:
        (folder / name).write_text("mine")
    assert crossover_reset("reset", "--data", folder, "--yes").returncode == 0
    assert all((folder / name).read_text() == "mine" for name in mine)


@pytest.mark.complete
@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals there")
def test_ctrl_c_at_the_question_changes_nothing(folder: Path) -> None:
    import pty

    with running_server(folder) as server:
        fill(server.practice)
        server.end()
    before = names(folder)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "crossover", "rehearsal", "reset", "--data", str(folder)],
        stdin=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    said = b""
    while b"?" not in said:
        said += os.read(ours, 1000)
    while b"changed." not in said:  # a Ctrl-C between the question and the reading of it waits
        process.send_signal(signal.SIGINT)
        while select.select([ours], [], [], 1)[0] and b"changed." not in said:
            said += os.read(ours, 1000)
    assert process.wait(30) == 130
    os.close(ours)
    assert b"Nothing was changed." in said
    assert b"goes on" not in said
    assert names(folder) - {"lock"} == before


@pytest.mark.complete
def test_a_reset_that_was_cut_short_is_finished_by_the_next(folder: Path) -> None:
    with running_server(folder) as server:
        fill(server.practice)
        server.end()
    assert run_rehearsal("reset", "--data", folder, "--yes").returncode == 0
    (folder / "ledger.sqlite").write_bytes(b"")
    assert crossover_reset("reset", "--data", folder, "--yes").returncode == 0
    assert "ledger.sqlite" not in names(folder)
