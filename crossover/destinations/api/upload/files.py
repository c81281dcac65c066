"""Brings the files of a note to the upload host, each the way that suits it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from crossover.destinations.api.http.calls import given_up
from crossover.destinations.api.http.client import Wire
from crossover.destinations.api.payload import files_of
from crossover.destinations.api.upload.multipart import Multipart
from crossover.destinations.api.upload.permits import Permit, Permits
from crossover.destinations.api.upload.planned_file import Body, PlannedFile, open_planned
from crossover.destinations.api.upload.upload_host import UploadHost
from crossover.destinations.api.upload.video_ids import Videos
from crossover.destinations.base import ChangedFile, UploadMemory
from crossover.destinations.codes import mime_of
from crossover.destinations.sites import Hosts
from crossover.destinations.throttle import Throttle
from crossover.limits.limits import Limits
from crossover.model.notes import Note, NoteMedia
from crossover.model.posts import Kind, MediaKind
from crossover.model.uploads import Known, Progress, UploadedFile
from crossover.runtime.retry import Again, repeat
from crossover.runtime.workers import Task, side_by_side


class Uploads:
    """Uploads the files of notes, from below `root`: videos longer than a part in parts, all
    else in one piece each, several pictures of a note at a time."""

    def __init__(
        self,
        wire: Wire,
        hosts: Hosts,
        root: Path,
        limits: Limits,
        videos: Videos,
        *,
        part_bytes: int,
        throttle: Throttle,
    ) -> None:
        self._wire = wire
        self._root = root
        self._throttle = throttle
        self._margin = timedelta(seconds=limits.permit_margin_seconds.value)
        self._at_once = limits.pictures_at_once.value
        self._one_piece = min(part_bytes, limits.put_bytes.value)
        self._host = UploadHost(wire, hosts)
        self._permits = Permits(wire, hosts.upload, self._margin)
        self._multipart = Multipart(
            wire,
            self._host,
            self._permits,
            videos,
            root,
            margin=self._margin,
            part_bytes=part_bytes,
            throttle=throttle,
        )

    def bring(
        self, note: Note, memory: UploadMemory, progress: Progress
    ) -> tuple[UploadedFile, ...]:
        """The note's files, uploaded, in the order of `files_of`; what `memory` knows is not sent
        again. `progress` gets every byte that is there (`Known` if it was before), and a negative number when a try failed
        and its bytes do not count.

        Raises `ChangedFile`, `RetryLater`, `LoginNeeded`, `AccountAtRisk`.
        """
        files = files_of(note)
        there: dict[int, UploadedFile] = {}
        known, seen = memory.known(), set[str]()
        missing: list[int] = []
        twice: set[int] = set()
        for place, file in enumerate(files):
            old = known.get(file.sha256)
            # A note wants an id once: the same picture a second time is uploaded a second time.
            if file.sha256 in seen:
                twice.add(place)
            elif old is not None and self._is_good(old, file):
                there[place] = old
            seen.add(file.sha256)
            if place not in there:
                missing.append(place)
                self._look_at(file, memory)
        for kept in there.values():
            progress(Known(kept.bytes))

        def done(place: int, new: UploadedFile) -> None:
            if place not in twice:
                memory.remember(new)
            there[place] = new

        for place in [place for place in missing if self._goes_in_parts(files[place])]:
            missing.remove(place)
            done(place, self._multipart.bring(files[place], memory, progress))
        side_by_side(
            self._jobs([files[place] for place in missing]),
            at_once=min(self._at_once, len(missing) or 1) if note.kind is Kind.PHOTOS else 1,
            progress=progress,
            done=lambda place, new: done(missing[place], new),
        )
        return tuple(there[place] for place in range(len(files)))

    def _look_at(self, file: PlannedFile, memory: UploadMemory) -> None:
        try:
            open_planned(self._root, file).close()
        except ChangedFile:
            self._multipart.give_up(file, memory)
            raise

    def _is_good(self, kept: UploadedFile, file: PlannedFile) -> bool:
        return kept.bytes == file.bytes and kept.expires - self._margin > self._wire.now()

    def _goes_in_parts(self, file: PlannedFile) -> bool:
        is_video = isinstance(file, NoteMedia) and file.kind is MediaKind.VIDEO
        return is_video and file.bytes > self._one_piece

    def _jobs(self, files: list[PlannedFile]) -> Iterator[Task[UploadedFile]]:
        for place, file in enumerate(files):
            to_come = sum(type(other) is type(file) for other in files[place:])
            try:
                # Here, where jobs are drawn one by one, and not in them: so permits are asked for
                # in order, and together.
                permit = repeat(lambda f=file, n=to_come: self._permits.take(f, n))  # type: ignore[misc]
            except Again as exc:
                raise given_up(exc) from exc
            yield self._job(file, permit)

    def _job(self, file: PlannedFile, first: Permit) -> Task[UploadedFile]:
        permits = iter([first])

        def job(progress: Progress, stopped: Callable[[], bool]) -> UploadedFile:
            try:
                return repeat(lambda: self._try(file, permits, progress, stopped))
            except Again as exc:
                raise given_up(exc) from exc

        return job

    def _try(
        self,
        file: PlannedFile,
        permits: Iterator[Permit],
        progress: Progress,
        stopped: Callable[[], bool],
    ) -> UploadedFile:
        """One permit, one PUT. An id that a PUT failed on is never used again."""
        with open_planned(self._root, file) as stream:
            permit = next(permits, None) or self._permits.take(file)
            body = Body(stream, file, progress, throttle=self._throttle, stopped=stopped)
            try:
                video_id = self._host.put(permit, body, mime_of(file.path))
            except BaseException:
                body.take_back()
                raise
        return UploadedFile(file.sha256, file.bytes, permit.file_id, video_id, permit.expires)
