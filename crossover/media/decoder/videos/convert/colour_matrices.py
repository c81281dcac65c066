"""By which matrix the colours of a film were made, as FFmpeg's filters name it. Loaded by the child
process only."""

from __future__ import annotations

from types import MappingProxyType

BT709 = "bt709"
SCALING = "bicubic+accurate_rnd+full_chroma_int"
"""How FFmpeg's `scale` is to reckon: to the last bit of each colour."""
_BT601, _BT2020 = "smpte170m", "bt2020"
_NAMES = MappingProxyType(
    {
        1: BT709,
        4: "fcc",
        5: "bt470bg",
        6: _BT601,
        7: "smpte240m",
        9: _BT2020,
        10: _BT2020,
    }
)
"""By H.273's number of the matrix coefficients."""
_PRIMARIES_BT2020 = 9


def matrix_name(matrix: int, primaries: int, width: int, height: int) -> str:
    """Name the matrix of a film of this size in pixels. Where it does not say, it is guessed as
    players do: small films are of BT.601, others of BT.709."""
    if known := _NAMES.get(matrix):
        return known
    if primaries == _PRIMARIES_BT2020:
        return _BT2020
    short, long = sorted((width, height))
    return BT709 if long >= 1280 or short > 576 else _BT601
