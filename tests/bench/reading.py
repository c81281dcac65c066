"""How fast exports are read, and in how much memory: `python -m tests.bench.reading [--full]`.

All times are wall seconds, the best of several rounds in which all of them take turns; memory is
the peak of a process that does nothing but list the posts, as the process itself reports it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

import ijson  # type: ignore[import-untyped]

from crossover.exports.read import read_export
from tests.bench.exports_maker import write_export
from tests.exports.processes import PEAK

MEMBER = "user_data_tiktok.json"
MIB = 1024 * 1024
MAX_PEAK = 80 * MIB
MAX_GROWTH = 5 * MIB
LENIENCE = 1.25
"""A timing goal is only warned about, and only when it is missed by more than this."""

_LIST = "\nimport sys\nfrom pathlib import Path\nfrom crossover.exports.read import read_export\n"
_LIST += "print(read_export(Path(sys.argv[1])).found, peak())\n"


@dataclass(frozen=True)
class Size:
    """Of an export: posts, rows of history; `small` rows for the comparison of memory."""

    posts: int
    rows: int
    rounds: int


QUICK = Size(posts=500, rows=140_000, rounds=3)
FULL = Size(posts=5000, rows=1_400_000, rounds=5)


@dataclass(frozen=True)
class Figures:
    """Seconds and bytes, as measured."""

    posts: int
    rows: int
    json_bytes: int
    zip_bytes: int
    listing: float
    draining: float
    json_load: float
    ijson: float
    peak: int
    peak_small: int

    def missed_times(self) -> list[str]:
        """Timing goals that were missed by more than `LENIENCE`."""
        goals = (
            ("listing takes at most as long as draining", self.listing / self.draining, 1.0),
            ("5 times quicker than json.load", 5 * self.listing / self.json_load, 1.0),
            ("2 times quicker than ijson", 2 * self.listing / self.ijson, 1.0),
        )
        return [f"{goal}: {has:.2f}" for goal, has, most in goals if has > most * LENIENCE]

    def missed_memory(self) -> list[str]:
        """Memory goals that were missed at all."""
        missed = []
        if self.peak > MAX_PEAK:
            missed.append(f"peak {self.peak / MIB:.0f} MiB")
        if self.peak - self.peak_small > MAX_GROWTH:
            missed.append(f"growth {(self.peak - self.peak_small) / MIB:.1f} MiB")
        return missed


def measure(size: Size, folder: Path) -> Figures:
    """Make the exports of `size` in `folder` and read them in every way."""
    path = write_export(folder / "large.zip", size.posts, size.rows)
    small = write_export(folder / "small.zip", size.posts, size.rows // 8)
    ways: dict[str, Callable[[Path], object]] = {
        "listing": read_export,
        "draining": drain,
        "json_load": load_all,
        "ijson": list_with_ijson,
    }
    times = dict.fromkeys(ways, float("inf"))
    for number in range(size.rounds):
        for name, way in ways.items():
            if number and name in ("json_load", "ijson"):
                continue  # far slower: once is enough to compare
            begun = perf_counter()
            way(path)
            times[name] = min(times[name], perf_counter() - begun)
    with zipfile.ZipFile(path) as archive:
        json_bytes = archive.getinfo(MEMBER).file_size
    return Figures(
        posts=size.posts,
        rows=size.rows,
        json_bytes=json_bytes,
        zip_bytes=path.stat().st_size,
        peak=listing_peak(path, size.posts),
        peak_small=listing_peak(small, size.posts),
        **times,
    )


def drain(path: Path) -> None:
    with zipfile.ZipFile(path) as archive, archive.open(MEMBER) as member:
        while member.read(256 * 1024):
            pass


def load_all(path: Path) -> object:
    with zipfile.ZipFile(path) as archive, archive.open(MEMBER) as member:
        return json.load(member)


def list_with_ijson(path: Path) -> int:
    """The records alone, without making posts of them."""
    with zipfile.ZipFile(path) as archive, archive.open(MEMBER) as member:
        return sum(1 for _ in ijson.items(member, "Post.Posts.VideoList.item"))


def listing_peak(path: Path, posts: int) -> int:
    """Bytes that a process listing the posts of `path` held at most."""
    command = [sys.executable, "-c", PEAK + _LIST, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
    found, peak = map(int, done.stdout.split())
    assert found == posts
    return peak


def told(figures: Figures) -> str:
    """The figures as a table, with the goals beside them."""
    f = figures
    lines = [
        (
            f"{f.posts:,} posts, {f.rows:,} rows of history: {f.json_bytes / 1e6:.0f} MB of JSON, "
            f"{f.zip_bytes / 1e6:.0f} MB zipped"
        ),
        f"listing the posts        {f.listing:6.2f} s",
        (
            f"draining with zipfile    {f.draining:6.2f} s   listing is {f.listing / f.draining:.2f} of it"
            "   (goal: at most 1.0)"
        ),
        (
            f"json.load                {f.json_load:6.2f} s   {f.json_load / f.listing:.1f} times slower"
            "   (goal: at least 5)"
        ),
        (
            f"ijson                    {f.ijson:6.2f} s   {f.ijson / f.listing:.1f} times slower"
            "   (goal: at least 2)"
        ),
        f"peak memory              {f.peak / MIB:6.1f} MiB (goal: at most 80)",
        (
            f"  an eighth of the rows  {f.peak_small / MIB:6.1f} MiB "
            f"({(f.peak - f.peak_small) / MIB:+.1f} MiB, goal: at most 5)"
        ),
    ]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="5,000 posts and 1.4 million rows")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the figures as JSON")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(FULL if chosen.full else QUICK, Path(folder))
    print(told(figures))  # noqa: T201  a bench prints its figures
    for missed in figures.missed_times():
        print(f"::warning::reading bench: {missed}")  # noqa: T201
    for missed in figures.missed_memory():
        print(f"::error::reading bench: {missed}")  # noqa: T201
    if chosen.out:
        chosen.out.write_text(json.dumps(asdict(figures), indent=1) + "\n")
    return 1 if figures.missed_memory() else 0


if __name__ == "__main__":
    sys.exit(main())
