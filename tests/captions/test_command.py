"""`crossover captions` as typed, with the real yt-dlp against a stand-in of TikTok's page."""

from __future__ import annotations

import io
import json
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crossover.cli.commands.captions import captions
from crossover.cli.view.captions import HOW_IT_READS
from crossover.library.posts_file import read_library
from crossover.settings.consent import agree_to_page_read
from crossover.workspace import Workspace
from tests.captions.tiktok_page import StandInPage, item, photo_item
from tests.conftest import Run
from tests.gallery_dl import photo_post

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

START = datetime(2025, 5, 1, 12, 0, tzinfo=UTC)


def tiktok_id(seconds: int, low: int = 7) -> str:
    return str((int(START.timestamp()) + seconds) << 32 | low)


def record(seconds: int, view: str = "Everyone", **fields: str) -> dict[str, str]:
    date = START + timedelta(seconds=seconds)
    link = f"https://video-va.tiktokv.com/storage/v1/b/{seconds}?mime_type=video_mp4"
    return {"Date": f"{date:%Y-%m-%d %H:%M:%S}", "Link": link, "WhoCanView": view} | fields


@pytest.fixture
def added(run: Run, tmp_path: Path) -> Path:
    """A workspace of @mara with an export of five posts, the last two seconds apart; a read of the
    page was agreed to."""
    records = [
        record(0),
        record(600, "Only You"),
        record(1200),
        record(1800, Link="N/A"),
        record(1803),
    ]
    profile = {"Profile Info": {"ProfileMap": {"userName": "mara"}}}
    export = tmp_path / "user_data_tiktok.json"
    content = {"Post": {"Posts": {"VideoList": records}}, "Profile": profile}
    export.write_text(json.dumps(content), "utf-8")
    assert run("add", export)[0] == 0
    workspace = Workspace(tmp_path / "crossover" / "mara")
    agree_to_page_read(workspace.agreed, START)
    return workspace.posts


@pytest.fixture
def filled(tiktok: StandInPage) -> StandInPage:
    tiktok.items = [
        item(tiktok_id(-14), "first words #one 🙂"),
        item(tiktok_id(1190), ""),
        photo_item(tiktok_id(1790), "burst, one"),
        item(tiktok_id(1795), "burst, two \x1b[31m"),
        item(tiktok_id(90_000), "newer than the export"),
    ]
    return tiktok


def test_captions_come_to_their_posts_and_what_is_missing_is_explained(
    run: Run, added: Path, filled: StandInPage
) -> None:
    code, said = run("captions")
    assert code == 0
    assert [post.text for post in read_library(added).posts] == [
        "first words #one 🙂", None, None, None, None,
    ]  # fmt: skip
    for line in (
        "5 posts listed by yt-dlp",
        "new captions for 1",
        "Not sure (2)",
        "“burst, one” (likely, made 12:29:50, 10 s apart",
        "1 of 5 posts in the page of @mara: no post of the export was made within a minute of it",
        "1 of 5 posts have captions.",
        "1 not public",
        "1 listed, without a caption",
        "sheet out",
    ):
        assert line in said
    assert "\x1b" not in said
    assert "x-signature" not in said


def test_photo_posts_that_the_page_left_without_words_are_told_the_way_to_them(
    run: Run, tmp_path: Path, tiktok: StandInPage
) -> None:
    picture = "https://p16-ttdyd-sign-sg.ibyteimg.com/tos-photomode-sg/k~tplv-noop.jpeg"
    profile = {"Profile Info": {"ProfileMap": {"userName": "mara"}}}
    posts = {"VideoList": [record(0), record(600, Link=picture)]}
    export = tmp_path / "user_data_tiktok.json"
    export.write_text(json.dumps({"Post": {"Posts": posts}, "Profile": profile}), "utf-8")
    assert run("add", export)[0] == 0
    tiktok.items = [item(tiktok_id(5), "words")]
    code, said = run("captions", "--yes")
    assert code == 0
    for line in (
        "gallery-dl -d photos --write-metadata -o videos=false https://www.tiktok.com/@mara crossover add photos",
    ):
        assert line in said
    photo_post(tmp_path / "photos", tiktok_id(605), "two mugs", 1)
    assert "new captions for 1, new files for 1" in run("add", tmp_path / "photos")[1]
    assert "gallery-dl" not in run("captions")[1]


@pytest.fixture
def unasked(added: Path) -> Path:
    """The workspace before anybody was asked."""
    added.with_name("agreed.json").unlink()
    return added


def test_without_a_yes_and_without_a_terminal_nothing_is_asked_of_tiktok(
    run: Run, unasked: Path, filled: StandInPage
) -> None:
    code, said = run("captions")
    assert code == 2
    assert HOW_IT_READS in said
    assert "Add --yes" in said
    assert filled.asked == []
    assert run("captions")[0] == 2


def test_a_yes_is_asked_for_once(run: Run, unasked: Path, filled: StandInPage) -> None:
    code, said = run("captions", "--yes")
    assert (code, HOW_IT_READS in said) == (0, True)
    code, said = run("captions")
    assert (code, HOW_IT_READS in said) == (0, False)


def test_where_it_cannot_be_read_what_was_agreed_to_it_is_asked_again(
    run: Run, added: Path, filled: StandInPage
) -> None:
    added.with_name("agreed.json").write_text('{"format": "crossover/agr')
    assert run("plan")[0] == 0
    assert run()[0] == 0
    code, said = run("captions", "--yes")
    assert (code, HOW_IT_READS in said) == (0, True)
    code, said = run("captions")
    assert (code, HOW_IT_READS in said) == (0, False)


@pytest.mark.parametrize(("answer", "asked"), [("n\n", False), ("y\n", True)])
def test_on_a_terminal_the_creator_says_whether_the_page_is_read(
    run: Run,
    unasked: Path,
    filled: StandInPage,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    asked: bool,
) -> None:
    monkeypatch.setattr("crossover.cli.view.captions.is_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    code, said = run("captions")
    assert code == 0
    assert "Read it now?" in said
    assert bool(filled.asked) is asked
    assert ("Nothing was read" in said) is not asked
    assert unasked.with_name("agreed.json").exists() is asked


def test_readme_documentation_and_help_say_alike_how_the_page_is_read() -> None:
    root = Path(__file__).parents[2]
    for text in (
        root.joinpath("README.md").read_text("utf-8"),
        root.joinpath("docs", "words.md").read_text("utf-8"),
        captions.__doc__ or "",
    ):
        assert HOW_IT_READS in " ".join(text.split())


def test_the_log_tells_what_was_done_and_quotes_no_caption_and_no_link(
    run: Run, added: Path, filled: StandInPage
) -> None:
    run("captions")
    (log,) = added.parent.joinpath("logs").glob("*-captions-*.log")
    text = log.read_text("utf-8")
    assert "listed 5 posts" in text
    assert "first words" not in text
    assert "x-signature" not in text


def test_the_same_again_changes_nothing(run: Run, added: Path, filled: StandInPage) -> None:
    run("captions")
    before = added.read_bytes()
    assert run("captions", "@Mara")[0] == 0
    assert added.read_bytes() == before


def test_another_account_is_refused_before_anything_is_asked(
    run: Run, added: Path, filled: StandInPage
) -> None:
    code, said = run("captions", "@other")
    assert code == 2
    assert "this workspace is of @mara" in said
    assert filled.asked == []


def test_a_list_that_breaks_off_is_kept_and_exits_5(
    run: Run, added: Path, tiktok: StandInPage
) -> None:
    tiktok.items = [item(tiktok_id(-14), "oldest, on the second page")]
    tiktok.items += [item(tiktok_id(90_000 + n * 600), "newer") for n in range(14)]
    tiktok.items += [item(tiktok_id(1190), "third's words")]
    tiktok.before = lambda path, number: (503, b"") if (path, number) == ("/list", 2) else None
    code, said = run("captions")
    assert code == 5
    assert "what was listed is kept" in said
    assert [post.text for post in read_library(added).posts][:3] == [None, None, "third's words"]
    tiktok.before = lambda path, number: None
    assert run("captions")[0] == 0
    assert read_library(added).posts[0].text == "oldest, on the second page"


def test_a_private_account_exits_4_and_changes_nothing(
    run: Run, added: Path, tiktok: StandInPage
) -> None:
    before = added.read_bytes()
    tiktok.detail = {"statusCode": 10222}
    code, said = run("captions")
    assert code == 4
    assert "Make the account public" in said
    assert added.read_bytes() == before


def test_without_yt_dlp_it_exits_10_and_settling_works_all_the_same(
    run: Run, added: Path, filled: StandInPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("captions")
    monkeypatch.setitem(sys.modules, "yt_dlp", None)
    code, said = run("captions")
    assert code == 10
    assert 'pip install "yt-dlp[curl-cffi]"' in said
    assert run("captions", "--no-pair", "4")[0] == 0


def test_asked_to_stop_it_saves_and_exits_130(
    run: Run, added: Path, filled: StandInPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contextlib import nullcontext

    monkeypatch.setattr("crossover.cli.steps.captions.stoppable", lambda: nullcontext(lambda: True))
    code, said = run("captions")
    assert code == 130
    assert "1 post listed" in said


def test_where_nothing_is_open_nothing_is_asked(
    run: Run, added: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crossover.cli.commands.captions.is_terminal", lambda: True)
    code, said = run("captions", "--confirm")
    assert code == 0
    assert "Nothing is open." in said


def test_what_is_not_sure_is_settled_by_flags(run: Run, added: Path, filled: StandInPage) -> None:
    run("captions")
    page = f"https://www.tiktok.com/@mara/video/{tiktok_id(1795)}"
    code, said = run("captions", "--pair", f"5={page}")
    assert code == 0
    assert f"Post 5: has the words of {tiktok_id(1795)}" in said
    assert f"Post 4: has the words of {tiktok_id(1790)}" in said
    assert "Nothing else is open" in said
    posts = read_library(added).posts
    assert [post.text for post in posts[3:]] == ["burst, one", "burst, two \x1b[31m"]
    asked = len(filled.asked)
    code, said = run("captions", "--no-pair", "5")
    assert (code, len(filled.asked)) == (0, asked)
    assert "Post 5: no longer" in said
    assert read_library(added).posts[4].text is None
    run("captions")
    assert read_library(added).posts[4].text is None, "what was said stays"


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--pair", "5"], "does not say which"),
        (["--pair", f"x={tiktok_id(0)}"], "does not say which"),
        (["--pair", "5=12"], "does not say which"),
        (["--pair", f"5={tiktok_id(0)}", "--pair", f"5={tiktok_id(9)}"], "paired twice"),
        (["--pair", f"99={tiktok_id(0)}"], "no post 99"),
        (["--no-pair", "1"], "nothing to refuse"),
        (["--pair", f"1=https://www.tiktok.com/@other/video/{tiktok_id(0)}"], "@other"),
        (["--pair", "1=6871947673600000007"], "2025-05-01 12:00:00 UTC, but 6871947673600000007"),
        (["--confirm"], "Nobody can be asked"),
        (["@mara", "--no-pair", "1"], "two steps"),
    ],
)
def test_flags_that_say_nothing_clear_are_refused(
    run: Run, added: Path, flags: list[str], said: str
) -> None:
    before = added.read_bytes()
    code, text = run("captions", *flags)
    assert code == 2
    assert said in text
    assert added.read_bytes() == before


def test_an_id_of_another_time_is_paired_when_that_is_said_aloud(run: Run, added: Path) -> None:
    far = tiktok_id(-86_400)
    code, said = run("captions", "--pair", f"1={far}")
    assert code == 2
    assert f"`crossover captions --pair 1={far} --far`" in said
    code, said = run("captions", "--pair", f"1={far}", "--far")
    assert code == 0
    assert f"Post 1: is {far}, whose words are not known here; `crossover captions`" in said


def test_every_post_without_a_caption_is_in_one_line(
    run: Run, added: Path, filled: StandInPage
) -> None:
    run("captions")
    filled.items.insert(0, item(tiktok_id(-20), "first or not"))
    said = run("captions")[1]
    assert "0 of 5 posts have captions. 3 not sure" in said
    assert (
        sum(map(int, re.findall(r"(\d) (?:not sure:|listed, w|not public|not listed)", said))) == 5
    )


def test_what_is_in_question_is_held_and_counted_until_it_is_settled(
    run: Run, added: Path, filled: StandInPage
) -> None:
    run("captions")
    assert "2 posts with several captions to choose from: 4-5." in run("plan")[1]
    for command in (("status",), ()):
        said = run(*command)[1]
        assert "Not sure whose captions are whose: 2 posts (4-5)" in said
        assert "`crossover captions --confirm`" in said
    assert run("preview", "4")[1].count("Several captions come into question for it.") == 1
    run("captions", "--pair", f"5={tiktok_id(1795)}")
    assert "Not sure" not in run("plan")[1] + run("status")[1] + run()[1]


def test_every_command_that_is_shown_leads_to_the_same_workspace(
    run: Run, added: Path, filled: StandInPage
) -> None:
    here = ("-w", added.parent)
    told = [run(*typed, *here)[1] for typed in (("captions",), ("plan",), ("status",), ())]
    told.append(run("captions", "--pair", f"1={tiktok_id(-900)}", *here)[1])
    told.append(run("preview", "1", *here)[1].replace("│", " "))
    shown = [command for said in told for command in re.findall("`(crossover [^`]*)`", said)]
    assert len(shown) > 8
    flag = f"-w{added.parent}"  # the panel of a note breaks lines
    assert [command for command in shown if flag not in "".join(command.split())] == []


def test_files_that_may_still_come_are_fetched_before_words_are_read(
    run: Run, added: Path, tiktok: StandInPage
) -> None:
    for command in (("plan",), ("status",), (), ("captions",)):
        assert run(*command)[1].endswith("Next: crossover fetch")


def test_on_a_terminal_it_asks_one_by_one_and_keeps_each_answer(
    run: Run, added: Path, filled: StandInPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("captions")
    monkeypatch.setattr("crossover.cli.commands.captions.is_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("what\n9\ns\nq\n"))
    code, said = run("captions", "--confirm")
    assert code == 0
    assert said.count("That is none of the answers") == 2
    assert "Still not sure: 2 posts" in said
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\nq\n"))
    code, said = run("captions", "--confirm")
    assert "Post 4: none of those in question" in said
    posts = read_library(added).posts
    assert posts[3].not_tiktok_ids == (tiktok_id(1790), tiktok_id(1795))


def test_an_answer_is_kept_when_the_next_one_never_comes(
    run: Run, added: Path, filled: StandInPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.items.append(item(tiktok_id(1799), "burst, three"))
    run("captions")
    monkeypatch.setattr("crossover.cli.commands.captions.is_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\n"))
    with pytest.raises(KeyboardInterrupt):
        run("captions", "--confirm")
    assert read_library(added).posts[3].text == "burst, two \x1b[31m"


def test_without_an_export_it_says_what_comes_first(run: Run, tmp_path: Path) -> None:
    code, said = run("captions", "@mara")
    assert code == 2
    assert "crossover migrate EXPORT" in said


def test_a_listing_is_added_by_its_shape(run: Run, added: Path, tmp_path: Path) -> None:
    entry = {
        "id": tiktok_id(-14),
        "description": "from a file",
        "uploader": "mara",
        "ie_key": "TikTok",
        "_type": "url",
        "url": f"https://www.tiktok.com/@mara/video/{tiktok_id(-14)}",
    }
    path = tmp_path / "any name.txt"
    path.write_text(json.dumps(entry) + "\n{broken\n", "utf-8")
    code, said = run("add", path)
    assert code == 0
    assert "any name.txt, line 2: it is not JSON" in said
    assert read_library(added).posts[0].text == "from a file"
