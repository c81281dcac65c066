"""A TikTok account that is deleted: once that was said, nothing leads to it any more."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crossover.library.posts_file import read_library, write_library
from crossover.library.tiktok_gone import keep_tiktok_gone
from crossover.mapping.checks.advice import WRITE_WORDS
from crossover.plan.document import read_plan
from crossover.settings.consent import agree_to_page_read
from crossover.workspace import Workspace
from tests.captions.tiktok_page import StandInPage, item
from tests.conftest import Run
from tests.preview.pages import read_data

DEMO = Path(__file__).parents[2] / "sample_exports" / "demo"
START = datetime(2025, 5, 1, 12, 0, tzinfo=UTC)
DEAD = "https://video-va.tiktokv.com/storage/v1/b/{}?x-expires=1746000000&mime_type=video_mp4"
TO_TIKTOK = ("crossover captions`", "crossover captions -w", "new export", "crossover fetch")


def write_export(folder: Path, posts: int = 2, view: str = "Everyone") -> Path:
    """An export whose links are dead."""
    records = [
        {
            "Date": f"{START + timedelta(hours=n):%Y-%m-%d %H:%M:%S}",
            "Link": DEAD.format(n),
            "WhoCanView": view,
        }
        for n in range(posts)
    ]
    profile = {"Profile Info": {"ProfileMap": {"userName": "mara"}}}
    export = folder / "user_data_tiktok.json"
    content = {"Post": {"Posts": {"VideoList": records}}, "Profile": profile}
    export.write_text(json.dumps(content), "utf-8")
    return export


@pytest.fixture
def place(run: Run, tmp_path: Path) -> Workspace:
    """A workspace of @mara, whose page may be read, without words and files."""
    assert run("add", write_export(tmp_path))[0] == 0
    workspace = Workspace(tmp_path / "crossover" / "mara")
    agree_to_page_read(workspace.agreed, START)
    return workspace


def with_files(run: Run) -> None:
    """Films of the sample creator's for both posts."""
    films = sorted(DEMO.glob("*.mp4"))
    for number in (1, 2):
        assert run("add", films[number], "--pair", f"{number}={films[number]}")[0] == 0


def screens(run: Run) -> str:
    """Every screen that gives advice."""
    typed = (("plan",), (), ("status",), ("preview", "1"), ("fetch",))
    return " ".join(" ".join(run(*one)[1].replace("│", " ").split()) for one in typed)


def test_who_says_that_tiktok_is_deleted_is_never_sent_there_again(
    run: Run, place: Workspace
) -> None:
    assert "Is your TikTok deleted? Say so: `crossover captions --gone`." in run()[1]
    assert any(words in screens(run) for words in TO_TIKTOK)
    code, said = run("captions", "--gone")
    assert code == 0
    assert said.endswith("No post has a file yet: add your own. Next: crossover add FILE-OR-FOLDER")
    told = screens(run)
    assert [words for words in TO_TIKTOK if words in told] == []
    assert "Next: crossover add FILE-OR-FOLDER" in told
    assert "captions --gone" not in told


def test_where_words_are_missing_the_sheet_is_named_then(run: Run, place: Workspace) -> None:
    with_files(run)
    run("captions", "--gone")
    run("plan")
    assert "captions" not in run()[1] + run("status")[1] + json.dumps(read_data(place.preview))
    note = read_plan(place.plan).notes[0]
    assert [one.next for one in note.problems if one.code == "no-words"] == [WRITE_WORDS]


def test_a_plan_from_before_is_made_anew(run: Run, place: Workspace) -> None:
    """It names what does not help any more."""
    run("plan")
    run("captions", "--gone")
    assert run("status")[0] == 0
    assert run("upload")[0] == 7


def test_a_page_that_is_not_there_is_asked_about(
    run: Run, place: Workspace, tiktok: StandInPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiktok.before = lambda path, number: (404, b"")
    code, said = run("captions")
    assert code == 2
    assert "If you deleted it on TikTok, say so: `crossover captions --gone`" in said
    assert read_library(place.posts).tiktok_gone is None
    monkeypatch.setattr("crossover.cli.view.captions.is_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    assert run("captions")[0] == 2
    assert read_library(place.posts).tiktok_gone is None
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    code, said = run("captions")
    assert code == 0
    assert "Noted: your TikTok account is deleted. No advice leads there any more." in said
    assert read_library(place.posts).tiktok_gone is not None


def test_it_is_there_again_when_that_is_said_or_its_page_is_read(
    run: Run, place: Workspace, tiktok: StandInPage
) -> None:
    run("captions", "--gone")
    assert run("captions", "--not-gone")[0] == 0
    assert read_library(place.posts).tiktok_gone is None
    run("captions", "--gone")
    tiktok.items = [item(str(int(START.timestamp()) << 32 | 7), "first words")]
    assert run("captions")[0] == 0
    assert read_library(place.posts).tiktok_gone is None


def test_only_an_export_that_tiktok_made_since_says_that_it_is_there(
    run: Run, place: Workspace, tmp_path: Path
) -> None:
    keep_tiktok_gone(place, datetime(2025, 6, 1, tzinfo=UTC))
    assert run("add", tmp_path / "user_data_tiktok.json")[0] == 0
    assert read_library(place.posts).tiktok_gone is not None, "the export of before"


def test_what_earlier_versions_kept_of_posts_is_read(place: Workspace) -> None:
    document = json.loads(place.posts.read_text("utf-8"))
    del document["tiktok_gone"]
    place.posts.write_text(json.dumps(document), "utf-8")
    assert read_library(place.posts).tiktok_gone is None
    write_library(place.posts, read_library(place.posts))


@pytest.mark.parametrize("flags", [("@mara", "--gone"), ("--gone", "--no-pair", "1")])
def test_it_is_said_by_itself(run: Run, place: Workspace, flags: tuple[str, ...]) -> None:
    code, said = run("captions", *flags)
    assert code == 2
    assert "`crossover captions --gone`" in said


@pytest.mark.parametrize("view", ["Only You", "Friends"])
def test_posts_that_no_page_lists_are_never_sent_to_it(run: Run, tmp_path: Path, view: str) -> None:
    said = run("add", write_export(tmp_path, view=view))[1]
    by_hand = (
        "2 posts that only you or your friends can see have no words: 1-2. `crossover sheet out"
        " words.csv`, or the .info.json files that yt-dlp saved for you: `crossover"
        " add FOLDER`"
    )
    assert said.count(by_hand) == 1
    place = Workspace(tmp_path / "crossover" / "mara")
    place.rules.write_text("only_me: move\n", "utf-8")
    with_files(run)
    planned = run("plan")[1]
    assert planned.count(by_hand) == 1
    assert run("status")[1].count(by_hand) == 1
    told = planned + run()[1] + run("status")[1] + run("preview", "1")[1]
    assert "crossover captions" not in told
    assert "crossover captions" not in json.dumps(read_data(place.preview))
