"""`crossover again`: a new attempt at a note that was refused, deleted, or whose pack got lost."""

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
from crossover.cli.steps.resolve import find_named_note, looking_at
from crossover.cli.view.again import question_about, show_retry
from crossover.cli.view.next_step import Flags, show_next
from crossover.cli.view.packs import show_packed_before
from crossover.cli.view.screen import say
from crossover.guide.facts import read_facts
from crossover.guide.next_step import next_step
from crossover.model.next_step import Hint, step
from crossover.plan.target import TargetChoice, choose_target
from crossover.transfer.resolve.again import prepare_retry, write_retry
from crossover.transfer.resolve.resolver import resolving
from crossover.workspace import find_workspace

_UNCHANGED = "It stays as it is; nothing is sent."


def again(
    note: Annotated[str, typer.Argument(metavar="NOTE", help="The note's number: 17, or 17.2.")],
    chosen: WorkspaceOption = None,
    to: ToOption = None,
    site: SiteOption = None,
    account: AccountOption = None,
    rehearsal: RehearsalOption = None,
    new_attempt: Annotated[
        bool,
        typer.Option(
            "--new-attempt",
            help="The old note is not on the account, as you know: try anew without asking.",
        ),
    ] = False,
    verbose: VerboseOption = 0,
) -> None:
    """Send a note anew that was refused, deleted or never posted."""
    workspace = find_workspace(chosen, Path.home())
    target = choose_target(workspace, TargetChoice(to, site, account, rehearsal))
    flags = Flags(chosen, rehearsal)
    with (
        working_in(workspace, "again", verbose),
        explaining_missing_plan(workspace, rehearsal),
        resolving(
            workspace,
            target,
            command="crossover again",
            operator=operator_name(),
            **looking_at(target),
        ) as resolver,
    ):
        retry = prepare_retry(resolver, find_named_note(resolver, note))
        show_retry(retry, target)
        number = retry.note.number
        agreed = confirm_in_person(
            new_attempt,
            question_about(retry),
            Hint("If it is right as shown: ", step("again", number, "--new-attempt"), "."),
            unchanged=_UNCHANGED,
        )
        if agreed:
            write_retry(resolver, retry)
            say(f"Note {number} goes out anew with the next upload.")
            show_packed_before(resolver.packed_before)
        else:
            say(_UNCHANGED)
    show_next(next_step(read_facts(workspace, rehearsal)), flags)
