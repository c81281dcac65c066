"""The plan in the terminal: its sums, what waits for the creator, what deserves a look, and rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from crossover.cli.view.lost_edits import show_lost_edits
from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.not_moved import show_not_moved
from crossover.cli.view.plan_rows import PlanTable, make_row, rows_within
from crossover.cli.view.screen import console, count, home_short, say
from crossover.cli.view.status import SENT, words_for
from crossover.cli.view.waiting import show_waiting
from crossover.cli.view.worth_a_look import show_remarks
from crossover.destinations.open import KIT, STUDIO
from crossover.guide.facts import Facts
from crossover.guide.holds import Waiting, find_waiting
from crossover.guide.note_selection import EVERYTHING, Selection, select_notes
from crossover.library.posts_file import Library
from crossover.model.account import SiteName
from crossover.model.choices import Action
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.notes import Plan, State
from crossover.text import one_line
from crossover.transfer.report.status import Status
from crossover.workspace import Workspace

_LINES_BELOW = 10
"""Lines below the rows, which belong on the same screen."""
_FEWEST = 10
"""Lines that rows get on the smallest screen."""


def show_plan(
    made: Plan,
    where: Status,
    library: Library,
    facts: Facts,
    workspace: Workspace,
    flags: Flags,
    selection: Selection = EVERYTHING,
    *,
    every: bool = False,
) -> None:
    """Show the sums, what waits, where to look closer, and a screenful of rows; `every` row where
    it is asked for, or goes to a file. Of a selection there are the rows alone, and of what waits
    its causes. Raises `UsageProblem` for a number that no note has."""
    waiting = find_waiting(library, made, where, facts.files_unsure)
    notes = tuple(select_notes(made, where, waiting, selection))
    complete = every or not console.is_terminal
    say(sums(made), style="bold")
    if goes := goes_to(made):
        say(goes)
    if so_far := sums_so_far(made, where):
        say(so_far)
    show_lost_edits(made.problems)
    if selection.is_everything:
        show_waiting(waiting, facts, flags, complete=complete)
        show_remarks(notes, complete=complete)
    else:
        are = "is" if len(notes) == 1 else "are"
        say(f"{len(notes):,} of {count(len(made.notes), 'note')} {are} what you asked for.")
        if selection.needs_you:
            asked = {note.number for note, _ in notes}
            show_waiting(_only_of(waiting, asked), facts, flags, complete=complete)
            refused = [both for both in notes if both[1].state is State.FAILED]
            show_remarks(refused, complete=complete)
    narrow, changes = console.width < 64, selection.changed
    rows = [make_row(*both, site=made.site, narrow=narrow, changes=changes) for both in notes]
    shown = rows if complete else rows_within(rows, max(console.height - _LINES_BELOW, _FEWEST))
    if shown:
        console.print()
        console.print(PlanTable(shown), end="")
    if left := len(rows) - len(shown):
        more = placed(_SHOW_MORE, flags) if selection.is_everything else "add `--all` to see them."
        say(f"and {count(left, 'more note')}: {more}")
    console.print()
    show_not_moved(deleted=library.deleted)
    say("See every note as it will look:", home_short(workspace.preview))


def goes_to(made: Plan) -> str:
    """Where the notes of a plan go; empty for plain practice, which is what a move begins with."""
    if made.to not in _WAYS:
        return ""
    practice = made.site is SiteName.REHEARSAL
    whose = "practice" if practice else f"{one_line(made.account)} on {made.site}"
    return f"Planned for {whose}, {_WAYS[made.to]}."


_WAYS = {
    STUDIO: "in your own browser, where you press Publish",
    KIT: "for you to post by hand",
}

_SHOW_MORE = Hint(
    step("plan", "--all"),
    ", or some of them: ",
    step("plan", Placeholder("10-50")),
    "; also by `--year`, `--kind`, `--text`, `--needs-you`, `--changed`.",
)


def _only_of(waiting: Iterable[Waiting], asked: Collection[str]) -> list[Waiting]:
    """Keep what waits of the notes, by number, that were asked for."""
    return [
        replace(group, numbers=numbers)
        for group in waiting
        if (numbers := tuple(number for number in group.numbers if number in asked))
    ]


def sums(made: Plan) -> str:
    """Format as `28 posts found = 25 move (26 notes) + 3 on hold + 0 left out + 0 unreadable`."""
    notes = f" (as {count(made.notes_total, 'note')})" if made.notes_total != made.move else ""
    return (
        f"{count(made.found, 'post')} found = {made.move} move{notes} + {made.hold} on hold"
        f" + {made.skip} left out + {made.unreadable} unreadable"
    )


def sums_so_far(made: Plan, where: Status) -> str:
    """Format as `Of these notes so far: 20 practised, 1 refused. 4 notes go out next.`, which adds
    up to the notes that move, and name apart what went out of those that do not; empty where
    nothing was sent yet."""
    moving, others = Counter[State](), Counter[State]()
    for note, standing in zip(made.notes, where.notes, strict=True):
        moves = note.action is Action.MOVE
        if moves or standing.state is not State.HOLD:
            (moving if moves else others)[standing.state] += 1
    sent, besides = _sent_text(moving, made.site), _sent_text(others, made.site)
    if not sent and not besides:
        return ""
    go = "go" if where.leaving > 1 else "goes"
    left = "Nothing more goes out."
    if where.leaving:
        left = f"{count(where.leaving, 'note')} {go} out next."
    return " ".join(
        [
            *([f"Of these notes so far: {sent}."] if sent else []),
            left,
            *([f"On hold or left out since: {besides}."] if besides else []),
        ]
    )


def _sent_text(notes: Counter[State], site: SiteName) -> str:
    # Of notes that move, on hold are those that may be on the account already.
    states = (*SENT, State.HOLD)
    words = words_for(site)
    return ", ".join(f"{notes[state]:,} {words[state]}" for state in states if notes[state])
