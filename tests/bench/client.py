"""One upload by the product's client, in a process of its own so that its memory is its own:
`python -m tests.bench.client` reads one JSON job from standard input and prints one JSON result.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crossover.accounts.upload_memory import FileUploadMemory
from crossover.destinations.api.destination import RedNote
from crossover.model.choices import Action
from crossover.model.notes import Cover, Note, NoteMedia
from crossover.model.posts import Declaration, Kind, MediaKind, Visibility
from crossover.model.uploads import UploadedFile


class Timed(FileUploadMemory):
    """The real memory, which also knows when a file was there."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.there: list[float] = []

    def remember_file(self, file: UploadedFile) -> None:
        super().remember_file(file)
        self.there.append(time.perf_counter())


@dataclass
class Told:
    """What the client says it sent; negative what it took back."""

    bytes: int = 0
    taken_back: int = field(default=0)

    def __call__(self, count: int) -> None:
        self.bytes += count
        self.taken_back -= min(count, 0)


def make_note(files: list[dict[str, Any]], cover: dict[str, Any] | None) -> Note:
    return Note(
        id="bench",
        number="1",
        post="bench",
        part=(1, 1),
        posted_at=datetime(2025, 1, 1, tzinfo=UTC),
        action=Action.MOVE,
        reason="",
        kind=Kind.VIDEO if cover else Kind.PHOTOS,
        title="bench",
        title_units=0,
        body="",
        topics=(),
        description="",
        description_chars=0,
        visibility=Visibility.PUBLIC,
        declaration=Declaration.NONE,
        media=tuple(
            NoteMedia(
                file["path"],
                MediaKind.VIDEO if cover else MediaKind.IMAGE,
                file["sha256"],
                file["bytes"],
                1080,
                1440,
                duration=10.0 if cover else None,
            )
            for file in files
        ),
        cover=Cover(cover["path"], cover["sha256"], cover["bytes"], 1080, 1440) if cover else None,
        schedule=None,
        changes=(),
        problems=(),
    )


def peak_bytes() -> int:
    """Most memory this process ever had. `ru_maxrss` of a child begins with its parent's size on
    Linux, so the kernel's own mark of this program is asked for first."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def main() -> None:
    job = json.load(sys.stdin)
    note = make_note(job["files"], job["cover"])
    memory, told = Timed(Path(job["memory"])), Told()
    before = peak_bytes()
    with RedNote.rehearsal(
        port=job["port"], files=Path(job["root"]), part_bytes=job["part_bytes"]
    ) as destination:
        destination.whoami()  # As each run does first; not timed.
        began = time.perf_counter()
        destination.prepare(note, memory, told)
    # A video is there when it is remembered; its small cover comes after.
    there = memory.there[0] if note.cover else memory.there[-1]
    result = {
        "seconds": there - began,
        "peak_bytes": peak_bytes(),
        "peak_before_bytes": before,
        "told_bytes": told.bytes,
        "taken_back": told.taken_back,
        "cpu_seconds": time.process_time(),
    }
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
