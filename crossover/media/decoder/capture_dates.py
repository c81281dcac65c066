"""When a picture was taken or a video filmed, as its head says. Loaded by the child process only."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path

from av.container import InputContainer
from PIL import ExifTags, Image

from crossover.media.dating.dated import Recording
from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.pictures.opening import open_picture, read_picture
from crossover.media.decoder.videos.opening import open_film, seconds_of
from crossover.media.likeness.fingerprint import Captured, captured

HEAD = 1_000_000
"""As much of a JPEG as is read for its date, which stands before the picture."""


def date_picture(source: Path, max_pixels: int) -> Recording:
    """Tell when a picture was taken. Decodes nothing. Raises `CannotFitError` for what is none."""
    image = _open_head(source, max_pixels) or open_picture(read_picture(source), max_pixels)
    if image.format == "PNG" and "exif" not in image.info:
        return Recording()  # asked for it, Pillow would decode the picture to look behind it
    return Recording(read_exif(image)[1])


def date_video(source: Path, max_pixels: int) -> Recording:
    """Tell when a video was filmed and how long it is. Decodes nothing. Raises `CannotFitError`
    for what is none."""
    with open_film(source, max_pixels) as (container, film, _):
        return Recording(filmed(container), seconds_of(container, film))


def _open_head(source: Path, max_pixels: int) -> Image.Image | None:
    with source.open("rb") as file:
        data = file.read(HEAD)
    if len(data) < HEAD or not data.startswith(b"\xff\xd8"):
        return None
    with contextlib.suppress(CannotFitError):
        return open_picture(data, max_pixels)
    return None


def filmed(container: InputContainer) -> Captured | None:
    """Tell when a video was filmed."""
    # Apple's own field names the zone. `creation_time` ought to be UTC, and many cameras write
    # their own clock there.
    for name, zoned in (("com.apple.quicktime.creationdate", True), ("creation_time", False)):
        try:
            moment = datetime.fromisoformat(container.metadata[name])
            return _in_utc(moment, zoned=zoned)
        except (KeyError, ValueError, OverflowError):
            continue
    return None


def read_exif(image: Image.Image) -> tuple[int, Captured | None]:
    """Read which side of a picture is up (1 to 8), and when it was taken."""
    try:
        exif = image.getexif()
        orientation = exif.get(ExifTags.Base.Orientation, 1)
        more = exif.get_ifd(ExifTags.IFD.Exif)
        said = more.get(ExifTags.Base.DateTimeOriginal)
        offset = str(more.get(ExifTags.Base.OffsetTimeOriginal) or "").strip("\0 ")
    except Exception:  # noqa: BLE001  broken EXIF is no reason to refuse a sound picture
        return 1, None
    taken = _exif_moment(str(said or "").strip("\0 "), offset)
    return (orientation if orientation in range(1, 9) else 1), taken


def _exif_moment(said: str, offset: str) -> Captured | None:
    for text, form in ((said + offset, "%Y:%m:%d %H:%M:%S%z"), (said, "%Y:%m:%d %H:%M:%S")):
        try:
            moment = datetime.strptime(text, form)  # noqa: DTZ007  the second form has no zone
            return _in_utc(moment, zoned=True)
        except (ValueError, OverflowError):
            continue
    return None


def _in_utc(moment: datetime, *, zoned: bool) -> Captured | None:
    if moment.tzinfo is None:
        return captured(moment.replace(tzinfo=UTC), zoned=False)
    return captured(moment.astimezone(UTC), zoned=zoned)
