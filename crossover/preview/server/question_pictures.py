"""Small pictures of what is asked about: made by the decoder's child, one at a time, when the page wants
them, in a folder of the workspace that ends with the server."""

from __future__ import annotations

import shutil
import threading
from hashlib import sha256
from pathlib import Path

from crossover.errors import CrossoverError
from crossover.limits.limits import Limits
from crossover.media.decoder.process import Decoder
from crossover.media.files.file_names import media_kind
from crossover.media.fit.fitted import Unfit, thumbnail_path
from crossover.model.posts import MediaKind
from crossover.preview.server.answers import RefusedRequest, disk_answer
from crossover.runtime.workers import Stopped
from crossover.storage.atomic import make_private_folder
from crossover.storage.os_errors import explain_os_error
from crossover.text import safe, whole_sentence

FRAMES = 4
"""Of a video: as many fit beside each other, and the same moments of two can be compared."""


class QuestionPictures:
    """Pictures of files that questions name. `name` gives the name by which the page may ask for
    one: no other file can be asked for. `root` is the workspace, of which nothing else uses the
    `folder`."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._folder = folder
        self._lock = threading.Lock()
        self._decoder = Decoder()
        self._sources: dict[str, Path] = {}
        self._made: dict[str, tuple[str, ...]] = {}

    def name(self, source: Path) -> str:
        """Name the picture of a file, as the file is now."""
        try:
            stat = source.stat()
            state = f"{stat.st_size}\0{stat.st_mtime_ns}"
        except OSError:
            state = ""
        said = f"{source}\0{state}"
        name = sha256(said.encode(errors="surrogateescape")).hexdigest()[:32]
        self._sources[name] = source
        return name

    def make(self, name: str, limits: Limits) -> tuple[str, ...]:
        """Make the picture of this name, of a video some frames in their order: their paths in the
        workspace. Raises `RefusedRequest`."""
        with self._lock:
            source = self._sources.get(name)
            if source is None:
                raise RefusedRequest(404, "no-such-picture", "There is no such picture here.")
            if (known := self._made.get(name)) is None:
                known = self._made[name] = self._decode(source, self._folder / name, limits)
            return known

    def _decode(self, source: Path, folder: Path, limits: Limits) -> tuple[str, ...]:
        try:
            make_private_folder(folder)
            if media_kind(source) is MediaKind.VIDEO:
                strip = self._decoder.film_strip(source, folder, FRAMES, limits)
                made = strip if isinstance(strip, Unfit) else [one.name for one in strip.frames]
            else:
                fitted = self._decoder.picture(source, folder, "whole.jpg", limits)
                (folder / "whole.jpg").unlink(missing_ok=True)
                made = fitted if isinstance(fitted, Unfit) else [thumbnail_path("whole.jpg")]
        except Stopped as exc:
            raise RefusedRequest(503, "workspace", "The page has ended.") from exc
        except OSError as exc:
            raise disk_answer(explain_os_error(exc, folder)) from exc
        except CrossoverError as exc:
            raise disk_answer(exc) from exc
        if isinstance(made, Unfit):
            why = whole_sentence(safe(made.reason))
            raise RefusedRequest(422, "no-picture", f"It cannot be shown: {why}")
        place = folder.relative_to(self._root).as_posix()
        return tuple(f"{place}/{file}" for file in made)

    def close(self) -> None:
        """Remove all pictures, and end the child."""
        self._decoder.kill()
        with self._lock:
            self._decoder.close()
        shutil.rmtree(self._folder, ignore_errors=True)
