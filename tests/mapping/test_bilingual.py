"""Rules for captions in two languages, and for the day of the post."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given

from crossover.mapping.bilingual import arrange_languages
from crossover.model.choices import Edit, Languages, Rules, TitleInBody
from crossover.model.notes import Note
from tests.makers import LIMITS, edited, notes_of, plan, post
from tests.mapping.titles.test_properties import WILD

FIRST, ONLY = Languages.CHINESE_FIRST, Languages.CHINESE_ONLY


@pytest.mark.parametrize(
    ("text", "first", "only"),
    [
        (
            "Morning in Lisbon 🌅\n里斯本的早晨",
            "里斯本的早晨\nMorning in Lisbon 🌅",
            "里斯本的早晨",
        ),
        (
            "Morning!\n\nLong walk.\n\n早上好\n\n散步🚶",
            "早上好\n\n散步🚶\n\nMorning!\n\nLong walk.",
            "早上好\n\n散步🚶",
        ),
        ("One day\n一天\nOne night\n一夜", "一天\n一夜\nOne day\nOne night", "一天\n一夜"),
        ("Morning in Lisbon | 里斯本的早晨", "里斯本的早晨 | Morning in Lisbon", "里斯本的早晨"),
        ("Morning in Lisbon 里斯本的早晨", "里斯本的早晨 Morning in Lisbon", "里斯本的早晨"),
        ("里斯本的早晨 Morning in Lisbon", "里斯本的早晨 Morning in Lisbon", "里斯本的早晨"),
        ("Guten Morgen / 早上好，里斯本", "早上好，里斯本 / Guten Morgen", "早上好，里斯本"),
    ],
)
def test_the_chinese_part_comes_first_or_alone(text: str, first: str, only: str) -> None:
    assert arrange_languages(text, FIRST) == first
    assert arrange_languages(text, ONLY) == only
    assert arrange_languages(text, Languages.AS_WRITTEN) == text


@pytest.mark.parametrize(
    "text",
    [
        "你的 iPhone 有个隐藏的触控板",
        "iPhone 隐藏的触控板🤯",
        "I love 上海 and its streets",
        "My first vlog in Shanghai 上海",
        "東京の朝ごはん\nBreakfast in Tokyo",
        "한국 여행\n首尔三日\nThree days",
        "Only English\nand more of it",
        "只有中文\n还有一行",
        "🤍\n\n1. 2. 3.",
    ],
)
def test_what_is_in_one_language_stays_as_it_is(text: str) -> None:
    assert arrange_languages(text, FIRST) == text
    assert arrange_languages(text, ONLY) == text


@given(WILD)
def test_no_letter_is_lost_or_changed_by_another_order(caption: str) -> None:
    arranged = arrange_languages(caption, FIRST)
    words = [sorted(re.findall(r"\w+", text)) for text in (arranged, caption)]
    assert words[0] == words[1]


def map_text(text: str, **rules: object) -> Note:
    (made,) = notes_of(post(text=text), replace(Rules(), **rules))  # type: ignore[arg-type]
    return made


def test_the_title_comes_from_the_part_that_comes_first_and_the_change_says_so() -> None:
    text = "Morning in Lisbon 🌅\n里斯本的早晨\n#lisbon"
    made = map_text(text, languages=FIRST)
    assert (made.title, made.body) == ("里斯本的早晨", "Morning in Lisbon 🌅")
    assert [c.before for c in made.changes if "`languages`" in c.why] == [
        "Morning in Lisbon 🌅\n里斯本的早晨"
    ]
    assert map_text(text).title == "Morning in Lisbon 🌅"
    (photo,) = notes_of(post(title="A day | 里斯本的一天", pictures=1), Rules(languages=FIRST))
    assert photo.title == "里斯本的一天 | A day"


# --- the day of the post ----------------------------------------------------------------------


def test_the_day_of_the_post_is_a_last_line_where_the_rule_says_so() -> None:
    made = map_text("A walk in the old town\nwith my dog #walk", original_date="📅 {date}")
    assert made.body.endswith("with my dog\n📅 2025-01-01")
    (change,) = [c for c in made.changes if "`original_date`" in c.why]
    assert change.after == made.body
    assert "2025" not in map_text("A walk in the old town").description


def test_the_day_keeps_its_place_where_the_text_is_cut_and_stands_alone_where_there_is_none() -> (
    None
):
    made = map_text("Some words. " * 200, original_date="{date}")
    assert made.body.endswith("\n2025-01-01")
    assert made.description_chars <= LIMITS.description_chars.value
    assert "body-cut" in {problem.code for problem in made.problems}
    title = map_text(
        "Golden hour by the sea", original_date="{date}", title_in_body=TitleInBody.DROP
    )
    assert (title.title, title.body) == ("Golden hour by the sea", "2025-01-01")


def test_words_of_the_creators_own_and_a_day_that_stands_there_get_no_line() -> None:
    rules = Rules(original_date="{date}")
    (note,) = plan(post(), rules=rules, edits=edited(n1=Edit(body="My words"))).notes
    assert note.body == "My words"
    day = datetime(2025, 1, 1, tzinfo=UTC)
    assert (
        map_text(f"My walk\n{day:%Y-%m-%d}", original_date="{date}").body.count("2025-01-01") == 1
    )
