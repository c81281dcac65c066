"""`upload --to kit` is killed at every kind of effect on the disk: a note is in one pack at most, and what
can be seen the ledger knows."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.programs import program
from tests.road.conftest import Crossover

LINK = "https://www.rednote.com/explore/64a1f0c2000000001203e5b7"
MOST = 200
"""More effects of one kind than a run has."""


class Move:
    """A workspace with its accounts, in a folder that can be copied."""

    def __init__(self, folder: Path) -> None:
        self.root, self.home = folder / "move", folder / "home"

    def run(self, *arguments: str, under: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        command = Crossover(self.home)
        done = subprocess.run(
            [*under, *command.command(*arguments, "-w", self.root)],
            env=command.environment | {"CROSSOVER_HOME": str(self.home / "data")},
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done

    def states(self) -> dict[str, str]:
        status = json.loads(self.run("status", "--json").stdout)
        return {note["number"]: note["state"] for note in status["notes"]}

    def in_packs(self) -> list[str]:
        """The notes of the packs that can be seen."""
        folders = [p for p in (self.root / "kit").iterdir() if not p.name.startswith(".")]
        documents = [
            json.loads((p / "pack.json").read_text("utf-8")) for p in folders if p.is_dir()
        ]
        return [note["number"] for document in documents for note in document["notes"]]

    def hidden(self) -> list[str]:
        return [p.name for p in (self.root / "kit").iterdir() if p.name.startswith(".")]


@pytest.fixture
def begun(few: Path, tmp_path: Path) -> Path:
    """The folder of a move whose first note is posted, and right."""
    folder = tmp_path / "begun"
    folder.mkdir()
    shutil.copytree(few, folder / "move", ignore=shutil.ignore_patterns("rehearsal"))
    move = Move(folder)
    assert move.run("plan", "--to", "kit", "--account", "mila").returncode == 0
    digest = json.loads((move.root / "plan.json").read_text("utf-8"))["digest"][:12]
    agreed = ("--accept-risk", "--account-empty", "--approve", digest)
    assert move.run("upload", *agreed).returncode == 0
    assert move.run("resolve", "--link", f"1={LINK}").returncode == 0
    return folder


@pytest.mark.complete
@pytest.mark.timeout(900)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="strace is a program of Linux")
@pytest.mark.parametrize(("call", "step"), [("fsync", 2), ("fdatasync", 1), ("rename", 1)])
def test_killed_at_any_effect_a_note_is_in_one_pack(
    begun: Path, tmp_path: Path, call: str, step: int, figure: Callable[[str], None]
) -> None:
    strace = program("strace")
    for at in range(1, MOST, step):
        folder = tmp_path / "killed"
        shutil.copytree(begun, folder)
        move = Move(folder)
        kill = ("-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={at}")
        under = (strace, "-f", "-qq", "-o", os.devnull, *kill)
        ended = move.run("upload", "--batch", "3", "--first-note-ok", under=under).returncode
        seen, states = move.in_packs(), move.states()
        assert len(seen) == len(set(seen))
        assert {states[number] for number in seen} <= {"handed", "posted"}
        assert move.run("upload", "--batch", "3", "--first-note-ok").returncode == 0
        seen, states = move.in_packs(), move.states()
        assert len(seen) == len(set(seen))
        assert {n for n, state in states.items() if state == "handed"} <= set(seen)
        assert move.hidden() == []
        shutil.rmtree(folder)
        if ended == 0:
            break
    figure(f"killed at {call} 1 to {at - 1}")
    assert at > step
