"""How fast the client uploads, and with how much memory: `python -m tests.bench.upload`.

Against `curl -T` of the same bytes on loopback, and on a line of 20 Mbit/s with 150 ms there and
back. `--full` takes the sizes the goals are about; without it, smaller ones that say less.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.sink import COUNTS

ROOT = Path(__file__).parents[2]
MIB = 1024 * 1024
RATIO_GOAL, MEMORY_GOAL = 0.60, 60_000_000
VIDEO_GOAL, PHOTOS_GOAL = 0.95, 0.85
LONGEST = 300
"""Seconds one upload may take."""


@dataclass(frozen=True)
class Sizes:
    """What is uploaded, how often; bytes."""

    name: str
    loopback: int
    shaped_video: int
    photos: int
    photo: int = 1_500_000
    repeats: int = 5
    mbit: float = 20
    round_trip_ms: float = 150
    part_mibs: tuple[int, ...] = (5, 16, 64)
    goals_hold: bool = False
    """The shares of a line are promised for full sizes: what an upload begins and ends with weighs
    the more, the smaller it is."""


QUICK = Sizes("quick", 256 * MIB, 24 * MIB, 6)
FULL = Sizes("full", 1024 * MIB, 64 * MIB, 18, goals_hold=True)


@dataclass(frozen=True)
class Goal:
    """A measured figure next to what it should be; `hard` ones fail, the others warn."""

    name: str
    value: float
    goal: float
    at_most: bool = False
    hard: bool = False

    @property
    def met(self) -> bool:
        return self.value <= self.goal if self.at_most else self.value >= self.goal

    @property
    def far_off(self) -> bool:
        """Missed by more than a quarter; what is hard, by anything."""
        if self.hard:
            return not self.met
        return self.value > self.goal * 1.25 if self.at_most else self.value < self.goal * 0.75


@dataclass
class Result:
    """Everything one run of the bench found."""

    sizes: Sizes
    machine: dict[str, Any] = field(default_factory=dict)
    loopback: dict[str, Any] = field(default_factory=dict)
    memory: list[dict[str, Any]] = field(default_factory=list)
    shaped: dict[str, Any] = field(default_factory=dict)
    wrong_bytes: list[str] = field(default_factory=list)

    def goals(self) -> list[Goal]:
        found = [
            Goal("client / curl on loopback", self.loopback["ratio"], RATIO_GOAL),
            *(
                Goal(
                    f"peak bytes, parts of {entry['part_mib']} MiB",
                    entry["peak_bytes"],
                    MEMORY_GOAL,
                    at_most=True,
                    hard=True,
                )
                for entry in self.memory
            ),
            Goal("uploads with other bytes than planned", len(self.wrong_bytes), 0, True, True),
        ]
        if self.shaped and self.sizes.goals_hold:
            found += [
                Goal("share of the line, video", self.shaped["video_share"], VIDEO_GOAL),
                Goal("share of the line, photos", self.shaped["photos_share"], PHOTOS_GOAL),
            ]
        return found

    def document(self) -> dict[str, Any]:
        goals = [asdict(goal) | {"met": goal.met} for goal in self.goals()]
        return asdict(self) | {"goals": goals, "at": datetime.now(UTC).isoformat("T", "seconds")}


@contextmanager
def served(module: str, *arguments: object) -> Iterator[int]:
    """A server in a process of its own; its port. It ends with this block."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    try:
        yield int(process.stdout.readline())
    finally:
        process.stdin.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
        process.stdout.close()


@dataclass
class Bench:
    """One folder with the files, one sink."""

    root: Path
    sink: int
    result: Result

    def file(self, name: str, size: int) -> dict[str, Any]:
        path = self.root / name
        chunk, digest, left = random.Random(name).randbytes(min(size, MIB)), hashlib.sha256(), size
        with path.open("wb") as out:
            while left:
                block = chunk[:left]
                out.write(block)
                digest.update(block)
                left -= len(block)
            out.flush()
            os.fsync(out.fileno())
        return {"path": name, "sha256": digest.hexdigest(), "bytes": size}

    def client(
        self,
        name: str,
        files: list[dict[str, Any]],
        *,
        part_mib: int = 5,
        cover: dict[str, Any] | None = None,
        port: int | None = None,
    ) -> dict[str, Any]:
        memory = self.root / "memory.json"
        memory.unlink(missing_ok=True)
        job = {
            "root": str(self.root),
            "files": files,
            "cover": cover,
            "memory": str(memory),
            "port": port or self.sink,
            "part_bytes": part_mib * MIB,
        }
        self._counted()
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.client"],
            cwd=ROOT,
            input=json.dumps(job),
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"the client failed: {done.stderr[-2000:]}")
        told: dict[str, Any] = json.loads(done.stdout)
        planned = sum(file["bytes"] for file in [*files, *([cover] if cover else [])])
        counted = self._counted()
        if not counted["bytes"] == told["told_bytes"] == planned:
            self.result.wrong_bytes.append(
                f"{name}: {planned} planned, {counted['bytes']} arrived, {told['told_bytes']} told"
            )
        return told | {"bytes": planned, "requests": counted["bodies"]}

    def curl(self, file: dict[str, Any], port: int | None = None) -> float:
        """Seconds of `curl -T`, in one piece."""
        self._counted()
        done = subprocess.run(
            [
                *("curl", "-q", "-sS", "--fail", "--noproxy", "*", "-H", "Expect:"),
                *("-T", str(self.root / file["path"]), "-w", "%{time_total}", "-o", os.devnull),
                f"http://127.0.0.1:{port or self.sink}/@upload/curl",
            ],
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=True,
        )
        if self._counted()["bytes"] != file["bytes"]:
            self.result.wrong_bytes.append("curl: other bytes arrived")
        return float(done.stdout)

    def _counted(self) -> dict[str, int]:
        """What arrived since this was asked last."""
        asking = http.client.HTTPConnection("127.0.0.1", self.sink, timeout=10)
        try:
            asking.request("GET", COUNTS)
            told: dict[str, int] = json.loads(asking.getresponse().read())
        finally:
            asking.close()
        return told


def loopback(bench: Bench, sizes: Sizes, say: Callable[[str], None]) -> None:
    """The client against curl in turns, and its memory with parts of several sizes."""
    video, cover = bench.file("video.mp4", sizes.loopback), bench.file("cover.jpg", 20_000)
    seconds: dict[str, list[float]] = {"client": [], "curl": []}
    peaks = dict.fromkeys(sizes.part_mibs, 0)
    cpu: list[float] = []
    for turn in range(sizes.repeats):
        seconds["curl"].append(bench.curl(video))
        told = bench.client("loopback", [video], cover=cover)
        seconds["client"].append(told["seconds"])
        cpu.append(told["cpu_seconds"])
        peaks[5] = max(peaks[5], told["peak_bytes"])
        say(f"loopback {turn + 1}: curl {seconds['curl'][-1]:.2f} s, client {told['seconds']:.2f}")
    for mib in sizes.part_mibs[1:]:
        told = bench.client(f"parts of {mib} MiB", [video], part_mib=mib, cover=cover)
        peaks[mib] = told["peak_bytes"]
    (bench.root / "video.mp4").unlink()
    medians = {name: statistics.median(all_of) for name, all_of in seconds.items()}
    bench.result.loopback = {
        "bytes": sizes.loopback,
        "part_mib": 5,
        "seconds": seconds,
        "median_seconds": medians,
        "client_cpu_seconds": statistics.median(cpu),
        "mb_a_second": {n: sizes.loopback / s / 1e6 for n, s in medians.items()},
        "ratio": medians["curl"] / medians["client"],
    }
    bench.result.memory = [{"part_mib": mib, "peak_bytes": peak} for mib, peak in peaks.items()]


def shaped(bench: Bench, sizes: Sizes, say: Callable[[str], None]) -> None:
    """A video and a set of photos over a slow line; one `curl -T` shows what the line gives."""
    video, cover = bench.file("slow.mp4", sizes.shaped_video), bench.file("cover.jpg", 20_000)
    photos = [bench.file(f"{n}.jpg", sizes.photo - n) for n in range(sizes.photos)]
    rate = sizes.mbit * 1e6 / 8
    seconds: dict[str, list[float]] = {"video": [], "photos": []}
    requests = 0
    with served("tests.bench.link", bench.sink, sizes.mbit, sizes.round_trip_ms) as port:
        curl = bench.curl(video, port)
        for turn in range(sizes.repeats):
            told = bench.client("shaped video", [video], cover=cover, port=port)
            seconds["video"].append(told["seconds"])
            requests = told["requests"] - 1
            told = bench.client("shaped photos", photos, port=port)
            seconds["photos"].append(told["seconds"])
            say(f"line {turn + 1}: " + ", ".join(f"{n} {s[-1]:.2f} s" for n, s in seconds.items()))
    medians = {name: statistics.median(all_of) for name, all_of in seconds.items()}
    sent = {"video": sizes.shaped_video, "photos": sum(photo["bytes"] for photo in photos)}
    bench.result.shaped = {
        "mbit": sizes.mbit,
        "round_trip_ms": sizes.round_trip_ms,
        "bytes": sent,
        "photos": sizes.photos,
        "parts": requests,
        "seconds": seconds,
        "median_seconds": medians,
        "curl_seconds": curl,
        "curl_share": sizes.shaped_video / rate / curl,
        **{f"{name}_share": sent[name] / rate / medians[name] for name in medians},
    }


def run(sizes: Sizes, *, line: bool = True, say: Callable[[str], None] = lambda _: None) -> Result:
    """All of it, one after the other."""
    result = Result(sizes)
    result.machine = {
        "cpus": os.cpu_count(),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="crossover-bench-")))
        bench = Bench(root, stack.enter_context(served("tests.bench.sink")), result)
        loopback(bench, sizes, say)
        if line:
            shaped(bench, sizes, say)
    return result


def table(result: Result) -> str:
    """The figures for people."""
    rate = result.loopback["mb_a_second"]
    lines = [
        (
            f"{result.sizes.name}: medians of {result.sizes.repeats}; {result.machine['cpus']} cores,"
            f" load {result.machine['load']}"
        ),
        (
            f"loopback, {result.loopback['bytes'] // MIB} MiB in parts of 5 MiB:"
            f" client {rate['client']:.0f} MB/s, curl {rate['curl']:.0f} MB/s"
        ),
    ]
    if line := result.shaped:
        lines.append(
            f"line of {line['mbit']:g} Mbit/s, {line['round_trip_ms']:g} ms:"
            f" {line['bytes']['video'] // MIB} MiB video in {line['parts']} parts"
            f" {line['median_seconds']['video']:.2f} s (curl in one piece"
            f" {line['curl_seconds']:.2f} s), {line['photos']} photos"
            f" {line['median_seconds']['photos']:.2f} s"
        )
        if not result.sizes.goals_hold:
            lines.append(
                f"shares of the line {line['video_share']:.2f} and {line['photos_share']:.2f}:"
                " sizes too small for their goals, see --full"
            )
    for goal in result.goals():
        value, wanted = (
            f"{n / 1e6:.1f} MB" if n > 1e5 else f"{n:.3g}" for n in (goal.value, goal.goal)
        )
        sign = "≤" if goal.at_most else "≥"
        word = "ok" if goal.met else "MISSED" if goal.far_off else "missed"
        lines.append(f"  {goal.name:<40} {value:>9}  (goal {sign} {wanted})  {word}")
    return "\n".join([*lines, *result.wrong_bytes])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.upload", description=__doc__)
    parser.add_argument("--full", action="store_true", help="1 GiB and 64 MiB; takes minutes")
    parser.add_argument("--no-line", action="store_true", help="only what runs on loopback")
    parser.add_argument("--out", type=Path, help="write the figures here, as JSON")
    chosen = parser.parse_args()
    if shutil.which("curl") is None:
        parser.error("curl is needed to compare with")
    result = run(
        FULL if chosen.full else QUICK,
        line=not chosen.no_line,
        say=lambda text: print(text, file=sys.stderr, flush=True),  # noqa: T201
    )
    if chosen.out:
        chosen.out.write_text(json.dumps(result.document(), indent=1) + "\n")
    sys.stdout.write(table(result) + "\n")
    return 1 if any(goal.hard and not goal.met for goal in result.goals()) else 0


if __name__ == "__main__":
    sys.exit(main())
