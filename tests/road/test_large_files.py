"""A large video killed again and again: the run that gets through sends what was missing."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import struct
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crossover.accounts.upload_memory import FileUploadMemory
from tests.destinations.test_against_rehearsal import rehearsal
from tests.road.conftest import DEMO, Crossover, Typed, copied, temp_files
from tests.tier import by_tier

MIB = 1024 * 1024
SIZE, PART = 64 * MIB, 5 * MIB
KILLS = by_tier(1, 10)
RATE = "24M"  # slow enough to be hit in the middle


@pytest.fixture(scope="module")
def planned_once(crossover: Crossover, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    source = folder / "export"
    source.mkdir()
    clips = sorted(DEMO.glob("*[[]*].mp4"), key=tiktok_id)[:3]
    for clip in clips:
        for path in (clip, clip.with_suffix(".info.json")):
            shutil.copy(path, source / path.name)
    grow(source / clips[-1].name)
    shutil.copy(DEMO / "user_data_tiktok.json", source)
    root = folder / "workspace"
    assert crossover("add", source, "-w", root).returncode == 0
    done = crossover("plan", "-w", root)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def planned_large(planned_once: Path, tmp_path: Path) -> Path:
    """A planned workspace of three clips, the last of them 64 MiB long."""
    return copied(planned_once, tmp_path / "workspace")


def tiktok_id(path: Path) -> int:
    found = re.search(r"\[(\d+)\]", path.name)
    assert found
    return int(found[1])


def grow(path: Path) -> None:
    """A box of random bytes that players skip, at the end of a valid clip."""
    length = SIZE - path.stat().st_size
    with path.open("ab") as file:
        file.write(struct.pack(">I4s", length, b"free"))
        for start in range(8, length, MIB):
            file.write(os.urandom(min(MIB, length - start)))
    assert path.stat().st_size == SIZE


def counted(root: Path) -> Any:
    """What the practice account counted over all runs."""
    with (
        rehearsal(root / "rehearsal") as port,
        urllib.request.urlopen(f"http://127.0.0.1:{port}/@sandbox/state") as told,
    ):
        return json.load(told)


@pytest.mark.complete
@pytest.mark.timeout(600)
def test_kills_in_a_large_file_cost_a_part_each_at_most(
    crossover: Crossover, typed: Typed, planned_large: Path, figure: Callable[[str], None]
) -> None:
    root = planned_large
    plan = json.loads((root / "plan.json").read_text("utf-8"))
    notes = [note for note in plan["notes"] if note["action"] == "move"]
    assert len(notes) == 3
    large = notes[-1]
    assert large["media"][0]["bytes"] == SIZE
    chance = random.Random(20261122)
    command = ("upload", "-w", root, "--limit-rate", RATE, "--json")
    known_at_kill = []
    for nth in range(KILLS):
        point = 10 * (nth + 1) // (KILLS + 1)
        process = crossover.start(*command)
        assert process.stdout is not None
        events = map(json.loads, process.stdout)
        assert any((e["event"], e["id"]) == ("uploading", large["id"]) for e in events)
        deadline = time.monotonic() + 60
        while parts_known(root) < point:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.2))
        assert process.poll() is None, "it ended before it could be killed"
        process.kill()
        process.communicate(timeout=20)
        known_at_kill.append(parts_known(root))
    assert known_at_kill == sorted(known_at_kill)
    assert 5 <= known_at_kill[-1] <= 13, "kills must spread over the upload"

    done = typed(*command)
    assert done.returncode == 0, done.stderr
    held = crossover.json("rehearsal", "notes", "-w", root, "--json")
    assert [n["media"] for n in held] == [
        [{"sha256": m["sha256"], "bytes": m["bytes"]} for m in n["media"]] for n in notes
    ]
    state = counted(root)
    small = [f for n in notes for f in (*n["media"], n["cover"]) if f["bytes"] < SIZE]
    parts = state["calls"]["part"]
    figure(f"parts known at each kill: {known_at_kill}; sent {parts} parts for 13")
    assert parts <= 13 + KILLS
    received = state["bytes"]["received"]
    assert received <= SIZE + KILLS * PART + sum(f["bytes"] for f in small)
    assert state["calls"]["put"] == len(small), "finished notes send nothing again"
    assert state["leaks"] == 0

    again = typed(*command)
    assert again.returncode == 0
    assert counted(root)["calls"]["part"] == parts
    assert not list((root / "rehearsal" / "uploads").glob("*"))
    assert temp_files(root) == []


def parts_known(root: Path) -> int:
    """Of the large file; all of them once it is there whole."""
    known = 0
    for path in (root / "rehearsal" / "uploads").glob("[0-9]*.json"):
        memory = FileUploadMemory(path)
        known += sum(len(upload.parts) for upload in memory.begun_uploads().values())
        known += sum(
            -(-file.bytes // PART)
            for file in memory.uploaded_files().values()
            if file.bytes == SIZE
        )
    return known


@pytest.mark.complete
@pytest.mark.skipif(os.name == "nt", reason="signals of a console differ there")
def test_asked_to_stop_inside_a_large_file_it_finishes_the_part(
    crossover: Crossover, typed: Typed, planned_large: Path
) -> None:
    command = ("upload", "-w", planned_large, "--limit-rate", "8M", "--part-size", "8M")
    process = crossover.start(*command)
    until = time.monotonic() + 60
    while parts_known(planned_large) < 2:
        assert time.monotonic() < until
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    began = parts_known(planned_large)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130, said
    assert began <= parts_known(planned_large) <= began + 2 < 8
    assert typed("upload", "-w", planned_large).returncode == 0
    assert counted(planned_large)["calls"]["part"] == 8, "no part was sent twice"
