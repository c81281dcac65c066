"""Faults that the mapping once had, each with the words that showed it."""

from __future__ import annotations

from typing import Any

import pytest

from crossover.model.choices import Edit
from crossover.model.notes import Note
from crossover.model.posts import Declaration, Post
from tests.makers import KEEP_TOPICS, edited, notes_of, plan, post


def note_of(text: str | None, **fields: Any) -> Note:
    (made,) = notes_of(post(text=text, **fields), KEEP_TOPICS)
    return made


def codes(made: Note) -> set[str]:
    return {problem.code for problem in made.problems}


# --- a name without its @ is no link --------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("bloom.co", "bloom co"),
        ("bloom.co.uk", "bloom co uk"),
        ("Foodie.IO", "Foodie IO"),
        ("lina.bakes", "lina.bakes"),
        ("mr.company", "mr.company"),
    ],
)
def test_a_name_without_its_at_is_no_link_and_warned_of_as_none(name: str, plain: str) -> None:
    made = note_of(f"these mugs are a gift\nThey are from @{name} and I love them")
    assert made.body == f"They are from {plain} and I love them"
    assert "steers-away" not in codes(made)


def test_an_address_that_was_one_before_is_still_warned_of() -> None:
    assert "steers-away" in codes(note_of("these mugs\nThey are from bloom.co and I love them"))


# --- a length is told in letters a reader can count -----------------------------------------

ARABIC = "وصفة الكنافة النابلسية في عشرين دقيقة فقط مع القشطة والفستق الحلبي والقطر البارد"


def test_the_letters_of_an_arabic_title_are_counted_as_a_reader_counts_them() -> None:
    made = note_of("text", title=ARABIC, pictures=1)
    (change,) = [change for change in made.changes if change.field == "title"]
    assert "80 letters, which count as 148 of 40" in change.why
    (own,) = plan(post(1), edits=edited(n1=Edit(title=ARABIC))).notes
    assert own.reason == "The title has 80 letters, which count as 148 of 40."


# --- a cut is told --------------------------------------------------------------------------


def test_a_title_that_was_cut_within_a_sentence_has_a_code() -> None:
    made = note_of("Grandmothers everywhere understand perfectly well sunflowers")
    assert made.title == "Grandmothers everywhere understand…"
    assert codes(made) == {"title-cut"}


# --- not every dot ends a sentence ----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "not_the_title"),
    [
        (
            "1967 Mustang restoration ep. 12 – the engine finally starts!!",
            "1967 Mustang restoration ep.",
        ),
        ("Gentlemen. Stop wearing black belts with brown shoes.", "Gentlemen."),
        ("Mt. Rainier at sunrise, 4:30 a.m. and it was so cold up there", "Mt."),
        (
            "Mt. Rainier at sunrise, 4:30 a.m. and it was so cold up there",
            "Mt. Rainier at sunrise, 4:30 a.m.",
        ),
        (
            '"You are not behind in life. There is no schedule." – a reminder',
            '"You are not behind in life.',
        ),
    ],
)
def test_an_abbreviation_a_greeting_or_an_open_quotation_ends_no_title(
    text: str, not_the_title: str
) -> None:
    made = note_of(text)
    assert made.title
    assert made.title != not_the_title
    assert made.title.count('"') % 2 == 0


# --- tags about TikTok ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "tag",
    [
        *("learnontiktok", "tiktokmademebuyit", "parati", "fürdich", "pourtoi", "perte", "voorjou"),
        *("おすすめ", "рекомендации", "keşfet", "추천", "为你推荐", "foryoupage", "fypシ"),
    ],
)
def test_a_tag_about_tiktok_is_no_topic_wherever_the_name_stands_in_it(tag: str) -> None:
    made = note_of(f"fun #{tag} #dogs")
    assert made.topics == ("dogs",)
    assert any(f"#{tag}" in change.before for change in made.changes if change.field == "topics")


def test_a_community_of_tiktok_becomes_its_plain_word() -> None:
    assert note_of("fun #dogsoftiktok").topics == ("dogs",)


# --- advertising ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tag", ["ad", "sponsored", "gifted", "werbung", "publi", "paidpartnership"]
)
def test_a_tag_that_somebody_paid_is_a_declaration_and_no_topic(tag: str) -> None:
    made = note_of(f"loving this cream #{tag} #skincare")
    assert (made.topics, made.declaration) == (("skincare",), Declaration.AD)
    assert "declared-ad" in codes(made)


def test_who_is_not_paid_declares_nothing() -> None:
    made = note_of("not sponsored!! I paid for this cream myself #skincare")
    assert made.declaration is Declaration.NONE


@pytest.mark.parametrize(
    "text",
    [
        "everything is in my amazon storefront",
        "linked in my shop",
        "code ABC15 works until sunday",
        "use code JESS15 for 15% off",
        "DM me for the recipe",
        "comment RECIPE and I send it to you",
    ],
)
def test_shops_codes_and_calls_to_write_are_warned_of(text: str) -> None:
    assert "asks-away" in codes(note_of(f"The leggings everyone asked about. {text}"))


@pytest.mark.parametrize("text", ["mind the dress code", "area code 212", "code review at 9"])
def test_a_code_of_another_kind_is_not(text: str) -> None:
    assert codes(note_of(f"A day in the city. {text}")) == set()


def test_a_post_of_an_export_may_have_been_declared_before() -> None:
    item: Post = post(1, text="new cream", declaration=Declaration.AI)
    assert notes_of(item)[0].declaration is Declaration.AI
