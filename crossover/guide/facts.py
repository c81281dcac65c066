"""The facts of a workspace on which the next step depends, read into one value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from crossover.destinations.open import STUDIO
from crossover.errors import PlanOutOfDate, UsageProblem
from crossover.guide.browser import has_studio, has_window
from crossover.guide.holds import Hold, find_waiting
from crossover.library.posts_file import Library, read_library
from crossover.model.account import SiteName
from crossover.model.notes import Cover, Note, NoteMedia, Plan, State
from crossover.model.plan_changes import PlanChanges
from crossover.plan.document import check_current, read_plan
from crossover.plan.target import target_of
from crossover.settings.consent import read_consent
from crossover.storage.checksums import Checksums, read_checksums
from crossover.transfer.outcome import GOES_OUT
from crossover.transfer.report.status import Status, status_with
from crossover.workspace import Workspace

_EXPORT = re.compile(r"(?i)(tiktok_data_\d+.*\.zip|user_data(_tiktok)?.*\.json)")


class Links(StrEnum):
    """What can still be fetched of posts that lack files. `DYING`: one of the links has a
    deadline."""

    NONE = "none"
    LASTING = "lasting"
    DYING = "dying"


class Practice(StrEnum):
    """How notes are practised: through the browser, or past it, where one may be here as well."""

    IN_BROWSER = "in-browser"
    BROWSER_HERE = "browser-here"
    NO_BROWSER = "no-browser"


class PlanState(StrEnum):
    """How the plan on disk stands. `OLD`: it is not what would be planned now."""

    ABSENT = "absent"
    OLD = "old"
    CURRENT = "current"


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the next step depends on.

    `export` is one that lies in Downloads, looked for where there is no workspace. `files`: a post
    has some. `sendable`: notes go out, or were sent and not looked up. `wordless`: one that goes
    out has a title alone, and the public page may have its words. `unclear` (sent, and may be
    found) and `refused` are of notes as well. `left_out`: every note is. `held`: nothing is sent
    until the creator lifts that. `handed`: notes wait for the creator to post them by hand. `needs_sign_in`:
    they go out through the browser, where nobody signed in to the account yet. `listed`: the words of
    the public page were read once.
    `practice`: how it is practised, told
    once nothing goes out any more; None on a real account.
    `tiktok_gone`: TikTok has nothing of the creator any more. `files_unsure`: posts, by id, that
    files which were given may be of, and the creator did not say yet. `plan_changes`: what changed
    since an old plan was made, as far as that is known.
    """

    workspace: bool = True
    export: Path | None = None
    posts: bool = False
    files: bool = False
    links: Links = Links.NONE
    plan: PlanState = PlanState.ABSENT
    sendable: bool = False
    wordless: bool = False
    unclear: bool = False
    refused: bool = False
    left_out: bool = False
    held: bool = False
    handed: bool = False
    needs_sign_in: bool = False
    practice: Practice | None = None
    holds: frozenset[Hold] = frozenset()
    listed: bool = False
    tiktok_gone: bool = False
    files_unsure: frozenset[str] = frozenset()
    plan_changes: PlanChanges | None = None

    @property
    def page_helps(self) -> bool:
        """Whether the public page may have words that were never read."""
        return not (self.listed or self.tiktok_gone)


def read_facts(workspace: Workspace, rehearsal: Path | None, *, kept_back: bool = False) -> Facts:
    """The facts of a workspace and its practice account. Changes nothing on disk. `kept_back`: a
    run found that notes cannot be sent as they are planned.

    Raises what reading posts.json or the ledger raises.
    """
    library = read_library(workspace.posts)
    try:
        plan = read_plan(workspace.plan)
    except PlanOutOfDate:
        return facts_of(workspace, library, None, None)
    status = status_with(plan, workspace, rehearsal)
    facts = facts_of(workspace, library, plan, status, rehearsal=rehearsal)
    return replace(facts, plan=PlanState.OLD) if kept_back else facts


def facts_of(
    workspace: Workspace,
    library: Library,
    plan: Plan | None,
    status: Status | None,
    *,
    rehearsal: Path | None = None,
    is_new: bool = False,
) -> Facts:
    """The facts of a workspace, of which these were read already: its posts, the plan if it can be
    read, and where its notes stand. A plan that `is_new` was made of these posts just now;
    `rehearsal` as in `target_of`."""
    facts = Facts(
        posts=bool(library.posts),
        files=any(post.media for post in library.posts),
        links=_links(workspace, library),
        listed=library.listed,
        tiktok_gone=library.tiktok_gone is not None,
        files_unsure=posts_unsure(workspace, library),
    )
    if plan is None or status is None:
        return replace(facts, plan=PlanState.OLD if workspace.plan.exists() else PlanState.ABSENT)
    states = {one.id: one.state for one in status.notes}
    leaving = [note for note in plan.notes if states[note.id] in GOES_OUT]
    changes = None if is_new else _find_changes(workspace, library, plan, leaving)
    is_current = changes is None and not status.cut_anew
    return replace(
        facts,
        plan=PlanState.CURRENT if is_current else PlanState.OLD,
        plan_changes=changes,
        sendable=bool(leaving) or State.STARTED in states.values(),
        wordless=_is_wordless(workspace, library, plan, leaving),
        unclear=any(one.state is State.UNKNOWN and one.attempt for one in status.notes),
        refused=State.FAILED in states.values(),
        left_out={*states.values()} == {State.SKIP},
        held=status.held is not None,
        handed=State.HANDED in states.values(),
        needs_sign_in=plan.to == STUDIO
        and not has_window(target_of(plan, workspace, rehearsal).account),
        practice=_find_practice(plan) if not leaving else None,
        holds=frozenset(
            one.hold for one in find_waiting(library, plan, status, facts.files_unsure)
        ),
    )


def _find_practice(plan: Plan) -> Practice | None:
    if plan.site is not SiteName.REHEARSAL:
        return None
    if plan.to == STUDIO:
        return Practice.IN_BROWSER
    return Practice.BROWSER_HERE if has_studio() else Practice.NO_BROWSER


def find_exports(downloads: Path) -> list[Path]:
    """Find the files in the Downloads folder that are named like an export, newest first."""
    if not downloads.is_dir():
        return []
    found = [path for path in downloads.iterdir() if _EXPORT.fullmatch(path.name)]
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def _links(workspace: Workspace, library: Library) -> Links:
    if not any(len(post.links) > len(post.media) for post in library.posts):
        return Links.NONE
    from crossover.library.link_survey import FOLDER, Line, survey, unfinished  # slow to load
    from crossover.media.download.outcomes_file import read_outcomes

    outcomes = read_outcomes(workspace.root / FOLDER)
    lines = survey(library, workspace.root, datetime.now(UTC), outcomes)
    open_links: dict[int, list[Line]] = {number: [] for number in unfinished(library, lines)}
    for line in lines:
        if line.number in open_links and line.known is None and not line.is_cover:
            open_links[line.number].append(line)
    # Files that lie there only have to be taken: no network can stand in the way.
    if any(not some or any(line.wanted.expires for line in some) for some in open_links.values()):
        return Links.DYING
    return Links.LASTING if open_links else Links.NONE


def _is_wordless(
    workspace: Workspace, library: Library, plan: Plan, leaving: Iterable[Note]
) -> bool:
    """Whether a note goes out without text that the page may have, and nobody agreed to that."""
    listed = {post.id for post in library.posts if post.may_be_listed}
    agreed = read_consent(workspace.agreed).without_text.get(plan.site, ())
    return any(
        note.post in listed
        and note.id not in agreed
        and any(problem.code == "no-text" for problem in note.problems)
        for note in leaving
    )


def posts_unsure(workspace: Workspace, library: Library) -> frozenset[str]:
    """Find the posts, by id, that files which were given may be of. Raises what `posts_asked`
    raises."""
    if not workspace.candidates.exists():
        return frozenset()
    from crossover.library.originals.sitting import posts_asked  # slow to load, rarely needed

    return posts_asked(workspace, library, datetime.now(UTC))


def _find_changes(
    workspace: Workspace, library: Library, plan: Plan, leaving: Iterable[Note]
) -> PlanChanges | None:
    """Find what changed since the plan was made, or that a file of the notes that go out is known to
    be another than planned. None: the plan is what would be planned now."""
    from crossover.limits.limits import load_limits  # these three read YAML, which is slow to load
    from crossover.settings.edits import read_edits
    from crossover.settings.rules import read_rules

    try:
        rules, edits = read_rules(workspace.rules), read_edits(workspace.edits)
    except UsageProblem:  # planning tells what is wrong there
        return PlanChanges()
    limits, changes = load_limits(plan.site), None
    try:
        check_current(plan, library, rules, edits, limits)
    except PlanOutOfDate:
        from crossover.plan.inputs import compare_inputs, describe_inputs, read_inputs

        before = read_inputs(workspace.planned, plan.inputs)
        now = describe_inputs(library, rules, edits, limits, plan=plan.inputs)
        changes = compare_inputs(before, now) if before else PlanChanges()
    checksums = read_checksums(workspace.checksums) if plan.notes_total else Checksums()
    others = tuple(
        note.number
        for note in leaving
        if not all(
            _is_as_planned(workspace.root / file.path, file, checksums) for file in note.files
        )
    )
    return replace(changes or PlanChanges(), on_disk=others) if others else changes


def _is_as_planned(path: Path, file: NoteMedia | Cover, checksums: Checksums) -> bool:
    try:
        stat = path.stat()
    except OSError:
        return False
    return stat.st_size == file.bytes and not checksums.differs(stat, file.sha256)
