"""The order in which the notes of a plan go out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from operator import attrgetter

from crossover.errors import UsageProblem
from crossover.model.choices import Action, Order, PostNumbers, Rules
from crossover.model.next_step import Hint, step
from crossover.model.notes import Note


def order_notes(notes: Sequence[Note], rules: Rules) -> tuple[Note, ...]:
    """Order the notes as the rule `order` says; the parts of a post, and posts of the same second,
    keep theirs. Put the notes of the posts that the creator wants to go first before all others,
    which get that as the reason why they wait. Raises `UsageProblem` for a post that is not
    there."""
    if rules.order is Order.NEWEST_FIRST:
        notes = sorted(notes, key=attrgetter("posted_at"), reverse=True)  # equal ones stay in order
    first = {number: place for place, number in enumerate(rules.first.numbers)}
    if not first:
        return tuple(notes)
    check_first(rules.first, {note.post_number for note in notes})
    ahead = [note for note in notes if note.post_number in first]
    ahead.sort(key=lambda note: first[note.post_number])
    why = (
        f"after the {len(first)} posts that go first"
        if len(first) > 1
        else f"after post {min(first)}, which goes first"
    )
    behind = (
        replace(note, reason=why) if note.action is Action.MOVE else note
        for note in notes
        if note.post_number not in first
    )
    return (*ahead, *behind)


def check_first(first: PostNumbers, posts: Collection[int]) -> None:
    """Raise `UsageProblem` where the rule `stages.first` names a post that is not among `posts`, the
    numbers of all. Where none is there, none is wrong yet."""
    gone = set(first.numbers) - set(posts)
    if posts and gone:
        kept = PostNumbers(tuple(number for number in first.numbers if number not in gone))
        raise UsageProblem(
            f"The rule `stages.first` names post {min(gone)}, and there is none: your posts have"
            f" the numbers 1 to {max(posts)}.",
            next=Hint(
                "Leave it out, in crossover.yaml or with ",
                step("plan", "--set", f"stages.first={kept}"),
                ".",
            ),
        )
