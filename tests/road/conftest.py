"""The real command on the sample export: real processes, real files, the real rehearsal."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

DEMO = Path(__file__).parents[2] / "sample_exports" / "demo"


@dataclass
class Crossover:
    """The command, with a home folder of its own."""

    home: Path

    def command(self, *arguments: object) -> list[str]:
        return [sys.executable, "-m", "crossover", *map(str, arguments)]

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("CROSSOVER_", "XDG_"))}
        home = str(self.home)
        return kept | {"HOME": home, "USERPROFILE": home, "LOCALAPPDATA": home, "COLUMNS": "100"}

    def __call__(
        self, *arguments: object, timeout: float = 120
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            self.command(*arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=timeout,
            check=False,
        )
        assert "Traceback" not in done.stderr + done.stdout
        return done

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*arguments),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def json(self, *arguments: object) -> Any:
        done = self(*arguments)
        assert done.returncode in (0, 3), done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="session")
def crossover(tmp_path_factory: pytest.TempPathFactory) -> Crossover:
    return Crossover(tmp_path_factory.mktemp("home"))


@dataclass(frozen=True)
class Migrated:
    """A workspace after `migrate` on the demo, and what the command said."""

    root: Path
    done: subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def migrated(crossover: Crossover, tmp_path_factory: pytest.TempPathFactory) -> Migrated:
    """Nobody may change this workspace; take a copy with `planned` for that."""
    root = tmp_path_factory.mktemp("migrated") / "workspace"
    return Migrated(root, crossover("migrate", DEMO, "--to", "rehearsal", "--yes", "-w", root))


@pytest.fixture
def planned(migrated: Migrated, tmp_path: Path) -> Path:
    """A workspace of its own, planned, with nothing sent yet."""
    root = tmp_path / "workspace"
    shutil.copytree(migrated.root, root, ignore=shutil.ignore_patterns("rehearsal", "lock*"))
    return root


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """A fault script that leaves time to do things in the middle."""
    path = tmp_path / "slow.yaml"
    path.write_text(
        "faults:\n"
        "  - {call: put, fault: slow, seconds: 0.02}\n"
        "  - {call: create, fault: slow, seconds: 0.08}\n"
    )
    return path


@pytest.fixture
def stuck(tmp_path: Path) -> Path:
    """A fault script that keeps a run at its first file until somebody ends it."""
    path = tmp_path / "stuck.yaml"
    path.write_text("faults:\n  - {call: put, fault: slow, seconds: 300}\n")
    return path


def temp_files(root: Path) -> list[Path]:
    """Half-made files of anybody's."""
    return [p for p in root.rglob("*") if "tmp" in p.name or p.suffix == ".part"]
