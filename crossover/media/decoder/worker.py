"""The child process that decodes strangers' pictures and videos: `python -m
crossover.media.decoder.worker`.

Reads one JSON job a line from stdin, writes one JSON answer a line to stdout, ends at once with
stdin. The first line it writes is `{"pid": n}`, or `{"missing": …}` when a library is not there.
`pictures/`, `videos/`, `fingerprints`, `capture_dates` and `frame_compare` do the work, within `bounds`.

A job that fails answers `{"error": reason}`, with `"lasting": true` where the file itself is the
reason and would fail again; what could not be *written* answers `{"errno": n}`, because a full disk
says nothing about the picture."""

from __future__ import annotations

import errno
import gc
import importlib
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from crossover.media.decoder.bounds import bound_job, bound_process, bounds_of
from crossover.media.decoder.jobs import (
    ComparePictures,
    CompareVideos,
    ConvertVideo,
    DatePicture,
    DateVideo,
    FindWatermark,
    FingerprintPicture,
    FingerprintVideo,
    FitPicture,
    FitVideo,
    Job,
    MakeCover,
    MakeFilmStrip,
    RemuxVideo,
    parse_job,
)
from crossover.storage.documents import to_json_line

NO_MEMORY = {
    "error": "this computer has too little memory free to read it",
    "advice": "Close other programs, and plan again.",
}

LOADED_FIRST = (
    "videos.fit_video",
    "videos.watermark.watermark",
    "pictures.fit_picture",
    "fingerprints",
    "frame_compare",
)
"""Modules that bring the heavy libraries. They are loaded before the child bounds itself."""


def main() -> None:
    """Answer jobs until stdin ends."""
    # The pipe to the parent is kept apart, so that nothing a library prints gets into it.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    os.dup2(2, 1)
    try:
        for module in LOADED_FIRST:
            importlib.import_module(f"crossover.media.decoder.{module}")
    except ImportError as exc:
        _say(answers, {"missing": exc.name or str(exc)})
        return
    gc.freeze()  # what the libraries made stays, and need not be looked through
    bound_process()
    _say(answers, {"pid": os.getpid()})
    lines: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_read_jobs, args=(lines,), daemon=True).start()
    while True:
        job = parse_job(lines.get())
        bound_job(bounds_of(job))
        _say(answers, answer(job, lambda done: _say(answers, {"progress": done})))
        gc.collect()  # an opened film refers to itself, and holds a hundred megabytes of frames


def _read_jobs(lines: SimpleQueue[bytes]) -> None:
    for line in sys.stdin.buffer:
        lines.put(line)
    os._exit(0)  # also from the middle of a job: a parent that is gone wants no answer


def _say(answers: Any, value: object) -> None:
    answers.write(to_json_line(value) + "\n")
    answers.flush()


def answer(job: Job, tell: Callable[[float], None] = lambda _: None) -> object:
    """Do one job; `tell` hears how far a long one is. Never raises: what went wrong is the
    answer."""
    # Not at the top, so that `main` can tell the parent which library is missing.
    from crossover.media.decoder.capture_dates import date_picture, date_video
    from crossover.media.decoder.errors import (
        CannotFitError,
        NotWrittenError,
        raise_if_little_memory_is_left,
    )
    from crossover.media.decoder.fingerprints import fingerprint_picture, fingerprint_video
    from crossover.media.decoder.frame_compare import compare_pictures, compare_videos
    from crossover.media.decoder.pictures.fit_picture import fit_picture
    from crossover.media.decoder.videos.convert.convert import convert_video
    from crossover.media.decoder.videos.covers.own_covers import make_cover
    from crossover.media.decoder.videos.film_strip import make_film_strip
    from crossover.media.decoder.videos.fit_video import fit_video
    from crossover.media.decoder.videos.remux import remux_video
    from crossover.media.decoder.videos.watermark.watermark import find_watermark

    try:
        match job:
            case FitPicture():
                return fit_picture(job)
            case FitVideo():
                return fit_video(job)
            case MakeCover():
                return make_cover(job)
            case MakeFilmStrip():
                return make_film_strip(job)
            case RemuxVideo(source, target, max_pixels):
                return remux_video(Path(source), Path(target), max_pixels, tell)
            case ConvertVideo(source, target, max_pixels, max_bytes):
                return convert_video(Path(source), Path(target), max_pixels, max_bytes, tell)
            case FindWatermark(source, target, max_pixels):
                return find_watermark(Path(source), Path(target), max_pixels)
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
                return compare_videos(Path(source), Path(post), max_pixels, tell)
    except CannotFitError as exc:
        return {"error": str(exc), "lasting": True, "advice": exc.advice}
    except NotWrittenError as exc:
        return {"errno": exc.errno}
    except MemoryError:
        return NO_MEMORY
    except OSError as exc:
        if exc.errno in (errno.ENOMEM, errno.EAGAIN):
            return NO_MEMORY
        return {"error": f"could not be read: {exc.strerror or exc}"}
    except Exception as exc:  # noqa: BLE001  decoders raise anything at all on hostile bytes
        try:
            raise_if_little_memory_is_left()  # what the decoder held is not free yet
        except MemoryError:
            return NO_MEMORY
        return {"error": f"could not be read: {type(exc).__name__}: {exc}"}


if __name__ == "__main__":
    main()
