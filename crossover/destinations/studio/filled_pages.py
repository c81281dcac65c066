"""Which open page is filled in with which note, on disk: an earlier run may have left it so."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from crossover.errors import CrossoverError
from crossover.model.account import Account
from crossover.model.notes import Note
from crossover.storage.documents import read_document, write_document
from crossover.storage.os_errors import explain_os_error

_FORMAT, _VERSION = "studio-page", 1


@dataclass(frozen=True, slots=True)
class FilledPage:
    """A page by the browser's own id, the note that it holds, and for which account. `digest` is of
    all that was put into it, the files by what is in them; empty as long as it is being filled in.
    `pressed_since` is set where the creator published it before it was handed to them, by the site's
    clock: when it began to be filled in."""

    target_id: str
    post: str
    part: int
    account: str
    digest: str
    pressed_since: datetime | None = None

    @property
    def key(self) -> tuple[str, int]:
        """As `Note.key`."""
        return self.post, self.part


class FilledPages:
    """The one page of an account that may be filled in, in a file of its folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "studio-page.json"

    def read(self) -> FilledPage | None:
        """Read which page it is, None for none, and where the file cannot be read: then a page is
        filled in anew."""
        if not self._path.exists():
            return None
        with suppress(CrossoverError):
            return read_document(self._path, _FORMAT, _VERSION, FilledPage)
        return None

    def keep(self, target_id: str, note: Note, account: Account) -> None:
        """Write that the page of that id is filled in. Raises what `write_document` raises."""
        self._write(target_id, note, account, filled_digest(note))

    def keep_begun(self, target_id: str, note: Note, account: Account) -> None:
        """Write that the page of that id begins to be filled in: what a run that died left half
        filled in is found again. Raises what `write_document` raises."""
        self._write(target_id, note, account, "")

    def keep_pressed(self, since: datetime) -> None:
        """Write that the creator published the page that is being filled in `since`, before any other
        file tells of it. Raises what `write_document` raises."""
        if page := self.read():
            self._write_page(replace(page, pressed_since=since))

    def _write(self, target_id: str, note: Note, account: Account, digest: str) -> None:
        post, part = note.key
        self._write_page(FilledPage(target_id, post, part, account.id, digest))

    def _write_page(self, page: FilledPage) -> None:
        write_document(self._path, _FORMAT, _VERSION, page)

    def forget(self) -> None:
        """Write that no page is filled in. Raises `CrossoverError`."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as exc:
            raise explain_os_error(exc, self._path) from exc


def filled_digest(note: Note) -> str:
    """The sha256 of what a page holds that is filled in with this note."""
    held = {
        "title": note.title,
        "body": note.body,
        "topics": note.topics,
        "files": [file.sha256 for file in note.files],
        "visibility": note.visibility,
        "declaration": note.declaration,
        "original": note.original,
        "schedule": note.schedule.isoformat() if note.schedule else None,
    }
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()
