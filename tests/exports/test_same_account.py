"""One account, every layout: the same ids and numbers, and every export adds to every other."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import Any, Protocol

import pytest

from crossover.cli.interrupts import stop_signals
from crossover.cli.main import main
from crossover.exports.read import read_export

from .account import IDS, LAYOUTS, POSTS, Layout, MadePost

NUMBERS = list(range(1, len(POSTS) + 1))
TITLES = {"Rye bread: the steps", "Crust, 8:15 am", POSTS[6].title}


@dataclass(frozen=True)
class CommandResult:
    """How a command ended, and what it said on one long line."""

    exit_code: int
    output: str


class Add(Protocol):
    def __call__(self, *paths: Path, to: Path | None = None) -> CommandResult: ...


@pytest.fixture
def add(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Add]:
    """`crossover add` in this process, with a home folder of its own."""
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    former = {number: signal.getsignal(number) for number in stop_signals()}

    def run(*paths: Path, to: Path | None = None) -> CommandResult:
        where = ["-w", str(to)] if to else []
        monkeypatch.setattr(sys, "argv", ["crossover", "add", *map(str, paths), *where])
        with pytest.raises(SystemExit) as caught:
            main()
        assert isinstance(caught.value.code, int)
        said = " ".join(capsys.readouterr().err.split())
        assert "Traceback" not in said
        assert "MADE" not in said, "no signed link is shown"
        return CommandResult(caught.value.code, said)

    yield run
    for number, handler in former.items():
        signal.signal(number, handler)


def write_layout(folder: Path, layout: Layout, posts: Sequence[MadePost] = POSTS) -> Path:
    for name, content in layout.files(posts).items():
        path = folder / layout.name / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / layout.name


def posts_of(root: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((root / "posts.json").read_text("utf-8"))["posts"]
    return found


def counts(new: int, changed: int, unchanged: int) -> str:
    return f"{new} new posts, {changed} changed, {unchanged} unchanged"


@pytest.mark.parametrize("name", LAYOUTS)
def test_ids_and_numbers_are_the_same_from_every_layout(
    add: Add, name: str, tmp_path: Path
) -> None:
    done = add(write_layout(tmp_path, LAYOUTS[name]), to=tmp_path / "w")
    assert done.exit_code == 0, done.output
    assert counts(len(POSTS), 0, 0) in done.output
    posts = posts_of(tmp_path / "w")
    assert [post["id"] for post in posts] == list(IDS)
    assert [post["number"] for post in posts] == NUMBERS
    likes = [post["likes"] for post in sorted(posts, key=list_order)]
    is_dutch = name == "txt-2026-nl"  # its word for likes was not seen yet
    assert likes == [None if is_dutch else post.likes for post in reversed(POSTS)]


def layout_pairs() -> Iterator[Any]:
    """Each layout after each other; by default one round, about half of it towards older ones."""
    names = list(LAYOUTS)
    once_round = {(name, names[(at + 4) % len(names)]) for at, name in enumerate(names)}
    for pair in permutations(names, 2):
        yield pytest.param(*pair, marks=() if pair in once_round else pytest.mark.complete)


@pytest.mark.parametrize(("one", "other"), list(layout_pairs()))
def test_every_export_adds_to_every_other(add: Add, one: str, other: str, tmp_path: Path) -> None:
    root = tmp_path / "w"
    add(write_layout(tmp_path, LAYOUTS[one]), to=root)
    before = posts_of(root)
    first = read_export(tmp_path / one)
    second = read_export(write_layout(tmp_path, LAYOUTS[other]))
    assert [post.id for post in first.posts] == [post.id for post in second.posts]
    done = add(tmp_path / other, to=root)
    assert done.exit_code == 0, done.output
    after = posts_of(root)
    assert [post["id"] for post in after] == list(IDS)
    assert [post["number"] for post in after] == NUMBERS
    said = ("kind", "title", "text", "visibility", "visibility_said", "declaration")
    for was, now in zip(before, after, strict=True):
        for key in said:
            assert was[key] in (None, "none", now[key]), "what a post said is never lost"
        assert bool(now["links"]) >= bool(was["links"])
    changed = sum(
        [was[key] for key in said] + [bool(was["links"])]
        != [now[key] for key in said] + [bool(now["links"])]
        for was, now in zip(before, after, strict=True)
    )
    assert counts(0, changed, len(POSTS) - changed) in done.output
    fresh = max(LAYOUTS[one], LAYOUTS[other], key=lambda layout: layout.made)
    for post, now in zip(reversed(POSTS), sorted(after, key=list_order), strict=True):
        if links := fresh.links(post):
            assert [link["url"] for link in now["links"]] == links, "newer links count"


def list_order(post: dict[str, Any]) -> tuple[str, int]:
    """Oldest first, twins as TikTok lists them."""
    second, _, ordinal = post["id"].partition("Z")
    return second, int(ordinal.removeprefix("-") or 1)


@pytest.mark.parametrize("turned", [False, True])
def test_all_layouts_in_one_workspace_are_one_account(
    add: Add, turned: bool, tmp_path: Path
) -> None:
    names = sorted(LAYOUTS, key=lambda name: LAYOUTS[name].made, reverse=turned)
    for name in names:
        add(write_layout(tmp_path, LAYOUTS[name]), to=tmp_path / "w")
    posts = posts_of(tmp_path / "w")
    assert [post["id"] for post in posts] == list(IDS)
    assert [post["number"] for post in posts] == NUMBERS
    assert {post["title"] for post in posts if post["title"]} == TITLES
    assert [post["kind"] for post in posts].count(None) == 1
    assert [post["visibility"] for post in posts].count("only-me") == 1
    unfinished = [post["id"] for post in posts if not post["links"]]
    assert unfinished == ["2019-11-30T23:59:59Z"]


def test_all_at_once_is_the_same_as_one_after_another(add: Add, tmp_path: Path) -> None:
    folders = [write_layout(tmp_path, layout) for layout in LAYOUTS.values()]
    assert counts(len(POSTS), 0, 0) in add(*reversed(folders), to=tmp_path / "at once").output
    for folder in folders:
        add(folder, to=tmp_path / "one by one")
    assert posts_of(tmp_path / "at once") == posts_of(tmp_path / "one by one")


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_same_file_twice_changes_nothing(add: Add, name: str, tmp_path: Path) -> None:
    folder = write_layout(tmp_path, LAYOUTS[name])
    add(folder, to=tmp_path / "w")
    before = (tmp_path / "w" / "posts.json").read_bytes()
    assert counts(0, 0, len(POSTS)) in add(folder, to=tmp_path / "w").output
    assert (tmp_path / "w" / "posts.json").read_bytes() == before


@pytest.mark.parametrize("name", ["json-J5", "txt-2026"])
def test_new_and_changed_posts_are_counted_and_the_rest_is_not(
    add: Add, name: str, tmp_path: Path
) -> None:
    layout = LAYOUTS[name]
    root = tmp_path / "w"
    add(write_layout(tmp_path, layout), to=root)
    later = replace(layout, name=name, made=layout.made + timedelta(days=30))
    newer = (
        MadePost("2026-02-02 08:00:00", "newest"),
        *(replace(post, who="Only You") if post.key == "steps" else post for post in POSTS[:-1]),
    )
    done = add(write_layout(tmp_path / "later", later, newer), to=root)
    assert "1 new post, 1 changed, 8 unchanged" in done.output
    posts = posts_of(root)
    assert [post["number"] for post in posts] == [*NUMBERS, 11]
    assert posts[8]["visibility"] == "only-me"
    assert posts[0]["id"] == IDS[0], "a post that is gone from TikTok stays"


def test_an_older_export_only_fills_what_is_missing(add: Add, tmp_path: Path) -> None:
    root = tmp_path / "w"
    add(write_layout(tmp_path, LAYOUTS["txt-2026"]), to=root)
    older = replace(LAYOUTS["txt-2025"], made=LAYOUTS["txt-2025"].made)
    public = [replace(post, who="Everyone", title="Before") for post in POSTS]
    add(write_layout(tmp_path / "older", older, public), to=root)
    posts = posts_of(root)
    assert [post["visibility"] for post in posts].count("only-me") == 1
    assert {post["title"] for post in posts if post["title"]} >= TITLES
    fresh = LAYOUTS["txt-2026"].links(POSTS[0])
    assert [link["url"] for link in posts[-1]["links"]] == fresh


def test_a_twin_that_came_later_gets_an_id_of_its_own(add: Add, tmp_path: Path) -> None:
    root = tmp_path / "w"
    without = [post for post in POSTS if post.key != "twin-a"]
    add(write_layout(tmp_path / "1", LAYOUTS["json-J3"], without), to=root)
    done = add(write_layout(tmp_path / "2", LAYOUTS["txt-2025"]), to=root)
    assert "1 new post" in done.output
    posts = posts_of(root)
    assert {post["id"] for post in posts} == set(IDS)
    twins = {
        post["id"]: (post["kind"], post["number"]) for post in posts if "07:30:30" in post["id"]
    }
    assert twins == {
        "2020-01-11T07:30:30Z": ("photos", 7),
        "2020-01-11T07:30:30Z-2": ("video", 10),
    }


def test_an_export_of_another_name_is_refused_and_changes_nothing(add: Add, tmp_path: Path) -> None:
    root = tmp_path / "w"
    add(write_layout(tmp_path, LAYOUTS["json-J5"]), to=root)
    before = (root / "posts.json").read_bytes()
    folder = write_layout(tmp_path, LAYOUTS["txt-2026"])
    profile = folder / "Tiktok" / "Profile and Settings" / "Profile Information.txt"
    profile.write_text("Username: somebody.else\n")
    done = add(folder, to=root)
    assert done.exit_code == 2
    assert "@somebody.else" in done.output
    assert (root / "posts.json").read_bytes() == before


def test_an_export_without_a_name_goes_where_its_posts_are(add: Add, tmp_path: Path) -> None:
    home = tmp_path
    add(write_layout(home, LAYOUTS["json-J5"]))
    alone = write_layout(home, LAYOUTS["txt-2026"]) / LAYOUTS["txt-2026"].file
    assert counts(0, 0, len(POSTS)) in add(alone).output
    (home / "other").mkdir()
    (home / "other" / "Posts.txt").write_text("Date: 2024-01-01 00:00:00 UTC\nLink: N/A\n")
    add(home / "other" / "Posts.txt")
    assert {path.name for path in (home / "crossover").iterdir()} == {"olu.bakes", "tiktok"}
    assert len(posts_of(home / "crossover" / "olu.bakes")) == len(POSTS)


def test_an_export_without_the_post_section_leaves_the_posts_alone(
    add: Add, tmp_path: Path
) -> None:
    root = tmp_path / "w"
    broken = [*POSTS, replace(POSTS[-1], date="0000-00-00 00:00:00")]
    assert add(write_layout(tmp_path, LAYOUTS["txt-2026"], broken), to=root).exit_code == 3
    (tmp_path / "likes.json").write_text('{"Likes and Favorites": {}}')
    done = add(tmp_path / "likes.json", to=root)
    assert done.exit_code == 3, "what could not be read is still not read"
    assert "record 11 cannot be read" in done.output
    assert len(posts_of(root)) == len(POSTS)
