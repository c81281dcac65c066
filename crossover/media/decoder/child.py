"""The child process that decodes: started, given a job, heard within a time limit, ended."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from typing import IO, Any

from crossover.errors import CrossoverError, MissingTool
from crossover.media.decoder.jobs import Job
from crossover.runtime.child_process import module_command, start
from crossover.storage.documents import to_json_line
from crossover.text import one_line

START_SECONDS = 60.0
TRIES = 3
"""How often a file is begun whose child something from outside ended: the system in want of memory,
or somebody. A file that itself makes the decoder crash is tried once."""
_LONGEST_ANSWER = 1_000_000
_LIBRARIES = {"av": "PyAV", "PIL": "Pillow", "pillow_heif": "pillow-heif"}


class ChildLostError(Exception):
    """The child crashed or took too long; `str()` says which. `killed`: something from outside
    ended it, which says nothing of the file."""

    def __init__(self, reason: str, *, killed: bool = False) -> None:
        super().__init__(reason)
        self.killed = killed


def worker_command() -> list[str]:
    """The command line of the child."""
    return module_command("crossover.media.decoder.worker")


def start_child() -> Child:
    """Start one, again where something from outside ended it."""
    for tries_left in reversed(range(TRIES)):
        try:
            return Child()
        except ChildLostError as exc:
            if not (exc.killed and tries_left):
                raise _not_started("it did not answer") from exc
    raise AssertionError  # the last try returns or raises


class Child:
    """One running `worker`. A thread reads its answers, as pipes cannot be waited for on
    every system."""

    def __init__(self) -> None:
        """Start it. Raises `ChildLostError` where it does not answer."""
        self._answers: queue.Queue[bytes | None] = queue.Queue()
        try:
            self._process = start(
                worker_command(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # Of glibc: else each thread reserves 64 MB of the addresses that bound a child.
                environment={"MALLOC_ARENA_MAX": "2"},
            )
        except OSError as exc:
            raise _not_started(str(exc)) from exc
        assert self._process.stdin is not None  # noqa: S101  for the type checker
        assert self._process.stdout is not None  # noqa: S101
        self._jobs = self._process.stdin
        self._reader = threading.Thread(
            target=_read_lines, args=(self._process.stdout, self._answers), daemon=True
        )
        self._reader.start()
        try:
            hello = self._answer(START_SECONDS)
        except BaseException:
            self.kill()
            raise
        if "missing" in hello:
            self.kill()
            raise _missing(str(hello["missing"]))
        # Not that of the process that was started, which may have started the interpreter in turn.
        self.pid = int(hello["pid"])

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, job: Job, seconds: float, tell: Callable[[float], None]) -> dict[str, Any]:
        """Have the child do one job; `tell` hears its progress, and after `seconds` without a word
        it is given up. Raises `ChildLostError`: it is of no use then."""
        try:
            self._jobs.write(to_json_line(job).encode() + b"\n")
            self._jobs.flush()
        except OSError as exc:
            raise self._crashed() from exc
        while "progress" in (answer := self._answer(seconds)):
            tell(float(answer["progress"]))
        return answer

    def _answer(self, seconds: float) -> dict[str, Any]:
        until = time.monotonic() + seconds
        while True:
            remaining = until - time.monotonic()
            if remaining <= 0:
                raise ChildLostError(f"reading it took longer than {seconds:g} seconds")
            try:
                # In slices: on Windows a longer wait would not notice Ctrl-C.
                line = self._answers.get(timeout=min(remaining, 0.5))
                break
            except queue.Empty:
                continue
        if line is None:
            raise self._crashed()
        try:
            answer = json.loads(line)
        except ValueError as exc:
            raise ChildLostError("reading it gave no usable answer") from exc
        if not isinstance(answer, dict):
            raise ChildLostError("reading it gave no usable answer")
        return answer

    def _crashed(self) -> ChildLostError:
        # A moment, as its pipes close before it is gone. On Windows nobody can tell who ended it.
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
        killed = os.name != "nt" and self._process.returncode == -signal.SIGKILL
        return ChildLostError("reading it made the decoder crash", killed=killed)

    def end(self) -> None:
        """Let the child finish what it writes, then make sure that it is gone."""
        with contextlib.suppress(OSError):
            self._jobs.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=2)
        self.kill()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            self._jobs.close()
        self._reader.join(timeout=5)


def _read_lines(pipe: IO[bytes], answers: queue.Queue[bytes | None]) -> None:
    with pipe:
        while line := pipe.readline(_LONGEST_ANSWER):
            answers.put(line)
    answers.put(None)


def _missing(module: str) -> MissingTool:
    library = _LIBRARIES.get(module.partition(".")[0], module)
    return MissingTool(
        f"{one_line(library)} is missing or broken; without it no picture or video can be read.",
        next="Install crossover anew, the same way as before.",
    )


def _not_started(detail: str) -> CrossoverError:
    return CrossoverError(
        f"The process that reads pictures and videos could not be started: {one_line(detail)}.",
        next="Install crossover anew; if that does not help, Python as well.",
    )
