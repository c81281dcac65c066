"""How quick `crossover plan` is, and how small: `python -m tests.bench.planning [--full]`.

Its yardstick is what no program could save: unpacking the export and writing the plan as JSON, and
half a second. All times are processor time, which other programs disturb least. Each run is a process of
its own, they take turns, and the best of each counts.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import process_time

from tests.bench.exports_maker import write_export
from tests.bench.planning_maker import write_workspace
from tests.bench.reading import drain
from tests.exports.processes import run_measured

START = 0.5
"""Seconds that a plan may take before it does anything."""
GOAL_PLAN, GOAL_LOADING = 3.0, 1.5
GOAL_MEMORY = 150_000_000
GOAL_GROWTH = 1.25
"""Times as long as straight growth, from the smallest size to the largest."""
LENIENCE = 1.25
"""A timing goal is only warned about, and only when it is missed by more than this."""
ROWS = 280
"""Rows of history a post, as in a large export."""

_ROOT = Path(__file__).parents[2]
_LOAD = """
import gc, json, sys
from pathlib import Path
from time import process_time
from crossover.plan.document import read_plan
path, times = Path(sys.argv[1]), ([], [])
for _ in range(int(sys.argv[2])):
    for way, some in zip((lambda: json.loads(path.read_bytes()), lambda: read_plan(path)), times):
        gc.collect()
        began = process_time()
        way()
        some.append(process_time() - began)
print(*map(min, times))
"""


@dataclass(frozen=True)
class Planning:
    """Processor seconds and bytes of `crossover plan` with so many posts."""

    posts: int
    seconds: float
    peak: int


@dataclass(frozen=True)
class Figures:
    """Seconds, each the best of its rounds: the whole of `crossover plan`, unpacking the export,
    `json.dumps` of the plan, loading it and `json.loads` of its bytes."""

    plan: Planning
    draining: float
    dumping: float
    loading: float
    json_loads: float
    plan_bytes: int

    @property
    def yardstick(self) -> float:
        return self.draining + self.dumping + START

    @property
    def ratio(self) -> float:
        return self.plan.seconds / self.yardstick

    @property
    def loading_ratio(self) -> float:
        return self.loading / self.json_loads

    def missed_times(self) -> list[str]:
        """Timing goals that were missed by more than `LENIENCE`."""
        goals = (
            ("a plan against its yardstick", self.ratio, GOAL_PLAN),
            ("loading a plan against json.loads", self.loading_ratio, GOAL_LOADING),
        )
        return [f"{goal}: {has:.2f}" for goal, has, most in goals if has > most * LENIENCE]


def measure(posts: int, rounds: int, folder: Path, rows: int = ROWS) -> Figures:
    """Plan so many posts, and do what it is measured against, `rounds` times in turns."""
    export = write_export(folder / "export.zip", posts, rows * posts)
    workspace = write_workspace(folder / "workspace", export)
    plans, drains, dumps = [], [], []
    for _ in range(rounds):
        plans.append(_plan(workspace.root, posts))
        document = json.loads(workspace.plan.read_bytes())
        began = process_time()
        json.dumps(document)
        dumps.append(process_time() - began)
        del document
        began = process_time()
        drain(export)
        drains.append(process_time() - began)
    command = [sys.executable, "-c", _LOAD, str(workspace.plan), str(2 * rounds)]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
    json_loads, loading = map(float, done.stdout.split())
    return Figures(
        plan=Planning(posts, min(p.seconds for p in plans), max(p.peak for p in plans)),
        draining=min(drains),
        dumping=min(dumps),
        loading=loading,
        json_loads=json_loads,
        plan_bytes=workspace.plan.stat().st_size,
    )


def measure_growth(sizes: Sequence[int], rounds: int, folder: Path) -> list[Planning]:
    """Plan workspaces of these sizes."""
    grown = []
    for posts in sizes:
        export = write_export(folder / f"{posts}.zip", posts, rows=0)
        workspace = write_workspace(folder / str(posts), export)
        plans = [_plan(workspace.root, posts) for _ in range(rounds)]
        grown.append(Planning(posts, min(p.seconds for p in plans), max(p.peak for p in plans)))
    return grown


def growth(grown: Sequence[Planning]) -> float:
    """How many times the last size takes of what straight growth would: 1.0 is linear."""
    first, second, last = grown[0], grown[1], grown[-1]
    each = (second.seconds - first.seconds) / (second.posts - first.posts)
    return last.seconds / (second.seconds + each * (last.posts - second.posts))


def _plan(workspace: Path, posts: int) -> Planning:
    done = run_measured(workspace.parent, "plan", "-w", workspace)
    assert done.code == 0, done.said
    assert f"{posts} posts found".replace(",", "") in done.said.replace(",", ""), done.said
    return Planning(posts, done.busy, done.peak)


def told(figures: Figures, grown: Sequence[Planning] = ()) -> str:
    """The figures as a table, with the goals beside them."""
    f = figures
    lines = [
        f"| {f.plan.posts:,} posts, {f.plan_bytes / 1e6:.1f} MB of plan.json | measured | goal |",
        "|---|---|---|",
        f"| crossover plan | {f.plan.seconds:.2f} s | |",
        f"| unpacking the export | {f.draining:.2f} s | |",
        f"| json.dumps of the plan | {f.dumping:.2f} s | |",
        f"| crossover plan / (both + {START} s) | {f.ratio:.2f} | at most {GOAL_PLAN} |",
        f"| loading the plan | {f.loading:.3f} s | |",
        f"| json.loads of its bytes | {f.json_loads:.3f} s | |",
        f"| loading / json.loads | {f.loading_ratio:.2f} | at most {GOAL_LOADING} |",
        f"| memory at its highest | {f.plan.peak / 1e6:.0f} MB | at most {GOAL_MEMORY / 1e6:.0f} MB |",
    ]
    for one in grown:
        each = f"{one.seconds / one.posts * 1000:.2f} ms a post, {one.peak / 1e6:.0f} MB"
        lines.append(f"| {one.posts:,} posts | {one.seconds:.2f} s, {each} | |")
    if grown:
        lines.append(f"| against straight growth | {growth(grown):.2f} | at most {GOAL_GROWTH} |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="5,000 posts, and growth to 20,000")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the figures as JSON")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        figures = measure(*((5000, 5) if chosen.full else (500, 3)), Path(name))
        grown = measure_growth((500, 5000, 20_000), 2, Path(name)) if chosen.full else []
    print(told(figures, grown))  # noqa: T201  a bench prints its figures
    for missed in figures.missed_times():
        print(f"::warning::planning bench: {missed}")  # noqa: T201
    if chosen.out:
        both = {"figures": asdict(figures), "grown": list(map(asdict, grown))}
        chosen.out.write_text(json.dumps(both, indent=1) + "\n")
    return 1 if figures.plan.peak > GOAL_MEMORY else 0


if __name__ == "__main__":
    sys.exit(main())
