"""How far the notes that go out are: bytes counted for a screen, or told to a program now and then."""

from __future__ import annotations

import time
from collections.abc import Callable

from crossover.cli.view.progress import WorkProgress, bytes_text
from crossover.cli.view.sending import bytes_of
from crossover.model.notes import Note
from crossover.model.uploads import AlreadySent

EVERY_SECONDS = 10.0
"""How often a program hears of a note that takes long."""


class NotesSent:
    """Counts the bytes of the notes that go out, for `WorkProgress`."""

    def __init__(self, shown: WorkProgress) -> None:
        self._shown = shown

    def expect(self, total: int) -> None:
        """Expect so many bytes in the end."""
        self._shown.begin(self._shown.what, total, text=bytes_text, after_total=" in all")

    def begin(self, note: Note) -> None:
        """Count what is sent from here on for `note`."""
        self._shown.rename(f"sending note {note.number}")

    def __call__(self, size: int) -> None:
        if isinstance(size, AlreadySent):
            self._shown.known(size)
        else:
            self._shown.advance(size)


class PeriodicProgress:
    """Tells of the note under way, at most every 10 seconds: the note, its bytes that are there,
    and all of them."""

    def __init__(
        self,
        tell: Callable[[Note, int, int], None],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tell = tell
        self._monotonic = monotonic
        self._note: Note | None = None
        self._there = 0
        self._told = 0.0

    def expect(self, total: int) -> None:
        """Ignore the bytes of all notes together."""

    def begin(self, note: Note) -> None:
        """Count what is sent from here on for `note`."""
        self._note, self._there, self._told = note, 0, self._monotonic()

    def __call__(self, size: int) -> None:
        self._there += size
        now = self._monotonic()
        if self._note is not None and now - self._told >= EVERY_SECONDS:
            self._told = now
            self._tell(self._note, self._there, bytes_of(self._note))
