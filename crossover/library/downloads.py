"""The files behind the links of a workspace's posts, fetched before the links die.

`survey_links` and `fetchable_posts` look at what a run could bring; `fetch_files` is the run.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crossover.errors import CrossoverError, Interrupted, RetryLater
from crossover.library.link_survey import (
    FOLDER,
    Line,
    LinkEnd,
    TakenFiles,
    survey,
    take_fetched,
    to_fetch,
    unfinished,
)
from crossover.library.posts_file import Library, read_library, write_library
from crossover.media.download.disk_space import SPARE
from crossover.media.download.leftovers import part_bytes, sweep_parts
from crossover.media.download.outcomes import LinkState, Result, Wanted
from crossover.media.download.outcomes_file import LinkOutcomes, read_outcomes
from crossover.storage.checksums import Checksums, read_checksums
from crossover.storage.os_errors import explain_os_error
from crossover.workspace import Workspace

if TYPE_CHECKING:
    from crossover.media.download.addresses import ExtraHost

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fetched:
    """How a run ended. `received` and `free` are bytes; `early` is why it did not go to its end."""

    library: Library
    links: tuple[LinkEnd, ...]
    posts_without_files: tuple[int, ...]
    received: int
    free: int
    early: CrossoverError | None = None

    @property
    def waiting(self) -> int:
        """Links that a later run may still fetch."""
        return sum(link.state is LinkState.LATER for link in self.links) + self.no_room

    @property
    def is_complete(self) -> bool:
        """Whether the run went to its end and left nothing to a later one."""
        return self.early is None and not self.waiting

    @property
    def failed(self) -> bool:
        """Whether links left a post without its files; one without links never had any."""
        linked = {link.number for link in self.links if not link.cover}
        return not linked.isdisjoint(self.posts_without_files)

    @property
    def no_room(self) -> int:
        """Count the links that wait for room on the disk."""
        return sum(link.state is LinkState.NO_ROOM for link in self.links)


@dataclass(frozen=True, slots=True)
class ToFetch:
    """What a run is about to fetch: files, and in bytes what is still to come of them (None: not
    known), what is free on the disk and what of that stays free."""

    files: int
    bytes: int | None
    free: int
    spare: int = SPARE


class FetchProgress:
    """Is called as a run goes on. This one does nothing; a screen overrides what it shows."""

    def ask(self, files: int) -> None:
        """The servers of so many files are asked how large they are."""

    def asked(self) -> None:
        """One of them answered."""

    def begin(self, coming: ToFetch) -> None:
        """The run begins."""

    def wait(self, seconds: float) -> None:
        """TikTok asked to wait. Called from any thread."""

    def host_down(self, host: str) -> None:
        """This host does not answer; the files that it has still are left for later."""

    def received(self, size: int) -> None:
        """So many bytes more are there; fewer, when a file begins anew."""

    def ended(self, line: Line, result: Result) -> None:
        """A link ended; of links to the same file, the first."""


def fetchable_posts(workspace: Workspace) -> int:
    """Count the posts that lack files that can still be fetched. What ended for good in an earlier
    run does not count, though `crossover fetch` itself tries it again."""
    library = read_library(workspace.posts)
    return len(unfinished(library, survey_links(library, workspace, anew=False)))


def survey_links(library: Library, workspace: Workspace, *, anew: bool) -> tuple[Line, ...]:
    """List every link as it stands now; `anew` forgets how it ended in an earlier run."""
    outcomes = None if anew else read_outcomes(workspace.root / FOLDER)
    return survey(library, workspace.root, datetime.now(UTC), outcomes)


def fetched_covers(library: Library, workspace: Workspace) -> dict[str, str]:
    """Find TikTok's covers that were fetched: their paths from the workspace, by the post's id."""
    if not any((workspace.root / FOLDER).glob("*-cover-*")):
        return {}
    return {
        line.post: line.known.path.relative_to(workspace.root).as_posix()
        for line in survey_links(library, workspace, anew=False)
        if line.is_cover and line.known and line.known.path
    }


def fetch_files(
    workspace: Workspace,
    extra_host: ExtraHost | None,
    stop: Callable[[], bool],
    *,
    anew: bool,
    progress: FetchProgress | None = None,
) -> Fetched:
    """Fetch what the posts link to and take it into posts.json, as far as it got.

    The caller holds the workspace. An end before the end (`Interrupted` once `stop` is true,
    `RetryLater` on a full disk, `TikTokUnreachable` when no host answers) is in the answer, after
    everything that came was saved. `anew` tries again what ended for good in an earlier run. Raises
    a `CrossoverError` where it cannot be saved.
    """
    library = read_library(workspace.posts)
    folder = workspace.root / FOLDER
    now = datetime.now(UTC)
    outcomes = read_outcomes(folder)
    lines = survey(library, workspace.root, now, LinkOutcomes() if anew else outcomes)
    checksums = read_checksums(workspace.checksums)
    run = _Run(workspace, lines, checksums, progress or FetchProgress())
    early = run.fetch(extra_host, stop)
    try:
        settled = take_fetched(library, lines, run.results, workspace.root, checksums)
        if settled.library != library:
            write_library(workspace.posts, settled.library)
        checksums.save(workspace.checksums)
        tried = ((line.wanted, run.results.get(line.wanted.key)) for line in lines)
        if (after := outcomes.after(tried, now)) != outcomes:
            after.save(folder)
        sweep_parts(folder, {line.wanted.stem for line in lines})
        free = shutil.disk_usage(workspace.root).free
    except OSError as exc:
        raise explain_os_error(exc, workspace.media) from exc
    _log(settled)
    return Fetched(
        settled.library, settled.links, settled.posts_without_files, run.received, free, early
    )


class _Run:
    """What came so far: `results` by object key, `received` in bytes."""

    def __init__(
        self,
        workspace: Workspace,
        lines: Iterable[Line],
        checksums: Checksums,
        progress: FetchProgress,
    ) -> None:
        self._workspace = workspace
        self._lines = tuple(lines)
        self._checksums = checksums
        self._progress = progress
        self.results: dict[str, Result] = {}
        self.received = 0

    def fetch(
        self, extra_host: ExtraHost | None, stop: Callable[[], bool]
    ) -> CrossoverError | None:
        """Fetch all files. Returns why that ended early, where it did."""
        # The network parts are slow to load.
        from crossover.media.download.connections import Watch
        from crossover.media.download.http import MediaClient
        from crossover.media.download.queue import WORKERS, fetch, in_order
        from crossover.media.download.sizes import ask_sizes, guess_total

        early: CrossoverError | None = None
        wanted = in_order(to_fetch(self._lines))
        if not wanted:
            return None
        folder = self._workspace.root / FOLDER
        firsts = {line.wanted.key: line for line in reversed(self._lines)}
        with MediaClient(Watch(stop, on_wait=self._progress.wait), extra_host=extra_host) as client:
            self._progress.ask(len(wanted))
            sizes = ask_sizes(wanted, client, workers=WORKERS, asked=self._progress.asked)
            wanted = [replace(one, size=sizes.get(one.key)) for one in wanted]
            self._begin(wanted, guess_total(wanted, sizes))
            try:
                for one, result in fetch(
                    wanted, folder, client, self._receive, host_down=self._progress.host_down
                ):
                    self.results[one.key] = result
                    if result.path and result.sha256:
                        self._checksums.remember(result.path, result.sha256)
                    self._progress.ended(firsts[one.key], result)
            except RetryLater as exc:
                early = exc
            for one in wanted:
                reason = client.outages.why_down(client.host(one.url))
                if reason is not None and one.key not in self.results:
                    self.results[one.key] = Result(LinkState.LATER, reason)
            return _stopped() if stop() else early

    def _begin(self, wanted: list[Wanted], total: int | None) -> None:
        root = self._workspace.root
        if total is not None:
            total = max(0, total - sum(part_bytes(root / FOLDER, one.stem) for one in wanted))
        free = shutil.disk_usage(root).free
        log.info("%d files to fetch, %s bytes, %d free", len(wanted), total, free)
        self._progress.begin(ToFetch(len(wanted), total, free))

    def _receive(self, size: int) -> None:
        self.received += max(0, size)
        self._progress.received(size)


def _stopped() -> Interrupted:
    return Interrupted(
        "Stopped, as you asked. What came is kept.", next="The same command goes on where it was."
    )


def _log(settled: TakenFiles) -> None:
    for link in settled.links:
        name = "cover" if link.cover else f"link {link.place}"
        log.info("post %d, %s: %s %s", link.number, name, link.state, link.reason)
