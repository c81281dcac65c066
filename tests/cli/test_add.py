"""What `add` tells of an export: every problem once, with what to do, and never a link."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crossover.cli.view.added import show_added
from crossover.cli.view.next_step import Flags
from crossover.cli.view.screen import console
from crossover.library.add import AddProgress, add_sources, find_sources
from crossover.workspace import logs_without_workspace
from tests.conftest import Run
from tests.exports.makers import document, photo_link, record, write, write_zip

GOOD = [record(f"2025-01-0{day} 00:00:00") for day in (3, 2, 1)]
NO_DATE = record("0000-00-00 00:00:00")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    assert logs_without_workspace().is_relative_to(tmp_path)


def said(workspace: Path, *paths: Path) -> str:
    sources = find_sources(
        paths, workspace, workspace, is_sheet=lambda _: False, progress=AddProgress()
    )
    added = add_sources(sources, AddProgress())
    assert added
    with console.capture() as captured:
        show_added(added, Flags())
    text = " ".join(captured.get().split())
    assert "SIGNED" not in text
    return text


TEXT = json.dumps(document(*GOOD), indent=2)


@pytest.mark.parametrize(
    ("content", "message", "advice"),
    [
        (TEXT[:-2] + "x", "outside your posts", "Nothing to do for the posts."),
        (
            TEXT.replace('"VideoList"', '"VideoList": [{}], "VideoList"', 1),
            "the list of posts more than once",
            "name the original exports instead",
        ),
        (
            json.dumps(document(record(Title="CUT"))).replace("CUT", "\\ud83d"),
            "In 1 of the posts letters were damaged",
            "Look at their words in the preview.",
        ),
    ],
    ids=["damaged-elsewhere", "posts-twice", "letters-replaced"],
)
def test_a_problem_of_the_export_is_told_once_with_what_to_do(
    tmp_path: Path, content: str, message: str, advice: str
) -> None:
    text = said(tmp_path / "w", write(tmp_path / "e", content.encode()))
    assert (text.count(message), text.count(advice)) == (1, 1)


def test_every_export_of_a_folder_is_told_by_the_name_of_its_zip(tmp_path: Path) -> None:
    for made, rows in ((1763640000, GOOD), (1763000000, GOOD[1:])):
        content: dict[str, Any] = {"user_data_tiktok.json": document(*rows)}
        write_zip(tmp_path / "e" / f"TikTok_Data_{made}.zip", content)
    text = said(tmp_path / "w", tmp_path / "e")
    older, newer = (text.count(f"Export: TikTok_Data_{n}.zip") for n in (1763000000, 1763640000))
    assert (older, newer, "exports lie here" in text) == (1, 1, False)


def test_a_record_that_cannot_be_read_is_told_once_of_every_export(tmp_path: Path) -> None:
    first = write(tmp_path / "1", document(*GOOD, NO_DATE))
    second = write(tmp_path / "2", document(NO_DATE, *GOOD))
    text = said(tmp_path / "w", first, second)
    assert text.count("record 4 cannot be read: its date") == 1
    assert text.count("record 1 cannot be read: its date") == 1


def test_a_record_of_an_earlier_export_is_still_told(tmp_path: Path) -> None:
    said(tmp_path / "w", write(tmp_path / "1", document(*GOOD, NO_DATE)))
    other = write(tmp_path / "2", {"Likes and Favorites": {}})
    assert said(tmp_path / "w", other).count("record 4 cannot be read") == 1


@pytest.mark.parametrize(
    ("before", "now"),
    [("ab", "abc"), ("ab", "a"), ("ab", "ba"), ("ab", "ac")],
    ids=["more", "fewer", "another order", "another one"],
)
def test_a_post_whose_pictures_changed_is_not_unchanged(
    tmp_path: Path, before: str, now: str
) -> None:
    tiktok_id = str((1735689600 << 32) + 1)  # of the record of 1 January
    last = record("2025-01-01 00:00:00", Link="\n".join([photo_link("1"), photo_link("2")]))
    given = write(tmp_path / "given", document(*GOOD[:-1], last)).parent
    for pictures, told in ((before, "3 new posts, 0 changed, 0 unch"), (now, "1 changed, 2 unch")):
        for place in range(1, 4):
            path = given / f"{tiktok_id}_{place}.jpg"
            path.unlink(missing_ok=True)
            if place <= len(pictures):
                path.write_bytes(b"\xff\xd8\xff\xe0" + pictures[place - 1].encode())
        text = said(tmp_path / "w", given)
        assert told in text
        assert "files for 1" in text
    assert "0 changed, 3 unchanged, new captions for 0, new files for 0" in said(
        tmp_path / "w", given
    )


def test_long_lists_end_after_twelve_and_say_how_many_are_left(tmp_path: Path) -> None:
    text = said(tmp_path / "w", write(tmp_path / "1", document(*GOOD, *[NO_DATE] * 15)))
    assert text.count("cannot be read: its date") == 12
    assert "and 3 more; all of them are in the log" in text


def test_the_log_has_what_was_not_used_once(tmp_path: Path, run: Run) -> None:
    given = tmp_path / "given"
    given.mkdir()
    write(given, document(*GOOD))
    (given / "7110627356216627823_1.jpg").write_bytes(b"a picture of no post")
    workspace = tmp_path / "workspace"
    assert run("add", given, "-w", workspace)[0] == 0
    (log,) = (workspace / "logs").iterdir()
    assert log.read_text("utf-8").count("7110627356216627823_1.jpg") == 1


WITHOUT_POSTS = {"Profile And Settings": {"Profile Info": {"ProfileMap": {"userName": "w"}}}}


@pytest.mark.parametrize("command", [("add",), ("migrate", "--yes")], ids=["add", "migrate"])
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (WITHOUT_POSTS, "made without your posts: other boxes were ticked"),
        (WITHOUT_POSTS | {"Post": {"Posts": {"VideoList": []}}}, "is there, and empty"),
    ],
    ids=["not-ticked", "empty"],
)
def test_an_export_without_posts_says_which_boxes_to_tick_and_ends_well(
    tmp_path: Path, run: Run, command: tuple[str, ...], content: dict[str, Any], why: str
) -> None:
    export = write(tmp_path / "e", content)
    code, text = run(*command, export, "-w", tmp_path / "w")
    said = " ".join(text.split())
    assert code == 0
    assert why in said
    assert said.count("Tick Posts and Profile, choose JSON") == 1
    assert "crossover migrate EXPORT" in said
    assert "crossover plan" not in said


def test_what_never_moves_is_said_with_what_the_export_has_of_it_when_posts_are_new(
    run: Run, tmp_path: Path
) -> None:
    content = document(*GOOD)
    content["Post"] |= {"Recently Deleted Posts": {"PostList": [record()] * 2}, "Story": [record()]}
    export = write(tmp_path, content)
    stays = (
        "Not moved, now or later: likes, comments, followers, sounds, drafts, stories and deleted"
        " posts. Of these the export holds 2 recently deleted posts and 1 story."
    )
    assert stays in run("add", export, "-w", tmp_path / "w")[1]
    assert "Not moved" not in run("add", export, "-w", tmp_path / "w")[1]
