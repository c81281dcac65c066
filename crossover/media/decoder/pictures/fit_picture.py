"""One picture made fit: an upright sRGB JPEG without metadata. Loaded by the child process only."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.jobs import FitPicture
from crossover.media.decoder.pictures.animation import is_animated, make_film
from crossover.media.decoder.pictures.colours import profile_to_convert, to_srgb
from crossover.media.decoder.pictures.cut_jpeg import CutPicture, decode_cut
from crossover.media.decoder.pictures.encoding import (
    QUALITIES,
    encode,
    own_compression,
    write_jpeg,
)
from crossover.media.decoder.pictures.jpeg_file import JpegFile, take_apart
from crossover.media.decoder.pictures.metadata import find_extras, read_metadata
from crossover.media.decoder.pictures.opening import (
    DECODING_ERRORS,
    FORMAT_NAMES,
    cannot_decode,
    format_of,
    open_picture,
    read_picture,
)
from crossover.media.decoder.pictures.shape import bring_into_shape, change_of_size, stays_in_shape
from crossover.media.decoder.pictures.thumbnails import THUMBNAIL_SIDE, write_thumbnail
from crossover.media.decoder.pictures.turning import upright
from crossover.media.fit.fitted import METADATA

_MOST_IS_MISSING = "the JPEG is cut short: more than a quarter of it is missing"


@dataclass(frozen=True, slots=True)
class _Made:
    """The JPEG that is sent and its size in pixels; `shown` is a picture of it to scale down.
    `changes` are what was done to it, with details; the rest is as `FittedPicture` has it."""

    jpeg: bytes
    size: tuple[int, int]
    shown: Image.Image
    changes: dict[str, str]
    place: bool
    missing: str = ""


def fit_picture(job: FitPicture) -> dict[str, Any]:
    """Write a picture as an upright JPEG without metadata, and a thumbnail of it where one is
    asked for; say what became of it, as `FittedPicture` has it.

    A JPEG that is fit keeps its pixels to the last bit, as nothing is coded anew; one that is only
    turned keeps its own compression; anything else gets the best. Above `max_bytes` it is
    compressed harder, then scaled. Raises `CannotFitError` for what cannot be read, and
    `NotWrittenError`.
    """
    data = read_picture(Path(job.source))
    image = open_picture(data, job.max_pixels)
    jpeg = take_apart(data) if isinstance(image, JpegImageFile) else None
    made = _keep_pixels(image, data, jpeg, job) if jpeg else None
    if made is None:
        made = _convert(image, data, jpeg, job)
    answer = {
        **write_jpeg(Path(job.target), made.jpeg, made.size),
        "changes": list(made.changes),
        "details": {change: detail for change, detail in made.changes.items() if detail},
        "place": made.place,
        "missing": made.missing,
        "moves": is_animated(image),
    }
    if job.film and answer["moves"]:
        answer["animation"] = _make_film(data, job)
    if job.thumbnail:
        answer["thumbnail"] = write_thumbnail(made.shown, Path(job.thumbnail))
    return answer


def _keep_pixels(image: Image.Image, data: bytes, jpeg: JpegFile, job: FitPicture) -> _Made | None:
    """The JPEG without all else; None where it is not fit so. It is decoded at a fraction of its
    size: that finds damage as well, in half the time."""
    changes: dict[str, str] = {}
    metadata = read_metadata(image, jpeg.tail)
    if (
        not jpeg.ended
        or jpeg.size != image.size
        or image.mode not in ("RGB", "L")
        or metadata.orientation != 1
        or not stays_in_shape(image.size, job)
        or len(jpeg.plain) > job.max_bytes
        or profile_to_convert(image, data, changes)
    ):
        return None
    share = 2 * THUMBNAIL_SIDE / max(image.size)
    try:
        shown = JpegImageFile(BytesIO(jpeg.plain))
        shown.draft(None, (int(image.width * share), int(image.height * share)))
        shown.load()
    except DECODING_ERRORS:
        return None
    find_extras(image, data, jpeg.tail, changes)
    if metadata.anything:
        changes[METADATA] = ""
    return _Made(jpeg.plain, image.size, shown, changes, metadata.place)


def _convert(image: Image.Image, data: bytes, jpeg: JpegFile | None, job: FitPicture) -> _Made:
    """The picture as a JPEG, decoded and coded anew."""
    changes: dict[str, str] = {}
    if jpeg is None:
        name = FORMAT_NAMES[format_of(image)]
        changes[f"converted from {name}"] = f"to JPEG, quality {QUALITIES[0]}"
    cut = _decode(image, data, jpeg, job, changes)
    image = cut.image if cut else image
    same = own_compression(image) if jpeg else None
    if jpeg and jpeg.size != image.size:
        changes["scaled down"] = change_of_size(jpeg.size, image.size)
        same = None
    metadata = read_metadata(image, jpeg.tail if jpeg else b"")
    find_extras(image, data, jpeg.tail if jpeg else b"", changes)
    if metadata.anything:
        changes[METADATA] = ""
    image = to_srgb(image, data, profile_to_convert(image, data, changes), changes)
    if cut:
        image = image.crop((0, 0, image.width, cut.lines))
    if metadata.orientation != 1:
        image = upright(image, metadata.orientation)
        changes["mirrored" if metadata.orientation in (2, 4) else "rotated"] = ""
    image = bring_into_shape(image, job, changes)
    made = encode(image, same, job.max_bytes, len(data), changes)
    return _Made(made.jpeg, made.size, image, changes, metadata.place, cut.missing if cut else "")


def _decode(
    image: Image.Image,
    data: bytes,
    jpeg: JpegFile | None,
    job: FitPicture,
    changes: dict[str, str],
) -> CutPicture | None:
    """Decode `image`; of a JPEG that has no end, what is there. Raises `CannotFitError`."""
    kind = format_of(image)
    try:
        if jpeg and not jpeg.ended:
            cut = decode_cut(data, jpeg, job.max_pixels)
            if cut is None:
                raise CannotFitError(_MOST_IS_MISSING)
            return cut
        if further := _what_further_pictures_are(image):
            changes[f"reduced to the {further}"] = ""
        image.load()
    except DECODING_ERRORS as exc:
        raise cannot_decode(kind, exc) from exc
    return None


def _make_film(data: bytes, job: FitPicture) -> dict[str, Any] | None:
    """The video of an animation; None where there can be none, and its first frame goes out."""
    image = open_picture(data, job.max_pixels)
    try:
        return make_film(image, data, profile_to_convert(image, data, {}), Path(job.film))
    except CannotFitError:
        return None


def _what_further_pictures_are(image: Image.Image) -> str:
    """What is left of a file of several pictures; empty where it has one."""
    # The further ones of a JPEG (MPO) are thumbnails and depth maps of the same shot.
    if isinstance(image, JpegImageFile) or getattr(image, "n_frames", 1) < 2:
        return ""
    return {"TIFF": "first page of several", "HEIF": "main picture of several"}.get(
        str(image.format), "first frame of an animation"
    )
