"""Sessions on made workspaces, whose files are taken for fit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from crossover.destinations.open import Target
from crossover.library.posts_file import Library, read_library, write_library
from crossover.model.account import SiteName
from crossover.model.posts import Post
from crossover.plan import planner
from crossover.preview.server.answers import RefusedRequest
from crossover.preview.server.session import EditingSession
from crossover.workspace import Workspace
from tests.makers import fitted
from tests.preview.pages import contents


def open_session(root: Path, *posts: Post, patch: pytest.MonkeyPatch) -> EditingSession:
    """A session on a workspace of these posts; without any, on the one that is there."""
    workspace = Workspace(root)
    if posts:
        root.mkdir(parents=True, exist_ok=True)
        write_library(workspace.posts, Library(handle="mara", posts=posts))
    patch.setattr(planner, "fit_media", lambda *_, **__: fitted(read_library(workspace.posts)))
    target = Target("rehearsal", SiteName.REHEARSAL, workspace.practice)
    session = EditingSession(
        workspace,
        target,
        lambda plan, where, planner: contents(plan, where, planner.library.posts),
    )
    with workspace.hold("a test"):
        session.load()
    return session


def change(number: str, field: str, value: object, before: object = None) -> dict[str, object]:
    """One change, as the page sends it."""
    return {"number": number, "field": field, "value": value, "before": before}


def save(session: EditingSession, *changes: dict[str, object], force: bool = False) -> list[str]:
    """Save these changes, whoever may see them; the numbers of the notes that they changed."""
    answer = session.save(list(changes), force=force, wider=True)
    return [note.number for note in answer.notes]


def refusal(session: EditingSession, changes: Sequence[object], **options: Any) -> RefusedRequest:
    """How the session refuses these changes."""
    with pytest.raises(RefusedRequest) as caught:
        session.save(list(changes), **options)
    return caught.value
