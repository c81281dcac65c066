"""Notes that would go out without any text: the creator agrees to each of them once, before
anything is sent."""

from __future__ import annotations

from collections.abc import Sequence

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.handles import files_by_post
from crossover.accounts.ledger.open import read_entries
from crossover.errors import UsageProblem
from crossover.library.page_captions import posts_on_page
from crossover.library.posts_file import Library
from crossover.mapping.checks.advice import GET_TEXT, WRITE_TEXT
from crossover.mapping.checks.missing import NO_TEXT
from crossover.model.next_step import Hint
from crossover.model.notes import Note, Plan
from crossover.settings.consent import read_consent
from crossover.transfer.outcome import to_send
from crossover.workspace import Workspace


class TextMissing(UsageProblem):
    """Notes would go out without any text, and the creator did not say that they shall. `on_page`:
    the public page may have it."""

    id = "text-missing"

    def __init__(self, notes: Sequence[Note], *, on_page: bool) -> None:
        many = len(notes) > 1
        self.notes, self.on_page = notes, on_page
        super().__init__(
            f"{len(notes):,} note{'s' * many} would go out with a title and no text.",
            next=Hint(self.advice, " To send without text, add --without-text."),
        )

    @property
    def advice(self) -> Hint:
        """Where the text may come from."""
        return GET_TEXT if self.on_page else WRITE_TEXT


def check_text_agreed(
    plan: Plan, library: Library, workspace: Workspace, account: AccountFolder
) -> None:
    """Raise `TextMissing` where notes go out without any text and the creator did not agree to
    that. Raises what reading the ledger raises."""
    if not any(map(_lacks_text, plan.notes)):
        return
    entries = read_entries(account.ledger, plan.handle, files_by_post(plan.notes))
    agreed = read_consent(workspace.agreed).without_text.get(plan.site, ())
    notes = [n for n in to_send(plan, entries) if _lacks_text(n) and n.id not in agreed]
    if notes:
        on_page = posts_on_page(library)
        raise TextMissing(notes, on_page=any(note.post in on_page for note in notes))


def _lacks_text(note: Note) -> bool:
    return any(problem.code == NO_TEXT for problem in note.problems)
