"""Files as they were planned, read in blocks and summed on their way; anything else is refused."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from crossover.destinations.base import ChangedFile
from crossover.destinations.throttle import Throttle
from crossover.model.notes import Cover, NoteMedia
from crossover.model.posts import MediaKind
from crossover.model.uploads import Progress
from crossover.runtime.workers import Stopped
from crossover.storage.atomic import BLOCK

PlannedFile = NoteMedia | Cover

_BLOCKS_BEHIND = 2
"""How many sent blocks may still wait to be summed."""


class Digest(Protocol):
    """A running sum, as `hashlib` makes them."""

    def update(self, data: bytes, /) -> None: ...

    def copy(self) -> Digest: ...

    def hexdigest(self) -> str: ...


def open_planned(root: Path, file: PlannedFile) -> BinaryIO:
    """Open a planned file below `root`. Raises `ChangedFile` when it is gone, no ordinary file,
    or not as long as planned."""
    parts = PurePosixPath(file.path)
    if parts.is_absolute() or ".." in parts.parts:
        raise ChangedFile(f"{file.path} is outside the workspace")
    path = root / parts
    try:
        # Looked at first: opening a pipe would wait for its other end.
        if not stat.S_ISREG(path.stat().st_mode):
            raise ChangedFile(f"{file.path} is not an ordinary file")
        stream = path.open("rb", buffering=0)
    except OSError as exc:
        raise ChangedFile(_unreadable(file, exc)) from exc
    found = os.fstat(stream.fileno()).st_size
    if found != file.bytes:
        stream.close()
        raise ChangedFile(f"{file.path} has {found} bytes, {file.bytes} were planned")
    return stream


def is_video(file: PlannedFile) -> bool:
    """Whether it is a video, and no picture or cover."""
    return isinstance(file, NoteMedia) and file.kind is MediaKind.VIDEO


class Body:
    """`length` bytes of a file from `start` on their way: read in blocks, which are summed in a
    thread of their own while the network has them.

    `before` is the sum of all bytes ahead of `start`. The last block of the file leaves only when
    length and sum of the whole are the planned ones, so a file that changed meanwhile never
    arrives whole. `stopped` is asked before each block. A context: when its block fails, so did
    the try, and its bytes do not count as sent.
    """

    def __init__(
        self,
        stream: BinaryIO,
        file: PlannedFile,
        progress: Progress,
        *,
        start: int = 0,
        length: int | None = None,
        before: Digest | None = None,
        throttle: Throttle | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._stream = stream
        self._file = file
        self._progress = progress
        self._start = start
        self.length = file.bytes - start if length is None else length
        self.digest = before.copy() if before else hashlib.sha256()
        self._throttle = throttle or Throttle()
        self._stopped = stopped
        self._sent = 0

    def __enter__(self) -> Body:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and self._sent:
            self._progress(-self._sent)

    @property
    def whole(self) -> bool:
        """Whether all of it has left."""
        return self._sent == self.length

    def __iter__(self) -> Iterator[bytes]:
        left = self.length
        last = self._start + self.length == self._file.bytes
        with ThreadPoolExecutor(1) as other:
            summing: deque[Future[None]] = deque()
            for block in read_range(
                self._stream, self._file, self._start, self.length, self._throttle.block
            ):
                left -= len(block)
                summing.append(other.submit(self.digest.update, block))
                if last and not left:
                    _finish(summing, 0)
                    _check_end(self._stream, self._file)
                    check_sum(self._file, self.digest)
                self._throttle.take(len(block))
                if self._stopped():
                    raise Stopped
                yield block
                # Back here, the block is with the network.
                self._sent += len(block)
                self._progress(len(block))
                _finish(summing, _BLOCKS_BEHIND)


def _finish(summing: deque[Future[None]], at_most: int) -> None:
    """Waits until no more than `at_most` blocks are still to be summed."""
    while len(summing) > at_most:
        summing.popleft().result()


def read_range(
    stream: BinaryIO, file: PlannedFile, start: int, length: int, block_bytes: int = BLOCK
) -> Iterator[bytes]:
    """`length` bytes from `start`, in blocks. Raises `ChangedFile` when they are not there."""
    try:
        stream.seek(start)
    except OSError as exc:
        raise ChangedFile(_unreadable(file, exc)) from exc
    left = length
    while left:
        block = _read(stream, file, min(block_bytes, left))
        if not block:
            raise ChangedFile(f"{file.path} became shorter while it was sent")
        left -= len(block)
        yield block


def check_sum(file: PlannedFile, digest: Digest) -> None:
    """Raise `ChangedFile` unless `digest`, over the whole file, is the planned one."""
    if digest.hexdigest() != file.sha256:
        raise ChangedFile(f"the file {file.path} is not the file that was planned")


def _check_end(stream: BinaryIO, file: PlannedFile) -> None:
    if _read(stream, file, 1):
        raise ChangedFile(f"{file.path} grew while it was sent")


def _read(stream: BinaryIO, file: PlannedFile, count: int) -> bytes:
    try:
        return stream.read(count)
    except OSError as exc:
        raise ChangedFile(_unreadable(file, exc)) from exc


def _unreadable(file: PlannedFile, exc: OSError) -> str:
    return f"{file.path} cannot be read ({exc.strerror or type(exc).__name__})"
