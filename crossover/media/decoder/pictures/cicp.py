"""Colours that a file names by numbers (CICP, ITU-T H.273) instead of a profile, as a profile. Loaded
by the child process only.

HEIC and AVIF have them in a `colr` box of the kind `nclx`, PNG in a chunk of its own. HDR (PQ and HLG)
is brought to what a plain screen shows: as it is up to a good half of its light, flattened above, so
that lamps and skies stay bright without burning out all around them.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from typing import Any

from PIL import Image

_HEAD_BYTES = 100_000
"""The boxes that describe a picture, and the chunks before its pixels, stand at the beginning."""
_UNSAID = 2
_PLAIN_PRIMARIES = {1, _UNSAID}
_P3 = {11, 12}
_BT2020 = 9
_LINEAR, _PQ, _HLG = 8, 16, 18
_GAMMAS = {4: 2.2, 5: 2.8}
# The light of red, green and blue as CIE XYZ under D50, as ICC profiles have it.
_COLOURS: dict[int, tuple[tuple[float, float, float], ...]] = {
    1: ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410)),
    9: ((0.67348, 0.27904, -0.00194), (0.16566, 0.67534, 0.02998), (0.12505, 0.04561, 0.79686)),
    12: ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)),
}
_WHITE = (0.9642, 1.0, 0.8249)
_NAMES = {1: "BT.709", 9: "BT.2020", 12: "Display P3"}
_WHITE_NITS = 203.0
"""How bright plain white is in an HDR picture (ITU-R BT.2408)."""
_KNEE = 0.6
_STEPS = 1024


def profile_by_numbers(image: Image.Image, data: bytes) -> bytes | None:
    """An ICC profile of the colours that a picture names by numbers; None where it names none, or
    such as are sRGB. `data` is its file."""
    found = _numbers(image, data[:_HEAD_BYTES])
    if found is None:
        return None
    primaries, transfer = (12 if found[0] in _P3 else found[0]), found[1]
    light = _light_of(transfer)
    if primaries in _PLAIN_PRIMARIES:
        primaries = 1
        if light is _srgb:
            return None
    if primaries not in _COLOURS:
        return None
    name = _NAMES[primaries] + (" HDR" if transfer in (_PQ, _HLG) else "")
    return _make_profile(name, _COLOURS[primaries], light)


def _numbers(image: Image.Image, head: bytes) -> tuple[int, int] | None:
    """Primaries and transfer."""
    if image.format == "HEIF":
        named: dict[str, Any] = image.info.get("nclx_profile") or {}
        if not named:
            return None
        return int(named["color_primaries"]), int(named["transfer_characteristics"])
    if image.format == "AVIF" and 0 < (at := head.find(b"colrnclx") + 8) <= len(head) - 4:
        primaries, transfer = struct.unpack_from(">HH", head, at)
        return (primaries, transfer) if at > 8 else None
    if image.format == "PNG" and 0 < (at := head.find(b"\0\0\0\4cICP") + 8) <= len(head) - 2:
        return (head[at], head[at + 1]) if at > 8 else None
    return None


# --- how much light a value stands for, 1 for plain white -----------------------------------


def _light_of(transfer: int) -> Callable[[float], float]:
    if transfer in _GAMMAS:
        return lambda value: value ** _GAMMAS[transfer]
    named: dict[int, Callable[[float], float]] = {_LINEAR: float, _PQ: _pq, _HLG: _hlg}
    return named.get(transfer, _srgb)


def _srgb(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _pq(value: float) -> float:
    """SMPTE ST 2084."""
    root = value ** (1 / 78.84375)
    nits = 10_000 * (max(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (
        1 / 0.1593017578125
    )
    return _flattened(nits / _WHITE_NITS)


def _hlg(value: float) -> float:
    """ITU-R BT.2100, on a screen of 1,000 nits."""
    scene = (
        value * value / 3
        if value <= 0.5
        else (math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12
    )
    return _flattened(1000 * scene**1.2 / _WHITE_NITS)


def _flattened(light: float) -> float:
    if light <= _KNEE:
        return light
    return _KNEE + (1 - _KNEE) * (1 - math.exp(-(light - _KNEE) / (1 - _KNEE)))


# --- an ICC profile (ICC.1:2001-04) -----------------------------------------------------------


def _make_profile(
    name: str, colours: tuple[tuple[float, float, float], ...], light: Callable[[float], float]
) -> bytes:
    curve = struct.pack(
        f">4s4xI{_STEPS}H",
        b"curv",
        _STEPS,
        *(round(65535 * light(n / (_STEPS - 1))) for n in range(_STEPS)),
    )
    text = name.encode("ascii") + b"\0"
    described = struct.pack(">4s4xI", b"desc", len(text)) + text + bytes(78)
    parts = {
        b"desc": described,
        b"cprt": b"text\0\0\0\0\0",
        b"wtpt": _xyz(_WHITE),
        **{tag: _xyz(xyz) for tag, xyz in zip((b"rXYZ", b"gXYZ", b"bXYZ"), colours, strict=True)},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    begin = 128 + 4 + 12 * len(parts)
    table, body, places = b"", b"", dict[bytes, int]()
    for tag, part in parts.items():
        if part not in places:
            places[part] = begin + len(body)
            body += part + bytes(-len(part) % 4)
        table += struct.pack(">4sII", tag, places[part], len(part))
    head = struct.pack(
        ">I4xI4s4s4s12x4s28x3i",
        begin + len(body),
        0x02400000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        b"acsp",
        *map(_fixed, _WHITE),
    )
    return head.ljust(128, b"\0") + struct.pack(">I", len(parts)) + table + body


def _xyz(xyz: tuple[float, float, float]) -> bytes:
    return struct.pack(">4s4x3i", b"XYZ ", *map(_fixed, xyz))


def _fixed(value: float) -> int:
    return round(value * 65536)
