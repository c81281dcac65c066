"""One begun upload: its missing parts sent, its parts joined, memory kept up to date."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import BinaryIO, TypeVar

from crossover.destinations.api.http.calls import Unusable, given_up
from crossover.destinations.api.http.outcomes import PermitGone, UploadRefused
from crossover.destinations.api.upload.permits import Permit
from crossover.destinations.api.upload.planned_file import (
    Body,
    Digest,
    PlannedFile,
    check_sum,
    read_range,
)
from crossover.destinations.api.upload.upload_host import UploadHost
from crossover.destinations.api.upload.video_ids import Videos
from crossover.destinations.base import UploadMemory
from crossover.destinations.codes import mime_of
from crossover.destinations.throttle import Throttle
from crossover.model.uploads import BegunUpload, Known, Progress, SentPart
from crossover.runtime.retry import Again, repeat

T = TypeVar("T")

_TRIES_TO_CONFIRM = 5


class StartAgain(Exception):
    """Nothing of this upload is of use any more; a new permit may help."""


class Parts:
    """The parts of `upload`, which `stream` is read for; no part is begun once its permit is
    `ending`. Every method raises `StartAgain`,
    `ChangedFile`, `RetryLater` (memory stays, so that a later run goes on), `LoginNeeded`,
    `AccountAtRisk`."""

    def __init__(
        self,
        host: UploadHost,
        videos: Videos,
        file: PlannedFile,
        stream: BinaryIO,
        upload: BegunUpload,
        memory: UploadMemory,
        throttle: Throttle,
        *,
        ending: Callable[[], bool],
    ) -> None:
        self._host = host
        self._videos = videos
        self._file = file
        self._stream = stream
        self._upload = upload
        self._memory = memory
        self._throttle = throttle
        self._ending = ending

    def look_for_landed(self) -> None:
        """A former run may have died between sending a part and remembering it: then the host
        lists one more than memory knows. Its list is a help and no more: it was seen once."""
        if self._upload.completing:
            return
        try:
            listed = self._host.listed(permit_of(self._upload), self._upload_id)
        except (Again, Unusable):
            return
        known = {part.number for part in self._upload.parts}
        landed = tuple(
            SentPart(number, listed[number].etag)
            for number, _, length in _ranges(self._upload)
            if number not in known and number in listed and listed[number].bytes == length
        )
        if landed:
            self._upload = replace(self._upload, parts=(*self._upload.parts, *landed))
            self._memory.keep(self._upload)

    def send_missing(self, progress: Progress) -> None:
        """When this returns, the host has the planned bytes. Those of former runs are read again
        from the file, which did not change since, so that the whole is summed."""
        known = {part.number for part in self._upload.parts}
        digest: Digest = hashlib.sha256()
        for number, start, length in _ranges(self._upload):
            if number in known:
                for block in read_range(self._stream, self._file, start, length):
                    digest.update(block)
                progress(Known(length))
                continue
            if self._ending():
                raise StartAgain("the leave to upload ends before the file is there")
            part, digest = self._send(number, start, length, digest, progress)
            self._upload = replace(self._upload, parts=(*self._upload.parts, part))
            self._memory.sent(self._upload, part)
        check_sum(self._file, digest)

    def _send(
        self, number: int, start: int, length: int, before: Digest, progress: Progress
    ) -> tuple[SentPart, Digest]:
        kind = mime_of(self._file.path)

        def once() -> tuple[SentPart, Digest]:
            body = Body(
                self._stream,
                self._file,
                progress,
                start=start,
                length=length,
                before=before,
                throttle=self._throttle,
            )
            try:
                part = self._host.part(permit_of(self._upload), self._upload_id, number, body, kind)
            except BaseException:
                body.take_back()
                raise
            return part, body.digest

        return with_this_permit(once)

    def join(self) -> str | None:
        """Have the parts joined. The video id, where the host tells one. Raises `UploadRefused`
        when the host does not take them."""
        asked = self._upload.completing
        self._upload = replace(self._upload, completing=True)
        self._memory.keep(self._upload)

        def once() -> str | None:
            nonlocal asked
            asked_before, asked = asked, True
            try:
                return self._host.complete(
                    permit_of(self._upload), self._upload_id, self._upload.parts
                )
            except PermitGone as exc:
                # It may be over because a former request, whose answer was lost, was obeyed.
                if asked_before and exc.used:
                    return None
                video_id = self._confirmed() if asked_before else None
                if video_id is None:
                    raise
                return video_id

        return with_this_permit(once, but=UploadRefused)

    def forget_wrong(self, refused: UploadRefused) -> None:
        """After a refusal to join: parts that the host has under another tag, or not at all, are
        forgotten. Raises `StartAgain` when there are none, so that nothing explains the no."""
        try:
            listed = self._host.listed(permit_of(self._upload), self._upload_id)
        except (Again, Unusable):
            raise StartAgain(refused.reason) from refused
        lengths = {number: length for number, _, length in _ranges(self._upload)}
        right = tuple(
            part
            for part in self._upload.parts
            if (there := listed.get(part.number)) is not None
            and (there.etag, there.bytes) == (part.etag, lengths[part.number])
        )
        if len(right) == len(self._upload.parts):
            raise StartAgain(refused.reason) from refused
        self._upload = replace(self._upload, parts=right, completing=False)
        self._memory.keep(self._upload)

    @property
    def _upload_id(self) -> str:
        return self._upload.upload_id or ""

    def _confirmed(self) -> str | None:
        with suppress(Unusable):
            return self._videos.id_of(self._upload.file_id, tries=_TRIES_TO_CONFIRM)
        return None


def with_this_permit(call: Callable[[], T], *, but: type[Again] | None = None) -> T:
    """The answer of `call`, tried again as often as its failures are worth. Raises `StartAgain`
    when the permit is gone, `but` as it is, and else the error for giving up."""

    def guarded() -> T:
        try:
            return call()
        except PermitGone as exc:
            raise StartAgain(exc.reason) from exc

    try:
        return repeat(guarded)
    except Again as exc:
        if but is not None and isinstance(exc, but):
            raise
        raise given_up(exc) from exc


def permit_of(upload: BegunUpload) -> Permit:
    """The permit under which an upload was begun."""
    return Permit(upload.file_id, upload.token, upload.address, upload.expires)


def _ranges(upload: BegunUpload) -> Iterator[tuple[int, int, int]]:
    """Number, start and length of each part."""
    for number, start in enumerate(range(0, upload.bytes, upload.part_bytes), start=1):
        yield number, start, min(upload.part_bytes, upload.bytes - start)
