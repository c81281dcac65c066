"""One run of the transfer by the studio, onto a stand-in that is served."""

from __future__ import annotations

from pathlib import Path

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.open import open_ledger
from crossover.accounts.warnings import holding_at_risk
from crossover.destinations.sites import rehearsal_hosts
from crossover.destinations.studio.dialogue import Dialogue
from crossover.destinations.studio.open import open_studio
from crossover.model.account import SiteName
from crossover.model.notes import Note
from crossover.transfer.outcome import Outcome
from crossover.transfer.run import transfer
from tests.fakes import FakeMemory
from tests.studio_notes import plan_of


def send(
    folder: Path, root: Path, port: int, dialogue: Dialogue, *notes: Note, draft: bool = False
) -> list[Outcome]:
    """Send these notes, whose files lie in `root`, from the account in `folder`."""
    account, hosts, practice = AccountFolder(folder), rehearsal_hosts(port), SiteName.REHEARSAL
    with (
        account.hold("a test"),
        open_studio(folder, practice, root, dialogue, hosts=hosts, draft=draft) as studio,
        holding_at_risk(account.warnings, studio.label),
        open_ledger(account.ledger, studio.whoami(), "mara") as ledger,
    ):
        return list(
            transfer(
                plan_of(*notes),
                to=studio,
                ledger=ledger,
                memory=lambda _: FakeMemory(),
                warnings=account.warnings,
            )
        )
