"""A run of `upload` in the ledger: when it began and how it ended, and which notes are of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from crossover.accounts.ledger.ledger import Ledger
from crossover.destinations.open import Target
from crossover.errors import CrossoverError, Interrupted
from crossover.workspace import Workspace

DONE = "done"
"""How a run ended that nothing ended early. Else it is the id of an error."""


@contextmanager
def recorded_run(
    ledger: Ledger, target: Target, workspace: Workspace, command: str, operator: str
) -> Iterator[str]:
    """Write a run into the ledger, and yield its id. What is written meanwhile is for it. One whose
    process is killed has no end. Raises `LedgerError`."""
    run = ledger.begin_run(command, target.to, str(workspace.root.resolve()), operator)
    try:
        yield run
    except (Exception, KeyboardInterrupt) as exc:
        ended = exc.id if isinstance(exc, CrossoverError) else CrossoverError.id
        with suppress(CrossoverError):  # what ended the run is told, whatever the disk says
            ledger.history.end_run(
                run, Interrupted.id if isinstance(exc, KeyboardInterrupt) else ended
            )
        raise
    ledger.history.end_run(run, DONE)
