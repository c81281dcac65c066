"""What became of a video: what goes out of it, what of that differs from the file it came as, and
what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.mapping.checks.advice import CONVERT
from crossover.media.containers.video_coding import (
    OF_THE_WRAPPING,
    Misfit,
    VideoCoding,
    find_misfits,
    needs_conversion,
)
from crossover.media.fit.fitted import FittedVideo, How
from crossover.model.notes import Change, Level, NoteMedia, Problem
from crossover.model.posts import Media, MediaKind

CONVERT_UNDECIDED = "convert-undecided"
"""The code of a note whose video waits for the creator to say whether it is converted."""

_WRAPPED = {
    Misfit.CONTAINER: "every phone plays that",
    Misfit.INDEX_LAST: "so that it plays before all of it has loaded",
    Misfit.FRAGMENTED: "it came in fragments, which not every phone plays",
    Misfit.LOCATION: "the file told where it was filmed",
    Misfit.MORE_TRACKS: "it had more in it than players show",
}
_NAMES = {
    "hevc": "HEVC",
    "h264": "H.264",
    "av1": "AV1",
    "vp8": "VP8",
    "vp9": "VP9",
    "prores": "ProRes",
    "mpeg4": "MPEG-4",
    "mpeg1video": "MPEG-1",
    "mpeg2video": "MPEG-2",
    "mjpeg": "Motion JPEG",
    "h263": "H.263",
    "flv1": "Flash video",
    "wmv1": "Windows Media",
    "wmv2": "Windows Media",
    "wmv3": "Windows Media",
    "vc1": "Windows Media",
}
_SOUNDS = {"opus": "Opus", "vorbis": "Vorbis", "amr_nb": "AMR", "amr_wb": "AMR", "aac": "AAC"}
_CONTAINERS = {"avi": "AVI", "mpeg": "MPEG", "ts": "MPEG-TS", "wmv": "Windows Media"}


def video_media(file: Media, fitted: FittedVideo) -> NoteMedia:
    """What goes out of a video."""
    sent = fitted.sent
    converted = sent is not None and sent.how is How.CONVERTED
    return NoteMedia(
        path=sent.path if sent else file.path,
        kind=MediaKind.VIDEO,
        sha256=sent.sha256 if sent else file.sha256,
        bytes=sent.bytes if sent else file.bytes,
        # A film that was put into an MP4 as it is is still to be turned by who shows it.
        width=sent.width if sent and converted else fitted.width,
        height=sent.height if sent and converted else fitted.height,
        duration=sent.duration if sent else fitted.duration,
    )


def video_changes(file: Media, fitted: FittedVideo, max_bytes: int) -> Iterator[Change]:
    """Tell what of a video differs from its source. `max_bytes` is what RedNote takes."""
    sent, coding = fitted.sent, fitted.coding
    if sent is None:
        return
    misfits = find_misfits(coding, size=file.bytes, max_bytes=max_bytes)
    if sent.how is How.CONVERTED:
        yield Change(
            "media",
            f"{_picture(coding)}, {fitted.width}×{fitted.height}, {_megabytes(file.bytes)}",
            f"H.264, {sent.width}×{sent.height}, {_megabytes(sent.bytes)}",
            f"converted: not every phone shows {', '.join(_reasons(coding, misfits))}",
        )
        return
    reasons = "; ".join(_WRAPPED[misfit] for misfit in misfits if misfit in OF_THE_WRAPPING)
    before = f"{coding.container.upper()}, {_megabytes(file.bytes)}"
    after = f"a new MP4, {_megabytes(sent.bytes)}"
    yield Change("media", before, after, f"picture and sound untouched; {reasons}")


def check_conversion(file: Media, fitted: FittedVideo, max_bytes: int) -> Iterator[Problem]:
    """Warn of a video whose picture and sound go out as they are and that not every phone shows."""
    misfits = find_misfits(fitted.coding, size=file.bytes, max_bytes=max_bytes)
    sent = fitted.sent
    converted = sent is not None and sent.how is How.CONVERTED
    if converted or fitted.undecided or not needs_conversion(misfits):
        return
    seen = "stay black, or without sound"
    if Misfit.HDR in misfits:
        seen = "look pale, or stay black"
    yield Problem(
        "video-coding",
        Level.WARNING,
        f"{'Picture and sound go out as they are' if sent else 'The video goes out as it is'}:"
        f" {', '.join(_reasons(fitted.coding, misfits))}. On some phones"
        f" it may {seen}.",
        CONVERT,
    )


def ask_conversion(file: Media, fitted: FittedVideo, max_bytes: int) -> Iterator[Problem]:
    """Hold a video of which the creator has not said whether it is converted."""
    if fitted.undecided is None:
        return
    misfits = find_misfits(fitted.coding, size=file.bytes, max_bytes=max_bytes)
    yield Problem(
        CONVERT_UNDECIDED,
        Level.ERROR,
        f"Not every phone shows this video: {', '.join(_reasons(fitted.coding, misfits))}.",
        CONVERT,
    )


def kind_of_conversion(fitted: FittedVideo) -> str:
    """Name the kind of a video in a few words, as `HEVC with HDR`."""
    coding = fitted.coding
    if coding.codec != "h264" or coding.hdr or coding.dolby_vision:
        return _picture(coding)
    misfits = find_misfits(coding, size=0, max_bytes=1)
    return next(_reasons(coding, misfits), "too large a file")


def _picture(coding: VideoCoding) -> str:
    name = _NAMES.get(coding.codec, coding.codec)
    return f"{name} with HDR" if coding.hdr or coding.dolby_vision else name


def _reasons(coding: VideoCoding, misfits: tuple[Misfit, ...]) -> Iterator[str]:
    said = {
        Misfit.CODEC: _NAMES.get(coding.codec, coding.codec),
        Misfit.BIT_DEPTH: f"{coding.bit_depth} bits a colour",
        Misfit.CHROMA: f"colours in {coding.chroma}",
        Misfit.HDR: "HDR",
        Misfit.FRAME_RATE: f"{coding.fps or 0:.0f} pictures a second",
        Misfit.ODD_SIZE: f"an odd size ({coding.width}×{coding.height})",
        Misfit.TOO_LARGE: "a file of this size",
        Misfit.STREAM: f"a file of {_CONTAINERS.get(coding.container, '')}",
        Misfit.MIRRORED: "a mirrored picture",
        Misfit.INTERLACED: "an interlaced picture",
        Misfit.AUDIO_CODEC: f"sound in {_sound(coding.sound or '')}",
    }
    yield from (said[misfit] for misfit in misfits if misfit in said)


def _sound(codec: str) -> str:
    if codec.startswith("pcm_"):
        return "PCM"
    return _SOUNDS.get(codec, codec.upper())


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
