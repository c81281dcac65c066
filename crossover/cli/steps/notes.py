"""Notes of a plan one by one, beside the posts they come from: on the screen, or as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from crossover.cli.steps.page import where_of
from crossover.cli.view.next_step import Flags
from crossover.cli.view.note import NoteOrigin, note_text
from crossover.cli.view.screen import console, data, needs_stdout
from crossover.destinations.open import Target
from crossover.guide.note_selection import Selection, select_notes
from crossover.library.posts_file import read_library
from crossover.limits.limits import load_limits
from crossover.model.note_range import NoteRange
from crossover.model.notes import Note, Plan
from crossover.model.posts import Post
from crossover.model.tiktok import post_address
from crossover.storage.documents import fields_of, to_json
from crossover.transfer.report.status import status_of
from crossover.workspace import Workspace


def show_notes(
    made: Plan, workspace: Workspace, target: Target, numbers: Sequence[NoteRange], flags: Flags
) -> None:
    """Show these notes in full. Raises `UsageProblem` for a number that no note has."""
    library, limits = read_library(workspace.posts), load_limits(made.site)
    posts = {post.id: post for post in library.posts}
    of_post: defaultdict[str, list[Note]] = defaultdict(list)
    for note in made.notes:
        of_post[note.post].append(note)
    chosen = select_notes(made, where_of(made, target), (), Selection(tuple(numbers)))
    for place, (note, standing) in enumerate(chosen):
        post = posts.get(note.post)
        origin = None
        if post:
            others = [other for other in of_post[note.post] if other is not note]
            origin = NoteOrigin(post, library.handle, others, workspace.root)
        if place:
            console.print("\n")
        console.print(note_text(note, standing, flags, limits, origin=origin, site=made.site))


def print_notes(made: Plan, workspace: Workspace, numbers: Sequence[NoteRange]) -> None:
    """Print these notes, or all, as JSON: as the plan has them, and the post of each. Raises
    `UsageProblem` for a number that no note has."""
    needs_stdout()
    library = read_library(workspace.posts)
    posts = {post.id: post for post in library.posts}
    chosen = select_notes(made, status_of(made, {}), (), Selection(tuple(numbers)))
    notes = [
        {**fields_of(note), "tiktok": _describe(posts.get(note.post), library.handle)}
        for note, _ in chosen
    ]
    data(to_json({"to": made.to, "site": made.site, "digest": made.digest, "notes": notes}))


def _describe(post: Post | None, handle: str | None) -> dict[str, Any] | None:
    if post is None:
        return None
    return {
        "text": post.text,
        "title": post.title,
        "sound": post.sound,
        "likes": post.likes,
        "seconds": post.seconds,
        "location": post.location,
        "visibility": post.visibility,
        "url": post_address(handle, post.kind, post.tiktok_id),
    }
