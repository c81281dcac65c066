"""Pages of made plans, and what is in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crossover.guide.holds import find_waiting
from crossover.library.posts_file import Library
from crossover.model.notes import Plan
from crossover.model.posts import Post
from crossover.preview.page import write_preview
from crossover.preview.page_data import PageContents
from crossover.transfer.report.status import Status, status_of

MADE = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)


def contents(
    plan: Plan,
    where: Status | None = None,
    posts: Iterable[Post] = (),
    folder: Path | None = None,
) -> PageContents:
    """What the page of a plan shows beside it, where nothing was sent unless `where` says so. Its
    thumbnails are those in `folder`."""
    library = Library(handle="mara", posts=tuple(posts))
    where = where or status_of(plan, {})
    return PageContents(
        where=where,
        posts={post.id: post for post in library.posts},
        made=MADE,
        waiting=find_waiting(library, plan, where),
        is_there=lambda path: folder is not None and (folder / path).is_file(),
    )


def write_page_of(
    plan: Plan, folder: Path, where: Status | None = None, posts: Iterable[Post] = ()
) -> Path:
    """Write the page of a plan into a folder."""
    path = folder / "preview.html"
    write_preview(plan, contents(plan, where, posts, folder), path)
    return path


def read_data(page: Path) -> dict[str, Any]:
    """The data that lies in a page."""
    found = re.search(
        r'<script type="application/json" id="data">(.*)</script>', page.read_text("utf-8")
    )
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def read_notes(page: Path) -> dict[str, dict[str, Any]]:
    """Its notes, by their numbers."""
    return {note["number"]: note for note in read_data(page)["notes"]}
