"""How fast a cover of a video is made, against `ffmpeg`: `python -m tests.bench.cover [--full]`.

All times are wall seconds. The ways take turns, and the best of their rounds counts. The child
process runs already, as it does from the second video on.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from crossover.media.decoder.process import Decoder
from crossover.media.decoder.videos.covers.frame_choice import SPREAD
from crossover.media.fit.fitted import FittedVideo
from tests.bench.media import Size, best_of, make_videos
from tests.media.fitting import LIMITS
from tests.programs import program

GOAL = 0.25
QUICK = Size(probed=0, covered=1, pixels=(540, 960), seconds=4, rounds=1)
FULL = Size(probed=0, covered=1, pixels=(1080, 1920), seconds=30, rounds=5)
_CUT = "crop=iw:iw*4/3,scale=1080:1440"


@dataclass(frozen=True)
class CoverTimes:
    """Seconds for one video: ours; a process of `ffmpeg` that takes the best of as many frames spread
    over all of it; one that takes the best of its key frames alone; and one that takes its first
    frame. `ffmpeg` cuts and scales to a cover, and writes it."""

    ours: float
    spread: float
    keys: float
    first: float

    @property
    def ratio(self) -> float:
        return self.ours / self.spread


def measure_cover(folder: Path, size: Size) -> CoverTimes:
    """Make the cover of a video, ours against `ffmpeg`."""
    (video,) = make_videos(folder, 1, size)
    made = folder / "ffmpeg.jpg"
    begin = [program("ffmpeg"), "-v", "error", "-y"]
    end = ["-frames:v", "1", "-q:v", "2", str(made)]

    def run(*options: str, filters: str) -> None:
        subprocess.run([*begin, *options, "-i", str(video), "-vf", filters, *end], check=True)
        assert made.stat().st_size

    with Decoder() as decoder:

        def ours() -> None:
            result = decoder.video(video, folder, "ready/a.jpg", LIMITS)
            assert isinstance(result, FittedVideo), result

        ours()
        spread = f"fps={SPREAD / size.seconds},thumbnail={SPREAD},{_CUT}"
        keys = f"thumbnail={SPREAD},{_CUT}"
        return CoverTimes(
            *best_of(
                size.rounds,
                (
                    ours,
                    lambda: run(filters=spread),
                    lambda: run("-skip_frame", "nokey", filters=keys),
                    lambda: run(filters=_CUT),
                ),
            )
        )


def told(found: CoverTimes, size: Size) -> str:
    """The figures in a sentence."""
    return (
        f"a video of {size.seconds} s, {size.pixels[0]} x {size.pixels[1]}: a cover in"
        f" {found.ours * 1000:.0f} ms, {found.ratio:.2f} of ffmpeg over all of it"
        f" ({found.spread * 1000:.0f} ms); ffmpeg over its key frames {found.keys * 1000:.0f} ms,"
        f" its first frame {found.first * 1000:.0f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="what the goal is about")
    size = FULL if parser.parse_args().full else QUICK
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(told(measure_cover(Path(folder), size), size) + "\n")


if __name__ == "__main__":
    main()
