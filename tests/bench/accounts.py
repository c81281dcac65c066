"""What a large account costs: `python -m tests.bench.accounts`.

- the first new byte of a resumed upload: 4,900 of 5,000 notes done, beside 0 of 10
- files that a note makes the disk keep (syncs), counted by strace
- `status` on 5,000 notes, beside `--help`
- a pack of nine notes with 1 GB of video
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from crossover.destinations.kit.writer import write_unfinished
from crossover.library.posts_file import Library, write_library
from crossover.limits.limits import load_limits
from crossover.model.account import SiteName
from crossover.model.choices import Rules
from crossover.model.notes import NoteMedia
from crossover.model.packs import Pack, PackNote
from crossover.model.posts import MediaKind, Visibility
from crossover.plan.compiler import compile_plan
from crossover.plan.document import write_plan
from crossover.workspace import Workspace
from tests.bench.sending import LATE, NOTES, _fill
from tests.exports.processes import run_measured
from tests.makers import NOON, edited, fitted, note, post

RESUME_GOAL = 1.5
COMMITS_GOAL = 10
STATUS_GOAL = 1.5
PACK_SECONDS = 2.0
ROUNDS = 5
_GIGABYTE = 1_000_000_000


def workspace_of(root: Path, count: int, done: int) -> Path:
    """A planned workspace of that many posts, of which so many are practised."""
    workspace = Workspace(root)
    root.mkdir(parents=True)
    library = Library(handle="mara", posts=tuple(post(n) for n in range(1, count + 1)))
    write_library(workspace.posts, library)
    limits = load_limits(SiteName.REHEARSAL)
    made = compile_plan(
        library,
        fitted(library),
        Rules(),
        edited(),
        limits,
        to="rehearsal",
        site=SiteName.REHEARSAL,
        sent={},
    )
    write_plan(made, workspace.plan)
    if done:
        workspace.practice.mkdir()
        with patch.dict(os.environ, CROSSOVER_HOME=str(root / "home")):
            _fill(workspace.practice / "ledger.sqlite", made.notes[:done])
    return root


def busy_seconds(*arguments: object, home: Path) -> float:
    """Processor seconds of the command as a process, the least of some runs."""
    home.mkdir(exist_ok=True)
    return min(run_measured(home, *arguments).busy for _ in range(ROUNDS))


def status_ratio(folder: Path) -> float:
    """`status` on 5,000 notes, 4,900 of them practised, in times of `--help`."""
    root = workspace_of(folder / "large", NOTES, LATE)
    status = busy_seconds("status", "-w", root, "--json", home=root / "home")
    return status / busy_seconds("--help", home=root / "home")


def syncs_of_a_note(folder: Path) -> float:
    """Syncs to the disk that each note of a practice run costs, beside those of the run."""
    demo = Path(__file__).parents[2] / "sample_exports" / "demo"
    counts = []
    environment = os.environ | {"CROSSOVER_HOME": str(folder / "home"), "HOME": str(folder)}
    for notes in (1, 11):
        root = folder / f"practice{notes}"
        for command in (("add", demo), ("plan",)):
            subprocess.run(
                [sys.executable, "-m", "crossover", *map(str, command), "-w", str(root)],
                env=environment,
                capture_output=True,
                check=False,
            )
        traces = folder / f"traces{notes}"
        traces.mkdir()
        subprocess.run(
            [
                *("strace", "-ff", "-o", str(traces / "t"), "-e", "trace=fsync,fdatasync,execve"),
                *(sys.executable, "-m", "crossover", "upload", "-w", str(root)),
                *("--batch", str(notes)),
            ],
            env=environment,
            capture_output=True,
            check=False,
        )
        texts = [path.read_text(errors="replace") for path in traces.iterdir()]
        (ours,) = [text for text in texts if '"upload"' in text]
        counts.append(len(re.findall(r"^f(?:data)?sync\(", ours, re.MULTILINE)))
    return (counts[1] - counts[0]) / 10


def pack_seconds(folder: Path) -> tuple[float, bool]:
    """Seconds that a pack of nine notes takes, one a video of 1 GB, and whether the disk linked."""
    (folder / "media").mkdir(parents=True)
    sums = hashlib.sha256()
    with (folder / "media/long.mp4").open("wb") as file:
        for _ in range(_GIGABYTE // 1_000_000):
            block = os.urandom(1_000_000)
            sums.update(block)
            file.write(block)
    (folder / "media/p.jpg").write_bytes(b"picture" * 50_000)
    picture = hashlib.sha256(b"picture" * 50_000).hexdigest()
    long = NoteMedia(
        "media/long.mp4", MediaKind.VIDEO, sums.hexdigest(), _GIGABYTE, 1080, 1920, 600.0
    )
    small = NoteMedia("media/p.jpg", MediaKind.IMAGE, picture, 350_000, 1080, 1440)
    notes = []
    for n in range(1, 10):
        media, name = (long, "01.mp4") if n == 1 else (small, "01.jpg")
        one = replace(note(), number=str(n), media=(media,), cover=None)
        notes.append(PackNote(one, f"{n:02}-note-{n}", (name,), None, Visibility.PUBLIC, NOON))
    pack = Pack("2026-11-30-1200", SiteName.REDNOTE, "mila", NOON, tuple(notes))
    began = time.perf_counter()
    written = write_unfinished(pack, folder / "kit", folder)
    seconds = time.perf_counter() - began
    shares = (written / "01-note-1/01.mp4").stat().st_nlink > 1
    return seconds, shares


def resume_ratio(folder: Path) -> float:
    """Time until the first note leaves, with 4,900 of 5,000 notes done, in times of the same with none
    of 10; both with the start of the command."""
    large = workspace_of(folder / "resume large", NOTES, LATE)
    small = workspace_of(folder / "resume small", 10, 0)
    return seconds_to_first_note(large) / seconds_to_first_note(small)


def seconds_to_first_note(root: Path) -> float:
    """Seconds of a process that reads the plan, opens the ledger and gives the first note to be
    uploaded; of a command beside its screen."""
    script = (
        "import sys; from pathlib import Path\n"
        "import crossover.cli.commands.upload\n"
        "from crossover.accounts.ledger.open import open_ledger\n"
        "from crossover.accounts.warnings import AccountWarnings\n"
        "from crossover.destinations.api.destination import RedNote\n"
        "from crossover.plan.document import read_plan\n"
        "from crossover.transfer.outcome import Step\n"
        "from crossover.transfer.run import transfer\n"
        "from tests.bench.sending import ListedSite\n"
        "from tests.fakes import FakeMemory\n"
        "from tests.makers import ACCOUNT\n"
        "root = Path(sys.argv[1]); plan = read_plan(root / 'plan.json')\n"
        "(root / 'rehearsal').mkdir(exist_ok=True)\n"
        "with open_ledger(root / 'rehearsal/ledger.sqlite', ACCOUNT, 'mara') as ledger:\n"
        "    for step in transfer(plan, to=ListedSite(), ledger=ledger,\n"
        "            memory=lambda _: FakeMemory(), warnings=AccountWarnings(root)):\n"
        "        if step.step is Step.UPLOADING: break\n"
    )
    environment = os.environ | {"CROSSOVER_HOME": str(root / "home")}
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", script, str(root)], env=environment, check=True)
        found.append(time.perf_counter() - began)
    return statistics.median(found)


def main() -> None:
    """Print all figures."""
    tell = print
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        resume = resume_ratio(folder)
        tell(f"first note after 4,900 of 5,000: {resume:.2f} times that of 10 (goal {RESUME_GOAL})")
        seconds, shares = pack_seconds(folder / "pack")
        tell(f"pack of 9 with 1 GB: {seconds:.2f} s (goal {PACK_SECONDS}), linked: {shares}")
        tell(f"status on 5,000 notes: {status_ratio(folder):.2f} times --help (goal {STATUS_GOAL})")
        if shutil.which("strace"):
            tell(f"syncs a note: {syncs_of_a_note(folder):.1f} (goal {COMMITS_GOAL})")


if __name__ == "__main__":
    main()
