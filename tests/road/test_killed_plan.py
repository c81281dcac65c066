"""`plan` killed at any moment while it makes files fit: the same command does only what is left."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from tests.road.conftest import Crossover, temp_files
from tests.tier import by_tier

KILLS, POSTS = by_tier((2, 12), (20, 60))


@pytest.fixture
def workspace(crossover: Crossover, tmp_path: Path) -> Path:
    """Posts of a picture each, none of them made fit."""
    given = tmp_path / "given"
    given.mkdir()
    records = [
        {
            "Date": datetime.fromtimestamp(1746093600 + n * 3600, UTC).strftime(
                "%Y-%m-%d %H:%M:%S"
            ),
            "Link": "N/A",
            "WhoCanView": "Everyone",
        }
        for n in range(POSTS)
    ]
    export = {"Post": {"Posts": {"VideoList": records}}}
    (given / "user_data_tiktok.json").write_text(json.dumps(export), "utf-8")
    for n in range(POSTS):
        tiktok_id = (1746093600 + n * 3600) << 32 | 7
        picture = Image.effect_noise((1200 + n, 900), 60).convert("RGB")
        picture.save(given / f"{tiktok_id}.png", compress_level=1)
        caption = {"id": str(tiktok_id), "timestamp": tiktok_id >> 32, "extractor_key": "TikTok"}
        (given / f"{tiktok_id}.info.json").write_text(json.dumps(caption), "utf-8")
    assert crossover("add", given, "-w", tmp_path / "workspace").returncode == 0
    return tmp_path / "workspace"


def kept_results(workspace: Path) -> dict[str, tuple[int, int]]:
    """What the index knows: the first file of each result, and which file on disk that is."""
    try:
        index = json.loads((workspace / "ready/index.json").read_text("utf-8"))
    except FileNotFoundError:
        return {}
    files = [workspace / made["files"][0]["path"] for made in index["made"].values()]
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


@pytest.mark.complete
def test_a_killed_plan_goes_on_with_what_is_left(
    crossover: Crossover, workspace: Path, figure: Callable[[str], None]
) -> None:
    undisturbed = workspace.with_name("undisturbed")
    shutil.copytree(workspace, undisturbed)
    crossover("plan", "-w", undisturbed)
    files = len(kept_results(undisturbed))
    chance = random.Random(20261127)
    known: dict[str, tuple[int, int]] = {}
    counts = []
    for _ in range(KILLS):
        running = crossover.start("plan", "-w", workspace)
        while len(kept_results(workspace)) == len(known) and running.poll() is None:
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.3))
        running.kill()
        running.communicate(timeout=20)
        now = kept_results(workspace)
        assert known.items() <= now.items(), "something was made again"
        known = now
        counts.append(len(known))
    assert 0 < len(known) < files, "kills must hit the middle"
    assert crossover("plan", "-w", workspace).returncode == 0
    done = kept_results(workspace)
    assert known.items() <= done.items()
    assert len(done) == files
    assert crossover("plan", "-w", workspace).returncode == 0
    assert kept_results(workspace) == done, "the second plan makes nothing"
    digests = [
        json.loads((one / "plan.json").read_text())["digest"] for one in (workspace, undisturbed)
    ]
    assert digests[0] == digests[1]
    assert not temp_files(workspace)
    figure(f"{KILLS} kills; of {files} files {counts} were kept after each")


@pytest.mark.complete
@pytest.mark.skipif(os.name == "nt", reason="/bin/ps is of POSIX")
def test_children_of_a_killed_plan_end_with_it(crossover: Crossover, workspace: Path) -> None:
    running = crossover.start("plan", "-w", workspace)
    deadline = time.monotonic() + 30
    while not (children := children_of(running.pid)) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(running.pid, signal.SIGKILL)
    running.communicate(timeout=20)
    assert children
    while any(map(is_running, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_running, children))


def children_of(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    return [child for child, parent in pairs if parent == pid]


def is_running(pid: int) -> bool:
    found = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return bool(found) and not found.startswith("Z")
