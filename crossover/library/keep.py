"""Puts the files of what was added into the workspace, and saves its posts.json."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from crossover.library.importing import imported_names, keep_files
from crossover.library.posts_file import Library, read_library, write_library
from crossover.library.removal import Removal
from crossover.library.update import Added
from crossover.storage.checksums import read_checksums
from crossover.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Kept:
    """The library as it was saved, and where files lie that no post has any more, as far as there
    may be no other copy of them."""

    library: Library
    laid_aside: tuple[Path, ...]


def keep(
    added: Added,
    workspace: Workspace,
    kept: Callable[[int, int], None] = lambda _done, _of: None,
) -> Kept:
    """Put the files of `added` into the workspace's `media` and save its posts.json.

    A crash at any point leaves posts.json true: it is written after the files it names, and those
    that the one before named, and no post has any more, are removed after that. `kept` is called
    after the files of each post, with how many posts are done and how many have files to be put
    there. Raises a `CrossoverError` for a disk that does not take them.
    """
    before = read_library(workspace.posts)
    checksums = read_checksums(workspace.checksums)
    removal = Removal(workspace.root, checksums)
    posts, done = [], 0
    for post in added.library.posts:
        if post.id in added.files:
            post = keep_files(post, added.files[post.id], workspace.root, checksums, removal)
            done += 1
            kept(done, len(added.files))
        posts.append(post)
    library = replace(added.library, posts=tuple(posts))
    checksums.save(workspace.checksums)
    write_library(workspace.posts, library)
    for name in sorted(imported_names(before.posts) - imported_names(posts)):
        removal.remove(workspace.root / name)
    return Kept(library, tuple(removal.laid_aside))
