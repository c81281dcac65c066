"""What is said in the title is not said again in the text, and nothing is lost by that."""

from __future__ import annotations

import pytest

from crossover.model.choices import Edit, Rules, TitleInBody
from tests.makers import edited, notes_of, plan, post
from tests.mapping.titles.test_titles import note_of


@pytest.mark.parametrize(
    ("caption", "title", "body"),
    [
        ("Golden hour\nAt the sea", "Golden hour", "At the sea"),
        ("Golden hour 🌅", "Golden hour 🌅", ""),
        (
            "it's ok if all you did today was survive 🤍",
            "it's ok if all you did today was survive",
            "🤍",
        ),
        (
            "I did 100 push ups every day for 30 days. Here's what happened 💪",
            "I did 100 push ups every day for 30 days",
            "Here's what happened 💪",
        ),
        (
            "pack an order with me 📦💕 order #1482 is off",
            "pack an order with me 📦💕",
            "order #1482 is off",
        ),
        ("Would you live here?", "Would you live here?", ""),
        (
            "day 1 of learning to surf at 34 🏄‍♀️ i have swallowed so much water",
            "day 1 of learning to surf at 34",
            "🏄‍♀️ i have swallowed so much water",
        ),
        (
            "今天在上海武康路发现一家超好喝的咖啡店☕️老板超可爱！",
            "今天在上海武康路发现一家超好喝的咖啡店",
            "老板超可爱！",
        ),
    ],
)
def test_a_beginning_that_is_the_title_goes_from_the_text(
    caption: str, title: str, body: str
) -> None:
    made = note_of(caption)
    assert (made.title, made.body) == (title, body)
    assert [c.after for c in made.changes if "the title says it" in c.why] == [body]


@pytest.mark.parametrize(
    "caption",
    [
        "We made it up the mountain!! and then we had to walk all the way down again",
        "Half a week in the Dolomites, some fog, more cake and no regrets at all",
        "We sold everything and moved into a van with two kids and a dog",
        '"You are not behind in life. There is no schedule." – from a book',
        "Where would you go first: Bali, Bangkok or Hanoi? Tell us",
        "POV: you finally make the viral cottage cheese flatbread and it works",
    ],
)
def test_what_is_left_stays_whole_where_it_does_not_stand_by_itself(caption: str) -> None:
    made = note_of(caption)
    assert made.title
    assert made.body == caption


def test_a_caption_that_is_all_in_the_title_lacks_no_text() -> None:
    made = note_of("Golden hour 🌅")
    assert (made.body, made.problems) == ("", ())


def test_the_rule_keeps_the_title_in_the_text() -> None:
    kept = note_of("Golden hour\nby the sea", Rules(title_in_body=TitleInBody.KEEP))
    assert kept.body == "Golden hour\nby the sea"


def test_under_a_title_of_ones_own_the_text_is_whole() -> None:
    item = post(1, text="Golden hour\nby the sea")
    (made,) = plan(item, edits=edited(n1=Edit(title="Mine"))).notes
    assert (made.title, made.body) == ("Mine", "Golden hour\nby the sea")


def test_notes_with_a_numbered_title_keep_their_text_whole() -> None:
    bodies = {note.body for note in notes_of(post(text="Golden hour\nby the sea", pictures=20))}
    assert bodies == {"Golden hour\nby the sea"}


def test_whom_a_post_replied_to_is_left_out_and_told() -> None:
    made = note_of("Replying to @lina.bakes no you don't need a stand mixer, here's proof")
    assert made.body == "no you don't need a stand mixer, here's proof"
    assert any("replied to" in c.why for c in made.changes)
    everyone = "Replying to everyone who asked, the answer is a long and happy yes"
    assert note_of(everyone, Rules(title_in_body=TitleInBody.KEEP)).body == everyone
