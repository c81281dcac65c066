"""The colours of a picture as sRGB, which every screen and every site shows. Loaded by the child
process only.

Profiles are converted by littleCMS, relative colorimetric with black point compensation: what both
can show stays as it is, and shadows keep their shades. A picture without a profile is taken for
sRGB, as browsers do.
"""

from __future__ import annotations

import contextlib
from io import BytesIO

from PIL import ExifTags, Image, ImageCms
from PIL.TiffImagePlugin import TiffImageFile

from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.pictures.cicp import profile_by_numbers
from crossover.text import one_line

PROFILE_BYTES = 2_000_000
SAME_LEVELS = 2
"""By as many levels of 255 a profile may differ from sRGB and still count as it."""

_NAME_LETTERS = 40
_SPACES = dict.fromkeys(("1", "L", "LA", "La", "I;16", "I;16B", "I;16L"), "GRAY") | {"CMYK": "CMYK"}
"""The colour space of a mode; RGB of any other."""
_UNUSABLE = (ImageCms.PyCMSError, OSError, ValueError)
# Every seventh shade of every colour, one pixel each.
_SHADES = bytes(range(0, 256, 51))
_COLOURS = bytes(c for r in _SHADES for g in _SHADES for b in _SHADES for c in (r, g, b))


def profile_to_convert(
    image: Image.Image, data: bytes, changes: dict[str, str]
) -> ImageCms.ImageCmsProfile | None:
    """The profile by which the colours of an opened picture must be converted; None where they are
    sRGB, or go as if they were. One that is not sound for it is not used: it would spoil them.

    `data` is the file; `changes` gets what was done, here as below.
    """
    raw = image.info.get("icc_profile") or profile_by_numbers(image, data)
    if not raw or image.mode == "LAB":
        return None
    space = _SPACES.get(image.mode, "RGB")
    if len(raw) <= PROFILE_BYTES:
        with contextlib.suppress(*_UNUSABLE):
            profile = ImageCms.ImageCmsProfile(BytesIO(raw))
            if profile.profile.xcolor_space.strip() == space:
                is_same = space != "CMYK" and _is_srgb(profile, "L" if space == "GRAY" else "RGB")
                return None if is_same else profile
    changes["freed of a colour profile that cannot be used"] = ""
    return None


def to_srgb(
    image: Image.Image,
    data: bytes,
    profile: ImageCms.ImageCmsProfile | None,
    changes: dict[str, str],
) -> Image.Image:
    """The picture in sRGB without a profile: RGB, or L for a grey one, nothing transparent. It is
    `image` itself where that is so already. `profile` is as `profile_to_convert` gives it. Raises `CannotFitError` for what holds no colours."""
    if (bits := _bits(image, data)) > 8:
        changes[f"reduced from {bits}-bit colours to 8"] = ""
    plain = _plain(image, changes)
    if profile:
        name = one_line(ImageCms.getProfileDescription(profile)).strip()[:_NAME_LETTERS]
        changes[f"converted from {name or 'unnamed'} colours to sRGB"] = ""
        plain = _converted(plain, profile, "RGBA" if plain.mode == "RGBA" else "RGB")
    elif plain.mode == "CMYK":
        changes["converted from CMYK colours to sRGB"] = ""
        plain = plain.convert("RGB")
    return _on_white(plain, changes) if plain.mode == "RGBA" else plain


def _bits(image: Image.Image, data: bytes) -> int:
    """How many bits a colour has, as far as the file tells."""
    if image.format == "PNG":
        return data[24]
    if isinstance(image, TiffImageFile):
        return max(image.tag_v2.get(ExifTags.Base.BitsPerSample) or (8,))
    return int(image.info.get("bit_depth", 8))


def _plain(image: Image.Image, changes: dict[str, str]) -> Image.Image:
    """The picture as RGB, RGBA, L or CMYK."""
    if image.mode in ("RGB", "L", "CMYK") and "transparency" not in image.info:
        return image
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")
    if image.mode in ("I", "F"):
        raise CannotFitError("it holds measurements rather than colours; save it as a JPEG first")
    if image.mode == "LAB":
        changes["converted from Lab colours to sRGB"] = ""
        return _converted(image, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")), "RGB")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("L" if image.mode == "1" else "RGB")


def _is_srgb(profile: ImageCms.ImageCmsProfile, mode: str) -> bool:
    """Whether colours of the profile look the same without it."""
    if mode == "L":
        shades = Image.frombytes("L", (256, 1), bytes(range(256)))
    else:
        shades = Image.frombytes("RGB", (len(_COLOURS) // 3, 1), _COLOURS)
    seen = _converted(shades, profile, "RGB").tobytes()
    same = shades.convert("RGB").tobytes()
    return all(abs(a - b) <= SAME_LEVELS for a, b in zip(seen, same, strict=True))


def _converted(image: Image.Image, profile: ImageCms.ImageCmsProfile, mode: str) -> Image.Image:
    transform = ImageCms.buildTransform(
        profile,
        ImageCms.createProfile("sRGB"),
        image.mode,
        mode,
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    made = ImageCms.applyTransform(image, transform)
    assert made is not None  # noqa: S101  it is only where a picture is converted in its place
    return made


def _on_white(image: Image.Image, changes: dict[str, str]) -> Image.Image:
    alpha = image.getchannel("A")
    if alpha.getextrema() == (255, 255):
        return image.convert("RGB")
    changes["laid on white for transparency"] = ""
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=alpha)
    return white
