"""A creator moves the demo to a real account by hand: what the page of a pack gives is what was planned,
and every link comes back."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from crossover.model.notes import Note, Plan
from crossover.plan.document import read_plan
from tests.cdp import Tab, chromium
from tests.road.conftest import Run


def link_of(note: Note) -> str:
    digits = re.sub(r"\D", "", note.id)
    return f"https://www.rednote.com/explore/{int(digits):x}".ljust(56, "0")


class Phone:
    """Plays the creator's phone: copies what the page offers, and checks it against the plan."""

    def __init__(self, tab: Tab, pack: Path, plan: Plan) -> None:
        self.tab, self.plan = tab, plan
        tab.open((pack / "index.html").as_uri())
        document = json.loads((pack / "pack.json").read_text("utf-8"))
        self.numbers = [note["number"] for note in document["notes"]]

    def copied(self, selector: str) -> Any:
        self.tab.run("navigator.clipboard.writeText('nothing yet')")
        self.tab.click(selector)
        return self.tab.run(
            "(async () => { for (let n = 0; n < 200; n += 1) {"
            " const text = await navigator.clipboard.readText();"
            " if (text !== 'nothing yet') return text;"
            " await new Promise((done) => setTimeout(done, 10)); } })()"
        )

    def post_all(self) -> None:
        for number in self.numbers:
            note = next(n for n in self.plan.notes if n.number == number)
            of_note = f'[data-note="{number}"]'
            if note.title:
                assert self.copied(f'{of_note}[data-copy="title"]') == note.title
            if note.body:
                assert self.copied(f'{of_note}[data-copy="text"]') == note.body
            for place, topic in enumerate(note.topics):
                assert self.copied(f'{of_note}[data-topic="{place}"]') == f"#{topic}"
            self.tab.click(f'[data-number="{number}"] [data-link]')
            self.tab.type(link_of(note))

    def save_links(self, into: Path) -> Path:
        path = into / "links.json"
        path.write_text(self.tab.run("JSON.stringify(exported())"), "utf-8")
        return path


def packs(root: Path) -> list[Path]:
    return sorted(p for p in (root / "kit").iterdir() if p.is_dir())


@pytest.mark.complete
def test_the_demo_goes_by_hand(
    planned: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "data"))
    root = planned
    assert run("plan", "-w", root, "--to", "kit", "--account", "mila").code == 0
    plan = read_plan(root / "plan.json")
    refused = run("upload", "-w", root, "--batch", "9")
    assert refused.code == 2
    assert "--accept-risk" in refused.said
    answers = ("--accept-risk", "--account-empty", "--approve", plan.digest[:12])
    assert run("upload", "-w", root, "--batch", "9", *answers).code == 0
    with chromium(tmp_path / "browser") as tab:
        (first,) = packs(root)
        phone = Phone(tab, first, plan)
        assert len(phone.numbers) == 1
        phone.post_all()
        assert run("resolve", "-w", root, "--from", phone.save_links(tmp_path)).code == 0
        assert run("upload", "-w", root, "--batch", "9", "--first-note-ok").code == 0
        second = packs(root)[-1]
        phone = Phone(tab, second, plan)
        assert len(phone.numbers) == 9
        phone.post_all()
        assert {url.partition(":")[0] for url in tab.requests} <= {"file", "data"}
    rows = tmp_path / "links.csv"
    with rows.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(["note", "link"])
        for number in phone.numbers:
            note = next(n for n in plan.notes if n.number == number)
            table.writerow([number, link_of(note)])
    assert run("resolve", "-w", root, "--from", rows).code == 0
    status = json.loads(run("status", "-w", root, "--json").out)
    links = {n["number"]: n["url"] for n in status["notes"] if n["state"] == "posted"}
    posted = [n for n in plan.notes if n.number in {"1", *phone.numbers}]
    assert links == {n.number: link_of(n) for n in posted}
    assert run("upload", "-w", root, "--batch", "2").code == 0
    assert len(packs(root)) == 3
    report = json.loads(run("report", "-w", root, "--json").out)
    states = [report[s] for s in ("skip", "hold", "ready", "posted", "handed", "failed", "unknown")]
    assert sum(states) + report["unreadable"] == report["found"]
    assert run("report", "-w", root).code == 0
    assert (root / "report.html").is_file()
    with (root / "links.csv").open(encoding="utf-8-sig", newline="") as file:
        redirects = list(csv.DictReader(file))
    # A post of two notes has one address on TikTok, which leads to its first note.
    assert {row["rednote_url"] for row in redirects} == {
        link_of(n) for n in posted if n.part[0] == 1
    }
