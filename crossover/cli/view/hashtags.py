"""What hashtags become: explained one by one, counted, and the creator's own words for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.text import Text

from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.screen import count, hanging, home_short, say, say_points
from crossover.mapping.topics.choose import WHY_DROPPED, is_chinese, may_be_anything, plain_tag
from crossover.mapping.topics.explain import TagExplanation, nearest_rows
from crossover.mapping.topics.hashtags import format_hashtags
from crossover.mapping.topics.table import TopicRow
from crossover.model.next_step import Hint, Placeholder, step
from crossover.settings.own_topics import OwnTopics
from crossover.text import one_line

_MOST_SHOWN = 20


def show_explained(explained: Sequence[TagExplanation]) -> None:
    """Show what each hashtag becomes."""
    for tag in explained:
        say(f"#{tag.tag}", style="bold")
        say_points(_explain(tag))


def _explain(tag: TagExplanation) -> Iterator[str]:
    if tag.kind is not None:
        yield f"No topic: {WHY_DROPPED[tag.kind]}."
        return
    if tag.is_dropped:
        yield "Left out: your rules say so (`topics.drop` in crossover.yaml)."
        return
    if tag.name != tag.tag:
        yield f"Goes as #{tag.name}: #{tag.tag} is what it is called on TikTok."
    if tag.yours is not None:
        yield f"{format_hashtags(tag.yours) or 'No other words'}: your own topics.yaml says so."
    for row in () if tag.yours is not None else tag.rows:
        yield f"{_words(row)}{_where(row)}"
    if tag.yours is None and tag.rows and all(row.is_ambiguous for row in tag.rows):
        yield "Without such tags beside it, it goes out as it is, behind your other tags."
    if not tag.is_known:
        behind = ", behind your other tags" if may_be_anything(tag.name) else ""
        yield f"Not in the table: it goes out as it is{behind}."
        if tag.nearest:
            yield f"Nearest: {_list_nearest(tag.nearest)}."
    elif is_chinese(tag.name) and tag.yours is None:
        yield (
            "Under a caption in Chinese it goes out as it is."
            if tag.rows
            else "Chinese already: it goes out as it is."
        )


def _words(row: TopicRow) -> str:
    return format_hashtags((*row.chinese, *([row.english] if row.english else [])))


def _where(row: TopicRow) -> str:
    where = f"only beside other tags of {row.field}" if row.is_ambiguous else row.field
    return f" ({where}{f': {row.note}' if row.note else ''})"


def _list_nearest(rows: Sequence[TopicRow]) -> str:
    return ", ".join(f"{row.tag} ({' '.join(row.chinese)})" for row in rows)


def show_unknown(
    unknown: Sequence[tuple[str, int]], total: int, own: Path, flags: Flags, *, every: bool
) -> None:
    """Show the hashtags without Chinese words, each with the rows that come nearest."""
    shown = unknown if every else unknown[:_MOST_SHOWN]
    for tag, times in shown:
        near = nearest_rows(plain_tag(tag).name, most=2)
        line = f"{times:>5}  #{one_line(tag)}"
        if near:
            hanging(Text(f"{line}  "), Text(f"nearest: {_list_nearest(near)}", style="dim"))
        else:
            say(line)
    if len(shown) < len(unknown):
        say(f"… and {len(unknown) - len(shown):,} more, with --all.")
    say(
        f"{count(len(unknown), 'hashtag')} of {total:,} without Chinese words; the others have some,"
        " are Chinese, or are no topics.",
        style="bold",
    )
    if unknown:
        say(f"They go out as they are. Words of your own for them go into {home_short(own)};")
        say(placed(Hint(step("topics", "check"), " then checks them."), flags))
        say(
            placed(
                Hint("To see more of one: ", step("topics", "explain", Placeholder("TAG"))), flags
            )
        )


def show_own_topics(path: Path, own: OwnTopics) -> None:
    """Show how many hashtags the creator's table has, and which of them never become topics."""
    say(f"{home_short(path)} is right: {count(len(own.by_tag), 'hashtag')}.", style="bold")
    say_points(
        f"line {line}: `{tag}` never counts: {WHY_DROPPED[kind]}."
        for tag, line in own.written.values()
        if (kind := plain_tag(tag).kind)
    )
