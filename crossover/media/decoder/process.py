"""The child process that decodes: one job at a time, a time limit, a successor when it crashes."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, TypeVar

from crossover.errors import CrossoverError, MissingTool
from crossover.limits.limits import Limits
from crossover.media.dating.dated import Recording
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
    RemuxVideo,
)
from crossover.media.fit.fitted import (
    CoverWish,
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
from crossover.runtime.child_process import module_command, start
from crossover.runtime.workers import Stopped
from crossover.storage.atomic import sweep_temp
from crossover.storage.documents import from_builtins, to_builtins, to_json_line
from crossover.storage.os_errors import explain_os_error
from crossover.text import one_line

START_SECONDS = 60.0
PICTURE_SECONDS = 60.0
VIDEO_SECONDS = 120.0
COMPARE_SECONDS = 60.0
"""Without a word of a comparison that goes on."""
TRIES = 3
"""How often a file is begun whose child something from outside ended: the system in want of memory,
or somebody. A file that itself makes the decoder crash is tried once."""
COMPARED_PIXELS = 100_000_000
"""Larger frames than these are not compared: a guard against picture bombs."""

_INDEX_BYTES = 32_000_000
"""By which an MP4 may be longer than what it was made of."""
_LONGEST_ANSWER = 1_000_000
_LONGEST_REASON = 300
_LIBRARIES = {"av": "PyAV", "PIL": "Pillow", "pillow_heif": "pillow-heif"}
_V = TypeVar("_V")


class _ChildLostError(Exception):
    """The child crashed or took too long; `str()` says which. `killed`: something from outside
    ended it, which says nothing of the file."""

    def __init__(self, reason: str, *, killed: bool = False) -> None:
        super().__init__(reason)
        self.killed = killed


class Decoder:
    """Owns the child. Started at the first job, replaced when it crashes or hangs, ended on
    exit. Of one thread at a time, but for `kill`."""

    def __init__(
        self, *, picture_seconds: float = PICTURE_SECONDS, video_seconds: float = VIDEO_SECONDS
    ) -> None:
        self._picture_seconds = picture_seconds
        self._video_seconds = video_seconds
        self._child: _Child | None = None
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
        answer = self._ask(job, seconds, target)
        if isinstance(answer, Unfit):
            return answer
        if isinstance(answer.get("thumbnail"), dict):
            answer["thumbnail"]["path"] = small
        if isinstance(answer.get("animation"), dict):
            answer["animation"]["path"] = film
        return self._typed(answer | {"path": name}, FittedPicture)

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
        answer = self._ask(job, self._video_seconds, target)
        if isinstance(answer, Unfit):
            return answer
        if isinstance(answer.get("cover"), dict):
            answer["cover"]["path"] = name
        if isinstance(answer.get("thumbnail"), dict):
            answer["thumbnail"]["path"] = small
        return self._typed(answer, FittedVideo)

    def remux(self, source: Path, root: Path, name: str, limits: Limits) -> SentVideo | Unfit:
        """Write film and sound of a video, as they are, to an MP4 at `root / name`."""
        target = root / name
        most = int(source.stat().st_size * 1.1) + _INDEX_BYTES
        job = RemuxVideo(_absolute(source), _absolute(target), limits.image_pixels.value, most)
        answer = self._ask(job, self._video_seconds, target)
        if isinstance(answer, Unfit):
            return answer
        return self._typed(answer | {"path": name, "how": How.REMUXED}, SentVideo)

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
        if isinstance(answer, Unfit):
            return answer
        for part, path in (("cover", name), ("thumbnail", small)):
            if isinstance(answer.get(part), dict):
                answer[part]["path"] = path
        return self._typed(answer | {"wish": to_builtins(wish)}, OwnCover)

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
        if isinstance(answer, Unfit):
            return answer
        more = {"path": name, "how": How.CONVERTED, "took": time.monotonic() - began}
        return self._typed(answer | more, SentVideo)

    def watermark(
        self, source: Path, root: Path, name: str, limits: Limits
    ) -> WatermarkLook | Unfit:
        """Look for TikTok's watermark in a video, and write frames that show it to `root / name`."""
        target = root / name
        job = FindWatermark(_absolute(source), _absolute(target), limits.image_pixels.value)
        answer = self._ask(job, self._video_seconds, target)
        if isinstance(answer, Unfit):
            return answer
        if isinstance(answer.get("evidence"), dict):
            answer["evidence"]["path"] = name
        return self._typed({"watermark": answer or None}, WatermarkLook)

    def fingerprint(self, source: Path, kind: MediaKind) -> Fingerprint | Unfit:
        """Take the fingerprint of a video or picture. Nothing is written."""
        is_video = kind is MediaKind.VIDEO
        seconds = self._video_seconds if is_video else self._picture_seconds
        job = FingerprintVideo if is_video else FingerprintPicture
        answer = self._ask(job(_absolute(source), COMPARED_PIXELS), seconds)
        return answer if isinstance(answer, Unfit) else self._typed(answer, Fingerprint)

    def recording(self, source: Path, kind: MediaKind) -> Recording | Unfit:
        """Tell when a video or picture was made. Nothing is decoded or written."""
        job = DateVideo if kind is MediaKind.VIDEO else DatePicture
        answer = self._ask(job(_absolute(source), COMPARED_PIXELS), self._picture_seconds)
        return answer if isinstance(answer, Unfit) else self._typed(answer, Recording)

    def compare(self, source: Path, post: Path, kind: MediaKind) -> Closeness | Unfit:
        """Compare a file with a post's, frame by frame. Nothing is written."""
        is_video = kind is MediaKind.VIDEO
        seconds = COMPARE_SECONDS if is_video else self._picture_seconds
        job = CompareVideos if is_video else ComparePictures
        answer = self._ask(job(_absolute(source), _absolute(post), COMPARED_PIXELS), seconds)
        return answer if isinstance(answer, Unfit) else self._typed(answer, Closeness)

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
            except _ChildLostError as exc:
                self._lose(child, target)
                if not (exc.killed and tries_left):
                    return Unfit(str(exc))
        if target is not None and "errno" in answer:
            number = int(answer["errno"])
            if number == errno.EFBIG:
                return Unfit("what comes of it is too large a file")
            raise explain_os_error(OSError(number, os.strerror(number)), target)
        if "error" in answer:
            reason = one_line(answer["error"])[:_LONGEST_REASON]
            advice = one_line(answer.get("advice", ""))[:_LONGEST_REASON]
            return Unfit(reason, lasting=answer.get("lasting") is True, advice=advice)
        return answer

    def _running(self) -> _Child:
        """The child, started where there is none that lives."""
        child = self._child
        if child is not None and not child.alive:
            child.kill()
            child = None
        child = child or _start_child()
        with self._lock:
            self._child = child
        if self._killed:
            child.kill()
            raise Stopped
        return child

    def _lose(self, child: _Child, target: Path | None) -> None:
        """Forget a child that is of no use any more, and remove what it left half-written. Raises
        `Stopped` where this decoder was killed, as that is why."""
        child.kill()
        self._child = None
        if target is not None:
            sweep_temp(target.parent, process=child.pid)
        if self._killed:
            raise Stopped

    def _typed(self, answer: dict[str, Any], kind: type[_V]) -> _V | Unfit:
        try:
            return from_builtins(answer, kind)
        except ValueError:
            return Unfit("reading it gave no usable answer")


def worker_command() -> list[str]:
    """The command line of the child."""
    return module_command("crossover.media.decoder.worker")


def _start_child() -> _Child:
    for tries_left in reversed(range(TRIES)):
        try:
            return _Child()
        except _ChildLostError as exc:
            if not (exc.killed and tries_left):
                raise _not_started("it did not answer") from exc
    raise AssertionError  # the last try returns or raises


class _Child:
    """One running `worker`. A thread reads its answers, as pipes cannot be waited for on
    every system."""

    def __init__(self) -> None:
        """Start it. Raises `_ChildLostError` where it does not answer."""
        self._answers: queue.Queue[bytes | None] = queue.Queue()
        try:
            self._process = start(
                worker_command(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # Of glibc: else each thread reserves 64 MB of the addresses that bound a child.
                environment={"MALLOC_ARENA_MAX": "2"},
            )
        except OSError as exc:
            raise _not_started(str(exc)) from exc
        assert self._process.stdin is not None  # noqa: S101  for the type checker
        assert self._process.stdout is not None  # noqa: S101
        self._jobs = self._process.stdin
        self._reader = threading.Thread(
            target=_read_lines, args=(self._process.stdout, self._answers), daemon=True
        )
        self._reader.start()
        try:
            hello = self._answer(START_SECONDS)
        except BaseException:
            self.kill()
            raise
        if "missing" in hello:
            self.kill()
            raise _missing(str(hello["missing"]))
        # Not that of the process that was started, which may have started the interpreter in turn.
        self.pid = int(hello["pid"])

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, job: Job, seconds: float, tell: Callable[[float], None]) -> dict[str, Any]:
        """Have the child do one job; `tell` hears its progress, and after `seconds` without a word
        it is given up. Raises `_ChildLostError`: it is of no use then."""
        try:
            self._jobs.write(to_json_line(job).encode() + b"\n")
            self._jobs.flush()
        except OSError as exc:
            raise self._crashed() from exc
        while "progress" in (answer := self._answer(seconds)):
            tell(float(answer["progress"]))
        return answer

    def _answer(self, seconds: float) -> dict[str, Any]:
        until = time.monotonic() + seconds
        while True:
            remaining = until - time.monotonic()
            if remaining <= 0:
                raise _ChildLostError(f"reading it took longer than {seconds:g} seconds")
            try:
                # In slices: on Windows a longer wait would not notice Ctrl-C.
                line = self._answers.get(timeout=min(remaining, 0.5))
                break
            except queue.Empty:
                continue
        if line is None:
            raise self._crashed()
        try:
            answer = json.loads(line)
        except ValueError as exc:
            raise _ChildLostError("reading it gave no usable answer") from exc
        if not isinstance(answer, dict):
            raise _ChildLostError("reading it gave no usable answer")
        return answer

    def _crashed(self) -> _ChildLostError:
        # A moment, as its pipes close before it is gone. On Windows nobody can tell who ended it.
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
        killed = os.name != "nt" and self._process.returncode == -signal.SIGKILL
        return _ChildLostError("reading it made the decoder crash", killed=killed)

    def end(self) -> None:
        """Let the child finish what it writes, then make sure that it is gone."""
        with contextlib.suppress(OSError):
            self._jobs.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=2)
        self.kill()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            self._jobs.close()
        self._reader.join(timeout=5)


def _absolute(path: Path) -> str:
    return str(path.absolute())


def _read_lines(pipe: IO[bytes], answers: queue.Queue[bytes | None]) -> None:
    with pipe:
        while line := pipe.readline(_LONGEST_ANSWER):
            answers.put(line)
    answers.put(None)


def _missing(module: str) -> MissingTool:
    library = _LIBRARIES.get(module.partition(".")[0], module)
    return MissingTool(
        f"{one_line(library)} is missing or broken; without it no picture or video can be read.",
        next="Install crossover again, the same way as before.",
    )


def _not_started(detail: str) -> CrossoverError:
    return CrossoverError(
        f"The process that reads pictures and videos could not be started: {one_line(detail)}.",
        next="Install crossover again; if that does not help, install Python again.",
    )
