"""Title, text and topics of a note: what the creator wrote for it, else what TikTok's words become.

What is derived is cut to the limits, and the cut explained. What the creator wrote is never cut:
over a limit, the note waits, and the checks say by how many letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crossover.limits.limits import Limits
from crossover.mapping.body import count_description_chars, fit_body, unlink_mentions
from crossover.mapping.plain_text import clean_text
from crossover.mapping.titles import make_title
from crossover.mapping.topics.choose import Fits, choose_topics
from crossover.mapping.topics.hashtags import format_hashtags, split_hashtags
from crossover.model.choices import Edit, Rules
from crossover.model.notes import Change
from crossover.model.posts import Post

_HIDDEN = "line ends and letters in their plain form, hidden characters removed"
_TAGS = "hashtags become RedNote topics, behind the text"
_NAMES = "TikTok names are not people on RedNote, and count against a note"
YOURS = "you said so"


@dataclass(frozen=True, slots=True)
class NoteText:
    """Title, body and topics of a note, and every change that led to them."""

    title: str
    body: str
    topics: tuple[str, ...]
    changes: tuple[Change, ...]


def make_note_text(post: Post, edit: Edit, rules: Rules, limits: Limits) -> NoteText:
    """Make title, body and topics of the note that `post` becomes. The creator's edits come
    first."""
    text, text_tags, text_changes = _derive("body", post.text or "")
    own_title, title_tags, own_changes = _derive("title", post.title or "")
    title, title_changes = make_title(own_title, text, units=limits.title_units.value)
    topics, topic_changes = choose_topics(
        (*text_tags, *title_tags),
        rules,
        most=min(rules.topics_max, limits.topics.value),
        fits=_room_beside([text, clean_text(edit.body or "")], limits),
    )
    title_changes = (*own_changes, *title_changes)
    derived = topics
    body, cut_changes = _fit_body(text, topics, limits)
    own_tags: tuple[str, ...] = ()
    # What the note would say anyway is no edit, as long as its topics stay the same too.
    own_body = edit.body is not None and (
        clean_text(edit.body) != body or edit.topics not in (None, topics)
    )
    if edit.body is not None and own_body:
        body, own_tags, text_changes = _apply_own_body(post.text or "", edit.body)
        if not title:
            title, title_changes = make_title(None, body, units=limits.title_units.value)
    if edit.title is not None:
        title, title_changes = _apply_own_title(post.title or "", title, title_changes, edit.title)
    if edit.topics is not None or own_tags:
        topics, topic_changes = _apply_own_topics(topics, topic_changes, edit.topics, own_tags)
    if not own_body:
        if topics != derived:
            body, cut_changes = _fit_body(text, topics, limits)
        text_changes = (*text_changes, *cut_changes)
    return NoteText(title, body, topics, (*title_changes, *text_changes, *topic_changes))


def _derive(field: str, text: str) -> tuple[str, tuple[str, ...], tuple[Change, ...]]:
    """Derive a RedNote text from TikTok's: the text, its hashtags, and each change made."""
    plain = clean_text(text)
    split = split_hashtags(plain)
    final = unlink_mentions(split.text)
    steps = ((text, plain, _HIDDEN), (plain, split.text, _TAGS), (split.text, final, _NAMES))
    return final, split.tags, tuple(_list_changes(field, *steps))


def _room_beside(texts: Sequence[str], limits: Limits) -> Fits:
    """Tell whether a note has room for topics beside its text, whichever of these it gets."""
    limit = limits.description_chars.value
    return lambda topics: all(count_description_chars(text, topics) <= limit for text in texts)


def _fit_body(text: str, topics: tuple[str, ...], limits: Limits) -> tuple[str, tuple[Change, ...]]:
    limit, aim = limits.description_chars.value, limits.description_aim.value
    return fit_body(text, topics, limit=limit, aim=aim)


def _apply_own_title(
    original: str, derived: str, changes: tuple[Change, ...], own: str
) -> tuple[str, tuple[Change, ...]]:
    final = " ".join(clean_text(own).split())
    if final == derived:
        return derived, changes
    return final, tuple(_list_changes("title", (original, own, YOURS), (own, final, _HIDDEN)))


def _apply_own_body(original: str, own: str) -> tuple[str, tuple[str, ...], tuple[Change, ...]]:
    plain = clean_text(own)
    split = split_hashtags(plain)
    steps = ((original, own, YOURS), (own, plain, _HIDDEN), (plain, split.text, _TAGS))
    return split.text, split.tags, tuple(_list_changes("body", *steps))


def _apply_own_topics(
    derived: tuple[str, ...],
    changes: tuple[Change, ...],
    chosen: tuple[str, ...] | None,
    more: tuple[str, ...],
) -> tuple[tuple[str, ...], tuple[Change, ...]]:
    wanted = (*(derived if chosen is None else map(clean_text, chosen)), *more)
    once = {name.casefold(): name for name in reversed(wanted) if name}
    topics = tuple(once.values())[::-1]
    if topics == derived:
        return derived, changes
    if chosen is None:
        behind = format_hashtags(name for name in topics if name not in derived)
        return topics, (*changes, Change("topics", "", behind, "the hashtags in your text"))
    dropped = (change.before for change in changes if not change.after)
    before = " ".join(part for part in (format_hashtags(derived), *dropped) if part)
    return topics, (Change("topics", before, format_hashtags(topics), YOURS),)


def _list_changes(field: str, *steps: tuple[str, str, str]) -> Iterator[Change]:
    for before, after, why in steps:
        if before != after:
            yield Change(field, before, after, why)
