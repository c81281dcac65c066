"""HDR looks on an ordinary screen as it does through other people's tone mapping."""

from __future__ import annotations

import subprocess
from array import array

import av
import pytest

from crossover.media.decoder.videos.convert.hdr import BT2020, HLG, PQ, to_bt709
from tests.programs import program

WIDTH, HEIGHT = 64, 5
RAMPS = ((1.0, 1.0, 1.0), (1.0, 0.72, 0.6), (0.75, 0.5, 0.4), (0.45, 0.3, 0.22), (0.9, 0.8, 0.75))
"""Grey and four tones of skin, from black to the brightest."""
NAMES = {PQ: "smpte2084", HLG: "arib-std-b67", 1: "bt709"}


def ramps() -> tuple[bytes, bytes, bytes]:
    """The planes of a frame in BT.2020, 10 bits and 4:4:4: a ramp in each row."""
    red_share, blue_share = 0.2627, 0.0593
    planes = array("H"), array("H"), array("H")
    for ramp in RAMPS:
        for x in range(WIDTH):
            red, green, blue = (x / (WIDTH - 1) * part**0.45 for part in ramp)
            luma = red_share * red + (1 - red_share - blue_share) * green + blue_share * blue
            planes[0].append(round(64 + 876 * luma))
            planes[1].append(round(512 + 896 * (blue - luma) / (2 * (1 - blue_share))))
            planes[2].append(round(512 + 896 * (red - luma) / (2 * (1 - red_share))))
    one, two, three = (plane.tobytes() for plane in planes)
    return one, two, three


def frame_of(transfer: int) -> av.VideoFrame:
    frame = av.VideoFrame(WIDTH, HEIGHT, "yuv444p10le")
    for plane, data in zip(frame.planes, ramps(), strict=True):
        rows = [data[y * WIDTH * 2 : (y + 1) * WIDTH * 2] for y in range(HEIGHT)]
        plane.update(b"".join(row.ljust(plane.line_size, b"\0") for row in rows))
    frame.colorspace, frame.color_primaries, frame.color_range = 9, BT2020, 1
    frame.color_trc, frame.pts = transfer, 0
    return frame


def pixels_of(frame: av.VideoFrame) -> bytes:
    assert frame.format.name == "rgb24"
    (plane,) = frame.planes
    data = bytes(plane)
    return b"".join(
        data[y * plane.line_size : y * plane.line_size + WIDTH * 3] for y in range(HEIGHT)
    )


@pytest.mark.parametrize("transfer", NAMES, ids=NAMES.values())
def test_grey_and_skin_are_within_two_levels_of_zscale_and_tonemap(transfer: int) -> None:
    tone = "" if transfer == 1 else f"tonemap=mobius:param=0.3:desat=0:peak={1000 / 203},"
    filters = (
        f"setparams=color_trc={NAMES[transfer]}:color_primaries=bt2020:colorspace=bt2020nc:range=tv,"
        "zscale=t=linear:npl=203:agamma=false,format=gbrpf32le,zscale=p=bt709,"
        f"{tone}zscale=t=bt709:m=gbr:r=pc,format=gbrp,format=rgb24"
    )
    command = [program("ffmpeg"), "-v", "error", "-f", "rawvideo", "-pix_fmt", "yuv444p10le"]
    command += ["-s", f"{WIDTH}x{HEIGHT}", "-i", "-", "-vf", filters, "-f", "rawvideo", "-"]
    done = subprocess.run(command, input=b"".join(ramps()), capture_output=True, check=False)
    if b"No such filter" in done.stderr:
        pytest.skip("this ffmpeg has no zscale")
    assert done.returncode == 0, done.stderr
    made = pixels_of(to_bt709(frame_of(transfer)))
    assert max(abs(a - b) for a, b in zip(made, done.stdout, strict=True)) <= 2


@pytest.mark.parametrize("transfer", [PQ, HLG])
def test_grey_stays_grey_and_what_is_brighter_stays_brighter(transfer: int) -> None:
    made = pixels_of(to_bt709(frame_of(transfer)))
    grey = [made[x * 3 : x * 3 + 3] for x in range(WIDTH)]
    assert all(max(pixel) - min(pixel) <= 1 for pixel in grey)
    levels = [pixel[1] for pixel in grey]
    assert levels == sorted(levels)
    assert levels[0] == 0
    assert levels[-1] == 255


def test_a_frame_that_is_not_hdr_is_left_alone() -> None:
    frame = av.VideoFrame(16, 16, "yuv420p")
    assert to_bt709(frame) is frame
