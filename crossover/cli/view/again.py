"""A note as it went out and as it would go out anew, side by side."""

from __future__ import annotations

from datetime import UTC, datetime

from rich.text import Text

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.taken_back import GONE
from crossover.cli.view.dates import day_and_time
from crossover.cli.view.screen import hanging, say
from crossover.cli.view.status import title_text
from crossover.destinations.open import Target
from crossover.model.notes import State
from crossover.plan.changed_since import Difference
from crossover.text import cut, one_line
from crossover.transfer.resolve.again import Retry, unchanged

_LETTERS = 160
_HEAD = 14
_NAMES = {
    "title": "title",
    "text": "text",
    "visibility": "visibility",
    "files": "files",
    "order": "pictures",
    "cover": "cover",
}
_BARE = {"order": "in another order", "cover": "another one"}


def show_retry(retry: Retry, target: Target) -> None:
    """Show what became of a note, and what a new attempt sends: each part that changed, before and
    now, and what stays the same."""
    note = retry.note
    say(f"{note.number}  {title_text(note.title)}", style="bold")
    _line("before", _became(retry.entry))
    if retry.entry.url and retry.entry.state is State.POSTED:
        _line("it was at", retry.entry.url)
    for difference in retry.differences:
        _show_difference(difference)
    if same := list(unchanged(retry)):
        _line("the same", ", ".join(same))
    if retry.is_looked_up:
        _line("looked up", "the old one is not on the account")
    elif retry.entry.state is not State.FAILED:
        _line("careful", f"crossover cannot look at {target.name} on {target.site}: look yourself")


def _show_difference(difference: Difference) -> None:
    name = _NAMES.get(difference.field, difference.field)
    if difference.sent is None or difference.planned is None:
        _line(name, _BARE.get(difference.field, "changed"))
        return
    _line(name, f"before: {_short(difference.sent)}")
    _line("", f"now:    {_short(difference.planned)}")


def _became(entry: Entry) -> str:
    at = f" on {day_and_time(entry.out_at, datetime.now(UTC))}" if entry.out_at else ""
    match entry.state:
        case State.FAILED:
            return f"refused{at}: {entry.reason or 'no reason was told'}"
        case State.HANDED:
            given = f"handed to you in pack {entry.pack}" if entry.pack else "left as a draft"
            return f"{given}; no link came back"
        case _ if entry.review == GONE:
            return f"sent{at}, then gone: {entry.review_reason or 'not listed any more'}"
        case _ if entry.review_reason:
            return f"sent{at}; RedNote said: {entry.review_reason}"
        case _:
            return f"sent{at}; {entry.evidence or 'it was on the account'}"


def _short(text: str) -> str:
    return cut(one_line(text), _LETTERS, len) or "(nothing)"


def _line(head: str, text: str) -> None:
    hanging(Text(f"{head:>{_HEAD}}  ", style="dim"), Text(one_line(text)))


def question_about(retry: Retry) -> str:
    """What the creator is asked before a new attempt."""
    match retry.entry.state:
        case State.FAILED:
            return "Try it once more, as shown?"
        case State.HANDED if retry.entry.pack is None:
            return "You did not publish that draft, and it shall be filled in anew?"
        case State.HANDED:
            return "You did not post it from that pack, and it shall be handed out anew?"
        case _ if retry.is_looked_up:
            return "Send it anew, as shown?"
        case _:
            return "The old one is deleted there, and a new one shall go out?"
