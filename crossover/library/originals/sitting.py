"""Asks whose the files are that wait, and keeps every answer at once.

`open_sitting` reads a workspace, `list_questions` says what is to be asked now, `take_files` and
`refuse_files_asked` keep an answer. The caller holds the workspace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from crossover.errors import UsageProblem
from crossover.library.keep import keep
from crossover.library.link_survey import FOLDER, Line, survey
from crossover.library.originals.candidates import (
    read_candidates,
    read_waiting,
    write_candidates,
)
from crossover.library.originals.named_files import check_readable, pictures_of, refuse_files
from crossover.library.originals.waiting import AlikeFiles, WaitingFiles, find_open_posts
from crossover.library.posts_file import Library
from crossover.library.update import name_files
from crossover.media.dating.dated import DatedFile
from crossover.media.dating.proposals import OpenPost, Proposal, Proposals, propose
from crossover.media.download.outcomes_file import read_outcomes
from crossover.media.likeness.fingerprint_cache import FingerprintCache
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.posts import Origin, Post
from crossover.storage.checksums import Checksums, file_key, read_checksums
from crossover.storage.os_errors import explain_os_error
from crossover.text import one_line
from crossover.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PossiblePost:
    """A post that files may be: by their dates as in `proposal`, or else they are like it, and
    `why` says how."""

    post: Post
    proposal: Proposal | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class FileQuestion:
    """Files that belong together, and the posts that they may be, likeliest first. `dated` are the
    same files where their dates say so."""

    paths: tuple[Path, ...]
    posts: tuple[PossiblePost, ...]
    dated: tuple[DatedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Sitting:
    """A workspace whose files are asked about. `here` are the files that wait and are as they were,
    by path; `gone` are the others. `lines` are a survey of its links."""

    workspace: Workspace
    library: Library
    waiting: WaitingFiles
    here: Mapping[str, str]
    gone: tuple[str, ...]
    checksums: Checksums
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FileQuestions:
    """What is to be asked, and how many files are not, as in `Proposals`."""

    asked: tuple[FileQuestion, ...]
    left: Proposals


def open_sitting(workspace: Workspace, library: Library, now: datetime) -> Sitting:
    """Look which of the files that wait are there still. Changes nothing but the checksums that are
    known in memory. Raises what reading a file raises."""
    waiting, checksums = read_waiting(workspace.candidates), read_checksums(workspace.checksums)
    used: dict[int, set[str]] = defaultdict(set)
    for media in (media for post in library.posts for media in post.media):
        used[media.bytes].add(media.sha256)
    here: dict[str, str] = {}
    gone: list[str] = []
    settled = set(waiting.settled)
    as_it_was = {one.path: (one.bytes, one.mtime_ns) for one in waiting.dated}
    alike = [path for one in waiting.alike for path in one.paths]
    for path in dict.fromkeys([*(path for path in as_it_was if path not in settled), *alike]):
        try:
            stat = Path(path).stat()
            if as_it_was.get(path, (stat.st_size, stat.st_mtime_ns)) != (
                stat.st_size,
                stat.st_mtime_ns,
            ):
                gone.append(path)
            elif stat.st_size not in used or checksums.of(Path(path)) not in used[stat.st_size]:
                here[path] = checksums.known.get(file_key(stat), "") if stat.st_ino else ""
        except OSError:
            gone.append(path)
    lines = survey(library, workspace.root, now, read_outcomes(workspace.root / FOLDER))
    return Sitting(workspace, library, waiting, here, tuple(gone), checksums, lines)


def list_questions(sitting: Sitting) -> FileQuestions:
    """List what is to be asked, in order: first files that look like a post, then by date."""
    posts = {post.id: post for post in sitting.library.posts}
    alike = list(_alike_questions(sitting, posts))
    asked = {str(path) for question in alike for path in question.paths}
    settled = set(sitting.waiting.settled)
    dated = [
        one
        for one in sitting.waiting.dated
        if one.path in sitting.here and one.path not in settled | asked
    ]

    def is_refused(file: DatedFile, post: OpenPost) -> bool:
        return sitting.here[file.path] in posts[post.post].not_files

    found = propose(dated, find_open_posts(posts.values(), sitting.lines), is_refused)
    by_date = (
        FileQuestion(
            tuple(Path(one.path) for one in group),
            tuple(PossiblePost(posts[one.post], one) for one in proposals),
            group,
        )
        for group, proposals in found.asked
    )
    return FileQuestions((*alike, *by_date), found)


def _alike_questions(sitting: Sitting, posts: Mapping[str, Post]) -> Iterator[FileQuestion]:
    by_files: dict[tuple[str, ...], list[PossiblePost]] = defaultdict(list)
    for one in sitting.waiting.alike:
        post = posts.get(one.post)
        if post and _may_still_be(one, post, sitting.here):
            by_files[one.paths].append(PossiblePost(post, why=one.why))
    for paths, some in by_files.items():
        yield FileQuestion(tuple(map(Path, paths)), tuple(some))


def _may_still_be(one: AlikeFiles, post: Post, here: Mapping[str, str]) -> bool:
    """Whether these files, all of them, may be the post and nobody said otherwise."""
    return (
        all(path in here for path in one.paths)
        and not any(here[path] in post.not_files for path in one.paths)
        and post.origin_of_files not in (Origin.NAMED, Origin.TIKTOK_ID_IN_NAME)
        and pictures_of(post) in (None, len(one.paths))
    )


def take_files(
    fingerprints: FingerprintCache, sitting: Sitting, question: FileQuestion, post: Post
) -> Sitting:
    """Give the post these files, as named by the creator, and keep that. Raises `UsageProblem` for
    a file that is not the one that was asked about any more, and for one that nobody could watch,
    where it would take the place of another."""
    _check_as_asked(sitting, question)
    files = {post.id: question.paths}
    if post.media:
        check_readable(sitting.library, files, fingerprints)
    kept = keep(name_files(sitting.library, files), sitting.workspace)
    here = {path: sha for path, sha in sitting.here.items() if Path(path) not in question.paths}
    return replace(sitting, library=kept.library, here=here)


def refuse_files_asked(sitting: Sitting, question: FileQuestion) -> Sitting:
    """Keep that these files are none of the posts that were proposed, and are not to be asked about
    by their dates again. Raises `UsageProblem` for a file that is not the one that was asked about
    any more."""
    _check_as_asked(sitting, question)
    sums: list[str] = []
    for path in question.paths:
        try:
            sums.append(sitting.checksums.of(path))
        except OSError as exc:
            raise explain_os_error(exc, path) from exc
    sitting.checksums.save(sitting.workspace.checksums)
    asked = {one.post.id for one in question.posts}
    posts = tuple(
        refuse_files(post, sums) if post.id in asked else post for post in sitting.library.posts
    )
    library = replace(sitting.library, posts=posts)
    kept = keep(name_files(library, {}), sitting.workspace)
    here = {**sitting.here, **dict(zip(map(str, question.paths), sums, strict=True))}
    waiting = sitting.waiting
    if question.dated:
        settled = {*waiting.settled, *(one.path for one in question.dated)}
        waiting = replace(waiting, settled=tuple(sorted(settled)))
        candidates = read_candidates(sitting.workspace.candidates)
        write_candidates(sitting.workspace.candidates, candidates, waiting)
    return replace(sitting, library=kept.library, here=here, waiting=waiting)


def _check_as_asked(sitting: Sitting, question: FileQuestion) -> None:
    """A sitting takes as long as its creator: files go and change meanwhile."""
    dated = {one.path: (one.bytes, one.mtime_ns) for one in question.dated}
    for path in question.paths:
        try:
            stat = path.stat()
            now = stat.st_size, stat.st_mtime_ns
            known = sitting.checksums.known.get(file_key(stat), "")
        except OSError:
            is_same = False
        else:
            is_same = dated.get(str(path), now) == now and sitting.here[str(path)] in ("", known)
        if not is_same:
            raise UsageProblem(
                f"{one_line(path.name)} is not there any more, or changed: it is not used.",
                next=Hint("If it is elsewhere: ", step("add", Placeholder("FOLDER"))),
            )


def posts_asked(workspace: Workspace, library: Library, now: datetime) -> frozenset[str]:
    """Find the posts, by id, that something would be asked about."""
    asked = list_questions(open_sitting(workspace, library, now)).asked
    return frozenset(one.post.id for question in asked for one in question.posts)
