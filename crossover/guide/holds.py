"""What the notes of a plan wait for, by cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from crossover.library.posts_file import Library
from crossover.mapping.checks.advice import advice_on
from crossover.model.choices import Action
from crossover.model.notes import Level, Note, Plan, State
from crossover.model.summaries import is_told_apart, summarise
from crossover.plan.sent import lacks_pictures
from crossover.transfer.report.status import Standing, Status


class Hold(StrEnum):
    """What a note of a current plan waits for. `WORDS_BY_HAND`: words of a post that no public page
    lists; `FILES_UNSURE`: files, of which some that were given may be its own; `ALREADY_THERE`: the
    creator's word, as a note like it may stand on the account."""

    NO_WORDS = "no-words"
    WORDS_BY_HAND = "words-by-hand"
    WORDS_UNSURE = "words-unsure"
    FILES_UNSURE = "files-unsure"
    FILES_MISSING = "files-missing"
    CONVERT = "convert"
    ALREADY_THERE = "already-there"
    DECISION = "decision"


_UNFIT = ("file-unfit", "file-unplayable")
"""A file is here and cannot be used: what is wrong with it is told."""
_UNCLEAR = "files-unclear"
"""Several files with the TikTok id are here. About videos the creator can be asked."""
_CODES = {
    "no-words": Hold.NO_WORDS,
    "words-unsure": Hold.WORDS_UNSURE,
    "no-media": Hold.FILES_MISSING,
    "pictures-missing": Hold.FILES_MISSING,
    **dict.fromkeys(_UNFIT, Hold.FILES_MISSING),
    "convert-undecided": Hold.CONVERT,
}
"""The codes of problems that say so; any other hold waits for a decision."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Notes, by number, that wait for the same. `why` says of which kind a decision is, `advice`
    how the creator makes it."""

    hold: Hold
    why: str
    advice: str
    numbers: tuple[str, ...]


def find_waiting(
    library: Library, plan: Plan, status: Status, files_unsure: Collection[str] = ()
) -> tuple[Waiting, ...]:
    """Group what waits for the creator by cause, in the order of `Hold`. A note that waits for two
    things is in two groups. `files_unsure` are the posts, by id, that files may be of."""
    unlisted = _unlisted(library)
    groups: defaultdict[tuple[Hold, str], list[tuple[str, _Cause]]] = defaultdict(list)
    for note, standing in zip(plan.notes, status.notes, strict=True):
        for cause in dict.fromkeys(_causes(note, standing)):
            if cause.code == _UNCLEAR and note.post in files_unsure:
                cause = _Cause(Hold.FILES_UNSURE)
            hold = _narrow(cause.hold, note.post, unlisted, files_unsure)
            groups[hold, cause.kind].append((note.number, cause))
    order = list(Hold)
    return tuple(
        _group(hold, groups[hold, kind])
        for hold, kind in sorted(groups, key=lambda cause: order.index(cause[0]))
    )


def _group(hold: Hold, notes: Sequence[tuple[str, _Cause]]) -> Waiting:
    """Make one group of notes that wait for the same, each perhaps with words of its own."""
    first = notes[0][1]
    why = summarise(first.code, [cause.why for _, cause in notes])
    advice = {cause.advice for _, cause in notes}
    return Waiting(
        hold,
        why,
        first.advice if len(advice) == 1 else "",
        tuple(dict.fromkeys(number for number, _ in notes)),
    )


def _unlisted(library: Library) -> set[str]:
    return {post.id for post in library.posts if not post.may_be_listed}


def _narrow(
    hold: Hold, post: str, unlisted: Collection[str], files_unsure: Collection[str]
) -> Hold:
    if hold is Hold.NO_WORDS and post in unlisted:
        return Hold.WORDS_BY_HAND
    if hold is Hold.FILES_MISSING and post in files_unsure:
        return Hold.FILES_UNSURE
    return hold


@dataclass(frozen=True, slots=True)
class _Cause:
    """What a note waits for; of a decision why, and how it is made."""

    hold: Hold
    code: str = ""
    why: str = ""
    advice: str = ""

    @property
    def kind(self) -> str:
        """The same for notes that wait for the same decision."""
        return self.code if is_told_apart(self.code) else self.why


def _causes(note: Note, standing: Standing) -> Iterator[_Cause]:
    if standing.kept_back:
        yield _Cause(Hold.ALREADY_THERE)
        if note.action is Action.MOVE:
            return
    if standing.state is not State.HOLD and not lacks_pictures(note):
        return
    errors = [problem for problem in note.problems if problem.level is Level.ERROR]
    if not errors:
        yield _Cause(Hold.DECISION, why=note.reason)
    for problem in errors:
        hold = _CODES.get(problem.code, Hold.DECISION)
        if hold is Hold.DECISION or problem.code in _UNFIT:
            yield _Cause(hold, problem.code, problem.message, advice_on(problem))
        else:
            yield _Cause(hold)
