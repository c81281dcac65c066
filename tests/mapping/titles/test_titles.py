"""What of a caption becomes the title: the words that a reader would keep."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crossover.mapping.titles.title import number_title
from crossover.model.choices import Edit, Rules, TitleCase, TitleChoice
from crossover.model.notes import Note
from crossover.text import half_units
from tests.makers import edited, notes_of, plan, post


def note_of(caption: str, rules: Rules | None = None) -> Note:
    (made,) = notes_of(post(text=caption), rules)
    return made


def codes(note: Note) -> list[str]:
    return [problem.code for problem in note.problems]


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        (
            "Replying to @janedoe123 yes you can wash wool at home!! here's how 🧶",
            "yes you can wash wool at home!!",
        ),
        (
            "garlic butter noodles 🍜 recipe:\n- 200g noodles\n- butter",
            "garlic butter noodles 🍜 recipe",
        ),
        ("no one:\nabsolutely no one:\nmy dog at 3am:", "my dog at 3am"),
        (
            "Part 3! Finally finished the kitchen renovation after 8 months and honestly I cried",
            "Finally finished the kitchen renovation",
        ),
        (
            "5 things I wish I knew before moving to Japan 🇯🇵 1. bring cash 2. get a card",
            "5 things I wish I knew",
        ),
        (
            "Comment 'RECIPE' and I'll send it to you! One-pan lemon chicken 🍋",
            "One-pan lemon chicken 🍋",
        ),
        (
            "ad | loving this new @brandname moisturizer, use code GLOW15 for 15% off",
            "loving this new moisturizer",
        ),
        (
            "Dr. Lee's 3 rules for better sleep: 1) no phone in bed 2) a cold room",
            "Dr. Lee's 3 rules for better sleep",
        ),
        (
            "Ep.7 | Building a cabin alone in the woods | roof is ON 🛖",
            "Building a cabin alone in the woods",
        ),
        (
            "¿Sabías que puedes regar tus plantas con hielo? 🧊🌱",
            "regar tus plantas con hielo 🧊🌱",
        ),
        (
            "the prettiest café in Seoul 🫖 📍 Onion Anguk, go early",
            "the prettiest café in Seoul 🫖",
        ),
        (
            "10k steps a day for 30 days: what changed (and what didn't)",
            "10k steps a day for 30 days",
        ),
    ],
)
def test_a_title_is_what_a_person_would_have_written(caption: str, title: str) -> None:
    assert note_of(caption).title == title


def test_three_titles_are_kept_of_which_the_first_is_taken_with_its_reason() -> None:
    made = note_of("i rearranged my entire apartment at 2am and now i can't find my keys 😭")
    assert made.title_candidates == (
        "i rearranged my entire apartment at 2am",
        "i rearranged my entire apartment",
        "my entire apartment at 2am",
    )
    (change,) = [c for c in made.changes if c.field == "title"]
    assert (change.before, change.after) == ("", made.title)
    assert "up to where a reader could pause" in change.why


def test_a_title_of_ones_own_leaves_the_others_to_choose_from() -> None:
    (made,) = plan(post(1), edits=edited(n1=Edit(title="Mine"))).notes
    assert (made.title, made.title_candidates) == ("Mine", ("Words of post 1",))


def test_another_of_the_titles_can_be_chosen_and_the_text_is_whole_then() -> None:
    item = post(1, text="i rearranged my entire apartment at 2am\nIt took all night")
    edits = edited(n1=Edit(title_candidate=TitleChoice(2)))
    (first,), (chosen,) = plan(item).notes, plan(item, edits=edits).notes
    assert (first.title, first.body) == (
        "i rearranged my entire apartment at 2am",
        "It took all night",
    )
    assert (chosen.title, chosen.body) == ("It took all night", item.text)
    assert chosen.title_candidates == first.title_candidates
    assert [c.why for c in chosen.changes if c.field == "title"][-1] == "you said so"


def test_a_choice_of_a_title_that_is_not_there_is_told_and_the_first_is_taken() -> None:
    (made,) = plan(post(1), edits=edited(n1=Edit(title_candidate=TitleChoice(3)))).notes
    assert made.title == "Words of post 1"
    assert codes(made) == ["title-choice"]
    assert made.problems[0].message == (
        "You chose title 3 of the titles in its words, and they have only 1 now."
    )


def test_a_chosen_title_stays_the_one_that_was_meant_wherever_it_stands_now() -> None:
    meant = edited(n1=Edit(title_candidate=TitleChoice(1, "It took all night")))
    words = "i rearranged my entire apartment at 2am\nIt took all night"
    (made,) = plan(post(1, text=words), edits=meant).notes
    assert (made.title, codes(made)) == ("It took all night", [])
    (other,) = plan(post(1, text="Other words came for this post"), edits=meant).notes
    assert other.title == "Other words came for this post"
    assert codes(other) == ["title-choice"]
    assert "'It took all night'" in other.problems[0].message


def test_a_title_of_ones_own_comes_before_a_chosen_one() -> None:
    edits = edited(n1=Edit(title="Mine", title_candidate=TitleChoice(3)))
    (made,) = plan(post(1), edits=edits).notes
    assert (made.title, codes(made)) == ("Mine", ["title-choice"])
    assert made.problems[0].message.endswith("and wrote a title too; what you wrote is taken.")


def test_what_is_said_of_the_title_of_one_part_comes_before_what_is_said_of_all() -> None:
    words = "i rearranged my entire apartment at 2am\nIt took all night"
    item = post(1, pictures=40, text=words)
    second, mine = Edit(title_candidate=TitleChoice(2)), Edit(title="Mine")
    edits = edited(n1=second, n1_2=mine)
    made = plan(item, edits=edits).notes
    assert [note.title for note in made] == [
        "It took all night (1/3)",
        "Mine",
        "It took all night (3/3)",
    ]
    made = plan(item, edits=edited(n1=mine, n1_2=second)).notes
    assert [note.title for note in made] == ["Mine (1/3)", "It took all night (2/3)", "Mine (3/3)"]
    assert not any("title-choice" in codes(note) for note in made)


def test_a_title_of_words_of_ones_own_can_be_chosen_too() -> None:
    edit = Edit(body="i rearranged my entire apartment at 2am\nIt took all night")
    chosen = replace(edit, title_candidate=TitleChoice(2))
    (made,) = plan(post(1, text=None), edits=edited(n1=chosen)).notes
    assert (made.title, codes(made)) == ("It took all night", [])


def test_a_title_in_capitals_becomes_a_sentence_where_the_rule_says_so() -> None:
    caption = "CRISPY SMASHED POTATOES 🥔 so good"
    assert note_of(caption).title == "CRISPY SMASHED POTATOES 🥔 so good"
    shouted = "CRISPY SMASHED POTATOES 🥔\nso good"
    made = note_of(shouted, Rules(title_case=TitleCase.SENTENCE))
    assert made.title == "Crispy smashed potatoes 🥔"
    assert any("title_case" in c.why for c in made.changes)


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("Part 3! Finally finished the kitchen", "Finally finished the kitchen · Ep. 3"),
        ("Ep.7 | Building a cabin", "Building a cabin · Ep. 7"),
        ("Golden hour", "Golden hour"),
        ("Part of me wants to stay", "Part of me wants to stay"),
    ],
)
def test_a_series_is_numbered_by_the_creators_template(caption: str, title: str) -> None:
    made = note_of(caption, Rules(title_template="{title} · Ep. {n}"))
    assert made.title == title
    assert half_units(made.title) <= 40


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        (
            "Took my grandma to her first Taylor Swift concert and she cried harder than me",
            "her first Taylor Swift concert",
        ),
        (
            "I've been using the new @duolingo Max for two weeks to learn Korean",
            "I've been using the new duolingo Max",
        ),
        ("trying @glowco new serum for a week", "trying glowco new serum for a week"),
    ],
)
def test_a_name_is_neither_cut_nor_leaves_a_hole(caption: str, title: str) -> None:
    assert note_of(caption).title == title


def test_whom_a_stitch_or_duet_was_with_is_left_out() -> None:
    assert note_of("#stitch with @drkate the truth about your neck").body == ""
    assert note_of("#stitch with @drkate the truth about your neck").title == (
        "the truth about your neck"
    )
    assert note_of("#duet with @anna, we sang it again").title == "we sang it again"
    assert note_of("baking with @anna again").title == "baking with anna again"


def test_a_name_needs_no_blank_before_it_where_letters_are_not_latin() -> None:
    assert "@" not in note_of("和@lina.w一起去看海🌊").body
    assert note_of("write to a@lina.w").body == "write to a@lina.w"


@pytest.mark.parametrize(
    ("title", "numbered"),
    [
        ("The year I nearly stopped making pots", "The year I nearly stopped… (1/3)"),
        ("the year I nearly stopped making pots 🏺", "the year I nearly stopped… (1/3)"),
        ("A day in my life as a potter in the hills", "A day in my life as a potter (1/3)"),
        ("How to glaze a bowl without a kiln at all", "How to glaze a bowl without a kiln (1/3)"),
        ("Lo que nadie te dice de viajar sola", "Lo que nadie te dice de viajar… (1/3)"),
        ("This is my favourite way to glaze a bowl", "My favourite way to glaze a bowl (1/3)"),
    ],
)
def test_a_part_of_a_split_post_begins_as_its_title(title: str, numbered: str) -> None:
    assert number_title(title, (1, 3), units=20) == numbered
