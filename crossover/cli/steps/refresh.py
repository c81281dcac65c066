"""Read what the account's own list says of its notes."""

from __future__ import annotations

from datetime import UTC, datetime

from crossover.cli.run import working_in
from crossover.cli.steps.operator import operator_name
from crossover.cli.steps.resolve import can_be_read, looking_at
from crossover.cli.view.next_step import Flags
from crossover.cli.view.review import show_no_list, show_reviewed
from crossover.destinations.base import CanReview
from crossover.destinations.open import Target
from crossover.transfer.report.review import refresh_reviews
from crossover.transfer.resolve.resolver import resolving
from crossover.workspace import Workspace


def refresh_from_list(workspace: Workspace, target: Target, flags: Flags) -> None:
    """Read the list once, keep what it says of the notes, and tell what is new. Where the account
    cannot be read from here it says so. Raises what `resolving` and `refresh_reviews` raise."""
    command = "crossover status"
    if not can_be_read(target):
        show_no_list(target, flags)
        return
    with (
        working_in(workspace, "status", 0),
        resolving(
            workspace, target, command=command, operator=operator_name(), **looking_at(target)
        ) as resolver,
    ):
        if not isinstance(resolver.destination, CanReview):
            resolver.account.warnings.check_free()
            show_no_list(target, flags)
            return
        now = datetime.now(UTC)
        show_reviewed(refresh_reviews(resolver.ledger, resolver.destination, target.site, now))
