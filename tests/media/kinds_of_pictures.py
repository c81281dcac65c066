"""The kinds of pictures that creators have, each with what must come of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.media import made_pictures as pictures
from tests.media.made_films import AAC, H264, film, sdr
from tests.media.made_pictures import BLUE, GREEN, RED, WHITE, YELLOW
from tests.media.media_row import Jpeg, MediaRow, Outcome


def picture(
    name: str, file: str, make: Callable[[], bytes], outcome: Outcome, *, complete: bool = False
) -> MediaRow:
    return MediaRow(name, file, lambda path: _write(path, make), outcome, complete=complete)


def _write(path: Path, make: Callable[[], bytes]) -> None:
    path.write_bytes(make())


def _still(form: str, **options: object) -> Callable[[], bytes]:
    return lambda: pictures.saved(pictures.quarters(), form, **options)


def _small_film() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "motion.mp4"
        film(path, *sdr(), *H264, *AAC, size=(108, 144), seconds=0.5)
        return path.read_bytes()


PICTURES = (
    picture("JPEG", "a.jpg", pictures.jpeg, Jpeg(exact=True)),
    picture(
        "JPEG held sideways",
        "a.jpeg",
        pictures.held_sideways,
        Jpeg(("metadata", "rotated"), place=True),
    ),
    picture(
        "progressive JPEG",
        "a.jpg",
        lambda: pictures.jpeg(progressive=True, exif=pictures.with_place()),
        Jpeg(("metadata",), place=True, exact=True),
    ),
    picture(
        "JPEG of print colours",
        "a.jpg",
        lambda: pictures.jpeg(pictures.quarters().convert("CMYK")),
        Jpeg(("CMYK",)),
    ),
    picture("JPEG of wide colours", "a.jpg", pictures.wide_colours, Jpeg(("colours",), within=6)),
    picture("MPO", "a.jpg", pictures.two_pictures, Jpeg(("metadata",), exact=True)),
    picture(
        "JPEG with an HDR gain map",
        "a.jpg",
        pictures.with_gain_map,
        Jpeg(("metadata", "HDR"), exact=True),
    ),
    picture(
        "motion photo",
        "a.MP.jpg",
        lambda: pictures.with_motion(_small_film()),
        Jpeg(("metadata", "motion photo"), place=True, exact=True),
    ),
    picture(
        "JPEG of 108 megapixels",
        "a.jpg",
        lambda: pictures.saved(pictures.quarters(9000, 12000), "JPEG"),
        Jpeg(("scaled",), (4500, 6000)),
        complete=True,
    ),
    picture(
        "JPEG without its last lines",
        "a.jpg",
        pictures.without_last_lines,
        Jpeg(size=(720, 936), missing=True),
    ),
    picture("JPEG saved by a browser", "a.jfif", pictures.jpeg, Jpeg(exact=True)),
    picture("PNG", "a.png", _still("PNG"), Jpeg(("PNG",))),
    picture("PNG of 16 bits", "a.png", pictures.png_of_16_bits, Jpeg(("PNG", "16-bit"))),
    picture(
        "PNG with a palette",
        "a.png",
        pictures.palette_with_holes,
        Jpeg(("PNG", "transparency"), corners=(WHITE, GREEN, BLUE, YELLOW)),
    ),
    picture(
        "transparent PNG",
        "a.png",
        pictures.half_transparent,
        Jpeg(("PNG", "transparency"), corners=(RED, GREEN, BLUE, (238, 232, 147))),
    ),
    picture("WebP", "a.webp", _still("WEBP", lossless=True), Jpeg(("WebP",))),
    picture(
        "animated WebP",
        "a.webp",
        lambda: pictures.animated("WEBP"),
        Jpeg(("WebP", "animation"), within=6),
    ),
    picture("GIF", "a.gif", _still("GIF"), Jpeg(("GIF",))),
    picture("animated GIF", "a.gif", lambda: pictures.animated("GIF"), Jpeg(("GIF", "animation"))),
    picture("AVIF", "a.avif", pictures.avif, Jpeg(("AVIF",))),
    picture("HEIC", "a.heic", pictures.heic, Jpeg(("HEIC",))),
    picture(
        "HEIC held sideways",
        "a.HEIC",
        lambda: pictures.heic(sideways=True),
        Jpeg(("HEIC", "metadata"), place=True),
    ),
    picture("BMP", "a.bmp", _still("BMP"), Jpeg(("BMP",))),
    picture("TIFF", "a.tiff", _still("TIFF", compression="tiff_lzw"), Jpeg(("TIFF",))),
    picture(
        "48 a GIF of 10,000 pictures",
        "a.gif",
        lambda: pictures.many_frames("GIF", 10_000),
        Jpeg(("GIF", "animation"), (8, 8), (RED,) * 4),
    ),
    picture(
        "48 a column one pixel wide",
        "a.png",
        lambda: pictures.saved(pictures.quarters(1, 900), "PNG"),
        Jpeg(("PNG",), (1, 900), (GREEN, GREEN, YELLOW, YELLOW)),
    ),
    picture(
        "49 a JPEG that is a ZIP, too", "a.jpg", pictures.polyglot, Jpeg(("metadata",), exact=True)
    ),
)
