"""What making a file fit gave."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.model.notes import Cover


@dataclass(frozen=True, slots=True)
class FittedPicture:
    """A picture as it will be sent: a JPEG, upright, without metadata.

    `path` is relative to the workspace and uses `/`; `changes` says in plain words what differs
    from the source.
    """

    path: str
    sha256: str
    bytes: int
    width: int
    height: int
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FittedVideo:
    """What a video is; the video itself is sent as it was given.

    Pixels are as displayed (turned, square), `duration` and `cover_at` are seconds. `container` is
    `mp4` or `mov`, codecs are named as FFmpeg does (`h264`, `aac`); `audio_codec` is None for a
    silent video. `cover` is None when no decoder for the codec is trusted.
    """

    width: int
    height: int
    duration: float | None
    fps: float | None
    video_codec: str
    audio_codec: str | None
    container: str
    cover: Cover | None
    cover_at: float | None


@dataclass(frozen=True, slots=True)
class Unfit:
    """This file cannot be sent; the reason is shown to the creator. `lasting`: it lies in the file
    itself, which would fail again."""

    reason: str
    lasting: bool = False


Fitted = FittedPicture | FittedVideo | Unfit
