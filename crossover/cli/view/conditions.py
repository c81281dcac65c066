"""What the creator is asked before notes go out to a real account."""

from __future__ import annotations

import typer
from rich.text import Text

from crossover.accounts.registry import account_for, fold_name
from crossover.cli.view.next_step import Flags, command_line, placed
from crossover.cli.view.plan_rows import files_of
from crossover.cli.view.screen import (
    console,
    count,
    hanging,
    note_numbers_text,
    say,
    say_banner,
    say_points,
)
from crossover.cli.view.status import title_text
from crossover.destinations.open import STUDIO
from crossover.model.calendar import CalendarRules
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.notes import Note
from crossover.model.posts import Visibility
from crossover.text import one_line
from crossover.transfer.conditions.questions import (
    DIGEST_LETTERS,
    AccountNotCompared,
    FirstNoteUnchecked,
    NotApproved,
    RiskNotAccepted,
)

_MOST = 12
"""Notes that are listed; the preview has all."""

_SEEN_BY = {
    Visibility.PUBLIC: "public",
    Visibility.FRIENDS: "friends only",
    Visibility.ONLY_ME: "only you",
}


def confirm_risk(question: RiskNotAccepted) -> bool:
    """Say once what a real account risks, and ask."""
    target, rules = question.target, question.rules
    if target.to == STUDIO:
        return _confirm_risk_in_studio(question)
    say(f"{target.name} on {target.site} is a real account.", style="bold")
    say_points(
        (
            "RedNote publishes no limits. One that posts a lot in a short time may be restricted.",
            f"So notes go out slowly: one for your eyes only first; {_pace(rules)}.",
            "At the first warning sign everything stops, until you looked and say go on.",
        )
    )
    return typer.confirm("Do you accept that, and go on?", default=False, err=True)


def _confirm_risk_in_studio(question: RiskNotAccepted) -> bool:
    target, note = question.target, question.note
    user_id = account_for(target.site, target.name).record.user_id
    known_as = f"{target.site}, id {user_id}" if user_id else str(target.site)
    say_banner(f"REAL ACCOUNT · RedNote “{one_line(target.name)}” ({known_as}) · not practice")
    if note:
        audience = "visible ONLY TO YOU" if question.is_first else _seen_by(note)
        topics = f" · {count(len(note.topics), 'topic')}" if note.topics else ""
        what = "One note" if question.is_first else "Next"
        say(f"{what}, {audience}: {title_text(note.title)} · {files_of(note)}{topics}")
    say("crossover fills in the page in your browser. You press Publish. It never presses for you.")
    say(
        "Risk, plainly: RedNote does not like automation; some accounts were warned or muted. We go"
        f" slowly ({_pace(question.rules)}), stop at the first sign and hide nothing."
    )
    say(
        "Nobody who wrote crossover has seen RedNote's own page: look closely at what it filled in."
    )
    if question.is_first:
        say("Then look at it on your phone. The others wait until it passed RedNote's review.")
    console.print()
    return _types_name(target.name)


def _types_name(name: str) -> bool:
    """Let the creator type the account's name; Enter alone is a no."""
    while True:
        typed: str = typer.prompt(
            "Type the account's name to go on, or press Enter to stop",
            default="",
            show_default=False,
            err=True,
        )
        if not typed.strip() or fold_name(typed) == fold_name(name):
            return bool(typed.strip())
        say(f"That is not it. The account's name is {one_line(name)}.")


def _pace(rules: CalendarRules) -> str:
    return f"{rules.first_week} a day for a week, then {rules.later}"


def confirm_empty(question: AccountNotCompared) -> bool:
    """Ask whether anything stands on the account."""
    name = question.target.name
    say("If you posted there before, some of your posts may be there already.")
    return typer.confirm(f"Is {name} empty, without a single note?", default=False, err=True)


def show_how_to_list(flags: Flags) -> None:
    """Show how the creator tells what stands on the account."""
    list_them = Hint(
        "Then list what is there, a link a line (with the title, if you can): ",
        step("resolve", "--have", Placeholder("LINKS.txt")),
        ". What looks like one of your posts waits until you say whether it is.",
    )
    say(placed(list_them, flags))


def confirm_first_note(question: FirstNoteUnchecked) -> bool:
    """Ask about the first note on the account."""
    what = _named(question.note) if question.note else question.entry.title
    say(f"{what} is the first note on this account. Look at it on your phone.")
    say_points(
        (
            "Are its pictures or its video, title, text and topics as they should be?",
            "Did it pass RedNote's review?",
            "If everybody shall see it, make it public there. It is never posted again.",
        )
    )
    if question.entry.url:
        say(question.entry.url, style="dim")
    return typer.confirm("Is it as you want it?", default=False, err=True)


def show_not_yet(question: FirstNoteUnchecked, flags: Flags) -> None:
    """Say what comes of a first note that is not right."""
    number = question.note.number if question.note else question.entry.post
    anew = Hint(
        "Delete it there, change what is wrong (",
        step("sheet out", "words.csv"),
        "), then: ",
        step("again", number),
        ".",
    )
    say(placed(anew, flags))


def confirm_agreement(question: NotApproved, flags: Flags) -> bool:
    """Show the notes that would go out, and ask for the creator's word."""
    notes, target = question.notes, question.target
    go = "goes" if len(notes) == 1 else "go"
    say(
        f"{count(len(notes), 'note')} {go} to {target.name} on {target.site}, a few a day:",
        style="bold",
    )
    if question.changed:
        numbers = note_numbers_text(note.number for note in question.changed)
        say(f"Changed since you agreed: {numbers}.", style="bold")
    for note in notes[:_MOST]:
        head = f"{note.number:>6}  {note.posted_at:%Y-%m-%d}  {files_of(note):<12}"
        hanging(Text(head), Text(_title_and_audience(note)))
    if len(notes) > _MOST:
        say(f"        … and {len(notes) - _MOST:,} more")
    say(f"All of it, as it will look: {command_line(step('preview'), flags)}")
    say(
        f"This is plan {question.digest[:DIGEST_LETTERS]}. Your word is kept, and holds for these notes"
        " as they are now; what you change later is asked about again."
    )
    console.print()
    return typer.confirm("Do you agree to all of them?", default=False, err=True)


def _title_and_audience(note: Note) -> str:
    seen = "" if note.visibility is Visibility.PUBLIC else f" ({_SEEN_BY[note.visibility]})"
    return f"{title_text(note.title)}{seen}"


def _seen_by(note: Note) -> str:
    return f"seen by {_SEEN_BY[note.visibility]}"


def _named(note: Note) -> str:
    return f"{note.number} {title_text(note.title)}"
