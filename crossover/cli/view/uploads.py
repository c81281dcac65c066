"""A batch on its way: a bar on a terminal, calm lines elsewhere, events for programs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.text import Text

from crossover.cli.view.bytes_sent import NotesSent, PeriodicProgress
from crossover.cli.view.failures import show_failures
from crossover.cli.view.live_block import live_block
from crossover.cli.view.next_step import Flags
from crossover.cli.view.not_taken import not_taken_text
from crossover.cli.view.progress import bytes_text, progress
from crossover.cli.view.screen import (
    console,
    count,
    data,
    hanging,
    home_short,
    megabytes,
    say,
    say_points,
)
from crossover.cli.view.sending import Sending, bytes_of
from crossover.cli.view.status import show_holds, show_sums, show_unreadable, words_for
from crossover.cli.view.stopped_run import show_stopped_run
from crossover.cli.view.studio import LiveStudio, StudioEvents, StudioScreen
from crossover.cli.view.topics import count_plain_topics, plain_topics_text
from crossover.destinations.open import Target
from crossover.model.notes import Note, State
from crossover.storage.documents import to_json_line, utc_text
from crossover.text import one_line
from crossover.transfer.batch import BatchNotes, BatchProgress, Sent
from crossover.transfer.outcome import Outcome, Step
from crossover.transfer.report.status import Status
from crossover.transfer.stopped_run import StoppedRun

_WORDS_OF_STEPS = {Step.KEPT_BACK: "kept back", Step.DECLINED: "not sent"}
"""Where the note itself stands as before."""

_TITLE_AT = 19
"""The column in which the titles of the notes begin."""


@contextmanager
def studio_screen(
    target: Target, *, draft: bool = False, as_json: bool = False
) -> Iterator[tuple[UploadScreen, StudioScreen]]:
    """Show a run in the studio while it goes on: the run, and the page. With `draft` nobody presses
    publish now."""
    if as_json:
        events = StudioEvents(target.site)
        yield _StudioEvents(target, events), events
    elif console.is_dumb_terminal:
        yield _StudioUploads(target, draft=draft), StudioScreen(target.site)
    else:
        live = LiveStudio(target.site)
        with live_block(live.lines):
            yield _LiveStudioUploads(target, live, draft=draft), live


@contextmanager
def upload_screen(target: Target, *, as_json: bool = False) -> Iterator[UploadScreen]:
    """Show a run while it goes on."""
    if as_json:
        yield _Events(target, PeriodicProgress(_print_progress))
    elif console.is_terminal:
        sending = Sending(target.site)
        with live_block(sending.lines):
            yield _LiveScreen(target, sending)
    else:
        with progress("looking through the account", text=bytes_text) as shown:
            yield UploadScreen(target, NotesSent(shown))


class UploadScreen(BatchProgress):
    """A line for each note that is settled. `has_begun`: a note went out, or was on its way."""

    def __init__(self, target: Target, reached: NotesSent | PeriodicProgress | None) -> None:
        self._target = target
        self._words = words_for(target.site)
        self._reached = reached
        self.has_begun = False

    def wait(self, last_words: str) -> None:
        say(f"Waiting for the practice account: {last_words}")

    def welcome(self, stopped: StoppedRun) -> None:
        show_stopped_run(stopped)

    def begin(self, batch: BatchNotes) -> None:
        self.has_begun = True
        size = sum(bytes_of(note) for note in batch.notes)
        if self._reached:
            self._reached.expect(size)
        self._print_head(len(batch.notes), size)

    def step(self, outcome: Outcome) -> None:
        if outcome.step is Step.UPLOADING and self._reached:
            self._reached.begin(outcome.note)
        self._print_step(outcome)

    def sent(self, size: int) -> None:
        if self._reached:
            self._reached(size)

    def _print_head(self, notes: int, size: int) -> None:
        to = "to practise"
        if not self._target.is_practice:
            to = f"to post to {self._target.name} on {self._target.site}"
        say(
            f"{count(notes, 'note')} {to}, {megabytes(size)}."
            " Ctrl-C stops safely; the same command goes on."
        )

    def _print_step(self, outcome: Outcome) -> None:
        if outcome.step in (Step.UPLOADING, Step.STARTED):
            return
        if outcome.step is Step.READ_BACK:
            hanging(
                Text(f"{outcome.note.number:>5}  "), Text(not_taken_text(outcome.not_taken), "bold")
            )
            return
        word = _WORDS_OF_STEPS.get(outcome.step) or self._words[outcome.state]
        text = one_line(outcome.note.title)
        if outcome.reason:
            text += f"  ({outcome.reason})"
        elif outcome.step is Step.LOOKED_UP and outcome.receipt:
            text += f"  ({outcome.receipt.evidence})"
        hanging(Text(f"{outcome.note.number:>5}  {word:<10}  "), Text(text))
        if outcome.plain_topics:
            hanging(Text(" " * _TITLE_AT), Text(plain_topics_text(outcome.plain_topics), "dim"))


class _LiveScreen(UploadScreen):
    """The same above a block that tells where the run is."""

    def __init__(self, target: Target, sending: Sending) -> None:
        super().__init__(target, None)
        self._sending = sending

    def begin(self, batch: BatchNotes) -> None:
        self._sending.expect(batch)
        super().begin(batch)

    def step(self, outcome: Outcome) -> None:
        self._sending.step(outcome)
        super().step(outcome)

    def sent(self, size: int) -> None:
        self._sending.sent(size)


class _StudioUploads(UploadScreen):
    """A line for each note that is settled, with its link."""

    def __init__(self, target: Target, *, draft: bool) -> None:
        super().__init__(target, None)
        self._turn = (
            "It leaves each among RedNote's drafts, for you to publish later."
            if draft
            else "You press Publish there; it never presses for you."
        )

    def _print_head(self, notes: int, size: int) -> None:
        super()._print_head(notes, size)
        say(f"crossover fills in the page in the browser's window. {self._turn}")

    def _print_step(self, outcome: Outcome) -> None:
        super()._print_step(outcome)
        url = outcome.receipt.url if outcome.receipt else None
        if url and outcome.step is not Step.READ_BACK and not self._target.is_practice:
            say_points([url])


class _LiveStudioUploads(_StudioUploads):
    """The same above a block that tells what is done on the page."""

    def __init__(self, target: Target, live: LiveStudio, *, draft: bool) -> None:
        super().__init__(target, draft=draft)
        self._live = live

    def begin(self, batch: BatchNotes) -> None:
        self._live.expect(len(batch.notes))
        super().begin(batch)

    def step(self, outcome: Outcome) -> None:
        if outcome.step is Step.UPLOADING:
            self._live.begin(outcome.note)
        elif outcome.step is not Step.STARTED:
            self._live.settled()
        super().step(outcome)


class _Events(UploadScreen):
    """One line of JSON for each step."""

    def welcome(self, stopped: StoppedRun) -> None:
        event = {
            "event": "stopped-run",
            "id": stopped.note.id if stopped.note else None,
            "number": stopped.note.number if stopped.note else None,
            "state": stopped.state,
            "at": utc_text(stopped.at),
        }
        data(to_json_line(event))

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
            "not_taken": outcome.not_taken,
        }
        data(to_json_line(event))


class _StudioEvents(_Events):
    """The same, with what is told of the page between."""

    def __init__(self, target: Target, events: StudioEvents) -> None:
        super().__init__(target, PeriodicProgress(_print_progress))
        self._events = events

    def step(self, outcome: Outcome) -> None:
        self._events.state = outcome.state
        super().step(outcome)


def _print_progress(note: Note, there: int, size: int) -> None:
    event = {"event": "progress", "id": note.id, "number": note.number, "state": State.UPLOADING}
    data(to_json_line({**event, "bytes_there": there, "bytes": size}))


def show_end(sent: Sent, target: Target, flags: Flags) -> None:
    """Show the sums, what needs a look, and where the practice account can be seen."""
    console.print()
    show_sums(sent.status)
    show_holds(sent.status, flags)
    show_failures(sent.status, sent.kept_back, flags)
    show_unreadable(sent.status)
    count_plain_topics(sent.status, flags)
    if any(note.attempt for note in sent.status.notes):
        if target.is_practice:
            say("Look at your practice account:", home_short(target.page))
    elif not sent.kept_back:
        say("Nothing to send yet.")


def show_early_end(where: Status, flags: Flags) -> None:
    """Show how far a run came that something ended early, and what needs a look."""
    console.print()
    show_sums(where)
    show_failures(where, (), flags)
    console.print()
