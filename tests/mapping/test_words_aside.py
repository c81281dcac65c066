"""Names, words that lead away, advertising, and texts that are too long."""

from __future__ import annotations

import pytest

from crossover.model.choices import Action, Mentions, OffPlatform, Rules, TitleInBody
from crossover.model.notes import Note
from crossover.model.posts import Declaration
from crossover.text import graphemes
from tests.makers import LIMITS, notes_of, post


def note_of(caption: str, **rules: object) -> Note:
    (made,) = notes_of(post(text=caption), Rules(title_in_body=TitleInBody.KEEP, **rules))  # type: ignore[arg-type]
    return made


def codes(note: Note) -> list[str]:
    return [problem.code for problem in note.problems]


# --- TikTok names ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("caption", "body"),
    [
        (
            "my favourite serum by @lumea.beauty is back",
            "my favourite serum by lumea.beauty is back",
        ),
        ("dinner at @bloom.co tonight", "dinner at bloom co tonight"),
        ("the sea was cold today. @anna @ben.k", "the sea was cold today."),
        ("the sea was cold today 🌊 @anna", "the sea was cold today 🌊"),
        ("the sea was cold today\n@anna @ben", "the sea was cold today"),
        ("the sea was cold today with @anna", "the sea was cold today with anna"),
        ("the sea was cold today. 📷 @anna", "the sea was cold today. 📷 anna"),
    ],
)
def test_a_name_stays_as_plain_words_and_goes_behind_the_last_sentence(
    caption: str, body: str
) -> None:
    made = note_of(caption)
    assert made.body == body
    assert any("TikTok names" in change.why for change in made.changes)
    assert "steers-away" not in codes(made)


def test_names_go_or_are_replaced_where_the_rule_says_so() -> None:
    caption = "lunch with @foodie, then @anna drove home"
    assert note_of(caption, mentions=Mentions.DROP).body == "lunch with, then drove home"
    table = {"FOODIE": "The Foodie Shop"}
    named = note_of(caption, mentions=Mentions.TABLE, mention_names=table)
    assert named.body == "lunch with The Foodie Shop, then anna drove home"
    assert note_of(caption, mention_names=table).body == "lunch with foodie, then anna drove home"


# --- what leads away ------------------------------------------------------------------------

_LINES = (
    "Fresh bread every day. Full recipe at https://bread.example/rye today! Bake it slowly.",
    "Fresh bread every day. Bake it slowly.",
)


def test_a_sentence_that_leads_away_is_shown_and_stays() -> None:
    made = note_of(_LINES[0])
    assert made.body == _LINES[0]
    (problem,) = made.problems
    assert problem.code == "steers-away"
    assert "Full recipe at https://bread.example/rye today!" in problem.next


def test_a_sentence_that_leads_away_goes_alone_where_the_rule_says_so() -> None:
    made = note_of(_LINES[0], off_platform=OffPlatform.DROP_LINE)
    assert made.body == _LINES[1]
    assert codes(made) == []
    assert [c.before for c in made.changes if "off_platform" in c.why] == [_LINES[0]]


def test_a_note_that_leads_away_waits_where_the_rule_says_so() -> None:
    made = note_of(_LINES[0], off_platform=OffPlatform.HOLD)
    assert (made.action, codes(made)) == (Action.HOLD, ["steers-away"])


@pytest.mark.parametrize(
    "words",
    [
        *("all linked in my storefront", "use code SPRING30", "code ABC15 at the till", "DM me"),
        *("presave it tonight", "out on all platforms", "comment RECIPE below", "see my website"),
    ],
)
def test_a_request_to_do_something_elsewhere_is_told(words: str) -> None:
    assert "asks-away" in codes(note_of(f"Blue leggings are back. {words}"))


@pytest.mark.parametrize(
    "words",
    ["our area code changed", "no dress code tonight", "I write code at night", "comment ça va"],
)
def test_words_that_only_sound_like_a_request_are_not(words: str) -> None:
    assert codes(note_of(f"Blue leggings are back. {words}")) == []


# --- advertising ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "caption",
    [
        *("Blue leggings #ad", "Blue leggings #Sponsored", "Neues Sofa #werbung", "新包 #广告"),
        *("ad | blue leggings", "*gifted @brand* blue leggings", "Werbung | neues Sofa"),
        "Blue leggings, a paid partnership with @brand",
        "Blue leggings by @brand, code JESS15 for 15% off",
        "Canapé bleu. Collaboration commerciale avec @marque",
        *(
            "＼PR／ 新作リップ",
            "【PR】新作リップ",
            "PR 新作リップ",
            "業配 好物分享",
            "視頻含商業合作",
        ),
        *("בשיתוף פעולה עם @brand קרם חדש", "विज्ञापन | नया फोन", "광고) 신상 립밤"),
    ],
)
def test_words_that_somebody_paid_declare_advertising_and_that_is_told(caption: str) -> None:
    made = note_of(caption)
    assert made.declaration is Declaration.AD
    assert "declared-ad" in codes(made)
    assert [c.after for c in made.changes if c.field == "declaration"] == ["ad"]


@pytest.mark.parametrize(
    "caption",
    ["PR day at the gym", "pr list for my next race", "广告也太美了", "new PR on deadlift"],
)
def test_words_that_only_sound_like_advertising_declare_nothing(caption: str) -> None:
    assert note_of(caption).declaration is Declaration.NONE


@pytest.mark.parametrize(
    "caption",
    [
        *("Blue leggings, not sponsored!!", "no one paid me for this", "Rome in 500 AD"),
        *("I paid for it myself", "my ad campaign", "area code 212, 50% off", "unbezahlte Werbung"),
        "not a paid partnership, just blue leggings",
    ],
)
def test_words_that_nobody_paid_declare_nothing(caption: str) -> None:
    assert note_of(caption).declaration is Declaration.NONE


def test_what_tiktok_was_told_stays_declared_and_the_words_are_told() -> None:
    (made,) = notes_of(post(text="Blue leggings #ad", declaration=Declaration.AI))
    assert made.declaration is Declaration.AI
    assert "made with AI" in next(p.message for p in made.problems if p.code == "declared-ad")


# --- too long -------------------------------------------------------------------------------


def test_a_text_that_is_too_long_ends_behind_a_sentence_and_tells_what_is_left_out() -> None:
    caption = "This is a sentence about the sea. " * 40
    made = note_of(caption)
    assert made.body.endswith("the sea.")
    assert made.description_chars <= LIMITS.description_aim.value
    left_out = len(graphemes(caption.strip())) - len(graphemes(made.body))
    (problem,) = [p for p in made.problems if p.code == "body-cut"]
    assert f"the last {left_out:,} letters" in problem.message


@pytest.mark.parametrize(
    ("caption", "body"),
    [
        (".@foodie you were right about the soup", ".foodie you were right about the soup"),
        ("lunch at #@foodie in the old town", "lunch at foodie in the old town"),
        ("thanks @@foodie for the soup", "thanks foodie for the soup"),
        ("write to me@foodie.example for more", "write to me@foodie.example for more"),
    ],
)
def test_a_name_with_another_sign_before_it_is_one_too(caption: str, body: str) -> None:
    assert note_of(caption).body == body
