"""What a creator reads of the studio: each step, the keys, and whose turn it is."""

from __future__ import annotations

from crossover.cli.view.status import title_text
from crossover.destinations.studio.dialogue import DOING_WORDS, Doing, StudioStep
from crossover.destinations.studio.form import FieldName, FilledForm
from crossover.model.notes import Note
from crossover.model.posts import Kind

BETWEEN_KEYS = " · "
KEYS = "s skips this note · r fills it in again · p pauses · q stops"
PAUSED = "Paused. crossover does nothing until you go on."
PAUSED_KEYS = "Enter goes on · s skips this note · r fills it in again · q stops"
PRESSED = "You pressed. Waiting for the answer; do not press again."
"""The creator sees nothing happen for a while."""
DID_YOU_PRESS = "Did you press Publish there?"
ANSWERS = "y yes · n no · Enter if you do not know"

_MEASURED = (Doing.UPLOADING, Doing.PROCESSING)
_PERCENT = 100


def step_text(note: Note, step: StudioStep) -> str:
    """Format as `picture 3 of 9`, `being processed there, 40 %`."""
    place = f"{min(step.done + 1, step.total)} of {step.total}"
    percent = ""
    if step.doing in _MEASURED and step.total == _PERCENT:
        percent, place = f", {step.done} %", ""
    match step.doing:
        case Doing.UPLOADING if note.kind is Kind.VIDEO:
            return f"uploading the video{percent}"
        case Doing.UPLOADING if step.total and place:
            return f"picture {place}"
        case Doing.TOPICS if step.total:
            return f"topic {place}"
        case doing:
            return f"{DOING_WORDS[doing]}{percent}"


def press_text(form: FilledForm) -> str:
    """What the creator does now, with the button's own words."""
    schedule = form.field(FieldName.SCHEDULE)
    button = "定时发布" if schedule and schedule.on_page else "发布"
    return f"Press Publish ({button}) in the window."


def named(note: Note) -> str:
    """Format as `17 “Crispy roast potatoes”`."""
    return f"{note.number} {title_text(note.title)}"


def found_again(note: Note) -> str:
    """Say that a page which an earlier run filled in is still there."""
    return (
        f"Note {named(note)} still stands filled in, in the window: the run before was cut off while"
        " you looked at it."
    )
