"""One note whole, as it will read, with everything that was changed and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.plan_rows import files_of, state_word
from crossover.cli.view.topics import WHY_PLAIN, plain_topics_text
from crossover.cli.view.worth_a_look import refusal_text
from crossover.mapping.checks.advice import advice_on
from crossover.mapping.checks.levels import LEVEL_WORDS
from crossover.model.account import SiteName
from crossover.model.notes import Change, Note, Problem, State
from crossover.model.posts import Declaration
from crossover.model.summaries import group_changes
from crossover.plan.changed_since import Difference, as_sent, name_changes
from crossover.text import one_line, safe, title_length
from crossover.transfer.report.status import Standing


def note_panel(
    note: Note,
    standing: Standing,
    flags: Flags,
    *,
    title_units: int,
    site: SiteName = SiteName.REHEARSAL,
) -> RenderableType:
    """Paint one note as it will read, with everything that was changed and why; one that was sent
    as it was then, which of its topics are plain text there, and what of it changed since."""
    word, style = state_word(note, standing, site)
    note = as_sent(note, standing.differences)
    letters = title_length(note.title, title_units)
    head = Text.assemble((one_line(note.title) or "(no title)", "bold"), (f"   {letters}", "dim"))
    lines: list[RenderableType] = [head, Text(safe(note.body))]
    if note.topics:
        lines.append(Text(" ".join(f"#{one_line(topic)}" for topic in note.topics), style="cyan"))
    if standing.plain_topics:
        lines.append(Text(f"{plain_topics_text(standing.plain_topics)}. {WHY_PLAIN}", style="dim"))
    lines.append(
        Text(
            f"\n{files_of(note)} · {note.visibility}{_declared(note)}"
            f" · posted {note.posted_at:%Y-%m-%d %H:%M} UTC",
            style="dim",
        )
    )
    if standing.state is State.FAILED:
        lines += _section("Refused", [refusal_text(standing)])
    lines += _section("Changed since", map(_difference, standing.differences))
    lines += _section("Problems", (_problem(p, flags) for p in note.problems))
    lines += _section("Other titles in its words", _other_titles(note))
    lines += _section("Changes", (_change(*group) for group in group_changes(note.changes)))
    title = Text.assemble(f"{note.number}  ", (word, style))
    return Panel(Group(*lines), title=title, title_align="left", padding=(1, 2), width=92)


def _declared(note: Note) -> str:
    return "" if note.declaration is Declaration.NONE else f" · declaration: {note.declaration}"


def _other_titles(note: Note) -> Iterator[str]:
    """List the titles that the creator may choose instead, and how."""
    others = [
        (place, title)
        for place, title in enumerate(note.title_candidates, 1)
        if title != note.title
    ]
    for place, title in others:
        yield f"{place}  {one_line(title)}"
    if others:
        place = others[0][0]
        yield (
            f"To take one: `title_candidate: {place}` under {note.number} in edits.yaml, or {place} in"
            " that column of the sheet."
        )


def _difference(difference: Difference) -> str:
    name = name_changes([difference.field])
    return name + _before_and_after(difference.sent or "", difference.planned or "")


def _problem(problem: Problem, flags: Flags) -> str:
    advice = placed(advice_on(problem), flags)
    return one_line(f"{LEVEL_WORDS[problem.level]}: {problem.message} {advice}")


def _change(field: str, why: str, changes: Iterable[Change]) -> str:
    each = (_before_and_after(change.before, change.after) for change in changes)
    return one_line(f"{field}: {why}") + "".join(each)


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
