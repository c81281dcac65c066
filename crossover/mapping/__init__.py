"""A post → the note, or the notes, that it becomes. Pure: same input, same notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType

from crossover.limits import Limits
from crossover.mapping.checks import check_lengths, check_media, check_title, check_words
from crossover.mapping.clean import clean, has_words
from crossover.mapping.description import describe, description_chars, without_mentions
from crossover.mapping.titles import number_title
from crossover.mapping.topics import split_hashtags
from crossover.mapping.visibility import check_wider, decide_visibility
from crossover.mapping.words import YOURS, Words, words_of
from crossover.model.choices import Action, Edit, Rules
from crossover.model.notes import Change, Cover, Level, Note, NoteMedia, Problem
from crossover.model.posts import Kind, MediaKind, Post, Visibility
from crossover.text import title_units

_NO_EDIT = Edit()
_NO_EDITS: Mapping[str, Edit] = MappingProxyType({})
NO_WORDS = "No words were found for it."
_UNSURE = (
    Problem(
        "words-unsure",
        Level.ERROR,
        "Several captions come into question for it.",
        "Say which one is its own: `crossover captions --confirm`, or write its words yourself"
        " (`crossover sheet out words.csv`).",
    ),
)


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a post as they would be sent, and what was done or found on the way."""

    media: tuple[NoteMedia, ...] = ()
    cover: Cover | None = None
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


def map_post(
    post: Post, files: Files, rules: Rules, limits: Limits, edits: Mapping[str, Edit] = _NO_EDITS
) -> tuple[Note, ...]:
    """One note per part of the post, whatever its action, every change with its reason.

    `edits` is what the creator changed, by number: `17` for every part of post 17, `17.2` for one,
    which comes first where both decide the same.
    """
    return tuple(
        _note(post, files, piece, rules, limits, edits) for piece in _pieces(files.media, limits)
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one part of a post carries; `first` and `last` count its pictures among all."""

    part: tuple[int, int]
    media: tuple[NoteMedia, ...]
    first: int = 1
    last: int = 1


def _pieces(media: tuple[NoteMedia, ...], limits: Limits) -> Iterator[_Piece]:
    pictures = [m for m in media if m.kind is MediaKind.IMAGE]
    count = -(-len(pictures) // limits.images.value)
    if count < 2:
        yield _Piece((1, 1), media)
        return
    # Parts of equal length look meant; 18 and 2 would look like a mistake.
    size, longer = divmod(len(pictures), count)
    start = 0
    for index in range(1, count + 1):
        end = start + size + (index <= longer)
        yield _Piece((index, count), tuple(pictures[start:end]), start + 1, end)
        start = end


def _note(
    post: Post,
    files: Files,
    piece: _Piece,
    rules: Rules,
    limits: Limits,
    edits: Mapping[str, Edit],
) -> Note:
    (index, count), number = piece.part, str(post.number)
    edit = edits.get(number, _NO_EDIT)
    own = _NO_EDIT
    if count > 1:
        number = f"{number}.{index}"
        own = edits.get(number, _NO_EDIT)
        edit = _laid_over(edit, own)
    unsure = post.in_question and edit.title is None and edit.body is None
    if post.in_question and not unsure:
        post = _own_words_alone(post)
    words = words_of(post, edit, rules, limits)
    title = words.title
    part_changes: tuple[Change, ...] = ()
    if count > 1:
        title, part_changes = _numbered(words.title, edit, own, piece, files, limits)
    visibility, action, reason, decisions = decide_visibility(post, rules, edit)
    problems = (
        *(_UNSURE if unsure else _wordless(post, words, edit)),
        *_missing(post, files),
        *files.problems,
        *_unsure_visibility(visibility, action, reason),
        *check_wider(post, visibility),
        *check_title(words.title),
        *check_lengths(title, words.body, words.topics, limits),
        *check_words(words.title, words.body),
        *check_media(files.media, limits),
    )
    errors = [p for p in problems if p.level is Level.ERROR]
    if action is Action.MOVE and errors:
        action, reason = Action.HOLD, " ".join(dict.fromkeys(p.message for p in errors))
    return Note(
        id=post.id if index == 1 else f"{post.id}/{index}",
        number=number,
        post=post.id,
        part=piece.part,
        posted_at=post.posted_at,
        action=action,
        reason=reason,
        kind=post.kind,
        title=title,
        title_units=title_units(title),
        body=words.body,
        topics=words.topics,
        description=describe(words.body, words.topics),
        description_chars=description_chars(words.body, words.topics),
        visibility=visibility,
        declaration=post.declaration,
        media=piece.media,
        cover=files.cover,
        schedule=None,
        changes=(*words.changes, *decisions, *files.changes, *part_changes),
        problems=problems,
    )


def _laid_over(below: Edit, above: Edit) -> Edit:
    decided = {f.name: getattr(above, f.name) for f in fields(above)}
    return replace(below, **{name: what for name, what in decided.items() if what is not None})


def _numbered(
    title: str, edit: Edit, own: Edit, piece: _Piece, files: Files, limits: Limits
) -> tuple[str, tuple[Change, ...]]:
    """The title of one part, and what being a part changed. A title written for this very part
    stays as it is."""
    index, count = piece.part
    why = f"{len(files.media)} pictures; a note takes {limits.images.value}"
    media = Change("media", f"1-{len(files.media)}", f"{piece.first}-{piece.last}", why)
    if own.title is not None:
        return title, (media,)
    if edit.title is not None:  # the creator's own words are not cut
        numbered = f"{title} ({index}/{count})".strip()
    else:
        numbered = number_title(title, piece.part, units=limits.title_units.value)
    return numbered, (Change("title", title, numbered, f"part {index} of {count}"), media)


def _own_words_alone(post: Post) -> Post:
    """Without words that may be another post's: the creator wrote some instead."""
    told = any(evidence.what == "words" for evidence in post.evidence)
    return replace(post, text=None) if told else post


def _wordless(post: Post, words: Words, edit: Edit) -> Iterator[Problem]:
    told = without_mentions(clean(f"{post.title or ''}\n{post.text or ''}"))
    said = f"{edit.title or ''}\n{edit.body or ''}\n{split_hashtags(told).text}"
    if not words.topics and not (has_words(said) and has_words(words.title + words.body)):
        yield Problem(
            "no-words",
            Level.ERROR,
            NO_WORDS,
            "TikTok leaves captions out of exports: `crossover captions` gets them from your public"
            " page, or write them yourself (`crossover sheet out words.csv`).",
        )


def _missing(post: Post, files: Files) -> Iterator[Problem]:
    if not post.media:
        yield Problem(
            "no-media",
            Level.ERROR,
            "Its file is missing." if post.kind is Kind.VIDEO else "Its files are missing.",
            ("While its link lives, `crossover fetch` gets it. " if post.links else "")
            + "Your own copy: `crossover add FILE`, or its name in the sheet (`crossover sheet out"
            " words.csv`).",
        )
    elif post.kind is Kind.PHOTOS and len(post.links) > len(post.media):
        yield Problem(
            "pictures-missing",
            Level.ERROR,
            f"{len(post.media)} of its {len(post.links)} pictures are here.",
            "Add the others with `crossover add`, named by TikTok id and place: <id>_1.jpg, <id>_2.jpg.",
        )
    elif len(post.media) != len(files.media) and not files.problems:
        yield Problem("not-fitted", Level.ERROR, "A file could not be made ready.", "Plan again.")


def _unsure_visibility(visibility: Visibility, action: Action, reason: str) -> Iterator[Problem]:
    if action is not Action.HOLD or reason == YOURS:
        return
    if visibility is Visibility.ONLY_ME and reason.startswith("only you"):
        rule = "`only_me: move`"
    else:
        rule = "`not_told: public`, `friends` or `only-me`"
    yield Problem(
        "visibility-held",
        Level.ERROR,
        f"Held: {reason}.",
        f"To move such posts, set {rule} in crossover.yaml; for this one alone, `action: move`"
        " in edits.yaml or in the sheet.",
    )
