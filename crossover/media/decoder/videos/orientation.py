"""How a video is to be turned and mirrored before it is shown. Loaded by the child process only.

A track says it as a display matrix (ISO/IEC 14496-12, `tkhd`), of which an angle tells only a part: a
matrix of negative determinant mirrors. Orientations are named here as in EXIF: 1 as it is, 2 mirrored,
3 turned by half, 4 upside down mirrored, 5 to 8 lying.
"""

from __future__ import annotations

import math
import struct

from av.sidedata.sidedata import SideData
from av.video.frame import VideoFrame
from PIL import Image

from crossover.media.decoder.pictures.turning import upright

AS_IT_IS = 1
LYING = frozenset({5, 6, 7, 8})
"""Orientations in which width and height change places."""

_TURNED = (1, 6, 3, 8)
"""Orientations by quarters clockwise."""
_MIRRORED = (2, 7, 4, 5)
"""The same, of what is mirrored left to right first."""
_FILTERS: dict[int, tuple[tuple[str, str], ...]] = {
    1: (),
    2: (("hflip", ""),),
    3: (("hflip", ""), ("vflip", "")),
    4: (("vflip", ""),),
    5: (("transpose", "cclock_flip"),),
    6: (("transpose", "clock"),),
    7: (("transpose", "clock_flip"),),
    8: (("transpose", "cclock"),),
}


def orientation_of(frame: VideoFrame) -> int:
    """The orientation (1 to 8) of a decoded frame; of odd angles the nearest one."""
    try:
        data = frame.side_data.get("DISPLAYMATRIX")
    except ValueError:  # PyAV stops at a kind of side data that it has no name for
        return _TURNED[round(-frame.rotation / 90) % 4]
    if not isinstance(data, SideData) or data.buffer_size != struct.calcsize("=9i"):
        return AS_IT_IS
    return matrix_orientation(struct.unpack("=9i", bytes(data)))


def turn_upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turn and mirror the picture of a frame as its orientation asks."""
    return image if orientation == AS_IT_IS else upright(image, orientation)


def turned_size(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Width and height after the turn; the same call undoes it."""
    return size[::-1] if orientation in LYING else size


def upright_filters(orientation: int) -> tuple[tuple[str, str], ...]:
    """FFmpeg's filters, with their arguments, that carry an orientation out."""
    return _FILTERS[orientation]


def matrix_orientation(matrix: tuple[int, ...]) -> int:
    """The orientation that a display matrix (a b u c d v x y w) asks for; of odd angles the nearest
    one. A matrix that squeezes the picture flat asks for nothing."""
    a, b, _, c, d, *_ = matrix
    determinant = a * d - b * c
    if determinant == 0:
        return AS_IT_IS
    mirrored = determinant < 0
    # x' = ax + cy, y' = bx + dy, and y goes down: (a, b) is where the rows of the picture run.
    degrees = math.degrees(math.atan2(-b, -a) if mirrored else math.atan2(b, a))
    return (_MIRRORED if mirrored else _TURNED)[round(degrees / 90) % 4]
