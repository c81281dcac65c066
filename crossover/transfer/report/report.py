"""Makes a report of a plan and of what its account's ledger knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crossover import __version__
from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.handles import files_by_post
from crossover.accounts.ledger.history import Event, Run
from crossover.accounts.ledger.open import read_entries, reading_account
from crossover.destinations.open import Target
from crossover.library.posts_file import Library, read_library
from crossover.model.notes import Note, Plan, State
from crossover.model.posts import Post, Visibility
from crossover.model.tiktok import post_address
from crossover.transfer.report.reported import (
    GapKind,
    Report,
    ReportedEvent,
    ReportedFile,
    ReportedGap,
    ReportedNote,
    ReportedRun,
)
from crossover.transfer.report.status import NOT_KNOWN, Standing, Status, status_of
from crossover.workspace import Workspace


@dataclass(frozen=True, slots=True)
class AccountKnowledge:
    """What the ledger knows: the rows of the plan's notes by `Note.key`, all events and runs."""

    entries: Mapping[tuple[str, int], Entry]
    events: Sequence[Event]
    runs: Sequence[Run]


def make_report(
    plan: Plan, library: Library, status: Status, known: AccountKnowledge, now: datetime
) -> Report:
    """Put together what became of the posts of `plan`, which stand as `status` says. Pure."""
    posts = {post.id: post for post in library.posts}
    history = _group_events(known)
    notes = tuple(
        _report_note(
            note,
            standing,
            known.entries.get(note.key),
            posts.get(note.post),
            plan.handle,
            tuple(history[note.key]),
        )
        for note, standing in zip(plan.notes, status.notes, strict=True)
    )
    return Report(
        made=now,
        crossover=__version__,
        plan=plan.digest[:12],
        to=plan.to,
        site=plan.site,
        account=plan.account,
        handle=plan.handle,
        found=status.found,
        unreadable=status.unreadable,
        skip=status.skip,
        hold=status.hold,
        ready=status.ready,
        uploading=status.uploading,
        started=status.started,
        posted=status.posted,
        handed=status.handed,
        failed=status.failed,
        unknown=status.unknown,
        deleted=library.deleted,
        notes=notes,
        unreadable_posts=plan.unreadable_posts,
        gaps=tuple(_find_gaps(plan, notes)),
        runs=_report_runs(known.runs, notes),
    )


def _group_events(known: AccountKnowledge) -> defaultdict[tuple[str, int], list[ReportedEvent]]:
    """Group the events by note; those of another TikTok account's posts are left out."""
    found: defaultdict[tuple[str, int], list[ReportedEvent]] = defaultdict(list)
    for event in known.events:
        entry = known.entries.get((event.post, event.part))
        if entry and entry.handle == event.handle:
            by_creator = event.operator is not None
            values = (event.time, event.kind, event.said, event.attempt, event.url, by_creator)
            found[event.post, event.part].append(ReportedEvent(*values, event.run))
    return found


def _report_note(
    note: Note,
    standing: Standing,
    entry: Entry | None,
    post: Post | None,
    handle: str | None,
    history: tuple[ReportedEvent, ...],
) -> ReportedNote:
    seen_by = {note.visibility, post.visibility if post else None}
    is_out = entry is not None and entry.may_be_there
    return ReportedNote(
        id=note.id,
        number=note.number,
        post=note.post,
        part=note.part,
        posted_at=note.posted_at,
        kind=note.kind,
        title=standing.title,
        state=standing.state,
        reason=standing.reason,
        review=standing.review,
        review_reason=entry.review_reason if entry else None,
        visibility=note.visibility,
        visibility_sent=standing.visibility_sent,
        visibility_now=standing.visibility_now,
        is_private=bool(seen_by & {Visibility.ONLY_ME, Visibility.FRIENDS}),
        tiktok_url=post_address(handle, post.kind, post.tiktok_id) if post else None,
        rednote_url=standing.url,
        note_id=standing.note_id,
        evidence=standing.evidence,
        attempt=standing.attempt,
        went_out=entry.out_day if entry and is_out else None,
        destination=entry.destination if entry else None,
        pack=entry.pack if entry and is_out else None,
        files=_files(note, entry),
        history=history,
        not_taken=standing.not_taken,
    )


def _files(note: Note, entry: Entry | None) -> tuple[ReportedFile, ...]:
    """List what was sent, where something was; else what will be."""
    planned = {file.sha256: file for file in note.files}
    if entry is None or entry.carried is None or not entry.tells_attempt:
        cover = note.cover.sha256 if note.cover else None
        sent = [file.sha256 for file in note.media]
    else:
        cover, sent = entry.carried.cover, list(entry.carried.files(entry.part))
    both = [(sha256, False) for sha256 in sent] + ([(cover, True)] if cover else [])
    return tuple(
        ReportedFile(
            sha256,
            planned[sha256].path if sha256 in planned else None,
            planned[sha256].bytes if sha256 in planned else None,
            is_cover,
        )
        for sha256, is_cover in both
    )


def _find_gaps(plan: Plan, notes: Iterable[ReportedNote]) -> Iterator[ReportedGap]:
    numbers: defaultdict[GapKind, list[str]] = defaultdict(list)
    numbers[GapKind.UNREADABLE] += [str(one.position) for one in plan.unreadable_posts]
    for note in notes:
        for gap in _gaps_of(note):
            numbers[gap].append(note.number)
    return (ReportedGap(gap, tuple(numbers[gap])) for gap in GapKind if numbers[gap])


def _gaps_of(note: ReportedNote) -> Iterator[GapKind]:
    match note.state:
        case State.HOLD:
            yield GapKind.WAITING
        case State.READY | State.UPLOADING:
            yield GapKind.NOT_SENT
        case State.FAILED:
            yield GapKind.REFUSED
        case State.STARTED | State.UNKNOWN:
            yield GapKind.UNCLEAR
        case State.HANDED:
            yield GapKind.NO_LINK
        case State.POSTED:
            if note.rednote_url is None:
                yield GapKind.NO_LINK
            if note.not_taken:
                yield GapKind.NOT_TAKEN
            if note.review == NOT_KNOWN:
                yield GapKind.REVIEW_NOT_KNOWN
            if note.tiktok_url is None:
                yield GapKind.NO_TIKTOK_LINK
        case State.SKIP | State.UNREADABLE:
            pass


def _report_runs(runs: Iterable[Run], notes: Iterable[ReportedNote]) -> tuple[ReportedRun, ...]:
    touched = Counter(run for note in notes for run in {event.run for event in note.history})
    return tuple(
        ReportedRun(one.id, one.began, one.ended, one.outcome, one.destination, touched[one.id])
        for one in runs
        if touched[one.id]
    )


def read_report(plan: Plan, workspace: Workspace, target: Target, now: datetime) -> Report:
    """Make the report of a plan that was read. Changes nothing on disk. Raises what reading
    posts.json and the ledger raises."""
    account = AccountFolder(target.account)
    entries = read_entries(account.ledger, plan.handle, files_by_post(plan.notes))
    with reading_account(account.ledger, plan.handle) as records:
        known = AccountKnowledge(entries, records.history.events(), records.history.runs())
    status = status_of(plan, entries, account.warnings.read_hold())
    return make_report(plan, read_library(workspace.posts), status, known, now)
