"""How fast files are looked into and made fit: `python -m tests.bench.media [--full]`.

All times are wall seconds. What is compared takes turns, the best of its rounds counts, and starting
child processes is part of it.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import av
from PIL import Image, ImageDraw

from crossover.media.decoder.pool import DecoderPool
from crossover.media.decoder.process import Decoder
from crossover.media.fit.fitted import FittedVideo, Unfit
from crossover.model.posts import MediaKind
from tests.media.fitting import LIMITS, fit_all, media
from tests.programs import program

GOAL_PROBING, GOAL_WORKERS = 0.5, 1.7
LENIENCE = 1.25
"""A timing goal is only warned about, and only when it is missed by more than this."""


@dataclass(frozen=True)
class Size:
    """How many videos are probed and how many get covers; their pixels and seconds; rounds."""

    probed: int
    covered: int
    pixels: tuple[int, int]
    seconds: int
    rounds: int


QUICK = Size(probed=4, covered=6, pixels=(540, 960), seconds=1, rounds=1)
FULL = Size(probed=100, covered=1000, pixels=(1080, 1920), seconds=8, rounds=1)


@dataclass(frozen=True)
class Probing:
    """Seconds for all videos: ours in one child, and a process of `ffprobe` for each."""

    videos: int
    ours: float
    ffprobe: float

    @property
    def ratio(self) -> float:
        return self.ours / self.ffprobe


@dataclass(frozen=True)
class Covers:
    """Seconds for all videos with one worker and with two, and for making files fit twice."""

    videos: int
    one: float
    two: float
    first: float
    second: float

    @property
    def gain(self) -> float:
        return self.one / self.two


def make_videos(folder: Path, number: int, size: Size) -> list[Path]:
    """Write videos with sound, no two alike: four that were coded, and copies of them that differ in
    a box that nobody reads."""
    coded = [_code(folder / f"coded-{n}.mp4", n, size).read_bytes() for n in range(min(4, number))]
    paths = []
    for n in range(number):
        path = folder / f"{n:04}.mp4"
        path.write_bytes(coded[n % len(coded)] + b"\0\0\0\x10free%08d" % n)
        paths.append(path)
    return paths


def _code(path: Path, seed: int, size: Size) -> Path:
    """Code a film of a disc before a blurred ground, 30 pictures a second, as TikTok's are coded."""
    (width, height), chance = size.pixels, random.Random(seed)
    ground = Image.effect_noise((width // 16, height // 16), 90).resize((width, height))
    colours = [tuple(chance.randrange(256) for _ in range(3)) for _ in range(2)]
    with av.open(str(path), "w", format="mp4", options={"movflags": "faststart"}) as out:
        film = out.add_stream("libx264", rate=30)
        film.width, film.height, film.pix_fmt = width, height, "yuv420p"
        film.options = {"preset": "veryfast", "crf": "27", "g": "60"}
        sound = out.add_stream("aac", rate=44100)
        sound.layout = "stereo"
        for n in range(size.seconds * 30):
            image = Image.merge("RGB", (ground, ground, ground))
            draw, x, y = ImageDraw.Draw(image), n * 7 % width, height // 2 + seed * 20
            draw.ellipse((x - 150, y - 150, x + 150, y + 150), fill=colours[0], outline=colours[1])
            frame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
            out.mux(film.encode(frame))
        out.mux(film.encode())
        silence = av.AudioFrame(format="fltp", layout="stereo", samples=1024)
        silence.sample_rate = 44100
        for plane in silence.planes:
            plane.update(bytes(plane.buffer_size))
        for n in range(size.seconds * 44100 // 1024):
            silence.pts = n * 1024
            out.mux(sound.encode(silence))
        out.mux(sound.encode())
    return path


def measure_probing(folder: Path, size: Size) -> Probing:
    """Tell what videos are, ours against `ffprobe`."""
    videos = make_videos(folder, size.probed, size)
    ffprobe = [program("ffprobe"), "-v", "error", "-of", "json", "-show_format", "-show_streams"]

    def ours() -> None:
        with Decoder() as decoder:
            for video in videos:
                assert not isinstance(decoder.recording(video, MediaKind.VIDEO), Unfit)

    def theirs() -> None:
        for video in videos:
            subprocess.run([*ffprobe, str(video)], capture_output=True, check=True)

    return Probing(len(videos), *best_of(size.rounds, (ours, theirs)))


def measure_covers(folder: Path, size: Size) -> Covers:
    """Look into videos and make their covers, with one worker and with two; then all of making files
    fit, twice."""
    (folder / "media").mkdir()
    videos = make_videos(folder / "media", size.covered, size)

    def with_workers(workers: int) -> None:
        def work(decoder: Decoder, video: Path, _: object) -> object:
            return decoder.video(video, folder, f"ready/{video.stem}.jpg", LIMITS)

        with DecoderPool(workers) as pool:
            for _, result in pool.run(videos, work):
                assert isinstance(result, FittedVideo), result

    one, two = best_of(size.rounds, (lambda: with_workers(1), lambda: with_workers(2)))
    items = [media(folder, video.name) for video in videos]
    first = _seconds(lambda: fit_all(folder, items))
    second = _seconds(lambda: fit_all(folder, items))
    return Covers(len(videos), one, two, first, second)


def best_of(rounds: int, ways: Sequence[Callable[[], object]]) -> list[float]:
    """The least seconds that each way takes, as they take turns."""
    times = [[_seconds(way) for way in ways] for _ in range(rounds)]
    return [min(times_of_way) for times_of_way in zip(*times, strict=True)]


def _seconds(way: Callable[[], object]) -> float:
    begun = perf_counter()
    way()
    return perf_counter() - begun


def missed(goal: str, has: float, most: float) -> list[str]:
    """Say a goal that was missed by more than `LENIENCE`."""
    return [f"{goal}: {has:.2f}, goal {most}"] if has > most * LENIENCE else []


def told(probing: Probing, covers: Covers) -> str:
    """The figures as a table, with the goals beside them."""
    return "\n".join(
        (
            "| | measured | goal |",
            "|---|---|---|",
            (
                f"| probing {probing.videos} videos / a process of `ffprobe` for each |"
                f" {probing.ratio:.2f} ({probing.ours:.2f} and {probing.ffprobe:.2f} s) |"
                f" at most {GOAL_PROBING} |"
            ),
            (
                f"| {covers.videos} videos to covers, one worker / two | {covers.gain:.2f}"
                f" ({covers.one:.1f} and {covers.two:.1f} s) | at least {GOAL_WORKERS} |"
            ),
            (
                f"| making them fit again / the first time | {covers.second / covers.first:.4f}"
                f" ({covers.second:.2f} and {covers.first:.1f} s) | nothing redone |"
            ),
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="what the goals are about")
    size = FULL if parser.parse_args().full else QUICK
    with tempfile.TemporaryDirectory() as probed, tempfile.TemporaryDirectory() as covered:
        figures = measure_probing(Path(probed), size), measure_covers(Path(covered), size)
    sys.stdout.write(told(*figures) + "\n")


if __name__ == "__main__":
    main()
