"""When RedNote shall publish a note, in the form. The page counts in the time zone of the browser."""

from __future__ import annotations

from datetime import datetime

from crossover.destinations.studio.contract.contract import Bound
from crossover.destinations.studio.dialogue import Doing
from crossover.destinations.studio.filling.controls.switches import flip, is_on, wait_until
from crossover.destinations.studio.filling.form_page import FormPage
from crossover.destinations.studio.filling.input import click, type_over

_CARD = "schedule"
_LOCAL = """(milliseconds) => {
  const time = new Date(milliseconds);
  const two = (number) => String(number).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
    + ` ${two(time.getHours())}:${two(time.getMinutes())}`;
}"""


def set_schedule(form: FormPage, schedule: datetime | None) -> None:
    """Set the time to the minute, or none. A time that the page does not take is left to the look
    at the whole form. Raises `PageChanged`."""
    form.tell(Doing.OPTIONS)
    if schedule is None:
        if is_on(form, _CARD):
            flip(form, _CARD)
            wait_until(form, _CARD, on=False)
        return
    if not is_on(form, _CARD):
        flip(form, _CARD)
        wait_until(form, _CARD, on=True)
    time = as_shown(form, schedule)
    for _ in range(2):
        field = click(form, "schedule-time")
        type_over(form, field, time)
        form.page.keyboard.press("Enter")
        if form.wait(lambda: read_schedule(form) == time, Bound.TAKE):
            return


def read_schedule(form: FormPage) -> str:
    """The time as the page shows it, empty without one."""
    found = form.find("schedule-time")
    return found.first.input_value().strip() if found and is_on(form, _CARD) is not False else ""


def as_shown(form: FormPage, schedule: datetime) -> str:
    """A time as the page writes it: `YYYY-MM-DD HH:MM` of the browser's zone."""
    return str(form.page.evaluate(_LOCAL, round(schedule.timestamp() * 1000)))
