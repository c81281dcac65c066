"""The files of a note to the upload host, each the way that suits it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from crossover.destinations.api.http.calls import repeat_or_give_up
from crossover.destinations.api.upload.context import UploadContext
from crossover.destinations.api.upload.multipart import abandon, upload_in_parts
from crossover.destinations.api.upload.permits import Permit
from crossover.destinations.api.upload.planned_file import (
    Body,
    PlannedFile,
    is_video,
    open_planned,
)
from crossover.destinations.base import ChangedFile, UploadMemory
from crossover.destinations.codes import mime_of
from crossover.errors import Interrupted
from crossover.limits.limits import Limits
from crossover.model.notes import Note
from crossover.model.posts import Kind
from crossover.model.uploads import AlreadySent, Progress, UploadedFile
from crossover.runtime.workers import run_jobs

_Job = tuple[int, PlannedFile, Permit]


class Uploader:
    """Uploads the files of notes: videos longer than a part in parts, all else in one piece each,
    several pictures of a note at a time."""

    def __init__(self, context: UploadContext, limits: Limits) -> None:
        self._context = context
        self._pictures_at_once = limits.pictures_at_once.value
        self._one_piece = min(context.part_bytes, limits.put_bytes.value)

    def upload(
        self, note: Note, memory: UploadMemory, progress: Progress
    ) -> tuple[UploadedFile, ...]:
        """Upload the note's files, and return them in order; what `memory` knows
        is not sent again. `progress` gets every byte that is there (`AlreadySent` if it was
        before), and a negative number when a try failed and its bytes do not count.

        Raises `ChangedFile`, `RetryLater`, `LoginNeeded`, `AccountAtRisk`, and what `memory`
        raises: after `Interrupted` the uploads at hand go on to their end, and no more begin.
        """
        files, known = note.files, memory.uploaded_files()
        first: dict[str, int] = {}
        for place, file in enumerate(files):
            first.setdefault(file.sha256, place)
        uploaded = {
            place: known[sha256]
            for sha256, place in first.items()
            if sha256 in known and self._is_good(known[sha256], files[place])
        }
        missing = [place for place in range(len(files)) if place not in uploaded]
        for place in missing:
            self._check(files[place], memory)
        for old in uploaded.values():
            progress(AlreadySent(old.bytes))

        def remember(place: int, new: UploadedFile) -> None:
            # A note wants an id once: the same picture a second time is uploaded a second time.
            if place == first[new.sha256]:
                memory.remember_file(new)
            uploaded[place] = new

        in_parts = [place for place in missing if self._goes_in_parts(files[place])]
        for place in in_parts:
            remember(place, upload_in_parts(self._context, files[place], memory, progress))
        interrupted: list[Interrupted] = []
        jobs = self._jobs(
            {place: files[place] for place in missing if place not in in_parts}, interrupted
        )
        workers = self._pictures_at_once if note.kind is Kind.PHOTOS else 1
        for (place, *_), new in run_jobs(jobs, self._put, workers=workers, progress=progress):
            try:
                remember(place, new)
            except Interrupted as exc:
                interrupted.append(exc)
        if interrupted:
            raise interrupted[0]
        return tuple(uploaded[place] for place in range(len(files)))

    def _jobs(
        self, files: dict[int, PlannedFile], interrupted: Sequence[Interrupted]
    ) -> Iterator[_Job]:
        """Each file with its permit, until `interrupted` has something. Permits are asked for
        here, where jobs are drawn one by one: in order, and together."""
        left = list(files.values())
        for place, file in files.items():
            if interrupted:
                return
            to_come = sum(is_video(other) == is_video(file) for other in left)
            yield place, file, self._permit(file, to_come)
            left.pop(0)

    def _check(self, file: PlannedFile, memory: UploadMemory) -> None:
        try:
            open_planned(self._context.root, file).close()
        except ChangedFile:
            abandon(self._context, file, memory)
            raise

    def _is_good(self, kept: UploadedFile, file: PlannedFile) -> bool:
        until = kept.expires - self._context.margin
        return kept.bytes == file.bytes and until > self._context.client.now()

    def _goes_in_parts(self, file: PlannedFile) -> bool:
        return is_video(file) and file.bytes > self._one_piece

    def _permit(self, file: PlannedFile, to_come: int) -> Permit:
        return repeat_or_give_up(lambda: self._context.permits.take(file, to_come))

    def _put(self, job: _Job, progress: Progress, stopped: Callable[[], bool]) -> UploadedFile:
        """One permit, one PUT, for each try. An id that a PUT failed on is never used again."""
        context, (_, file, first) = self._context, job
        permits = iter([first])

        def put() -> UploadedFile:
            with open_planned(context.root, file) as stream:
                permit = next(permits, None) or context.permits.take(file)
                with Body(
                    stream, file, progress, throttle=context.throttle, stopped=stopped
                ) as body:
                    video_id = context.host.put(permit, body, mime_of(file.path))
            return UploadedFile(file.sha256, file.bytes, permit.file_id, video_id, permit.expires)

        return repeat_or_give_up(put)
