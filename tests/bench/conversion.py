"""How fast a film is converted, against `ffmpeg` with the same settings: `python -m tests.bench.conversion`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import av
from PIL import Image, ImageDraw

from crossover.media.decoder.process import Decoder
from crossover.media.decoder.videos.convert.h264 import QUALITY
from crossover.media.fit.fitted import SentVideo
from tests.bench.media import best_of
from tests.media.fitting import LIMITS
from tests.programs import program

GOAL_CONVERSION = 0.9
"""Of the speed of `ffmpeg`."""


@dataclass(frozen=True)
class Converting:
    """Seconds that converting a film of so many seconds takes: ours, in a child that runs already,
    and a process of `ffmpeg`."""

    film: float
    ours: float
    ffmpeg: float

    @property
    def speed(self) -> float:
        """Our speed as a part of that of `ffmpeg`."""
        return self.ffmpeg / self.ours


def measure_converting(
    folder: Path, *, pixels: tuple[int, int], seconds: float, rounds: int
) -> Converting:
    """Convert a film of HEVC, with a sound in AAC that is copied."""
    source, made = _hevc(folder / "film.mp4", pixels, seconds), folder / "theirs.mp4"
    command = [program("ffmpeg"), "-v", "error", "-y", "-i", str(source), "-c:v", "libx264"]
    command += ["-preset", QUALITY["preset"], "-crf", QUALITY["crf"], "-profile:v", "high"]
    command += ["-pix_fmt", "yuv420p", "-c:a", "copy", "-movflags", "faststart", str(made)]
    with Decoder() as decoder:

        def ours() -> None:
            sent = decoder.convert(source, folder, "ours.mp4", LIMITS, lambda _: None)
            assert isinstance(sent, SentVideo), sent

        decoder.video(source, folder, "cover.jpg", LIMITS)  # the child is there
        ways = ours, lambda: subprocess.run(command, check=True)
        return Converting(seconds, *best_of(rounds, ways))


def _hevc(path: Path, pixels: tuple[int, int], seconds: float) -> Path:
    """A film of a disc before a noisy ground that moves, 30 pictures a second."""
    width, height = pixels
    ground = Image.effect_noise((width // 4 + 64, height // 4), 60).resize((width + 256, height))
    options = {"preset": "ultrafast", "x265-params": "log-level=none"}
    with av.open(str(path), "w") as out:
        film = out.add_stream("libx265", rate=30, options=options)
        film.width, film.height, film.pix_fmt = width, height, "yuv420p"
        for n in range(round(seconds * 30)):
            left = n * 2 % 256
            image = ground.crop((left, 0, left + width, height)).convert("RGB")
            ImageDraw.Draw(image).ellipse((n * 7, 100, n * 7 + 300, 400), fill=(200, 80, 40))
            frame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
            out.mux(film.encode(frame))
        out.mux(film.encode())
    return path


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        one = measure_converting(Path(folder), pixels=(1080, 1920), seconds=8, rounds=3)
    sys.stdout.write(
        f"a film of {one.film:g} s, 1080 x 1920, HEVC: converted in {one.ours:.1f} s, by ffmpeg in"
        f" {one.ffmpeg:.1f} s: {one.speed:.2f} of its speed (goal {GOAL_CONVERSION})\n"
    )


if __name__ == "__main__":
    main()
