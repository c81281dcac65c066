"""What `inspect` shows: every row as a person reads it, and never a link."""

from __future__ import annotations

import json
import shlex
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crossover.cli.main import run_app
from crossover.cli.view.dates import day_and_time, how_far
from crossover.cli.view.export import BAR, show_summary, show_what_is_read
from crossover.cli.view.screen import console
from crossover.exports.base import Export, ExportProblem
from crossover.exports.json.sections import PATHS
from crossover.exports.privacy import WHAT_IS_READ
from crossover.exports.record import UnreadableRecord, read_record
from crossover.exports.summary import summarise
from tests.exports.makers import MADE, document, photo_link, read, record, video_link

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone cannot be set")


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def screen(folder: Path, content: Any, now: datetime = MADE) -> list[str]:
    export = read(folder, content)
    with console.capture() as captured:
        show_summary(summarise(export, now), export.source, now)
    text = captured.get()
    assert "SIGNED" not in text
    return text.splitlines()


PHOTOS = record("2025-01-02 00:00:00", Link=f"{photo_link('1')}\n{photo_link('2')}", Title="Day")
VIDEOS = [record(f"20{year}-03-01 00:00:00", Link=video_link(str(year))) for year in (23, 23, 26)]
ALL = document(PHOTOS, *VIDEOS)


def test_while_links_live_the_first_deadline_stands_out_and_saving_comes_first(
    tmp_path: Path,
) -> None:
    lines = screen(tmp_path, ALL)
    assert lines[0] == (
        "@made_up · 4 posts · 3 videos, 1 photo post (2 pictures) · Mar 2023 – Mar 2026"
    )
    assert [line.split()[0] for line in lines[1:5]] == ["2023", "2024", "2025", "2026"]
    assert [line.split()[-1] for line in lines[1:5]] == ["2", "0", "1", "1"]
    assert lines[1].count("█") == 2 * lines[3].count("█") > 0 == lines[2].count("█")
    assert " SAVE YOUR PICTURES BEFORE TUE 24 NOV 12:00, IN 4 DAYS " in lines
    text = " ".join("\n".join(lines).split())
    assert "PICTURES links live until Tue 24 Nov 12:00 1 post: save them today" in text
    assert "VIDEOS links live until Mon 30 Nov 12:00 3 posts: save them today" in text
    assert "do not close or hide your TikTok" in text
    at = next(n for n, line in enumerate(lines) if line.startswith("Do now:"))
    assert lines[at].startswith("Do now:  crossover migrate")
    assert "(it saves your files first; " in lines[at + 1]
    assert "free; you can stop at any time" in lines[-1]


def test_dead_links_ask_for_a_new_export_and_only_the_living_have_a_deadline(
    tmp_path: Path,
) -> None:
    later = " ".join("\n".join(screen(tmp_path, ALL, MADE + timedelta(days=6))).split())
    assert "PICTURES links died 2 days ago" in later
    assert "1 post: ask TikTok for a new export (free)" in later
    assert "SAVE YOUR VIDEOS BEFORE MON 30 NOV 12:00, IN 4 DAYS" in later
    dead = screen(tmp_path, ALL, MADE + timedelta(days=40))
    assert not any("SAVE YOUR" in line for line in dead)
    at = next(n for n, line in enumerate(dead) if line.startswith("Do now:"))
    assert dead[at] == "Do now:  ask TikTok for a new export (free)"
    assert "Tick Posts and Profile, choose JSON" in dead[at + 1]
    assert dead[at + 3].split()[:2] == ["crossover", "migrate"]
    assert dead[at + 3].endswith(" FOLDER")


def test_own_files_beside_the_export_are_enough_to_go_on(tmp_path: Path) -> None:
    export = read(tmp_path, ALL)
    (tmp_path / "IMG_1.MOV").write_bytes(b"x")
    with console.capture() as captured:
        show_summary(summarise(export, MADE + timedelta(days=40)), tmp_path, MADE)
    assert "Do now:  crossover migrate" in captured.get()


def test_what_was_not_asked_for_is_said_with_the_boxes_to_tick(tmp_path: Path) -> None:
    likes = " ".join(screen(tmp_path, {"Likes and Favorites": {"Like List": {}}}))
    assert "It holds: Likes and Favorites" in likes
    assert "Tick Posts and Profile" in likes
    nameless = " ".join(screen(tmp_path, {"Post": {"Posts": {"VideoList": [record()]}}}))
    assert "No profile name in it" in nameless
    assert "The box Profile was not ticked" in nameless


def test_posts_that_need_the_creator_have_a_row(tmp_path: Path) -> None:
    content = document(record(WhoCanView="Only You"), record(Link="N/A"), {"Date": "?"})
    content["Post"]["Recently Deleted Posts"] = {"PostList": [{}, {}]}
    text = " ".join(" ".join(screen(tmp_path, content)).split())
    assert "1 of unknown kind, 1 unreadable" in text
    assert "record 3: its date cannot be read" in text
    assert "1 post: held until you decide" in text
    assert "1 post: use your own files" in text
    assert "2 recently deleted posts" in text


PAGE = "https://www.tiktokv.com/share/video/7000000000000000007/"


def test_links_to_pages_need_own_files_and_not_a_migration_of_nothing(tmp_path: Path) -> None:
    lines = screen(tmp_path, document(record(Link=PAGE), record(Link=PAGE)))
    row = next(line.split() for line in lines if "NO FILE" in line)
    assert " ".join(row) == (
        "NO FILE links lead to pages, not to files 2 posts: use your own files with `crossover add`"
    )
    assert not any("do not say when they die" in line for line in lines)
    assert "Do now:  ask TikTok for a new export (free)" in lines


def test_a_dying_link_of_unknown_kind_has_its_row_and_its_banner(tmp_path: Path) -> None:
    dies = int(MADE.timestamp()) + 3 * 86_400
    odd = record(Link=f"https://example.invalid/abc?x-expires={dies}")
    lines = screen(tmp_path, document(odd))
    assert " SAVE YOUR POSTS BEFORE MON 23 NOV 12:00, IN 3 DAYS " in lines
    assert any(line.split()[:3] == ["OTHER", "links", "live"] for line in lines)
    assert any(line.startswith("Do now:  crossover migrate") for line in lines)


def test_a_wrong_date_makes_one_line_and_one_year_needs_no_bar(tmp_path: Path) -> None:
    one = screen(tmp_path, document(record("2025-01-01 00:00:00"), record("2025-03-01 00:00:00")))
    assert not any("█" in line for line in one)
    odd = screen(tmp_path, document(*(record(f"{y}-01-01 00:00:00") for y in (1980, 2025, 9999))))
    assert odd[0].endswith(" · 2025")
    assert [line.split() for line in odd[1:3]] == [["2025", "█" * BAR, "1"], ["other", "2"]]
    assert "1980-01-01, 9999-01-01" in " ".join(odd)
    assert len(odd) < 20


def test_of_many_unreadable_records_ten_are_listed(tmp_path: Path) -> None:
    lines = screen(tmp_path, document(*({"Date": "?"} for _ in range(1_012))))
    listed = [line.strip() for line in lines if line.startswith("  record ")]
    assert len(listed) == 10
    assert listed[-1].startswith("record 10: its date cannot be read")
    assert "  and 1,002 more" in lines


def test_whose_box_was_not_ticked_is_said_only_where_it_is_known(tmp_path: Path) -> None:
    export = read(tmp_path, {"Post": {"Posts": {"VideoList": [record()]}}})

    def said(read_as: Export, path: Path) -> bool:
        with console.capture() as captured:
            show_summary(summarise(read_as, MADE), path, MADE)
        return "The box Profile was not ticked" in captured.get()

    assert said(export, export.source)
    for code in ("cut-off", "export-damaged", "damaged-elsewhere"):
        problem = ExportProblem(code, "It is damaged.", "Download it again.")
        assert not said(replace(export, problems=(problem,)), export.source)
    txt = replace(export, format="txt")
    assert said(txt, Path("TikTok_Data_1.zip"))
    assert not said(txt, Path("Posts.txt"))


def test_the_same_advice_is_given_once(tmp_path: Path) -> None:
    export = read(tmp_path, document(record(), None))
    again = summarise(export, MADE).problems[0].next
    cut = replace(export, problems=(ExportProblem("cut-off", "It breaks off.", again),))
    with console.capture() as captured:
        show_summary(summarise(cut, MADE), export.source, MADE)
    assert captured.get().count(again) == 1


@pytest.mark.parametrize(("titles", "words"), [(1, "1 post has a"), (2, "2 posts have a")])
def test_titles_are_counted_in_good_english(tmp_path: Path, titles: int, words: str) -> None:
    photos = record(Link=photo_link(), Title="Day")
    text = " ".join(screen(tmp_path, document(record(), *[photos] * titles)))
    assert f"{words} title. `crossover captions` reads them from your public page" in text


def test_a_home_folder_that_is_not_there_costs_the_note_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "nobody"))
    assert screen(tmp_path, ALL)[-1].strip() == (
        "(it saves your files first; you can stop at any time)"
    )


def test_the_command_can_be_pasted_whatever_the_path_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = read(tmp_path, ALL)
    monkeypatch.chdir(tmp_path)

    def arguments(path: str) -> list[str]:
        with console.capture() as captured:
            show_summary(summarise(export, MADE), Path(path), MADE)
        line = next(line for line in captured.get().splitlines() if line.startswith("Do now:"))
        return shlex.split(line.removeprefix("Do now:"))[2:]

    for path in ('$(touch x) `y` "z".zip', "it's mine.zip", "plain.zip"):
        assert arguments(path) == [path]
    assert arguments("-a.zip") == [str(Path("..") / "-a.zip")[1:]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """The command in this process, with a home folder of its own."""
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))

    def run(*arguments: object) -> int:
        monkeypatch.setattr(sys, "argv", ["crossover", "inspect", *map(str, arguments)])
        return run_app()

    return run


def test_what_is_lost_ends_in_code_3(
    tmp_path: Path, run: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    export = read(tmp_path, ALL)
    assert run(export.source) == 0
    for code in ("export-damaged", "cut-off"):
        damaged = replace(export, problems=(ExportProblem(code, "It is damaged.", "Again."),))
        monkeypatch.setattr(
            "crossover.cli.commands.inspect.read_export", lambda *_, found=damaged: found
        )
        assert run(export.source) == 3
    unreadable = read(tmp_path, document(record(), None))
    monkeypatch.setattr("crossover.cli.commands.inspect.read_export", lambda *_: unreadable)
    assert run(export.source) == 3


def test_what_is_read_is_data_too(
    run: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--what-is-read", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [place["name"] for place in told["read"]] == [place.name for place in WHAT_IS_READ]
    assert {"not_read", "where_it_is_kept"} < told.keys()


def test_the_boxes_to_tick_are_said_once(tmp_path: Path) -> None:
    lines = screen(tmp_path, {"Likes and Favorites": {"Like List": {}}})
    assert "\n".join(lines).count("Tick Posts and Profile") == 1


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (30, "in less than a minute"),
        (61, "in 1 minute"),
        (3_600, "in 1 hour"),
        (47 * 3_600, "in 47 hours"),
        (48 * 3_600, "in 2 days"),
        (-86_400, "24 hours ago"),
        (-3 * 86_400, "3 days ago"),
    ],
)
def test_spans_are_said_in_whole_units(seconds: int, said: str) -> None:
    assert how_far(MADE + timedelta(seconds=seconds), MADE) == said


def test_a_moment_of_another_year_names_it() -> None:
    assert day_and_time(MADE + timedelta(days=60), MADE) == "Tue 19 Jan 2027 12:00"


# --- what is read


class Watched(dict[str, object]):
    """A record that knows which of its fields were asked for."""

    def __init__(self) -> None:
        super().__init__(date="2025-01-01 00:00:00")
        self.asked: set[str] = set()

    def get(self, key: str, default: object = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


def test_what_is_read_names_every_field_that_is_read_and_no_other() -> None:
    watched = Watched()
    try:
        read_record(watched)
    except UnreadableRecord:
        pytest.fail("the record is sound")
    posts = WHAT_IS_READ[0]
    named = {name.casefold() for field in posts.fields for name in field.names}
    assert named == watched.asked
    assert all(" > ".join(path) in posts.name for path in PATHS.values())
    with console.capture() as captured:
        show_what_is_read()
    text = captured.get()
    assert all(word in text for word in ("messages", "WhoCanView", "userName", "posts.json"))
