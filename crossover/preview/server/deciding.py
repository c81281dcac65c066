"""What edits.yaml says once the page has decided, and which decisions are refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crossover.model.choices import Action, Edit
from crossover.model.notes import Note
from crossover.model.posts import Visibility
from crossover.preview.page_data import decided_values
from crossover.preview.server.answers import RefusedRequest
from crossover.preview.server.decisions import PageDecision, decides_nothing, settle_titles
from crossover.preview.server.planned_notes import PlannedNotes
from crossover.settings.edits import Edits


def check_known(planned: PlannedNotes, decisions: Iterable[PageDecision]) -> None:
    """Refuse to decide over what was decided meanwhile, with a `RefusedRequest`."""
    by_note = planned.decided
    crossed = {
        one.number
        for one in decisions
        if decided_values(by_note.get(one.number, Edit())).get(one.field) != _as_decided(one.before)
    }
    if crossed:
        raise RefusedRequest(
            409,
            "changed-meanwhile",
            notes=planned.notes_of(crossed),
            texts=planned.history.texts.texts,
        )


def decide(planned: PlannedNotes, decisions: Sequence[PageDecision]) -> Edits:
    """The edits with these decisions. One that says what the note has anyway is taken back, as
    by a sheet."""
    edits, by_number = planned.edits, planned.by_number
    posts = {number: note.post for number, note in by_number.items()}
    settled = list(settle_titles(decisions, edits.by_note))
    touched = {posts[one.number] for one in settled}
    without = edits.decide([(one.number, one.field, None) for one in settled], posts)
    alone = not any(one.field == "action" for one in settled)
    bare = planned.map_posts(without, touched, alone=alone)
    return edits.decide(
        [(one.number, one.field, None if _is_idle(one, bare) else one.value) for one in settled],
        posts,
    )


def check_wider(planned: PlannedNotes, decisions: Iterable[PageDecision], edits: Edits) -> None:
    """Refuse to let notes be seen by more people than before without a word of its own, with a
    `RefusedRequest`. `edits` are those with the decisions."""
    numbers = {one.number for one in decisions if _may_widen(one)}
    if not numbers:
        return
    before = planned.by_number
    after = planned.map_posts(edits, {before[number].post for number in numbers}, alone=True)
    found = [
        number
        for number, note in after.items()
        if number in numbers and _is_wider(note) and not _is_wider(before[number])
    ]
    if found:
        message = "More people would see this than on TikTok."
        raise RefusedRequest(422, "wider", message, numbers=found)


def _may_widen(decision: PageDecision) -> bool:
    """Whether more people may see a note by this decision; to find out which do takes long for many."""
    match decision.field:
        case "action":
            return decision.value not in (Action.SKIP, Action.HOLD)
        case "visibility":
            return decision.value is not Visibility.ONLY_ME
        case _:
            return False


def _is_wider(note: Note) -> bool:
    return any(problem.code == "wider" for problem in note.problems)


def _is_idle(decision: PageDecision, bare: Mapping[str, Note]) -> bool:
    note = bare.get(decision.number)
    return note is not None and decides_nothing(decision, note)


def _as_decided(value: Any) -> Any:
    """What the page sends of a decision, as `decided_values` has it."""
    return tuple(value) if isinstance(value, list) else value
