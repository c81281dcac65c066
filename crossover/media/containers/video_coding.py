"""How a video is coded and wrapped, and what of that not every phone shows. Decodes nothing.

What every phone shows is H.264 with 8 bits in 4:2:0, not interlaced, AAC, at most 60 pictures a second,
in an MP4: RedNote's advice (H.264, AAC, MP4 or MOV) is likely, not firm (`limits/rednote.yaml`), and what its
phones play besides is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FASTEST = 60.5
"""Pictures a second that every phone shows: 60, and what a file's rounding makes of it."""
_PLAYED_SOUND = ("", "LC", "HE-AAC", "HE-AACv2")
"""Profiles of AAC that every phone plays; TikTok's own files have the first three."""
_STREAMS = ("avi", "mpeg", "ts", "wmv")
"""Containers that keep film and sound otherwise than an MP4 does, so that they cannot be wrapped
anew as they are."""


class Hdr(StrEnum):
    """How a picture of high dynamic range maps its values to light."""

    PQ = "pq"
    HLG = "hlg"


@dataclass(frozen=True, slots=True)
class VideoCoding:
    """What a video's file says of its coding.

    `container` is `mp4`, `mov`, `3gp`, `webm`, `mkv`, `avi`, `flv`, `ts`, `mpeg` or `wmv`. Codecs
    and profiles are named as FFmpeg does (`h264`, `High 10`, `aac`, `LC`); `sound` is None of a
    silent video. `width` and `height` are pixels as coded, before turning and stretching. `chroma`
    is `4:2:0` and so on, `gray` or `rgb`. `fps` is the average; `peak_fps` the rate that its
    quickest pictures have, above `fps` in a `variable` one. `index_first`: an MP4's index stands
    before the film, so that it plays while it loads. `mirrored`: it is to be displayed turned over. `interlaced`: each
    picture holds the lines of two moments. `located`: its metadata tells a place.
    `hidden_seconds` are in the file and not shown, cut off by its edit list. `films` and `sounds`
    count the tracks, without a picture attached as a cover; `film` and `sound_track` are the places
    among all tracks (from 0) of those a player shows. None, empty and 0: not known, or none.
    """

    container: str
    codec: str
    width: int
    height: int
    film: int = 0
    profile: str = ""
    bit_depth: int | None = None
    chroma: str = ""
    hdr: Hdr | None = None
    dolby_vision: bool = False
    fps: float | None = None
    peak_fps: float | None = None
    variable: bool = False
    sound: str | None = None
    sound_track: int | None = None
    sound_profile: str = ""
    channels: int = 0
    sample_rate: int = 0
    index_first: bool = True
    fragmented: bool = False
    mirrored: bool = False
    interlaced: bool = False
    located: bool = False
    hidden_seconds: float = 0
    films: int = 1
    sounds: int = 0


class Misfit(StrEnum):
    """One thing about a video that not every phone shows, or that is better not sent along."""

    CODEC = "codec"
    BIT_DEPTH = "bit-depth"
    CHROMA = "chroma"
    HDR = "hdr"
    FRAME_RATE = "frame-rate"
    ODD_SIZE = "odd-size"
    MIRRORED = "mirrored"
    INTERLACED = "interlaced"
    TOO_LARGE = "too-large"
    AUDIO_CODEC = "audio-codec"
    STREAM = "stream"
    CONTAINER = "container"
    INDEX_LAST = "index-last"
    FRAGMENTED = "fragmented"
    LOCATION = "location"
    MORE_TRACKS = "more-tracks"


OF_THE_PICTURE = frozenset(
    {
        Misfit.CODEC,
        Misfit.BIT_DEPTH,
        Misfit.CHROMA,
        Misfit.HDR,
        Misfit.FRAME_RATE,
        Misfit.ODD_SIZE,
        Misfit.MIRRORED,
        Misfit.INTERLACED,
        Misfit.TOO_LARGE,
        Misfit.STREAM,
    }
)
"""What only a new coding of the picture mends; its sound can stay."""
OF_THE_SOUND = frozenset({Misfit.AUDIO_CODEC})
"""What only a new coding of the sound mends; its picture can stay."""
OF_THE_WRAPPING = frozenset(Misfit) - OF_THE_PICTURE - OF_THE_SOUND
"""What is mended by wrapping the same picture and sound anew, without any loss."""


def find_misfits(coding: VideoCoding, *, size: int, max_bytes: int) -> tuple[Misfit, ...]:
    """Find what speaks against every phone showing this video of `size` bytes, in the order of
    `Misfit`; `max_bytes` is what RedNote takes. Empty: it is fit as it is. Pure."""
    sound_plays = coding.sound is None or (
        coding.sound == "aac" and coding.sound_profile in _PLAYED_SOUND
    )
    found = {
        Misfit.CODEC: coding.codec != "h264",
        Misfit.BIT_DEPTH: coding.bit_depth not in (None, 8),
        Misfit.CHROMA: coding.chroma not in ("", "4:2:0"),
        Misfit.HDR: coding.hdr is not None or coding.dolby_vision,
        Misfit.FRAME_RATE: (coding.fps or 0) > FASTEST,
        Misfit.ODD_SIZE: bool(coding.width % 2 or coding.height % 2),
        Misfit.MIRRORED: coding.mirrored,
        Misfit.INTERLACED: coding.interlaced,
        Misfit.TOO_LARGE: size > max_bytes,
        Misfit.AUDIO_CODEC: not sound_plays,
        Misfit.STREAM: coding.container in _STREAMS,
        Misfit.CONTAINER: coding.container != "mp4" and coding.container not in _STREAMS,
        Misfit.INDEX_LAST: not coding.index_first,
        Misfit.FRAGMENTED: coding.fragmented,
        Misfit.LOCATION: coding.located,
        Misfit.MORE_TRACKS: coding.films > 1 or coding.sounds > 1,
    }
    return tuple(misfit for misfit, stands in found.items() if stands)


def needs_conversion(misfits: tuple[Misfit, ...]) -> bool:
    """Whether picture or sound have to be coded anew; else wrapping them anew is enough."""
    return any(misfit not in OF_THE_WRAPPING for misfit in misfits)
