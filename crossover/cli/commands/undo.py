"""`crossover undo`: list what a batch brought to the account, and take it back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.options import (
    AccountOption,
    RehearsalOption,
    SiteOption,
    ToOption,
    VerboseOption,
    WorkspaceOption,
)
from crossover.cli.run import working_in
from crossover.cli.steps.confirm import confirm_in_person
from crossover.cli.steps.missing_plan import explaining_missing_plan
from crossover.cli.steps.operator import operator_name
from crossover.cli.steps.resolve import looking_at
from crossover.cli.view.next_step import Flags
from crossover.cli.view.screen import count, is_terminal, say
from crossover.cli.view.undo import show_after, show_batch, show_how_to_delete, show_taken_back
from crossover.errors import UsageProblem
from crossover.model.next_step import Hint, step
from crossover.plan.target import TargetChoice, choose_target
from crossover.transfer.resolve.resolver import Resolver, resolving
from crossover.transfer.resolve.take_back import (
    SentBatch,
    find_batch,
    record_deleted,
    take_back,
)
from crossover.workspace import find_workspace

_UNCHANGED = "Everything stays as it is."


def undo(
    batch: Annotated[
        str | None,
        typer.Argument(
            metavar="BATCH",
            help="A batch, by the name that this command shows, or a pack. Without it: the last.",
            show_default=False,
        ),
    ] = None,
    chosen: WorkspaceOption = None,
    to: ToOption = None,
    site: SiteOption = None,
    account: AccountOption = None,
    rehearsal: RehearsalOption = None,
    take: Annotated[
        bool,
        typer.Option("--take-back", help="Take it back from the practice account without asking."),
    ] = False,
    done: Annotated[
        bool,
        typer.Option("--done", help="You deleted these notes on the account: write that down."),
    ] = False,
    verbose: VerboseOption = 0,
) -> None:
    """List what the last batch posted, with links, and take it back."""
    workspace = find_workspace(chosen, Path.home())
    target = choose_target(workspace, TargetChoice(to, site, account, rehearsal))
    flags = Flags(chosen, rehearsal)
    if take and not target.is_practice:
        raise UsageProblem(
            "Notes on a real account are deleted by hand, in RedNote itself.",
            next=Hint(step("undo"), " lists them with their links."),
        )
    if done and target.is_practice:
        raise UsageProblem(
            "The practice account is emptied from here.",
            next=Hint("Run ", step("undo", "--take-back"), "."),
        )
    with (
        working_in(workspace, "undo", verbose),
        explaining_missing_plan(workspace, rehearsal),
        resolving(
            workspace,
            target,
            command="crossover undo",
            operator=operator_name(),
            **looking_at(target, to_take_back=True),
        ) as resolver,
    ):
        found = find_batch(resolver, batch)
        show_batch(found, target, flags)
        if not found.there:
            say("Nothing of it is on the account.")
        elif target.is_practice:
            _take_back(resolver, found, flags, said=take)
        else:
            _record(resolver, found, flags, said=done)


def _take_back(resolver: Resolver, batch: SentBatch, flags: Flags, *, said: bool) -> None:
    number = count(len(batch.there), "note")
    agreed = confirm_in_person(
        said,
        f"Take {number} back from the practice account?",
        Hint("To take them back: ", step("undo", batch.run.id, "--take-back"), "."),
        unchanged=_UNCHANGED,
    )
    if not agreed:
        say(_UNCHANGED)
        return
    gone = []
    for note in take_back(resolver, batch):
        gone.append(note)
        show_taken_back(note)
    show_after(sorted(gone, key=lambda note: [*map(int, note.number.split("."))]), flags)


def _record(resolver: Resolver, batch: SentBatch, flags: Flags, *, said: bool) -> None:
    there = batch.there
    if not said:
        show_how_to_delete(batch, flags)
        if not is_terminal():
            return
        said = confirm_in_person(
            False,
            f"Did you delete {'it' if len(there) == 1 else f'all {len(there)} of them'} there?",
            Hint(""),
            unchanged=_UNCHANGED,
        )
    if said:
        record_deleted(resolver, there)
        show_after(there, flags)
    else:
        say(_UNCHANGED)
