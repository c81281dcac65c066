"""Notes that only the creator can settle: beside what is on the account, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.text import Text

from crossover.accounts.ledger.answers import CreatorAnswer
from crossover.accounts.ledger.listed_notes import ListedNote
from crossover.cli.view.dates import day_and_time
from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.screen import (
    console,
    count,
    hanging,
    home_short,
    note_numbers_text,
    say,
    say_points,
)
from crossover.cli.view.status import title_text
from crossover.destinations.open import Target
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.notes import Note, State
from crossover.model.posts import Kind
from crossover.text import one_line
from crossover.transfer.outcome import Outcome
from crossover.transfer.resolve.open_notes import OpenKind, OpenNote

_KINDS = {Kind.VIDEO: "video", Kind.PHOTOS: "pictures", None: "note"}
_TYPES = {"video": "video", "normal": "pictures"}
_DRAFT = (
    "left among RedNote's drafts (草稿箱), in the browser that crossover opens; once you published it,"
    " it is listed here"
)
_HEAD = 9
"""Cells before what is told of a note, in the lines below its number."""


def show_open_head(notes: Sequence[OpenNote], target: Target) -> None:
    """Say how many notes are to be settled, by why, and where the practice account can be seen."""
    handed = sum(one.kind is OpenKind.HANDED for one in notes)
    parts = [f"{handed:,} handed to you"] if handed else []
    if unclear := len(notes) - handed:
        parts.append(f"{unclear:,} unclear")
    say(f"{count(len(notes), 'note')} to settle: {', '.join(parts)}", style="bold")
    if target.is_practice:
        say("The practice account:", home_short(target.page))


def show_open(one: OpenNote, candidates: Sequence[ListedNote]) -> None:
    """Show a note, and beside it the notes on the account that may be it, by number."""
    note, now = one.note, datetime.now(UTC)
    console.print()
    hanging(Text(f"{note.number:>5}  ", style="bold"), Text(_describe(note), style="bold"))
    _under("why", _why(one, now))
    if file := _first_file(note):
        _under("cover" if note.cover else "file", file)
    if candidates:
        say_points(["     On the account there is:"])
    for number, other in enumerate(candidates, 1):
        hanging(Text(f"{number:>7}  "), Text(_describe_listed(other, now)))


def _describe(note: Note) -> str:
    return f"{title_text(note.title)} · {_KINDS[note.kind]} · TikTok {note.posted_at:%Y-%m-%d}"


def _describe_listed(other: ListedNote, now: datetime) -> str:
    parts = [
        title_text(other.title),
        _TYPES.get(other.type or "", ""),
        day_and_time(other.time, now) if other.time else "",
        other.url or "",
    ]
    return one_line(" · ".join(filter(None, parts)))


def _why(one: OpenNote, now: datetime) -> str:
    entry = one.entry
    at = day_and_time(entry.out_at, now) if entry.out_at else ""
    match one.kind:
        case OpenKind.HANDED:
            if one.is_draft:
                return _DRAFT
            due = f", for {at}" if at else ""
            return f"handed to you in pack {entry.pack}{due}; its link is awaited"
        case OpenKind.UNCLEAR:
            sent = f"sent {at}" if at else "sent"
            reason = f"; {entry.reason}" if entry.reason else ""
            return f"{sent}, and no clear answer came back{reason}"
        case OpenKind.KEPT_BACK:
            return f"never sent from here: {entry.reason or 'a note like it was there already'}"


def _first_file(note: Note) -> str:
    file = note.cover or next(iter(note.media), None)
    return file.path if file else ""


def _under(head: str, text: str) -> None:
    hanging(Text(f"{head:>{_HEAD - 2}}  ", style="dim"), Text(one_line(text), style="dim"))


def show_looked_up(outcome: Outcome) -> None:
    """Tell what looking settled."""
    note = outcome.note
    match outcome.state:
        case State.POSTED:
            evidence = outcome.receipt.evidence if outcome.receipt else "found"
            said = f"found: {evidence}"
        case State.READY:
            said = "not on the account; the next upload looks once more, then sends it"
        case _:
            return
    hanging(Text(f"{note.number:>5}  "), Text(one_line(f"{title_text(note.title)}: {said}")))


def show_answers(answers: Sequence[CreatorAnswer], flags: Flags) -> None:
    """Tell what was written down."""
    for answer in answers:
        head = Text(f"{answer.note.number:>5}  ")
        if answer.receipt:
            url = answer.receipt.url or answer.receipt.note_id
            hanging(head, Text(one_line(f"{title_text(answer.note.title)}: {url}")))
        else:
            hanging(head, Text(one_line(f"{title_text(answer.note.title)}: {answer.said}")))
    links = sum(answer.receipt is not None for answer in answers)
    if links:
        say(f"{count(links, 'link')} written down.")
    if refused := [one.note.number for one in answers if one.state is State.FAILED]:
        more = Hint(
            f"{note_numbers_text(refused)}: the refusal holds. To try once more: ",
            step("again", refused[0]),
            ".",
        )
        say(placed(more, flags))
    if again := [one.note.number for one in answers if one.state is State.READY]:
        goes = "goes" if len(again) == 1 else "go"
        out = Hint(f"{note_numbers_text(again)} {goes} out with the next ", step("upload"), ".")
        say(placed(out, flags))


def show_known_already(number: int) -> None:
    """Tell of links that were given and say nothing new."""
    if number:
        say(f"{count(number, 'link')} {'was' if number == 1 else 'were'} known already.")


def show_without_link(names: Sequence[str]) -> None:
    """Tell of rows in which no link stands yet."""
    if names:
        shown = ", ".join([*names[:12], *(["…"] if len(names) > 12 else [])])
        say(f"{count(len(names), 'note')} without a link yet: {shown}.")


def show_settled(note: Note, url: str | None, state: State, flags: Flags) -> None:
    """Tell of a note that was named and is not open."""
    number = note.number
    match state:
        case State.POSTED:
            said = Hint(
                f"settled: {url or 'it is on the account'}. Another link: ",
                step("resolve", "--link", Placeholder(f"{number}=LINK")),
                "; gone from there: ",
                step("again", number),
            )
        case State.FAILED:
            said = Hint("refused; to send it once more: ", step("again", number))
        case _:
            said = Hint("not sent yet, so there is nothing to settle")
    hanging(Text(f"{number:>5}  "), Text(f"{title_text(note.title)}: {placed(said, flags)}"))


def how_to_answer(notes: Sequence[OpenNote]) -> Hint:
    """Name the flags that answer without a terminal, for the first of these notes."""
    number = notes[0].note.number
    hints = [
        Hint("Give its link: ", step("resolve", "--link", Placeholder(f"{number}=LINK"))),
        Hint("; it is not there: ", step("resolve", "--not-posted", number)),
    ]
    if any(one.kind is not OpenKind.HANDED for one in notes):
        hints.append(Hint("; what is there is another post: ", step("resolve", "--other", number)))
    hints.append(Hint("; many at once: ", step("resolve", "--from", "links.csv"), "."))
    return Hint(*hints)


def show_left(notes: Sequence[OpenNote]) -> None:
    """Tell what stays open."""
    handed = [one.note.number for one in notes if one.kind is OpenKind.HANDED]
    unclear = [one.note.number for one in notes if one.kind is not OpenKind.HANDED]
    if handed:
        say(f"Still without a link: {note_numbers_text(handed)}")
    if unclear:
        say(f"Still unclear: {note_numbers_text(unclear)}. Nothing of it is sent on a guess.")


def where_they_go(target: Target) -> str:
    """The account, as within a sentence."""
    return "the practice account" if target.is_practice else f"{target.name} on {target.site}"
