"""The warning signs of an account: what holds it, and notes that ended badly in a row.

Both lie in the account's folder, so that they count for the next run, of whatever workspace.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crossover.errors import AccountAtRisk, AccountHeld, CrossoverError
from crossover.model.next_step import Hint, step
from crossover.storage.documents import read_document, write_document
from crossover.storage.os_errors import explain_os_error
from crossover.text import sentence

log = logging.getLogger(__name__)

LIFT = step("accounts release")
"""The command that lifts a hold."""


@dataclass(frozen=True, slots=True)
class AccountHold:
    """Why nothing is sent to an account, until the creator lifts it. `site` is what a creator calls
    the site, `note` the id of the note at which it began. `since` is None where the file that says
    it cannot be read."""

    since: datetime | None
    site: str
    note: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class InARow:
    """Notes that were refused, and that stayed unclear, without a better end in between."""

    refused: int = 0
    unclear: int = 0


@dataclass(frozen=True, slots=True)
class AccountWarnings:
    """The warning signs of the account in `folder`. Nothing is read before a method is called;
    what one wrote is on disk when it returns."""

    folder: Path
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def read_hold(self) -> AccountHold | None:
        """Read what holds the account. A file that cannot be read holds it as well."""
        try:
            if self._hold.exists():
                return read_document(self._hold, "hold", 1, AccountHold)
            self.read_in_a_row()
        except CrossoverError as exc:
            reason = f"What was noted of it cannot be read. {exc.message}"
            return AccountHold(None, "the account", None, reason)
        return None

    def check_free(self) -> None:
        """Check that nothing holds the account. Raises `AccountHeld`."""
        held = self.read_hold()
        if held is not None:
            raise AccountHeld(
                f"{sentence(held.site)} is held, so nothing is sent. {held.reason}",
                next=Hint("Look at it yourself first. Then lift the hold: ", LIFT, "."),
            )

    def write_hold(self, error: AccountAtRisk, site: str, note: str | None = None) -> None:
        """Hold the account for the reason that `error` tells; one that is held stays as it is.
        Raises like `write_document`."""
        if not self._hold.exists():
            held = AccountHold(self.now(), site, note, error.message)
            write_document(self._hold, "hold", 1, held)

    def lift(self) -> None:
        """Lift the hold, and count anew from here. Raises a `CrossoverError` where the disk does
        not let it."""
        for path in (self._in_a_row, self._hold):  # stopped in between, it is still held
            try:
                path.unlink(missing_ok=True)
            except OSError as exc:
                raise explain_os_error(exc, path) from exc
        log.info("the hold is lifted")

    def read_in_a_row(self) -> InARow:
        """Read how many notes ended badly in a row. Raises `CrossoverError` for a damaged file."""
        path = self._in_a_row
        return read_document(path, "in-a-row", 1, InARow) if path.exists() else InARow()

    def write_in_a_row(self, notes: InARow) -> None:
        """Write how many notes ended badly in a row. Raises like `write_document`."""
        write_document(self._in_a_row, "in-a-row", 1, notes)

    @property
    def _hold(self) -> Path:
        return self.folder / "hold.json"

    @property
    def _in_a_row(self) -> Path:
        return self.folder / "in-a-row.json"


@contextmanager
def holding_at_risk(warnings: AccountWarnings, site: str) -> Iterator[None]:
    """Hold the account where the block raises `AccountAtRisk`, before anybody hears of it. The
    error then says how the hold is lifted, or that it could not be written down."""
    try:
        yield
    except AccountHeld:
        raise
    except AccountAtRisk as exc:
        try:
            warnings.write_hold(exc, site)
            exc.more += (Hint("Nothing is sent from now on, until you lift the hold: ", LIFT, "."),)
        except CrossoverError as unwritten:
            log.exception("the hold could not be written")
            exc.more += (f"Do not send anything now. It could not be noted: {unwritten.message}",)
        raise
