"""Posts + rules + edits + limits → the compiled plan, and `plan.json`. The same input, the same
plan.

Preview and upload read this one value, so what was shown is what is sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from operator import attrgetter

from crossover.library.posts_file import Library
from crossover.limits.limits import Limits
from crossover.mapping.notes import map_post
from crossover.media.fit.fitted import Fitted
from crossover.model.account import SiteName
from crossover.model.choices import Action, Rules
from crossover.model.notes import Note, Plan, Problem
from crossover.model.posts import MediaKind, Post
from crossover.plan.document import inputs_digest, wire_digest
from crossover.plan.duplicates import tell_duplicates
from crossover.plan.note_files import collect_files
from crossover.plan.order import order_notes
from crossover.plan.sent import NO_ROWS, SentRows, sent_parts
from crossover.plan.sent_problems import tell_sent
from crossover.settings.edits import Edits

Mapped = Callable[[int, int], None]
"""Told how many posts of how many are mapped."""


def in_silence(_done: int, _of: int) -> None:
    """Tells nobody."""


def compile_plan(
    library: Library,
    fitted: Mapping[tuple[str, MediaKind], Fitted],
    rules: Rules,
    edits: Edits,
    limits: Limits,
    *,
    to: str,
    site: SiteName,
    sent: SentRows = NO_ROWS,
    mapped: Mapped = in_silence,
) -> Plan:
    """Make the notes of every readable post, and count every post in exactly one way.

    `fitted` holds what became of each file, by its sha256 and kind, `sent` the rows of what may be
    on the account. `mapped` is called after each post, with how many are done and how many there
    are. Pure but for that.
    Raises `UsageProblem` for a rule that names a post that is not there.
    """
    own = edits.only_of(number_posts(library))
    mapped_notes = map_posts(library, fitted, rules, own, limits, sent, mapped)
    notes = order_notes(tell_duplicates(mapped_notes, own, sent), rules)
    return assemble_plan(
        notes,
        library,
        edits,
        to=to,
        site=site,
        digest=wire_digest(notes, site),
        inputs=inputs_digest(library, rules, edits, limits),
    )


def assemble_plan(
    notes: tuple[Note, ...],
    library: Library,
    edits: Edits,
    *,
    to: str,
    site: SiteName,
    digest: str = "",
    inputs: str = "",
) -> Plan:
    """Count the posts of these notes, which are in their order. A plan that is kept has both
    digests; one that is only shown needs none."""
    actions = Counter(_action_of(parts) for _, parts in groupby(notes, key=attrgetter("post")))
    return Plan(
        to=to,
        site=site,
        handle=library.handle,
        found=len(library.posts) + len(library.unreadable),
        move=actions[Action.MOVE],
        skip=actions[Action.SKIP],
        hold=actions[Action.HOLD],
        unreadable=len(library.unreadable),
        notes_total=sum(note.action is Action.MOVE for note in notes),
        digest=digest,
        inputs=inputs,
        notes=notes,
        unreadable_posts=library.unreadable,
        problems=find_lost_edits(edits, library, notes),
    )


def map_posts(
    library: Library,
    fitted: Mapping[tuple[str, MediaKind], Fitted],
    rules: Rules,
    edits: Edits,
    limits: Limits,
    sent: SentRows,
    mapped: Mapped = in_silence,
) -> tuple[Note, ...]:
    """Map each post by itself to its notes."""
    notes: list[Note] = []
    gone = library.tiktok_gone is not None
    own_names = frozenset(name.casefold() for name in (library.handle, library.name) if name)
    for done, post in enumerate(library.posts, 1):
        rows = sent.get(post.id, {})
        chosen = edits.find(str(post.number)).cover
        files, parts = collect_files(post, fitted, limits, chosen), sent_parts(rows)
        made = map_post(
            post,
            files,
            rules,
            limits,
            edits.by_note,
            parts,
            tiktok_gone=gone,
            own_names=own_names,
        )
        notes += tell_sent(made, rows, edits)
        mapped(done, len(library.posts))
    return tuple(notes)


def fitted_files(
    posts: Iterable[Post], fitted: Mapping[tuple[str, MediaKind], Fitted], limits: Limits
) -> dict[str, set[str]]:
    """Collect the sha256 of the files of each post as they would be sent, by its id."""
    return {
        post.id: {file.sha256 for file in collect_files(post, fitted, limits).media}
        for post in posts
    }


def find_lost_edits(edits: Edits, library: Library, notes: Iterable[Note]) -> tuple[Problem, ...]:
    """Find the edits of notes that are not there."""
    posts = number_posts(library)
    return tuple(edits.find_lost(posts | {note.number: note.post for note in notes}))


def number_posts(library: Library) -> dict[str, str]:
    """List the ids of all posts by their numbers."""
    return {str(post.number): post.id for post in library.posts}


def _action_of(parts: Iterable[Note]) -> Action:
    """The action of a post: it waits if a part of it waits, and is left out if all of it is."""
    actions = {note.action for note in parts}
    return next(a for a in (Action.HOLD, Action.MOVE, Action.SKIP) if a in actions)
