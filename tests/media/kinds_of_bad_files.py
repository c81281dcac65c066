"""Files that are damaged, forged or no media at all, each with what must be said of it.

Names begin with their number in a catalogue of bad inputs.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.media import made_pictures as pictures
from tests.media.made_films import AAC, FASTSTART, H264, film, sdr
from tests.media.media_row import MediaRow, Refused

LISTENER = "http://127.0.0.1:{port}/"


def bad_files(port: int) -> tuple[MediaRow, ...]:
    """All of them; `port` is that of a listener that nothing may reach."""
    return (*_PICTURES, *_MASQUERADES, *_FILMS, *_playlists(port))


def _row(name: str, file: str, data: bytes | Callable[[], bytes], says: str) -> MediaRow:
    def make(path: Path) -> None:
        path.write_bytes(data if isinstance(data, bytes) else data())

    return MediaRow(name, file, make, Refused(says))


def png_of(width: int, height: int, rows: bytes = b"") -> bytes:
    """A PNG of one bit a pixel that says it has this size, with as much in it as `rows`."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">2I5B", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _cut(share: float) -> Callable[[], bytes]:
    def cut() -> bytes:
        data = pictures.jpeg()
        return data[: int(len(data) * share)]

    return cut


_PICTURES = (
    _row("46 a bomb of a PNG", "a.png", png_of(60_000, 60_000), "too large"),
    _row(
        "47 a PNG of 108 megapixels",
        "a.png",
        png_of(12_000, 9_000, bytes(1501 * 9000)),
        "too large",
    ),
    _row("48 a PNG without lines", "a.png", png_of(40, 0), "damaged"),
    _row("48 a PNG of a line and a million columns", "a.png", png_of(10**6, 1), "one side"),
    _row("50 a JPEG of which half is missing", "a.jpg", _cut(0.5), "cut short"),
    _row("50 an empty file", "a.jpg", b"", "empty"),
    _row("50 nothing but zeros", "a.jpg", bytes(5000), "no kind of picture or video"),
)

_MASQUERADES = (
    _row(
        "49 PostScript", "a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n", "PostScript"
    ),
    _row("49 SVG", "a.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    _row("49 PDF", "a.jpg", b"%PDF-1.7\n", "PDF"),
    _row("49 FITS", "a.png", b"SIMPLE  =                    T" + bytes(2850), "FITS"),
    _row("49 a web page", "a.jpg", b"<!DOCTYPE html><html>Log in</html>", "a web page"),
    _row("49 a web page as a video", "a.mp4", b"<!DOCTYPE html><html>Log in</html>", "a web page"),
    _row("50 text", "a.mp4", b"my holidays in Lisbon\n" * 99, "no kind of picture or video"),
    _row("49 a picture as a video", "a.mp4", pictures.jpeg, "a JPEG picture"),
)


def _forged(change: Callable[[bytes], bytes], path: Path) -> None:
    film(path, *sdr(), *H264, *AAC, *FASTSTART)
    path.write_bytes(change(path.read_bytes()))


def _film(name: str, change: Callable[[bytes], bytes], says: str) -> MediaRow:
    return MediaRow(name, "a.mp4", partial(_forged, change), Refused(says))


def _without_index(data: bytes) -> bytes:
    return data.replace(b"moov", b"free", 1)


def _length_of_index(length: int) -> Callable[[bytes], bytes]:
    def forge(data: bytes) -> bytes:
        at = data.index(b"moov") - 4
        return data[:at] + struct.pack(">I", length) + data[at + 4 :]

    return forge


def _with_entries(data: bytes) -> bytes:
    """Its table of frame sizes says that there are four milliards."""
    at = data.index(b"stsz") + 4 + 8
    return data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :]


def _nested(data: bytes) -> bytes:
    boxes = b""
    for _ in range(10_000):
        boxes = struct.pack(">I4s", 8 + len(boxes), b"moov") + boxes
    return data[: struct.unpack(">I", data[:4])[0]] + boxes


_FILMS = (
    _film("50 an MP4 of which the end is missing", lambda data: data[:-1500], "cut short"),
    _film("50 an MP4 of which only the beginning is there", lambda data: data[:600], "cut short"),
    _film("51 an MP4 without an index", _without_index, "no index"),
    _film("51 an index of length 1", _length_of_index(1), "cut short"),
    _film("51 an index of length 4", _length_of_index(4), "no index"),
    _film("51 an index of 4 GB", _length_of_index(0xFFFFFFFF), "cut short"),
    _film("51 boxes in boxes", _nested, "damaged"),
    _film("51 four milliards of frames", _with_entries, "damaged"),
    _film("51 a film of zeros", lambda data: data[:40], "cut short"),
)


def _playlists(port: int) -> tuple[MediaRow, ...]:
    link = LISTENER.format(port=port)
    m3u = f"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXTINF:1,\n{link}a.ts\n"
    return (
        _row("52 a playlist", "a.mp4", m3u.encode(), "a playlist"),
        _row(
            "52 a list of parts",
            "a.mp4",
            f"ffconcat version 1.0\nfile {link}\n".encode(),
            "a playlist",
        ),
    )
