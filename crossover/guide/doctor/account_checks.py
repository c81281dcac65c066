"""The accounts: whole, for their owner alone, and what stands in the way of sending."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.open import examine_ledger, read_all_entries
from crossover.accounts.pace import AccountPace
from crossover.accounts.registry import KnownAccounts
from crossover.guide.doctor.findings import Check, Finding, Subject
from crossover.guide.doctor.workspace_checks import check_lock
from crossover.model.next_step import Hint, step
from crossover.model.notes import State
from crossover.text import one_line

LONG = timedelta(days=3)
"""Notes that wait for the creator's word for longer are told of."""


def check_account(
    account: AccountFolder, subject: Subject, now: datetime, *, paced: bool
) -> Iterator[Finding]:
    """Look at one account by its folder; practice is not `paced`."""
    yield from subject.look(Check.PRIVATE, lambda: _check_private(account, subject))
    yield from subject.look(Check.LEDGER, lambda: _check_ledger(account, subject))
    yield from subject.look(Check.HOLD, lambda: _check_hold(account, subject))
    if paced:
        yield from subject.look(Check.PACE, lambda: _check_pace(account, subject, now))
    yield from subject.look(Check.OPEN_NOTES, lambda: _check_open(account, subject, now))
    yield from check_lock(subject, account.path, "this account")


def check_unreadable(known: KnownAccounts) -> Iterator[Finding]:
    """Tell of folders of accounts of which it cannot be read whose they are."""
    for one in known.damaged:
        subject = Subject(f"Account in {one.folder.name}")
        yield subject.fail(Check.ACCOUNT, one.error.message, one.error.next)


def _check_private(account: AccountFolder, subject: Subject) -> Iterator[Finding]:
    if os.name == "nt" or not account.path.exists():
        yield subject.ok(Check.PRIVATE, "Its folder is where other users do not look.")
        return
    paths = [account.path, *(path for path in account.path.iterdir() if path.is_file())]
    open_to_others = [path for path in paths if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if account.path.is_symlink():
        yield subject.fail(
            Check.PRIVATE,
            "Its folder is a link to another place.",
            "Put the folder itself where the link is.",
        )
    elif open_to_others:
        names = ", ".join(path.name for path in open_to_others[:4])
        yield subject.warn(
            Check.PRIVATE,
            f"Other users of this computer may look into it: {names}.",
            f"Close it: chmod -R go-rwx '{account.path}'",
        )
    else:
        yield subject.ok(Check.PRIVATE, "Its folder is for you alone.")


def _check_ledger(account: AccountFolder, subject: Subject) -> Iterator[Finding]:
    facts = examine_ledger(account.ledger)
    if facts is None:
        yield subject.ok(Check.LEDGER, "Nothing was sent yet.")
    else:
        yield subject.ok(
            Check.LEDGER, f"The list of what was sent is whole: {facts.notes:,} notes."
        )


def _check_hold(account: AccountFolder, subject: Subject) -> Iterator[Finding]:
    held = account.warnings.read_hold()
    if held is None:
        yield subject.ok(Check.HOLD, "Nothing holds it.")
        return
    yield subject.warn(
        Check.HOLD,
        f"It is held, and nothing is sent: {one_line(held.reason)}",
        Hint("Look at the account yourself, then ", step("accounts release"), "."),
    )


def _check_pace(account: AccountFolder, subject: Subject, now: datetime) -> Iterator[Finding]:
    pace = AccountPace(account.path).read()
    if pace.is_paused(now.astimezone().date()):
        until = f"until {pace.paused_until}" if pace.paused_until else "until you resume it"
        yield subject.warn(
            Check.PACE, f"It is paused {until}.", Hint("To go on: ", step("resume"), ".")
        )
    else:
        yield subject.ok(Check.PACE, "It is not paused.")


def _check_open(account: AccountFolder, subject: Subject, now: datetime) -> Iterator[Finding]:
    entries = read_all_entries(account.ledger)
    unclear = sum(entry.state in (State.STARTED, State.UNKNOWN) for entry in entries)
    handed = sum(
        entry.state is State.HANDED and (entry.out_at is None or entry.out_at < now - LONG)
        for entry in entries
    )
    fix = Hint("Settle them: ", step("resolve"), ".")
    if unclear:
        are = "note is" if unclear == 1 else "notes are"
        yield subject.warn(Check.OPEN_NOTES, f"{unclear:,} {are} unclear.", fix)
    if handed:
        wait = "note waits" if handed == 1 else "notes wait"
        said = f"{handed:,} {wait} for a link for more than {LONG.days} days."
        yield subject.warn(Check.OPEN_NOTES, said, fix)
    if not unclear and not handed:
        yield subject.ok(Check.OPEN_NOTES, "No note waits for your word for long.")
