"""A picture turned or mirrored. Loaded by the child process only."""

from __future__ import annotations

from PIL import Image


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turn or mirror a picture as its EXIF orientation (2 to 8) asks."""
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
