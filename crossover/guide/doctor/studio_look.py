"""Looks into the studio itself, in the creator's browser: a window opens, or a page in the open one.
Fills in nothing, and leaves the pages alone that are there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from crossover.accounts.folder import AccountFolder
from crossover.accounts.registry import account_for
from crossover.destinations.open import Target
from crossover.destinations.practice import running_rehearsal
from crossover.destinations.sites import HOSTS, Hosts, rehearsal_hosts
from crossover.destinations.studio.contract.contract import load_contract
from crossover.destinations.studio.inspection import StudioInspection, inspecting
from crossover.guide.doctor.findings import Check, Finding, Subject, Verdict
from crossover.model.next_step import Hint, step
from crossover.model.posts import Kind


def look_into_studio(target: Target, subject: Subject) -> Iterator[Finding]:
    """Look whether the window can be reached, who is signed in there, and whether the page is as
    crossover knows it. Practice starts its stand-in. Raises what `open_window` raises, and `Busy`
    where a run holds the account."""
    with (
        AccountFolder(target.account).hold("crossover doctor"),
        _hosts(target) as hosts,
        inspecting(target.account, target.site, hosts) as studio,
    ):
        reached = f" (port {studio.port}, on this computer alone)" if studio.port else ""
        yield subject.ok(
            Check.REACHABLE, f"Browser {studio.version} is open, and can be reached{reached}."
        )
        found = list(
            subject.look(Check.SIGNED_IN, lambda: _check_signed_in(studio, target, subject))
        )
        yield from found
        if all(one.verdict is not Verdict.FAIL for one in found):
            yield from subject.look(Check.STUDIO_PAGE, lambda: _check_page(studio, subject))


@contextmanager
def _hosts(target: Target) -> Iterator[Hosts]:
    if not target.is_practice:
        yield HOSTS[target.site]
        return
    with running_rehearsal(target.account) as server:
        yield rehearsal_hosts(server.port)


def _check_signed_in(
    studio: StudioInspection, target: Target, subject: Subject
) -> Iterator[Finding]:
    who = studio.account()
    said = f"Signed in as {who.name} (id {who.id}) on {who.site}."
    if target.is_practice or account_for(target.site, target.name).record.is_of(who):
        yield subject.ok(Check.SIGNED_IN, said)
        return
    yield subject.fail(
        Check.SIGNED_IN,
        f"{said} That is another account than {target.name}.",
        Hint(
            f"Sign out there and sign in as {target.name}: ",
            step("login", "--site", target.site, "--account", target.name),
            ".",
        ),
    )


def _check_page(studio: StudioInspection, subject: Subject) -> Iterator[Finding]:
    contract = load_contract()
    found = {one.name: one for kind in (Kind.VIDEO, Kind.PHOTOS) for one in studio.elements(kind)}
    missing = tuple(name for name, one in found.items() if one.css is None)
    others = tuple(name for name, one in found.items() if one.css is not None and not one.first)
    as_of = f"known as of {contract.as_of:%Y-%m-%d}"
    if missing:
        yield subject.fail(
            Check.STUDIO_PAGE,
            f"The page that notes are filled in on is not as it is {as_of}; missing:"
            f" {contract.called(missing)}.",
            Hint(
                "Update crossover. Until then post by hand: ",
                step("plan", "--to", "kit"),
                ".",
            ),
            names=missing,
        )
    elif others:
        yield subject.warn(
            Check.STUDIO_PAGE,
            f"The page that notes are filled in on changed a little since it is {as_of}. Found all the"
            f" same: {contract.called(others)}.",
            "Nothing needs to be done.",
            names=others,
        )
    else:
        yield subject.ok(
            Check.STUDIO_PAGE,
            f"The page that notes are filled in on is as it is {as_of}: {len(found)} parts."
            " What shows only with a file is looked at when a note is filled in.",
        )
