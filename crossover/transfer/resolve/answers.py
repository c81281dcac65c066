"""What was said of notes, checked as a whole before any of it is written. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crossover.accounts.ledger.entry import Entry
from crossover.destinations.note_links import LinkRefused, NoteLink, parse_note_link
from crossover.errors import UsageProblem
from crossover.model.account import SiteName
from crossover.model.next_step import Hint, step
from crossover.model.notes import Note, Plan, State
from crossover.model.posts import Post
from crossover.model.tiktok import id_second
from crossover.transfer.resolve.given_links import GivenLink

_MOST = 12
"""Errors that are told one by one."""

Rows = Mapping[tuple[str, int], Entry]
"""The rows of an account's ledger, by `Note.key`."""


class AnswersRefused(UsageProblem):
    """Some of what was said cannot be right, so nothing of it was written."""

    id = "answers-refused"

    def __init__(self, errors: Sequence[str]) -> None:
        some = len(errors) > 1
        more = errors[:_MOST]
        if len(errors) > _MOST:
            more = [*more, f"And {len(errors) - _MOST:,} more."]
        super().__init__(
            f"{len(errors):,} answers cannot be right; none was written down."
            if some
            else "That cannot be right; nothing was written down.",
            next="" if not some else "Correct these, then give all of them once more:",
            more=tuple(more),
        )
        self.errors = tuple(errors)


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """A note stands on the account, at this link; `time` is when it went out, where that is said."""

    note: Note
    link: NoteLink
    where: str
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoteNames:
    """The notes of a plan by whatever names one: its number or id, those of its post, a TikTok
    id."""

    by_name: Mapping[str, tuple[Note, ...]]

    def number_of(self, key: tuple[str, int]) -> str:
        """The number of the note with that key; the id of its post where it is planned no more."""
        found = self.by_name.get(key[0], ())
        return next((note.number for note in found if note.key == key), key[0])

    def find(self, who: str) -> Note:
        """Find the one note of that name. Raises `LookupError`, with a sentence that says why."""
        found = self.by_name.get(who) or self.by_name.get(_second(who)) or ()
        if len(found) == 1:
            return found[0]
        if not found:
            raise LookupError(f"there is no note {who}")
        parts = " and ".join(note.number for note in found[:4])
        raise LookupError(f"{who} is several notes, {parts}: say which")


def name_notes(plan: Plan, posts: Iterable[Post]) -> NoteNames:
    """Collect what the notes of a plan can be called."""
    names: dict[str, list[Note]] = {}
    of_post: dict[str, list[Note]] = {}
    for note in plan.notes:
        of_post.setdefault(note.post, []).append(note)
        for name in {note.number, note.id, note.post, str(note.post_number)}:
            names.setdefault(name, []).append(note)
    for post in posts:
        notes = of_post.get(post.id, [])
        if post.tiktok_id:
            names.setdefault(post.tiktok_id, []).extend(notes)
        # The upper half of a TikTok id is the second of the post.
        names.setdefault(f"second {int(post.posted_at.timestamp())}", []).extend(notes)
    return NoteNames({name: tuple(notes) for name, notes in names.items()})


def _second(who: str) -> str:
    return f"second {id_second(who)}"


def check_links(
    given: Sequence[GivenLink],
    names: NoteNames,
    rows: Rows,
    taken: Mapping[str, str],
    site: SiteName,
    unread: Sequence[str] = (),
) -> list[LinkAnswer]:
    """Read the links of notes and leave out those that are known already. `taken` says of each note
    on the account, by its id, which post has it, where that is of no note in `rows`. `unread` are
    errors of reading what was given.

    Raises `AnswersRefused` for all that cannot be right: a note that is not there, a link of another
    site, one link for two notes, or one that another note has.
    """
    answers: dict[tuple[str, int], LinkAnswer] = {}
    errors = list(unread)
    for one in given:
        try:
            note = names.find(one.who)
        except LookupError as exc:
            errors.append(f"{one.where}: {exc.args[0]}.")
            continue
        try:
            link = parse_note_link(one.link, site)
        except LinkRefused as exc:
            errors.append(f"{one.where}, note {note.number}: {exc}.")
            continue
        before = answers.get(note.key)
        if before and before.link.note_id != link.note_id:
            errors.append(
                f"{one.where}, note {note.number}: {_inner(before.where)} has another link for it."
            )
        elif not before:
            answers[note.key] = LinkAnswer(note, link, one.where, one.time)
    errors += _one_link_twice(answers.values())
    errors += _links_of_others(answers, names, rows, taken)
    if errors:
        raise AnswersRefused(errors)
    return [
        answer
        for key, answer in answers.items()
        if (row := rows.get(key)) is None or row.note_id != answer.link.note_id
    ]


def _inner(where: str) -> str:
    """The place within a sentence: an option stays as it is typed."""
    return where if where.startswith("-") else where[:1].lower() + where[1:]


def _one_link_twice(answers: Iterable[LinkAnswer]) -> list[str]:
    first: dict[str, LinkAnswer] = {}
    errors = []
    for answer in answers:
        before = first.setdefault(answer.link.note_id, answer)
        if before is not answer:
            errors.append(
                f"{answer.where}: notes {before.note.number} and {answer.note.number} have the same"
                f" link, {answer.link.url}."
            )
    return errors


def _links_of_others(
    answers: Mapping[tuple[str, int], LinkAnswer],
    names: NoteNames,
    rows: Rows,
    taken: Mapping[str, str],
) -> list[str]:
    """What is wrong with links that another note has, and keeps."""
    holders = {row.note_id: key for key, row in rows.items() if row.note_id}
    errors = []
    for key, answer in answers.items():
        holder = holders.get(answer.link.note_id)
        if holder is not None and holder != key and holder not in answers:
            title = rows[holder].title
            whose = names.number_of(holder) + (f" “{title}”," if title.strip() else "")
        elif holder is None and answer.link.note_id in taken:
            whose = f"of {taken[answer.link.note_id]}"
        else:
            continue
        errors.append(
            f"{answer.where}, note {answer.note.number}: that link is note {whose} already."
        )
    return errors


def check_not_there(note: Note, row: Entry | None) -> None:
    """Raise `UsageProblem` where "it is not there" is no answer: nobody waits for one, or it takes
    a new attempt."""
    match row.state if row else State.READY:
        case State.HANDED | State.STARTED | State.UNKNOWN:
            return
        case State.POSTED | State.FAILED:
            word = "on the account" if row and row.state is State.POSTED else "refused"
            raise UsageProblem(
                f"Note {note.number} is {word}, as far as is known here.",
                next=Hint("To send it once more: ", step("again", note.number), "."),
            )
        case _:
            raise UsageProblem(
                f"Note {note.number} was not sent yet, so there is nothing to settle.",
                next=Hint("It goes out with the next ", step("upload"), "."),
            )
