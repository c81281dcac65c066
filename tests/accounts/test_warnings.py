"""What holds an account is never taken for nothing, and is lifted by hand alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossover.accounts.folder import AccountFolder
from crossover.accounts.warnings import AccountWarnings, InARow
from crossover.errors import AccountAtRisk, AccountHeld, CrossoverError
from tests.makers import NOON

ERROR = AccountAtRisk("RedNote holds this account back (HTTP 200, 300012).")


@pytest.fixture
def warnings(tmp_path: Path) -> AccountWarnings:
    return AccountWarnings(tmp_path / "account", lambda: NOON)


def test_an_account_of_which_nothing_is_known_is_free(warnings: AccountWarnings) -> None:
    warnings.check_free()
    assert warnings.read_in_a_row() == InARow()
    assert not warnings.folder.exists()


def test_a_hold_tells_since_when_why_and_where(warnings: AccountWarnings) -> None:
    warnings.write_hold(ERROR, "RedNote", "2025-02-06T15:50:46Z/2")
    held = warnings.read_hold()
    assert held is not None
    assert (held.since, held.site, held.note) == (NOON, "RedNote", "2025-02-06T15:50:46Z/2")
    assert held.reason == ERROR.message
    with pytest.raises(AccountHeld, match=r"^RedNote is held.* 300012") as caught:
        warnings.check_free()
    assert caught.value.exit_code == 6
    assert "`crossover accounts release`" in caught.value.next


def test_the_first_warning_is_the_one_that_is_kept(warnings: AccountWarnings) -> None:
    warnings.write_hold(ERROR, "RedNote")
    warnings.write_hold(AccountAtRisk("Another one."), "RedNote")
    held = warnings.read_hold()
    assert held is not None
    assert held.reason == ERROR.message


@pytest.mark.parametrize("content", [b"", b"{", b'{"format": "crossover/hold", "version": 99}'])
def test_a_hold_that_cannot_be_read_is_one_and_can_be_lifted(
    warnings: AccountWarnings, content: bytes
) -> None:
    warnings.folder.mkdir()
    (warnings.folder / "hold.json").write_bytes(content)
    with pytest.raises(AccountHeld, match=r"hold\.json"):
        warnings.check_free()
    warnings.write_hold(ERROR, "RedNote")
    assert (warnings.folder / "hold.json").read_bytes() == content
    warnings.lift()
    warnings.check_free()


def test_what_ended_badly_in_a_row_is_kept_until_the_hold_is_lifted(
    warnings: AccountWarnings,
) -> None:
    warnings.write_in_a_row(InARow(refused=1, unclear=1))
    assert warnings.read_in_a_row() == InARow(1, 1)
    warnings.write_hold(ERROR, "RedNote")
    warnings.lift()
    assert warnings.read_in_a_row() == InARow()
    (warnings.folder / "in-a-row.json").write_text("{")
    with pytest.raises(CrossoverError, match="damaged"):
        warnings.read_in_a_row()
    with pytest.raises(AccountHeld, match="cannot be read"):
        warnings.check_free()
    warnings.lift()
    warnings.check_free()


def test_an_account_that_was_emptied_is_held_no_more(tmp_path: Path) -> None:
    account = AccountFolder(tmp_path / "account")
    account.warnings.write_hold(ERROR, "RedNote")
    account.warnings.write_in_a_row(InARow(refused=1))
    account.forget()
    assert list(account.path.iterdir()) == []
