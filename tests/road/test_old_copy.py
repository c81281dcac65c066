"""The folder of an account comes back from an old copy, on a computer that knows nothing of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from crossover.rehearsal.store.store import read_notes
from tests.road.conftest import FEW, Crossover


def test_what_went_out_after_the_copy_is_asked_about_and_not_sent_again(
    crossover: Crossover, few: Path, tmp_path: Path
) -> None:
    """The site had changed the words, so it would not refuse the same notes as doubles."""
    account, copy = few / "rehearsal", tmp_path / "copy"
    faults = tmp_path / "faults.yaml"
    faults.write_text("faults:\n  - {call: create, fault: edited-text, how: shorten}\n")
    assert crossover("upload", "-w", few, "--batch", 3, "--faults", faults).returncode == 0
    copy.mkdir()
    for name in ("ledger.sqlite", "ledger.json"):
        shutil.copy(account / name, copy)
    assert crossover("upload", "-w", few, "--faults", faults).returncode == 0
    for path in copy.iterdir():
        shutil.copy(path, account)
    again = Crossover(tmp_path / "another home")("upload", "-w", few)
    assert again.returncode == 3, again.stderr
    assert again.stderr.count("already on the account?") == FEW - 3
    assert len(read_notes(account)) == FEW
