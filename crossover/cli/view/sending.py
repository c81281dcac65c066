"""What a run is at, for the block at the foot of a terminal: the note, its file, the speed, the time
left, and counts that add up."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import PurePath

from rich.cells import cell_len, set_cell_size

from crossover.cli.view.progress import ENOUGH_SECONDS, bytes_text, duration_text
from crossover.cli.view.screen import count
from crossover.cli.view.status import title_text, words_for
from crossover.model.account import SiteName
from crossover.model.notes import Cover, Note, State
from crossover.model.posts import Kind
from crossover.model.uploads import AlreadySent
from crossover.text import one_line
from crossover.transfer.batch import BatchNotes
from crossover.transfer.outcome import Outcome, Step

_SETTLED = (State.POSTED, State.HANDED, State.FAILED, State.UNKNOWN, State.HOLD)


class Sending:
    """Follows a run, and says where it is in a few lines.

    A note that is published and not settled yet still counts as one to go. Bytes of an earlier run
    are there, and say nothing of the speed.
    """

    def __init__(self, site: SiteName, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._words, self._is_practice = words_for(site), site is SiteName.REHEARSAL
        self._monotonic = monotonic
        self._to_go: dict[tuple[str, int], Note] = {}
        self._later: list[Note] = []
        self._ended = self._batch = self._there = self._sent_now = 0
        self._states: dict[tuple[str, int], State] = {}
        self._note: Note | None = None
        self._note_there = 0
        self._is_published = False
        self._busy = self._since = 0.0
        self._lock = threading.Lock()  # another thread paints

    def expect(self, batch: BatchNotes) -> None:
        """These notes go out now, and others in later runs."""
        with self._lock:
            self._to_go = {note.key: note for note in batch.notes}
            self._later = list(batch.later)
            self._batch = sum(map(bytes_of, batch.notes))
            self._states = {
                (one.post, one.part[0]): one.state
                for one in batch.status.notes
                if one.state is not State.SKIP
            }

    def step(self, outcome: Outcome) -> None:
        """Take in that a note came one step further."""
        with self._lock:
            self._step(outcome)

    def _step(self, outcome: Outcome) -> None:
        key = outcome.note.key
        if self._states:
            self._states[key] = outcome.state
        if outcome.step is Step.UPLOADING:
            self._note, self._note_there, self._is_published = outcome.note, 0, False
            self._since = self._monotonic()
        elif outcome.step is Step.STARTED:
            self._is_published = True
        elif note := self._to_go.pop(key, None):
            is_at_hand = self._note is not None and self._note.key == key
            if is_at_hand and self._is_published:
                self._ended += 1
                self._there += bytes_of(note) - self._note_there
            else:
                self._replace(note, self._note_there if is_at_hand else 0)
            if is_at_hand:
                self._busy += self._monotonic() - self._since
                self._note = None

    def _replace(self, note: Note, there: int) -> None:
        """A note that did not leave counts for none of this run: the next one takes its place."""
        self._batch -= bytes_of(note)
        self._there -= there
        if self._later and self._is_practice:
            following = self._later.pop(0)
            self._to_go[following.key] = following
            self._batch += bytes_of(following)

    def sent(self, size: int) -> None:
        """Count so many bytes of the note on its way: fewer than none where they were in vain."""
        with self._lock:
            self._there += size
            self._note_there += size
            if not isinstance(size, AlreadySent):
                self._sent_now += size

    def lines(self, width: int) -> list[str]:
        """The lines of the block, each at most `width` cells: of what does not fit, the end is left
        out, and counts go on in the next line."""
        with self._lock:
            return self._lines(width)

    def _lines(self, width: int) -> list[str]:
        if not self._states:
            return ["looking through the account…"]
        rate = self._sent_now / max(self._seconds(), 0.001)
        lines = [
            _fitting(parts, width) for parts in (self._note_parts(rate), self._run_parts(rate))
        ]
        return [line for line in (*lines, *self._sums(rate, width)) if line]

    def _note_parts(self, rate: float) -> list[str]:
        note = self._note
        if note is None:
            is_waiting = self._to_go and not self._is_practice
            return ["waiting until the next note may go out"] if is_waiting else []
        size = bytes_of(note)
        if self._is_published:
            return [_name_of(note), "all there, being published"]
        there = max(0, min(self._note_there, size))
        speed = [_speed(rate)] if rate > 0 and self._is_known() else []
        return [_name_of(note), _file_at(note, there), _of(there, size), *speed]

    def _run_parts(self, rate: float) -> list[str]:
        there = max(0, min(self._there, self._batch))
        left = self._time_left(self._batch - there, rate)
        notes = self._ended + len(self._to_go)
        now = f"this run: {self._ended:,} of {notes:,} notes"
        return [now, *([f"{left} left"] if left else []), _of(there, self._batch)]

    def _sums(self, rate: float, width: int) -> list[str]:
        states = Counter(
            state if state in _SETTLED else State.READY for state in self._states.values()
        )
        to_go = states.pop(State.READY, 0)
        counts = [
            f"{states[state]:,} {word}" for state, word in self._words.items() if states[state]
        ]
        counts.append(f"{to_go:,} to go")
        *lines, last = _broken(
            [
                *(f"{one} +" for one in counts[:-1]),
                counts[-1],
                f"= {count(len(self._states), 'note')}",
            ],
            width,
        )
        size = self._batch + sum(map(bytes_of, self._later)) - self._there
        # On a real account the pace decides, not the line.
        left = self._time_left(size, rate) if self._is_practice else ""
        return [
            *lines,
            _fitting([last, f"{left} for all"], width) if left and self._later else last,
        ]

    def _time_left(self, size: int, rate: float) -> str:
        if rate <= 0 or size / rate < 1 or not self._is_known():
            return ""
        return f"about {duration_text(size / rate)}"

    def _is_known(self) -> bool:
        return self._seconds() >= ENOUGH_SECONDS

    def _seconds(self) -> float:
        """The time in which a note was on its way. What a pace waits for says nothing of the line."""
        return self._busy + (self._monotonic() - self._since if self._note else 0)


def bytes_of(note: Note) -> int:
    """All files of a note together."""
    return sum(file.bytes for file in note.files)


def _name_of(note: Note) -> str:
    return f"{note.number} {title_text(note.title)}"


def _speed(rate: float) -> str:
    return f"{rate / 1e3:.0f} kB/s" if rate < 1e6 else f"{bytes_text(rate)}/s"


def _of(there: int, size: int) -> str:
    return f"{bytes_text(there)} of {bytes_text(size)}"


def _file_at(note: Note, there: int) -> str:
    """Name the file that is on its way once so many bytes are there: of pictures, which go several
    at a time, the place alone."""
    files = note.files
    for place, file in enumerate(files, 1):
        there -= file.bytes
        if there < 0 or place == len(files):
            break
    if note.kind is Kind.PHOTOS:
        return f"picture {place} of {len(files)}"
    return "cover" if isinstance(file, Cover) else one_line(PurePath(file.path).name)


def _fitting(parts: Sequence[str], width: int) -> str:
    """Join as many of the parts as there is room for; the first is cut where it must be."""
    line = ""
    for part in parts:
        longer = f"{line} · {part}" if line else part
        if line and cell_len(longer) > width:
            break
        line = longer
    return line if cell_len(line) <= width else f"{set_cell_size(line, width - 1)}…"


def _broken(words: Sequence[str], width: int) -> list[str]:
    """Join words into lines of at most `width` cells."""
    lines = [words[0]]
    for word in words[1:]:
        if cell_len(longer := f"{lines[-1]} {word}") <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
