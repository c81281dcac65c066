"""Hand the next notes of the plan on disk to the creator, who posts them by hand.

    pack written, hidden → in the ledger, all of its notes at once → pack visible

A pack that can be seen is known to the ledger, so none of its notes goes out by another way. What a
run that died left is shown or removed by the next one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.handles import files_by_post
from crossover.accounts.ledger.ledger import HandedNote, Ledger
from crossover.accounts.ledger.open import open_ledger
from crossover.accounts.registry import RealAccount, account_for, keep_account
from crossover.destinations.kit.finishing import FinishedPacks, finish_packs, packs_in, show_pack
from crossover.destinations.kit.names import COVER, media_names, note_folder, pack_id
from crossover.destinations.kit.writer import NoteChanged, write_unfinished
from crossover.destinations.kit.zip_file import zip_pack
from crossover.destinations.open import Target
from crossover.errors import CrossoverError
from crossover.model.notes import Note, Plan, State
from crossover.model.packs import Pack, PackNote
from crossover.model.results import Prepared
from crossover.plan.current import current_plan
from crossover.plan.sent import group_sent, is_post_cut_anew
from crossover.plan.sent_as import as_made_now, files_now_of
from crossover.schedule.sitting import PacedSitting
from crossover.schedule.zones import find_zone
from crossover.settings.rules import read_calendar_rules
from crossover.transfer.batch import BatchOptions
from crossover.transfer.carried_by import carried_by
from crossover.transfer.changed_files import read_files_again
from crossover.transfer.conditions.conditions import AgreedNote, Asked, agree_on_batch
from crossover.transfer.outcome import Outcome, Step
from crossover.transfer.recorded_run import recorded_run
from crossover.transfer.report.status import Status, status_of
from crossover.transfer.send import CUT_ANEW
from crossover.transfer.without_text import check_text_agreed
from crossover.workspace import Workspace

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How it ended. `pack` is None where no note could be handed over. `kept_back` are notes that
    cannot go out as planned, `zip_error` says why there is no zip though one was wanted."""

    pack: Pack | None
    folder: Path | None
    zip: Path | None
    kept_back: tuple[Outcome, ...]
    sitting: PacedSitting
    status: Status
    zip_error: CrossoverError | None = None


@dataclass(frozen=True, slots=True)
class TidiedPacks:
    """What a run that died had left: the packs that can be seen now, and the notes, by number, whose
    pack was damaged before anybody saw it."""

    shown: tuple[Path, ...]
    lost: tuple[str, ...]


def hand_over(
    workspace: Workspace,
    target: Target,
    options: BatchOptions,
    *,
    command: str,
    operator: str,
    progress: Callable[[int], None] = lambda _: None,
    begin: Callable[[Pack], None] = lambda _: None,
    tidied: Callable[[TidiedPacks], None] = lambda _: None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> HandedOver:
    """Write a pack of the next notes, and enter them into the ledger as handed to the creator. The
    caller holds the workspace; `begin` hears which pack is written, `tidied` what an earlier run left.

    Raises what `agree_on_batch` raises, `TextMissing`, `PlanOutOfDate`, `Busy`, and a `CrossoverError` for a disk
    that does not take it: then nothing was handed over.
    """
    plan, library = current_plan(workspace, target)
    if not options.without_text:
        check_text_agreed(plan, library, workspace, AccountFolder(target.account))
    rules = read_calendar_rules(workspace.rules)
    with _opened(plan, target, command, now) as (account, ledger):
        handed_in = _handed_in_packs(ledger)
        finished = finish_packs(workspace.kit, (target.site, target.name), handed_in)
        if finished != FinishedPacks():
            tidied(_tell(finished, handed_in, plan))
        moment = now()
        asked = Asked(target, rules, options.answers, operator, moment, options.batch, ahead=True)
        agreed = agree_on_batch(plan, ledger, account.folder, asked)
        kept_back = list(agreed.kept_back)
        with recorded_run(ledger, target, workspace, command, operator) as run:
            log.info("run %s: %d notes to hand over", run, len(agreed.notes))
            going = list(_not_cut_anew(plan, agreed.notes, ledger, kept_back))
            made = moment.astimezone(find_zone(rules.zone))
            pack = _write(
                workspace, target, made, going, ledger, kept_back, begin=begin, progress=progress
            )
            folder: Path | None = None
            if pack is not None:
                by_key = {one.note.key: one for one in going}
                handed = [_handed(by_key[one.note.key], plan, ledger) for one in pack.notes]
                ledger.hand_over(handed, pack.id)
                folder = show_pack(workspace.kit, pack.id)
                log.info("pack %s is shown", pack.id)
        status = status_of(plan, ledger.entries())
    done = HandedOver(pack, folder, None, tuple(kept_back), agreed.sitting, status)
    return _zipped(done, folder) if folder and options.zip else done


def _zipped(done: HandedOver, folder: Path) -> HandedOver:
    try:
        return replace(done, zip=zip_pack(folder))
    except CrossoverError as exc:  # the pack is there, and its notes are handed over
        log.info("no zip of %s: %s", folder.name, exc)
        return replace(done, zip_error=exc)


def _tell(finished: FinishedPacks, handed: Mapping[str, set[str]], plan: Plan) -> TidiedPacks:
    lost = {note_id for pack in finished.lost for note_id in handed[pack]}
    numbers = tuple(note.number for note in plan.notes if note.id in lost)
    log.info("an earlier run left %s; damaged: notes %s", finished, numbers)
    return TidiedPacks(finished.shown, numbers)


@contextmanager
def _opened(
    plan: Plan, target: Target, command: str, now: Callable[[], datetime]
) -> Iterator[tuple[RealAccount, Ledger]]:
    account = account_for(target.site, target.name)
    account.folder.warnings.check_free()
    with (
        account.folder.hold(command),
        open_ledger(
            account.folder.ledger,
            account.for_ledger,
            plan.handle,
            files_by_post(plan.notes),
            now=now,
        ) as ledger,
    ):
        keep_account(account)
        yield account, ledger


def _handed_in_packs(ledger: Ledger) -> dict[str, set[str]]:
    """The ids of the notes that are handed over, by their pack."""
    found: dict[str, set[str]] = {}
    for entry in (*ledger.entries().values(), *ledger.entries_of_others()):
        if entry.state is State.HANDED and entry.pack:
            found.setdefault(entry.pack, set()).add(entry.id)
    return found


def _not_cut_anew(
    plan: Plan, notes: Sequence[AgreedNote], ledger: Ledger, kept_back: list[Outcome]
) -> Iterator[AgreedNote]:
    """Leave out notes of a post of which a part went out with other pictures than planned now."""
    parts = {post: tuple(some) for post, some in groupby(plan.notes, attrgetter("post"))}
    for one in notes:
        planned = parts[one.note.post]
        rows = ledger.entries_of(one.note.post)
        files = files_now_of(planned)
        sent = group_sent(as_made_now(row, files) for row in rows.values()).get(one.note.post, {})
        if is_post_cut_anew(planned, sent):
            kept_back.append(_keep_back(one.note, CUT_ANEW, ledger))
        else:
            yield one


def _write(
    workspace: Workspace,
    target: Target,
    made: datetime,
    going: Sequence[AgreedNote],
    ledger: Ledger,
    kept_back: list[Outcome],
    *,
    begin: Callable[[Pack], None],
    progress: Callable[[int], None],
) -> Pack | None:
    """Write the pack of these notes, without those of which a file is not the planned one."""
    name = pack_id(made, ledger.packs() | packs_in(workspace.kit))
    left = list(going)
    while left:
        notes = tuple(_packed(place, one) for place, one in enumerate(left, 1))
        pack = Pack(name, target.site, target.name, made, notes)
        begin(pack)
        try:
            write_unfinished(pack, workspace.kit, workspace.root, progress)
            return pack
        except NoteChanged as exc:
            changed = next(one for one in left if one.note.key == exc.key)
            kept_back.append(_keep_back(changed.note, exc.why, ledger))
            read_files_again(workspace, changed.note)
            left.remove(changed)
    return None


def _packed(place: int, one: AgreedNote) -> PackNote:
    note = one.note
    return PackNote(
        note=note,
        folder=note_folder(place, note),
        media=media_names(note),
        cover=COVER if note.cover else None,
        visibility=note.visibility,
        due=one.due.time,
        scheduled=one.due.scheduled,
        is_first=one.is_first,
    )


def _handed(one: AgreedNote, plan: Plan, ledger: Ledger) -> HandedNote:
    parts = [note for note in plan.notes if note.post == one.note.post]
    # Which topics RedNote knows is seen when they are picked from its list.
    carried = carried_by(Prepared(one.note, None), parts, ledger.entries_of(one.note.post))
    return HandedNote(one.note, carried, one.due.time, one.planned, one.digest)


def _keep_back(note: Note, reason: str, ledger: Ledger) -> Outcome:
    ledger.ready(note, reason)
    return Outcome(Step.KEPT_BACK, note, State.READY, reason)
