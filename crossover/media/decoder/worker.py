"""The child process that decodes strangers' pictures and videos: `python -m
crossover.media.decoder.worker`.

Reads one JSON job a line from stdin, writes one JSON answer a line to stdout, ends with stdin. The
first line it writes is `{"pid": n}`, or `{"missing": …}` when a library is not there.
`pictures/`, `videos/`, `fingerprints`, `capture_dates` and `frame_compare` do the work; here its memory, its time and
the size of what it writes are bounded where the system can.

A job that fails answers `{"error": reason}`, with `"lasting": true` where the file itself is the
reason and would fail again; what could not be *written* answers `{"errno": n}`, because a full disk
says nothing about the picture."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import time
from pathlib import Path
from typing import Any

from crossover.media.decoder.jobs import (
    ComparePictures,
    CompareVideos,
    DatePicture,
    DateVideo,
    FingerprintPicture,
    FingerprintVideo,
    FitPicture,
    FitVideo,
    Job,
    parse_job,
)
from crossover.storage.documents import to_json_line

MEMORY_BYTES = 4 * 1024**3
CPU_SECONDS = 300
"""Processor time one job may take; the parent's own limit is the tighter one."""
WRITTEN_BYTES = 512 * 1024**2


def main() -> None:
    """Answer jobs until stdin ends."""
    # The pipe to the parent is kept apart, so that nothing a library prints gets into it.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    os.dup2(2, 1)
    try:
        for module in (
            "videos.fit_video",
            "pictures.fit_picture",
            "fingerprints",
            "frame_compare",
        ):
            importlib.import_module(f"crossover.media.decoder.{module}")
    except ImportError as exc:
        _say(answers, {"missing": exc.name or str(exc)})
        return
    _bound_process()
    _say(answers, {"pid": os.getpid()})
    for line in sys.stdin.buffer:
        _bound_job()
        _say(answers, answer(parse_job(line)))


def _say(answers: Any, value: object) -> None:
    answers.write(to_json_line(value) + "\n")
    answers.flush()


def _bound_process() -> None:
    if sys.platform != "win32":
        import resource

        for what, most in (
            (resource.RLIMIT_AS, MEMORY_BYTES),
            (resource.RLIMIT_FSIZE, WRITTEN_BYTES),
            (resource.RLIMIT_CORE, 0),
        ):
            # Not every system lets every limit be set.
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(what, (most, most))


def _bound_job() -> None:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        with contextlib.suppress(ValueError, OSError):
            soft = int(time.process_time()) + CPU_SECONDS
            resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def answer(job: Job) -> object:
    """Do one job. Never raises: what went wrong is the answer."""
    # Not at the top, so that `main` can tell the parent which library is missing.
    from crossover.media.decoder.capture_dates import date_picture, date_video
    from crossover.media.decoder.errors import CannotFitError, NotWrittenError
    from crossover.media.decoder.fingerprints import fingerprint_picture, fingerprint_video
    from crossover.media.decoder.frame_compare import compare_pictures, compare_videos
    from crossover.media.decoder.pictures.fit_picture import fit_picture
    from crossover.media.decoder.videos.fit_video import fit_video

    try:
        match job:
            case FitPicture(source, target, max_pixels, max_bytes):
                return fit_picture(Path(source), Path(target), max_pixels, max_bytes)
            case FitVideo(source, target, max_pixels, width, height):
                return fit_video(Path(source), Path(target), max_pixels, (width, height))
            case FingerprintPicture(source, max_pixels):
                return fingerprint_picture(Path(source), max_pixels)
            case FingerprintVideo(source, max_pixels):
                return fingerprint_video(Path(source), max_pixels)
            case DatePicture(source, max_pixels):
                return date_picture(Path(source), max_pixels)
            case DateVideo(source, max_pixels):
                return date_video(Path(source), max_pixels)
            case ComparePictures(source, post, max_pixels):
                return compare_pictures(Path(source), Path(post), max_pixels)
            case CompareVideos(source, post, max_pixels):
                return compare_videos(Path(source), Path(post), max_pixels)
    except CannotFitError as exc:
        return {"error": str(exc), "lasting": True, "advice": exc.advice}
    except NotWrittenError as exc:
        return {"errno": exc.errno}
    except MemoryError:
        return {"error": "it needs too much memory to be read"}
    except OSError as exc:
        return {"error": f"could not be read: {exc.strerror or exc}"}
    except Exception as exc:  # noqa: BLE001  decoders raise anything at all on hostile bytes
        return {"error": f"could not be read: {type(exc).__name__}: {exc}"}


if __name__ == "__main__":
    main()
