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
from crossover.text import one_line

PROFILE_BYTES = 2_000_000
SAME_LEVELS = 2
"""By as many levels of 255 a profile may differ from sRGB and still count as it."""

_NAME_LETTERS = 40
_SPACES = {"RGB": "RGB", "RGBA": "RGB", "L": "GRAY", "CMYK": "CMYK"}
_UNUSABLE = (ImageCms.PyCMSError, OSError, ValueError)
# Every seventh shade of every colour, one pixel each.
_SHADES = bytes(range(0, 256, 51))
_COLOURS = bytes(c for r in _SHADES for g in _SHADES for b in _SHADES for c in (r, g, b))


def to_srgb(image: Image.Image, data: bytes, changes: list[str]) -> Image.Image:
    """The picture in sRGB without a profile: RGB, or L for a grey one, nothing transparent. It is
    `image` itself where that is so already. Raises `CannotFitError` for what holds no colours.

    `data` is the file; `changes` gets what was done.
    """
    if (bits := _bits(image, data)) > 8:
        changes.append(f"{bits}-bit colours reduced to 8")
    profile = image.info.get("icc_profile") if image.mode != "LAB" else None
    plain = _plain(image, changes)
    plain = _by_profile(plain, profile, changes) if profile else plain
    if plain.mode == "CMYK":
        changes.append("colours converted from CMYK")
        plain = plain.convert("RGB")
    return _on_white(plain, changes) if plain.mode == "RGBA" else plain


def _bits(image: Image.Image, data: bytes) -> int:
    """How many bits a colour has, as far as the file tells."""
    if image.format == "PNG":
        return data[24]
    if isinstance(image, TiffImageFile):
        return max(image.tag_v2.get(ExifTags.Base.BitsPerSample) or (8,))
    return int(image.info.get("bit_depth", 8))


def _plain(image: Image.Image, changes: list[str]) -> Image.Image:
    """The picture as RGB, RGBA, L or CMYK."""
    if image.mode in ("RGB", "L", "CMYK") and "transparency" not in image.info:
        return image
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")
    if image.mode in ("I", "F"):
        raise CannotFitError("it holds measurements rather than colours; save it as a JPEG first")
    if image.mode == "LAB":
        changes.append("colours converted from Lab")
        return _converted(image, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")), "RGB")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("L" if image.mode == "1" else "RGB")


def _by_profile(image: Image.Image, profile: bytes, changes: list[str]) -> Image.Image:
    """The picture by its profile, if that is a sound one for it: any other would spoil it."""
    if len(profile) <= PROFILE_BYTES:
        with contextlib.suppress(*_UNUSABLE):
            found = ImageCms.ImageCmsProfile(BytesIO(profile))
            if found.profile.xcolor_space.strip() == _SPACES[image.mode]:
                return _unless_same(image, found, changes)
    changes.append("unusable colour profile removed")
    return image


def _unless_same(
    image: Image.Image, profile: ImageCms.ImageCmsProfile, changes: list[str]
) -> Image.Image:
    if image.mode != "CMYK" and _is_srgb(profile, "L" if image.mode == "L" else "RGB"):
        return image
    name = one_line(ImageCms.getProfileDescription(profile)).strip()[:_NAME_LETTERS]
    made = _converted(image, profile, "RGBA" if image.mode == "RGBA" else "RGB")
    changes.append(f"colours converted from {name or 'its own profile'}")
    return made


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


def _on_white(image: Image.Image, changes: list[str]) -> Image.Image:
    alpha = image.getchannel("A")
    if alpha.getextrema() == (255, 255):
        return image.convert("RGB")
    changes.append("transparency filled with white")
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=alpha)
    return white
