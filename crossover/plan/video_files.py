"""What became of a video: what goes out of it, and what of that differs from the file it came as."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.media.fitted import FittedVideo
from crossover.media.video_coding import OF_THE_WRAPPING, Misfit, find_misfits
from crossover.model.notes import Change, NoteMedia
from crossover.model.posts import Media, MediaKind

_WRAPPED = {
    Misfit.CONTAINER: "every phone plays an MP4",
    Misfit.INDEX_LAST: "so it begins to play before all of it has loaded",
    Misfit.FRAGMENTED: "it came in fragments, which not every phone plays",
    Misfit.LOCATION: "the file told where it was filmed",
    Misfit.MORE_TRACKS: "it had more tracks than the one that players show",
}


def video_media(file: Media, fitted: FittedVideo) -> NoteMedia:
    """What goes out of a video."""
    sent = fitted.sent
    return NoteMedia(
        path=sent.path if sent else file.path,
        kind=MediaKind.VIDEO,
        sha256=sent.sha256 if sent else file.sha256,
        bytes=sent.bytes if sent else file.bytes,
        width=fitted.width,
        height=fitted.height,
        duration=sent.duration if sent else fitted.duration,
    )


def video_changes(file: Media, fitted: FittedVideo, max_bytes: int) -> Iterator[Change]:
    """Tell what of a video differs from its source. `max_bytes` is what RedNote takes."""
    if fitted.sent is None:
        return
    misfits = find_misfits(fitted.coding, size=file.bytes, max_bytes=max_bytes)
    reasons = "; ".join(_WRAPPED[misfit] for misfit in misfits if misfit in OF_THE_WRAPPING)
    yield Change(
        "media",
        fitted.coding.container.upper(),
        "MP4",
        f"picture and sound stay exactly as they are: {reasons}",
    )
