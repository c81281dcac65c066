"""The real command on the sample export: real processes, real files, the real rehearsal."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from crossover.cli.interrupts import stop_signals
from crossover.cli.main import main
from crossover.rehearsal.store.store import read_notes
from tests.once import made_once

DEMO = Path(__file__).parents[2] / "sample_exports" / "demo"
FEW = 6
LETTER = "letter.txt"
"""A file of the creator's in the folder that `migrated` was made in."""


@dataclass
class Crossover:
    """The command, with a home folder of its own."""

    home: Path

    def command(self, *arguments: object) -> list[str]:
        return [sys.executable, "-m", "crossover", *map(str, arguments)]

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("CROSSOVER_", "XDG_"))}
        names = ("HOME", "USERPROFILE", "LOCALAPPDATA", "CROSSOVER_HOME")
        return kept | dict.fromkeys(names, str(self.home)) | {"COLUMNS": "100"}

    def __call__(
        self, *arguments: object, timeout: float = 120, umask: int = -1
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            self.command(*arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=timeout,
            umask=umask,
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


class Ended(NamedTuple):
    """An exit code, and what was said."""

    code: int
    out: str
    said: str


Run = Callable[..., Ended]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Run]:
    """The command in this process, with an empty home folder: quick, and the screen as it was."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("COLUMNS", "80")
    former = {number: signal.getsignal(number) for number in stop_signals()}

    def one(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["crossover", *map(str, arguments)])
        umask = os.umask(0)
        os.umask(umask)
        with pytest.raises(SystemExit) as caught:
            main()
        os.umask(umask)
        assert isinstance(caught.value.code, int)
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return Ended(caught.value.code, told.out, told.err)

    yield one
    for number, handler in former.items():
        signal.signal(number, handler)


@dataclass(frozen=True)
class Typed:
    """`Crossover` in this process: where it does not matter whose process it is."""

    run: Run

    def __call__(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        done = self.run(*arguments)
        return subprocess.CompletedProcess([], done.code, done.out, done.said)

    def json(self, *arguments: object) -> Any:
        done = self(*arguments)
        assert done.returncode in (0, 3), done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def typed(run: Run) -> Typed:
    return Typed(run)


@dataclass(frozen=True)
class Migrated:
    """A workspace after `migrate` on the demo, and what the command said."""

    root: Path
    done: subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def migrated(crossover: Crossover, tmp_path_factory: pytest.TempPathFactory) -> Migrated:
    """Nobody may change this workspace; take a copy with `planned` for that. It was made in a
    folder in use that is open to all, by somebody who hides nothing."""

    def make(folder: Path) -> None:
        root = folder / "workspace"
        root.mkdir()
        (root / LETTER).write_text("hello")
        root.chmod(0o777)
        done = crossover("migrate", DEMO, "--to", "rehearsal", "--yes", "-w", root, umask=0)
        said = [done.returncode, done.stdout, done.stderr]
        (folder / "said.json").write_text(json.dumps(said), "utf-8")

    folder = made_once(tmp_path_factory, "migrated", make)
    code, out, err = json.loads((folder / "said.json").read_text("utf-8"))
    return Migrated(folder / "workspace", subprocess.CompletedProcess([], code, out, err))


@pytest.fixture
def planned(migrated: Migrated, tmp_path: Path) -> Path:
    """A workspace of its own, planned, with nothing sent yet."""
    return copied(migrated.root, tmp_path / "workspace", without="rehearsal")


def copy_media(folder: Path) -> None:
    """The files and words of the demo's first posts. Their numbers begin with the time."""
    files = [(found[0], p) for p in DEMO.iterdir() if (found := re.search("[0-9]{19}", p.name))]
    numbers = sorted({number for number, _ in files})
    for number, path in files:
        if number in numbers[: FEW + 1]:  # one of them is of no post
            shutil.copy(path, folder)


@pytest.fixture(scope="session")
def few_once(crossover: Crossover, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nobody may change this workspace; take a copy with `few` for that."""
    return (
        made_once(tmp_path_factory, "few", lambda folder: make_few(crossover, folder)) / "workspace"
    )


def make_few(crossover: Crossover, folder: Path) -> None:
    export = json.loads((DEMO / "user_data_tiktok.json").read_text("utf-8"))
    posts = export["Post"]["Posts"]
    posts["VideoList"] = sorted(posts["VideoList"], key=lambda post: post["Date"])[:FEW]
    given = folder / "given"
    given.mkdir()
    copy_media(given)
    (given / "user_data_tiktok.json").write_text(json.dumps(export), "utf-8")
    root = folder / "workspace"
    assert crossover("add", given, "-w", root).returncode == 0
    rules = root / "crossover.yaml"
    rules.write_text(rules.read_text("utf-8").replace("use: both", "use: keep"), "utf-8")
    assert crossover.json("plan", "-w", root, "--json")["move"] == FEW


@pytest.fixture
def few(few_once: Path, tmp_path: Path) -> Path:
    """Like `planned`, with `FEW` notes, for what does not depend on how many there are."""
    return copied(few_once, tmp_path / "workspace")


def copied(root: Path, target: Path, *, without: str = "") -> Path:
    """A workspace of its own like that one, which nobody holds."""
    shutil.copytree(root, target, ignore=shutil.ignore_patterns("lock*", without))
    return target


def kept(account: Path) -> list[str]:
    """The titles of what a practice account holds, in the order received."""
    return [note.title for note in read_notes(account)]


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
