"""Film strips of videos: frames from which the creator chooses a cover. Each is made once while the
page is served, in a folder of the workspace that ends with the server."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import msgspec

from crossover.errors import CrossoverError
from crossover.limits.limits import Limits
from crossover.media.decoder.process import Decoder
from crossover.media.fit.fitted import Unfit
from crossover.model.posts import Media
from crossover.preview.server.answers import RefusedRequest, disk_answer
from crossover.storage.atomic import make_private_folder
from crossover.storage.os_errors import explain_os_error
from crossover.text import safe, whole_sentence

FRAMES = 12


class ShownFrame(msgspec.Struct, frozen=True):
    """A frame at a second of its video; `path` is that of its picture in the workspace."""

    seconds: float
    path: str


class FilmStrips:
    """The film strips of a workspace, of which nothing else uses the `folder`."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._folder = folder
        self._lock = threading.Lock()
        self._made: dict[str, tuple[ShownFrame, ...]] = {}

    def make(self, video: Media, limits: Limits) -> tuple[ShownFrame, ...]:
        """Make the strip of a video. Raises `RefusedRequest`."""
        with self._lock:
            if (known := self._made.get(video.sha256)) is None:
                known = self._made[video.sha256] = self._decode(video, limits)
            return known

    def _decode(self, video: Media, limits: Limits) -> tuple[ShownFrame, ...]:
        folder = self._folder / video.sha256[:16]
        try:
            make_private_folder(folder)
            with Decoder() as decoder:
                strip = decoder.film_strip(self._root / video.path, folder, FRAMES, limits)
        except OSError as exc:
            raise disk_answer(explain_os_error(exc, folder)) from exc
        except CrossoverError as exc:
            raise disk_answer(exc) from exc
        if isinstance(strip, Unfit):
            why = whole_sentence(safe(strip.reason))
            raise RefusedRequest(422, "no-frames", f"No frames can be shown: {why}")
        place = folder.relative_to(self._root).as_posix()
        return tuple(ShownFrame(one.seconds, f"{place}/{one.name}") for one in strip.frames)

    def clear(self) -> None:
        """Remove all strips."""
        shutil.rmtree(self._folder, ignore_errors=True)
