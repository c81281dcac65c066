"""The kinds of videos that creators have, each with what must come of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Unpack

from tests.media import made_films as films
from tests.media.made_films import AAC, AV1, FASTSTART, H264, X265, Shape, film, sdr
from tests.media.made_pictures import BLUE, FOUR, GREEN, RED, YELLOW
from tests.media.media_row import Converted, Kept, MediaRow, Outcome, Remuxed
from tests.tier import by_tier

_FILM = (*sdr(), *H264, *AAC)
_UPRIGHT_CORNERS = {
    "upright": FOUR,
    "quarter turn": (BLUE, RED, YELLOW, GREEN),
    "half turn": (YELLOW, BLUE, GREEN, RED),
    "three quarters": (GREEN, YELLOW, RED, BLUE),
    "mirrored": (GREEN, RED, YELLOW, BLUE),
    "upside down mirrored": (BLUE, YELLOW, RED, GREEN),
    "transposed": (RED, BLUE, GREEN, YELLOW),
    "anti-transposed": (YELLOW, GREEN, BLUE, RED),
}
_TURNS = ("quarter turn", "half turn", "three quarters")
_MIRRORS = ("mirrored", "upside down mirrored", "transposed", "anti-transposed")


def _video(
    name: str,
    file: str,
    outcome: Outcome,
    *coding: str,
    complete: bool = False,
    **shape: Unpack[Shape],
) -> MediaRow:
    return MediaRow(
        name,
        file,
        lambda path: film(path, *coding, **shape),
        outcome,
        sound=shape.get("sound", "mono") is not None,
        complete=complete,
    )


_ALIKE = partial(_video, complete=True)
"""One whose way is that of another row."""


def _after(name: str, file: str, outcome: Outcome, change: Callable[[Path], None]) -> MediaRow:
    """A plain film, changed afterwards."""

    def make(path: Path) -> None:
        film(path, *_FILM, *FASTSTART)
        change(path)

    return MediaRow(name, file, make, outcome)


def _turned(name: str) -> MediaRow:
    size = (films.WIDTH, films.HEIGHT)
    matrix = films.matrices(*size)[name]
    lies = "quarter" in name or "transposed" in name
    shown = size[::-1] if lies else size
    outcome = (Converted if name in _MIRRORS else Remuxed)(shown, _UPRIGHT_CORNERS[name])
    kind = "mirrored MOV" if name in _MIRRORS else "turned MOV"
    return _after(f"{kind}: {name}", "a.mov", outcome, lambda path: films.lay_matrix(path, matrix))


def _two_pictures_tracks(path: Path) -> None:
    """Two films in one file: players show the second, which is the default."""
    one, two = path.with_name("one.mp4"), path.with_name("two.mp4")
    film(one, *H264, *AAC, "-vf", "hflip,vflip", size=(108, 192))
    film(two, *_FILM)
    tracks = ["-map", "0:v", "-map", "1:v", "-map", "1:a", "-c", "copy"]
    marks = ["-disposition:v:0", "0", "-disposition:v:1", "default"]
    films.ffmpeg("-i", str(one), "-i", str(two), *tracks, *marks, str(path))
    one.unlink()
    two.unlink()


def _of_changing_rate(path: Path) -> None:
    """As phones film: frames come when they come."""
    film(
        path,
        *sdr(then=",select='not(mod(n\\,3))+lt(n\\,10)'"),
        "-vsync",
        "vfr",
        *H264,
        *AAC,
        *FASTSTART,
    )


_PLACE_TAGS = ("-f", "mov", "-brand", "mp42", "-metadata", "location=+52.5200+013.4050/")
"""As Android writes it, in an MP4."""
_APPLE_PLACE = "com.apple.quicktime.location.ISO6709=+52.5200+013.4050+034.000/"
_PQ = partial(_video, pixels="rgb48le", frames=films.pq_frames)
_HLG = partial(_ALIKE, pixels="rgb48le", frames=films.hlg_frames)
_PRORES = ("-c:v", "prores_ks", "-pix_fmt", "yuv422p10le", "-c:a", "pcm_s16le")
_VP9 = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-crf", "10", "-b:v", "0")
_OPUS = ("-c:a", "libopus")

VIDEOS = (
    _video("MP4", "a.mp4", Kept(), *_FILM, *FASTSTART),
    _video("MP4 with its index last", "a.mp4", Remuxed(), *_FILM),
    _ALIKE(
        "fragmented MP4",
        "a.mp4",
        Remuxed(),
        *_FILM,
        *("-movflags", "frag_keyframe+empty_moov+default_base_moof"),
    ),
    _video("MOV", "a.mov", Remuxed(), *_FILM, *FASTSTART),
    *map(_turned, by_tier(("quarter turn",), _TURNS)),
    *map(_turned, by_tier(("mirrored",), _MIRRORS)),
    _ALIKE("MP4 with a place", "a.mp4", Remuxed(), *_FILM, *FASTSTART, *_PLACE_TAGS),
    _video(
        "MOV with a place",
        "a.mov",
        Remuxed(),
        *_FILM,
        *("-movflags", "+faststart+use_metadata_tags", "-metadata", _APPLE_PLACE),
    ),
    _after("MP4 with XMP", "a.mp4", Remuxed(), films.add_box_with_place),
    _ALIKE("HEVC", "a.mov", Converted(), *sdr(), *X265, "log-level=none:crf=8", *AAC),
    _PQ("HEVC with HDR10", "a.mov", Converted(within=20), *films.hdr("smpte2084")),
    _HLG("HEVC with HLG", "a.mov", Converted(within=20), *films.hdr("arib-std-b67")),
    _ALIKE("ProRes", "a.mov", Converted(), *_PRORES, sound="stereo"),
    _video("WebM", "a.webm", Converted(), *sdr(), *_VP9, *_OPUS),
    _ALIKE("AV1", "a.mp4", Converted(), *sdr(), *AV1, *AAC),
    _ALIKE("FLV", "a.flv", Remuxed(), *_FILM),
    _ALIKE("3GP", "a.3gp", Remuxed(), *_FILM),
    _ALIKE("MPEG-TS", "a.mp4", Converted(), *_FILM, "-f", "mpegts"),
    _ALIKE("MPEG", "a.mpg", Converted(), "-c:v", "mpeg2video", "-q:v", "2", "-c:a", "mp2"),
    _ALIKE("MKV with H.264", "a.mkv", Remuxed(), *_FILM),
    _ALIKE("AVI", "a.avi", Converted(), "-c:v", "mpeg4", "-q:v", "2", "-c:a", "libmp3lame"),
    _ALIKE("H.264 of 4:4:4", "a.mp4", Converted(), *sdr("yuv444p"), *H264, *AAC),
    _ALIKE("H.264 of 10 bits", "a.mp4", Converted(), *sdr("yuv420p10le"), *H264, *AAC),
    _ALIKE("interlaced MP4", "a.mp4", Converted(), *_FILM, "-x264-params", "tff=1", *FASTSTART),
    _ALIKE("MP4 of 120 pictures a second", "a.mp4", Converted(), *_FILM, *FASTSTART, rate=120),
    _ALIKE(
        "MP4 of an odd size",
        "a.mp4",
        Converted((270, 480)),
        *(*sdr("yuv444p"), *H264, *AAC),
        size=(271, 481),
    ),
    _video("silent MP4", "a.mp4", Kept(), *sdr(), *H264, *FASTSTART, sound=None),
    _ALIKE("MP4 with MP3", "a.mp4", Converted(), *sdr(), *H264, "-c:a", "libmp3lame"),
    _ALIKE(
        "MOV with PCM", "a.mov", Converted(), *sdr(), *H264, "-c:a", "pcm_s16le", sound="stereo"
    ),
    _ALIKE("MP4 with 5.1 sound", "a.mp4", Kept(), *_FILM, *FASTSTART, sound="5.1"),
    MediaRow("MP4 of a changing frame rate", "a.mp4", _of_changing_rate, Kept()),
    _ALIKE(
        "MP4 of pixels that are not square",
        "a.mp4",
        Kept((540, 480)),
        *sdr(then=",setsar=2"),
        *H264,
        *AAC,
        *FASTSTART,
    ),
    MediaRow("MP4 of two films", "a.mp4", _two_pictures_tracks, Remuxed()),
    _video(
        "MP4 of 4K",
        "a.mp4",
        Kept((2160, 3840)),
        *_FILM,
        *FASTSTART,
        size=(2160, 3840),
        rate=10,
        complete=True,
    ),
)
