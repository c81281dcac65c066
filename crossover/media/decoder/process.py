"""What the child process that decodes is asked: one job at a time, by a successor when it crashes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crossover.limits.limits import Limits
from crossover.media.dating.dated import Recording
from crossover.media.decoder.answers import read_answer, typed
from crossover.media.decoder.child import TRIES, Child, ChildLostError, start_child
from crossover.media.decoder.jobs import (
    ComparePictures,
    CompareVideos,
    ConvertVideo,
    DatePicture,
    DateVideo,
    FindWatermark,
    FingerprintPicture,
    FingerprintVideo,
    FitPicture,
    FitVideo,
    Job,
    MakeCover,
    MakeFilmStrip,
    RemuxVideo,
)
from crossover.media.fit.fitted import (
    CoverWish,
    FilmStrip,
    FittedPicture,
    FittedVideo,
    How,
    OwnCover,
    SentVideo,
    Unfit,
    WatermarkLook,
    thumbnail_path,
)
from crossover.media.likeness.closeness import Closeness
from crossover.media.likeness.fingerprint import Fingerprint
from crossover.model.choices import Animated, PictureShape
from crossover.model.posts import MediaKind
from crossover.model.watermark import Watermark
from crossover.runtime.workers import Stopped
from crossover.storage.atomic import sweep_temp
from crossover.storage.documents import to_builtins

PICTURE_SECONDS = 60.0
VIDEO_SECONDS = 120.0
COMPARE_SECONDS = 60.0
"""Without a word of a comparison that goes on."""
COMPARED_PIXELS = 100_000_000
"""Larger frames than these are not compared: a guard against picture bombs."""

_INDEX_BYTES = 32_000_000
"""By which an MP4 may be longer than what it was made of."""


class Decoder:
    """Owns the child. Started at the first job, replaced when it crashes or hangs, ended on
    exit. Of one thread at a time, but for `kill`."""

    def __init__(
        self, *, picture_seconds: float = PICTURE_SECONDS, video_seconds: float = VIDEO_SECONDS
    ) -> None:
        self._picture_seconds = picture_seconds
        self._video_seconds = video_seconds
        self._child: Child | None = None
        self._lock = threading.Lock()
        self._killed = False

    def __enter__(self) -> Decoder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.end()
            self._child = None

    def kill(self) -> None:
        """End the child at once, whatever it does, from any thread. No job is done from here on."""
        with self._lock:
            self._killed = True
            child = self._child
        if child is not None:
            child.kill()

    def picture(
        self,
        source: Path,
        root: Path,
        name: str,
        limits: Limits,
        shape: PictureShape = PictureShape.KEEP,
        animated: Animated = Animated.FIRST_FRAME,
    ) -> FittedPicture | Unfit:
        """Make a picture fit and write it to `root / name`, and its thumbnail beside it; a video of
        an animated one, too, where that is asked for."""
        target, stem = root / name, name.removesuffix(".jpg")
        small, film = f"{stem}-small.jpg", f"{stem}-animated.mp4"
        moves = animated is Animated.VIDEO
        job = FitPicture(
            _absolute(source),
            _absolute(target),
            limits.image_pixels.value,
            limits.image_bytes.value,
            _absolute(root / small),
            shape,
            limits.image_width_percent_of_height.value,
            limits.image_height_percent_of_width.value,
            _absolute(root / film) if moves else "",
        )
        seconds = self._video_seconds if moves else self._picture_seconds
        return typed(
            self._ask(job, seconds, target),
            FittedPicture,
            {"thumbnail": small, "animation": film},
            path=name,
        )

    def video(self, source: Path, root: Path, name: str, limits: Limits) -> FittedVideo | Unfit:
        """Tell what a video is and write its cover to `root / name`, with a thumbnail beside it."""
        target = root / name
        small = thumbnail_path(name)
        job = FitVideo(
            _absolute(source),
            _absolute(target),
            _absolute(root / small),
            limits.image_pixels.value,
            limits.cover_width.value,
            limits.cover_height.value,
        )
        paths = {"cover": name, "thumbnail": small}
        return typed(self._ask(job, self._video_seconds, target), FittedVideo, paths)

    def remux(self, source: Path, root: Path, name: str, limits: Limits) -> SentVideo | Unfit:
        """Write film and sound of a video, as they are, to an MP4 at `root / name`."""
        target = root / name
        most = int(source.stat().st_size * 1.1) + _INDEX_BYTES
        job = RemuxVideo(_absolute(source), _absolute(target), limits.image_pixels.value, most)
        answer = self._ask(job, self._video_seconds, target)
        return typed(answer, SentVideo, path=name, how=How.REMUXED)

    def cover(
        self, source: Path, wish: CoverWish, root: Path, name: str, limits: Limits
    ) -> OwnCover | Unfit:
        """Make the cover of a video that is wished and write it to `root / name`, with a thumbnail
        beside it."""
        target = root / name
        small = thumbnail_path(name)
        job = MakeCover(
            _absolute(source),
            _absolute(target),
            _absolute(root / small),
            limits.image_pixels.value,
            limits.cover_width.value,
            limits.cover_height.value,
            wish.seconds,
            _absolute(root / wish.picture) if wish.picture else "",
            alike=wish.tiktok,
        )
        answer = self._ask(job, self._video_seconds, target)
        paths = {"cover": name, "thumbnail": small}
        return typed(answer, OwnCover, paths, wish=to_builtins(wish))

    def film_strip(
        self, source: Path, folder: Path, count: int, limits: Limits
    ) -> FilmStrip | Unfit:
        """Write about `count` small frames from all over a video into a folder that is there."""
        pixels = limits.image_pixels.value
        job = MakeFilmStrip(_absolute(source), _absolute(folder), count, pixels)
        return typed(self._ask(job, self._video_seconds, folder / "frame"), FilmStrip)

    def convert(
        self,
        source: Path,
        root: Path,
        name: str,
        limits: Limits,
        tell: Callable[[float], None],
    ) -> SentVideo | Unfit:
        """Convert a video to an MP4 at `root / name`. `tell` hears how many seconds are done."""
        target = root / name
        job = ConvertVideo(
            _absolute(source),
            _absolute(target),
            limits.image_pixels.value,
            limits.video_bytes.value,
        )
        began = time.monotonic()
        answer = self._ask(job, self._video_seconds, target, tell)
        took = time.monotonic() - began
        return typed(answer, SentVideo, path=name, how=How.CONVERTED, took=took)

    def watermark(
        self, source: Path, root: Path, name: str, limits: Limits
    ) -> WatermarkLook | Unfit:
        """Look for TikTok's watermark in a video, and write frames that show it to `root / name`."""
        target = root / name
        job = FindWatermark(_absolute(source), _absolute(target), limits.image_pixels.value)
        answer = self._ask(job, self._video_seconds, target)
        if answer == {}:
            return WatermarkLook(None)
        found = typed(answer, Watermark, {"evidence": name})
        return found if isinstance(found, Unfit) else WatermarkLook(found)

    def fingerprint(self, source: Path, kind: MediaKind) -> Fingerprint | Unfit:
        """Take the fingerprint of a video or picture. Nothing is written."""
        is_video = kind is MediaKind.VIDEO
        seconds = self._video_seconds if is_video else self._picture_seconds
        job = FingerprintVideo if is_video else FingerprintPicture
        answer = self._ask(job(_absolute(source), COMPARED_PIXELS), seconds)
        return typed(answer, Fingerprint)

    def recording(self, source: Path, kind: MediaKind) -> Recording | Unfit:
        """Tell when a video or picture was made. Nothing is decoded or written."""
        job = DateVideo if kind is MediaKind.VIDEO else DatePicture
        answer = self._ask(job(_absolute(source), COMPARED_PIXELS), self._picture_seconds)
        return typed(answer, Recording)

    def compare(self, source: Path, post: Path, kind: MediaKind) -> Closeness | Unfit:
        """Compare a file with a post's, frame by frame. Nothing is written."""
        is_video = kind is MediaKind.VIDEO
        seconds = COMPARE_SECONDS if is_video else self._picture_seconds
        job = CompareVideos if is_video else ComparePictures
        answer = self._ask(job(_absolute(source), _absolute(post), COMPARED_PIXELS), seconds)
        return typed(answer, Closeness)

    def _ask(
        self,
        job: Job,
        seconds: float,
        target: Path | None = None,
        tell: Callable[[float], None] = lambda _: None,
    ) -> dict[str, Any] | Unfit:
        """Have the job done. `seconds` is how long the child may be without a word; `tell` hears
        how far it says that it is. `target` is the file that it writes, where it writes one. Raises
        `Stopped` once this decoder is killed."""
        for tries_left in reversed(range(TRIES)):
            child = self._running()
            try:
                answer = child.ask(job, seconds, tell)
                break
            except ChildLostError as exc:
                self._lose(child, target)
                if not (exc.killed and tries_left):
                    return Unfit(str(exc))
        return read_answer(answer, target)

    def _running(self) -> Child:
        """The child, started where there is none that lives."""
        child = self._child
        if child is not None and not child.alive:
            child.kill()
            child = None
        child = child or start_child()
        with self._lock:
            self._child = child
        if self._killed:
            child.kill()
            raise Stopped
        return child

    def _lose(self, child: Child, target: Path | None) -> None:
        """Forget a child that is of no use any more, and remove what it left half-written. Raises
        `Stopped` where this decoder was killed, as that is why."""
        child.kill()
        self._child = None
        if target is not None:
            sweep_temp(target.parent, process=child.pid)
        if self._killed:
            raise Stopped


def _absolute(path: Path) -> str:
    return str(path.absolute())
