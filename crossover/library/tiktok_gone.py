"""Keep that the creator's account on TikTok is deleted: nothing is asked of it, or advised, any
more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from crossover.library.posts_file import Library, read_library, write_library
from crossover.workspace import Workspace


def keep_tiktok_gone(workspace: Workspace, when: datetime | None) -> Library:
    """Keep when the creator said so; None: it is there. The caller holds the workspace. Raises what
    `write_library` raises."""
    library = replace(read_library(workspace.posts), tiktok_gone=when)
    write_library(workspace.posts, library)
    return library
