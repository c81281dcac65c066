"""What the account's own list said of its notes."""

from __future__ import annotations

from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.screen import count, say
from crossover.destinations.open import Target
from crossover.model.account import Review
from crossover.model.next_step import Hint, Placeholder, step
from crossover.transfer.report.review import Reviewed

_WORDS = {
    Review.PASSED: "passed review",
    Review.PENDING: "in review",
    Review.REFUSED: "refused by review",
    Review.GONE: "gone",
}


def show_reviewed(found: Reviewed) -> None:
    """Show how many notes the list has, and how many of ours it says what of."""
    parts = [f"{number:,} {_WORDS[one]}" for one in Review if (number := found.by_review.get(one))]
    if found.unsaid:
        parts.append(f"{found.unsaid:,} of which it says nothing")
    new = f" New: {count(len(found.changed), 'note')}." if found.changed else ""
    ours = f" Of yours: {', '.join(parts)}." if parts else ""
    say(f"The account lists {count(found.listed, 'note')}.{ours}{new}")


def show_no_list(target: Target, flags: Flags) -> None:
    """Show that nobody asked RedNote, and how the creator sees it themselves."""
    hint = Hint(
        f"RedNote is not asked from here: notes on {target.site} go out by hand. Whether one passed"
        " review you see in RedNote's app, under your own notes. One that was refused or is gone can"
        " go out anew: ",
        step("again", Placeholder("NOTE")),
        ".",
    )
    say(placed(hint, flags))
