"""How fast a picture of 12 megapixels is made fit, against plain Pillow: `python -m
tests.bench.pictures [--full]`.

All times are wall seconds. Both ways take turns, and the best of their rounds counts. The child
process runs already, as it does from the second picture on.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from crossover.media.decoder.process import Decoder
from crossover.media.fit.fitted import FittedPicture
from tests.bench.media import best_of
from tests.media.fitting import LIMITS, corners, saved

GOAL = 0.5
COVER = (1080, 1440)
"""What plain Pillow scales to."""


@dataclass(frozen=True)
class Size:
    """Pixels of the picture, and rounds."""

    pixels: tuple[int, int]
    rounds: int


QUICK = Size((1200, 900), 2)
FULL = Size((4000, 3000), 7)


@dataclass(frozen=True)
class Fitting:
    """Seconds for one picture: ours, checked whole and sent with a thumbnail, and plain Pillow's,
    which opens, converts, scales by LANCZOS and saves."""

    ours: float
    pillow: float

    @property
    def ratio(self) -> float:
        return self.ours / self.pillow


def measure_fitting(folder: Path, size: Size) -> Fitting:
    """Make a JPEG fit, ours against plain Pillow."""
    source, made = folder / "a.jpg", folder / "pillow.jpg"
    noise = Image.effect_noise((size.pixels[0] // 4, size.pixels[1] // 4), 60)
    source.write_bytes(saved(noise.resize(size.pixels).convert("RGB"), quality=92))
    small = folder / "small.jpg"
    small.write_bytes(saved(corners()))
    with Decoder() as decoder:

        def ours(path: Path = source) -> None:
            fitted = decoder.picture(path, folder, f"{path.stem}-ready.jpg", LIMITS)
            assert isinstance(fitted, FittedPicture), fitted
            assert fitted.thumbnail

        def pillow() -> None:
            with Image.open(source) as image:
                image.convert("RGB").resize(COVER, Image.Resampling.LANCZOS).save(made, quality=90)

        ours(small)  # starts the child
        return Fitting(*best_of(size.rounds, (ours, pillow)))


def told(fitting: Fitting) -> str:
    """The figure as a row of a table, with the goal beside it."""
    return (
        "| a JPEG of 12 megapixels made fit, with a thumbnail / plain Pillow scaling it |"
        f" {fitting.ratio:.2f} ({fitting.ours * 1000:.0f} and {fitting.pillow * 1000:.0f} ms) |"
        f" at most {GOAL} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="what the goal is about")
    size = FULL if parser.parse_args().full else QUICK
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(told(measure_fitting(Path(folder), size)) + "\n")


if __name__ == "__main__":
    main()
