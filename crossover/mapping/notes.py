"""Maps a post to the note, or the notes, that it becomes. Pure: same input, same notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from types import MappingProxyType

from crossover.limits.limits import Limits
from crossover.mapping.body import build_description, count_description_chars
from crossover.mapping.checks import (
    check_declaration,
    check_lengths,
    check_media,
    check_title,
    check_words,
)
from crossover.mapping.missing import WORDS_UNSURE, check_files, check_held, check_text
from crossover.mapping.note_files import NoteFiles
from crossover.mapping.note_text import make_note_text
from crossover.mapping.parts import NotePart, make_part_title, split_into_parts
from crossover.mapping.visibility import check_wider, decide_visibility
from crossover.model.choices import Action, Edit, Rules
from crossover.model.notes import Change, Level, Note
from crossover.model.posts import Post
from crossover.text import title_units

_NO_EDIT = Edit()
_NO_EDITS: Mapping[str, Edit] = MappingProxyType({})


def map_post(
    post: Post,
    files: NoteFiles,
    rules: Rules,
    limits: Limits,
    edits: Mapping[str, Edit] = _NO_EDITS,
) -> tuple[Note, ...]:
    """Make one note per part of the post, whatever its action, every change with its reason.

    `edits` is what the creator changed, by number: `17` for every part of post 17, `17.2` for one,
    which comes first where both decide the same.
    """
    return tuple(
        _make_note(post, files, part, rules, limits, edits)
        for part in split_into_parts(files.media, limits)
    )


def _make_note(
    post: Post,
    files: NoteFiles,
    part: NotePart,
    rules: Rules,
    limits: Limits,
    edits: Mapping[str, Edit],
) -> Note:
    (index, count), number = part.place, str(post.number)
    edit = edits.get(number, _NO_EDIT)
    own = _NO_EDIT
    if count > 1:
        number = f"{number}.{index}"
        own = edits.get(number, _NO_EDIT)
        edit = _merge_edits(edit, own)
    unsure = post.in_question and edit.title is None and edit.body is None
    if post.in_question and not unsure:
        post = _drop_uncertain_words(post)
    text = make_note_text(post, edit, rules, limits)
    title = text.title
    part_changes: tuple[Change, ...] = ()
    if count > 1:
        title, part_changes = make_part_title(text.title, edit, own, part, files, limits)
    decided = decide_visibility(post, rules, edit)
    visibility, action, reason = decided.visibility, decided.action, decided.reason
    problems = (
        *(WORDS_UNSURE if unsure else check_text(post, text, edit)),
        *check_files(post, files),
        *files.problems,
        *check_held(decided),
        *check_wider(post, visibility),
        *check_title(text.title),
        *check_lengths(title, text.body, text.topics, limits),
        *check_words(text.title, text.body),
        *check_declaration(post.declaration, limits),
        *check_media(files.media, limits),
    )
    errors = [p for p in problems if p.level is Level.ERROR]
    if action is Action.MOVE and errors:
        action, reason = Action.HOLD, " ".join(dict.fromkeys(p.message for p in errors))
    return Note(
        id=post.id if index == 1 else f"{post.id}/{index}",
        number=number,
        post=post.id,
        part=part.place,
        posted_at=post.posted_at,
        action=action,
        reason=reason,
        kind=post.kind,
        title=title,
        title_units=title_units(title),
        body=text.body,
        topics=text.topics,
        description=build_description(text.body, text.topics),
        description_chars=count_description_chars(text.body, text.topics),
        visibility=visibility,
        declaration=post.declaration,
        media=part.media,
        cover=files.cover,
        schedule=None,
        changes=(*text.changes, *decided.changes, *files.changes, *part_changes),
        problems=problems,
    )


def _merge_edits(below: Edit, above: Edit) -> Edit:
    decided = {f.name: getattr(above, f.name) for f in fields(above)}
    return replace(below, **{name: what for name, what in decided.items() if what is not None})


def _drop_uncertain_words(post: Post) -> Post:
    """Remove joined words that may be another post's: the creator wrote some instead."""
    return replace(post, text=None) if post.has_joined_words else post
