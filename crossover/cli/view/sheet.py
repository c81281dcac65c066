"""What a sheet that came back changes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rich.text import Text

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.ledger import read_entries
from crossover.cli.view.screen import count, hanging, home_short, say, say_points
from crossover.library.posts_file import Library
from crossover.model.choices import Action
from crossover.model.notes import State
from crossover.sheet.changes import Changes
from crossover.sheet.rows import EDITABLE
from crossover.text import one_line
from crossover.workspace import Workspace

MOST_SHOWN = 12


_NAMES = {
    "title": "title",
    "body": "text",
    "topics": "list of topics",
    "visibility": "visibility",
    "action": "action",
}


_MANY = {"visibility": "visibilities", "topics": "lists of topics"}


def show_changes(changes: Changes, file: Path) -> None:
    columns = Counter(cell.column for cell in changes.cells)
    if columns:
        sums = ", ".join(
            count(columns[name], _NAMES[name], _MANY.get(name))
            for name in EDITABLE
            if columns[name]
        )
        say(f"{file.name} changes {sums} ({count(len(changes.notes), 'note')}):", style="bold")
    for cell in changes.cells[:MOST_SHOWN]:
        after = "as it was without your edit" if cell.decision is None else _shown(cell.decision)
        head = Text(f"  {cell.number:>5}  {cell.column:<10}  ")
        hanging(head, Text(f"{_shown(cell.before)} → {after}"))
    if len(changes.cells) > MOST_SHOWN:
        say_points([f"and {len(changes.cells) - MOST_SHOWN} more"])
    for number, problem in open_problems(changes):
        hanging(Text(f"  {number:>5}  "), Text(problem, style="yellow"))
    say_points(changes.remarks, style="dim")


def show_named_files(changes: Changes, library: Library) -> None:
    posts = [post for post in library.posts if post.id in changes.files]
    if posts:
        say(f"Files for {count(len(posts), 'post')}:", style="bold")
    for post in posts[:MOST_SHOWN]:
        paths = "; ".join(one_line(home_short(path)) for path in changes.files[post.id])
        hanging(Text(f"  {post.number:>5}  "), Text(paths))
    if len(posts) > MOST_SHOWN:
        say_points([f"and {len(posts) - MOST_SHOWN} more"])


def show_settled(changes: Changes, place: Workspace) -> None:
    entries = read_entries(AccountFolder(place.practice).ledger)
    done = [
        note.number
        for note in changes.notes
        if (entry := entries.get((note.post, note.part[0]))) and entry.state is State.POSTED
    ]
    if done:
        shown = ", ".join(done[:MOST_SHOWN]) + (", …" if len(done) > MOST_SHOWN else "")
        say_points([f"Practised already, and left there as they are: {shown}."])


def _shown(what: object) -> str:
    text = " ".join(f"#{name}" for name in what) if isinstance(what, tuple) else str(what)
    line = one_line(text)
    return (line if len(line) <= 60 else line[:59] + "…") or "(empty)"


def open_problems(changes: Changes) -> list[tuple[str, str]]:
    """What the changed notes still have against them."""
    return [
        (note.number, one_line(f"{problem.message} {problem.next}"))
        for note in changes.notes
        for problem in note.problems
        if note.action is not Action.SKIP
        and not (problem.code == "no-media" and note.post in changes.files)
    ]
