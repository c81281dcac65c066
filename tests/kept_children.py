"""Children that decode, kept from one test to the next: to start one takes longer than most files do.

As in a run of many files, a child that did its job gets the next one. A test that puts another
program in the place of the child starts that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crossover.media.decoder import child
from crossover.media.decoder.child import Child
from crossover.media.decoder.jobs import Job

_worker_command = child.worker_command
_kept: list[KeptChild] = []


class KeptChild(Child):
    """Waits for the next test when it is ended, unless it is at work or gone."""

    _at_work = False

    def ask(self, job: Job, seconds: float, tell: Callable[[float], None]) -> dict[str, Any]:
        self._at_work = True
        answer = super().ask(job, seconds, tell)
        self._at_work = False
        return answer

    def end(self) -> None:
        if self._at_work or not self.alive:
            super().end()
        else:
            _kept.append(self)


def take_child() -> Child:
    """A child that waits, or a new one."""
    if child.worker_command is not _worker_command:
        return child.start_child()
    while _kept:
        waiting = _kept.pop()
        if waiting.alive:
            return waiting
        waiting.kill()
    return KeptChild()


def end_kept_children() -> None:
    """Let nobody wait any longer."""
    while _kept:
        Child.end(_kept.pop())
