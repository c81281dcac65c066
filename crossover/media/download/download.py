"""One file, from its link to its place on disk, over cut lines, full servers and changed files."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path

from crossover.media.containers.mp4_boxes import mp4_boxes
from crossover.media.containers.probe import HEAD_BYTES, MP4, PICTURES, looks_like
from crossover.media.download.answers import (
    announced_length,
    announced_piece,
    check_status,
    offered_version,
)
from crossover.media.download.disk_space import SPARE, DiskSpace
from crossover.media.download.http import MediaAnswer, MediaClient
from crossover.media.download.leftovers import SUFFIXES
from crossover.media.download.outages import Intercepted, Unanswered
from crossover.media.download.outcomes import Ended, LinkState, Result, Wanted
from crossover.media.download.partial_file import ObjectVersion, PartialFile
from crossover.model.uploads import Progress
from crossover.runtime.retry import Again, Backoff, repeat

log = logging.getLogger("crossover.download")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Our own guards. Bytes; `restarts` and the tries of `backoff` are per file and run.

    A try that brought `worth` bytes does not count, so that a large file gets through a bad line.
    A file whose length nobody tells is ended at `unsized_bytes`, a quarter of an hour at the
    highest rate seen (33 Mbit/s, November 2026). `spare` is left free on the disk, which is looked
    at every `step` bytes. `video_bytes` is above what RedNote is said to take.
    """

    video_bytes: int = 20 * 1024**3
    picture_bytes: int = 100 * 1024**2
    unsized_bytes: int = 4 * 10**9
    backoff: Backoff = field(default=Backoff(4, longest_wait=30.0, longest_asked_wait=120.0))
    restarts: int = 3
    worth: int = 256 * 1024
    spare: int = SPARE
    step: int = 8 * 1024**2

    def most(self, kinds: frozenset[str]) -> int:
        """Bytes that no file of these kinds has more of."""
        return self.video_bytes if MP4 in kinds else self.picture_bytes


def download(
    wanted: Wanted,
    folder: Path,
    client: MediaClient,
    bounds: Bounds,
    progress: Progress,
    space: DiskSpace,
) -> Result:
    """Fetch one file into `folder`, going on from what an earlier run left there.

    Raises `RetryLater` on a full disk and `Stopped` when asked to stop; the part stays for the
    next run then.
    """
    with PartialFile(folder, wanted.stem, wanted.key) as part:
        try:
            return _Download(wanted, part, client, bounds, progress, space).run()
        except Ended as end:
            if end.result.state is LinkState.UNFIT:
                progress(-part.size)
                part.discard()
            return end.result


class _Download:
    """The tries of one file. Whether one counts depends on the bytes it brought, and every wait
    ends when the creator stops the run."""

    def __init__(
        self,
        wanted: Wanted,
        part: PartialFile,
        client: MediaClient,
        bounds: Bounds,
        progress: Progress,
        space: DiskSpace,
    ) -> None:
        self._wanted = wanted
        self._part = part
        self._client = client
        self._bounds = bounds
        self._progress = progress
        self._space = space
        self._host = client.host(wanted.url) or ""
        self._intercepted: float | None = None
        self._restarts = 0
        self._unseen = 0
        self._before = 0

    def run(self) -> Result:
        """Fetch the file, trying again where that may help. Raises `Ended` where it came to
        nothing."""
        backoff = self._bounds.backoff
        try:
            return repeat(self._try, backoff, pause=self._pause, progressed=self._progressed)
        except Again as exc:
            if isinstance(exc, Intercepted) and exc.otherwise and self._another_answers():
                raise exc.otherwise from exc
            reason = exc.reason
            if (exc.wait or 0) > backoff.longest_asked_wait:
                reason = f"TikTok asks to wait {_span(exc.wait or 0, self._wanted.expires)}"
            raise Ended(LinkState.LATER, reason) from exc

    def _another_answers(self) -> bool:
        """Whether another file that came is given still: then it was the host itself."""
        address = self._client.outages.last_file
        if address is None or address == self._wanted.url:
            return False
        ask = {"Range": f"bytes=0-{HEAD_BYTES - 1}"}
        with suppress(Again, Ended), self._client.open(address, ask) as answer:
            head = b"".join(islice(answer.body, 1))
            return answer.status in (200, 206) and looks_like(head) != "a web page"
        return False

    def _progressed(self) -> bool:
        return self._part.size - self._before >= self._bounds.worth

    def _pause(self, failure: Again, seconds: float) -> None:
        if failure.wait is not None:  # for every file of this host
            self._client.slow_down(self._wanted.url, seconds)
            return
        self._client.watch.pause(seconds, enough=self._is_down)
        if self._is_down():
            raise failure

    def _is_down(self) -> bool:
        return self._client.outages.why_down(self._host) is not None

    # --- one try ------------------------------------------------------------------------------

    def _try(self) -> Result:
        self._before = self._part.size
        if not self._all_here():
            try:
                self._receive()
            except Unanswered as exc:
                self._count(exc)
                raise
        return self._finish()

    def _count(self, failure: Unanswered) -> None:
        """Raises `Ended` where others were answered since something else spoke in the host's place
        first: then it was the host itself."""
        outages = self._client.outages
        outages.failed(self._host, failure)
        if not isinstance(failure, Intercepted) or failure.otherwise is None:
            return
        if self._intercepted is None:
            self._intercepted = self._client.watch.clock.monotonic()
        if outages.answered_since(self._intercepted):
            raise failure.otherwise

    def _all_here(self) -> bool:
        return self._part.size > 0 and self._part.size == self._part.version.total

    def _receive(self) -> None:
        part, validator = self._part, self._part.version.validator
        ask = {}
        if part.size and validator:
            ask = {"Range": f"bytes={part.size}-", "If-Range": validator}
        with self._client.open(self._wanted.url, ask) as answer:
            body = self._past_login_page(answer)
            came = answer.status in (200, 206)
            self._client.outages.answered(self._host, self._wanted.url if came else None)
            self._intercepted = None
            check_status(answer)
            if answer.status == 416:
                self._restart(ObjectVersion(self._wanted.key), changed=False)
                raise Again("the file on TikTok is another now", wait=0)
            if answer.headers.get("content-encoding", "identity").lower() != "identity":
                raise Ended(LinkState.UNFIT, "it came compressed, though nobody asked for that")
            offered, end = self._align(answer)
            self._check_size(end if offered.total is None else offered.total)
            most = self._most_unsized() if end is None else end
            for data in body:
                self._client.outages.received(self._host)
                if part.size + len(data) > most:
                    raise Ended(LinkState.UNFIT, "more came than TikTok had said, or it never ends")
                self._reserve_more(len(data))
                part.write(data)
                self._space.wrote(self._wanted.stem, len(data))
                self._progress(len(data))
                if part.size >= HEAD_BYTES > part.size - len(data):
                    self._check_kind()
        whole = end if part.version.total is None else part.version.total
        if whole is not None and part.size < whole:
            raise Again(f"only {part.size:,} of {whole:,} bytes came")

    def _past_login_page(self, answer: MediaAnswer) -> Iterator[bytes]:
        """The body, when it is no web page: what is here of a file never gives way to one."""
        body = iter(answer.body)
        head = b""
        while answer.status == 200 and len(head) < HEAD_BYTES and (data := next(body, b"")):
            head += data
        kind = looks_like(head)
        if kind == "a web page" or (answer.is_login_page and kind not in self._wanted.kinds):
            page = "a web page came in place of the file"
            raise Intercepted(
                "a web page came in its place, as of a network that asks to log in first",
                otherwise=Ended(LinkState.UNFIT, page) if answer.status == 200 else None,
            )
        return chain((head,) if head else (), body)

    def _align(self, answer: MediaAnswer) -> tuple[ObjectVersion, int | None]:
        """Make the part end where the body begins. Returns what is offered, and where it ends."""
        length = announced_length(answer)
        if answer.status == 200:
            offered = offered_version(self._wanted.key, answer, length)
            self._restart(offered, changed=not offered.same_as(self._part.version))
            return offered, length
        piece = announced_piece(answer)
        if answer.status != 206 or piece is None:
            raise Again(f"an answer that makes no sense (code {answer.status})")
        first, end, total = piece
        offered = offered_version(self._wanted.key, answer, total)
        if (
            first != self._part.size
            or not self._part.size
            or not offered.same_as(self._part.version)
        ):
            self._restart(ObjectVersion(self._wanted.key), changed=True)
            raise Again("the file on TikTok is another now", wait=0)
        if length is not None and length != end - first:
            raise Again(f"{length} bytes were announced for a piece of {end - first}")
        return offered, end

    def _restart(self, version: ObjectVersion, *, changed: bool) -> None:
        if self._part.size:
            self._restarts += 1
            if self._restarts > self._bounds.restarts:
                size, total = self._part.size, self._part.version.total
                reason = "the file changes while it is being fetched"
                if not changed and total:
                    reason = f"{size:,} of {total:,} bytes came, and never more"
                raise Ended(LinkState.LATER, reason)
            log.debug("%s: beginning anew", self._wanted.stem)
        self._progress(-self._part.size)
        self._part.begin(version)

    def _check_size(self, announced: int | None) -> None:
        if announced is None:
            return
        if announced > self._bounds.most(self._wanted.kinds):
            raise Ended(LinkState.UNFIT, f"it claims to be {announced:,} bytes")
        if not self._space.reserve(self._wanted.stem, announced - self._part.size):
            raise self._space.refusal()

    def _most_unsized(self) -> int:
        most = min(self._bounds.most(self._wanted.kinds), self._bounds.unsized_bytes)
        return most if self._wanted.size is None else min(most, self._wanted.size)

    def _reserve_more(self, coming: int) -> None:
        """Space for a file without a length is reserved step by step; and another program may be
        filling the disk."""
        space, stem, step = self._space, self._wanted.stem, self._bounds.step
        if space.reserved(stem) < coming and not space.reserve(stem, max(step, coming)):
            raise space.refusal()
        self._unseen += coming
        if self._unseen >= step:
            self._unseen = 0
            if space.is_low:
                raise space.refusal()

    # --- what came ----------------------------------------------------------------------------

    def _check_kind(self) -> str:
        kind = looks_like(self._part.head)
        if kind in self._wanted.kinds:
            return kind
        if "/kfc/" in f"/{self._wanted.key}":
            raise Ended(
                LinkState.UNFIT,
                "TikTok gives this video out encrypted, not as a plain MP4; use your own copy",
            )
        video = (MP4,) if MP4 in self._wanted.kinds else ()
        picture = ("a picture",) if self._wanted.kinds.intersection(PICTURES) else ()
        wanted = " or ".join((*video, *picture))
        raise Ended(LinkState.UNFIT, f"it is {kind}, not {wanted}")

    def _finish(self) -> Result:
        kind = self._check_kind()
        if kind == MP4:
            missing = mp4_boxes(self._part.look_into(), self._part.size).missing_bytes
            if missing:
                raise Ended(LinkState.UNFIT, f"it is cut short: {missing:,} bytes are missing")
        size, sha256 = self._part.size, self._part.sha256
        path = self._part.finish(SUFFIXES[kind])
        log.info("%s: %d bytes", path.name, size)
        return Result(LinkState.FETCHED, path=path, bytes=size, sha256=sha256)


def _span(seconds: float, expires: datetime | None) -> str:
    """Describe how long that is, for a creator whose link expires at `expires`."""
    if expires is not None and seconds >= (expires - datetime.now(UTC)).total_seconds():
        return "longer than the link lives"
    for size, unit in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            number = round(seconds / size)
            return "longer than a year" if seconds > 366 * 86_400 else f"{number} {unit}"
    return f"{seconds:.0f} s"
