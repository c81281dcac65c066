"""What became of a post's files, as its notes will have them: the files that are sent, what changed,
and what speaks against them."""

from __future__ import annotations

from collections.abc import Mapping

from crossover.limits.limits import Limits
from crossover.mapping.checks.advice import ADD_ANOTHER_COPY
from crossover.mapping.checks.videos import check_coding
from crossover.mapping.note_files import NoteFiles
from crossover.media.fitted import Fitted, FittedPicture, FittedVideo, Unfit
from crossover.model.notes import Change, Level, NoteMedia, Problem
from crossover.model.posts import Media, MediaKind, Post
from crossover.plan.picture_changes import sum_up_changes
from crossover.plan.video_files import video_changes, video_media


def collect_files(
    post: Post, fitted: Mapping[tuple[str, MediaKind], Fitted], limits: Limits
) -> NoteFiles:
    """Collect what became of a post's files."""
    media: list[NoteMedia] = []
    cover = None
    changes: list[Change] = []
    pictures: list[FittedPicture] = []
    questions: list[Problem] = []
    problems: list[Problem] = []
    for file in post.media:
        match fitted.get((file.sha256, file.kind)):
            case FittedPicture() as picture:
                media.append(_picture(picture))
                pictures.append(picture)
                if picture.missing:
                    questions.append(_cut(file, picture))
            case FittedVideo() as video:
                media.append(video_media(file, video))
                changes += video_changes(file, video, limits.video_bytes.value)
                problems += check_coding(video.coding.codec, video.coding.sound, limits)
                cover = video.cover
                if cover is None:
                    problems.append(_unfit(f"No cover can be taken from {file.source}."))
                else:
                    why = f"the first good frame, {video.cover_at or 0:.1f} s into the video"
                    changes.append(Change("cover", "", cover.path, why))
            case Unfit(reason=reason, advice=advice):
                problems.append(_unfit(f"{file.source} cannot be used: {reason}.", advice))
            case None:
                problems.append(_unfit(f"{file.source} was not made ready."))
    changes += sum_up_changes(pictures)
    return NoteFiles(tuple(media), cover, tuple(changes), tuple(problems), tuple(questions))


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


def _unfit(message: str, advice: str = "") -> Problem:
    return Problem("file-unfit", Level.ERROR, message, advice or ADD_ANOTHER_COPY)
