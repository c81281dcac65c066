"""`crossover rehearsal serve` takes what the stand-in takes, and refuses in its own words."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.rehearsal.makers import run_crossover, run_rehearsal


@pytest.mark.parametrize("port", ["-1", "65536", "99999", "x"])
def test_a_port_that_is_none_is_refused_in_the_commands_own_words(
    tmp_path: Path, port: str
) -> None:
    folder = tmp_path / "practice"
    refused = run_crossover("rehearsal", "serve", "--data", folder, "--port", port)
    assert refused.returncode == 2
    assert b"crossover rehearsal serve" in refused.stderr
    assert b"crossover.rehearsal" not in refused.stderr
    assert not folder.exists()


def test_the_command_serves_with_every_flag_a_person_may_give_the_stand_in() -> None:
    def flags(text: bytes) -> set[bytes]:
        return set(re.findall(rb"--[a-z-]+", text))

    others = {b"--embedded", b"--leashed", b"--editor"}  # for programs and for tests
    alone = flags(run_rehearsal("serve", "--help").stdout) - others
    assert alone <= flags(run_crossover("rehearsal", "serve", "--help").stdout)


def test_an_emptied_account_is_told_as_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "server.json").write_text('{"format": "crossover-rehearsal/server"}')
    done = run_crossover("rehearsal", "reset", "--data", tmp_path, "--yes")
    assert done.returncode == 0
    assert done.stderr.decode().split() == f"The practice account in {tmp_path} is empty.".split()


@pytest.mark.parametrize("command", [("notes",), ("reset", "--yes"), ("serve",)])
def test_a_stand_in_that_cannot_be_started_is_explained(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    (tmp_path / "server.json").write_text('{"format": "crossover-rehearsal/server"}')

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("subprocess.Popen", refuse)
    code, said = run("rehearsal", *command, "--data", tmp_path)
    assert code == 1
    assert said.startswith(
        "Error: The practice account could not be started: Permission denied. Check that"
    )


def test_an_account_that_may_not_be_opened_is_not_taken_for_none(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    code, said = run("rehearsal", "reset", "--data", tmp_path, "--yes")
    assert code == 2
    assert "may not be opened: Permission denied. Check who owns it." in said


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that ends a process so")
@pytest.mark.parametrize("command", [("notes",), ("reset", "--yes"), ("serve",)])
def test_a_stand_in_that_is_killed_is_for_later(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    (tmp_path / "server.json").write_text('{"format": "crossover-rehearsal/server"}')
    killed = [sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]
    monkeypatch.setattr("crossover.cli.commands.rehearsal.rehearsal_command", lambda *_: killed)
    monkeypatch.setattr("crossover.cli.commands.rehearsal.check_folder", lambda _: None)
    code, said = run("rehearsal", *command, "--data", tmp_path)
    assert code == 5
    assert said == "Error: The practice account was ended from outside. Run the same command again."
