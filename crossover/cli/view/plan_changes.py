"""What changed since the plan was made."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.cli.view.screen import note_numbers_text, numbers_text, say
from crossover.model.plan_changes import ChangedRule, PlanChanges
from crossover.text import cut, one_line

_LETTERS = 60
"""Of a value; a longer one is cut."""


def show_plan_changes(changes: PlanChanges | None) -> None:
    """Say what changed, where that is known."""
    if text := changes_text(changes):
        say(text)


def changes_text(changes: PlanChanges | None) -> str:
    """Format as `Since the plan was made, this changed: rule topics.max (10 before, 3 now).`; empty
    where nothing did, or it is not known what."""
    listed = "; ".join(_list_changes(changes)) if changes else ""
    return f"Since the plan was made, this changed: {listed}." if listed else ""


def _list_changes(changes: PlanChanges) -> Iterator[str]:
    yield from map(_describe, changes.rules)
    if changes.own_topics:
        yield "your own words for hashtags (topics.yaml)"
    for what, numbers in (
        ("new posts", changes.new),
        ("posts no longer there", changes.gone),
        ("the words of posts, or what your export says of them", changes.words),
        ("the files of posts", changes.files),
    ):
        if numbers:
            yield f"{what} ({numbers_text(numbers)})"
    if changes.edits:
        yield f"your edits of notes ({note_numbers_text(changes.edits)})"
    if changes.on_disk:
        yield f"files on the disk, of notes ({note_numbers_text(changes.on_disk)})"
    if changes.unreadable:
        yield "which records of your export cannot be read"
    if changes.tiktok_gone:
        yield "whether your TikTok account is still there"
    if changes.limits:
        yield "the limits of RedNote, which came with an update of crossover"


def _describe(rule: ChangedRule) -> str:
    """Name the rule with its values; without them where they differ behind a cut alone."""
    before, now = (cut(one_line(value), _LETTERS, len) for value in (rule.before, rule.now))
    return f"rule {rule.key}" + (f" ({before} before, {now} now)" if before != now else "")
