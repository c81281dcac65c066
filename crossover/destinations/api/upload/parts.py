"""One begun upload: its missing parts sent, its parts joined, memory kept up to date."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import BinaryIO, TypeVar

from crossover.destinations.answers.outcomes import PermitGone, UploadRefused
from crossover.destinations.api.upload.context import UploadContext
from crossover.destinations.api.upload.permits import Permit
from crossover.destinations.api.upload.planned_file import (
    Body,
    Digest,
    PlannedFile,
    check_sum,
    read_range,
)
from crossover.destinations.api.upload.upload_host import ListedPart
from crossover.destinations.base import UploadMemory
from crossover.destinations.codes import mime_of
from crossover.destinations.own_notes.pages import Unusable
from crossover.model.uploads import AlreadySent, BegunUpload, Progress, SentPart
from crossover.runtime.retry import Again, repeat

T = TypeVar("T")

_TRIES_TO_CONFIRM = 5


class StartAgain(Exception):
    """Nothing of this upload is of use any more; a new permit may help."""


class PartUpload:
    """The upload of one file in parts, as far as `begun` says it is; `stream` is read for them.

    Every method raises `StartAgain`, `ChangedFile`, `LoginNeeded`, `AccountAtRisk`, and `Again` or
    `RetryLater` when the tries are used up: memory stays, so that a later run goes on.
    """

    def __init__(
        self,
        context: UploadContext,
        file: PlannedFile,
        stream: BinaryIO,
        begun: BegunUpload,
        memory: UploadMemory,
    ) -> None:
        self._context = context
        self._file = file
        self._stream = stream
        self._begun = begun
        self._memory = memory
        self._permit = permit_of(begun)
        self._upload_id = begun.upload_id or ""
        self._ranges = tuple(_ranges(begun))
        early = begun.expires - context.margin
        # A permit that never had the margin is used as long as it lasts.
        self._until = early if context.client.now() < early else begun.expires

    def find_landed(self) -> None:
        """Remember the parts that the host lists and memory does not know: a former run may have
        died between sending a part and remembering it. The list is a help and no more: it was seen
        once."""
        listed = None if self._begun.completing else self._listed()
        if not listed:
            return
        known = {part.number for part in self._begun.parts}
        landed = tuple(
            SentPart(number, listed[number].etag)
            for number, _, length in self._ranges
            if number not in known and number in listed and listed[number].bytes == length
        )
        if landed:
            self._keep(replace(self._begun, parts=(*self._begun.parts, *landed)))

    def send_missing(self, progress: Progress) -> None:
        """Send the parts that the host does not have yet. Those of former runs are read again from
        the file, which did not change since, so that the whole is summed. Raises `StartAgain` when
        the permit ends before the last part."""
        known = {part.number for part in self._begun.parts}
        digest: Digest = hashlib.sha256()
        for number, start, length in self._ranges:
            if number in known:
                for block in read_range(self._stream, self._file, start, length):
                    digest.update(block)
                progress(AlreadySent(length))
                continue
            if self._until <= self._context.client.now():
                raise StartAgain("the leave to upload ends before the file is there")
            part, digest = self._send(number, start, length, digest, progress)
            self._begun = replace(self._begun, parts=(*self._begun.parts, part))
            self._memory.remember_part(self._begun, part)
        check_sum(self._file, digest)

    def _send(
        self, number: int, start: int, length: int, before: Digest, progress: Progress
    ) -> tuple[SentPart, Digest]:
        host, kind = self._context.host, mime_of(self._file.path)

        def once() -> tuple[SentPart, Digest]:
            with Body(
                self._stream,
                self._file,
                progress,
                start=start,
                length=length,
                before=before,
                throttle=self._context.throttle,
            ) as body:
                part = host.part(self._permit, self._upload_id, number, body, kind)
            return part, body.digest

        return with_one_permit(once)

    def join(self) -> str | None:
        """Have the parts joined, and return the video id, where the host tells one. Raises
        `UploadRefused` when the host does not take them."""
        requested = self._begun.completing
        self._keep(replace(self._begun, completing=True))
        host = self._context.host

        def once() -> str | None:
            nonlocal requested
            requested_before, requested = requested, True
            try:
                return host.complete(self._permit, self._upload_id, self._begun.parts)
            except PermitGone as exc:
                # It may be over because a former request, whose answer was lost, was obeyed.
                if requested_before and exc.used:
                    return None
                video_id = self._confirmed() if requested_before else None
                if video_id is None:
                    raise
                return video_id

        return with_one_permit(once)

    def forget_wrong(self, refused: UploadRefused) -> None:
        """After a refusal to join: parts that the host has under another tag, or not at all, are
        forgotten. Raises `StartAgain` when there are none, so that nothing explains the no."""
        listed = self._listed()
        if listed is None:
            raise StartAgain(refused.reason) from refused
        lengths = {number: length for number, _, length in self._ranges}
        right = tuple(
            part
            for part in self._begun.parts
            if listed.get(part.number) == ListedPart(part.etag, lengths[part.number])
        )
        if len(right) == len(self._begun.parts):
            raise StartAgain(refused.reason) from refused
        self._keep(replace(self._begun, parts=right, completing=False))

    def _listed(self) -> Mapping[int, ListedPart] | None:
        """The parts that the host has, None where it does not tell."""
        with suppress(Again, Unusable):
            return self._context.host.listed(self._permit, self._upload_id)
        return None

    def _confirmed(self) -> str | None:
        with suppress(Unusable):
            return self._context.videos.id_of(self._begun.file_id, tries=_TRIES_TO_CONFIRM)
        return None

    def _keep(self, begun: BegunUpload) -> None:
        self._begun = begun
        self._memory.remember_upload(begun)


def with_one_permit(call: Callable[[], T]) -> T:
    """Make `call`, again as often as its failures are worth, and return its answer. Raises
    `StartAgain` when the permit is gone, and the last `Again`."""

    def guarded() -> T:
        try:
            return call()
        except PermitGone as exc:
            raise StartAgain(exc.reason) from exc

    return repeat(guarded)


def permit_of(upload: BegunUpload) -> Permit:
    """The permit under which an upload was begun."""
    return Permit(upload.file_id, upload.token, upload.address, upload.expires)


def _ranges(upload: BegunUpload) -> Iterator[tuple[int, int, int]]:
    """Number, start and length of each part."""
    for number, start in enumerate(range(0, upload.bytes, upload.part_bytes), start=1):
        yield number, start, min(upload.part_bytes, upload.bytes - start)
