"""Odd computers: few open files, old consoles, a lock that a dead run left, a terminal that closes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.road.conftest import FEW, Crossover, kept
from tests.road.test_manners import first_event

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no such thing")


def run_under(
    crossover: Crossover, shell: str, *arguments: object, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command by a shell that does `shell` first."""
    return subprocess.run(
        ["sh", "-c", f'{shell} "$@"', "sh", *crossover.command(*arguments)],
        env=crossover.environment | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )


@pytest.mark.complete
@posix_only
def test_with_few_open_files_everything_goes_out(crossover: Crossover, few: Path) -> None:
    done = run_under(crossover, "ulimit -n 32;", "upload", "-w", few)
    assert done.returncode == 0, done.stderr
    assert len(kept(few / "rehearsal")) == FEW


@posix_only
@pytest.mark.complete
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit the address space")
def test_with_little_memory_it_works_or_says_so_and_goes_on_later(
    crossover: Crossover, few: Path
) -> None:
    done = run_under(crossover, "ulimit -v 524288;", "upload", "-w", few)
    assert "Traceback" not in done.stderr
    assert crossover("upload", "-w", few).returncode == 0
    assert len(kept(few / "rehearsal")) == FEW


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C", "LC_ALL": "C", "TERM": "dumb", "NO_COLOR": "1"},
        {"PYTHONIOENCODING": "cp936", "PYTHONUTF8": "0"},
    ],
    ids=["plain", "chinese-console"],
)
def test_an_old_console_hides_no_word_and_ends_nothing(
    crossover: Crossover, few: Path, environment: dict[str, str]
) -> None:
    done = subprocess.run(
        crossover.command("plan", "-w", few, "--all"),
        env=crossover.environment | environment,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"Error" not in done.stderr
    assert b"\x1b[" not in done.stderr


def test_a_lock_that_a_dead_run_left_holds_nobody_up(crossover: Crossover, few: Path) -> None:
    """Its process number may be another program's by now."""
    for folder in (few, few / "rehearsal"):
        folder.mkdir(exist_ok=True)
        (folder / "lock").touch()
        holder = {"command": "crossover upload", "pid": os.getpid(), "host": "here", "since": "x"}
        (folder / "lock.json").write_text(json.dumps(holder))
    assert crossover("upload", "-w", few, "--batch", "1").returncode == 0
    assert len(kept(few / "rehearsal")) == 1


@posix_only
@pytest.mark.complete
def test_a_terminal_that_closes_is_a_stop_and_nothing_is_lost(
    crossover: Crossover, few: Path, slow: Path
) -> None:
    process = crossover.start("upload", "-w", few, "--faults", slow, "--json")
    first_event(process)
    process.send_signal(signal.SIGHUP)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert crossover("upload", "-w", few).returncode == 0
    assert len(set(kept(few / "rehearsal"))) == FEW


@posix_only
def test_a_reader_that_leaves_early_ends_a_screen_quietly(crossover: Crossover, few: Path) -> None:
    line = " ".join(f"'{word}'" for word in crossover.command("status", "-w", few, "--json"))
    done = subprocess.run(
        ["sh", "-c", f"{line} | head -c 5"],
        env=crossover.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == '{\n "f'
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
