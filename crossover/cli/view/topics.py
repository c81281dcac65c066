"""Hashtags that went out as plain text, since no topic of their name was known there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rich.text import Text

from crossover.cli.view.next_step import Flags, command_line
from crossover.cli.view.screen import count, hanging, note_numbers_text, say
from crossover.model.account import SiteName
from crossover.model.next_step import step
from crossover.text import one_line
from crossover.transfer.report.status import Status

_PRACTICE_HAS_NONE = "The practice account has no such topics; its list is made up, and tells nothing about RedNote's."
_REDNOTE_HAS_NONE = "RedNote knows no topics of these names."
_MOST = 12
"""So many hashtags are named at once."""


def why_plain(site: SiteName) -> str:
    """Say why hashtags are plain text on that site."""
    return _PRACTICE_HAS_NONE if site is SiteName.REHEARSAL else _REDNOTE_HAS_NONE


def plain_topics_text(names: Iterable[str]) -> str:
    """Format as `2 hashtags are plain text there: #one, #two`."""
    tags = [f"#{one_line(name)}" for name in names]
    are = count(len(tags), "hashtag is", "hashtags are")
    return f"{are} plain text there: {', '.join(tags)}"


def count_plain_topics(where: Status, flags: Flags) -> None:
    """Tell how many of the notes on the account there are, and where they are named."""
    if text := _sum_text(where):
        say(f"{text} ({command_line(step('status'), flags)}). {why_plain(where.site)}")


def show_plain_topics(where: Status) -> None:
    """Name each, the most frequent first, with the notes that have it."""
    text = _sum_text(where)
    if not text:
        return
    say(f"{text}. {why_plain(where.site)}")
    notes: defaultdict[str, list[str]] = defaultdict(list)
    for number, names in where.plain_topics.items():
        for name in names:
            notes[name].append(number)
    by_number = sorted(notes, key=lambda name: -len(notes[name]))
    named = [f"#{one_line(name)} ({note_numbers_text(notes[name])})" for name in by_number[:_MOST]]
    if by_number[_MOST:]:
        named.append(f"and {len(by_number) - _MOST:,} more, which the preview names")
    hanging(Text("  "), Text(", ".join(named), style="dim"))


def _sum_text(where: Status) -> str:
    by_note = where.plain_topics
    if not by_note:
        return ""
    are = count(sum(map(len, by_note.values())), "hashtag is", "hashtags are")
    return f"{are} plain text in {count(len(by_note), 'note')}"
