"""A sheet that came back: what it changes, the question it may raise, and where that was kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import typer
from rich.text import Text

from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.screen import count, hanging, home_short, is_terminal, say, say_points
from crossover.errors import UsageProblem
from crossover.mapping.checks.levels import LEVEL_WORDS
from crossover.model.choices import Action, TitleChoice
from crossover.model.next_step import Hint, step
from crossover.sheet.changes import SheetChanges
from crossover.sheet.rows import EDITABLE
from crossover.text import one_line
from crossover.workspace import Workspace

_MOST_SHOWN = 12

_NAMES = {
    "title": "title",
    "body": "text",
    "topics": "list of topics",
    "title_candidate": "chosen title",
    "visibility": "visibility",
    "declaration": "declaration",
    "original": "claim of original work",
    "action": "action",
}
_MANY = {
    "original": "claims of original work",
    "visibility": "visibilities",
    "topics": "lists of topics",
}


def confirm_wider(numbers: Sequence[str], file: Path) -> None:
    """Ask whether the notes, by number, may be seen by more people. Raises `UsageProblem` when they
    may not, and where nobody can be asked."""
    what = f"{count(len(numbers), 'note')} would be seen by more people than on TikTok: {_first(numbers)}."
    if not is_terminal():
        raise UsageProblem(
            f"{what} Nothing was taken.",
            next=Hint("If you mean that: ", step("sheet in", file, "--wider")),
        )
    if not typer.confirm(f"{what} Do you mean that?", err=True):
        raise UsageProblem("Nothing was taken.", next="Correct the column `visibility`.")


def _first(numbers: Sequence[str]) -> str:
    return ", ".join(numbers[:_MOST_SHOWN]) + (", …" if len(numbers) > _MOST_SHOWN else "")


def show_changes(changes: SheetChanges, file: Path, flags: Flags) -> None:
    """Show how many cells of each column a sheet changes, the first of them, and what is open."""
    columns = Counter(cell.column for cell in changes.cells)
    if columns:
        summary = ", ".join(
            count(columns[name], _NAMES[name], _MANY.get(name))
            for name in EDITABLE
            if columns[name]
        )
        say(f"{file.name} changes {summary} ({count(len(changes.notes), 'note')}):", style="bold")
    for cell in changes.cells[:_MOST_SHOWN]:
        after = "as it was without your edit" if cell.decision is None else _shown(cell.decision)
        head = Text(f"  {cell.number:>5}  {cell.column:<10}  ")
        hanging(head, Text(f"{_shown(cell.before)} → {after}"))
    if len(changes.cells) > _MOST_SHOWN:
        say_points([f"and {len(changes.cells) - _MOST_SHOWN} more"])
    for number, problem in open_problems(changes, flags):
        hanging(Text(f"  {number:>5}  "), Text(problem, style="yellow"))
    say_points((placed(remark, flags) for remark in changes.remarks), style="dim")


def show_named_files(changes: SheetChanges) -> None:
    """Show the files that a sheet names anew, by post."""
    posts = [post for post in changes.library.posts if post.id in changes.files]
    if posts:
        say(f"Files for {count(len(posts), 'post')}:", style="bold")
    for post in posts[:_MOST_SHOWN]:
        paths = "; ".join(one_line(home_short(path)) for path in changes.files[post.id])
        hanging(Text(f"  {post.number:>5}  "), Text(paths))
    if len(posts) > _MOST_SHOWN:
        say_points([f"and {len(posts) - _MOST_SHOWN} more"])


def show_taken(changes: SheetChanges, workspace: Workspace) -> None:
    """Say where it is that was taken of a sheet."""
    if changes.files:
        say(f"The files are in {home_short(workspace.media)}.")
    if changes.cells:
        say(f"Kept in {home_short(workspace.edits)}.")


def show_sent(numbers: Sequence[str]) -> None:
    """Say which notes were sent already, by number, so that a sheet changes nothing there."""
    if numbers:
        they_are = "it is" if len(numbers) == 1 else "they are"
        say_points([f"Sent already, and left there as {they_are}: {_first(numbers)}."])


def _shown(what: object) -> str:
    match what:
        case TitleChoice(place, title):
            text = f"{place}: {title}"
        case tuple():
            text = " ".join(f"#{name}" for name in what)
        case bool():
            text = "yes" if what else "no"
        case _:
            text = str(what)
    line = one_line(text)
    return (line if len(line) <= 60 else line[:59] + "…") or "(empty)"


def open_problems(changes: SheetChanges, flags: Flags) -> list[tuple[str, str]]:
    """List, by note, what still holds the changed notes, and what the change gave them to look at."""
    return [
        (
            note.number,
            one_line(
                f"{LEVEL_WORDS[problem.level]}: {problem.message} {placed(problem.next, flags)}"
            ),
        )
        for note, problem in changes.find_problems()
        if note.action is not Action.SKIP
        and not (problem.code == "no-media" and note.post in changes.files)
    ]
