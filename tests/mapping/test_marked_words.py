"""What became of the words of a caption is told of each of them, and no letter is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.mapping.marked_words import (
    MarkedWords,
    Went,
    find_new_topics,
    mark_caption,
    mark_new_words,
)
from crossover.model.choices import LongText, Rules, TopicPolicy
from tests.makers import KEEP_TOPICS, note, notes_of, post

WORDS = [
    "a",
    "b",
    "tea",
    "Tea",
    "#tea",
    "#clay",
    "@mara",
    "茶",
    "馆",
    "👋🏽",
    "👨\u200d👩\u200d👧",
    "!",
    ".",
    "\n",
]
texts = st.lists(st.sampled_from([*WORDS, "\n", "  "]), max_size=30).map(" ".join)


def marked(caption: str, rules: Rules = KEEP_TOPICS) -> dict[Went, str]:
    """The words of a caption by what became of them."""
    (made,) = notes_of(post(text=caption), rules)
    found: dict[Went, str] = {}
    for one in mark_caption(caption, made):
        found[one.went] = " ".join([*found.get(one.went, "").split(), *one.text.split()])
    return found


def joined(words: tuple[MarkedWords, ...]) -> str:
    return "".join(one.text for one in words)


@given(texts, texts, texts)
def test_put_together_the_marked_words_are_the_text(caption: str, title: str, body: str) -> None:
    made = note(title=title, body=body, topics=("tea",))
    assert joined(mark_caption(caption, made, [note(body=caption)])) == caption
    assert joined(mark_new_words(body, caption)) == body


@given(texts)
def test_a_text_that_stays_as_it_is_has_no_mark(text: str) -> None:
    plain = text.replace("#", "")
    for words in (mark_caption(plain, note(body=plain, topics=())), mark_new_words(plain, plain)):
        assert {one.went for one in words} <= {Went.TEXT}


def test_each_word_says_where_it_went() -> None:
    caption = "Hello from my studio 👋\nIt was a garage, @mara said. And so on. #clay #fyp"
    assert marked(caption) == {
        Went.TITLE: "Hello from my studio 👋",
        Went.TEXT: "It was a garage, said. And so on.",
        Went.NOWHERE: "@mara #fyp",
        Went.TOPIC: "#clay",
    }


def test_a_hashtag_that_stays_a_word_of_its_sentence_is_in_the_text() -> None:
    caption = "A day out. We drank the best tea in #lisbon that day."
    assert "#lisbon" in marked(caption)[Went.TEXT]


def test_a_hashtag_that_became_a_topic_of_another_name_is_not_left_out() -> None:
    rules = Rules(topics_policy=TopicPolicy.ZH)
    (made,) = notes_of(post(text="Words of it. And more. #glazetok"), rules)
    assert "glazetok" not in made.topics
    assert marked("Words of it. And more. #glazetok", rules)[Went.TOPIC] == "#glazetok"
    assert find_new_topics(made, "#glazetok") == set(made.topics) != set()


def test_chinese_is_told_letter_by_letter() -> None:
    made = note(title="我们的小店", body="今天很忙", topics=())
    assert mark_caption("我们的小店今天不忙", made) == (
        MarkedWords("我们的小店", Went.TITLE),
        MarkedWords("今天", Went.TEXT),
        MarkedWords("不", Went.NOWHERE),
        MarkedWords("忙", Went.TEXT),
    )


def test_a_text_of_the_creators_own_shares_no_words_by_chance() -> None:
    own = note(title="", body="Quite another text, that the creator wrote", topics=())
    caption = "The words that TikTok has are a longer text of old"
    assert mark_caption(caption, own) == (MarkedWords(caption, Went.NOWHERE),)
    assert mark_new_words(own.body, caption) == (MarkedWords(own.body, Went.NEW),)


def test_what_goes_on_in_the_next_note_is_not_left_out() -> None:
    caption = " ".join(f"Sentence {n} of a long text." for n in range(50))
    rules = Rules(long_text=LongText.SECOND_PART)
    parts = notes_of(post(text=caption, pictures=4), rules)
    assert len(parts) > 1
    went = {one.went for one in mark_caption(caption, parts[0], parts[1:])}
    assert Went.NOWHERE not in went


@pytest.mark.parametrize("caption", ["我" * 4000, "a b " * 1000])
def test_of_a_text_that_repeats_itself_too_often_nothing_is_said(caption: str) -> None:
    words = mark_caption(caption, replace(note(), body=caption[: len(caption) // 2], topics=()))
    assert {one.went for one in words} == {Went.TEXT}
