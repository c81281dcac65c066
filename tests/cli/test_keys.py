"""Keys count as they are pressed, and the terminal is given back as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from crossover.cli.keys import keys_of

pty: Any = pytest.importorskip("pty", reason="no pseudo-terminals there")
termios: Any = pytest.importorskip("termios")

LISTEN = """
import sys, time
from crossover.cli.keys import typed_keys
try:
    with typed_keys() as typed:
        print("ready", flush=True)
        while True:
            if keys := typed():
                print("keys", repr(keys), flush=True)
                if keys == "x":
                    raise SystemExit
                if keys == "e":
                    raise ValueError
            time.sleep(0.01)
except (KeyboardInterrupt, ValueError) as exc:
    print("ended by", type(exc).__name__, flush=True)
"""


class Listener:
    """The program above, before a terminal of its own."""

    def __init__(self, terminal: int, process: subprocess.Popen[bytes], far_end: int) -> None:
        self.terminal, self.process, self.far_end = terminal, process, far_end
        self.said = ""

    def type(self, keys: bytes) -> None:
        os.write(self.terminal, keys)

    def wait_for(self, words: str) -> None:
        ends = time.monotonic() + 20
        while words not in self.said and time.monotonic() < ends:
            with suppress(OSError):
                self.said += os.read(self.terminal, 4096).decode()
        assert words in self.said

    def wait_until_single(self) -> None:
        ends = time.monotonic() + 20
        while self.mode() and time.monotonic() < ends:
            time.sleep(0.01)
        assert self.mode() == 0

    def mode(self) -> int:
        flags: int = termios.tcgetattr(self.far_end)[3]
        kept: int = flags & (termios.ICANON | termios.ECHO)
        return kept


@contextmanager
def listening(*, as_left_by_killed: bool = False) -> Iterator[Listener]:
    near, far = pty.openpty()
    if as_left_by_killed:
        mode = termios.tcgetattr(far)
        mode[3] &= ~(termios.ICANON | termios.ECHO)
        termios.tcsetattr(far, termios.TCSANOW, mode)
    process = subprocess.Popen(
        # The terminal is this program's own, and it stands in front there.
        [
            *(sys.executable, "-c"),
            f"import fcntl, os, termios; os.setsid(); fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n{LISTEN}",
        ],
        stdin=far,
        stdout=far,
        stderr=far,
    )
    try:
        listener = Listener(near, process, far)
        listener.wait_for("ready")
        yield listener
    finally:
        process.kill()
        process.wait()
        os.close(near)
        os.close(far)


def test_a_key_counts_without_enter_and_is_not_shown() -> None:
    with listening() as listener:
        assert listener.mode() == 0
        listener.type(b"S")
        listener.wait_for("keys 's'")
        assert listener.said.replace("keys 's'", "").split() == ["ready"]


@pytest.mark.parametrize("end", [b"x", b"e", b"\x03"], ids=["leaving", "an error", "Ctrl-C"])
def test_the_terminal_is_as_before_however_it_ends(end: bytes) -> None:
    with listening() as listener:
        listener.type(end)
        assert listener.process.wait(20) == 0
        assert listener.mode() == termios.ICANON | termios.ECHO


def test_a_terminal_that_a_killed_run_left_without_echo_gets_it_back() -> None:
    with listening(as_left_by_killed=True) as listener:
        listener.type(b"x")
        assert listener.process.wait(20) == 0
        assert listener.mode() == termios.ICANON | termios.ECHO


def test_after_a_rest_in_the_background_keys_count_as_before() -> None:
    with listening() as listener:
        mode = termios.tcgetattr(listener.far_end)
        mode[3] |= termios.ICANON | termios.ECHO  # as a shell does at Ctrl-Z
        os.kill(listener.process.pid, signal.SIGSTOP)
        termios.tcsetattr(listener.far_end, termios.TCSANOW, mode)
        os.kill(listener.process.pid, signal.SIGCONT)
        listener.wait_until_single()
        listener.type(b"q")
        listener.wait_for("keys 'q'")


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("s", "s"),
        ("\r", "\n"),
        ("Q", "q"),
        ("\x1b[A", ""),
        ("\x1bOS", ""),
        ("\x1b[15~r", "r"),
        ("\xe0Hp", "p"),
        ("https://rednote.com/explore", ""),
    ],
)
def test_arrows_and_pasted_words_are_nobodys_wish(sent: str, keys: str) -> None:
    assert keys_of(sent) == keys


def test_of_a_pipe_the_first_letter_of_each_line_counts() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", LISTEN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        assert process.stdout.readline() == "ready\n"
        for line, keys in (("Skip", "s"), ("", "\n"), ("x", "x")):
            process.stdin.write(f"{line}\n")
            process.stdin.flush()
            assert process.stdout.readline() == f"keys {keys!r}\n"
        assert process.wait(20) == 0


def test_without_any_input_nothing_is_typed() -> None:
    code = LISTEN.replace("while True:", "for _ in range(3):")
    for stdin in ("</dev/null", "<&-"):
        done = subprocess.run(
            ["sh", "-c", f'exec "$0" -c "$1" {stdin}', sys.executable, code],
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )
        assert done.stdout == "ready\n"
