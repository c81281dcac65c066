"""How a video is coded and wrapped, told without decoding it. Loaded by the child process only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition, Stream
from av.video.format import VideoFormat
from av.video.stream import VideoStream

from crossover.media.containers.mp4_index import Mp4Index
from crossover.media.containers.video_coding import Hdr, VideoCoding

_TRANSFERS = {16: Hdr.PQ, 18: Hdr.HLG}
"""ITU-T H.273, transfer characteristics."""
_DOLBY_VISION = frozenset({"dvh1", "dvhe", "dva1", "dvav", "dav1"})
_PROGRESSIVE = 1
"""FFmpeg's number for pictures of one moment each; 0 is not known, above are those of two."""
_TIMED_FRAMES = 2000
"""As many pictures are looked at to tell how evenly they follow each other."""


def read_coding(
    container: InputContainer, film: VideoStream, wrapper: str, index: Mp4Index | None
) -> VideoCoding:
    """Tell how `film` and its sound are coded. `index` is what an MP4's boxes say besides."""
    context = film.codec_context
    sound = _default(container.streams.audio)
    depth, chroma = _samples(context.format) if context else (None, "")
    average = float(film.average_rate) if film.average_rate else None
    # Other containers name only where their key pictures are.
    peak, variable = _rhythm(film) if index else (None, False)
    return VideoCoding(
        container=wrapper,
        codec=codec_of(film) or "unknown",
        width=film.width,
        height=film.height,
        film=film.index,
        profile=str(context.profile or "") if context else "",
        bit_depth=depth,
        chroma=chroma,
        hdr=_TRANSFERS.get(context.color_trc) if context else None,
        dolby_vision=bool(index and index.dolby_vision) or film.codec_tag in _DOLBY_VISION,
        fps=average,
        peak_fps=peak or average,
        variable=variable,
        sound=(codec_of(sound) or "unknown") if sound else None,
        sound_track=sound.index if sound else None,
        sound_profile=str(sound.profile or "") if sound and sound.codec_context else "",
        channels=sound.codec_context.channels if sound and sound.codec_context else 0,
        sample_rate=sound.codec_context.sample_rate if sound and sound.codec_context else 0,
        index_first=index is None or index.first,
        fragmented=index is not None and index.fragmented,
        mirrored=index is not None and index.mirrored,
        interlaced=context is not None and context.field_order > _PROGRESSIVE,
        located=_is_located(container) or (index is not None and index.located),
        hidden_seconds=index.hidden_seconds if index else 0.0,
        films=len(film_tracks(container)),
        sounds=len(container.streams.audio),
    )


def film_tracks(container: InputContainer) -> tuple[VideoStream, ...]:
    """Return the tracks of moving pictures, without covers and thumbnails in them."""
    still = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image
    return tuple(film for film in container.streams.video if not film.disposition & still)


def default_film(container: InputContainer) -> VideoStream | None:
    """Find the film that a player shows: of several the one marked as the default."""
    films = film_tracks(container)
    marked = [film for film in films if film.disposition & Disposition.default]
    return next(iter(marked or films), None)


def _default(sounds: Sequence[AudioStream]) -> AudioStream | None:
    marked = [sound for sound in sounds if sound.disposition & Disposition.default]
    return next(iter(marked or sounds), None)


def codec_of(stream: Stream) -> str | None:
    """Name the codec of a stream; None where FFmpeg has no decoder for it."""
    context = stream.codec_context
    return None if context is None else str(context.codec.canonical_name)


def _samples(form: VideoFormat | None) -> tuple[int | None, str]:
    """Return bits of a sample, and how finely the colours are kept."""
    if form is None:
        return None, ""
    parts = form.components
    depth = max((part.bits for part in parts), default=8)
    if form.is_rgb or form.has_palette:
        return depth, "rgb"
    if sum(not part.is_alpha for part in parts) < 3:
        return depth, "gray"
    # Of a picture of 16 by 16 pixels the colours have:
    across, down = form.chroma_width(16), form.chroma_height(16)
    names = {
        (8, 8): "4:2:0",
        (8, 16): "4:2:2",
        (16, 16): "4:4:4",
        (16, 8): "4:4:0",
        (4, 16): "4:1:1",
    }
    return depth, names.get((across, down), "unknown")


def _rhythm(film: VideoStream) -> tuple[float | None, bool]:
    """Return the rate of the quickest pictures, and whether the pictures follow unevenly, as the
    file's own index tells of its beginning."""
    times = [entry.timestamp for entry in film.index_entries[:_TIMED_FRAMES]]
    steps = sorted(later - sooner for sooner, later in pairwise(times) if later > sooner)
    if len(steps) < 2 or not film.time_base:
        return None, False
    # One picture that comes early is a rounding; one of twenty is a rate.
    quick, usual = steps[len(steps) // 20], median(steps)
    uneven = sum(abs(step - usual) > usual / 5 for step in steps)
    return float(1 / (quick * film.time_base)), uneven > len(steps) // 50


def _is_located(container: InputContainer) -> bool:
    notes: list[Mapping[str, str]] = [container.metadata]
    notes += [stream.metadata for stream in container.streams]
    return any("location" in key.lower() and value for one in notes for key, value in one.items())
