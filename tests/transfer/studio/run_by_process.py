"""Sends one note in a process of its own, which tells each step and goes on when it is told to."""

from __future__ import annotations

import pickle
import sys
from dataclasses import dataclass
from pathlib import Path

from crossover.destinations.studio.dialogue import StudioStep, Unattended
from crossover.destinations.studio.form import FilledForm
from crossover.model.notes import Note
from tests.transfer.studio.sending import send


class TellingSteps(Unattended):
    """Tells each step on standard output, and waits for a line of standard input."""

    def step(self, note: Note, step: StudioStep) -> None:
        tell(step.doing)

    def filled(self, note: Note, form: FilledForm, *, again: bool) -> None:
        tell("filled")

    def pressed(self, note: Note) -> None:
        tell("pressed")


def tell(step: str) -> None:
    sys.stdout.write(f"{step}\n")
    sys.stdout.flush()
    sys.stdin.readline()


@dataclass(frozen=True)
class Job:
    """The account's folder, that of the files, the stand-in's port, and a note."""

    account: Path
    root: Path
    port: int
    note: Note


if __name__ == "__main__":
    job: Job = pickle.loads(Path(sys.argv[1]).read_bytes())
    send(job.account, job.root, job.port, TellingSteps(), job.note)
