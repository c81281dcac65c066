"""Practise, empty the account, practise again: whatever is in the way, the notes are there once."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from crossover.rehearsal.store.store import read_notes
from tests.once import made_once
from tests.road.conftest import Crossover, Typed, copied

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


@dataclass(frozen=True)
class Practised:
    """A workspace of which two notes were sent, and what was received."""

    root: Path
    notes: list[Any]


@pytest.fixture(scope="session")
def _practised(
    crossover: Crossover, few_once: Path, tmp_path_factory: pytest.TempPathFactory
) -> Practised:
    def make(folder: Path) -> None:
        sent(crossover, copied(few_once, folder / "workspace"))

    root = made_once(tmp_path_factory, "practised", make) / "workspace"
    return Practised(root, received(root))


@pytest.fixture
def practised(_practised: Practised, tmp_path: Path) -> Practised:
    return replace(_practised, root=copied(_practised.root, tmp_path / "workspace"))


def sent(crossover: Crossover | Typed, root: Path) -> list[Any]:
    done = crossover("upload", "-w", root, "--batch", 2)
    assert done.returncode == 0, done.stderr
    return received(root)


def received(root: Path) -> list[Any]:
    return [(note.title, note.desc, note.media) for note in read_notes(root / "rehearsal")]


def test_after_a_reset_every_note_goes_out_again_once(typed: Typed, practised: Practised) -> None:
    root, practice = practised.root, practised.root / "rehearsal"
    assert len(practised.notes) == 2
    assert {"ledger.sqlite", "ledger.json"} <= {path.name for path in practice.iterdir()}
    done = typed("rehearsal", "reset", "-w", root, "--yes")
    assert done.returncode == 0, done.stderr
    left = {path.name for path in practice.iterdir()}
    assert left <= {"server.json", "server.log", "server.lock", "lock"}
    assert sent(typed, root) == practised.notes


@pytest.mark.parametrize(
    ("module", "file"),
    [
        pytest.param("crossover.rehearsal.__main__", "store.sqlite3", marks=pytest.mark.complete),
        ("crossover.cli.main", "ledger.json"),
    ],
)
def test_a_reset_killed_anywhere_is_followed_by_an_upload_or_a_reset(
    crossover: Crossover, typed: Typed, practised: Practised, module: str, file: str
) -> None:
    root, practice = practised.root, practised.root / "rehearsal"
    (practice / "uploads").mkdir(exist_ok=True)
    (practice / "uploads" / "7301.1.json").write_text("{}")
    flags = ["rehearsal"] if module == "crossover.cli.main" else []
    reset = [file, *flags, "reset", "--data", str(practice), "--yes"]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED.format(module=module), *reset],
        env=crossover.environment,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert killed.returncode == 9
    notes = sent(typed, root)
    assert len(notes) == len({note[0:2] for note in notes}), "a note went out twice"
    assert typed("rehearsal", "reset", "-w", root, "--yes").returncode == 0
    assert sent(typed, root) == practised.notes
