from __future__ import annotations

from crossover.mapping.topics.table import load_table
from crossover.rehearsal.site.topics import find_topic, load_topics, search_topics


def test_the_list_is_long_enough_has_no_doubles_and_lacks_some_on_purpose() -> None:
    names = [topic.name for topic in load_topics()]
    assert len(names) >= 120
    assert len(set(names)) == len(names)
    assert all(isinstance(name, str) for name in names)
    assert not {"booktok", "fyp", "foryou", "tiktok"} & set(names)


def test_it_knows_most_of_the_chinese_words_that_notes_carry_and_lacks_some() -> None:
    words = {word for row in load_table().rows for word in row.chinese}
    known = {word for word in words if find_topic(word)}
    assert 0.9 <= len(known) / len(words) < 1


def test_the_topic_that_equals_the_keyword_comes_first() -> None:
    assert [topic.name for topic in search_topics("LATTE")][:2] == ["latte", "latteart"]
    assert search_topics("art")[0].name == "art"
    assert search_topics(" 日常 ")[0].name == "日常"
    assert search_topics("nothing like it") == search_topics("  ") == []


def test_ids_are_24_hex_and_stay_the_same() -> None:
    sunset = find_topic("sunset")
    assert sunset is not None
    assert sunset.id == "0829103205fbe7963996bfac"
    assert len({topic.id for topic in load_topics()}) == len(load_topics())
    assert all(len(topic.id) == 24 and int(topic.id, 16) for topic in load_topics())
