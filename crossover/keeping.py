"""Files of posts come into the workspace, and posts.json with them."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

from crossover.files import explain_os_error, sync_folder, temp_beside
from crossover.library import Added, Library, write_library
from crossover.media.match import media_kind
from crossover.model import Evidence, Media, MediaKind, Post
from crossover.sums import Sums, read_sums


def keep(added: Added, root: Path) -> Library:
    """Put the files of `added` into `root/media` and save posts.json there.

    Originals are linked where the disk can, else copied. Names carry the content's sum, so a
    crash at any point leaves posts.json true: it is written last, and files that nothing refers
    to any more are removed after that.
    """
    sums = read_sums(root / "sums.json")
    posts = [
        _with_files(post, added.files[post.id], root, sums) if post.id in added.files else post
        for post in added.library.posts
    ]
    library = replace(added.library, posts=tuple(posts))
    sums.save(root / "sums.json")
    write_library(root / "posts.json", library)
    wanted = {media.path for post in posts for media in post.media}
    folder = root / "media"
    for file in folder.glob("[0-9]*-[0-9]*-*.*") if folder.is_dir() else ():
        if f"media/{file.name}" not in wanted:
            file.unlink(missing_ok=True)
    return library


def _with_files(post: Post, paths: tuple[Path, ...], root: Path, sums: Sums) -> Post:
    media = tuple(_keep_file(post, place, path, root, sums) for place, path in enumerate(paths, 1))
    if [m.sha256 for m in media] == [m.sha256 for m in post.media]:
        return replace(post, media=media)
    proof = tuple(Evidence("file", "the TikTok id in its name", path.name) for path in paths)
    others = tuple(e for e in post.evidence if e.what != "file")
    return replace(post, media=media, evidence=(*others, *proof))


def _keep_file(post: Post, place: int, source: Path, root: Path, sums: Sums) -> Media:
    kind = media_kind(source) or MediaKind.IMAGE
    try:
        sha256 = sums.of(source)
        name = f"{post.number:04}-{place:02}-{sha256[:12]}{source.suffix.lower()}"
        target = root / "media" / name
    except OSError as exc:
        raise explain_os_error(exc, source) from exc
    try:
        if not target.exists() or sums.of(target) != sha256:
            _link_or_copy(source, target)
            sums.remember(target, sha256)
        stat = target.stat()
    except OSError as exc:
        raise explain_os_error(exc, target) from exc
    return Media(f"media/{name}", kind, sha256, stat.st_size, stat.st_mtime_ns, source.name)


def _link_or_copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temp = temp_beside(target)
    try:
        try:
            os.link(source.resolve(), temp)
        except OSError:  # another disk, or one that cannot link
            shutil.copy2(source, temp)
            with temp.open("rb+") as file:
                os.fsync(file.fileno())
        temp.replace(target)
        sync_folder(target.parent)
    finally:
        temp.unlink(missing_ok=True)
