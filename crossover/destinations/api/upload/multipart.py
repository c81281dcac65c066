"""A large file in parts, which a later run goes on with where this one ended.

    permit → memory → begin → memory → (part → memory)… → memory → join → memory (by the caller)

Memory is on disk before the step after it, so whoever dies in between costs the part in flight and
no more. What memory says was sent is never sent again unless the host proves that it lacks it.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import replace
from typing import BinaryIO

from crossover.destinations.answers.outcomes import UploadRefused
from crossover.destinations.api.http.calls import final_error
from crossover.destinations.api.upload.context import UploadContext
from crossover.destinations.api.upload.parts import (
    PartUpload,
    StartAgain,
    permit_of,
    with_one_permit,
)
from crossover.destinations.api.upload.planned_file import (
    PlannedFile,
    check_sum,
    open_planned,
    read_range,
)
from crossover.destinations.base import ChangedFile, UploadMemory
from crossover.destinations.codes import mime_of
from crossover.destinations.own_notes.pages import Unusable
from crossover.errors import LoginNeeded, RetryLater
from crossover.model.uploads import BegunUpload, Progress, UploadedFile
from crossover.runtime.retry import Again
from crossover.text import sentence

RESTARTS = 3
"""How often in one run an upload is begun anew because the host took back what it had allowed."""

PARTS_AT_MOST = 10_000
"""Part numbers end here in the S3 family (firm there)."""


def upload_in_parts(
    context: UploadContext, file: PlannedFile, memory: UploadMemory, progress: Progress
) -> UploadedFile:
    """The whole of `file` on the upload host, one part at a time; parts that `memory` knows are
    not sent again. The begun upload stays in memory until the caller remembers the result.

    Raises `ChangedFile` (then it is abandoned), `RetryLater`, `LoginNeeded`, `AccountAtRisk`.
    """
    reason = ""
    for _ in range(RESTARTS + 1):
        counted = _CountedProgress(progress)
        try:
            with open_planned(context.root, file) as stream:
                return _upload(context, file, stream, memory, counted)
        except (StartAgain, ChangedFile) as exc:
            counted.rollback()
            abandon(context, file, memory)
            if isinstance(exc, ChangedFile):
                raise
            reason = str(exc)
        except Again as exc:
            raise final_error(exc) from exc
    raise Unusable(
        sentence(f"{context.client.hosts.label} ended an upload {RESTARTS + 1} times: {reason}."),
        next="Run the same command later.",
    )


def abandon(context: UploadContext, file: PlannedFile, memory: UploadMemory) -> None:
    """Forget the begun upload of `file`, and tell the host so once, where it may still listen.
    Raises `AccountAtRisk` alone: a warning sign counts wherever it shows."""
    kept = memory.begun_uploads().get(file.sha256)
    if kept is None:
        return
    memory.forget_upload(file.sha256)
    permit = permit_of(kept)
    listens = context.client.now() < kept.expires and context.host.trusts(permit)
    if kept.upload_id is not None and listens:
        with suppress(Again, RetryLater, LoginNeeded):
            context.host.abort(permit, kept.upload_id)


def _upload(
    context: UploadContext,
    file: PlannedFile,
    stream: BinaryIO,
    memory: UploadMemory,
    progress: _CountedProgress,
) -> UploadedFile:
    kept = _resumable(context, file, stream, memory)
    begun = kept or _begin(context, file, stream, memory)
    upload = PartUpload(context, file, stream, begun, memory)
    if kept:
        upload.find_landed()
    upload.send_missing(progress)
    try:
        video_id = upload.join()
    except UploadRefused as exc:
        # The host may hold something else than it said: those parts go out again, once.
        upload.forget_wrong(exc)
        progress.rollback()
        upload.send_missing(progress)
        try:
            video_id = upload.join()
        except UploadRefused as again:
            raise StartAgain(again.reason) from again
    return UploadedFile(file.sha256, file.bytes, begun.file_id, video_id, begun.expires)


def _resumable(
    context: UploadContext, file: PlannedFile, stream: BinaryIO, memory: UploadMemory
) -> BegunUpload | None:
    kept = memory.begun_uploads().get(file.sha256)
    if kept is None:
        return None
    same_file = (kept.path, kept.bytes, kept.mtime_ns) == (file.path, file.bytes, _mtime_ns(stream))
    if not same_file:
        # Nobody can tell what the parts were made of. The planned file may be back, though.
        digest = hashlib.sha256()
        for block in read_range(stream, file, 0, file.bytes):
            digest.update(block)
        check_sum(file, digest)
    ending = kept.expires - context.margin <= context.client.now()
    trusted = context.host.trusts(permit_of(kept))
    if same_file and not ending and kept.upload_id is not None and trusted:
        return kept
    abandon(context, file, memory)
    return None


def _begin(
    context: UploadContext, file: PlannedFile, stream: BinaryIO, memory: UploadMemory
) -> BegunUpload:
    permit = with_one_permit(lambda: context.permits.take(file))
    upload = BegunUpload(
        path=file.path,
        sha256=file.sha256,
        bytes=file.bytes,
        mtime_ns=_mtime_ns(stream),
        part_bytes=context.part_bytes,
        file_id=permit.file_id,
        token=permit.token,
        address=permit.address,
        expires=permit.expires,
    )
    memory.remember_upload(upload)
    upload_id = with_one_permit(lambda: context.host.initiate(permit, mime_of(file.path)))
    # Now that the host has answered once, it is known how far away it is.
    part_bytes = context.client.line.part_bytes(context.part_bytes, context.throttle.rate)
    part_bytes = max(part_bytes, -(-file.bytes // PARTS_AT_MOST))
    upload = replace(upload, upload_id=upload_id, part_bytes=part_bytes)
    memory.remember_upload(upload)
    return upload


class _CountedProgress:
    """A `Progress` whose bytes can be taken back."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._total = 0

    def __call__(self, count: int) -> None:
        self._total += count
        self._progress(count)

    def rollback(self) -> None:
        if self._total:
            self(-self._total)


def _mtime_ns(stream: BinaryIO) -> int:
    return os.fstat(stream.fileno()).st_mtime_ns
