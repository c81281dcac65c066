"""Add what a creator has to the workspace that it belongs to: exports, words, media.

`find_sources` looks and changes nothing; `add_sources` merges what was found, and keeps it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from crossover.errors import CrossoverError
from crossover.library.file_counts import NO_FILES_GIVEN, FileCounts, count_files
from crossover.library.gathering import Gathered, gather, nothing_found
from crossover.library.keep import keep
from crossover.library.originals.candidates import (
    read_candidates,
    read_waiting,
    write_candidates,
)
from crossover.library.originals.finding import (
    NO_ORIGINALS,
    Originals,
    OriginalsContext,
)
from crossover.library.originals.pairing import take_originals
from crossover.library.overlap import check_apart
from crossover.library.posts_file import Library, read_library, write_library
from crossover.library.update import Added, add
from crossover.media.files.doubles import Contents
from crossover.media.files.file_names import Matched, sort_unclear
from crossover.media.files.own_files import Choice
from crossover.media.likeness.fingerprint_cache import FileProgress, FingerprintCache, in_silence
from crossover.model.posts import Post
from crossover.settings.answers import NO_FILE_CHOICES, FileChoices
from crossover.storage.checksums import read_checksums
from crossover.storage.os_errors import explain_os_error
from crossover.workspace import Workspace, find_workspace, find_workspaces, workspace_for

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sources:
    """What a creator named, and the workspace that it belongs to. `sheets` are not of `paths`: they
    are edits of the plan, and taken by `crossover.sheet.take`."""

    workspace: Workspace
    gathered: Gathered
    paths: tuple[Path, ...]
    sheets: tuple[Path, ...]

    def split_nameless(self) -> tuple[Sources, Sources]:
        """Without the files whose names tell nothing, and they alone: those are compared with what
        the links lead to, once it is fetched."""
        media = self.gathered.media
        named = replace(self.gathered, media=replace(media, nameless=()))
        nameless = Gathered(media=Matched((), (), media.nameless))
        return (
            replace(self, gathered=named),
            replace(self, gathered=nameless, paths=tuple(media.nameless), sheets=()),
        )


def _ignore(_done: int, _of: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class AddProgress:
    """Called with how far it is: bytes of an export read, files of captions read, files looked at,
    and posts whose files are in the workspace."""

    read_bytes: Callable[[int, int], None] = _ignore
    read_files: Callable[[int, int], None] = _ignore
    looked_at: FileProgress = in_silence
    kept: Callable[[int, int], None] = _ignore


@dataclass(frozen=True, slots=True)
class AddResult:
    """What an add did: what was found, what came of it, and the library that was kept.

    `other_files` are the posts, by id, that have other files now, or in another order; `laid_aside`
    is as in `Kept`."""

    found: Gathered
    added: Added
    library: Library
    other_files: frozenset[str] = frozenset()
    originals: Originals = NO_ORIGINALS
    laid_aside: tuple[Path, ...] = ()
    files: FileCounts = NO_FILES_GIVEN

    @property
    def changed_posts(self) -> int:
        """Posts of the given exports that there were before, and that are otherwise now."""
        return len(self.added.changed | (self.added.unchanged & self.other_files))

    @property
    def unchanged_posts(self) -> int:
        """Posts of the given exports that are as they were."""
        return len(self.added.unchanged - self.other_files)

    @property
    def got_files(self) -> int:
        """Posts that have other files now."""
        return sum(bool(p.media) and p.id in self.other_files for p in self.library.posts)


def find_sources(
    paths: Sequence[Path],
    chosen: Path | None,
    home: Path,
    *,
    is_sheet: Callable[[Path], bool],
    progress: AddProgress,
) -> Sources:
    """Look at what lies at the paths. Changes nothing. `chosen` is the workspace that was named.

    Raises `UsageProblem` for a path with nothing at it, an unknown workspace, a folder that is none
    or does not lie apart from what is given, and `ExportError` where there is nothing to begin with.
    """
    sheets = tuple(path for path in paths if is_sheet(path))
    others = tuple(path for path in paths if path not in sheets)
    found = gather(
        others, datetime.now(UTC), on_bytes=progress.read_bytes, on_files=progress.read_files
    )
    if chosen is not None:
        workspace = Workspace(chosen)
    elif found.exports:
        workspace = _workspace_of(found, home)
    elif sheets or find_workspaces(home):
        workspace = find_workspace(None, home)
    else:
        raise nothing_found(paths)
    check_apart(others, workspace.root)
    workspace.check()
    if not found.exports and not workspace.posts.exists():
        raise nothing_found(paths)
    return Sources(workspace, found, others, sheets)


def _workspace_of(found: Gathered, home: Path) -> Workspace:
    """Without a public name in it, an export belongs to the workspace that has its posts."""
    if found.handle is None:
        ids = {post.id for export in found.exports for post in export.posts}
        same = [workspace for workspace in find_workspaces(home) if ids & _post_ids(workspace)]
        if len(same) == 1:
            return same[0]
    return workspace_for(found.handle, home)


def _post_ids(workspace: Workspace) -> set[str]:
    try:
        return {post.id for post in read_library(workspace.posts).posts}
    except CrossoverError:  # another workspace's trouble is told when that one is used
        return set()


def add_sources(
    sources: Sources, progress: AddProgress, choices: FileChoices = NO_FILE_CHOICES
) -> AddResult | None:
    """Merge what was found into its workspace, which the caller holds; None where that is nothing.

    `choices` are what the creator says of files.
    Raises `UsageProblem` for an export of another account and for a choice that cannot be.
    """
    if not sources.paths and choices == NO_FILE_CHOICES:
        return None
    workspace, found = sources.workspace, sources.gathered
    before = read_library(workspace.posts)
    added = add(before, found)
    if not workspace.posts.exists():  # first of all: by it the folder is known as a workspace
        write_library(workspace.posts, before)
    workspace.prepare()
    originals = NO_ORIGINALS
    if any(own.unclear for own in found.media.files):
        media = _sort_unclear(found.media, workspace, progress.looked_at)
        found = replace(found, media=media)
        added = add(before, found)
    unclear = any(own.unclear for own in found.media.files)
    if found.media.nameless or unclear or choices != NO_FILE_CHOICES:
        added, originals = _add_originals(added, found, choices, workspace, progress.looked_at)
    kept = keep(added, workspace, progress.kept)
    for export in found.exports:
        log.info("export: %s, layout %s", export.format, export.layout)
    log.info("added; paths: %d, new posts: %d", len(sources.paths), len(added.new))
    had = {post.id: _sums(post) for post in before.posts}
    other = frozenset(p.id for p in kept.library.posts if _sums(p) != had.get(p.id, ()))
    counts = count_files(found, added, originals)
    return AddResult(found, added, kept.library, other, originals, kept.laid_aside, counts)


def _sort_unclear(media: Matched, workspace: Workspace, progress: FileProgress) -> Matched:
    """Look into the files that share a TikTok id, where their names do not tell which to take."""
    checksums = read_checksums(workspace.checksums)
    total = sum(bool(own.unclear) for own in media.files)
    places = count(1)
    with FingerprintCache(workspace.fingerprints) as fingerprints:
        contents = Contents(checksums, fingerprints)

        def choose(paths: Sequence[Path]) -> Choice | None:
            progress(paths[0], min(next(places), total), total)
            try:
                return contents.choose(paths)
            except OSError as exc:
                raise explain_os_error(exc, Path(exc.filename or paths[0])) from exc

        sorted_media = sort_unclear(media, choose)
    checksums.save(workspace.checksums)
    return sorted_media


def _sums(post: Post) -> tuple[str, ...]:
    return tuple(file.sha256 for file in post.media)


def _add_originals(
    added: Added,
    found: Gathered,
    choices: FileChoices,
    workspace: Workspace,
    progress: FileProgress,
) -> tuple[Added, Originals]:
    checksums = read_checksums(workspace.checksums)
    with FingerprintCache(workspace.fingerprints) as fingerprints:
        context = OriginalsContext(
            workspace.root,
            checksums,
            fingerprints,
            datetime.now(UTC),
            read_candidates(workspace.candidates),
            read_waiting(workspace.candidates),
            progress,
        )
        added, originals = take_originals(added, found, choices, context)
    checksums.save(workspace.checksums)
    write_candidates(workspace.candidates, originals.candidates, originals.waiting)
    return added, originals
