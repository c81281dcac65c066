"""Colours of HDR and wide-gamut films brought to BT.709, which every phone shows. Loaded by the
child process only.

FFmpeg's own tone mapping needs linear light, which PyAV's build cannot make (no zscale), so a table
of colours (a 3D LUT) is computed here and applied by FFmpeg's `lut3d`:

1. the signal to light: PQ (SMPTE 2084) or HLG (BT.2100, as seen on a screen of 1000 nits), or the
   gamma of 2.4 that films without HDR are seen with (BT.1886);
2. the primaries (BT.2020, P3) to those of BT.709;
3. for HDR the curve `mobius`, as FFmpeg's `tonemap=mobius:param=0.3` has it, upon the largest of
   red, green and blue, so that hues stay: the white of paper (203 nits, BT.2408) counts as 1. What
   is darker than three tenths of it stays as it is, faces mostly; what is brighter is bent ever
   more, and 1000 nits become white;
4. light to the signal of BT.709, by a gamma of 2.4.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import lru_cache
from itertools import product
from operator import mul
from pathlib import Path

from av.filter import Graph
from av.filter.context import FilterContext
from av.video.frame import VideoFrame

from crossover.media.decoder.videos.convert.colour_matrices import SCALING, matrix_name

PAPER_WHITE = 203.0
"""Nits of white paper in an HDR film (BT.2408)."""
BRIGHTEST = 1000.0
"""Nits that become white: what phones film up to, and what HLG is meant for."""
BENT_FROM = 0.3
"""Light, as a part of paper white, up to which nothing is changed."""
SIDE = 33
"""Entries along each side of the table; between them `lut3d` interpolates."""

_GAMMA = 2.4
FULL_RANGE = 2
"""The colour range of a frame whose values go from 0 to the most, as FFmpeg numbers it."""
PQ, HLG = 16, 18
"""Transfer characteristics, as H.273 numbers them (FFmpeg's `AVCOL_TRC_…`)."""
BT2020, P3 = 9, 12
"""Primaries, as H.273 numbers them."""

_Colour = tuple[float, float, float]
_IDENTITY: tuple[_Colour, ...] = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
_TO_BT709: dict[int, tuple[_Colour, ...]] = {
    BT2020: (  # BT.2087
        (1.660491, -0.587641, -0.072850),
        (-0.124550, 1.132900, -0.008349),
        (-0.018151, -0.100579, 1.118730),
    ),
    P3: (
        (1.224940, -0.224940, 0.0),
        (-0.042057, 1.042057, 0.0),
        (-0.019638, -0.078636, 1.098274),
    ),
}


def needs_table(transfer: int, primaries: int) -> bool:
    """Whether the colours of a film with this transfer and these primaries are not those of
    BT.709."""
    return transfer in (PQ, HLG) or primaries in _TO_BT709


def to_bt709(frame: VideoFrame) -> VideoFrame:
    """A frame of HDR or wide gamut as one of RGB, 8 bits, in BT.709; any other frame as it is. How
    it is to be turned stays with it."""
    if not needs_table(frame.color_trc, frame.color_primaries):
        return frame
    full = frame.color_range == FULL_RANGE
    matrix = matrix_name(frame.colorspace, frame.color_primaries, frame.width, frame.height)
    graph = Graph()
    graph.link_nodes(
        graph.add(
            "buffer",
            f"video_size={frame.width}x{frame.height}:pix_fmt={frame.format.name}:time_base=1/1000"
            f":colorspace={frame.colorspace}:range={'pc' if full else 'tv'}",
        ),
        *add_table(
            graph,
            frame.color_trc,
            frame.color_primaries,
            in_color_matrix=matrix,
            in_range="pc" if full else "tv",
        ),
        graph.add("scale", flags=SCALING),
        graph.add("format", pix_fmts="rgb24"),
        graph.add("buffersink"),
    ).configure()
    graph.vpush(frame)
    return graph.vpull()


def add_table(
    graph: Graph, transfer: int, primaries: int, **scale: str
) -> tuple[FilterContext, ...]:
    """Add the filters that make RGB of a film, and apply the table to it. `scale` are options of
    the first, which may scale as well."""
    rgb = graph.add("scale", out_range="pc", flags=SCALING, **scale)
    deep = graph.add("format", pix_fmts="gbrp10le")
    with tempfile.TemporaryDirectory(prefix="crossover-") as folder:
        path = Path(folder) / "table.cube"
        path.write_text(colour_table(transfer, primaries), "ascii")
        return rgb, deep, graph.add("lut3d", file=str(path), interp="tetrahedral")


@lru_cache(maxsize=4)
def colour_table(transfer: int, primaries: int) -> str:
    """The table from this transfer and these primaries to BT.709, as a `.cube` file."""
    steps = [n / (SIDE - 1) for n in range(SIDE)]
    to_light, map_tone = _curves(transfer)
    lights = [to_light(step) for step in steps]
    matrix = _TO_BT709.get(primaries, _IDENTITY)
    lines = [f"LUT_3D_SIZE {SIDE}"]
    for blue, green, red in product(lights, repeat=3):
        light = _turn(matrix, map_tone((red, green, blue)))
        if transfer in (PQ, HLG):
            light = _mobius(light)
        lines.append(" ".join(f"{min(max(one, 0.0), 1.0) ** (1 / _GAMMA):.5f}" for one in light))
    return "\n".join(lines) + "\n"


def _turn(matrix: tuple[_Colour, ...], light: _Colour) -> _Colour:
    red, green, blue = (sum(map(mul, row, light)) for row in matrix)
    return red, green, blue


def _curves(transfer: int) -> tuple[Callable[[float], float], Callable[[_Colour], _Colour]]:
    """From a signal to light of one colour, and from there to the light that is seen of all
    three; for HDR paper white is 1."""
    if transfer == PQ:
        return _pq_to_light, lambda seen: seen
    if transfer == HLG:
        return _hlg_to_scene, _scene_to_light
    return lambda signal: signal**_GAMMA, lambda seen: seen


def _pq_to_light(signal: float) -> float:
    """SMPTE 2084."""
    m1, m2 = 2610 / 16384, 2523 / 4096 * 128
    c1, c2, c3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
    root = signal ** (1 / m2)
    light: float = (max(root - c1, 0.0) / (c2 - c3 * root)) ** (1 / m1)
    return light * 10_000 / PAPER_WHITE


def _hlg_to_scene(signal: float) -> float:
    """Inverse of the HLG curve of BT.2100: 0 to 1."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    if signal <= 0.5:
        return signal * signal / 3
    return float((2.718281828459045 ** ((signal - c) / a) + b) / 12)


def _scene_to_light(scene: _Colour) -> _Colour:
    """BT.2100's system gamma of 1.2, for a screen of 1000 nits."""
    red, green, blue = scene
    luma = 0.2627 * red + 0.6780 * green + 0.0593 * blue
    gain = luma**0.2 * BRIGHTEST / PAPER_WHITE
    return red * gain, green * gain, blue * gain


def _mobius(light: _Colour) -> _Colour:
    peak, j = BRIGHTEST / PAPER_WHITE, BENT_FROM
    most = max(light)
    if most <= j:
        return light
    a = -j * j * (peak - 1) / (j * j - 2 * j + peak)
    b = (j * j - 2 * j * peak + peak) / max(peak - 1, 1e-6)
    bent = (b * b + 2 * b * j + j * j) / (b - a) * (most + a) / (most + b)
    gain = bent / most
    red, green, blue = light
    return red * gain, green * gain, blue * gain
