"""crossover.yaml: read strictly, with the line of every mistake."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crossover.errors import UsageProblem
from crossover.model.choices import (
    Action,
    Mentions,
    OffPlatform,
    PostNumbers,
    PostSelection,
    Rules,
    TitleCase,
    TitleInBody,
    TopicPolicy,
    Wordless,
)
from crossover.model.posts import Kind, Visibility
from crossover.settings.rules import read_rules
from crossover.settings.rules_template import make_template
from crossover.settings.set_rule import parse_assignment, write_rules


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crossover.yaml"


def test_the_file_as_written_means_the_defaults(path: Path) -> None:
    assert read_rules(path) == Rules()
    path.write_text(make_template())
    assert read_rules(path) == Rules()


def test_every_rule_is_read(path: Path) -> None:
    path.write_text(
        "version: 1\nonly_me: move\nnot_told: friends\ntopics: {max: 3, drop: ['#a', no]}\n"
    )
    assert read_rules(path) == Rules(Action.MOVE, Visibility.FRIENDS, 3, ("a", "no"))


@pytest.mark.parametrize("policy", TopicPolicy)
def test_which_topics_to_use_is_one_word_or_stands_among_their_rules(
    path: Path, policy: TopicPolicy
) -> None:
    path.write_text(f"topics: {policy}")
    assert read_rules(path) == Rules(topics_policy=policy)
    path.write_text(f"topics: {{use: {policy}, max: 4}}")
    assert read_rules(path) == Rules(topics_policy=policy, topics_max=4)


def test_the_creators_own_topics_are_part_of_the_rules_with_and_without_a_rules_file(
    path: Path,
) -> None:
    path.with_name("topics.yaml").write_text("topics: {Cats: [我家猫]}", "utf-8")
    assert read_rules(path) == Rules(topics_own={"cats": ("我家猫",)})
    path.write_text("topics: zh")
    assert read_rules(path).topics_own == {"cats": ("我家猫",)}


def test_the_rules_of_words_are_read(path: Path) -> None:
    path.write_text(
        "title_in_body: keep\ntitle_case: sentence\ntitle_template: '{title} · Ep. {n}'\n"
        "mentions: table\nmention_names: {'@foodie': The Foodie Shop}\noff_platform: drop-line\n"
    )
    assert read_rules(path) == Rules(
        title_in_body=TitleInBody.KEEP,
        title_case=TitleCase.SENTENCE,
        title_template="{title} · Ep. {n}",
        mentions=Mentions.TABLE,
        mention_names={"foodie": "The Foodie Shop"},
        off_platform=OffPlatform.DROP_LINE,
    )


@pytest.mark.parametrize(
    ("written", "since", "until"),
    [("2023", "2023-01-01", "2023-12-31"), ("2024-02", "2024-02-01", "2024-02-29")],
)
def test_a_year_or_a_month_is_meant_as_a_whole(
    path: Path, written: str, since: str, until: str
) -> None:
    path.write_text(f"select: {{since: {written}, until: {written}}}\n")
    select = read_rules(path).select
    assert (str(select.since), str(select.until)) == (since, until)


def test_which_posts_take_part_is_read(path: Path) -> None:
    path.write_text(
        "select: {since: 2024, until: 2024-02, kinds: [photos], visibility: [public, friends],"
        " min_likes: 500, numbers: '3, 8-9', text: day one}\nwordless: skip\n"
    )
    assert read_rules(path) == Rules(
        select=PostSelection(
            since=date(2024, 1, 1),
            until=date(2024, 2, 29),
            kinds=(Kind.PHOTOS,),
            visibility=(Visibility.PUBLIC, Visibility.FRIENDS),
            min_likes=500,
            numbers=PostNumbers((3, 8, 9)),
            text="day one",
        ),
        wordless=Wordless.SKIP,
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("select: {since: 2024-13}", 1, "a month or a year, as 2024-03-31"),
        ("select: {until: 2023-02-29}", 1, "a month or a year"),
        ("select: {since: yesterday}", 1, "a month or a year"),
        ("select: {kinds: [films]}", 1, "one of video, photos"),
        ("select: {kinds: []}", 1, "a list of video, photos"),
        ("select: {kinds: video}", 1, "a list of video, photos"),
        ("select: {min_likes: -1}", 1, "a whole number from 0"),
        ("select: 2024", 1, "key: value"),
        ("only_me: maybe", 1, "hold"),
        ("version: 1\nonlyme: hold", 2, "`onlyme` is no rule"),
        ("off_platform: drop", 1, "one of warn, drop-line, hold"),
        ("title_template: Episode", 1, "{title} once"),
        ("title_template: '{title} {part}'", 1, "{title} once"),
        ("mention_names: {foodie: [a]}", 1, "a text is meant"),
        ("version: 2", 1, "it has to be 1"),
        ("topics:\n  max: 11", 2, "from 0 to 10"),
        ("topics:\n  max: yes", 2, "whole number"),
        ("version: 1\nonlyme: hold", 2, "the nearest is `only_me`."),
        ("topics: {maxx: 3}", 1, "`topics.maxx` is no rule; the nearest is `topics.max`"),
        ("maxi: 3", 1, "the nearest is `topics.max`"),
        ("topics.max: 3", 1, "write `max` under `topics:`"),
        ("selct: {since: 2024}", 1, "the nearest is `select`, with since, until, kinds,"),
        ("title_template: {title}", 1, '{title} · Ep. {n}"; it needs quotes'),
        ("zzz: 3", 1, "`zzz` is no rule; known here: animated"),
        ("topics: {untagged: all}", 1, "`topics.untagged`: one of propose, none"),
        ("languages: chinese", 1, "one of as-written, chinese-first, chinese-only"),
        ("original_date: today", 1, "one line with {date}"),
        ('original_date: "{date}\\n{n}"', 1, "one line with {date}"),
        ("topics: {max: 3, max: 4}", 1, "twice"),
        ("mention_names: foodie", 1, "as in {foodie: The Foodie Shop}"),
        ("mention_names: {foodie: a, '@foodie': b}", 1, "`foodie` stands there twice"),
        ("topics: bot", 1, "`topics.use`: one of keep, zh, both; the nearest is `both`"),
        ("topics:\n  use: chinese", 2, "`topics.use`: one of keep, zh, both."),
        ("topics: [a]", 1, "key: value"),
        ("topics:\n  drop: word", 2, "a list"),
        ("only_me: hold\nonly_me: move", 2, "twice"),
        ("only_me: &a hold\nnot_told: *a", 1, "aliases"),
        ("only_me: [", 1, ""),
        ("\tonly_me: hold", 1, ""),
        ("only_me: !!python/name:os.system hold", 1, "tags"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(path: Path, text: str, line: int, said: str) -> None:
    path.write_text(text)
    with pytest.raises(UsageProblem) as caught:
        read_rules(path)
    assert f"crossover.yaml, line {line}: " in caught.value.message
    assert said in caught.value.message


WRITTEN_BY_AN_OLDER_VERSION = """\
# Your rules for this move. crossover wrote this file once; from now on it is yours alone.
# After a change, run `crossover plan` and look again.
version: 1

# Posts that only you can see on TikTok: hold (wait for you), skip, or move.
only_me: hold

# Posts of old exports that do not say who could see them:
not_told: hold

title_in_body: drop
title_case: keep
title_template: ""
mentions: keep
mention_names: {}
off_platform: warn

topics:
  # Which words become topics.
  use: both
  max: 10
  # More tags to leave out, without the #.
  drop: []
# Words of your own for your hashtags: in a file topics.yaml beside this one.
"""


def test_a_file_of_an_older_version_means_what_it_meant_and_takes_new_rules(path: Path) -> None:
    path.write_text(WRITTEN_BY_AN_OLDER_VERSION)
    assert read_rules(path) == Rules()
    write_rules(path, [parse_assignment("select.since=2024"), parse_assignment("topics.max=5")])
    assert read_rules(path) == Rules(select=PostSelection(since=date(2024, 1, 1)), topics_max=5)
    lines = path.read_text().splitlines()
    assert [line for line in lines if line in WRITTEN_BY_AN_OLDER_VERSION.splitlines()] == [
        line for line in WRITTEN_BY_AN_OLDER_VERSION.splitlines() if line != "  max: 10"
    ] + [""]


def test_bytes_that_are_no_text_are_an_error(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00only")
    with pytest.raises(UsageProblem):
        read_rules(path)
