"""The table of topics is sound: every row whole, none against another, quick to ask."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import regex

from crossover.mapping.titles.languages import load_language
from crossover.mapping.topics.choose import is_chinese, plain_tag
from crossover.mapping.topics.hashtags import split_hashtags
from crossover.mapping.topics.table import TopicTable, load_table, parse_rows
from crossover.mapping.topics.tag_kinds import kind_of
from crossover.model.hashtags import fold_tag
from crossover.settings.edits import is_topic
from tests.mapping.corpus.captions import read_corpus

Figure = Callable[[str], None]

CORPUS = Path(__file__).with_name("tag_corpus.txt")
LEAST_KNOWN = 0.8
"""So much of the corpus the table knew when it was written."""

LATIN_TOPICS = regex.compile(r"[\p{Latin}\p{N}&]+")


def test_there_are_a_thousand_hashtags_in_thirty_fields_and_fifteen_rows_in_each() -> None:
    fields = Counter(row.field for row in load_table().rows)
    assert len(load_table().rows) >= 1000
    assert len(fields) >= 30
    assert min(fields.values()) >= 15


def test_a_row_has_folded_tags_and_one_to_three_topics() -> None:
    for row in load_table().rows:
        assert [fold_tag(tag) for tag in row.spellings] == list(row.spellings), row.tag
        assert len(set(row.spellings)) == len(row.spellings), row.tag
        assert 1 <= len(row.chinese) <= 3, row.tag
        assert len(set(row.chinese)) == len(row.chinese), row.tag
        assert all(is_topic(topic) for topic in (*row.chinese, row.english or "x")), row.tag


def test_a_topic_is_chinese_or_a_latin_name_that_people_use_there() -> None:
    for row in load_table().rows:
        for topic in row.chinese:
            assert is_chinese(topic) or LATIN_TOPICS.fullmatch(topic), (row.tag, topic)


def test_a_tag_means_one_thing_but_for_the_ambiguous_rows() -> None:
    sure = Counter(
        tag for row in load_table().rows if not row.is_ambiguous for tag in row.spellings
    )
    assert [tag for tag, times in sure.items() if times > 1] == []
    asked = Counter(
        (tag, row.field) for row in load_table().rows if row.is_ambiguous for tag in row.spellings
    )
    assert [tag for tag, times in asked.items() if times > 1] == []


def test_one_and_several_of_a_thing_are_called_alike() -> None:
    sure = {tag: row for row in load_table().rows if not row.is_ambiguous for tag in row.spellings}
    apart = {
        tag
        for tag, row in sure.items()
        if len(tag) >= 4 and tag + "s" in sure and not {*row.chinese} & {*sure[tag + "s"].chinese}
    }
    assert apart == {"chicken"}  # the meat; several are kept in a yard


def test_no_row_has_a_word_that_brings_mockery_or_a_filter() -> None:
    said = {topic for row in load_table().rows for topic in row.chinese}
    parts = ("耽美", "私房摄影", "女司机", "宝宝性别", "占卜", "自爱", "LSD", "大胸", "线上赚钱")
    assert {topic for topic in said if any(part in topic for part in parts)} == set()
    alone = {"鸡", "鸭", "龟", "鸟", "塔", "派", "高考", "泡菜", "国庆节"}  # else rude, or of China
    assert said & alone == set()


def test_an_english_topic_is_not_one_of_the_chinese_ones_again() -> None:
    doubled = [
        row.tag
        for row in load_table().rows
        if row.english and fold_tag(row.english) in map(fold_tag, row.chinese)
    ]
    assert doubled == []


def test_an_ambiguous_row_says_what_else_it_may_mean() -> None:
    assert [row.tag for row in load_table().rows if row.is_ambiguous and not row.note] == []


def test_no_row_is_of_a_tag_that_never_becomes_a_topic() -> None:
    lost = {tag: kind_of(tag) for row in load_table().rows for tag in row.spellings if kind_of(tag)}
    assert lost == {}


def test_a_subject_has_a_row_that_holds_wherever_it_stands() -> None:
    table = load_table()
    for language, words in table.subjects.items():
        assert language == "any" or load_language(language).code == language
        assert [word for word in words if fold_tag(word) != word] == []
        known = language == "zh" or {word for word in words if table.find_sure(word)} == words
        assert known, [word for word in words if not table.find_sure(word)]


def test_no_topic_names_tiktok_or_another_platform() -> None:
    topics = {t for row in load_table().rows for t in (*row.chinese, row.english or "")}
    assert {topic for topic in topics if kind_of(topic)} == set()


def test_the_topics_of_a_community_are_those_of_its_word() -> None:
    assert [row.tag for row in load_table().rows if row.tag.endswith("tok")] == []
    for row in load_table().rows:
        for tag in row.spellings:
            if tag.endswith("tok"):
                assert plain_tag(tag).name == row.tag, tag


@pytest.mark.parametrize(
    "line", ["yoga 瑜伽", "= 瑜伽", "yoga =", "yoga = ", "? = 瑜伽", "yoga =  / yoga"]
)
def test_a_line_that_is_no_row_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="field, row 1"):
        list(parse_rows("field", line))


def test_a_row_is_read_as_it_is_written() -> None:
    (row,) = parse_rows("dance", "?salsa salsadance = 萨尔萨 巴恰塔 / salsa  # the dance\n\n")
    assert (row.tag, row.variants, row.chinese) == ("salsa", ("salsadance",), ("萨尔萨", "巴恰塔"))
    assert (row.english, row.note, row.is_ambiguous) == ("salsa", "the dance", True)


def test_the_table_knows_most_of_the_tags_of_a_made_corpus(figure: Figure) -> None:
    tags = [
        tag for line in CORPUS.read_text("utf-8").splitlines() for tag in split_hashtags(line).tags
    ]
    names = [plain.name for plain in map(plain_tag, tags) if not plain.kind]
    known = [name for name in names if load_table().find(name) or is_chinese(name)]
    by_note = [
        any(load_table().find(plain_tag(tag).name) for tag in split_hashtags(line).tags)
        for line in CORPUS.read_text("utf-8").splitlines()
    ]
    unknown = sorted({name for name in names if name not in known})
    figure(
        f"of {len(names)} hashtags of {len(by_note)} captions the table knows {len(known)}"
        f" ({len(known) / len(names):.0%}); {sum(by_note) / len(by_note):.0%} of captions get Chinese"
        f" topics; unknown: {' '.join(unknown[:12])} and {len(unknown[12:])} more"
    )
    assert len(known) / len(names) >= LEAST_KNOWN


def test_the_table_knows_most_of_the_tags_of_every_language(figure: Figure) -> None:
    tags: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for caption in read_corpus():
        for plain in map(plain_tag, split_hashtags(caption.text).tags):
            if not plain.kind:
                tags[caption.language] += 1
                found = load_table().find(plain.name) or is_chinese(plain.name)
                known[caption.language] += bool(found)
    often = {language: known[language] / times for language, times in tags.items() if times >= 15}
    figure(
        f"of {tags.total()} hashtags in {len(tags)} languages the table knows {known.total()}"
        f" ({known.total() / tags.total():.0%}): "
        + ", ".join(f"{language} {share:.0%}" for language, share in sorted(often.items()))
    )
    assert known.total() / tags.total() >= LEAST_KNOWN
    assert min(often.values()) >= 0.6


def test_looking_up_is_about_as_quick_as_a_dict(figure: Figure) -> None:
    table = load_table()
    tags = list(table.by_tag)[:5000]
    plain, find = dict(table.by_tag).get, table.find

    def seconds(look_up: object) -> float:
        began = time.perf_counter()
        for tag in tags:
            look_up(tag)  # type: ignore[operator]
        return time.perf_counter() - began

    # 100,000 of each, in short runs: others work on this machine too.
    pairs = [(seconds(find), seconds(plain)) for _ in range(100_000 // len(tags))]
    times = min(ours for ours, _ in pairs) / min(dicts for _, dicts in pairs)
    figure(f"100,000 look-ups take {times:.1f} times those of a dict")
    assert times <= 5


def test_the_table_is_loaded_by_whoever_looks_something_up() -> None:
    code = (
        "import crossover.mapping.notes, crossover.guide.facts\n"
        "from crossover.mapping.topics.table import load_table\n"
        "print(load_table.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"


def test_a_spelling_is_searched_once() -> None:
    searched = []

    class Counting(TopicTable):
        def _search(self, tag: str):  # type: ignore[no-untyped-def]
            searched.append(tag)
            return super()._search(tag)

    table = Counting(parse_rows("pets", "dogs = 狗狗"))
    assert [table.find(tag)[0].tag for tag in ("DOGS", "dogs", "DOGS")] == ["dogs"] * 3
    assert searched == ["DOGS"]
