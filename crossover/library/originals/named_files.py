"""Finds and checks the files that the creator named for posts."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from crossover.errors import UsageProblem
from crossover.exports.links import is_page_link
from crossover.library.gathering import Gathered
from crossover.library.link_survey import has_originals
from crossover.library.posts_file import Library
from crossover.media.files.file_names import media_kind, why_unmoved
from crossover.media.files.own_files import paths_of
from crossover.media.files.placeholders import MissingContent
from crossover.media.fit.fitted import Unfit
from crossover.media.likeness.fingerprint_cache import FingerprintCache
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.posts import FILE, Kind, MediaKind, Origin, Post
from crossover.settings.answers import FileChoices
from crossover.text import one_line


def find_named_files(
    library: Library, choices: FileChoices, found: Gathered
) -> dict[str, tuple[Path, ...]]:
    """Find the files that the creator named for posts, by the posts' ids, in the order named; the
    numbers are checked. Raises `UsageProblem` for a file that was not given, that is named twice,
    or that cannot be the post's."""
    given = [*found.media.nameless, *(path for odd in found.media.odd for path in odd.paths)]
    for own in found.media.files:
        given += paths_of(own)
    ids = {post.number: post.id for post in library.posts}
    named: dict[str, tuple[Path, ...]] = {}
    for number, name in choices.pairs:
        path = _find_named(name, given, found.missing_content)
        if any(path in paths for paths in named.values()):
            raise UsageProblem(f"{name} is named twice.", next="Say one of them.")
        named[ids[number]] = (*named.get(ids[number], ()), path)
    for post in library.posts:
        if paths := named.get(post.id):
            _check_kind(post, paths)
            _check_count(post, paths)
    return named


def _find_named(name: str, given: Sequence[Path], missing: Sequence[MissingContent]) -> Path:
    """Find the file of this name or path. Raises `UsageProblem` where not exactly one is given."""
    whole = Path(name).absolute()
    matches = [path for path in given if path.absolute() == whole]
    matches = matches or [path for path in given if path.name == name]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise UsageProblem(
            f"{len(matches)} files are named {one_line(name)}.",
            next=f"Say which: --pair {shlex.quote(f'NOTE={matches[0]}')}",
        )
    for one in missing:
        if one.name == name or one.path.absolute() == whole:
            raise UsageProblem(
                f"{one_line(name)} cannot be used: {one.reason}.", next="Nothing was changed."
            )
    if why := why_unmoved(Path(name)):
        raise UsageProblem(
            f"{one_line(name)} cannot be used: {why}.", next="Then name that copy for its post."
        )
    raise UsageProblem(
        f"There is no video or picture {one_line(name)} in what you gave.",
        next=Hint(
            "Give it, or its folder, too: ",
            step("add", Placeholder("FOLDER"), "--pair", f"NOTE={one_line(name)}"),
        ),
    )


def _check_kind(post: Post, paths: Sequence[Path]) -> None:
    videos = [path for path in paths if media_kind(path) is MediaKind.VIDEO]
    wrong = videos if post.kind is Kind.PHOTOS else []
    if post.kind is Kind.VIDEO:
        wrong = [path for path in paths if path not in videos]
    if wrong:
        kind = "a photo post" if post.kind is Kind.PHOTOS else "a video"
        raise UsageProblem(
            f"Post {post.number} is {kind}, and {wrong[0].name} is none.",
            next=Hint("Look at the numbers again: ", step("plan")),
        )
    if videos and len(paths) > 1:
        raise UsageProblem(
            f"Post {post.number} can have one video or several pictures.", next="Say one of them."
        )


def pictures_of(post: Post) -> int | None:
    """Count the pictures that a photo post has; None where that is not known."""
    if post.kind is not Kind.PHOTOS:
        return None
    if post.links and not any(is_page_link(link.url) for link in post.links):
        return len(post.links)
    return len(post.media) or None if post.origin_of_files is not Origin.NAMED else None


def _check_count(post: Post, paths: Sequence[Path]) -> None:
    wanted = pictures_of(post)
    if wanted is not None and len(paths) != wanted:
        pictures = "picture" if wanted == 1 else "pictures"
        raise UsageProblem(
            f"Post {post.number} has {wanted:,} {pictures}, you named {len(paths):,}.",
            next=f"Name all of them, in their order: --pair {post.number}=FILE for each.",
        )


def check_readable(
    library: Library, files: Mapping[str, tuple[Path, ...]], fingerprints: FingerprintCache
) -> None:
    """Look at the files that were named for posts, by their ids. Raises `UsageProblem` for one that
    nobody could watch, so that it takes no good copy's place."""
    for post in library.posts:
        for path in files.get(post.id, ()):
            fingerprint = fingerprints.of(path, media_kind(path) or MediaKind.IMAGE)
            if isinstance(fingerprint, Unfit):
                raise UsageProblem(
                    f"{one_line(path.name)} cannot be post {post.number}'s: {fingerprint.reason}.",
                    next="Post and file stay as they were; name another file.",
                )


def refuse_files(post: Post, checksums: Iterable[str]) -> Post:
    """Refuse files of these checksums for good, and remove those that the post has."""
    refused = tuple(dict.fromkeys((*post.not_files, *checksums)))
    if not any(media.sha256 in refused for media in post.media):
        return replace(post, not_files=refused)
    evidence = tuple(e for e in post.evidence if e.what != FILE)
    return replace(post, media=(), not_files=refused, evidence=evidence)


def is_removable(post: Post) -> bool:
    """Whether the post's files came by likeness or because they were named."""
    by_name = post.origin_of_files is Origin.TIKTOK_ID_IN_NAME
    return bool(post.media) and has_originals(post) and not by_name
