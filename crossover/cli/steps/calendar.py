"""The posts to begin with, and the calendar of a plan as a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from crossover.cli.view.screen import home_short
from crossover.errors import UsageProblem
from crossover.guide.plan_calendar import notes_to_go
from crossover.library.posts_file import Library
from crossover.model.choices import Order
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.notes import Plan
from crossover.model.posts import Visibility
from crossover.schedule.best_first import BestPost, RatedPost, offer_best, rate_posts
from crossover.schedule.calendar import Calendar
from crossover.schedule.ics import write_ics
from crossover.storage.atomic import write_atomic
from crossover.storage.os_errors import explain_os_error
from crossover.transfer.report.status import Status

_BEGINS = b"BEGIN:VCALENDAR"


def choose_first(
    made: Plan, where: Status, library: Library, calendar: Calendar, number: int, order: Order
) -> tuple[tuple[BestPost, ...], tuple[RatedPost, ...]]:
    """Choose so many posts to begin with, of those that move and that anybody may see, in the order
    in which all go out, and find those that are as good out of their season. Raises `UsageProblem`
    where no likes are known."""
    rated = rate_posts(library.posts)
    if not rated:
        raise UsageProblem(
            "It is not known how many likes your posts have, so none is the best.",
            next=Hint("Add your export again: ", step("add", Placeholder("EXPORT")), "."),
        )
    going = {
        note.post_number
        for note in notes_to_go(made, where)
        if note.visibility is Visibility.PUBLIC
    }
    days = [slot.time.date() for slot in calendar.slots[:number]]
    return offer_best(rated, going, days, order)


def check_ics(file: Path) -> None:
    """Raise `UsageProblem` where something else than a calendar would be written over."""
    if not file.parent.is_dir():
        raise UsageProblem(
            f"There is no folder {home_short(file.parent)}.", next="Make it, or name another one."
        )
    try:
        with file.open("rb") as there:
            begins = there.read(len(_BEGINS))
    except FileNotFoundError:
        return
    except OSError as exc:
        raise explain_os_error(exc, file, reading=True) from exc
    if begins != _BEGINS:
        raise UsageProblem(
            f"{file} is there already, and it is no calendar.", next="Name another file."
        )


def write_calendar(calendar: Calendar, made: Plan, file: Path, now: datetime) -> None:
    """Write the sittings for a calendar app. Raises what `write_atomic` raises."""
    handle = made.handle or "tiktok"
    write_atomic(file, write_ics(calendar, name=f"RedNote: @{handle}", handle=handle, made=now))
