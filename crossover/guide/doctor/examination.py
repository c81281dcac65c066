"""Everything that is looked at, in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.open import examine_ledger
from crossover.accounts.registry import KnownAccounts, accounts_folder, read_accounts
from crossover.destinations.open import STUDIO, Target
from crossover.destinations.studio.browser.window import PROFILE
from crossover.errors import CrossoverError
from crossover.guide.doctor.account_checks import check_account, check_unreadable
from crossover.guide.doctor.computer import (
    COMPUTER,
    check_captions_tool,
    check_clock,
    check_disk,
    check_limits,
    check_packages,
    check_python,
    check_synced,
)
from crossover.guide.doctor.findings import Check, Finding, Subject
from crossover.guide.doctor.studio_checks import (
    BROWSER,
    check_browser,
    check_studio_extra,
    check_window,
    uses_studio,
)
from crossover.guide.doctor.workspace_checks import bytes_needed, check_files
from crossover.library.posts_file import Library, read_library
from crossover.limits.limits import load_limits
from crossover.model.account import SiteName
from crossover.model.next_step import Hint, step
from crossover.model.notes import Plan
from crossover.plan.document import read_plan
from crossover.plan.target import target_of
from crossover.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Examined:
    """What is looked at: a workspace, None where there is none, and its practice account. With
    `studio` the studio's page too, for which the creator's browser opens."""

    workspace: Workspace | None
    practice: Path | None = None
    studio: bool = False

    @property
    def practice_account(self) -> AccountFolder | None:
        """The practice account of the workspace, or the one that was named."""
        folder = self.practice or (self.workspace.practice if self.workspace else None)
        return AccountFolder(folder) if folder and folder.exists() else None


def examine(what: Examined, now: datetime) -> Iterator[Finding]:
    """Look at the computer, the workspace and every account. Changes nothing; what is damaged is a
    finding, never an error."""
    known = KnownAccounts((), ())
    with suppress(CrossoverError):  # told below
        known = read_accounts()
    yield from _examine_computer(what, known, now)
    if what.workspace is not None:
        place = what.workspace
        subject = Subject(f"Workspace {place.root.name}")
        yield from check_files(place, subject, now)
        yield from subject.look(
            Check.SYNCED, lambda: check_synced(subject, "The workspace", place.root)
        )
    if what.practice_account is not None:
        yield from check_account(
            what.practice_account, Subject("Practice account"), now, paced=False
        )
    yield from COMPUTER.look(Check.ACCOUNT, lambda: check_unreadable(read_accounts()))
    for account in known.accounts:
        record = account.record
        yield from check_account(
            account.folder, Subject(f"{record.name} on {record.site}"), now, paced=True
        )
    yield from BROWSER.look(Check.BROWSER, lambda: _examine_studio(what, known))


def _examine_studio(what: Examined, known: KnownAccounts) -> Iterator[Finding]:
    """Look at the creator's browser, where notes go through it, and at the studio, where that was
    asked."""
    planned = _planned_target(what)
    if not what.studio and not uses_studio(planned, known.accounts):
        return
    yield from BROWSER.look(Check.STUDIO_EXTRA, check_studio_extra)
    yield from BROWSER.look(Check.BROWSER, check_browser)
    for account in known.accounts:
        record, folder = account.record, account.folder.path
        if (folder / PROFILE).is_dir() or (planned and planned.account == folder):
            subject = Subject(f"{record.name} on {record.site}")
            yield from subject.look(
                Check.WINDOW, partial(check_window, folder, record.user_id, subject)
            )
    if what.studio:
        yield from _look_into_studio(planned, known)


def _look_into_studio(planned: Target | None, known: KnownAccounts) -> Iterator[Finding]:
    target = planned if planned and planned.to == STUDIO else None
    if target is None:
        signed_in = [one for one in known.accounts if (one.folder.path / PROFILE).is_dir()]
        if len(signed_in) != 1:
            said = "No account signed in" if not signed_in else "Several accounts signed in"
            yield BROWSER.fail(
                Check.REACHABLE,
                f"{said} with your browser, and nothing is planned for one.",
                Hint("Sign in: ", step("login"), ", or plan: ", step("plan", "--to", STUDIO), "."),
            )
            return
        record, folder = signed_in[0].record, signed_in[0].folder
        target = Target(STUDIO, record.site, folder.path, record.name)
    from crossover.guide.doctor.studio_look import look_into_studio  # starts processes

    name = "Practice account" if target.is_practice else f"{target.name} on {target.site}"
    subject = Subject(name)
    yield from subject.look(Check.REACHABLE, partial(look_into_studio, target, subject))


def _planned_target(what: Examined) -> Target | None:
    if what.workspace is not None:
        with suppress(CrossoverError):
            plan = read_plan(what.workspace.plan)
            return target_of(plan, what.workspace, what.practice)
    return None


def _examine_computer(what: Examined, known: KnownAccounts, now: datetime) -> Iterator[Finding]:
    limits = load_limits(SiteName.REDNOTE)
    yield from COMPUTER.look(Check.PYTHON, check_python)
    yield from COMPUTER.look(Check.PACKAGES, check_packages)
    yield from COMPUTER.look(Check.CAPTIONS_TOOL, check_captions_tool)
    yield from COMPUTER.look(Check.LIMITS, lambda: check_limits(limits.as_of, now))
    earliest = limits.as_of - timedelta(days=2)  # wherever on earth it was written
    yield from COMPUTER.look(Check.CLOCK, lambda: check_clock(now, earliest, _moments(what, known)))
    disk = what.workspace.root if what.workspace else Path.home()
    yield from COMPUTER.look(
        Check.DISK, lambda: check_disk(disk, bytes_needed(*_plan_and_posts(what.workspace)))
    )
    yield from COMPUTER.look(
        Check.SYNCED, lambda: check_synced(COMPUTER, "What is kept of accounts", accounts_folder())
    )


def _plan_and_posts(place: Workspace | None) -> tuple[Plan | None, Library | None]:
    plan, library = None, None
    if place is not None:
        with suppress(CrossoverError):
            plan = read_plan(place.plan)
        with suppress(CrossoverError):
            library = read_library(place.posts)
    return plan, library


def _moments(what: Examined, known: KnownAccounts) -> list[tuple[str, datetime]]:
    """When files and ledgers were written last."""
    found = []
    if what.workspace is not None:
        for path in (what.workspace.posts, what.workspace.plan):
            with suppress(OSError):
                found.append((path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)))
    folders = [account.folder for account in known.accounts]
    for folder in (*folders, *filter(None, [what.practice_account])):
        with suppress(CrossoverError):
            facts = examine_ledger(folder.ledger)
            if facts and facts.newest:
                found.append(("the newest line of what was sent", facts.newest))
    return found
