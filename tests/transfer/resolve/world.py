"""A workspace whose notes go to a real account, some of them handed over; nothing is asked of a
network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.ledger import HandedNote, Ledger
from crossover.accounts.ledger.open import open_ledger, read_entries
from crossover.accounts.registry import RealAccount, account_for, keep_account
from crossover.destinations.open import Target
from crossover.library.posts_file import Library, write_library
from crossover.model.account import SiteName
from crossover.model.notes import Plan
from crossover.plan.document import write_plan
from crossover.workspace import Workspace
from tests.makers import CARRIED, NOON, plan, post

PACK = "2026-11-27-1"
TITLES = ("Garlic butter noodles", "Tram 28", "My cat", "Old bridge")


def link_to(letter: str) -> str:
    return f"https://www.rednote.com/explore/{letter * 24}"


class World:
    """Four notes for the account mila on rednote.com."""

    def __init__(self, root: Path) -> None:
        self.workspace = Workspace(root / "move")
        self.workspace.root.mkdir(parents=True)
        posts = [
            post(n, text=f"{title} and more words", tiktok_id=f"73061324380471165{n:02}")
            for n, title in enumerate(TITLES, 1)
        ]
        write_library(self.workspace.posts, Library(handle="mara", posts=tuple(posts)))
        made = plan(*posts)
        self.plan: Plan = replace(made, to="kit", site=SiteName.REDNOTE, account="mila")
        write_plan(self.plan, self.workspace.plan)

    @property
    def account(self) -> RealAccount:
        return account_for(SiteName.REDNOTE, "mila")

    @property
    def target(self) -> Target:
        return Target("kit", SiteName.REDNOTE, self.account.folder.path, "mila")

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        account = self.account
        with account.folder.hold("a test"):
            keep_account(account)
            with open_ledger(account.folder.ledger, account.for_ledger, "mara") as ledger:
                yield ledger

    def hand_over(self, *numbers: int) -> None:
        """Hand these notes over in one pack, one a day."""
        with self.ledger() as ledger:
            handed = [
                HandedNote(self.plan.notes[n - 1], CARRIED, NOON + timedelta(days=n))
                for n in numbers
            ]
            ledger.hand_over(handed, PACK)

    def hand_over_in_a_run(self, *numbers: int) -> None:
        """As `hand_over`, in a run as the ledger keeps it."""
        with self.ledger() as ledger:
            ledger.begin_run("crossover upload", "kit", str(self.workspace.root), "mara")
            handed = [HandedNote(self.plan.notes[n - 1], CARRIED, NOON) for n in numbers]
            ledger.hand_over(handed, PACK)

    def entries(self) -> dict[int, Entry]:
        """The rows by the number of the note."""
        rows = read_entries(self.account.folder.ledger, "mara")
        return {n: rows[one.key] for n, one in enumerate(self.plan.notes, 1) if one.key in rows}

    def states(self) -> dict[int, str]:
        return {n: str(entry.state) for n, entry in self.entries().items()}
