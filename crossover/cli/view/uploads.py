"""A batch on its way: a bar on a terminal, calm lines elsewhere, events for programs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.text import Text

from crossover.cli.view.bytes_sent import NotesSent, PeriodicProgress, bytes_of
from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.progress import bytes_text, progress
from crossover.cli.view.screen import (
    console,
    count,
    data,
    hanging,
    home_short,
    megabytes,
    say,
)
from crossover.cli.view.status import WORDS, show_needs, show_sums
from crossover.cli.view.topics import count_plain_topics, plain_topics_text
from crossover.destinations.open import Target
from crossover.model.next_step import Hint, step
from crossover.model.notes import Note, State
from crossover.storage.documents import to_json_line
from crossover.text import one_line
from crossover.transfer.batch import BatchProgress, Sent
from crossover.transfer.outcome import Outcome, Step

_TITLE_AT = 19
"""The column in which the titles of the notes begin."""


@contextmanager
def upload_screen(*, as_json: bool = False) -> Iterator[BatchProgress]:
    """Show a run while it goes on."""
    if as_json:
        yield _Events(PeriodicProgress(_print_progress))
        return
    with progress("looking through the account", text=bytes_text) as shown:
        yield _Screen(NotesSent(shown))


class _Screen(BatchProgress):
    def __init__(self, reached: NotesSent | PeriodicProgress) -> None:
        self._reached = reached

    def wait(self, last_words: str) -> None:
        say(f"Waiting for the practice account: {last_words}")

    def begin(self, notes: list[Note]) -> None:
        size = sum(bytes_of(note) for note in notes)
        self._reached.expect(size)
        self._print_head(len(notes), size)

    def step(self, outcome: Outcome) -> None:
        if outcome.step is Step.UPLOADING:
            self._reached.begin(outcome.note)
        self._print_step(outcome)

    def sent(self, size: int) -> None:
        self._reached(size)

    def _print_head(self, notes: int, size: int) -> None:
        say(
            f"{count(notes, 'note')} to practise, {megabytes(size)}."
            " Ctrl-C stops safely; the same command goes on."
        )

    def _print_step(self, outcome: Outcome) -> None:
        if outcome.step in (Step.UPLOADING, Step.STARTED):
            return
        word = "kept back" if outcome.step is Step.KEPT_BACK else WORDS[outcome.state]
        text = f"{outcome.note.number:>5}  {word:<10}  {one_line(outcome.note.title)}"
        if outcome.reason:
            text += f"  ({outcome.reason})"
        elif outcome.step is Step.LOOKED_UP and outcome.receipt:
            text += f"  ({outcome.receipt.evidence})"
        say(text)
        if outcome.plain_topics:
            hanging(Text(" " * _TITLE_AT), Text(plain_topics_text(outcome.plain_topics), "dim"))


class _Events(_Screen):
    """One line of JSON for each step."""

    def _print_head(self, notes: int, size: int) -> None:
        pass

    def _print_step(self, outcome: Outcome) -> None:
        receipt = outcome.receipt
        event = {
            "event": outcome.step,
            "id": outcome.note.id,
            "number": outcome.note.number,
            "state": outcome.state,
            "reason": outcome.reason,
            "note_id": receipt.note_id if receipt else None,
            "url": receipt.url if receipt else None,
            "evidence": receipt.evidence if receipt else None,
            "plain_topics": outcome.plain_topics,
        }
        data(to_json_line(event))


def _print_progress(note: Note, there: int, size: int) -> None:
    event = {"event": "progress", "id": note.id, "number": note.number, "state": State.UPLOADING}
    data(to_json_line({**event, "bytes_there": there, "bytes": size}))


def show_end(sent: Sent, target: Target, flags: Flags) -> None:
    """Show the sums, what needs a look, and where the practice account can be seen."""
    console.print()
    show_sums(sent.status)
    show_needs(sent.status, flags)
    count_plain_topics(sent.status, flags)
    if sent.kept_back:
        why = Hint("; ", step("status"), " says why.")
        say(f"{count(sent.kept_back, 'note')} kept back{placed(why, flags)}")
    if any(note.attempt for note in sent.status.notes):
        say("Look at your practice account:", home_short(target.page))
    elif not sent.kept_back:
        say("Nothing to send yet.")
