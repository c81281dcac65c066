"""A run that was cut off, as the next one greets the creator."""

from __future__ import annotations

from datetime import UTC, datetime

from crossover.cli.view.dates import day_and_time
from crossover.cli.view.screen import say, say_points
from crossover.cli.view.status import title_text, words_for
from crossover.model.account import SiteName
from crossover.model.notes import State
from crossover.transfer.report.status import Status
from crossover.transfer.stopped_run import StoppedRun


def show_stopped_run(stopped: StoppedRun, now: datetime | None = None) -> None:
    """Show when a run stopped and at which note, that nothing is lost, and where all posts stand."""
    note, where = stopped.note, stopped.status
    doing = f"while sending {note.number} {title_text(note.title)}" if note else "between two notes"
    when = day_and_time(stopped.at, now or datetime.now(UTC))
    say(f"Welcome back. It stopped on {when} {doing}. Nothing is lost.", style="bold")
    say_points([counts_text(where)])
    if note is None:
        return
    if stopped.state is State.STARTED:
        site = "the practice account" if where.site is SiteName.REHEARSAL else "RedNote"
        say(
            f"{note.number}: we do not know whether {site} received it, so it is not sent again"
            " until we do. Looking…"
        )
    else:
        say(
            f"{note.number}: it was not published yet. What arrived of its files is not sent again."
        )


def counts_text(where: Status) -> str:
    """Format as `16 practised · 1 unclear · 43 ready to go · total 60`, which adds up."""
    words = words_for(where.site)
    by_state = [(getattr(where, state), word) for state, word in words.items()]
    return " · ".join([*(f"{n:,} {word}" for n, word in by_state if n), f"total {where.found:,}"])
