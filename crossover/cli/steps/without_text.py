"""Agree that notes go out without any text."""

from __future__ import annotations

from crossover.cli.view.next_step import Flags
from crossover.cli.view.screen import is_terminal
from crossover.cli.view.without_text import confirm_without_text, show_without_text
from crossover.destinations.open import Target
from crossover.settings.consent import agree_to_no_text
from crossover.transfer.without_text import TextMissing
from crossover.workspace import Workspace


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
    elif yes or target.is_practice:
        show_without_text(missing, flags)
    else:
        raise missing
    if yes:
        notes = (note.id for note in missing.notes)
        agree_to_no_text(workspace.agreed, target.site, notes)
    return True
