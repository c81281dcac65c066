"""Which files of the workspace the page may have: those that its notes name, and what was shown to be
chosen from. Nothing else of the disk, whatever an address says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from starlette.responses import FileResponse, Response

from crossover.media.fit.fitted import thumbnail_path
from crossover.model.notes import Note
from crossover.preview.server.answers import RefusedRequest

_TYPES = {
    ".avif": "image/avif",
    ".bmp": "image/bmp",
    ".gif": "image/gif",
    ".heic": "image/heic",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".m4v": "video/mp4",
    ".mov": "video/mp4",  # which browsers play as such, and not under its own name
    ".mp4": "video/mp4",
    ".png": "image/png",
    ".webm": "video/webm",
    ".webp": "image/webp",
}
_OTHER = "application/octet-stream"
_POLICY = {"Content-Security-Policy": "default-src 'none'; sandbox"}


class ShownFiles:
    """Files that were shown, by their paths in the workspace, written with `/`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._shown: set[str] = set()

    def show(self, paths: Iterable[str]) -> None:
        """Let the page have these files."""
        self._shown.update(paths)

    def show_notes(self, notes: Iterable[Note]) -> None:
        """Let the page have the files of these notes, and their thumbnails."""
        for note in notes:
            for file in note.files:
                self._shown.update((file.path, thumbnail_path(file.path)))

    def answer(self, path: str) -> Response:
        """Answer with a file; browsers ask for parts of films. Raises `RefusedRequest`."""
        file = self._root / path
        if path not in self._shown or not file.is_file():
            raise RefusedRequest(404, "no-such-file", "There is no such file here.")
        kind = _TYPES.get(file.suffix.lower(), _OTHER)
        return FileResponse(file, media_type=kind, headers=_POLICY)
