"""Makers of small pictures and videos, and what making them fit gives, through the real child process."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import pillow_heif
from PIL import Image

from crossover.limits.limits import Limits, load_limits
from crossover.media.fit import fit
from crossover.media.fit.fitted import Fitted, FittedPicture, FittedVideo, Unfit
from crossover.media.fit.progress import FitProgress
from crossover.model.account import SiteName
from crossover.model.choices import Rules
from crossover.model.posts import Media, MediaKind
from crossover.storage.checksums import Checksums

LIMITS = load_limits(SiteName.REHEARSAL)
RULES = Rules()
RED, BLUE, BLACK = (200, 30, 30), (30, 30, 200), (0, 0, 0)


def media(root: Path, name: str, data: bytes | None = None) -> Media:
    path = root / "media" / name
    path.parent.mkdir(exist_ok=True)
    if data is not None:
        path.write_bytes(data)
    stat = path.stat()
    video = name.endswith((".mp4", ".mov", ".mkv", ".webm", ".avi", ".flv", ".3gp", ".mpg", ".wmv"))
    return Media(
        path=f"media/{name}",
        kind=MediaKind.VIDEO if video else MediaKind.IMAGE,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        bytes=stat.st_size,
        mtime_ns=stat.st_mtime_ns,
        source="test",
    )


def fit_all(
    root: Path,
    items: Sequence[Media],
    limits: Limits = LIMITS,
    fitted: FitProgress = lambda *_: None,
    checksums: Checksums | None = None,
    rules: Rules = RULES,
) -> dict[tuple[str, MediaKind], Fitted]:
    return fit.fit_media(root, items, rules, limits, checksums or Checksums(), fitted)


def fit_one(root: Path, name: str, data: bytes | None = None) -> Fitted:
    item = media(root, name, data)
    return fit_all(root, [item], LIMITS)[item.sha256, item.kind]


def fit_picture(root: Path, name: str, data: bytes) -> tuple[FittedPicture, Image.Image]:
    fitted = fit_one(root, name, data)
    assert isinstance(fitted, FittedPicture), fitted
    made = (root / fitted.path).read_bytes()
    assert hashlib.sha256(made).hexdigest() == fitted.sha256
    assert len(made) == fitted.bytes
    image = Image.open(BytesIO(made))
    assert image.format == "JPEG"
    assert image.size == (fitted.width, fitted.height)
    image.load()
    return fitted, image


def reason(fitted: Fitted) -> str:
    assert isinstance(fitted, Unfit), fitted
    return fitted.reason


def corners(width: int = 64, height: int = 48) -> Image.Image:
    """Red with one blue quarter at the upper left."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, 0, width // 2, height // 2))
    return image


def saved(image: Image.Image, form: str = "JPEG", **how: Any) -> bytes:
    out = BytesIO()
    if form == "HEIF":
        pillow_heif.register_heif_opener()  # here alone: the child does without
    image.save(out, form, **how)
    return out.getvalue()


def close_to(image: Image.Image, at: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    found = image.convert("RGB").getpixel(at)
    assert isinstance(found, tuple)
    return all(abs(a - b) < 30 for a, b in zip(found, colour, strict=True))


def film(
    path: Path,
    frames: Sequence[Image.Image],
    *,
    turned: int = 0,
    every: int = 0,
    sound: bool = False,
    **options: str,
) -> bytes:
    """An H.264 film with 10 frames a second, and a key frame `every` so many where it is given."""
    path.parent.mkdir(exist_ok=True)
    with av.open(str(path), "w", format="mp4", options=options) as out:
        stream = out.add_stream("libx264", rate=10)
        stream.width, stream.height = frames[0].size
        stream.pix_fmt = "yuv420p"
        if every:
            stream.codec_context.gop_size = every
        if turned:
            stream.set_display_rotation(turned)
        if sound:
            audio = out.add_stream("aac", rate=44100)
            audio.layout = "mono"
        for image in frames:
            frame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
        if sound:
            silence = av.AudioFrame(format="fltp", layout="mono", samples=1024)
            silence.sample_rate = 44100
            silence.planes[0].update(bytes(silence.planes[0].buffer_size))
            for number in range(20):
                silence.pts = number * 1024
                out.mux(audio.encode(silence))
            out.mux(audio.encode())
    return path.read_bytes()


def fit_video(root: Path, name: str) -> tuple[FittedVideo, Image.Image]:
    before = (root / "media" / name).read_bytes()
    fitted = fit_one(root, name)
    assert isinstance(fitted, FittedVideo), fitted
    assert fitted.cover is not None
    made = (root / fitted.cover.path).read_bytes()
    assert hashlib.sha256(made).hexdigest() == fitted.cover.sha256
    image = Image.open(BytesIO(made))
    assert image.format == "JPEG"
    assert image.size == (fitted.cover.width, fitted.cover.height)
    assert image.width * 4 == image.height * 3
    assert (root / "media" / name).read_bytes() == before
    return fitted, image
