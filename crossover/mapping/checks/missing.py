"""Finds what a note lacks before it can go out: words, files, a decision about who may see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from crossover.limits.limits import Limits
from crossover.mapping.checks.advice import (
    ADD_THE_OTHERS,
    ADD_YOUR_COPY,
    FETCH_OR_ADD,
    GET_TEXT,
    GET_WORDS,
    SAY_WHICH_FILE,
    SAY_WHICH_WORDS,
    SPLIT_OR_FIRST,
    WRITE_TEXT,
    WRITE_WORDS,
    add_again,
    add_as_jpeg,
)
from crossover.mapping.mentions import remove_mentions
from crossover.mapping.note_files import NoteFiles
from crossover.mapping.note_text import NoteText
from crossover.mapping.parts import NotePart
from crossover.mapping.plain_text import clean_text, has_words
from crossover.mapping.topics.hashtags import split_hashtags
from crossover.mapping.visibility import VisibilityDecision, VisibilityRule
from crossover.model.choices import Action, Edit, ManyPictures, Wordless
from crossover.model.notes import Change, Level, Problem
from crossover.model.posts import Kind, Post, UnmovedFormat
from crossover.text import one_line

_FEW = 3
"""So many files are named in a reason."""
NO_TEXT = "no-text"
"""The code of a note that goes out with its title alone."""

WORDS_UNSURE = Problem(
    "words-unsure", Level.ERROR, "Several captions come into question for it.", SAY_WHICH_WORDS
)


def check_text(
    post: Post, text: NoteText, edit: Edit, rule: Wordless, *, tiktok_gone: bool
) -> Iterator[Problem]:
    """Hold a note that has no words, or warn of one that got a title by the rule all the same."""
    if lacks_words(post, text, edit):
        advice = GET_WORDS if post.may_be_listed and not tiktok_gone else WRITE_WORDS
        titled = rule is Wordless.MOVE and text.title
        level = Level.WARNING if titled else Level.ERROR
        yield Problem("no-words", level, "No words were found for it.", advice)


def date_wordless(post: Post, text: NoteText, edit: Edit, rule: Wordless) -> NoteText:
    """Give a note without any words the day of its post as title, where the rule moves such notes
    and the creator wrote no title."""
    if rule is not Wordless.MOVE or edit.title is not None or not lacks_words(post, text, edit):
        return text
    title = f"{post.posted_at:%Y-%m-%d}"
    change = Change("title", text.title, title, "it has no words (`wordless` in crossover.yaml)")
    return replace(text, title=title, changes=(*text.changes, change))


def lacks_words(post: Post, text: NoteText, edit: Edit) -> bool:
    """Whether a note has no words: neither topics, nor any in its title or text."""
    if text.topics:
        return False
    original = remove_mentions(clean_text(f"{post.title or ''}\n{post.text or ''}"))
    words = f"{edit.title or ''}\n{edit.body or ''}\n{split_hashtags(original).text}"
    return not (has_words(words) and has_words(text.title + text.body))


def check_no_text(
    post: Post, text: NoteText, edit: Edit, *, tiktok_gone: bool
) -> Iterator[Problem]:
    """Warn of a note that goes out with a title alone, unless the creator wrote or emptied words of
    it."""
    edited = edit.title is not None or edit.body is not None or edit.topics is not None
    if text.title and not (text.body or text.topics or post.text or edited):
        advice = GET_TEXT if post.may_be_listed and not tiktok_gone else WRITE_TEXT
        yield Problem(NO_TEXT, Level.WARNING, "It has a title, and no text.", advice)


def check_files(post: Post, *, tiktok_gone: bool) -> Iterator[Problem]:
    """Hold a note whose files, or some of them, are missing."""
    linked = bool(post.links) and not tiktok_gone
    unmoved = [form for form in post.unmoved if form in set(UnmovedFormat)]
    many = len(post.unmoved) > 1
    if not post.media and post.unmoved:
        yield Problem(
            "no-media",
            Level.ERROR,
            _describe_unmoved(unmoved) if unmoved else _describe_left(post.unmoved),
            (add_as_jpeg if unmoved else add_again)(many=many, linked=linked),
        )
    elif not post.media and post.unclear_files:
        yield Problem("files-unclear", Level.ERROR, _describe_unclear(post), SAY_WHICH_FILE)
    elif not post.media:
        advice = FETCH_OR_ADD if linked else ADD_YOUR_COPY
        if post.other_kind_files:
            yield Problem("files-other-kind", Level.ERROR, _describe_other_kind(post), advice)
        else:
            message = (
                "Its file is missing." if post.kind is Kind.VIDEO else "Its files are missing."
            )
            yield Problem("no-media", Level.ERROR, message, advice)
    elif post.kind is Kind.PHOTOS and len(post.links) > len(post.media):
        yield Problem(
            "pictures-missing",
            Level.ERROR,
            f"{len(post.media)} of its {len(post.links)} pictures"
            f" {'is' if len(post.media) == 1 else 'are'} here.",
            ADD_THE_OTHERS,
        )


def check_pictures(part: NotePart, files: NoteFiles, own: Edit) -> Iterator[Problem]:
    """Hold a part that has nothing to carry any more, or carries what the creator did not see go
    out with the post. `own` is what was said of this very part."""
    if part.went_out:
        return
    if part.is_added and own.action is not Action.MOVE:
        many = len(part.media)
        pictures, it = ("1 new picture", "it") if many == 1 else (f"{many} new pictures", "them")
        yield Problem(
            "new-pictures",
            Level.ERROR,
            f"{pictures} since the post went out: send {it} as a new note, or leave {it}.",
            "To send: `action: move`; to leave: `action: skip`; under the number of this note alone,"
            " in the sheet or in edits.yaml.",
        )
    elif part.place == (1, 1) and 0 < len(part.places) < len(files.media):
        left = len(files.media) - len(part.places)
        are = "is" if left == 1 else "are"
        yield Problem(
            "pictures-left-out",
            Level.WARNING,
            f"{left} of its {len(files.media)} pictures {are} left out.",
            "`many_pictures: split` in crossover.yaml makes several notes of such posts.",
        )
    elif files.media and not part.media:
        yield Problem("no-media", Level.ERROR, "Its pictures are not here any more.", ADD_YOUR_COPY)


def check_many_pictures(
    part: NotePart, files: NoteFiles, edit: Edit, rule: ManyPictures, limits: Limits
) -> Iterator[Problem]:
    """Hold the notes of a post with more pictures than a note takes, where the rule says so and the
    creator did not say `action: move`."""
    pictures, parts = len(files.media), part.place[1]
    if (
        rule is not ManyPictures.HOLD
        or pictures <= limits.images.value
        or part.went_out
        or edit.action is Action.MOVE
    ):
        return
    message = (
        f"Its post has {pictures} pictures, and a note takes {limits.images.value}: it would become"
        f" {parts} notes."
    )
    yield Problem("pictures-many", Level.ERROR, message, SPLIT_OR_FIRST)


def _describe_unclear(post: Post) -> str:
    names = _list_names(post.unclear_files)
    return f"{len(post.unclear_files)} files with its TikTok id are here: {names}."


def _describe_other_kind(post: Post) -> str:
    names = _list_names(post.other_kind_files)
    if post.kind is Kind.VIDEO:
        return f"It is a video, and only pictures of it are here: {names}."
    return f"It is a photo post, and only a video of it is here: {names}."


def _list_names(names: Sequence[str]) -> str:
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return f"{', '.join(map(one_line, names[:_FEW]))}{more}"


def _describe_unmoved(formats: Sequence[str]) -> str:
    forms = " and ".join(dict.fromkeys(formats))
    if len(formats) > 1:
        return f"Its files are {forms} pictures, which are not moved."
    return f"Its file is a {forms} picture, which is not moved."


def _describe_left(formats: Sequence[str]) -> str:
    """Describe files of formats that were left aside when they were added, and are moved now."""
    forms = ", ".join(dict.fromkeys(formats))
    if len(formats) > 1:
        return f"Its files ({forms}) were left aside before; such files are moved now."
    return f"Its file ({forms}) was left aside before; such files are moved now."


def check_held(decision: VisibilityDecision) -> Iterator[Problem]:
    """Explain which rule would move a post that a rule holds."""
    if decision.action is not Action.HOLD or decision.rule is None:
        return
    match decision.rule:
        case VisibilityRule.ONLY_ME:
            rule = "`only_me: move`"
        case VisibilityRule.NOT_TOLD:
            rule = "`not_told: public`, `friends` or `only-me`"
    yield Problem(
        "visibility-held",
        Level.ERROR,
        f"Held: {decision.reason}.",
        f"To move such posts, set {rule} in crossover.yaml; for one alone, `action: move`"
        " in edits.yaml or in the sheet.",
    )
