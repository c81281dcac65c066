"""An animated picture that goes out as a video."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.media.fit.fitted import AnimatedVideo, FittedPicture
from crossover.model.notes import Change, Cover, NoteMedia
from crossover.model.posts import MediaKind


def animation_media(video: AnimatedVideo) -> NoteMedia:
    """The video that is sent."""
    return NoteMedia(
        path=video.path,
        kind=MediaKind.VIDEO,
        sha256=video.sha256,
        bytes=video.bytes,
        width=video.width,
        height=video.height,
        duration=video.duration,
    )


def animation_cover(picture: FittedPicture) -> Cover:
    """The first frame as the video's cover."""
    return Cover(picture.path, picture.sha256, picture.bytes, picture.width, picture.height)


def animation_changes(video: AnimatedVideo) -> Iterator[Change]:
    """Tell that an animation became a video, and how often it is played."""
    again = f", played {video.rounds} times to be long enough to see" if video.rounds > 1 else ""
    why = "an animated picture goes out as a video (`animated: video` in crossover.yaml)"
    yield Change("media", "animated picture", f"video of {video.duration:.1f} s{again}", why)
    yield Change("cover", "", "", "the first frame of the animation")
