"""How fast and how small a download is, beside curl: `python -m tests.bench.download [--full]`.

Both fetch the same files from the same server on loopback, in turns, each in a process of its own.
crossover syncs every file to the disk and takes its sum on the way; curl does neither.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.media.download.server import mp4

ROUNDS = 5
GOAL_RATIO = 0.7
GOAL_MEMORY = 60_000_000
_ROOT = Path(__file__).parents[2]

_FETCH = """
import sys, time
from pathlib import Path
from crossover.media.download.addresses import parse_extra_host
from crossover.media.download.outcomes import Wanted
from crossover.media.download.queue import fetch
from crossover.media.download.http import MediaClient
from crossover.media.containers.probe import MP4
host, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
wanted = [
    Wanted(f"storage/v1/{n}", f"http://{host}/storage/v1/{n}?s=1", f"f{n}", frozenset({MP4}))
    for n in range(count)
]
began = time.perf_counter()
with MediaClient(extra_host=parse_extra_host(host)) as client:
    done = [result for _, result in fetch(wanted, folder, client, lambda size: None)]
took = time.perf_counter() - began
assert len(done) == count and all(result.sha256 for result in done), done
status = Path("/proc/self/status")
peak = [line.split()[1] for line in open(status) if line.startswith("VmHWM")] if status.exists() else [0]
print(took, int(peak[0]) * 1024)
"""


@dataclass(frozen=True)
class Figures:
    """Medians: bytes a second; the greatest memory of any round in bytes, 0 where not known."""

    files: int
    size: int
    ours: float
    curl: float
    memory: int
    rounds: tuple[tuple[float, float], ...]

    @property
    def ratio(self) -> float:
        """Median of the ratios of each round, which share what else the machine was doing."""
        return statistics.median(ours / curl for ours, curl in self.rounds)


def measure(files: int, size: int, rounds: int = ROUNDS) -> Figures:
    """Fetch `files` files of `size` bytes, `rounds` times each way."""
    with tempfile.TemporaryDirectory(prefix="crossover-bench-") as name:
        source, target = Path(name, "source"), Path(name, "target")
        source.mkdir()
        for number in range(files):
            (source / str(number)).write_bytes(mp4(size, number))
        speeds, memory = [], 0
        with _serving(source) as host:
            for _ in range(rounds):
                with _empty(target):
                    took, peak = _ours(host, target, files)
                with _empty(target):
                    speeds.append((files * size / took, files * size / _curl(host, target, files)))
                memory = max(memory, peak)
    ours, curl = (statistics.median(column) for column in zip(*speeds, strict=True))
    return Figures(files, size, ours, curl, memory, tuple(speeds))


@contextmanager
def _serving(source: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.bench.download_server", str(source)]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield f"127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.kill()


@contextmanager
def _empty(folder: Path) -> Iterator[None]:
    folder.mkdir()
    try:
        yield
    finally:
        shutil.rmtree(folder)


def _ours(host: str, target: Path, files: int) -> tuple[float, int]:
    command = [sys.executable, "-c", _FETCH, host, str(target), str(files)]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
    took, peak = done.stdout.split()
    return float(took), int(peak)


def _curl(host: str, target: Path, files: int) -> float:
    pairs = [("-o", target / str(n), f"http://{host}/storage/v1/{n}?s=1") for n in range(files)]
    began = time.perf_counter()
    subprocess.run(
        ["curl", "-sf", *(str(part) for pair in pairs for part in pair)],
        check=True,
        timeout=300,
    )
    return time.perf_counter() - began


def report(figures: Figures) -> str:
    """The figures as a table, with what they should be."""
    megabytes = figures.files * figures.size / 1e6
    rounds = ", ".join(f"{ours / curl:.2f}" for ours, curl in figures.rounds)
    return (
        f"| what | measured | goal |\n|---|---|---|\n"
        f"| crossover, {figures.files} files, {megabytes:,.0f} MB | {figures.ours / 1e6:,.0f} MB/s | |\n"
        f"| curl, the same bytes | {figures.curl / 1e6:,.0f} MB/s | |\n"
        f"| crossover / curl, median of {len(figures.rounds)} rounds ({rounds})"
        f" | {figures.ratio:.2f} | at least {GOAL_RATIO} |\n"
        f"| memory of the process at its highest | {figures.memory / 1e6:,.0f} MB"
        f" | at most {GOAL_MEMORY / 1e6:,.0f} MB |\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="4 files of 256 MB in place of 32 MB")
    parser.add_argument("--out", type=Path, help="write the table to this file too")
    options = parser.parse_args()
    table = report(measure(4, 256_000_000 if options.full else 32_000_000))
    print(table)  # noqa: T201
    if options.out:
        options.out.write_text(table, "utf-8")


if __name__ == "__main__":
    main()
