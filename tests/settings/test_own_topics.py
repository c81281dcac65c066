"""topics.yaml, the creator's own words for hashtags: read strictly, in every spelling of a tag."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossover.errors import UsageProblem
from crossover.settings.own_topics import OwnTopics, read_own_topics


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "topics.yaml"


def test_without_a_file_there_are_none(path: Path) -> None:
    assert read_own_topics(path) == OwnTopics()


def test_every_spelling_of_a_tag_is_read_with_one_topic_several_or_none(path: Path) -> None:
    path.write_text(
        "version: 1\ntopics:\n  san jose: 圣何塞\n  '#Glaze_Day': ['#釉料', 陶艺日常]\n  sunday: []\n",
        "utf-8",
    )
    own = read_own_topics(path)
    assert own.by_tag == {"sanjose": ("圣何塞",), "glazeday": ("釉料", "陶艺日常"), "sunday": ()}
    assert own.written["sanjose"] == ("san jose", 3)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("topic:\n  a: [b]", 1, "`topic` is no part of this file; the nearest is `topics`"),
        ("topics:\n  cats:", 2, "`cats`: a list of words"),
        ("topics:\n  cats: [my cat]", 2, "`cats`: 'my cat' is no topic; a topic is one word"),
        ("topics:\n  cats: {a: b}", 2, "a list of words"),
        ("topics:\n  cats: [a]\n  C_ats: [b]", 3, "`C_ats` stands in line 2 already, as `cats`"),
        ("topics:\n  '#': [a]", 2, "is no hashtag"),
        ("topics:\n  cats: [a, b, c, d, e, f, g, h, i, j, k]", 2, "at most 10 topics, here are 11"),
    ],
)
def test_a_mistake_is_named_by_file_line_and_tag(
    path: Path, text: str, line: int, said: str
) -> None:
    path.write_text(text, "utf-8")
    with pytest.raises(UsageProblem) as caught:
        read_own_topics(path)
    assert f"topics.yaml, line {line}: " in caught.value.message
    assert said in caught.value.message
