"""A post → the note, or the notes, that it becomes. Pure: same input, same notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from crossover.limits import Limits
from crossover.mapping.checks import check_media, check_title, check_words
from crossover.mapping.clean import clean, has_words
from crossover.mapping.description import (
    describe,
    description_chars,
    fit_body,
    plain_mentions,
    without_mentions,
)
from crossover.mapping.titles import make_title, number_title
from crossover.mapping.topics import choose_topics, split_hashtags
from crossover.mapping.visibility import decide_visibility
from crossover.model import (
    Action,
    Change,
    Cover,
    Kind,
    Level,
    MediaKind,
    Note,
    NoteMedia,
    Post,
    Problem,
    Rules,
    Visibility,
)
from crossover.text import title_units


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a post as they would be sent, and what was done or found on the way."""

    media: tuple[NoteMedia, ...] = ()
    cover: Cover | None = None
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


def map_post(post: Post, files: Files, rules: Rules, limits: Limits) -> tuple[Note, ...]:
    """One note per part of the post, whatever its action, every change with its reason."""
    body, body_tags, word_changes = _words("body", post.text or "")
    own_title, title_tags, own_changes = _words("title", post.title or "")
    title, title_changes = make_title(own_title, body, units=limits.title_units.value)
    topics, topic_changes = choose_topics(
        (*body_tags, *title_tags),
        most=min(rules.topics_max, limits.topics.value),
        drop=rules.topics_drop,
    )
    body, cut_changes = fit_body(
        body, topics, limit=limits.description_chars.value, aim=limits.description_aim.value
    )
    visibility, action, reason = decide_visibility(post, rules)
    problems = (
        *_missing(post, files, topics),
        *files.problems,
        *_unsure_visibility(visibility, action, reason),
        *check_title(title),
        *check_words(title, body),
        *check_media(files.media, limits),
    )
    errors = [p for p in problems if p.level is Level.ERROR]
    if action is Action.MOVE and errors:
        action, reason = Action.HOLD, errors[0].message
    whole = Note(
        id=post.id,
        number=str(post.number),
        post=post.id,
        part=(1, 1),
        posted_at=post.posted_at,
        action=action,
        reason=reason,
        kind=post.kind,
        title=title,
        title_units=title_units(title),
        body=body,
        topics=topics,
        description=describe(body, topics),
        description_chars=description_chars(body, topics),
        visibility=visibility,
        declaration=post.declaration,
        media=files.media,
        cover=files.cover,
        schedule=None,
        changes=(
            *own_changes,
            *title_changes,
            *word_changes,
            *cut_changes,
            *topic_changes,
            *files.changes,
        ),
        problems=problems,
    )
    return tuple(_parts(whole, limits))


def _words(field: str, text: str) -> tuple[str, tuple[str, ...], tuple[Change, ...]]:
    """A text of TikTok's as RedNote may have it, its hashtags, and each step that changed it."""
    plain = clean(text)
    split = split_hashtags(plain)
    final = plain_mentions(split.text)
    steps = (
        (text, plain, "line ends and letters in their plain form, hidden characters removed"),
        (plain, split.text, "hashtags become RedNote topics, behind the text"),
        (split.text, final, "TikTok names are not people on RedNote, and count against a note"),
    )
    changes = (Change(field, before, after, why) for before, after, why in steps if before != after)
    return final, split.tags, tuple(changes)


def _missing(post: Post, files: Files, topics: tuple[str, ...]) -> Iterator[Problem]:
    said = without_mentions(clean(f"{post.title or ''}\n{post.text or ''}"))
    if not topics and not has_words(split_hashtags(said).text):
        yield Problem(
            "no-words",
            Level.ERROR,
            "No words were found for it.",
            "TikTok leaves captions out of exports; `crossover captions` gets them from your public page.",
        )
    if not post.media:
        yield Problem(
            "no-media",
            Level.ERROR,
            "Its file is missing." if post.kind is Kind.VIDEO else "Its files are missing.",
            "Add your own copy with `crossover add FILE`; the TikTok id in its name tells whose it is.",
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
    if action is not Action.HOLD:
        return
    if visibility is Visibility.ONLY_ME and reason.startswith("only you"):
        rule = "`only_me: move`"
    else:
        rule = "`not_told: public`, `friends` or `only-me`"
    yield Problem(
        "visibility-held",
        Level.ERROR,
        f"Held: {reason}.",
        f"To move such posts, set {rule} in crossover.yaml.",
    )


def _parts(whole: Note, limits: Limits) -> Iterator[Note]:
    most = limits.images.value
    pictures = [m for m in whole.media if m.kind is MediaKind.IMAGE]
    count = -(-len(pictures) // most)
    if count < 2:
        yield whole
        return
    # Parts of equal length look meant; 18 and 2 would look like a mistake.
    size, longer = divmod(len(pictures), count)
    start = 0
    for index in range(1, count + 1):
        end = start + size + (index <= longer)
        title = number_title(whole.title, (index, count), units=limits.title_units.value)
        why = f"{len(pictures)} pictures; a note takes {most}"
        yield replace(
            whole,
            id=whole.id if index == 1 else f"{whole.id}/{index}",
            number=f"{whole.number}.{index}",
            part=(index, count),
            title=title,
            title_units=title_units(title),
            media=tuple(pictures[start:end]),
            changes=(
                *whole.changes,
                Change("title", whole.title, title, f"part {index} of {count}"),
                Change("media", f"1-{len(pictures)}", f"{start + 1}-{end}", why),
            ),
        )
        start = end
