"""A plan as the data of its page.

Pure. Sentences that many notes share stand once in `texts`, and a note has their places; what equals
its default is left out, so that thousands of notes stay small. What a note sends stands as it is, to
the character, for it is edited there; of all else, what could turn the reading is made visible.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any

from crossover.guide.holds import Waiting
from crossover.guide.note_selection import has_changed_words
from crossover.limits.limits import load_limits
from crossover.mapping.checks.advice import advice_on
from crossover.media.fit.fitted import thumbnail_path
from crossover.model.choices import Action, CoverChoice, Edit, TitleChoice
from crossover.model.notes import Level, Note, Plan, Problem, State
from crossover.model.posts import Post
from crossover.model.tiktok import post_address
from crossover.plan.changed_since import as_sent
from crossover.preview.page_form import (
    VERSION,
    PageData,
    PageFile,
    PageLimits,
    PageNote,
    PageOriginal,
    PageSitting,
    PageSums,
    PageWaiting,
    RowText,
)
from crossover.preview.rendering import find_cover
from crossover.schedule.calendar import Calendar
from crossover.text import safe
from crossover.transfer.report.status import Standing, Status

_ID_FORM = "%Y-%m-%dT%H:%M:%SZ"
NO_CALENDAR = Calendar((), ())


@dataclass(frozen=True, slots=True)
class PageContents:
    """What a page is made of besides its plan. `posts` are those of the library by id, `edits` what
    the creator decided by number. `placed` gives the commands of an advice their flags, `small`
    tells whether there is a thumbnail at a path. `files_unsure` are the posts, by id, that files may
    be of: of them `waiting` says it."""

    where: Status
    posts: Mapping[str, Post]
    made: datetime
    calendar: Calendar = NO_CALENDAR
    waiting: tuple[Waiting, ...] = ()
    files_unsure: frozenset[str] = frozenset()
    edits: Mapping[str, Edit] = field(default_factory=dict)
    placed: Callable[[str], str] = str
    is_there: Callable[[str], bool] = lambda _: True


class SharedTexts:
    """Texts that stand once, by their places."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._known: dict[str, int] = {}

    def place(self, text: str) -> int:
        """Give the place of a text, which is added where it is new."""
        found = self._known.get(text)
        if found is None:
            found = self._places.setdefault(safe(text), len(self._places))
            self._known[text] = found
        return found

    @property
    def texts(self) -> tuple[str, ...]:
        """All of them, in their places."""
        return tuple(self._places)


def make_page_data(
    plan: Plan, contents: PageContents, texts: SharedTexts | None = None
) -> PageData:
    """Make the data of the page of a plan. `texts` are those of a page that has some already."""
    texts = texts or SharedTexts()
    notes = make_page_notes(
        zip(plan.notes, contents.where.notes, strict=True), plan.handle, contents, texts
    )
    return PageData(
        version=VERSION,
        made=contents.made,
        plan=plan.digest,
        to=plan.to,
        site=plan.site,
        handle=safe(plan.handle or ""),
        account=safe(plan.account),
        sums=sum_posts(plan, contents.where),
        limits=_limits_of(plan),
        calendar=list_sittings(contents.calendar),
        waiting=group_waiting(contents),
        texts=texts.texts,
        problems=tuple(
            replace(one, message=safe(one.message), next=safe(contents.placed(advice_on(one))))
            for one in plan.problems
        ),
        unreadable=tuple(replace(one, reason=safe(one.reason)) for one in plan.unreadable_posts),
        notes=notes,
    )


def list_sittings(calendar: Calendar) -> tuple[PageSitting, ...]:
    """List the sittings of a calendar, as the page has them."""
    return tuple(
        PageSitting(one.begins, tuple(slot.note.number for slot in one.slots), one.is_check)
        for one in calendar.sittings
    )


def group_waiting(contents: PageContents) -> tuple[PageWaiting, ...]:
    """Tell what waits for the creator, as the page has it."""
    return tuple(
        PageWaiting(one.hold, one.numbers, safe(one.why), safe(contents.placed(one.advice)))
        for one in contents.waiting
    )


def sum_posts(plan: Plan, where: Status) -> PageSums:
    """Count the posts of a plan by what it does with them, and by where they stand."""
    states = {state: getattr(where, state) for state in State}
    return PageSums(
        plan.found, plan.move, plan.hold, plan.skip, plan.unreadable, plan.notes_total, states
    )


def make_page_notes(
    notes: Iterable[tuple[Note, Standing]],
    handle: str | None,
    contents: PageContents,
    texts: SharedTexts,
) -> tuple[PageNote, ...]:
    """Make the rows of these notes. Their sentences are added to `texts`."""
    waits = {number for group in contents.waiting for number in group.numbers}

    @cache
    def advise(code: str, following: str) -> int:
        problem = Problem(code, Level.NOTE, "", following)
        return texts.place(contents.placed(advice_on(problem)))

    return tuple(
        _make_row(note, standing, handle, contents, texts, advise, waits)
        for note, standing in notes
    )


def _make_row(
    note: Note,
    standing: Standing,
    handle: str | None,
    contents: PageContents,
    texts: SharedTexts,
    advise: Callable[[str, str], int],
    waits: Collection[str],
) -> PageNote:
    planned, note = note, as_sent(note, standing.differences)
    cover = find_cover(note) or ""
    candidates = planned.title_candidates
    original = _describe_original(contents.posts.get(note.post), handle)
    named = {
        original.text: RowText.CAPTION,
        note.body: RowText.BODY,
        note.title: RowText.TITLE,
        cover: RowText.COVER,
    }
    edit = contents.edits.get(note.number)

    def name(text: str) -> str | RowText:
        shown = safe(text)
        return named.get(text, named.get(shown, shown)) if text else ""

    return PageNote(
        id=note.id,
        number=note.number,
        posted_at=None if note.id.startswith(f"{note.posted_at:{_ID_FORM}}") else note.posted_at,
        part=note.part if note.part != (1, 1) else None,
        action=note.action,
        reason=safe(standing.reason or "" if standing.state is State.FAILED else note.reason),
        kind=note.kind,
        title=note.title,
        candidates=candidates if candidates != (note.title,) else None,
        body=note.body,
        topics=note.topics,
        chars=note.description_chars,
        visibility=note.visibility,
        declaration=note.declaration,
        original=note.original,
        files=tuple(PageFile(file.path, file.duration) for file in note.media),
        cover=note.cover.path if note.cover else "",
        small=bool(cover) and contents.is_there(thumbnail_path(cover)),
        schedule=note.schedule,
        changes=tuple(
            (one.field, name(one.before), name(one.after), texts.place(one.why))
            for one in note.changes
        ),
        problems=tuple(
            (one.code, one.level, texts.place(one.message), advise(one.code, one.next))
            for one in note.problems
        ),
        marks=tuple(_find_marks(planned, standing, waits)),
        state=standing.state,
        went_out=standing.may_be_there,
        url=standing.url or "",
        review=standing.review or "",
        plain_topics=standing.plain_topics or (),
        since=tuple(
            (one.field, safe(one.sent or ""), safe(one.planned or ""))
            for one in standing.differences
        ),
        tiktok=original,
        decided=decided_values(edit) if edit else {},
    )


def _find_marks(note: Note, standing: Standing, waits: Collection[str]) -> Iterable[str]:
    if note.number in waits or standing.state in (State.FAILED, State.UNKNOWN):
        yield "needs-you"
    if note.action is Action.MOVE and any(one.level is Level.WARNING for one in note.problems):
        yield "look"
    if has_changed_words(note) or standing.changed_since:
        yield "changed"


def _describe_original(post: Post | None, handle: str | None) -> PageOriginal:
    if post is None:
        return PageOriginal()
    return PageOriginal(
        text=safe(post.text or ""),
        title=safe(post.title or ""),
        sound=safe(post.sound or ""),
        likes=post.likes,
        url=post_address(handle, post.kind, post.tiktok_id) or "",
        private=not post.may_be_listed,
    )


def decided_values(edit: Edit) -> dict[str, Any]:
    """Tell what an edit decides, as the page has it: values by field."""
    values: dict[str, Any] = {}
    for name in Edit.__dataclass_fields__:
        match getattr(edit, name):
            case None:
                continue
            case TitleChoice(place):
                values[name] = place
            case CoverChoice(seconds, file):
                values[name] = {"file": file} if seconds is None else {"seconds": seconds}
            case value:
                values[name] = value
    return values


def _limits_of(plan: Plan) -> PageLimits:
    limits = load_limits(plan.site)
    return PageLimits(
        title_units=limits.title_units.value,
        description_chars=limits.description_chars.value,
        topics=limits.topics.value,
    )
