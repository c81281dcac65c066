"""`crossover migrate` offers the captions of the public page before it plans and sends."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crossover.plan.document import read_plan
from crossover.rehearsal.store.store import read_notes
from crossover.workspace import Workspace
from tests.captions.tiktok_page import StandInPage, photo_item
from tests.conftest import Run

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

START = datetime(2025, 5, 1, 12, 0, tzinfo=UTC)
NUMBER = str(int(START.timestamp()) << 32 | 7)
DEMO = Path(__file__).parents[2] / "sample_exports" / "demo"


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """An export of one photo post with a title and no caption, its picture beside it."""
    folder = tmp_path / "given"
    folder.mkdir()
    record = {"Date": f"{START:%Y-%m-%d %H:%M:%S}", "Link": "N/A", "Title": "A cup"}
    profile = {"Profile Info": {"ProfileMap": {"userName": "mara"}}}
    export = {"Post": {"Posts": {"VideoList": [record | {"WhoCanView": "Everyone"}]}}}
    (folder / "user_data_tiktok.json").write_text(json.dumps(export | {"Profile": profile}))
    picture = next(DEMO.glob("7331416563742640829_1.jpg"))
    (folder / f"{NUMBER}_1.jpg").write_bytes(picture.read_bytes())
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "w")


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, answers: str) -> None:
    for module in (
        "steps.captions",
        "view.captions",
        "steps.without_text",
        "steps.conditions",
        "commands.migrate",
    ):
        monkeypatch.setattr(f"crossover.cli.{module}.is_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(answers))


def test_the_captions_are_read_before_the_plan_when_the_creator_agrees(
    run: Run, given: Path, place: Workspace, tiktok: StandInPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiktok.items = [photo_item(NUMBER, "words of my cup #clay")]
    on_a_terminal(monkeypatch, "y\nn\n")
    code, said = run("migrate", given, "-w", place.root)
    assert code == 0, said
    assert "1 post has no caption: TikTok leaves captions out of exports." in said
    assert said.index("Read it now?") < said.index("What they will become")
    assert "without text?" not in said
    (note,) = read_plan(place.plan).notes
    assert note.description.startswith("words of my cup #clay")


@pytest.mark.parametrize(("last", "sent"), [("n", []), ("y", ["A cup"])])
def test_without_them_it_is_asked_whether_notes_go_out_so(
    run: Run,
    given: Path,
    place: Workspace,
    tiktok: StandInPage,
    monkeypatch: pytest.MonkeyPatch,
    last: str,
    sent: list[str],
) -> None:
    on_a_terminal(monkeypatch, f"n\ny\n{last}\n")
    code, said = run("migrate", given, "-w", place.root)
    assert code == 0, said
    assert tiktok.asked == []
    assert "Nothing was read." in said
    assert said.index("1 note goes out with a title and no text: 1.") > said.index(
        "Practise this note now?"
    )
    assert "Send it without text?" in said
    assert ("Nothing was sent." in said) is (not sent)
    assert titles(place) == sent
    assert said.endswith(f"Next: crossover captions -w {place.root}") is (not sent)


def test_a_page_that_cannot_be_read_is_told_and_the_road_goes_on(
    run: Run, given: Path, place: Workspace, tiktok: StandInPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiktok.detail = {"statusCode": 10222}
    on_a_terminal(monkeypatch, "y\ny\ny\n")
    code, said = run("migrate", given, "-w", place.root)
    assert code == 0, said
    assert "Make the account public" in said
    assert titles(place) == ["A cup"]


def test_yes_does_not_read_the_page_and_says_what_goes_out_without_text(
    run: Run, given: Path, place: Workspace, tiktok: StandInPage
) -> None:
    code, said = run("migrate", given, "-w", place.root, "--yes")
    assert code == 0
    assert "1 note goes out with a title and no text: 1. Get the text from your public" in said
    assert tiktok.asked == []
    assert titles(place) == ["A cup"]


def titles(place: Workspace) -> list[str]:
    return [note.title for note in read_notes(place.practice)] if place.practice.exists() else []


def test_when_all_is_done_nothing_more_is_promised(
    run: Run, given: Path, place: Workspace, tiktok: StandInPage
) -> None:
    run("migrate", given, "-w", place.root, "--yes")
    code, said = run("migrate", given, "-w", place.root)
    assert code == 0
    assert "Nothing to send. Log:" in said
    assert "Done: nothing is left to do." in said
