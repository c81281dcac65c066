"""The child process that decodes strangers' pictures and videos: `python -m crossover.media.fit_worker`.

Reads one JSON job a line from stdin, writes one JSON answer a line to stdout, ends with stdin.
The first line it writes is `{"ready": true}`, or `{"missing": …}` when a library is not there.
The only place that loads Pillow and PyAV; memory, time and size of what it writes are bounded
where the system can.

A job that fails answers `{"error": reason}`; what could not be *written* answers `{"errno": n}`,
because a full disk says nothing about the picture.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossover.errors import CrossoverError
from crossover.files import write_atomic
from crossover.media.probe import HEAD_BYTES, MP4, PICTURES, looks_like, mp4_boxes, webp_size

if TYPE_CHECKING:
    import av.container
    import av.video.frame
    import av.video.stream
    from PIL import Image

MEMORY_BYTES = 4 * 1024**3
CPU_SECONDS = 300
"""Processor time one job may take; the parent's own limit is the tighter one."""
WRITTEN_BYTES = 512 * 1024**2
PICTURE_FILE_BYTES = 200_000_000

JPEG_MAX_SIDE = 65_500
QUALITIES = (95, 90, 85, 80)
COVER_QUALITY = 92
PROFILE_BYTES = 2_000_000

COVER_WINDOW = 3.0
"""Seconds from the start in which the cover is looked for."""
COVER_STEP = 0.1
COVER_PATIENCE = 30.0
"""Seconds of work after which the best frame so far is taken."""
DARKEST, BRIGHTEST = 28.0, 232.0
"""Mean luma (0-255) outside of which a frame counts as near-black or near-white."""
FLATTEST = 10.0
"""Standard deviation of luma under which a frame counts as one flat colour."""

DECODED = frozenset({"h264", "hevc", "av1", "vp9", "vp8", "mpeg4", "h263", "mjpeg", "prores"})
"""Codecs a cover is taken from. Rarer decoders are never run on a stranger's bytes."""

_WORDS = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WebP"}


class CannotFitError(Exception):
    """This file cannot be made fit; the text is shown to the creator."""


class NotWrittenError(Exception):
    """The result could not be written."""

    def __init__(self, errno: int) -> None:
        super().__init__(errno)
        self.errno = errno


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """Do one job. Never raises: what went wrong is the answer."""
    try:
        if job["kind"] == "image":
            return fit_picture(
                Path(job["source"]), Path(job["target"]), job["max_pixels"], job["max_bytes"]
            )
        return fit_video(
            Path(job["source"]),
            Path(job["target"]),
            job["max_pixels"],
            (job["cover_width"], job["cover_height"]),
        )
    except CannotFitError as exc:
        return {"error": str(exc)}
    except NotWrittenError as exc:
        return {"errno": exc.errno}
    except MemoryError:
        return {"error": "it needs too much memory to be read"}
    except OSError as exc:
        return {"error": f"could not be read: {exc.strerror or exc}"}
    except Exception as exc:  # noqa: BLE001  decoders raise anything at all on hostile bytes
        return {"error": f"could not be read: {type(exc).__name__}: {exc}"}


# --- pictures -------------------------------------------------------------------------------


def fit_picture(source: Path, target: Path, max_pixels: int, max_bytes: int) -> dict[str, Any]:
    """Write `source` as an upright JPEG without metadata to `target`.

    A JPEG that need not be turned keeps its own compression; anything else gets the best.
    Above `max_bytes` it is compressed harder, in steps.
    """
    data = _read_picture(source)
    image = _open_picture(data, max_pixels)
    changes: list[str] = []

    name = "JPEG" if image.format == "MPO" else str(image.format)
    if name != "JPEG":
        changes.append(f"converted from {_WORDS[name]}")
    # The extra pictures of an MPO are thumbnails and depth maps of the same shot.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        changes.append("first frame of an animation")
        image.seek(0)
    try:
        image.load()
    except (OSError, SyntaxError, ValueError, EOFError) as exc:
        raise CannotFitError(f"the {_WORDS[name]} is damaged or cut short") from exc

    same = _own_compression(image) if name == "JPEG" else None
    orientation, place = _exif(image)
    if metadata := _metadata(image):
        place = place or b"GPSL" in metadata
        changes.append("metadata removed (place included)" if place else "metadata removed")
    image, profile = _to_rgb(image, data, changes)
    if orientation != 1:
        image = _upright(image, orientation)
        changes.append("mirrored" if orientation in (2, 4) else "rotated")
        same = None
    out = _encode(image, profile, same, max_bytes, changes)
    return {**_written(target, out, image.size), "changes": changes}


def _read_picture(source: Path) -> bytes:
    with source.open("rb") as file:
        data = file.read(PICTURE_FILE_BYTES + 1)
    if len(data) > PICTURE_FILE_BYTES:
        raise CannotFitError(
            f"the picture file is larger than {PICTURE_FILE_BYTES // 1_000_000} MB"
        )
    return data


def _open_picture(data: bytes, max_pixels: int) -> Image.Image:
    from PIL import Image

    kind = looks_like(data[:HEAD_BYTES])
    if kind not in PICTURES:
        what = "a video" if kind == MP4 else kind
        raise CannotFitError(f"not a picture that can be read (JPEG, PNG, WebP): it is {what}")
    if kind == "WEBP" and (claimed := webp_size(data)):
        _check_size(claimed, max_pixels)
    Image.MAX_IMAGE_PIXELS = None  # checked below, as an error, before any pixel is decoded
    try:
        image = Image.open(BytesIO(data), formats=PICTURES)
    except (OSError, SyntaxError, ValueError) as exc:
        raise CannotFitError(f"the {_WORDS[kind]} is damaged or cut short") from exc
    _check_size(image.size, max_pixels)
    return image


def _check_size(size: tuple[int, int], max_pixels: int) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise CannotFitError("the picture has no pixels")
    if width * height > max_pixels:
        raise CannotFitError(
            f"the picture is too large: {width} × {height} pixels, at most "
            f"{max_pixels // 1_000_000} million are read"
        )
    if max(size) > JPEG_MAX_SIDE:
        raise CannotFitError(f"one side of the picture is longer than {JPEG_MAX_SIDE} pixels")


def _exif(image: Image.Image) -> tuple[int, bool]:
    """Orientation (1-8), and whether EXIF says where the picture was taken."""
    from PIL import ExifTags

    try:
        exif = image.getexif()
        orientation = exif.get(ExifTags.Base.Orientation, 1)
        place = bool(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:  # noqa: BLE001  broken EXIF is no reason to refuse a sound picture
        return 1, False
    return (orientation if orientation in range(1, 9) else 1), place


def _metadata(image: Image.Image) -> bytes:
    """All that is in the file besides picture, density and colour profile; empty when nothing."""
    found = [bytes(data) for _, data in _segments(image)]
    told = [image.info.get(key) for key in ("exif", "xmp", "comment", "XML:com.adobe.xmp")]
    found += [value if isinstance(value, bytes) else str(value).encode() for value in told if value]
    found += [f"{key}={text}".encode() for key, text in getattr(image, "text", {}).items()]
    return b"\n".join(found)


def _segments(image: Image.Image) -> Iterator[tuple[str, bytes]]:
    needed = (("APP0", b"JF"), ("APP2", b"ICC_PROFILE"), ("APP14", b"Adobe"))
    for marker, data in getattr(image, "applist", ()):
        if not any(marker == m and data.startswith(start) for m, start in needed):
            yield marker, data or b"-"


def _own_compression(image: Image.Image) -> dict[str, Any] | None:
    from PIL import JpegImagePlugin

    if image.mode not in ("RGB", "L") or not isinstance(image, JpegImagePlugin.JpegImageFile):
        return None
    return {
        "qtables": dict(image.quantization),
        "subsampling": JpegImagePlugin.get_sampling(image),
    }


def _to_rgb(
    image: Image.Image, data: bytes, changes: list[str]
) -> tuple[Image.Image, bytes | None]:
    """The picture in RGB (a grey JPEG stays grey) and its colour profile, when that still fits."""
    from PIL import Image

    profile = image.info.get("icc_profile") or None
    if image.format in ("JPEG", "MPO") and image.mode in ("RGB", "L"):
        return image, _usable(profile, image.mode, changes)
    if image.format == "PNG" and data[24] == 16:
        changes.append("16-bit colours reduced to 8")
    if image.mode.startswith("I"):
        image = image.point(lambda value: value * (1 / 257)).convert("L")
    if image.mode == "CMYK":
        changes.append("colours converted from CMYK")
        return _from_cmyk(image, profile, changes), None
    if image.has_transparency_data:
        image = image.convert("RGBA")
        if image.getchannel("A").getextrema() != (255, 255):
            changes.append("transparency filled with white")
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        return white, _usable(profile, "RGB", changes)
    return image.convert("RGB"), _usable(profile, "RGB", changes)


def _from_cmyk(image: Image.Image, profile: bytes | None, changes: list[str]) -> Image.Image:
    from PIL import ImageCms

    if _usable(profile, "CMYK", changes):
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            turned = ImageCms.profileToProfile(
                image, BytesIO(profile or b""), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            if turned is not None:
                return turned
    return image.convert("RGB")


def _usable(profile: bytes | None, mode: str, changes: list[str]) -> bytes | None:
    """`profile`, if it is a sound one for `mode`: any other would spoil the colours."""
    from PIL import ImageCms

    if profile is None:
        return None
    space = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}[mode]
    if len(profile) <= PROFILE_BYTES:
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            found = ImageCms.ImageCmsProfile(BytesIO(profile)).profile
            if found.xcolor_space.strip() == space:
                return profile
    changes.append("unusable colour profile removed")
    return None


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    from PIL import Image

    turn = Image.Transpose
    return image.transpose(
        {
            2: turn.FLIP_LEFT_RIGHT,
            3: turn.ROTATE_180,
            4: turn.FLIP_TOP_BOTTOM,
            5: turn.TRANSPOSE,
            6: turn.ROTATE_270,
            7: turn.TRANSVERSE,
            8: turn.ROTATE_90,
        }[orientation]
    )


def _encode(
    image: Image.Image,
    profile: bytes | None,
    same: dict[str, Any] | None,
    max_bytes: int,
    changes: list[str],
) -> bytes:
    best = same or {"quality": QUALITIES[0], "subsampling": "4:4:4"}
    out = _jpeg(image, profile, **best)
    if len(out) <= max_bytes:
        return out
    changes.append(f"compressed to fit {max_bytes // 1_000_000} MB")
    for quality in QUALITIES:
        out = _jpeg(image, profile, quality=quality, subsampling="4:2:0")
        if len(out) <= max_bytes:
            break
    return out


def _jpeg(image: Image.Image, profile: bytes | None, **how: Any) -> bytes:
    # What Pillow would carry over on its own (a comment) lives in `info`.
    image.info = {}
    out = BytesIO()
    image.save(out, "JPEG", icc_profile=profile, exif=b"", **how)
    return out.getvalue()


def _written(target: Path, data: bytes, size: tuple[int, int]) -> dict[str, Any]:
    try:
        write_atomic(target, data)
    except CrossoverError as exc:
        cause = exc.__cause__
        raise NotWrittenError(cause.errno or 0 if isinstance(cause, OSError) else 0) from exc
    except OSError as exc:
        raise NotWrittenError(exc.errno or 0) from exc
    return {
        "width": size[0],
        "height": size[1],
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


# --- videos ---------------------------------------------------------------------------------


def fit_video(
    source: Path, target: Path, max_pixels: int, cover_size: tuple[int, int]
) -> dict[str, Any]:
    """Tell what `source` is and write a cover for it to `target`. The video is not changed.

    The cover is the first good frame, cut to the shape of `cover_size`, never enlarged. A codec
    outside `DECODED` gets no cover, and its turned display cannot be known.
    """
    import av

    with source.open("rb") as file:
        kind = looks_like(file.read(HEAD_BYTES))
        if kind != MP4:
            what = f"a {_WORDS[kind]} picture" if kind in PICTURES else kind
            raise CannotFitError(f"not a video that can be read (MP4, MOV): it is {what}")
        boxes = mp4_boxes(file, file.seek(0, os.SEEK_END))
        if boxes.missing_bytes:
            raise CannotFitError(f"the video is cut short: {boxes.missing_bytes} bytes are missing")
        if not boxes.has_index:
            raise CannotFitError("the video has no index (moov): it is cut short or damaged")
        file.seek(0)
        # Only this demuxer, on bytes from an open file: no name is ever taken for a link or an
        # option, and nothing the file points to is opened.
        options = {"protocol_whitelist": "none", "enable_drefs": "0"}
        try:
            container = av.open(file, "r", format="mov", options=options, metadata_errors="replace")
        except av.FFmpegError as exc:
            raise CannotFitError(f"the video is damaged: {exc.strerror}") from exc
        with container:
            return {
                "container": boxes.container,
                **_video(container, target, max_pixels, cover_size),
            }


def _video(
    container: av.container.InputContainer,
    target: Path,
    max_pixels: int,
    cover_size: tuple[int, int],
) -> dict[str, Any]:
    from av.stream import Disposition

    films = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    if not films:
        raise CannotFitError("there is no moving picture in it")
    film = films[0]
    codec = _codec(film)
    width, height = (film.width, film.height) if codec else (0, 0)
    if width < 1 or height < 1:
        raise CannotFitError("its picture has no known size")
    if width * height > max_pixels:
        raise CannotFitError(f"its picture is too large: {width} × {height} pixels")

    found = _find_cover(container, film, max_pixels) if codec in DECODED else None
    if codec in DECODED and found is None:
        raise CannotFitError("no picture of the video can be decoded: it is damaged")
    cover = None
    width, height = _square_pixels(film, width, height)
    if found is not None:
        if found.frame.rotation % 180:
            width, height = height, width
        cover = _save_cover(found.frame, target, (width, height), cover_size)
    audio = container.streams.audio
    return {
        "width": width,
        "height": height,
        "duration": _seconds(container, film),
        "fps": float(film.average_rate) if film.average_rate else None,
        "video_codec": codec or "unknown",
        "audio_codec": (_codec(audio[0]) or "unknown") if audio else None,
        "cover": cover,
        "cover_at": found.at if found and cover else None,
    }


def _codec(stream: Any) -> str | None:
    context = stream.codec_context
    return None if context is None else str(context.codec.canonical_name)


def _square_pixels(film: av.video.stream.VideoStream, width: int, height: int) -> tuple[int, int]:
    shape = film.sample_aspect_ratio
    if not shape or shape == 1 or not 1 / 16 < shape < 16:
        return width, height
    return max(1, round(width * shape)), height


def _seconds(
    container: av.container.InputContainer, film: av.video.stream.VideoStream
) -> float | None:
    if container.duration:
        return container.duration / 1_000_000
    if film.duration and film.time_base:
        return float(film.duration * film.time_base)
    return None


@dataclass(frozen=True, slots=True)
class _Candidate:
    frame: av.video.frame.VideoFrame
    at: float
    mean: float
    spread: float

    @property
    def good(self) -> bool:
        return DARKEST <= self.mean <= BRIGHTEST and self.spread >= FLATTEST

    @property
    def score(self) -> float:
        return self.spread - max(0, DARKEST - self.mean) - max(0, self.mean - BRIGHTEST)


def _find_cover(
    container: av.container.InputContainer, film: av.video.stream.VideoStream, max_pixels: int
) -> _Candidate | None:
    best: _Candidate | None = None
    give_up = time.monotonic() + COVER_PATIENCE
    for frame, at in _first_frames(container, film, max_pixels):
        seen = _look(frame, at)
        if seen.good:
            return seen
        if best is None or seen.score > best.score:
            best = seen
        if time.monotonic() > give_up:
            break
    return best


def _first_frames(
    container: av.container.InputContainer, film: av.video.stream.VideoStream, max_pixels: int
) -> Iterator[tuple[av.video.frame.VideoFrame, float]]:
    """Frames of the first seconds, at least `COVER_STEP` apart, with their seconds from the start."""
    import av

    film.codec_context.options = {"max_pixels": str(max_pixels)}
    film.codec_context.thread_count = 2
    start: float | None = None
    last = -COVER_STEP
    for number, packet in enumerate(container.demux(film)):
        try:
            frames = film.decode(packet)
        except av.FFmpegError:
            frames = []
        for frame in frames:
            now = frame.time if frame.time is not None else number * COVER_STEP
            start = now if start is None else start
            if now - start > COVER_WINDOW:
                return
            if now - start >= last + COVER_STEP:
                last = now - start
                yield frame, last
        if number > 2000:
            return


def _look(frame: av.video.frame.VideoFrame, at: float) -> _Candidate:
    from PIL import ImageStat

    stat = ImageStat.Stat(_drawn(frame, width=64, height=64).convert("L"))
    return _Candidate(frame, at, stat.mean[0], stat.stddev[0])


def _drawn(frame: av.video.frame.VideoFrame, **size: int) -> Image.Image:
    image: Image.Image = frame.to_image(**size)  # type: ignore[no-untyped-call]
    return image


def _save_cover(
    frame: av.video.frame.VideoFrame,
    target: Path,
    shown: tuple[int, int],
    cover_size: tuple[int, int],
) -> dict[str, Any] | None:
    """Cut the middle of the frame to the cover's shape and scale it down; None if far too small."""
    from math import gcd

    from PIL import Image

    image = _drawn(frame)
    if quarter := frame.rotation % 360:
        # The display matrix counts against the clock, as Pillow does.
        turns = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180}
        image = image.transpose(turns.get(quarter, Image.Transpose.ROTATE_270))
    if image.size != shown:
        image = image.resize(shown, Image.Resampling.LANCZOS)
    width, height = cover_size
    across, down = width // gcd(width, height), height // gcd(width, height)
    steps = min(image.width // across, image.height // down)
    if steps < 1:
        return None
    cut = across * steps, down * steps
    left, top = (image.width - cut[0]) // 2, (image.height - cut[1]) // 2
    image = image.crop((left, top, left + cut[0], top + cut[1]))
    if cut[0] > width:
        image = image.resize(cover_size, Image.Resampling.LANCZOS)
    data = _jpeg(image, None, quality=COVER_QUALITY, subsampling="4:4:4")
    return _written(target, data, image.size)


# --- the process ----------------------------------------------------------------------------


def main() -> None:
    """Answer jobs until stdin ends."""
    # The pipe to the parent is kept apart, so that nothing a library prints gets into it.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    os.dup2(2, 1)
    try:
        for library in ("av", "PIL.Image", "PIL.ImageCms"):
            importlib.import_module(library)
    except ImportError as exc:
        _say(answers, {"missing": exc.name or str(exc)})
        return
    _bound_process()
    _say(answers, {"ready": True})
    for line in sys.stdin.buffer:
        _bound_job()
        _say(answers, answer(json.loads(line)))


def _say(answers: Any, value: dict[str, Any]) -> None:
    answers.write(json.dumps(value) + "\n")
    answers.flush()


def _bound_process() -> None:
    if sys.platform != "win32":
        import resource

        for what, most in (
            (resource.RLIMIT_AS, MEMORY_BYTES),
            (resource.RLIMIT_FSIZE, WRITTEN_BYTES),
            (resource.RLIMIT_CORE, 0),
        ):
            # Not every system lets every limit be set.
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(what, (most, most))


def _bound_job() -> None:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        with contextlib.suppress(ValueError, OSError):
            soft = int(time.process_time()) + CPU_SECONDS
            resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


if __name__ == "__main__":
    main()
