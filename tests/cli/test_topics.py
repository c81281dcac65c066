"""`crossover topics`: which words hashtags become, looked up without a plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossover.library.posts_file import Library, write_library
from crossover.mapping.topics.explain import count_unknown, explain_tag, nearest_rows
from crossover.mapping.topics.tag_kinds import TagKind
from crossover.model.choices import Rules
from crossover.workspace import Workspace
from tests.conftest import Run
from tests.makers import post


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A workspace with posts of several hashtags."""
    workspace = Workspace(tmp_path / "w")
    workspace.root.mkdir()
    texts = ("a #mudfair #yoga #fyp", "b #Mud_Fair #京都", "c #vanillaperfume #mudfair")
    posts = tuple(post(n, text=text) for n, text in enumerate(texts, 1))
    write_library(workspace.posts, Library(handle="mara", posts=posts))
    return workspace


def test_a_hashtag_is_explained_without_a_workspace(run: Run) -> None:
    code, said = run(
        "topics", "explain", "#booktok", "day in my life", "fyp", "vanillaperfume", "er"
    )
    assert code == 0
    assert (
        "#booktok Goes as #books: #booktok is what it is called on TikTok. #读书 #书单 #阅读"
        in said
    )
    assert "#dayinmylife #一天vlog" in said
    assert "#fyp No topic: tags about TikTok mean nothing on RedNote." in said
    assert "Not in the table: it goes out as it is. Nearest: perfume (香水" in said
    assert "only beside other tags of health" in said
    assert "Without such tags beside it, it goes out as it is, behind your other tags." in said


def test_two_letters_and_chinese_hashtags_are_explained(run: Run) -> None:
    _, said = run("topics", "explain", "zq", "上海", "uk")
    assert "#zq Not in the table: it goes out as it is, behind your other tags." in said
    assert "#上海 #上海 (travel) Under a caption in Chinese it goes out as it is." in said
    assert "#uk #英国 (travel)" in said


def test_the_rules_of_the_workspace_count_in_an_explanation(run: Run, place: Workspace) -> None:
    place.rules.write_text("topics: {drop: [yoga]}", "utf-8")
    place.own_topics.write_text("topics: {dogs: [我家狗子]}", "utf-8")
    code, said = run("topics", "explain", "dogs", "yoga", "京都", "-w", place.root)
    assert code == 0
    assert "#dogs #我家狗子: your own topics.yaml says so." in said
    assert "#yoga Left out: your rules say so" in said
    assert "#京都 Chinese already" in said


def test_hashtags_without_chinese_words_are_listed_by_frequency(run: Run, place: Workspace) -> None:
    code, said = run("topics", "unmapped", "-w", place.root)
    assert code == 0
    assert said.startswith("3 #mudfair 1")
    assert "1 #vanillaperfume nearest: perfume" in said
    assert "2 hashtags of 5 without Chinese words" in said
    assert f"crossover topics check -w {place.root}" in said
    place.own_topics.write_text("topics: {mudfair: [陶艺市集], vanillaperfume: []}", "utf-8")
    assert "0 hashtags of 5 without" in run("topics", "unmapped", "-w", place.root)[1]


def test_a_long_list_is_shown_whole_when_asked_for(run: Run, place: Workspace) -> None:
    text = " ".join(f"#zzq{n}x" for n in range(25))
    write_library(place.posts, Library(handle="mara", posts=(post(1, text=text),)))
    assert "… and 5 more, with --all." in run("topics", "unmapped", "-w", place.root)[1]
    assert "#zzq9x" in run("topics", "unmapped", "--all", "-w", place.root)[1]


def test_a_table_of_ones_own_is_checked(run: Run, place: Workspace) -> None:
    place.own_topics.write_text("topics:\n  clay day: [陶艺日常]\n  fyp: [推荐]\n", "utf-8")
    code, said = run("topics", "check", "-w", place.root)
    assert code == 0
    assert "is right: 2 hashtags. line 3: `fyp` never counts: tags about TikTok" in said


def test_a_mistake_in_it_is_named_and_ends_with_2(run: Run, place: Workspace) -> None:
    place.own_topics.write_text("topics:\n  clay: [陶艺 日常]\n", "utf-8")
    for arguments in (("check", place.own_topics), ("check", "-w", place.root)):
        code, said = run("topics", *arguments)
        assert code == 2
        assert "topics.yaml, line 2: `clay`: '陶艺 日常' is no topic; a topic is one word" in said


def test_without_a_table_of_ones_own_it_is_told_how_to_write_one(
    run: Run, place: Workspace
) -> None:
    code, said = run("topics", "check", "-w", place.root)
    assert code == 2
    assert "Write it: a line `topics:`" in said


# --- below the screen -------------------------------------------------------------------------


def test_the_nearest_rows_are_of_the_word_inside_or_of_similar_spelling() -> None:
    assert nearest_rows("flowershop")[0].tag == "flowers"
    assert nearest_rows("croisant")[0].tag == "croissant"
    assert nearest_rows("qqqqzzzz") == ()
    # Other words of like letters are no help: love, edit, barba.
    assert nearest_rows("oven") == nearest_rows("diet") == nearest_rows("babka") == ()


def test_what_needs_nobodys_care_is_known() -> None:
    for tag in ("yoga", "fyp", "京都", "booktok"):
        assert explain_tag(tag, Rules()).is_known
    assert explain_tag("fyp", Rules()).kind is TagKind.PLATFORM
    assert not explain_tag("カワイ会", Rules()).is_known
    assert not explain_tag("mudfair", Rules()).is_known


def test_spellings_of_a_tag_are_counted_together() -> None:
    unknown, total = count_unknown(["#MudFair", "#mud_fair #yoga"], Rules())
    assert (unknown, total) == ([("MudFair", 2)], 2)
    assert count_unknown(["#aazq #zzq", "#zzq"], Rules())[0] == [("zzq", 2), ("aazq", 1)]
