"""A run in the studio as its creator lives it: a real terminal, a real window, keys and one press."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from crossover.destinations.studio.browser.window import PROFILE, open_window
from tests.road.conftest import Crossover, kept
from tests.studio_world import Creator, installed_browser, stand_in

pty: Any = pytest.importorskip("pty", reason="no pseudo-terminals there")
termios: Any = pytest.importorskip("termios")

_STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
SECONDS = 60.0


class Terminal:
    """A command before a terminal of its own, in the foreground there."""

    def __init__(self, environment: dict[str, str], *typed: object) -> None:
        self._ours, self._theirs = pty.openpty()
        code = "import fcntl, os, sys, termios\nos.setsid(); fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
        code += "os.execv(sys.argv[1], sys.argv[1:])"
        command = [sys.executable, "-m", "crossover", *map(str, typed)]
        self._process = subprocess.Popen(
            [sys.executable, "-c", code, *command],
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "100", **environment},
        )
        self.said = ""

    def type(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def wait_for(self, words: str) -> None:
        """Read until these words came, and forget what stood before them."""
        end = time.monotonic() + SECONDS
        while words not in self.said:
            assert time.monotonic() < end, f"waited in vain for {words!r}: {self.said[-2000:]}"
            self._read(0.2)
        self.said = self.said.partition(words)[2]

    def end(self) -> int:
        """Wait for the end of the command; its exit code."""
        end = time.monotonic() + SECONDS
        while self._process.poll() is None:
            assert time.monotonic() < end, f"it does not end: {self.said[-2000:]}"
            self._read(0.2)
        return self._process.returncode

    def is_as_before(self) -> bool:
        return bool(termios.tcgetattr(self._theirs)[3] & termios.ECHO)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)
        os.close(self._theirs)

    def _read(self, seconds: float) -> None:
        with suppress(OSError):
            if select.select([self._ours], [], [], seconds)[0]:
                text = os.read(self._ours, 65536).decode("utf-8", "ignore")
                self.said += _STYLE.sub("", text)


@contextmanager
def terminal(environment: dict[str, str], *typed: object) -> Iterator[Terminal]:
    made = Terminal(environment, *typed)
    try:
        yield made
    finally:
        made.close()


@pytest.mark.complete
def test_one_note_is_skipped_one_is_published_and_a_stop_saves_all(
    crossover: Crossover, few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = crossover("plan", "--to", "studio", "--site", "rehearsal", "-w", few)
    assert planned.returncode == 0
    account = few / "rehearsal"
    with installed_browser(tmp_path / "program") as browser, Creator(account / PROFILE) as creator:
        monkeypatch.setenv("CROSSOVER_BROWSER", str(browser.program))
        with (
            stand_in(account) as site,
            open_window(account / PROFILE, start_url=f"{site.origin}/new/home"),
        ):
            creator.does(lambda window: window.sign_in()).result(60)
        with terminal({"CROSSOVER_BROWSER": str(browser.program)}, "upload", "-w", few) as shown:
            shown.wait_for("on the page:")
            shown.wait_for("Press Publish")
            shown.type("s")
            shown.wait_for("Skipping this note")
            shown.wait_for("on the page:")
            shown.wait_for("Press Publish")
            creator.presses().result(60)
            shown.wait_for("practised")
            shown.wait_for("on the page:")
            shown.type("q")
            shown.wait_for("Stopped as you asked; everything is saved.")
            assert shown.end() == 130
            assert shown.is_as_before()
    assert len(kept(account)) == 1
    states = crossover.json("status", "-w", few, "--json")
    assert (states["posted"], states["started"], states["unknown"]) == (1, 0, 0)
