"""What became of a post's files, as its notes will have them: the files that are sent, what changed,
and what speaks against them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from crossover.limits.limits import Limits
from crossover.mapping.checks.advice import ADD_ANOTHER_COPY
from crossover.mapping.checks.videos import check_gap, check_hidden, check_silent
from crossover.mapping.checks.watermark import join_hints
from crossover.mapping.note_files import NoteFiles
from crossover.media.files.file_names import is_saved_copy
from crossover.media.fit.fitted import AnimatedVideo, Fitted, FittedPicture, FittedVideo, Unfit
from crossover.model.choices import CoverChoice
from crossover.model.notes import Change, Level, NoteMedia, Problem
from crossover.model.posts import Media, MediaKind, Post
from crossover.model.watermark import MarkHints
from crossover.plan.animations import animation_changes, animation_cover, animation_media
from crossover.plan.cover_files import choose_cover, tell_no_cover
from crossover.plan.picture_changes import sum_up_changes
from crossover.plan.video_files import (
    ask_conversion,
    check_conversion,
    video_changes,
    video_media,
)


def collect_files(
    post: Post,
    fitted: Mapping[tuple[str, MediaKind], Fitted],
    limits: Limits,
    chosen: CoverChoice | None = None,
) -> NoteFiles:
    """Collect what became of a post's files; `chosen` is the cover that the creator chose."""
    media: list[NoteMedia] = []
    cover = None
    changes: list[Change] = []
    pictures: list[FittedPicture] = []
    questions: list[Problem] = []
    problems: list[Problem] = []
    for file in post.media:
        match fitted.get((file.sha256, file.kind)):
            case FittedPicture(animation=AnimatedVideo() as moving) as picture if (
                len(post.media) == 1
            ):
                media.append(animation_media(moving))
                cover = animation_cover(picture)
                changes += animation_changes(moving)
            case FittedPicture() as picture:
                media.append(_picture(picture))
                pictures.append(picture)
                if picture.missing:
                    questions.append(_cut(file, picture))
            case FittedVideo() as video:
                media.append(video_media(file, video))
                changes += video_changes(file, video, limits.video_bytes.value)
                problems += check_hidden(video.coding.hidden_seconds)
                questions += _ask_about(post, video)
                problems += check_conversion(file, video, limits.video_bytes.value)
                questions += ask_conversion(file, video, limits.video_bytes.value)
                cover, covered, refused = choose_cover(video, chosen)
                changes += covered
                problems += refused
                if cover is None and not refused:
                    problems.append(_unfit(f"No cover can be taken from {file.source}."))
            case Unfit(reason=reason, advice=advice) if advice:
                # Without the file's name: posts that wait for the same stand together.
                message = f"Its file cannot be used: {reason}."
                problems.append(Problem("file-unplayable", Level.ERROR, message, advice))
            case Unfit(reason=reason):
                problems.append(_unfit(f"{file.source} cannot be used: {reason}."))
            case None:
                problems.append(_unfit(f"{file.source} was not made ready."))
    if chosen is not None and pictures:
        problems.append(tell_no_cover())
    changes += sum_up_changes(pictures)
    marks = join_hints([_hints(post, file, fitted) for file in post.media])
    return NoteFiles(tuple(media), cover, tuple(changes), tuple(problems), tuple(questions), marks)


def _hints(post: Post, file: Media, fitted: Mapping[tuple[str, MediaKind], Fitted]) -> MarkHints:
    """Tell what speaks for TikTok's watermark in a file."""
    name = Path(file.source)
    saved = name.name if is_saved_copy(name) else ""
    match fitted.get((file.sha256, file.kind)):
        case FittedVideo(duration=float() as duration, watermark=seen):
            return MarkHints(seen, saved, duration - post.seconds if post.seconds else 0.0)
        case FittedVideo(watermark=seen):
            return MarkHints(seen, saved)
        case _:
            return MarkHints(saved=saved)


def _picture(fitted: FittedPicture) -> NoteMedia:
    return NoteMedia(
        path=fitted.path,
        kind=MediaKind.IMAGE,
        sha256=fitted.sha256,
        bytes=fitted.bytes,
        width=fitted.width,
        height=fitted.height,
    )


def _cut(file: Media, fitted: FittedPicture) -> Problem:
    return Problem(
        "picture-cut",
        Level.ERROR,
        f"{file.source} was cut short: {fitted.missing}.",
        "Add a whole copy; to use it as it is, cropped to what is there, set `action: move` in"
        " edits.yaml or in the sheet.",
    )


def _ask_about(post: Post, video: FittedVideo) -> Iterator[Problem]:
    """Ask about a video that came in part, or without its sound."""
    if video.gap is not None:
        yield from check_gap(video.gap.share, video.gap.begin, linked=bool(post.links))
    if video.coding.sound is None:
        yield from check_silent(post)


def _unfit(message: str) -> Problem:
    return Problem("file-unfit", Level.ERROR, message, ADD_ANOTHER_COPY)
