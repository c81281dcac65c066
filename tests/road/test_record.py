"""What was refused or practised, edited afterwards: the real commands tell the same of it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.ledger.open import open_ledger
from crossover.model.account import Receipt
from crossover.model.carried import Carried
from crossover.model.notes import Note
from crossover.plan.document import read_plan
from crossover.workspace import Workspace
from tests.makers import ACCOUNT, MARKER
from tests.preview.pages import read_notes
from tests.road.conftest import Run

FIRST, SECOND = "Hello from my tiny studio", "First kiln of the year"


def attempt(ledger: Ledger, note: Note) -> None:
    cover = note.cover.sha256 if note.cover else None
    cut = (tuple(file.sha256 for file in note.media),)
    ledger.started(note, MARKER, Carried(note.description, cover, cut))


def sent_before(root: Path) -> None:
    """The first note is on the account, the second was refused, the third is unclear."""
    place = Workspace(root)
    first, second, third, *_ = read_plan(place.plan).notes
    account = AccountFolder(place.practice)
    account.path.mkdir()
    with open_ledger(account.ledger, ACCOUNT, "mara.makes") as ledger:
        attempt(ledger, first)
        ledger.posted(first, Receipt("1", None, "the answer"))
        attempt(ledger, second)
        ledger.failed(second, "not allowed")
        attempt(ledger, third)
        ledger.unknown(third, "no answer")


def edit(root: Path, **by_note: str) -> None:
    lines = [f"  {number[1:]}: {{{said}}}" for number, said in by_note.items()]
    (root / "edits.yaml").write_text("\n".join(["version: 1", "notes:", *lines, ""]), "utf-8")


def test_a_refused_note_that_is_left_out_is_settled(run: Run, few: Path, tmp_path: Path) -> None:
    faults = tmp_path / "faults.yaml"
    faults.write_text("faults:\n  - {call: create, fault: business, code: -9059, at: 2}\n")
    assert run("upload", "-w", few, "--batch", 2, "--faults", faults).code == 3
    before = json.loads(run("status", "-w", few, "--json").out)
    assert (before["failed"], before["skip"]) == (1, 0)
    assert "What was refused is not sent again by itself" in run("-w", few).said
    edit(few, n2="action: skip")
    assert "1 left out" in run("plan", "-w", few).said
    after = json.loads(run("status", "-w", few, "--json").out)
    assert (after["failed"], after["skip"], after["ready"]) == (0, 1, 4)
    reason = before["notes"][1]["reason"]
    assert after["notes"][1]["reason"] == f"you said so; it was refused before: {reason}"
    assert " refused" not in run("-w", few).said
    sent = run("upload", "-w", few, "--batch", 1, "--json")
    assert sent.code == 0
    sums = json.loads(sent.out.splitlines()[-1])
    assert (sums["skip"], sums["failed"], sums["posted"]) == (1, 0, 2)


def test_a_refused_note_that_is_reworded_is_not_counted_among_those_that_go_out(
    run: Run, few: Path
) -> None:
    sent_before(few)
    edit(few, n2="title: Another kiln")
    said = run("plan", "-w", few).said
    assert "Of these notes so far: 1 practised, 1 unclear, 1 refused. 3 notes go out next." in said
    assert "Not allowed. It is not sent again by itself." in said
    status = run("status", "-w", few).said
    assert "was refused; since then its title changed" in status
    assert f"“{SECOND}” → “Another kiln”" in status
    assert json.loads(run("status", "-w", few, "--json").out)["failed"] == 1


def test_a_note_that_went_out_is_shown_as_it_was_sent(run: Run, few: Path) -> None:
    sent_before(few)
    edit(few, n1="title: Goodbye")
    assert "changed since: “Goodbye”" in run("plan", "-w", few).said
    assert f"“{FIRST} 👋” → “Goodbye”" in run("status", "-w", few).said
    (first, *_) = json.loads(run("status", "-w", few, "--json").out)["notes"]
    assert (first["title"], first["title_planned"]) == (f"{FIRST} 👋", "Goodbye")
    title, text = first["differences"]
    assert title == {"field": "title", "sent": f"{FIRST} 👋", "planned": "Goodbye"}
    assert text["planned"] == f"{FIRST} 👋\n{text['sent']}", (
        "what the title said is in the text again"
    )
    shown = read_notes(few / "preview.html")["1"]
    assert (shown["title"], shown["since"][0]) == (
        f"{FIRST} 👋",
        ["title", f"{FIRST} 👋", "Goodbye"],
    )
    panel = run("preview", "1", "-w", few).said
    assert panel.index(FIRST) < panel.index("Changed since") < panel.index("Goodbye")


def test_the_account_tells_what_is_unclear_and_refused_too(run: Run, few: Path) -> None:
    sent_before(few)
    said = run("accounts", "-w", few).said
    assert said.splitlines()[1:4] == [
        "  1 note practised",
        "  1 note unclear",
        "  1 note refused",
    ]


def test_the_sheet_says_what_went_out_and_under_which_title(run: Run, few: Path) -> None:
    sent_before(few)
    edit(few, n1="title: Goodbye", n2="title: Another kiln")
    sheet = few.parent / "words.csv"
    assert run("sheet", "out", sheet, "-w", few).code == 0
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        first, second, third, fourth, *_ = csv.DictReader(file)
    assert (first["title"], first["sent"]) == ("Goodbye", f"{FIRST} 👋")
    assert (second["title"], second["sent"]) == ("Another kiln", "")
    assert third["sent"] == third["title"]
    assert fourth["sent"] == ""
    words = sheet.read_text("utf-8-sig")
    edited = words.replace("Goodbye", "So long").replace(f",{third['title']},", ",Latte,")
    sheet.write_text(edited, "utf-8-sig")
    said = run("sheet", "in", sheet, "-w", few).said
    assert "Sent already, and left there as they are: 1, 3." in said
