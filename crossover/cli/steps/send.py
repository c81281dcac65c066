"""Send the next batch of a plan."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from crossover.cli.interrupts import stoppable
from crossover.cli.steps.operator import operator_name
from crossover.cli.steps.page import where_of, write_page
from crossover.cli.view.next_step import Flags
from crossover.cli.view.practice import errors_in_practice
from crossover.cli.view.screen import is_terminal
from crossover.cli.view.uploads import upload_screen
from crossover.cli.view.without_text import confirm_without_text, show_without_text
from crossover.destinations.open import Target
from crossover.errors import CrossoverError
from crossover.model.account import SiteName
from crossover.plan.document import read_plan
from crossover.settings.consent import agree_to_no_text
from crossover.transfer.batch import BatchOptions, Sent, send_batch
from crossover.transfer.without_text import TextMissing
from crossover.workspace import Workspace


def send_asking(
    workspace: Workspace,
    target: Target,
    options: BatchOptions,
    command: str,
    flags: Flags,
    *,
    yes: bool = False,
    as_json: bool = False,
) -> Sent | TextMissing:
    """Send the next notes until the batch ends or the creator stops it; nothing where they do not
    want notes to go out without any text, which come back then. `yes` answers that. The caller holds
    the workspace, and `command` is the one that runs. Raises what `send_batch` raises."""
    try:
        return _send(workspace, target, options, command, as_json=as_json)
    except TextMissing as missing:
        if not agree_to_send(missing, workspace, target, flags, yes=yes, ask=not as_json):
            return missing
    options = replace(options, without_text=True)
    return _send(workspace, target, options, command, as_json=as_json)


def agree_to_send(
    missing: TextMissing,
    workspace: Workspace,
    target: Target,
    flags: Flags,
    *,
    yes: bool,
    ask: bool,
) -> bool:
    """Whether these notes may go out without text; an answer is kept. Where nobody can be asked
    they are told of in practice, which harms nobody, and `missing` is raised for a real account."""
    if ask and not yes and is_terminal():
        yes = confirm_without_text(missing, flags)
        if not yes:
            return False
    elif yes or target.site is SiteName.REHEARSAL:
        show_without_text(missing, flags)
    else:
        raise missing
    if yes:
        notes = (note.id for note in missing.notes)
        agree_to_no_text(workspace.agreed, target.site, notes)
    return True


def _send(
    workspace: Workspace, target: Target, options: BatchOptions, command: str, *, as_json: bool
) -> Sent:
    with (
        stoppable() as stop,
        errors_in_practice(target.page),
        upload_screen(as_json=as_json) as screen,
    ):
        sent = send_batch(
            workspace,
            target,
            options,
            command=f"crossover {command}",
            stop=stop,
            progress=screen,
            operator=operator_name(),
        )
    with suppress(CrossoverError):  # the notes are there all the same; `preview` makes it anew
        plan = read_plan(workspace.plan)
        write_page(plan, where_of(plan, target), workspace)
    return sent
