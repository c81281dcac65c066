"""The MP4 that is written: its index first, nothing but film and sound in it, whole or not at all.
Loaded by the child process only."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
from av.container import OutputContainer

from crossover.media.decoder.errors import CannotFitError, NotWrittenError
from crossover.storage.atomic import sync_folder, temp_beside

_OPTIONS = {
    "movflags": "faststart",  # players begin before all of it has come
    "fflags": "bitexact",  # no name of a program, no date
    "movie_timescale": "90000",  # edit lists are told in it; a thousandth is too coarse
}
_OF_THE_DISK = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EACCES, errno.ENOENT, errno.EMFILE}
)


@contextmanager
def write_mp4(target: Path) -> Iterator[OutputContainer]:
    """An MP4 to add tracks and packets to; `target` is there once the block ends well, and
    untouched else. Raises `NotWrittenError` where the disk refuses it, `CannotFitError` where it
    grows beyond what this process may write."""
    temp = temp_beside(target)
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with av.open(str(temp), "w", format="mp4", options=_OPTIONS) as out:
            yield out
        with temp.open("rb+") as file:
            os.fsync(file.fileno())
        temp.replace(target)
        sync_folder(target.parent)
    except (av.FFmpegError, OSError) as exc:
        if exc.errno == errno.EFBIG:
            raise CannotFitError("it comes out larger than a file may be here") from exc
        if exc.errno in _OF_THE_DISK:
            raise NotWrittenError(exc.errno or 0) from exc
        raise
    finally:
        temp.unlink(missing_ok=True)


def describe_mp4(path: Path) -> dict[str, Any]:
    """Tell of a written MP4 its sha256, bytes, size in pixels as it is stored,
    pictures and seconds."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    with av.open(str(path), format="mov") as container:
        film = container.streams.video[0]
        return {
            "sha256": digest,
            "bytes": size,
            "width": film.width,
            "height": film.height,
            "frames": film.frames,
            "duration": (container.duration or 0) / av.time_base,
        }
