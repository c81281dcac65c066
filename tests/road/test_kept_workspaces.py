"""Workspaces that an earlier crossover left in the middle of a move open, and finish.

`kept/half-done`: three of six notes are practised. `kept/held`: note 2 was refused, at note 4 the site
asked for a captcha, so the account is held. Their files are those of the demo, put back here.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from crossover.rehearsal.store.store import read_notes
from tests.road.conftest import DEMO, Crossover, Run

KEPT = Path(__file__).parent / "kept"


@pytest.fixture(scope="module")
def files() -> dict[str, Path]:
    return {hashlib.sha256(p.read_bytes()).hexdigest(): p for p in DEMO.iterdir() if p.is_file()}


def put_back(name: str, into: Path, files: dict[str, Path]) -> Path:
    root = shutil.copytree(KEPT / name, into / name)
    (root / "media").mkdir()
    posts = json.loads((root / "posts.json").read_text("utf-8"))["posts"]
    for media in (media for post in posts for media in post["media"]):
        shutil.copy(files[media["sha256"]], root / media["path"])
    return root


BEFORE = {
    "half-done": {"posted": 3, "ready": 3},
    "held": {"posted": 2, "ready": 2, "started": 1, "failed": 1},
}


@pytest.mark.parametrize("name", BEFORE)
def test_it_opens_and_tells_what_it_told_before(
    files: dict[str, Path], tmp_path: Path, run: Run, name: str
) -> None:
    root = put_back(name, tmp_path, files)
    status = json.loads(run("status", "-w", root, "--json").out)
    assert {state: status[state] for state in BEFORE[name]} == BEFORE[name]
    assert sum(BEFORE[name].values()) == status["found"]


@pytest.mark.complete
@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("half-done", {"posted": 6}),
        ("held", {"posted": 5, "failed": 1}),
    ],
)
def test_it_goes_on_to_its_end(
    crossover: Crossover,
    files: dict[str, Path],
    tmp_path: Path,
    name: str,
    after: dict[str, int],
) -> None:
    root = put_back(name, tmp_path, files)
    if name == "held":
        assert crossover("upload", "-w", root).returncode == 6
        assert crossover("accounts", "release", "-w", root, "--lift-hold").returncode == 0
    crossover.json("plan", "-w", root, "--json")
    crossover("upload", "-w", root)
    status = crossover.json("status", "-w", root, "--json")
    assert {state: status[state] for state in after} == after
    there = [note.title for note in read_notes(root / "rehearsal")]
    assert len(there) == len(set(there)) == after["posted"]
