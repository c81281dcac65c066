"""Killed anywhere, again and again: the same command brings every note over exactly once."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crossover.accounts.ledger.open import read_entries
from tests.road.conftest import FEW, Crossover, Typed, kept, temp_files
from tests.tier import by_tier

KILLS = by_tier(2, 10)

EVENTS = by_tier(27, 112)  # of a run that nobody ends
DANGEROUS = ("uploading", "started")


def sandbox_state(data: Path) -> Any:
    """What the stand-in counted over all its lives."""
    command = [
        sys.executable,
        "-m",
        "crossover.rehearsal",
        "serve",
        "--embedded",
        "--data",
        str(data),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        port = json.loads(child.stdout.readline())["port"]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/@sandbox/state") as told:
            state = json.load(told)
        child.stdin.close()
        child.wait(20)
    return state


@pytest.fixture
def workspace(request: pytest.FixtureRequest) -> Path:
    """With few notes by default, else with all of the demo."""
    path: Path = request.getfixturevalue(by_tier("few", "planned"))
    return path


def test_kills_spread_over_the_run_leave_each_note_once(
    crossover: Crossover, typed: Typed, workspace: Path, slow: Path, figure: Callable[[str], None]
) -> None:
    chance = random.Random(20261122)
    hit: Counter[str] = Counter()
    posted_at_kill = []
    command = ("upload", "-w", workspace, "--faults", slow, "--json")
    for kill in range(KILLS):
        most = max(1, EVENTS // (KILLS + 1))
        events = chance.randint(max(1, most // 3), most)
        process = crossover.start(*command)
        assert process.stdout is not None
        last = [line for _, line in zip(range(events), process.stdout, strict=False)]
        assert last, process.stderr and process.stderr.read()
        if kill < len(DANGEROUS):
            while json.loads(last[-1])["event"] != DANGEROUS[kill]:
                last.append(process.stdout.readline())
        else:
            time.sleep(chance.uniform(0, 0.12))
        assert process.poll() is None, "it ended before it could be killed"
        process.kill()
        process.communicate(timeout=20)
        entries = read_entries(workspace / "rehearsal" / "ledger.sqlite", "mara.makes").values()
        states = Counter(str(entry.state) for entry in entries)
        posted_at_kill.append(states.pop("posted", 0))
        hit.update(states or ["between notes"])
    figure(f"{KILLS} kills hit notes at {dict(hit)}; notes posted at each: {posted_at_kill}")
    assert set(DANGEROUS) <= set(hit), "kills must hit the dangerous states"
    assert posted_at_kill == sorted(posted_at_kill)
    spread = posted_at_kill[-1] - posted_at_kill[0]
    assert spread >= by_tier(1, 12), "kills must spread over the run"

    assert typed(*command).returncode == 0

    plan = json.loads((workspace / "plan.json").read_text("utf-8"))
    sent = [note for note in plan["notes"] if note["action"] == "move"]
    held = crossover.json("rehearsal", "notes", "-w", workspace, "--json")
    assert Counter(note["title"] for note in held) == Counter(note["title"] for note in sent)
    files = {note["title"]: [m["sha256"] for m in note["media"]] for note in sent}
    assert {note["title"]: [m["sha256"] for m in note["media"]] for note in held} == files
    status = typed.json("status", "-w", workspace, "--json")
    assert status["posted"] == plan["move"]
    assert status["posted"] + status["hold"] == status["found"]
    assert (status["failed"], status["unknown"], status["started"]) == (0, 0, 0)
    # A note sent twice is refused by the stand-in, so it would not show among the notes.
    assert sandbox_state(workspace / "rehearsal")["refused"] == {}
    posted = {note["note_id"]: note for note in status["notes"] if note["note_id"]}
    assert set(posted) == {note["id"] for note in held}
    # Also of the notes that were found only later it is known which hashtags are plain text.
    topics = {note["id"]: note["topics"] for note in sent}
    for record in held:
        note = posted[record["id"]]
        plain = [name for name in topics[note["id"]] if name not in record["topics"]]
        assert note["plain_topics"] == plain
    assert temp_files(workspace) == []


def test_stored_then_dropped_is_one_note_found_by_the_list(
    typed: Typed, few: Path, tmp_path: Path
) -> None:
    faults = tmp_path / "faults.yaml"
    faults.write_text("faults:\n  - {call: create, fault: stored-then-dropped, at: [1, 3]}\n")
    done = typed("upload", "-w", few, "--faults", faults, "--batch", 4)
    assert done.returncode == 0, done.stderr
    assert len(kept(few / "rehearsal")) == 4
    status = typed.json("status", "-w", few, "--json")
    posted = [note for note in status["notes"] if note["state"] == "posted"]
    assert ["list" in note["evidence"] for note in posted] == [True, False, True, False]
    assert posted[2]["plain_topics"] == ["homebarista"]
    assert typed("upload", "-w", few).returncode == 0
    assert len(kept(few / "rehearsal")) == FEW


def test_killed_after_the_note_was_stored_it_is_found_not_sent_again(
    crossover: Crossover, typed: Typed, few: Path, tmp_path: Path
) -> None:
    """The moment that makes other tools post twice: stored there, not yet known here."""
    faults = tmp_path / "faults.yaml"
    faults.write_text(
        "faults:\n"
        "  - {call: create, fault: stored-then-dropped, at: 1}\n"
        "  - {call: list, fault: slow, seconds: 300, at: 3}\n"  # after those before the note
    )
    process = crossover.start("upload", "-w", few, "--faults", faults, "--json")
    assert process.stdout is not None
    assert any(json.loads(line)["event"] == "started" for line in process.stdout)
    deadline = time.monotonic() + 60
    while not kept(few / "rehearsal"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.kill()
    process.communicate(timeout=20)
    status = typed.json("status", "-w", few, "--json")
    assert (status["started"], status["posted"]) == (1, 0)
    done = typed("upload", "-w", few, "--batch", 1)
    assert done.returncode == 0
    said = done.stderr.splitlines()
    if said[0].startswith("Waiting for the practice account"):  # of the run that was killed
        del said[0]
    welcome, sums, note = said[:3]
    assert re.fullmatch(
        r"Welcome back\. It stopped on .+ \d\d:\d\d while sending 1 “.+”\. Nothing is lost\.",
        welcome,
    )
    assert sums == "  5 ready to go · 1 sent, not yet looked up · total 6"
    assert note.startswith("1: we do not know whether the practice account received it")
    held = kept(few / "rehearsal")
    assert len(set(held)) == len(held) == 2
    assert "Welcome" not in typed("upload", "-w", few, "--batch", 1).stderr
