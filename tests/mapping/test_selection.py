"""The rules under `select`, and what becomes of posts without words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.mapping.selection import explain_exclusion
from crossover.model.choices import Action, Edit, PostNumbers, PostSelection, Rules, Wordless
from crossover.model.notes import Level
from crossover.model.posts import Kind, Visibility
from tests.makers import edited, notes_of, plan, post

MARCH = datetime(2024, 3, 31, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("select", "reason"),
    [
        (PostSelection(since=date(2024, 3, 31), until=date(2024, 3, 31)), ""),
        (
            PostSelection(since=date(2024, 4, 1)),
            "since` in crossover.yaml: it was posted before 2024",
        ),
        (
            PostSelection(until=date(2024, 3, 30)),
            "until` in crossover.yaml: it was posted after 2024",
        ),
        (PostSelection(kinds=(Kind.VIDEO,)), ""),
        (PostSelection(kinds=(Kind.PHOTOS,)), "kinds` in crossover.yaml: its kind is video"),
        (PostSelection(visibility=(Visibility.PUBLIC,)), ""),
        (PostSelection(visibility=(Visibility.FRIENDS,)), "it is public on TikTok"),
        (PostSelection(min_likes=1204), ""),
        (PostSelection(min_likes=1205), "it has fewer than 1,205 likes"),
        (PostSelection(numbers=PostNumbers((8, 1))), ""),
        (PostSelection(numbers=PostNumbers((8, 9))), "its number is none of them"),
        (PostSelection(text="KILN"), ""),
        (PostSelection(text="wheel"), "its words lack 'wheel'"),
    ],
)
def test_a_post_is_left_out_by_the_rule_that_it_does_not_meet(
    select: PostSelection, reason: str
) -> None:
    item = post(posted_at=MARCH, text="First kiln #pottery", likes=1204)
    assert reason in explain_exclusion(item, select)
    (made,) = notes_of(item, Rules(select=select))
    assert made.action is (Action.SKIP if reason else Action.MOVE)
    assert reason in made.reason


@pytest.mark.parametrize(
    ("select", "unknown", "reason"),
    [
        (PostSelection(min_likes=1), {"likes": None}, "does not say how many likes"),
        (PostSelection(kinds=(Kind.VIDEO,)), {"kind": None}, "not known yet"),
        (PostSelection(visibility=(Visibility.PUBLIC,)), {"visibility": None}, "who sees it"),
    ],
)
def test_what_is_not_known_is_left_out_only_by_a_rule_that_asks(
    select: PostSelection, unknown: dict[str, Any], reason: str
) -> None:
    assert reason in explain_exclusion(post(**unknown), select)
    assert explain_exclusion(post(**unknown), PostSelection()) == ""


def test_the_creator_takes_one_post_in_all_the_same() -> None:
    rules = Rules(select=PostSelection(text="nothing like it"))
    made = plan(post(1), post(2), rules=rules, edits=edited(n2=Edit(action=Action.MOVE)))
    assert [note.action for note in made.notes] == [Action.SKIP, Action.MOVE]
    assert (made.found, made.move, made.skip) == (2, 1, 1)


@given(st.dates(), st.dates(), st.datetimes(timezones=st.just(UTC)))
def test_days_are_meant_from_their_first_to_their_last_second(
    since: date, until: date, moment: datetime
) -> None:
    select = PostSelection(since=since, until=until)
    inside = since <= moment.date() <= until
    assert (explain_exclusion(post(posted_at=moment), select) == "") is inside


@pytest.mark.parametrize(
    ("rule", "action", "level"),
    [
        (Wordless.HOLD, Action.HOLD, Level.ERROR),
        (Wordless.SKIP, Action.SKIP, Level.ERROR),
        (Wordless.MOVE, Action.MOVE, Level.WARNING),
    ],
)
def test_posts_without_words_wait_are_left_out_or_move(
    rule: Wordless, action: Action, level: Level
) -> None:
    (made,) = notes_of(post(text="", posted_at=MARCH), Rules(wordless=rule))
    assert made.action is action
    assert [problem.level for problem in made.problems if problem.code == "no-words"] == [level]
    assert ("`wordless: skip`" in made.reason) is (rule is Wordless.SKIP)
    assert made.title == ("2024-03-31" if rule is Wordless.MOVE else "")
    (other,) = notes_of(post(text="First kiln"), Rules(wordless=rule))
    assert other.action is Action.MOVE


def test_words_that_the_creator_wrote_count_and_so_does_their_word_for_a_note() -> None:
    rules, bare = Rules(wordless=Wordless.SKIP), post(1, text="")
    written = plan(bare, rules=rules, edits=edited(n1=Edit(body="Mugs")))
    assert written.move == 1
    wanted = plan(bare, rules=rules, edits=edited(n1=Edit(action=Action.MOVE)))
    assert (wanted.hold, wanted.skip) == (1, 0), "it was not to be left out, and still has no words"
    unsure = plan(post(1, text="", in_question=True), rules=rules)
    assert (unsure.hold, unsure.skip) == (1, 0), "it may have words"
    emptied = plan(bare, rules=Rules(wordless=Wordless.MOVE), edits=edited(n1=Edit(title="")))
    assert [(note.title, note.action) for note in emptied.notes] == [("", Action.HOLD)]


def test_original_work_is_claimed_by_rule_or_for_one_note_and_told_as_done_by_hand() -> None:
    posts, edits = (post(1), post(2)), edited(n2=Edit(original=False))
    made = plan(*posts, rules=Rules(original=True), edits=edits)
    assert [note.original for note in made.notes] == [True, False]
    codes = [[problem.code for problem in note.problems] for note in made.notes]
    assert codes == [["original-by-hand"], []]
    assert [change.field for change in made.notes[0].changes if change.field == "original"]
    one = plan(*posts, edits=edited(n1=Edit(original=True)))
    assert [note.original for note in one.notes] == [True, False]
    assert [note.original for note in plan(*posts).notes] == [False, False]
