"""Bringing files to the upload host: a permit, one PUT, and an id that a note may use once."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from crossover.destinations.base import ChangedFile, UploadMemory
from crossover.destinations.rednote.asking import Unreachable, Unusable, ask_once, given_up
from crossover.destinations.rednote.hosts import AddressRefused, Hosts, Role
from crossover.destinations.rednote.outcomes import Outcome, classify, problem_of
from crossover.destinations.rednote.payload import files_of, mime_of
from crossover.destinations.rednote.wire import Call, NeverLeft, NoAnswer, Wire
from crossover.destinations.wrappers import Again, repeat
from crossover.files import BLOCK
from crossover.model import Cover, MediaKind, Note, NoteMedia, Progress, UploadedFile

_TOKEN = re.compile(r"[\x21-\x7e]+")
_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to upload one file. All of it but `expires` is a capability, so no repr shows it."""

    file_id: str = field(repr=False)
    token: str = field(repr=False)
    address: str = field(repr=False)
    expires: datetime


class Uploads:
    """Uploads the files of notes, from below `root`. `margin` is how long before its end an
    uploaded file no longer counts as there."""

    def __init__(self, wire: Wire, hosts: Hosts, root: Path, margin: timedelta) -> None:
        self._wire = wire
        self._hosts = hosts
        self._root = root
        self._margin = margin

    def bring(self, note: Note, memory: UploadMemory, progress: Progress) -> tuple[str, ...]:
        """Ids of the note's files in the order of `files_of`; what `memory` knows is not sent
        again. `progress` gets every byte that is there, and a negative number when a try failed
        and its bytes do not count.

        Raises `ChangedFile`, `RetryLater`, `LoginNeeded`, `AccountAtRisk`.
        """
        known = memory.known()
        ids: list[str] = []
        seen: set[str] = set()
        for file in files_of(note):
            kept = known.get(file.sha256)
            # A note wants an id once: the same picture a second time is uploaded a second time.
            again = file.sha256 in seen
            seen.add(file.sha256)
            if kept and not again and self._is_good(kept, file):
                progress(file.bytes)
                ids.append(kept.file_id)
                continue
            new = self._upload(file, progress)
            if not again:
                memory.remember(new)
            ids.append(new.file_id)
        return tuple(ids)

    def _is_good(self, kept: UploadedFile, file: NoteMedia | Cover) -> bool:
        return kept.bytes == file.bytes and kept.expires - self._margin > self._wire.now()

    def _upload(self, file: NoteMedia | Cover, progress: Progress) -> UploadedFile:
        try:
            return repeat(lambda: self._try(file, progress))
        except Again as exc:
            raise given_up(exc) from exc

    def _try(self, file: NoteMedia | Cover, progress: Progress) -> UploadedFile:
        """One permit, one PUT. An id that a PUT failed on is never used again."""
        with open_planned(self._root, file) as stream:
            permit = self._permit(file)
            body = Body(stream, file, progress)
            done = False
            try:
                video_id = self._put(permit, body, file)
                done = True
            finally:
                if not done:
                    body.take_back()
        return UploadedFile(file.sha256, file.bytes, permit.file_id, video_id, permit.expires)

    def _permit(self, file: NoteMedia | Cover) -> Permit:
        scene = "image"
        if isinstance(file, NoteMedia) and file.kind is MediaKind.VIDEO:
            scene = "video"
        return best_permit(ask_once(self._wire, _permit_call(scene)), self._hosts.upload)

    def _put(self, permit: Permit, body: Body, file: NoteMedia | Cover) -> str | None:
        try:
            url = self._hosts.upload_url(permit.address, permit.file_id)
        except AddressRefused as exc:
            raise Unusable(
                f"RedNote named a place to upload to that is not trusted: {exc}.",
                next="Nothing was sent there. Run the same command later.",
            ) from exc
        try:
            answer = self._wire.put(url, permit.token, body, file.bytes, mime_of(file.path))
        except NeverLeft as exc:
            raise Unreachable(f"RedNote's upload host cannot be reached: {exc}") from exc
        except NoAnswer as exc:
            raise Again(f"an upload broke off: {exc}") from exc
        outcome = classify(answer, PUT)
        if outcome is not Outcome.SUCCESS:
            raise problem_of(outcome, answer, PUT)
        if not body.whole:
            raise Again("the upload host was content before it had the whole file", retries=1)
        video_id = answer.headers.get("x-ros-video-id", "")
        return video_id if _VIDEO_ID.fullmatch(video_id) else None


class Body:
    """A file on its way: read in blocks, summed while it is sent.

    The last block leaves only when length and sum are the planned ones, so a file that changed
    under our hands never arrives whole.
    """

    def __init__(self, stream: BinaryIO, file: NoteMedia | Cover, progress: Progress) -> None:
        self._stream = stream
        self._file = file
        self._progress = progress
        self._sent = 0

    @property
    def whole(self) -> bool:
        return self._sent == self._file.bytes

    def __iter__(self) -> Iterator[bytes]:
        digest = hashlib.sha256()
        left = self._file.bytes
        while left:
            block = self._read(min(BLOCK, left))
            left -= len(block)
            digest.update(block)
            if not block:
                raise ChangedFile(f"{self._file.path} became shorter while it was sent")
            if not left:
                self._check(digest.hexdigest())
            yield block
            # Back here, the block is with the network.
            self._sent += len(block)
            self._progress(len(block))

    def take_back(self) -> None:
        """This try failed: its bytes do not count as sent."""
        if self._sent:
            self._progress(-self._sent)
            self._sent = 0

    def _check(self, found: str) -> None:
        if self._read(1):
            raise ChangedFile(f"{self._file.path} grew while it was sent")
        if found != self._file.sha256:
            raise ChangedFile(f"{self._file.path} is not the file that was planned")

    def _read(self, count: int) -> bytes:
        try:
            return self._stream.read(count)
        except OSError as exc:
            raise ChangedFile(_unreadable(self._file, exc)) from exc


def open_planned(root: Path, file: NoteMedia | Cover) -> BinaryIO:
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


def best_permit(answer: Mapping[str, Any], default_address: str) -> Permit:
    """The permit of the highest `qos`, else the first. Raises `LookupError`, `TypeError` or
    `ValueError` when none can be used."""
    offers = [p for p in answer["data"]["uploadTempPermits"] if isinstance(p, dict)]
    offer = max(offers, key=_qos)
    file_id, token = offer["fileIds"][0], offer["token"]
    address = offer.get("uploadAddr") or default_address
    if not all(isinstance(text, str) for text in (file_id, token, address)):
        raise TypeError("a permit of another shape")
    if not _TOKEN.fullmatch(token):
        raise ValueError("a token that cannot be sent")
    expires = datetime.fromtimestamp(int(offer["expireTime"]) / 1000, UTC)
    return Permit(file_id, token, address, expires)


def _qos(offer: Mapping[str, Any]) -> float:
    value = offer.get("qos")
    return value if isinstance(value, int | float) else 0


def _is_permit(answer: Mapping[str, Any]) -> bool:
    try:
        best_permit(answer, "none")
    except (LookupError, TypeError, ValueError, OverflowError, OSError):
        return False
    return True


def _permit_call(scene: str) -> Call:
    return Call(
        name="upload permit",
        role=Role.CREATOR,
        method="GET",
        path="/api/media/v1/upload/creator/permit",
        query={
            "biz_name": "spectrum",
            "scene": scene,
            "file_count": 1,
            "version": 1,
            "source": "web",
        },
        needs=_is_permit,
    )


PUT = Call(name="upload", role=Role.UPLOAD, method="PUT", path="", needs=lambda _: True)
"""What an answer of the upload host is classified as; it is sent by `Wire.put`."""


def _unreadable(file: NoteMedia | Cover, exc: OSError) -> str:
    return f"{file.path} cannot be read ({exc.strerror or type(exc).__name__})"
