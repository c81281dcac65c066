"""A note's upload can be stopped wherever what is there was just remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from crossover.destinations.base import UploadMemory
from crossover.model.uploads import BegunUpload, SentPart, UploadedFile


class StoppableMemory(UploadMemory):
    """The memory it wraps. `check` is called after each file and each part that was remembered,
    and ends the upload by raising: the next run goes on behind it. What is under way beside that
    file may still be remembered, and is checked again."""

    def __init__(self, memory: UploadMemory, check: Callable[[], None]) -> None:
        self._memory = memory
        self._check = check

    def uploaded_files(self) -> Mapping[str, UploadedFile]:
        return self._memory.uploaded_files()

    def remember_file(self, file: UploadedFile) -> None:
        self._memory.remember_file(file)
        self._check()

    def begun_uploads(self) -> Mapping[str, BegunUpload]:
        return self._memory.begun_uploads()

    def remember_upload(self, upload: BegunUpload) -> None:
        self._memory.remember_upload(upload)

    def remember_part(self, upload: BegunUpload, part: SentPart) -> None:
        self._memory.remember_part(upload, part)
        self._check()

    def forget_upload(self, sha256: str) -> None:
        self._memory.forget_upload(sha256)

    def forget(self) -> None:
        self._memory.forget()
