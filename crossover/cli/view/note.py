"""One note whole: the post on TikTok, what it will be on RedNote, and all that was changed and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.text import Text

from crossover.cli.view.columns import GAP, folded, folded_list, side_by_side
from crossover.cli.view.dates import day_and_time
from crossover.cli.view.marks import legend, paint_new, paint_topics, plain_lines
from crossover.cli.view.next_step import Flags
from crossover.cli.view.not_taken import not_taken_text
from crossover.cli.view.note_sections import note_sections
from crossover.cli.view.plan_rows import files_of, state_word
from crossover.cli.view.screen import console, line_width
from crossover.cli.view.tiktok_post import tiktok_extras, tiktok_facts, tiktok_words
from crossover.cli.view.topics import plain_topics_text, why_plain
from crossover.limits.limits import Limits
from crossover.mapping.marked_words import (
    MarkedWords,
    Went,
    find_new_topics,
    mark_caption,
    mark_new_words,
)
from crossover.model.account import SiteName
from crossover.model.notes import Note
from crossover.model.posts import Declaration, Post
from crossover.model.tiktok import post_address
from crossover.plan.changed_since import as_sent
from crossover.text import one_line, title_length
from crossover.transfer.report.status import Standing

_BESIDE = 100
"""Cells from which on the post and the note stand beside each other."""
_WIDEST = 152
"""Cells of a line at most: nobody reads longer ones."""
_BAR = 2
"""Cells of the bar before words."""
_WORDS_CHANGED = frozenset({"title", "text"})


@dataclass(frozen=True, slots=True)
class NoteOrigin:
    """Where a note comes from: its post, the handle there, the other notes of that post, and the
    folder in which its files are."""

    post: Post
    handle: str | None
    others: Sequence[Note] = ()
    folder: Path | None = None


def note_text(
    note: Note,
    standing: Standing,
    flags: Flags,
    limits: Limits,
    *,
    origin: NoteOrigin | None = None,
    site: SiteName = SiteName.REHEARSAL,
) -> Text:
    """Paint one note as it will read beside the post it comes from, on lines of this screen: with
    the words that went elsewhere marked, and everything that was changed and why. One that was sent
    is shown as it was then, with which of its topics are plain text there, and what of it changed
    since."""
    word, style = state_word(note, standing, site)
    changed = _WORDS_CHANGED & set(standing.changed_since)
    note = as_sent(note, standing.differences)
    marks = _mark(note, origin) if origin and not changed else None
    width = min(line_width(), _WIDEST) if console.is_terminal else line_width()
    lines = [
        _head(note, word, style, width),
        *_both(note, standing, limits, origin, marks, width, site),
        *note_sections(
            note,
            standing,
            flags,
            width,
            folder=origin.folder if origin else None,
            links=_links(standing, origin, site),
        ),
    ]
    return Text("\n").join(lines)


def _links(standing: Standing, origin: NoteOrigin | None, site: SiteName) -> Iterator[str]:
    """Yield where the post is and where the note is; the practice account has no lasting address."""
    if origin:
        post = origin.post
        yield from filter(None, [post_address(origin.handle, post.kind, post.tiktok_id)])
    if standing.url and site is not SiteName.REHEARSAL:
        yield standing.url


@dataclass(frozen=True, slots=True)
class _Marks:
    caption: tuple[MarkedWords, ...]
    body: tuple[MarkedWords, ...]
    new_topics: frozenset[str]

    def went(self) -> set[Went]:
        went = {one.went for one in (*self.caption, *self.body)}
        return went | {Went.NEW} if self.new_topics else went


def _mark(note: Note, origin: NoteOrigin) -> _Marks | None:
    caption = origin.post.text or ""
    if not caption.strip():
        return None
    return _Marks(
        mark_caption(caption, note, origin.others),
        mark_new_words(note.body, caption),
        find_new_topics(note, caption),
    )


def _head(note: Note, word: str, style: str, width: int) -> Text:
    index, parts = note.part
    head = Text.assemble((note.number, "bold"), "  ", (word, style))
    if parts > 1:
        head.append(f"  part {index} of {parts} of its post", "dim")
    if console.is_terminal:
        head.append(" ").append("─" * max(width - head.cell_len, 0), "dim")
    return head


def _both(
    note: Note,
    standing: Standing,
    limits: Limits,
    origin: NoteOrigin | None,
    marks: _Marks | None,
    width: int,
    site: SiteName,
) -> Iterator[Text]:
    """Yield the post and the note, beside each other where there is room."""
    beside = console.is_terminal and width >= _BESIDE and origin is not None
    column = (width - GAP) // 2 if beside else width
    before = _tiktok(note, origin, marks, column)
    after = _rednote(note, standing, limits, marks, column)
    if standing.plain_topics:
        plain = f"{plain_topics_text(standing.plain_topics)}. {why_plain(site)}"
        after += folded(Text(plain, "dim"), column)
    if standing.not_taken:
        after += folded(Text(not_taken_text(standing.not_taken), "dim"), column)
    yield Text()
    if beside:
        yield from side_by_side(before, after, column)
    else:
        yield from [*before, Text(), *after]
    if marks and (means := legend(marks.went())):
        yield Text()
        yield from folded(means, width)


def _tiktok(note: Note, origin: NoteOrigin | None, marks: _Marks | None, width: int) -> list[Text]:
    if origin is None:
        posted = day_and_time(note.posted_at, datetime.now(UTC))
        return _headed("On TikTok", [posted], width)
    lines = _headed("On TikTok", tiktok_facts(origin.post), width)
    words = tiktok_words(origin.post, marks.caption if marks else None)
    lines += _quoted(folded(words, width - _BAR))
    for extra in tiktok_extras(origin.post):
        lines += folded(Text(extra, "dim"), width)
    return lines


def _rednote(
    note: Note, standing: Standing, limits: Limits, marks: _Marks | None, width: int
) -> list[Text]:
    lines = _headed("On RedNote", _settings_of(note, standing), width)
    lines += _quoted(_words(note, marks, width - _BAR))
    for counted in _lengths(note, limits):
        lines += folded(counted, width)
    return lines


def _headed(name: str, facts: Iterable[str], width: int) -> list[Text]:
    return folded(Text.assemble((name, "bold"), "  ", (" · ".join(facts), "dim")), width)


def _quoted(lines: Iterable[Text]) -> list[Text]:
    """Set words off: whatever stands in them, they begin no line of their own."""
    bar = "|" if console.options.ascii_only else "│"
    return [Text.assemble((f"{bar} ", "dim"), line) for line in lines]


def _settings_of(note: Note, standing: Standing) -> Iterator[str]:
    yield files_of(note)
    yield str(note.visibility)
    if note.declaration is not Declaration.NONE:
        yield f"declaration: {note.declaration}"
    if note.original:
        yield "original work (原创)"
    if when := standing.scheduled_for or note.schedule:
        yield f"goes out {day_and_time(when, datetime.now(UTC))}"


def _words(note: Note, marks: _Marks | None, width: int) -> Iterator[Text]:
    """Yield the lines of the title, the text and the topics."""
    title = Text(one_line(note.title), "bold") if note.title else Text("(no title)", "dim")
    yield from folded(title, width)
    if note.body:
        yield Text()
        body = paint_new(marks.body) if marks else Text(plain_lines(note.body))
        yield from folded(body, width)
    if note.topics:
        yield Text()
        new = marks.new_topics if marks else ()
        yield from folded_list(paint_topics(note.topics, new), width)


def _lengths(note: Note, limits: Limits) -> Iterator[Text]:
    """Yield how much of what RedNote takes is used."""
    most = limits.title_units.value
    style = "bold red" if note.title_units > most else "dim"
    yield Text(f"Title: {title_length(note.title, most)}", style)
    most = limits.description_chars.value
    style = "bold red" if note.description_chars > most else "dim"
    text = f"Text with its topics: {note.description_chars:,} of {most:,} letters"
    yield Text(f"{text} · {len(note.topics)} of {limits.topics.value} topics", style)
