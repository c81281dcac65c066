"""The plan in the terminal: a table of all notes, or one note whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.not_moved import show_not_moved
from crossover.cli.view.questions import count_questions
from crossover.cli.view.screen import console, count, hanging, home_short, note_numbers_text, say
from crossover.cli.view.status import NOT_AGAIN, SENT, WORDS, title_text
from crossover.cli.view.topics import WHY_PLAIN, plain_topics_text
from crossover.cli.view.waiting import words_by_hand
from crossover.guide.holds import find_words_by_hand
from crossover.library.posts_file import read_library
from crossover.mapping.advice import advice_on
from crossover.mapping.levels import LEVEL_WORDS
from crossover.model.choices import Action
from crossover.model.notes import Note, Plan, Problem, State
from crossover.model.posts import Kind
from crossover.plan.changed_since import Difference, as_sent, name_changes
from crossover.text import half_units, one_line, safe, whole_sentence
from crossover.transfer.report.status import Standing, Status
from crossover.workspace import Workspace

_ACTION = {
    Action.MOVE: ("move", "green"),
    Action.HOLD: ("hold", "yellow"),
    Action.SKIP: ("skip", "dim"),
}


def plan_table(plan: Plan, where: Status, *, narrow: bool = False) -> Table:
    """Make a row for each note: number, day, files, what happens, title; on a narrow screen without
    day and files. A note that was sent has what became of it, and the title it went out with."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("note", justify="right", no_wrap=True)
    if not narrow:
        table.add_column("posted", no_wrap=True)
        table.add_column("files", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("title", overflow="fold")  # the only one that gives way
    for note, standing in zip(plan.notes, where.notes, strict=True):
        word, style = _word(note, standing)
        title = Text(one_line(standing.title))
        if standing.title != standing.title_planned:
            title.append(f"\nchanged since: {title_text(standing.title_planned)}", style="dim")
        table.add_row(
            note.number,
            *(() if narrow else (f"{note.posted_at:%Y-%m-%d}", files_of(note))),
            Text(word, style=style),
            title,
        )
    return table


def _word(note: Note, standing: Standing) -> tuple[str, str]:
    """Say in a word what becomes of the note, or became of it, and in which style."""
    return (WORDS[standing.state], "dim") if standing.state in SENT else _ACTION[note.action]


def remarks(plan: Plan, where: Status) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield what deserves a look, under headings: notes, and what is said of them. Equal warnings
    of many notes are one line."""
    both = list(zip(plan.notes, where.notes, strict=True))
    for action, heading in ((Action.HOLD, "On hold"), (Action.SKIP, "Left out")):
        reasons = _grouped(
            (_reason(note, standing), note.number)
            for note, standing in both
            if note.action is action
        )
        if reasons:
            yield heading, reasons
    refused = _grouped(
        (_refusal(standing), standing.number)
        for standing in where.notes
        if standing.state is State.FAILED
    )
    if refused:
        yield "Refused", refused
    moved = [note for note in plan.notes if note.action is Action.MOVE]
    warnings = _grouped((p.message, note.number) for note in moved for p in note.problems)
    if warnings:
        yield "Worth a look", warnings


def _refusal(standing: Standing) -> str:
    return f"{whole_sentence(standing.reason or '')} {NOT_AGAIN}"


def _reason(note: Note, standing: Standing) -> str:
    if standing.state is State.SKIP:
        return whole_sentence(standing.reason or "")
    out = " It was sent before, and stays as it is." if standing.may_be_there else ""
    return whole_sentence(note.reason) + out


def _grouped(said: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    groups: dict[str, list[str]] = {}
    for text, number in said:
        groups.setdefault(text, []).append(number)
    return [(note_numbers_text(dict.fromkeys(numbers)), text) for text, numbers in groups.items()]


def files_of(note: Note) -> str:
    """Format as `video 0:12`, `9 pictures`, `-`."""
    if not note.media:
        return "-"
    if note.kind is Kind.PHOTOS:
        return f"{len(note.media)} picture{'' if len(note.media) == 1 else 's'}"
    seconds = round(note.media[0].duration or 0)
    return f"video {seconds // 60}:{seconds % 60:02d}"


def note_panel(note: Note, standing: Standing, flags: Flags, *, title_units: int) -> RenderableType:
    """Paint one note as it will read, with everything that was changed and why; one that was sent
    as it was then, which of its topics are plain text there, and what of it changed since."""
    word, style = _word(note, standing)
    note = as_sent(note, standing.differences)
    letters = f"{half_units(note.title)} of {2 * title_units} letters"
    head = Text.assemble((one_line(note.title) or "(no title)", "bold"), (f"   {letters}", "dim"))
    lines: list[RenderableType] = [head, Text(safe(note.body))]
    if note.topics:
        lines.append(Text(" ".join(f"#{one_line(topic)}" for topic in note.topics), style="cyan"))
    if standing.plain_topics:
        lines.append(Text(f"{plain_topics_text(standing.plain_topics)}. {WHY_PLAIN}", style="dim"))
    lines.append(
        Text(
            f"\n{files_of(note)} · {note.visibility} · posted {note.posted_at:%Y-%m-%d %H:%M} UTC",
            style="dim",
        )
    )
    if standing.state is State.FAILED:
        lines += _section("Refused", [_refusal(standing)])
    lines += _section("Changed since", map(_difference, standing.differences))
    lines += _section("Problems", (_problem(p, flags) for p in note.problems))
    lines += _section("Changes", (_change(c.field, c.before, c.after, c.why) for c in note.changes))
    title = Text.assemble(f"{note.number}  ", (word, style))
    return Panel(Group(*lines), title=title, title_align="left", padding=(1, 2), width=92)


def _difference(difference: Difference) -> str:
    name = name_changes([difference.field])
    return name + _before_and_after(difference.sent or "", difference.planned or "")


def _problem(problem: Problem, flags: Flags) -> str:
    advice = placed(advice_on(problem), flags)
    return one_line(f"{LEVEL_WORDS[problem.level]}: {problem.message} {advice}")


def _change(field: str, before: str, after: str, why: str) -> str:
    return one_line(f"{field}: {why}") + _before_and_after(before, after)


def _before_and_after(before: str, after: str) -> str:
    """Format as a line below, of long texts what differs; empty where both are."""
    pairs = enumerate(zip(before, after, strict=False))
    same = next((place for place, (one, other) in pairs if one != other), len(after))
    start = before.rfind(" ", 0, same) + 1 if same > 40 else 0
    parts = [("…" if start else "") + part[start:] for part in (before, after) if part]
    shown = " → ".join(_short(part) for part in parts)
    return f"\n  {shown}" if shown else ""


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= 120 else line[:119] + "…"


def _section(name: str, entries: Iterable[str]) -> list[RenderableType]:
    shown = [Padding(Text(safe(entry)), (0, 0, 0, 2)) for entry in entries]
    return [Text(f"\n{name}", style="bold"), *shown] if shown else []


def show_plan(made: Plan, where: Status, workspace: Workspace, flags: Flags) -> None:
    """Show the table, the sums, and where to look closer."""
    console.print(plan_table(made, where, narrow=console.width < 64), soft_wrap=False)
    for heading, lines in remarks(made, where):
        console.print()
        say(heading)
        for numbers, text in lines:
            hanging(Text(f"  {numbers}  "), Text(safe(text), style="dim"))
    console.print()
    say(sums(made), style="bold")
    if so_far := sums_so_far(made, where):
        say(so_far)
    library = read_library(workspace.posts)
    show_not_moved(deleted=library.deleted)
    count_questions(library, flags)
    if by_hand := find_words_by_hand(library, made):
        say(placed(words_by_hand(by_hand), flags))
    say("See every note as it will look:", home_short(workspace.preview))


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
        (moving if note.action is Action.MOVE else others)[standing.state] += 1
    sent, besides = _sent_text(moving), _sent_text(others)
    if not sent and not besides:
        return ""
    go = "go" if where.leaving > 1 else "goes"
    left = f"{count(where.leaving, 'note') if where.leaving else 'No note'} {go} out next."
    return " ".join(
        [
            *([f"Of these notes so far: {sent}."] if sent else []),
            left,
            *([f"On hold or left out since: {besides}."] if besides else []),
        ]
    )


def _sent_text(notes: Counter[State]) -> str:
    return ", ".join(f"{notes[state]:,} {WORDS[state]}" for state in SENT if notes[state])
