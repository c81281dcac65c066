"""A large file in parts, which a later run goes on with where this one ended.

    permit → memory → begin → memory → (part → memory)… → memory → complete → memory (the caller)

Memory is on disk before the step after it, so whoever dies in between costs the part in flight and
no more. What memory says was sent is never sent again unless the host proves that it lacks it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, TypeVar

from crossover.destinations.base import BegunUpload, ChangedFile, UploadMemory
from crossover.destinations.rednote.asking import Unusable, given_up
from crossover.destinations.rednote.outcomes import PermitGone, Useless
from crossover.destinations.rednote.payload import mime_of
from crossover.destinations.rednote.permits import Permit, Permits
from crossover.destinations.rednote.planned import (
    Body,
    Digest,
    PlannedFile,
    check_sum,
    open_planned,
    read_range,
)
from crossover.destinations.rednote.upload_host import UploadHost
from crossover.destinations.rednote.videos import Videos
from crossover.destinations.rednote.wire import Wire
from crossover.destinations.throttle import Throttle
from crossover.destinations.wrappers import Again, repeat
from crossover.model import Progress, SentPart, UploadedFile

T = TypeVar("T")

RESTARTS = 3
"""How often in one run an upload is begun anew because the host took back what it had allowed."""

PARTS_AT_MOST = 10_000
"""Part numbers end here in the S3 family (firm there)."""

_TRIES_TO_CONFIRM = 5


class _StartAgain(Exception):
    """Nothing of this upload is of use any more; a new permit may help."""


class Multipart:
    """Uploads files below `root` in parts of `part_bytes`, one part at a time.

    `margin` is how long before the end of its permit a begun upload is no longer taken up.
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
            except _StartAgain as exc:
                reason = str(exc)
                memory.drop(file.sha256)
                counted.take_back()
            except ChangedFile:
                counted.take_back()
                self._give_up(file, memory)
                raise
        raise Unusable(
            f"RedNote ended an upload {RESTARTS + 1} times: {reason}.",
            next="Run the same command later.",
        )

    def _carry(
        self, file: PlannedFile, stream: BinaryIO, memory: UploadMemory, progress: _Counted
    ) -> UploadedFile:
        upload = self._taken_up(file, stream, memory) or self._begun(file, stream, memory)
        upload = self._sent(file, stream, upload, memory, progress)
        try:
            video_id = self._complete(upload, memory)
        except Useless as exc:
            # The host holds something else than it said: those parts go out again, once.
            upload = self._without_wrong_parts(upload, exc)
            memory.keep(upload)
            progress.take_back()
            upload = self._sent(file, stream, upload, memory, progress)
            try:
                video_id = self._complete(upload, memory)
            except Useless as again:
                raise _StartAgain(again.reason) from again
        return UploadedFile(file.sha256, file.bytes, upload.file_id, video_id, upload.expires)

    # --- beginning, and taking up what was begun

    def _taken_up(
        self, file: PlannedFile, stream: BinaryIO, memory: UploadMemory
    ) -> BegunUpload | None:
        kept = memory.begun().get(file.sha256)
        if kept is None:
            return None
        if (kept.path, kept.bytes, kept.mtime_ns) != (file.path, file.bytes, _mtime_ns(stream)):
            # Nobody can tell what the parts were made of. The planned file may be back, though.
            _sum_whole(stream, file)
            self._give_up(file, memory)
            return None
        if kept.upload_id is None or kept.expires - self._margin <= self._wire.now():
            memory.drop(file.sha256)
            return None
        if kept.completing:
            return kept
        return self._with_landed_parts(kept)

    def _begun(self, file: PlannedFile, stream: BinaryIO, memory: UploadMemory) -> BegunUpload:
        permit = _patiently(lambda: self._permits.take(file))
        upload = BegunUpload(
            path=file.path,
            sha256=file.sha256,
            bytes=file.bytes,
            mtime_ns=_mtime_ns(stream),
            part_bytes=max(self._part_bytes, -(-file.bytes // PARTS_AT_MOST)),
            file_id=permit.file_id,
            token=permit.token,
            address=permit.address,
            expires=permit.expires,
        )
        memory.keep(upload)
        upload_id = _patiently(lambda: self._host.initiate(permit, mime_of(file.path)))
        upload = replace(upload, upload_id=upload_id)
        memory.keep(upload)
        return upload

    def _with_landed_parts(self, upload: BegunUpload) -> BegunUpload:
        """A former run may have died between sending a part and remembering it: then the host
        lists one more than memory knows. Its list is a help and no more: it was seen once."""
        try:
            listed = self._host.listed(_permit(upload), upload.upload_id or "")
        except (Again, Unusable):
            return upload
        known = {part.number for part in upload.parts}
        landed = (
            SentPart(number, listed[number].etag)
            for number, _, length in _ranges(upload)
            if number not in known and number in listed and listed[number].bytes == length
        )
        return replace(upload, parts=(*upload.parts, *landed))

    # --- parts

    def _sent(
        self,
        file: PlannedFile,
        stream: BinaryIO,
        upload: BegunUpload,
        memory: UploadMemory,
        progress: _Counted,
    ) -> BegunUpload:
        """Send what is missing. When this returns, the host has the planned bytes: those of
        former runs are read again from the file, which did not change since."""
        known = {part.number for part in upload.parts}
        digest: Digest = hashlib.sha256()
        for number, start, length in _ranges(upload):
            if number in known:
                for block in read_range(stream, file, start, length):
                    digest.update(block)
                progress(length)
                continue
            part, digest = self._send_part(
                file, stream, upload, number, start, length, digest, progress
            )
            upload = replace(upload, parts=(*upload.parts, part))
            memory.keep(upload)
        check_sum(file, digest)
        return upload

    def _send_part(
        self,
        file: PlannedFile,
        stream: BinaryIO,
        upload: BegunUpload,
        number: int,
        start: int,
        length: int,
        before: Digest,
        progress: Progress,
    ) -> tuple[SentPart, Digest]:
        def once() -> tuple[SentPart, Digest]:
            body = Body(
                stream,
                file,
                progress,
                start=start,
                length=length,
                before=before,
                throttle=self._throttle,
            )
            try:
                part = self._host.part(
                    _permit(upload), upload.upload_id or "", number, body, mime_of(file.path)
                )
            except BaseException:
                body.take_back()
                raise
            return part, body.digest

        return _patiently(once)

    # --- the end

    def _complete(self, upload: BegunUpload, memory: UploadMemory) -> str | None:
        """Have the parts joined. The video id, where the host tells one. Raises `Useless` when
        the host does not take them."""
        asked = upload.completing
        memory.keep(replace(upload, completing=True))

        def once() -> str | None:
            nonlocal asked
            asked_before, asked = asked, True
            try:
                return self._host.complete(_permit(upload), upload.upload_id or "", upload.parts)
            except PermitGone as exc:
                # It may be over because a former request, whose answer was lost, was obeyed.
                if asked_before and exc.used:
                    return None
                video_id = self._confirmed(upload) if asked_before else None
                if video_id is None:
                    raise
                return video_id

        return _patiently(once, but=Useless)

    def _confirmed(self, upload: BegunUpload) -> str | None:
        with suppress(Unusable):
            return self._videos.id_of(upload.file_id, tries=_TRIES_TO_CONFIRM)
        return None

    def _without_wrong_parts(self, upload: BegunUpload, refused: Useless) -> BegunUpload:
        try:
            listed = self._host.listed(_permit(upload), upload.upload_id or "")
        except (Again, Unusable):
            raise _StartAgain(refused.reason) from refused
        lengths = {number: length for number, _, length in _ranges(upload)}
        right = tuple(
            part
            for part in upload.parts
            if (there := listed.get(part.number)) is not None
            and (there.etag, there.bytes) == (part.etag, lengths[part.number])
        )
        if len(right) == len(upload.parts):
            raise _StartAgain(refused.reason) from refused
        return replace(upload, parts=right, completing=False)

    def _give_up(self, file: PlannedFile, memory: UploadMemory) -> None:
        """The begun upload of `file` is of no use; the host is told so, if it listens."""
        kept = memory.begun().get(file.sha256)
        if kept is None:
            return
        memory.drop(file.sha256)
        if kept.upload_id is not None:
            with suppress(Again, Unusable):
                self._host.abort(_permit(kept), kept.upload_id)


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


def _patiently(call: Callable[[], T], *, but: type[Again] | None = None) -> T:
    """The answer of `call`, tried again as often as its failures are worth. Raises `_StartAgain`
    when the permit is gone, `but` as it is, and else the error for giving up."""

    def with_this_permit() -> T:
        try:
            return call()
        except PermitGone as exc:
            raise _StartAgain(exc.reason) from exc

    try:
        return repeat(with_this_permit)
    except Again as exc:
        if but is not None and isinstance(exc, but):
            raise
        raise given_up(exc) from exc


def _permit(upload: BegunUpload) -> Permit:
    return Permit(upload.file_id, upload.token, upload.address, upload.expires)


def _ranges(upload: BegunUpload) -> Iterator[tuple[int, int, int]]:
    """Number, start and length of each part."""
    for number, start in enumerate(range(0, upload.bytes, upload.part_bytes), start=1):
        yield number, start, min(upload.part_bytes, upload.bytes - start)


def _sum_whole(stream: BinaryIO, file: PlannedFile) -> None:
    digest = hashlib.sha256()
    for block in read_range(stream, file, 0, file.bytes):
        digest.update(block)
    check_sum(file, digest)


def _mtime_ns(stream: BinaryIO) -> int:
    return os.fstat(stream.fileno()).st_mtime_ns
