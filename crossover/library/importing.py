"""Puts the creator's own files into the workspace: linked where the disk can, else copied."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from crossover.library.removal import Removal
from crossover.media.files.file_names import media_kind
from crossover.model.posts import FILE, Evidence, Media, MediaKind, Origin, Post
from crossover.storage.atomic import sync_folder, temp_beside
from crossover.storage.checksums import Checksums
from crossover.storage.os_errors import explain_os_error

_NAME = re.compile(r"media/[0-9]{4,}-[0-9]{2,}-[0-9a-f]{12}[^/\\]*")
"""The names that are given here, relative to the workspace."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Files of one post in order, and how they came to it: `how` and `detail` of their evidence."""

    paths: tuple[Path, ...]
    how: Origin
    detail: str


def keep_files(
    post: Post, placed: Placed, root: Path, checksums: Checksums, removal: Removal
) -> Post:
    """Give the post these files, in order, and put them into `root/media`.

    `checksums` are those of the workspace, for the caller to save: no file is read twice for its
    sum. Names carry the content's sum, so nothing that an older posts.json names is overwritten;
    a file that was changed under its name goes first, by `removal`.
    Raises a `CrossoverError` for a file that cannot be read or put there."""
    paths = enumerate(placed.paths, 1)
    media = tuple(_keep_file(post, place, path, root, checksums, removal) for place, path in paths)
    same = [m.sha256 for m in media] == [m.sha256 for m in post.media]
    if same and placed.how is not Origin.NAMED:
        return replace(post, media=media)
    proof = tuple(Evidence(FILE, placed.how, placed.detail, file.source) for file in media)
    others = tuple(e for e in post.evidence if e.what != FILE)
    return replace(post, media=media, evidence=(*others, *proof))


def imported_names(posts: Iterable[Post]) -> set[str]:
    """Give the names of the posts' files that were put into `media` here; fetched ones are not."""
    return {file.path for post in posts for file in post.media if _NAME.fullmatch(file.path)}


def _keep_file(
    post: Post, place: int, source: Path, root: Path, checksums: Checksums, removal: Removal
) -> Media:
    kind = media_kind(source) or MediaKind.IMAGE
    try:
        sha256 = checksums.of(source)
        name = f"{post.number:04}-{place:02}-{sha256[:12]}{source.suffix.lower()}"
        target = root / "media" / name
    except OSError as exc:
        raise explain_os_error(exc, source) from exc
    try:
        if not target.exists() or checksums.of(target) != sha256:
            removal.remove(target)
            link_or_copy(source, target)
            checksums.remember(target, sha256)
        stat = target.stat()
    except OSError as exc:
        raise explain_os_error(exc, target) from exc
    # A file of the post's own in another place keeps the name that the creator gave it.
    known = {root / media.path: media.source for media in post.media}
    source_name = known.get(source, source.name)
    return Media(f"media/{name}", kind, sha256, stat.st_size, stat.st_mtime_ns, source_name)


def link_or_copy(source: Path, target: Path) -> None:
    """Make `target` the same file where the disk can link, else a copy that is whole or not there.
    Raises `OSError`."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temp = temp_beside(target)
    try:
        try:
            os.link(source.resolve(), temp)
        except OSError:  # another disk, or one that cannot link
            _copy(source, temp)
        temp.replace(target)
        sync_folder(target.parent)
    finally:
        temp.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    """Copy what is in the file and its times; the copy is for its owner alone."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    shutil.copyfile(source, target)
    stat = source.stat()
    os.utime(target, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    with target.open("rb+") as file:
        os.fsync(file.fileno())
