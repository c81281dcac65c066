"""The notes of a workspace as the edits of the moment make them, and when each of them changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain

import msgspec

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.handles import files_by_post
from crossover.accounts.ledger.open import read_entries
from crossover.errors import CrossoverError
from crossover.guide.holds import find_waiting
from crossover.model.choices import Edit
from crossover.model.notes import Note, Plan
from crossover.plan.compiler import Mapped, number_posts
from crossover.plan.document import check_current, read_plan
from crossover.plan.planner import Planner
from crossover.plan.target import check_planned_for
from crossover.preview.contents import read_calendar
from crossover.preview.page import encode_data
from crossover.preview.page_data import (
    PageContents,
    group_waiting,
    make_page_data,
    make_page_notes,
    sum_posts,
)
from crossover.preview.page_form import PageNote, PageSums, PageWaiting
from crossover.preview.server.row_history import NoteRow, RowHistory
from crossover.schedule.calendar import Calendar
from crossover.settings.edits import Edits
from crossover.text import safe
from crossover.transfer.report.status import KnownStandings, Status, status_of
from crossover.workspace import Workspace

_WARM_UP = 20
"""Notes that are mapped once more, for nothing but that."""
ReadContents = Callable[[Plan, Status, Planner], PageContents]
"""Reads what the page shows beside a plan."""


class PageChanges(msgspec.Struct, frozen=True, omit_defaults=True):
    """What changed on the page since a generation. `gone` are the ids of notes that are not there
    any more. `stale`: why the whole page is to be loaded anew, or what is wrong; `message` says it."""

    generation: int
    notes: tuple[PageNote, ...]
    sums: PageSums
    texts: tuple[str, ...]
    waiting: tuple[PageWaiting, ...]
    gone: tuple[str, ...] = ()
    stale: str | None = None
    message: str = ""


def _inputs_beside_posts(planner: Planner) -> object:
    """All that the notes of a post depend on besides it, its files and its edits."""
    library = planner.library
    return (
        *(planner.rules, planner.limits, planner.files_now),
        *(library.handle, library.name, library.tiktok_gone),
    )


class PlannedNotes:
    """The notes of a workspace. A change of the edits plans again only the posts that it is about,
    and begins a new generation."""

    def __init__(
        self,
        workspace: Workspace,
        planner: Planner,
        edits: Edits,
        contents: ReadContents,
        *,
        former: PlannedNotes | None = None,
        mapped: Mapped,
    ) -> None:
        """Go on from the `former` notes of the same page, else from the plan on disk, as far as they
        are what would be planned now. The caller holds the workspace. Raises `LedgerError`, and
        `UsageProblem` for rules that are wrong."""
        self.planner, self.edits = planner, edits
        self._history = former.history if former else RowHistory()
        self._workspace = workspace
        self._posts = number_posts(planner.library)
        self._numbers = {post: number for number, post in self._posts.items()}
        self.notes = self._go_on(former) if former else self._first_notes(mapped)
        self.plan = planner.assemble(self.notes, edits)
        target = planner.target
        files = files_by_post(self.plan.notes)
        account = AccountFolder(target.account)
        self._entries = read_entries(account.ledger, self.plan.handle, files)
        self._held = account.warnings.read_hold()
        self._standings = KnownStandings()
        self.where = status_of(self.plan, self._entries, self._held, self._standings)
        self._contents = contents(self.plan, self.where, planner)
        self._history.take(self._make_rows())

    @property
    def generation(self) -> int:
        """Counts the changes."""
        return self._history.generation

    @property
    def history(self) -> RowHistory:
        """When each row changed, to be gone on with."""
        return self._history

    def _first_notes(self, mapped: Mapped) -> tuple[Note, ...]:
        planner = self.planner
        with suppress(CrossoverError):
            made = read_plan(self._workspace.plan)
            check_planned_for(made, planner.target)
            check_current(made, planner.library, planner.rules, self.edits, planner.limits)
            # What went out since is no reason to plan anew, and yet said of the notes.
            notes = planner.in_library_order(made.notes)
            # What mapping loads when it is first used is there before the first edit waits for it.
            planner.map_alone(self.edits, {note.post for note in notes[:_WARM_UP]})
            return planner.map_again(notes, self.edits, planner.sent.keys())
        return planner.notes(self.edits, mapped)

    def _go_on(self, former: PlannedNotes) -> tuple[Note, ...]:
        """The notes, mapped anew only of posts that are other than they were."""
        planner, before = self.planner, former.planner
        if _inputs_beside_posts(planner) != _inputs_beside_posts(before):
            return planner.notes(self.edits)
        known = {post.id: post for post in before.library.posts}
        same = {
            post.id
            for post in planner.library.posts
            if known.get(post.id) == post
            and planner.sent.get(post.id) == before.sent.get(post.id)
            and all(
                planner.fitted.get((file.sha256, file.kind))
                == before.fitted.get((file.sha256, file.kind))
                for file in post.media
            )
        } - former.find_posts(self.edits)
        others = {post.id for post in planner.library.posts} - same
        mapped = planner.map_alone(self.edits, others)
        kept = (note for note in former.notes if note.post in same)
        notes = planner.in_library_order(chain(kept, mapped))
        return planner.map_again(notes, self.edits, ())

    def _make_rows(self) -> Mapping[str, NoteRow]:
        by_note = self.decided
        return {
            note.id: NoteRow(note, standing, by_note.get(note.number))
            for note, standing in zip(self.plan.notes, self.where.notes, strict=True)
        }

    @property
    def decided(self) -> Mapping[str, Edit]:
        """The edits by number, without those that say to be another post's."""
        return self.edits.only_of(self._posts).by_note

    @property
    def by_number(self) -> Mapping[str, Note]:
        """The notes by their numbers."""
        return {note.number: note for note in self.plan.notes}

    def advise(self, error: CrossoverError) -> str:
        """Say an error and what to do, its commands with the flags of this workspace."""
        placed = self._contents.placed
        return safe(f"{placed(error.message)} {placed(error.next)}".strip())

    @property
    def first_notes(self) -> Mapping[str, str]:
        """The numbers of the first notes of posts, by the posts' ids."""
        return {note.post: note.number for note in self.plan.notes if note.part[0] == 1}

    def number_of(self, post: str) -> str:
        """The number of a post, by its id."""
        return self._numbers[post]

    def find_posts(self, edits: Edits) -> set[str]:
        """Find the posts, by id, of which these edits decide otherwise."""
        now, then = (one.only_of(self._posts).by_note for one in (edits, self.edits))
        numbers = {
            number.partition(".")[0]
            for number in now.keys() | then.keys()
            if now.get(number) != then.get(number)
        }
        return {self._posts[number] for number in numbers if number in self._posts}

    def map_posts(self, edits: Edits, posts: set[str], *, alone: bool) -> Mapping[str, Note]:
        """The notes of these posts as other edits would make them, by number. `alone`: whether they
        are like another one does not matter."""
        planner = self.planner
        notes = (
            planner.map_alone(edits, posts)
            if alone
            else planner.map_again(self.notes, edits, posts)
        )
        return {note.number: note for note in notes if note.post in posts}

    def change(self, edits: Edits) -> None:
        """Plan the notes that these edits change, and begin a new generation."""
        self.notes = self.planner.map_again(self.notes, edits, self.find_posts(edits))
        self.edits = edits
        self.plan = self.planner.assemble(self.notes, edits)
        self.where = status_of(self.plan, self._entries, self._held, self._standings)
        self._history.take(self._make_rows())

    def changes_since(
        self, generation: int, *, stale: str | None = None, message: str = ""
    ) -> PageChanges:
        """Make the rows that changed since."""
        contents = self._contents_now()
        notes = self._make_notes(self._history.changed_since(generation), contents)
        return PageChanges(
            generation=self.generation,
            notes=notes,
            sums=sum_posts(self.plan, self.where),
            texts=self._history.texts.texts,
            waiting=group_waiting(contents),
            gone=self._history.gone_since(generation),
            stale=stale,
            message=message,
        )

    def notes_of(self, numbers: set[str]) -> tuple[PageNote, ...]:
        """Make the rows of these notes."""
        rows = [row for row in self._history.rows.values() if row.note.number in numbers]
        return self._make_notes(rows, self._contents_now())

    def encode_page(self, files: str) -> bytes:
        """Make the data of the whole page; `files` stands before the paths of files."""
        calendar = self.lay_out(self.plan, self.where)
        contents = replace(self._contents_now(), calendar=calendar)
        data = make_page_data(self.plan, contents, self._history.texts)
        served = msgspec.structs.replace(
            data, editable=True, generation=self.generation, files=files
        )
        return encode_data(served)

    def lay_out(self, plan: Plan, where: Status) -> Calendar:
        """Lay out when the notes of a plan go out; takes a second for thousands."""
        return read_calendar(plan, where, self._workspace, self.planner.target, datetime.now(UTC))

    def _contents_now(self) -> PageContents:
        library = self.planner.library
        return replace(
            self._contents,
            where=self.where,
            edits=self.decided,
            waiting=find_waiting(library, self.plan, self.where, self._contents.files_unsure),
        )

    def _make_notes(self, rows: list[NoteRow], contents: PageContents) -> tuple[PageNote, ...]:
        pairs = [(row.note, row.standing) for row in rows]
        return make_page_notes(pairs, self.plan.handle, contents, self._history.texts)
