"""A large file in parts, which a later run goes on with where this one ended.

    permit → memory → begin → memory → (part → memory)… → memory → join → memory (by the caller)

Memory is on disk before the step after it, so whoever dies in between costs the part in flight and
no more. What memory says was sent is never sent again unless the host proves that it lacks it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from crossover.destinations.api.http.calls import Unusable
from crossover.destinations.api.http.client import Wire
from crossover.destinations.api.http.outcomes import UploadRefused
from crossover.destinations.api.upload.parts import Parts, StartAgain, permit_of, with_this_permit
from crossover.destinations.api.upload.permits import Permits
from crossover.destinations.api.upload.planned_file import (
    PlannedFile,
    check_sum,
    open_planned,
    read_range,
)
from crossover.destinations.api.upload.upload_host import UploadHost
from crossover.destinations.api.upload.video_ids import Videos
from crossover.destinations.base import ChangedFile, UploadMemory
from crossover.destinations.codes import mime_of
from crossover.destinations.throttle import Throttle
from crossover.errors import LoginNeeded, RetryLater
from crossover.model.uploads import BegunUpload, Progress, UploadedFile
from crossover.runtime.retry import Again

RESTARTS = 3
"""How often in one run an upload is begun anew because the host took back what it had allowed."""

PARTS_AT_MOST = 10_000
"""Part numbers end here in the S3 family (firm there)."""


class Multipart:
    """Uploads files below `root` in parts, one part at a time, of `part_bytes` or more: the
    further away the host is, the more.

    `margin` is how long before the end of its permit a begun upload is neither taken up nor gone
    on with.
    """

    def __init__(
        self,
        wire: Wire,
        host: UploadHost,
        permits: Permits,
        videos: Videos,
        root: Path,
        *,
        margin: timedelta,
        part_bytes: int,
        throttle: Throttle,
    ) -> None:
        self._wire = wire
        self._host = host
        self._permits = permits
        self._videos = videos
        self._root = root
        self._margin = margin
        self._part_bytes = part_bytes
        self._throttle = throttle

    def bring(self, file: PlannedFile, memory: UploadMemory, progress: Progress) -> UploadedFile:
        """The whole of `file` on the upload host; parts that `memory` knows are not sent again.
        The begun upload stays in memory until the caller remembers the result.

        Raises `ChangedFile` (then it is given up), `RetryLater`, `LoginNeeded`, `AccountAtRisk`.
        """
        reason = ""
        for _ in range(RESTARTS + 1):
            counted = _Counted(progress)
            try:
                with open_planned(self._root, file) as stream:
                    return self._carry(file, stream, memory, counted)
            except StartAgain as exc:
                reason = str(exc)
                counted.take_back()
                self.give_up(file, memory)
            except ChangedFile:
                counted.take_back()
                self.give_up(file, memory)
                raise
        raise Unusable(
            f"RedNote ended an upload {RESTARTS + 1} times: {reason}.",
            next="Run the same command later.",
        )

    def give_up(self, file: PlannedFile, memory: UploadMemory) -> None:
        """What was begun of `file` is of no use; the host is told so once, where it may still
        listen. Raises `AccountAtRisk` alone: a warning sign counts wherever it shows."""
        kept = memory.begun().get(file.sha256)
        if kept is None:
            return
        memory.drop(file.sha256)
        permit = permit_of(kept)
        listens = self._wire.now() < kept.expires and self._host.trusts(permit)
        if kept.upload_id is not None and listens:
            with suppress(Again, RetryLater, LoginNeeded):
                self._host.abort(permit, kept.upload_id)

    def _carry(
        self, file: PlannedFile, stream: BinaryIO, memory: UploadMemory, progress: _Counted
    ) -> UploadedFile:
        kept = self._still_good(file, stream, memory)
        upload = kept or self._begin(file, stream, memory)
        parts = Parts(
            self._host,
            self._videos,
            file,
            stream,
            upload,
            memory,
            self._throttle,
            ending=self._end_of(upload),
        )
        if kept:
            parts.look_for_landed()
        parts.send_missing(progress)
        try:
            video_id = parts.join()
        except UploadRefused as exc:
            # The host may hold something else than it said: those parts go out again, once.
            parts.forget_wrong(exc)
            progress.take_back()
            parts.send_missing(progress)
            try:
                video_id = parts.join()
            except UploadRefused as again:
                raise StartAgain(again.reason) from again
        return UploadedFile(file.sha256, file.bytes, upload.file_id, video_id, upload.expires)

    def _still_good(
        self, file: PlannedFile, stream: BinaryIO, memory: UploadMemory
    ) -> BegunUpload | None:
        kept = memory.begun().get(file.sha256)
        if kept is None:
            return None
        if (kept.path, kept.bytes, kept.mtime_ns) != (file.path, file.bytes, _mtime_ns(stream)):
            # Nobody can tell what the parts were made of. The planned file may be back, though.
            _check_whole(stream, file)
            self.give_up(file, memory)
            return None
        ending = kept.expires - self._margin <= self._wire.now()
        if ending or kept.upload_id is None or not self._host.trusts(permit_of(kept)):
            self.give_up(file, memory)
            return None
        return kept

    def _end_of(self, upload: BegunUpload) -> Callable[[], bool]:
        """Whether the permit is about to end; where it never had the margin, whether it is over."""
        early = upload.expires - self._margin
        until = early if self._wire.now() < early else upload.expires
        return lambda: until <= self._wire.now()

    def _begin(self, file: PlannedFile, stream: BinaryIO, memory: UploadMemory) -> BegunUpload:
        permit = with_this_permit(lambda: self._permits.take(file))
        upload = BegunUpload(
            path=file.path,
            sha256=file.sha256,
            bytes=file.bytes,
            mtime_ns=_mtime_ns(stream),
            part_bytes=self._part_bytes,
            file_id=permit.file_id,
            token=permit.token,
            address=permit.address,
            expires=permit.expires,
        )
        memory.keep(upload)
        upload_id = with_this_permit(lambda: self._host.initiate(permit, mime_of(file.path)))
        # Now that the host has answered once, it is known how far away it is.
        part_bytes = self._wire.pace.part_bytes(self._part_bytes)
        part_bytes = max(part_bytes, -(-file.bytes // PARTS_AT_MOST))
        upload = replace(upload, upload_id=upload_id, part_bytes=part_bytes)
        memory.keep(upload)
        return upload


class _Counted:
    """A `Progress` whose bytes can be taken back."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._total = 0

    def __call__(self, count: int) -> None:
        self._total += count
        self._progress(count)

    def take_back(self) -> None:
        if self._total:
            self(-self._total)


def _check_whole(stream: BinaryIO, file: PlannedFile) -> None:
    digest = hashlib.sha256()
    for block in read_range(stream, file, 0, file.bytes):
        digest.update(block)
    check_sum(file, digest)


def _mtime_ns(stream: BinaryIO) -> int:
    return os.fstat(stream.fileno()).st_mtime_ns
