"""The colours of a picture, as RedNote shows them. Loaded by the child process only."""

from __future__ import annotations

import contextlib
from io import BytesIO

from PIL import Image, ImageCms

PROFILE_BYTES = 2_000_000


def to_rgb(image: Image.Image, data: bytes, changes: list[str]) -> tuple[Image.Image, bytes | None]:
    """The picture in RGB (a grey JPEG stays grey) and its colour profile, when that still fits."""
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
