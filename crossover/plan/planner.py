"""Everything a plan is made of, read from a workspace, and the plan made of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from itertools import chain, groupby
from operator import attrgetter

from crossover.destinations.open import Target
from crossover.errors import UsageProblem
from crossover.library.downloads import fetched_covers
from crossover.library.posts_file import Library, read_library
from crossover.limits.limits import load_limits
from crossover.mapping.selection import explain_exclusion
from crossover.media.fit.fit import fit_media
from crossover.media.fit.origins import Origins
from crossover.media.fit.progress import FitProgress
from crossover.media.fit.ready_index import ReadyIndex
from crossover.model.choices import Action, Rules
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.notes import Note, Plan
from crossover.model.posts import MediaKind, Post
from crossover.plan.compiler import (
    Mapped,
    assemble_plan,
    compile_plan,
    fitted_files,
    in_silence,
    map_posts,
    number_posts,
)
from crossover.plan.conversions import Conversions, undecided_conversions
from crossover.plan.cover_files import find_wishes
from crossover.plan.document import write_plan
from crossover.plan.duplicates import DuplicateSearch
from crossover.plan.inputs import describe_inputs, write_inputs
from crossover.plan.order import order_notes
from crossover.plan.sent import read_rows, sent_of
from crossover.plan.sent_as import as_made_now, find_files_now, tell_sent_as
from crossover.settings.edits import Edits, read_edits
from crossover.settings.rules import read_rules
from crossover.storage.checksums import read_checksums
from crossover.workspace import Workspace

log = logging.getLogger("crossover.plan")


def make_plan(
    workspace: Workspace,
    target: Target,
    show: Callable[[Plan, Library], None],
    *,
    fitted: FitProgress,
    mapped: Mapped,
    undecided: Callable[[Conversions], None] = lambda _: None,
) -> tuple[Plan, Library]:
    """Compile the plan and keep it, and return it with the posts it is made of; `show` writes the
    page of it. A page tells of which plan it is, so one that a crash left behind is not taken for
    that of this plan. `fitted` hears how far making files fit is, and `mapped` how many posts of
    how many are done, `undecided` of the videos whose conversion the creator has not decided. The
    caller holds the workspace.

    Raises what `Planner` raises.
    """
    edits, planner = read_edits(workspace.edits), Planner(workspace, target, fitted)
    made, library = planner.plan(edits, mapped), planner.library
    inputs = describe_inputs(library, planner.rules, edits, planner.limits, plan=made.inputs)
    undecided(undecided_conversions(planner.fitted.values()))
    del planner  # what became of the files takes memory that writing needs
    write_plan(made, workspace.plan)
    write_inputs(inputs, workspace.planned)
    show(made, library)
    _sweep_ready(workspace, library, made)
    log.info("plan %s: %d found, %d move", made.digest[:12], made.found, made.move)
    return made, library


def _sweep_ready(workspace: Workspace, library: Library, made: Plan) -> None:
    """Remove what was made of files that no post has any more, once no plan on disk has it."""
    contents = {file.sha256 for post in library.posts for file in post.media}
    in_use = {file.path for note in made.notes for file in note.files}
    with ReadyIndex(workspace.root, read_checksums(workspace.checksums)) as index:
        index.sweep(contents, in_use)


def _contents_left_out(
    posts: Iterable[Post], rules: Rules, edits: Edits
) -> set[tuple[str, MediaKind]]:
    """Find the files, by sha256 and kind, of which no post takes part."""
    taken, left = set[tuple[str, MediaKind]](), set[tuple[str, MediaKind]]()
    for post in posts:
        action = edits.find(str(post.number)).action
        excluded = action is Action.SKIP or (
            action is not Action.MOVE and bool(explain_exclusion(post, rules.select))
        )
        (left if excluded else taken).update((file.sha256, file.kind) for file in post.media)
    return left - taken


class Planner:
    """Everything a plan is made of but the edits; its files are made fit first, with the covers that
    edits.yaml asks for, and `fitted` hears how far that is. The caller holds the workspace.

    Raises `UsageProblem` where there are no posts and for rules that are wrong, and `LedgerError`
    where it is not known what went out before.
    """

    def __init__(self, workspace: Workspace, target: Target, fitted: FitProgress) -> None:
        self.target = target
        self._workspace = workspace
        self.library = read_library(workspace.posts)
        self._posts = number_posts(self.library)
        self.rules, self.limits = read_rules(workspace.rules), load_limits(target.site)
        if not self.library.posts and not self.library.unreadable:
            raise UsageProblem(
                "There are no posts in this workspace.",
                next=Hint("Add your export: ", step("add", Placeholder("EXPORT"))),
            )
        rows = read_rows(target)
        media = [file for post in self.library.posts for file in post.media]
        checksums = read_checksums(workspace.checksums)
        own = read_edits(workspace.edits).only_of(self._posts)
        self._covers = fetched_covers(self.library, workspace)
        covers = find_wishes(self.library.posts, own, self._covers)
        left_out = _contents_left_out(self.library.posts, self.rules, own)
        origins = Origins(workspace.root)
        self.fitted = fit_media(
            workspace.root, media, self.rules, self.limits, checksums, fitted, covers, left_out
        )
        files = fitted_files(self.library.posts, self.fitted, self.limits)
        self.files_now = find_files_now(rows, origins, origins.add(self.fitted))
        rows = [as_made_now(row, self.files_now) for row in rows]
        self.sent = sent_of(self.library.handle, files, rows)
        self._duplicates = DuplicateSearch(self.sent)

    def notes(self, edits: Edits, mapped: Mapped = in_silence) -> tuple[Note, ...]:
        """The notes of the plan with these edits."""
        own = edits.only_of(self._posts)
        return self._duplicates.tell(self._map(self.library, own, mapped), own)

    def map_again(
        self, notes: Iterable[Note], edits: Edits, posts: Collection[str]
    ) -> tuple[Note, ...]:
        """`notes`, with those of `posts`, ids, as these edits make them."""
        changed = tuple(post for post in self.library.posts if post.id in posts)
        own = edits.only_of(self._posts)
        again = self._map(replace(self.library, posts=changed), own)
        parts = {post: tuple(some) for post, some in groupby(again, key=attrgetter("post"))}
        by_post = groupby(notes, key=attrgetter("post"))
        mixed = chain.from_iterable(parts.get(post, some) for post, some in by_post)
        return self._duplicates.tell(mixed, own)

    def map_alone(self, edits: Edits, posts: Collection[str]) -> tuple[Note, ...]:
        """The notes of `posts`, ids, with these edits, not told whether they are like another."""
        some = tuple(post for post in self.library.posts if post.id in posts)
        return self._map(replace(self.library, posts=some), edits.only_of(self._posts))

    def in_library_order(self, notes: Iterable[Note]) -> tuple[Note, ...]:
        """Notes of a plan as `notes` gives them: by their posts."""
        place = {post.id: place for place, post in enumerate(self.library.posts)}
        return tuple(sorted(notes, key=lambda note: (place[note.post], note.part)))

    def assemble(self, notes: Iterable[Note], edits: Edits) -> Plan:
        """The plan of these notes, mapped before with these edits, to be shown: without digests."""
        to, site = self.target.to, self.target.site
        ordered = order_notes(tuple(notes), self.rules)
        made = assemble_plan(ordered, self.library, edits, to=to, site=site)
        return replace(made, account=self.target.name)

    def fit_covers(self, edits: Edits, posts: Collection[str]) -> None:
        """Make the covers that these edits choose for the videos of `posts`, ids. The caller holds
        the workspace. Raises what `fit_media` raises."""
        own = edits.only_of(self._posts)
        wishes = find_wishes(self.library.posts, own, self._covers)
        videos = [
            file
            for post in self.library.posts
            if post.id in posts
            for file in post.media
            if file.kind is MediaKind.VIDEO
        ]
        self.fitted |= fit_media(
            self._workspace.root,
            videos,
            self.rules,
            self.limits,
            read_checksums(self._workspace.checksums),
            covers=wishes,
            left_out=_contents_left_out(self.library.posts, self.rules, own),
        )

    def plan(self, edits: Edits, mapped: Mapped = in_silence) -> Plan:
        """The plan with these edits. `mapped` hears of how many posts of how many are done."""
        made = compile_plan(
            self.library,
            self.fitted,
            self.rules,
            edits,
            self.limits,
            to=self.target.to,
            site=self.target.site,
            sent=self.sent,
            mapped=mapped,
        )
        # No part of what is summed: it tells of the past, and changes nothing that goes out.
        notes = tell_sent_as(made.notes, self.files_now)
        return replace(made, notes=notes, account=self.target.name)

    def _map(self, library: Library, edits: Edits, mapped: Mapped = in_silence) -> tuple[Note, ...]:
        made = map_posts(library, self.fitted, self.rules, edits, self.limits, self.sent, mapped)
        return tell_sent_as(made, self.files_now)
