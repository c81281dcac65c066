"""The files of a workspace: whole, readable, and in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crossover.errors import PlanOutOfDate
from crossover.guide.doctor.findings import Check, Finding, Subject
from crossover.library.posts_file import Library, read_library
from crossover.limits.limits import load_limits
from crossover.model.next_step import Hint, step
from crossover.model.notes import Plan
from crossover.plan.document import check_current, read_plan
from crossover.settings.edits import read_edits
from crossover.settings.rules import read_rules
from crossover.storage.documents import is_document
from crossover.storage.lock import read_holder
from crossover.workspace import Workspace

SOON = timedelta(hours=48)
"""Links that die sooner are told aloud."""


def check_files(place: Workspace, subject: Subject, now: datetime) -> Iterator[Finding]:
    """Look at every file of a workspace, and at what its posts still wait for."""
    yield from subject.look(Check.POSTS, lambda: _check_posts(place, subject))
    yield from subject.look(Check.RULES, lambda: _check_rules(place, subject))
    yield from subject.look(Check.EDITS, lambda: _check_edits(place, subject))
    yield from subject.look(Check.PLAN, lambda: _check_plan(place, subject))
    yield from subject.look(Check.CACHES, lambda: _check_caches(place, subject))
    yield from subject.look(Check.LINKS, lambda: _check_links(place, subject, now))
    yield from check_lock(subject, place.root, "this workspace")


def _check_posts(place: Workspace, subject: Subject) -> Iterator[Finding]:
    library = read_library(place.posts)
    if not library.posts:
        yield subject.warn(
            Check.POSTS, "There are no posts here yet.", Hint("Begin with ", step("migrate"), ".")
        )
        return
    yield subject.ok(Check.POSTS, f"posts.json is whole: {len(library.posts):,} posts.")


def _check_rules(place: Workspace, subject: Subject) -> Iterator[Finding]:
    read_rules(place.rules)
    yield subject.ok(Check.RULES, "crossover.yaml can be read.")


def _check_edits(place: Workspace, subject: Subject) -> Iterator[Finding]:
    edits = read_edits(place.edits)
    yield subject.ok(Check.EDITS, f"edits.yaml can be read: {len(edits.by_note):,} notes changed.")


def _check_plan(place: Workspace, subject: Subject) -> Iterator[Finding]:
    if not place.plan.exists():
        yield subject.warn(Check.PLAN, "Nothing is planned yet.", Hint("Run ", step("plan"), "."))
        return
    plan, library = read_plan(place.plan), read_library(place.posts)
    rules, edits = read_rules(place.rules), read_edits(place.edits)
    try:
        check_current(plan, library, rules, edits, load_limits(plan.site))
    except PlanOutOfDate as exc:
        yield subject.warn(Check.PLAN, exc.message, Hint("Run ", step("plan"), "."))
        return
    gone = [
        note.number
        for note in plan.notes
        if not all((place.root / file.path).is_file() for file in note.files)
    ]
    if gone:
        yield subject.warn(
            Check.PLAN,
            f"Files that were planned are gone, of {len(gone):,} notes: {', '.join(gone[:8])}.",
            Hint("Put them back, or run ", step("plan"), "."),
        )
        return
    yield subject.ok(
        Check.PLAN,
        f"plan.json is whole, and what would be planned now: {plan.notes_total:,} notes.",
    )


def _check_caches(place: Workspace, subject: Subject) -> Iterator[Finding]:
    paths = (place.checksums, place.fingerprints, place.planned, place.candidates, place.agreed)
    there = [path for path in paths if path.exists()]
    foreign = [path.name for path in there if not is_document(path, path.stem)]
    if foreign:
        yield subject.warn(
            Check.CACHES,
            f"Damaged, or not of crossover: {', '.join(foreign)}.",
            "They may be deleted: what they hold is found, or asked, once more.",
        )
        return
    yield subject.ok(Check.CACHES, f"{len(there)} files with what was worked out before.")


def _check_links(place: Workspace, subject: Subject, now: datetime) -> Iterator[Finding]:
    posts = [post for post in read_library(place.posts).posts if len(post.links) > len(post.media)]
    ends = [one.expires for post in posts for one in post.links if one.expires]
    alive = [moment for moment in ends if moment > now]
    if not alive:
        dead = ""
        if ends:
            of = "1 post" if len(posts) == 1 else f"{len(posts):,} posts"
            dead = f" Those of {of} without files are dead."
        yield subject.ok(Check.LINKS, f"No link waits to be fetched.{dead}")
        return
    first = min(alive).astimezone(UTC)
    said = f"{len(alive):,} links wait; the first dies on {first:%Y-%m-%d %H:%M} UTC."
    if first - now < SOON:
        yield subject.fail(Check.LINKS, said, Hint("Fetch them now: ", step("fetch"), "."))
    else:
        yield subject.warn(Check.LINKS, said, Hint("Fetch them first: ", step("fetch"), "."))


def check_lock(subject: Subject, folder: Path, what: str) -> Iterator[Finding]:
    """Look whether another run holds `folder`."""

    def look() -> Iterator[Finding]:
        holder = read_holder(folder)
        if holder is None:
            yield subject.ok(Check.LOCK, f"No other run holds {what}.")
        else:
            yield subject.warn(
                Check.LOCK, f"A run holds {what}: {holder}.", "Let it finish, or stop it there."
            )

    yield from subject.look(Check.LOCK, look)


def bytes_needed(plan: Plan | None, library: Library | None) -> int:
    """The bytes that copies of all files may take: of the plan, else of what was added."""
    if plan is not None:
        return sum(file.bytes for note in plan.notes for file in note.files)
    return sum(media.bytes for post in library.posts for media in post.media) if library else 0
