"""A workspace whose posts.json is of version 1: it opens, goes on and finishes.

`old_workspace/` holds made-up posts, two of them practised: files by name (1), by likeness (2),
named (3) and by link (4-9), words by time, of the same id (7) and said (5), four posts on hold.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crossover.errors import CrossoverError
from crossover.library.originals.named_files import is_removable, pictures_of
from crossover.library.posts_file import read_library, write_library
from crossover.library.settling import apply_answers
from crossover.model.posts import Origin, Post
from tests.conftest import Run

OLD = Path(__file__).parent / "old_workspace"
NONSENSE = "you named it, by likeness: No words were found for it; only you"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return shutil.copytree(OLD, tmp_path / "old")


def change(path: Path, edit: Callable[[Any], None]) -> None:
    document = json.loads(path.read_text("utf-8"))
    edit(document)
    path.write_text(json.dumps(document), "utf-8")


def posts(root: Path) -> tuple[Post, ...]:
    return read_library(root / "posts.json").posts


def test_how_each_file_and_id_came_to_its_post_is_read_from_the_old_sentences(old: Path) -> None:
    found = posts(old)
    assert [post.origin_of_files for post in found] == [
        Origin.TIKTOK_ID_IN_NAME,
        Origin.LIKENESS,
        Origin.NAMED,
        Origin.LINK,
        Origin.LINK,
        Origin.LINK,
        None,
        Origin.LINK,
        Origin.LINK,
    ]
    assert [post.origin_of_tiktok_id for post in found] == [
        *[Origin.TIME] * 3,
        None,
        Origin.SAID,
        Origin.TIME,
        None,
        Origin.TIME,
        None,
    ]
    assert [one.how for one in found[6].evidence] == [Origin.SAME_ID]
    assert found[1].evidence[2].detail.startswith("by likeness: 1 of 1 pictures")


def test_what_is_saved_is_of_the_new_version_and_the_same(old: Path) -> None:
    before = read_library(old / "posts.json")
    write_library(old / "posts.json", before)
    assert json.loads((old / "posts.json").read_text("utf-8"))["version"] == 2
    assert read_library(old / "posts.json") == before


@pytest.mark.parametrize("posts", [None, 3, [3], [{"evidence": [{"what": "file"}]}]])
def test_a_damaged_old_file_is_never_taken_for_an_empty_one(old: Path, posts: object) -> None:
    change(old / "posts.json", lambda document: document.update(posts=posts))
    with pytest.raises(CrossoverError, match="is damaged"):
        read_library(old / "posts.json")


def test_it_plans_uploads_and_finishes_and_nothing_goes_out_twice(old: Path, run: Run) -> None:
    assert "2 practised 3 ready to go 4 on hold 9 posts found" in run("status", "-w", old)[1]
    assert "9 posts found = 5 move + 4 on hold" in run("plan", "-w", old)[1]
    code, screen = run("upload", "-w", old)
    assert (code, "5 practised 4 on hold 9 posts found" in screen) == (0, True)
    assert "3 notes to practise" in screen


def test_what_the_creator_said_of_files_still_counts(old: Path, run: Run, tmp_path: Path) -> None:
    """The named file stays; the one that likeness found can be taken back, the one by name cannot."""
    other = tmp_path / "roll" / f"{posts(old)[2].tiktok_id}.mp4"
    other.parent.mkdir()
    shutil.copy(old / posts(old)[0].media[0].path, other)
    code, screen = run("add", other, "-w", old)
    assert (code, posts(old)[2].media[0].source) == (0, "kiln.mp4")
    assert "you named another file for its post" in screen
    assert [is_removable(post) for post in posts(old)[:4]] == [False, True, True, False]
    assert run("add", "--no-pair", "2", "-w", old)[0] == 0
    assert posts(old)[1].origin_of_files is Origin.LINK
    assert run("add", "--no-pair", "1", "-w", old)[0] == 2


def test_a_picture_like_the_one_that_likeness_gave_is_asked_about(
    old: Path, run: Run, tmp_path: Path
) -> None:
    other = tmp_path / "IMG_0020.jpg"
    shutil.copy(old / posts(old)[1].media[0].path, other)
    with other.open("ab") as file:
        file.write(b"\0")  # another file, as like the post
    code, screen = run("add", other, "-w", old)
    assert (code, "IMG_0020.jpg, post 2?" in screen) == (0, True)


def test_no_sentence_of_posts_json_decides_anything(old: Path) -> None:
    def decisions() -> list[object]:
        library = read_library(old / "posts.json")
        return [
            apply_answers(library, {}, [5]).library.posts[4].tiktok_id,
            [(p.tiktok_id, p.text) for p in apply_answers(library, {}, []).library.posts],
            [(is_removable(post), pictures_of(post)) for post in library.posts],
        ]

    def reword(document: Any) -> None:
        for post in document["posts"]:
            for one in post["evidence"]:
                one["detail"] = NONSENSE

    write_library(old / "posts.json", read_library(old / "posts.json"))
    before = decisions()
    change(old / "posts.json", reword)
    assert {one.detail for post in posts(old) for one in post.evidence} == {NONSENSE}
    assert decisions() == before


def test_no_sentence_of_the_plan_decides_what_is_next(old: Path, run: Run) -> None:
    def reword(document: Any) -> None:
        for note in document["notes"]:
            if note["action"] != "move":
                note["reason"] = NONSENSE
                for problem in note["problems"]:
                    problem["message"] = NONSENSE

    before = run("status", "-w", old)[1].rpartition("Next:")[2]
    change(old / "plan.json", reword)
    code, screen = run("status", "-w", old)
    assert (code, screen.rpartition("Next:")[2]) == (0, before)
    assert NONSENSE[1:] in screen  # a sentence begins with a capital there
