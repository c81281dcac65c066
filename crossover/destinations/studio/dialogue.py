"""What passes between the studio and the creator, who sits before the window and a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from crossover.destinations.studio.form import FilledForm
from crossover.model.notes import Note
from crossover.model.results import Wish


class Doing(StrEnum):
    """What is done on the page."""

    OPENING = "opening"
    UPLOADING = "uploading"
    PROCESSING = "processing"  # RedNote is
    TITLE = "title"
    BODY = "body"
    TOPICS = "topics"
    COVER = "cover"
    OPTIONS = "options"
    READING_BACK = "reading-back"
    SAVING_DRAFT = "saving-draft"
    READING_LIST = "reading-list"  # of the notes on the account


DOING_WORDS: Final[Mapping[Doing, str]] = {
    Doing.OPENING: "opening the page",
    Doing.UPLOADING: "uploading the files",
    Doing.PROCESSING: "being processed there",
    Doing.TITLE: "title",
    Doing.BODY: "text",
    Doing.TOPICS: "topics",
    Doing.COVER: "cover",
    Doing.OPTIONS: "who sees it, and the rest of the form",
    Doing.READING_BACK: "reading back what the page holds",
    Doing.SAVING_DRAFT: "leaving it as a draft",
    Doing.READING_LIST: "reading the list of your notes",
}
"""Each in a creator's words."""


@dataclass(frozen=True, slots=True)
class StudioStep:
    """One step on the page: the `done`-th of `total` things, or percent where `total` is 100 and it
    uploads or is processed. 0 of 0 where there is nothing to count."""

    doing: Doing
    done: int = 0
    total: int = 0


class Dialogue(Protocol):
    """The creator's side. Called from the thread that runs the transfer; none of it blocks but
    `was_pressed` and `wait_while_paused`."""

    def step(self, note: Note, step: StudioStep) -> None:
        """Hear of a step on the page."""
        ...

    def filled(self, note: Note, form: FilledForm, *, again: bool) -> None:
        """Show what the page holds, and that the creator may press publish now. `again`: the page
        was filled by an earlier run and found again."""
        ...

    def pressed(self, note: Note) -> None:
        """Hear that the creator pressed: the page asked RedNote, whose answer is awaited."""
        ...

    def waiting(self, note: Note, seconds: float) -> None:
        """Hear that the answer is still awaited since `seconds`. Nobody presses again meanwhile."""
        ...

    def wish(self) -> Wish | None:
        """What the creator wants since the last time that this was asked, None for nothing."""
        ...

    def wait_while_paused(self) -> Wish | None:
        """Wait until the creator goes on; what they want instead, None to go on as before."""
        ...

    def was_pressed(self, note: Note) -> bool | None:
        """Ask whether the creator pressed publish on a page that an earlier run left open and that is
        still filled in. None where nobody can be asked, or they do not know."""
        ...


class Unattended:
    """Nobody sits there: nothing is shown, asked or wanted."""

    def step(self, note: Note, step: StudioStep) -> None: ...

    def filled(self, note: Note, form: FilledForm, *, again: bool) -> None: ...

    def pressed(self, note: Note) -> None: ...

    def waiting(self, note: Note, seconds: float) -> None: ...

    def wish(self) -> Wish | None:
        return None

    def wait_while_paused(self) -> Wish | None:
        return None

    def was_pressed(self, note: Note) -> bool | None:  # noqa: ARG002
        return None
