"""One workspace while its page is edited: what is saved, and what others change meanwhile.

Every decision is on disk before it is answered. edits.yaml may be changed by an editor, a sheet or
a second page at any time; what stands there counts, and is read before anything is written.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from crossover.accounts.folder import AccountFolder
from crossover.destinations.open import Target
from crossover.errors import Busy, CrossoverError
from crossover.media.fit.progress import FitProgress
from crossover.model.choices import Edit
from crossover.model.notes import Note
from crossover.plan.compiler import Mapped, in_silence
from crossover.plan.planner import Planner
from crossover.preview.page_data import list_sittings
from crossover.preview.page_form import PageSitting
from crossover.preview.server.answers import (
    BUSY,
    RefusedRequest,
    busy_answer,
    disk_answer,
    workspace_answer,
)
from crossover.preview.server.deciding import check_known, check_wider, decide
from crossover.preview.server.decisions import (
    read_decisions,
)
from crossover.preview.server.planned_notes import PageChanges, PlannedNotes, ReadContents
from crossover.preview.server.watched_files import FileMark, mark_file, mark_files, sum_file
from crossover.settings.edits import Edits, format_edits, read_edits, write_edits
from crossover.text import safe
from crossover.workspace import Workspace

log = logging.getLogger(__name__)

COMMAND = "crossover preview"
POSTS, EDITS, GONE = "posts", "edits", "gone"
"""Why the page is behind: posts or rules are others, edits.yaml cannot be read, the workspace is not
there."""


def _tell_nobody(*_: object) -> None:
    """Fitting again a file that is fit has nothing to tell."""


class EditingSession:
    """A workspace that is edited on a page. Its methods may be called from any thread, and follow
    one another."""

    def __init__(self, workspace: Workspace, target: Target, contents: ReadContents) -> None:
        self.workspace = workspace
        self.saved = 0
        self._target = target
        self._contents = contents
        self._lock = threading.RLock()
        self._planned: PlannedNotes | None = None
        self._sources: Mapping[Path, FileMark] = {}
        self._own_sources: Mapping[Path, FileMark] = {}
        self._edits_mark = FileMark()
        self._edits_sum = ""
        self._broken = ""

    def load(self, fitted: FitProgress = _tell_nobody, mapped: Mapped = in_silence) -> None:
        """Read the workspace and plan its notes; `fitted` and `mapped` hear how far that is. The
        caller holds the workspace. Raises what `Planner` and `read_edits` raise."""
        space = self.workspace
        ledger = AccountFolder(self._target.account).ledger
        sources = mark_files((space.posts, space.rules, space.own_topics, ledger))
        self._read_edits_mark()
        edits = read_edits(space.edits)
        planner = Planner(space, self._target, fitted)
        self._planned = PlannedNotes(
            space,
            planner,
            edits,
            self._contents,
            former=self._planned,
            mapped=mapped,
        )
        self._sources, self._own_sources = sources, {}
        self._broken = ""
        format_edits(edits)  # long for very many, and quick from the second time on

    @property
    def planned(self) -> PlannedNotes:
        """The notes as they are now."""
        if self._planned is None:
            message = "the session was not loaded"
            raise RuntimeError(message)
        return self._planned

    def encode_page(self, files: str) -> bytes:
        """Make the data of the whole page, of the workspace as it is now; as it was, where another
        run is at work there. Raises `RefusedRequest`."""
        with self._lock:
            if self._is_behind():
                self._reload_if_free()
            self._take_up_edits()
            return self.planned.encode_page(files)

    def changes_since(self, generation: int) -> PageChanges:
        """Tell what changed since a generation, here or elsewhere."""
        with self._lock:
            if not self.workspace.posts.exists():
                return self.planned.changes_since(generation, stale=GONE)
            if self._own_sources and self._own_sources == mark_files(self._sources):
                self._reload_if_free()
            elif self._is_behind():
                return self.planned.changes_since(generation, stale=POSTS)
            self._take_up_edits()
            stale = EDITS if self._broken else None
            return self.planned.changes_since(generation, stale=stale, message=self._broken)

    def save(
        self, changes: object, *, force: bool = False, wider: bool = False, since: int | None = None
    ) -> PageChanges:
        """Decide as the page says, on disk, and tell what that changes; `since` is the generation
        that the page knows. `force`: also where something else was decided meanwhile. `wider`: the
        creator agrees that notes become visible to more people than on TikTok. Raises
        `RefusedRequest`; nothing is decided then."""
        with self._lock, self._held():
            before = self.planned.generation if since is None else since
            if self._is_behind():
                self._reload()
            self._take_up_edits(is_held=True)
            if self._broken:
                raise RefusedRequest(422, "edits-broken", self._broken)
            planned = self.planned
            decisions = read_decisions(changes, planned.by_number)
            if not force:
                check_known(planned, decisions)
            after = decide(planned, decisions)
            if not wider:
                check_wider(planned, decisions, after)
            self._fit_covers(after)
            self._write(after)
            planned.change(after)
            return planned.changes_since(before)

    def list_sittings(self) -> tuple[PageSitting, ...]:
        """List when the notes go out as they are now. Keeps nobody waiting who saves."""
        with self._lock:
            planned = self.planned
            plan, where = planned.plan, planned.where
        return list_sittings(planned.lay_out(plan, where))

    def note(self, number: str) -> Note:
        """The note of this number. Raises `RefusedRequest`."""
        with self._lock:
            found = self.planned.by_number.get(number)
        if found is None:
            raise RefusedRequest(404, "no-such-note", "There is no such note any more.")
        return found

    @contextmanager
    def holding(self) -> Iterator[PlannedNotes]:
        """Hold the workspace to change more of it than edits. The notes are planned anew when a page
        next asks what changed: many answers may come before that. Raises `RefusedRequest`."""
        with self._lock, self._held():
            yield self.planned
            self._own_sources = mark_files(self._sources)
            self.saved += 1

    @contextmanager
    def _held(self) -> Iterator[None]:
        try:
            held = self.workspace.hold_briefly(COMMAND)
            held.__enter__()
        except Busy as exc:
            raise busy_answer(exc) from exc
        except CrossoverError as exc:
            raise disk_answer(exc) from exc
        try:
            yield
        finally:
            held.__exit__(None, None, None)

    def _is_behind(self) -> bool:
        """Whether posts or rules are others than those of the notes, or more is known of what went
        out."""
        return mark_files(self._sources) != self._sources

    def _reload_if_free(self) -> None:
        try:
            with self._held():
                self._reload()
        except RefusedRequest as exc:
            if exc.code != BUSY:
                raise

    def _reload(self) -> None:
        try:
            self.load()
        except CrossoverError as exc:
            raise workspace_answer(exc) from exc

    def _take_up_edits(self, *, is_held: bool = False) -> None:
        """Take up what somebody else wrote into edits.yaml; where that cannot be read, what was
        read last goes on to count, and nothing is written over it."""
        path = self.workspace.edits
        if mark_file(path) == self._edits_mark and sum_file(path) == self._edits_sum:
            return
        self._read_edits_mark()
        try:
            edits = read_edits(path)
        except CrossoverError as exc:
            self._broken = safe(exc.message)
            return
        self._broken = ""
        if edits.decisions != self.planned.edits.decisions:
            log.info("edits.yaml was changed elsewhere")
            # Where another run is at work, a cover that was chosen elsewhere shows when it is done.
            with suppress(RefusedRequest), nullcontext() if is_held else self._held():
                self._fit_covers(edits)
            self.planned.change(edits)

    def _read_edits_mark(self) -> None:
        path = self.workspace.edits
        self._edits_mark, self._edits_sum = mark_file(path), sum_file(path)

    def _fit_covers(self, edits: Edits) -> None:
        """Make the covers that these edits choose and that were not chosen before."""
        planned = self.planned
        covers = {
            number
            for number, edit in edits.by_note.items()
            if edit.cover not in (None, planned.edits.by_note.get(number, Edit()).cover)
        }
        posts = {post for post in planned.find_posts(edits) if planned.number_of(post) in covers}
        if posts:
            try:
                planned.planner.fit_covers(edits, posts)
            except CrossoverError as exc:
                raise disk_answer(exc) from exc

    def _write(self, edits: Edits) -> None:
        try:
            write_edits(edits)
        except CrossoverError as exc:
            raise disk_answer(exc) from exc
        # Not of what is there now, which may be somebody else's already.
        self._edits_sum = hashlib.sha256(format_edits(edits)).hexdigest()
        self._edits_mark = mark_file(self.workspace.edits)
        self.saved += 1
