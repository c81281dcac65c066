"""Practise, empty the account, practise again: whatever is in the way, the notes are there once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.road.conftest import Crossover

# Ends the process where a file of that name would be removed next.
KILLED = """
import os, sys
from pathlib import Path
real, fatal = Path.unlink, sys.argv.pop(1)
def unlink(self, missing_ok=False):
    if self.name == fatal:
        os._exit(9)
    real(self, missing_ok)
Path.unlink = unlink
from {module} import main
sys.exit(main())
"""


def sent(crossover: Crossover, root: Path) -> list[Any]:
    done = crossover("upload", "-w", root, "--batch", 2)
    assert done.returncode == 0, done.stderr
    notes = crossover.json("rehearsal", "notes", "-w", root, "--json")
    return [(note["title"], note["desc"], note["media"]) for note in notes]


def test_after_a_reset_every_note_goes_out_again_once(crossover: Crossover, planned: Path) -> None:
    first = sent(crossover, planned)
    assert len(first) == 2
    kept = {path.name for path in (planned / "rehearsal").iterdir()}
    assert {"ledger.sqlite", "ledger.json"} <= kept
    done = crossover("rehearsal", "reset", "-w", planned, "--yes")
    assert done.returncode == 0, done.stderr
    left = {path.name for path in (planned / "rehearsal").iterdir()}
    assert left <= {"server.json", "server.log", "server.lock", "lock"}
    assert sent(crossover, planned) == first


@pytest.mark.parametrize(
    ("module", "file"),
    [
        ("crossover.rehearsal.__main__", "store.sqlite3"),
        ("crossover.cli", "ledger.json"),
    ],
)
def test_a_reset_killed_anywhere_is_followed_by_an_upload_or_a_reset(
    crossover: Crossover, planned: Path, module: str, file: str
) -> None:
    first = sent(crossover, planned)
    practice = planned / "rehearsal"
    (practice / "uploads").mkdir(exist_ok=True)
    (practice / "uploads" / "7301.1.json").write_text("{}")
    flags = ["rehearsal"] if module == "crossover.cli" else []
    reset = [file, *flags, "reset", "--data", str(practice), "--yes"]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED.format(module=module), *reset],
        env=crossover.environment,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert killed.returncode == 9
    notes = sent(crossover, planned)
    assert len(notes) == len({note[0:2] for note in notes}), "a note went out twice"
    assert crossover("rehearsal", "reset", "-w", planned, "--yes").returncode == 0
    assert sent(crossover, planned) == first
