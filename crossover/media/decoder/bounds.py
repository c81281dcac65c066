"""What the system lets the child have: memory, processor time, open files, the size of what it
writes.

Linux keeps all of it. macOS keeps all but memory, which it does not bound. Windows has no such
bounds for a process of its own; what holds everywhere are the parent's time limits, the formats that
are read, and the pixels of a frame. Nothing that is decoded ever names a file or an address that is
opened.
"""

from __future__ import annotations

import contextlib
import sys
import time
from dataclasses import dataclass

from crossover.media.decoder.jobs import CompareVideos, ConvertVideo, Job, RemuxVideo

MEMORY_BYTES = 4 * 1024**3
"""Of addresses, which are more than the memory that is used."""
OPEN_FILES = 64


@dataclass(frozen=True, slots=True)
class JobBounds:
    """What one job may use. No `cpu_seconds`: the parent ends it when it does not go on."""

    cpu_seconds: int | None = 300
    written_bytes: int = 512 * 1024**2


def bounds_of(job: Job) -> JobBounds:
    """What this job may use."""
    if isinstance(job, RemuxVideo | ConvertVideo):
        return JobBounds(cpu_seconds=None, written_bytes=job.max_bytes)
    if isinstance(job, CompareVideos):
        return JobBounds(cpu_seconds=None)
    return JobBounds()


def bound_process() -> None:
    """Bound this process, for good."""
    if sys.platform != "win32":
        import resource

        _set(resource.RLIMIT_AS, MEMORY_BYTES, MEMORY_BYTES)
        _set(resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES)
        _set(resource.RLIMIT_CORE, 0, 0)


def bound_job(bounds: JobBounds) -> None:
    """Bound this process until the next job."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        seconds = bounds.cpu_seconds
        _set(
            resource.RLIMIT_CPU,
            hard if seconds is None else int(time.process_time()) + 1 + seconds,
            hard,
        )
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        _set(resource.RLIMIT_FSIZE, bounds.written_bytes, hard)


if sys.platform != "win32":

    def _set(what: int, soft: int, hard: int) -> None:
        import resource

        with contextlib.suppress(ValueError, OSError):  # not every system lets every limit be set
            resource.setrlimit(what, (soft, hard))
