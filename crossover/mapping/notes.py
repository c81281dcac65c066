"""Maps a post to the note, or the notes, that it becomes. Pure: same input, same notes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from crossover.limits.limits import Limits
from crossover.mapping.body import build_description, count_description_chars
from crossover.mapping.checks.file_questions import check_questions
from crossover.mapping.checks.files import check_media
from crossover.mapping.checks.missing import (
    WORDS_UNSURE,
    check_files,
    check_held,
    check_many_pictures,
    check_no_text,
    check_pictures,
    check_text,
    date_wordless,
    lacks_words,
)
from crossover.mapping.checks.not_carried import check_not_carried, list_not_carried
from crossover.mapping.checks.watermark import check_watermark
from crossover.mapping.checks.words import (
    check_ad,
    check_body_cut,
    check_declaration,
    check_guidelines,
    check_hashtags,
    check_lengths,
    check_original,
    check_title,
    check_topics,
    check_watched,
    check_words,
)
from crossover.mapping.declarations import claim_original, declare
from crossover.mapping.note_files import NoteFiles
from crossover.mapping.note_text import NoteText, make_note_text
from crossover.mapping.parts import NotePart, make_part_title, split_into_parts
from crossover.mapping.sounds import LEFT_OUT, check_sound, find_others_sound, is_left_out
from crossover.mapping.visibility import VisibilityDecision, check_wider, decide_visibility
from crossover.model.choices import (
    Action,
    Edit,
    LongText,
    ManyPictures,
    Rules,
    Wordless,
    merge_edits,
)
from crossover.model.cut import NOTHING_SENT, SentParts
from crossover.model.notes import Change, Level, Note, Problem
from crossover.model.posts import Declaration, Kind, MediaKind, Origin, Post
from crossover.text import title_units

_NO_EDIT = Edit()
_NO_EDITS: Mapping[str, Edit] = MappingProxyType({})


def map_post(
    post: Post,
    files: NoteFiles,
    rules: Rules,
    limits: Limits,
    edits: Mapping[str, Edit] = _NO_EDITS,
    sent: SentParts = NOTHING_SENT,
    *,
    tiktok_gone: bool = False,
    own_names: Collection[str] = (),
) -> tuple[Note, ...]:
    """Make one note per part of the post, whatever its action, every change with its reason.

    `edits` is what the creator changed, by number: `17` for every part of post 17, `17.2` for one,
    which comes first where both decide the same. The parts that were `sent` keep the cut.
    `tiktok_gone`: nothing more comes from TikTok. `own_names`, in small letters, are the creator's
    there, by which their own sounds are known.
    """
    sound = find_others_sound(post, own_names)
    wanted = _count_pieces(post, files, rules, limits, edits)
    return tuple(
        _make_note(_apply_edits(post, files, part, edits, tiktok_gone, sound), rules, limits)
        for part in split_into_parts(files.media, limits, sent, rules.many_pictures, wanted)
    )


def _count_pieces(
    post: Post, files: NoteFiles, rules: Rules, limits: Limits, edits: Mapping[str, Edit]
) -> int:
    """Count the notes that a long text wants to go on in, as many as there are pictures at most."""
    most = len(files.media) if post.kind is Kind.PHOTOS else 1
    if rules.long_text is LongText.CUT or most < 2 or rules.many_pictures is ManyPictures.FIRST:
        return 1
    edit = edits.get(str(post.number), _NO_EDIT)
    return make_note_text(post, edit, rules, limits, (1, most)).pieces


def add_problem(note: Note, problem: Problem) -> Note:
    """Return the note with one more problem. An error holds a note that would move."""
    problems = (*note.problems, problem)
    if problem.level is Level.ERROR and note.action is Action.MOVE:
        return replace(note, action=Action.HOLD, reason=problem.message, problems=problems)
    return replace(note, problems=problems)


@dataclass(frozen=True, slots=True)
class _EditedPart:
    """One part of a post, and what the creator decided about it.

    `edit` is all of that, `own` only what was said of this very part of several. `unsure`: the
    words of the post are in question, and none were written instead. `sound` is somebody else's,
    empty for the creator's own or none.
    """

    post: Post
    files: NoteFiles
    part: NotePart
    number: str
    edit: Edit
    own: Edit
    unsure: bool
    tiktok_gone: bool
    sound: str


def _apply_edits(
    post: Post,
    files: NoteFiles,
    part: NotePart,
    edits: Mapping[str, Edit],
    tiktok_gone: bool,
    sound: str,
) -> _EditedPart:
    """Find the edits of one part. Words in question go out where the creator wrote some instead."""
    (index, count), number = part.place, str(post.number)
    edit, own = edits.get(number, _NO_EDIT), _NO_EDIT
    if count > 1:
        number = f"{number}.{index}"
        own = edits.get(number, _NO_EDIT)
        edit = merge_edits(edit, own)
    rewritten = edit.title is not None or edit.body is not None
    if post.in_question and rewritten:
        post = _drop_uncertain_words(post)
    unsure = post.in_question and not rewritten
    return _EditedPart(post, files, part, number, edit, own, unsure, tiktok_gone, sound)


def _make_note(edited: _EditedPart, rules: Rules, limits: Limits) -> Note:
    post, files, part = edited.post, edited.files, edited.part
    index, _ = part.place
    # Pictures that came later bring no words with them.
    numbered = (1, part.numbered[1]) if part.is_added else part.numbered
    text = make_note_text(post, edited.edit, rules, limits, numbered)
    if not edited.unsure:
        text = date_wordless(post, text, edited.edit, rules.wordless)
    title, part_changes = _make_title(edited, text, limits)
    decision = _skip_wordless(edited, text, decide_visibility(post, rules, edited.edit), rules)
    decision = _skip_others_sound(edited, decision, rules)
    declaration, declared = declare(post, text.ad, edited.edit)
    original, claimed = claim_original(rules, edited.edit)
    found = _find_problems(edited, text, title, decision, declaration, rules, limits)
    problems = (*found, *check_original(original=original))
    action, reason = _hold_for_errors(decision, problems)
    return Note(
        id=post.id if index == 1 else f"{post.id}/{index}",
        number=edited.number,
        post=post.id,
        part=part.place,
        posted_at=post.posted_at,
        action=action,
        reason=reason,
        kind=_kind_of(post, part),
        title=title,
        title_units=title_units(title),
        body=text.body,
        topics=text.topics,
        description=build_description(text.body, text.topics),
        description_chars=count_description_chars(text.body, text.topics),
        visibility=decision.visibility,
        declaration=declaration,
        media=part.media,
        cover=files.cover,
        schedule=None,
        changes=(
            *text.changes,
            *declared,
            *claimed,
            *decision.changes,
            *files.changes,
            *part_changes,
            *list_not_carried(post),
        ),
        problems=problems,
        title_candidates=text.title_candidates,
        original=original,
    )


def _kind_of(post: Post, part: NotePart) -> Kind | None:
    """The kind of the note: a picture that moves goes out as a video."""
    is_video = any(file.kind is MediaKind.VIDEO for file in part.media)
    return Kind.VIDEO if post.kind is Kind.PHOTOS and is_video else post.kind


def _skip_wordless(
    edited: _EditedPart, text: NoteText, decision: VisibilityDecision, rules: Rules
) -> VisibilityDecision:
    """Leave a post without words out where the rule says so, unless the creator decided."""
    if (
        rules.wordless is Wordless.SKIP
        and edited.edit.action is None
        and decision.action is not Action.SKIP
        and not edited.unsure
        and lacks_words(edited.post, text, edited.edit)
    ):
        reason = "it has no words (`wordless: skip` in crossover.yaml)"
        return replace(decision, action=Action.SKIP, reason=reason, rule=None)
    return decision


def _skip_others_sound(
    edited: _EditedPart, decision: VisibilityDecision, rules: Rules
) -> VisibilityDecision:
    """Leave a post with somebody else's sound out where the rule says so."""
    if decision.action is not Action.SKIP and is_left_out(
        edited.sound, rules.others_sound, edited.edit
    ):
        return replace(decision, action=Action.SKIP, reason=LEFT_OUT, rule=None)
    return decision


def _make_title(
    edited: _EditedPart, text: NoteText, limits: Limits
) -> tuple[str, tuple[Change, ...]]:
    """Number the title where the post has several parts."""
    _, count = edited.part.place
    if count == 1 and len(edited.part.places) in (0, len(edited.files.media)):
        return text.title, ()
    return make_part_title(text.title, edited.edit, edited.own, edited.part, edited.files, limits)


def _find_problems(
    edited: _EditedPart,
    text: NoteText,
    title: str,
    decision: VisibilityDecision,
    declaration: Declaration,
    rules: Rules,
    limits: Limits,
) -> Iterator[Problem]:
    """Find all that speaks against the note. `title` is the one it gets, numbered or not."""
    post, files, gone = edited.post, edited.files, edited.tiktok_gone
    if edited.unsure:
        yield WORDS_UNSURE
    else:
        yield from check_text(post, text, edited.edit, rules.wordless, tiktok_gone=gone)
        yield from check_no_text(post, text, edited.edit, tiktok_gone=gone)
    yield from check_files(post, tiktok_gone=gone)
    yield from check_pictures(edited.part, files, edited.own)
    yield from check_many_pictures(edited.part, files, edited.edit, rules.many_pictures, limits)
    yield from files.problems
    yield from check_questions(files.questions, edited.edit)
    linked = bool(post.links) and post.origin_of_files is not Origin.LINK
    yield from check_watermark(files.marks, rules.watermark, edited.edit, linked=linked)
    yield from check_held(decision)
    yield from check_wider(post, decision.visibility)
    yield from check_title(title, text, edited.edit)
    yield from check_lengths(title, text.body, text.topics, limits)
    pictures = 0 if post.kind is Kind.VIDEO else len(files.media)
    yield from check_body_cut(text, rules, pictures=pictures)
    yield from check_words(text.title, text.body, rules.off_platform)
    yield from check_watched(text.title, text.body, text.topics, rules.watch)
    yield from check_guidelines(text.title, text.body, text.topics, declaration)
    yield from check_hashtags(text.body)
    yield from check_topics(text.topics)
    yield from check_sound(edited.sound, rules.others_sound, edited.edit)
    yield from check_not_carried(post)
    yield from check_ad(text, declaration, edited.edit)
    yield from check_declaration(declaration, limits)
    yield from check_media(edited.part.media, limits)


def _hold_for_errors(
    decision: VisibilityDecision, problems: Iterable[Problem]
) -> tuple[Action, str]:
    """Hold a note that would move but has errors; the reason is their messages, each once."""
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    if decision.action is Action.MOVE and errors:
        return Action.HOLD, " ".join(dict.fromkeys(error.message for error in errors))
    return decision.action, decision.reason


def _drop_uncertain_words(post: Post) -> Post:
    """Remove joined words that may be another post's: the creator wrote some instead."""
    return replace(post, text=None) if post.has_joined_words else post
