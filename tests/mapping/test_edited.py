"""The creator's decisions in the plan: taken as they are, never cut, always told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.model.choices import Action, Edit, Rules, TitleChoice
from crossover.model.notes import Note
from crossover.model.posts import Declaration, Evidence, Kind, Origin, Post, Visibility
from crossover.text import half_units
from tests.makers import KEEP_TOPICS, edited, plan, post
from tests.mapping.test_notes import KEEP, WORDS

TOPICS = st.lists(st.text("abc日本", min_size=1, max_size=4), max_size=12).map(tuple)
EDITS = st.builds(
    Edit,
    title=st.none() | WORDS | st.just("Words of post 1"),
    body=st.none() | WORDS | st.just("Words of post 1"),
    topics=st.none() | TOPICS | st.just(("sunset",)),
    visibility=st.none() | st.sampled_from(Visibility),
    action=st.none() | st.sampled_from(Action),
    title_candidate=st.none()
    | st.sampled_from([TitleChoice(1), TitleChoice(2, "Words of post 1")]),
    declaration=st.none() | st.sampled_from(Declaration),
    original=st.none() | st.booleans(),
).filter(lambda edit: edit.title is None or edit.title_candidate is None)


def map_edited(edit: Edit, item: Post | None = None, rules: Rules | None = None) -> Note:
    rules = rules or KEEP_TOPICS
    (made,) = plan(item or post(1), rules=rules, edits=edited(n1=edit)).notes
    return made


def sent_part(note: Note) -> object:
    """What of a note reaches RedNote."""
    bare = replace(note, changes=(), problems=(), reason="")
    return bare if note.action is Action.MOVE else None


# --- promises for any edit ------------------------------------------------------------------


@given(EDITS, st.booleans())
def test_an_edit_touches_its_own_note_and_no_other(edit: Edit, parts: bool) -> None:
    posts = post(1), post(2, pictures=40 if parts else 3), post(3, visibility=Visibility.ONLY_ME)
    number = "n2_2" if parts else "n2"
    before, after = plan(*posts), plan(*posts, edits=edited(**{number: edit}))
    own = number[1:].replace("_", ".")
    assert [n for n in after.notes if n.number != own] == [
        n for n in before.notes if n.number != own
    ]


@given(EDITS)
def test_the_digest_changes_if_and_only_if_what_is_sent_changes(edit: Edit) -> None:
    posts = post(1), post(2)
    before, after = plan(*posts), plan(*posts, edits=edited(n1=edit))
    same = [sent_part(n) for n in before.notes] == [sent_part(n) for n in after.notes]
    assert (before.digest == after.digest) is same


@given(EDITS)
def test_what_moves_is_within_the_limits_and_nothing_of_ones_own_is_cut(edit: Edit) -> None:
    made = map_edited(edit)
    if made.action is Action.MOVE:
        assert half_units(made.title) <= 40
        assert made.description_chars <= 1000
        assert len(made.topics) <= 10
    assert not made.title.endswith("…") or edit.title is None or "…" in edit.title


@given(EDITS, st.sampled_from([None, *Visibility]), st.sampled_from(Action))
def test_every_post_is_still_counted_once(
    edit: Edit, told: Visibility | None, rule: Action
) -> None:
    posts = post(1, visibility=told), post(2, pictures=40)
    made = plan(*posts, rules=Rules(only_me=rule), edits=edited(n1=edit, n2_2=edit))
    assert made.found == made.move + made.skip + made.hold == 2


@given(EDITS)
def test_whatever_differs_is_told(edit: Edit) -> None:
    bare, made = map_edited(Edit()), map_edited(edit)
    told = {change.field for change in made.changes}
    for field in ("title", "body", "topics", "visibility", "declaration"):
        if getattr(bare, field) != getattr(made, field):
            # A title, text or list that is TikTok's own again differs in nothing.
            own = {"title": "", "body": post(1).text, "topics": ("sunset",)}
            assert field in told or getattr(made, field) == own.get(field)


@pytest.mark.parametrize(
    "edit",
    [
        Edit(title="Words of post 1"),
        Edit(body=" Words of post 1\r\n"),
        Edit(topics=("sunset",)),
        Edit(visibility=Visibility.PUBLIC, action=Action.MOVE),
    ],
    ids=["title", "body", "topics", "decisions"],
)
def test_what_the_note_says_anyway_is_no_edit(edit: Edit) -> None:
    assert map_edited(edit, rules=KEEP) == map_edited(Edit(), rules=KEEP)


# --- words ----------------------------------------------------------------------------------


def test_own_words_replace_what_was_derived_and_both_are_told() -> None:
    made = map_edited(Edit(title="工作室", body="以前是车库。", topics=("陶艺",)))
    assert (made.title, made.body, made.topics) == ("工作室", "以前是车库。", ("陶艺",))
    assert made.description == "以前是车库。 #陶艺"
    told = {c.field: (c.before, c.after, c.why) for c in made.changes}
    assert told["title"] == ("", "工作室", "you said so")
    assert told["body"] == ("Words of post 1 #sunset", "以前是车库。", "you said so")
    assert told["topics"] == ("#sunset", "#陶艺", "you said so")


def test_a_title_that_is_too_long_waits_with_its_letters_and_is_not_cut() -> None:
    made = map_edited(Edit(title="x" * 47))
    assert (made.title, made.action) == ("x" * 47, Action.HOLD)
    assert made.reason == "The title has 47 of 40 letters."


def test_a_text_that_is_too_long_waits_with_its_letters() -> None:
    made = map_edited(Edit(body="x" * 1200))
    assert len(made.body) == 1200
    assert made.action is Action.HOLD
    assert "1,214 of 1,000 letters" in made.reason


def test_more_topics_than_a_note_carries_wait() -> None:
    made = map_edited(Edit(topics=tuple("abcdefghijk")))
    assert made.reason == "It has 11 of 10 topics."


def test_a_hashtag_in_ones_own_text_becomes_a_topic_and_is_told() -> None:
    made = map_edited(Edit(body="New words #kiln"))
    assert (made.body, made.topics) == ("New words", ("sunset", "kiln"))
    assert [c.after for c in made.changes if c.field == "topics"] == ["#kiln"]


def test_what_nobody_sees_goes_from_ones_own_words_and_is_told() -> None:
    made = map_edited(Edit(title="a\u202eb\x1b"))
    assert made.title == "ab"
    assert [c.after for c in made.changes if c.field == "title"] == ["a\u202eb\x1b", "ab"]


def test_emptied_means_empty() -> None:
    made = map_edited(Edit(title="", body=""))
    assert (made.title, made.body, made.topics) == ("", "", ("sunset",))
    assert [p.code for p in made.problems] == ["no-title"]
    assert map_edited(Edit(title="", body="", topics=())).reason == "No words were found for it."


def test_words_of_ones_own_let_a_wordless_post_go() -> None:
    silent = post(1, text=None)
    assert map_edited(Edit(), silent).action is Action.HOLD
    made = map_edited(Edit(body="A day at the sea.\nMore."), silent)
    assert (made.action, made.title) == (Action.MOVE, "A day at the sea")
    assert map_edited(Edit(topics=("sea",)), silent).action is Action.MOVE


@pytest.mark.parametrize("edit", [Edit(title="Mine"), Edit(body="Mine"), Edit("Mine", "Mine")])
def test_own_words_release_a_post_whose_words_are_in_question_and_are_sent_alone(
    edit: Edit,
) -> None:
    told = (Evidence("words", Origin.TIME, "nothing else near", "listing.json"),)
    asked = post(1, text="Perhaps another's #words", in_question=True, evidence=told)
    held = map_edited(Edit(topics=("sea",)), asked)
    assert (held.action, [p.code for p in held.problems]) == (Action.HOLD, ["words-unsure"])
    assert "Perhaps another's" in held.title, "what is in question stays to be seen"
    made = map_edited(edit, asked)
    assert (made.action, made.problems) == (Action.MOVE, ())
    assert {made.title, made.body, *made.topics} <= {"Mine", ""}


def test_a_long_text_is_cut_to_leave_room_for_more_topics_of_ones_own() -> None:
    made = map_edited(
        Edit(topics=tuple(f"topic{n}" for n in range(10))), post(1, text="word " * 185)
    )
    assert made.description_chars <= 1000
    assert made.action is Action.MOVE
    assert "body" in [c.field for c in made.changes]


def test_a_text_that_was_kept_as_it_was_cut_stays_so_with_fewer_topics() -> None:
    long = post(1, text="word " * 300 + "#a #b #c")
    shown = map_edited(Edit(), long).body
    assert map_edited(Edit(body=shown, topics=()), long).body == shown
    assert len(map_edited(Edit(topics=()), long).body) > len(shown)


def test_own_words_are_checked_like_all_others() -> None:
    assert [p.code for p in map_edited(Edit(body="see www.example.com")).problems] == [
        "steers-away"
    ]


# --- decisions ------------------------------------------------------------------------------


@pytest.mark.parametrize("action", [Action.SKIP, Action.HOLD])
def test_skip_and_hold_are_the_creators_word(action: Action) -> None:
    made = map_edited(Edit(action=action))
    assert (made.action, made.reason) == (action, "you said so")
    assert ("move", str(action)) in [(c.before, c.after) for c in made.changes]
    assert [p.code for p in made.problems] == []


@pytest.mark.parametrize(
    "edit", [Edit(visibility=Visibility.ONLY_ME), Edit(action=Action.MOVE)], ids=["who", "move"]
)
@pytest.mark.parametrize("rule", [Action.HOLD, Action.SKIP])
def test_an_only_me_post_moves_as_such_when_the_creator_says_so(edit: Edit, rule: Action) -> None:
    private = post(1, visibility=Visibility.ONLY_ME)
    assert map_edited(Edit(), private, Rules(only_me=rule)).action is rule
    made = map_edited(edit, private, Rules(only_me=rule))
    assert (made.action, made.visibility, made.reason) == (Action.MOVE, Visibility.ONLY_ME, "")
    assert (str(rule), "move") in [(c.before, c.after) for c in made.changes]


def test_a_post_whose_visibility_is_not_told_moves_as_the_creator_says() -> None:
    unsure = post(1, visibility=None)
    assert map_edited(Edit(action=Action.MOVE), unsure).visibility is Visibility.ONLY_ME
    made = map_edited(Edit(visibility=Visibility.FRIENDS), unsure)
    assert (made.action, made.visibility) == (Action.MOVE, Visibility.FRIENDS)


def test_wider_than_on_tiktok_is_said_aloud() -> None:
    made = map_edited(Edit(visibility=Visibility.PUBLIC), post(1, visibility=Visibility.ONLY_ME))
    assert (made.action, made.visibility) == (Action.MOVE, Visibility.PUBLIC)
    assert [p.code for p in made.problems] == ["wider"]
    narrower = map_edited(Edit(visibility=Visibility.ONLY_ME))
    assert (narrower.action, narrower.problems) == (Action.MOVE, ())


def test_move_moves_nothing_that_cannot_go() -> None:
    made = map_edited(Edit(action=Action.MOVE), post(1, media=(), kind=Kind.VIDEO))
    assert (made.action, made.reason) == (Action.HOLD, "Its file is missing.")


@pytest.mark.parametrize("said", list(Declaration))
def test_what_a_note_says_of_itself_is_the_creators_word(said: Declaration) -> None:
    paid = post(1, text="loving this new cream #ad #skincare")
    assert map_edited(Edit(), paid).declaration is Declaration.AD
    made = map_edited(Edit(declaration=said), paid)
    assert (made.action, made.declaration) == (Action.MOVE, said)
    told = [(c.before, c.after) for c in made.changes if c.why == "you said so"]
    assert told == ([] if said is Declaration.AD else [("ad", str(said))])
    codes = [problem.code for problem in made.problems]
    assert ("declared-ad" in codes) is (said is not Declaration.AD), (
        "what the creator said is not asked again"
    )


def test_an_ad_that_is_declared_as_none_is_told_with_both() -> None:
    made = map_edited(Edit(declaration=Declaration.NONE), post(1, text="new cream #ad"))
    (problem,) = made.problems
    assert (
        problem.message
        == "Its words say that somebody paid for it ('#ad'), and you say that it is no advertising."
    )


def test_a_repost_wants_its_source() -> None:
    made = map_edited(Edit(declaration=Declaration.REPOST))
    assert [problem.code for problem in made.problems] == ["repost-source"]


# --- parts ----------------------------------------------------------------------------------


def test_a_part_has_words_of_its_own_and_the_post_words_for_all() -> None:
    made = plan(
        post(1, pictures=40),
        edits=edited(n1=Edit(title="All", body="Same"), n1_2=Edit(title="Two")),
    )
    assert [n.title for n in made.notes] == ["All (1/3)", "Two", "All (3/3)"]
    assert {n.body for n in made.notes} == {"Same"}


def test_a_title_for_all_parts_that_leaves_no_room_for_their_number_waits() -> None:
    made = plan(post(1, pictures=20), edits=edited(n1=Edit(title="x" * 40)))
    assert [n.reason for n in made.notes] == ["The title has 46 of 40 letters."] * 2


def test_a_part_can_be_left_out_and_the_rest_moves() -> None:
    made = plan(post(1, pictures=20), edits=edited(n1_2=Edit(action=Action.SKIP)))
    assert [n.action for n in made.notes] == [Action.MOVE, Action.SKIP]
    assert (made.move, made.skip, made.hold, made.notes_total) == (1, 0, 0, 1)


def test_a_post_waits_when_a_part_of_it_waits() -> None:
    made = plan(post(1, pictures=20), edits=edited(n1_1=Edit(action=Action.HOLD)))
    assert (made.move, made.hold) == (0, 1)


@pytest.mark.parametrize(
    ("told", "held", "rule"),
    [
        (Visibility.ONLY_ME, Edit(), "`only_me: move`"),
        (None, Edit(), "`not_told: public`"),
        (Visibility.ONLY_ME, Edit(action=Action.HOLD), None),
        (None, Edit(action=Action.HOLD), None),
        (Visibility.PUBLIC, Edit(action=Action.HOLD), None),
    ],
)
def test_a_held_post_names_the_rule_that_holds_it_unless_its_creator_does(
    told: Visibility | None, held: Edit, rule: str | None
) -> None:
    note = map_edited(held, post(1, visibility=told))
    assert note.action is Action.HOLD
    advice = [problem.next for problem in note.problems if problem.code == "visibility-held"]
    assert len(advice) == (rule is not None)
    assert all(rule and rule in text for text in advice)


TITLED = post(1, title="A title", text=None, pictures=1)


@pytest.mark.parametrize(
    ("item", "edit", "told"),
    [
        (TITLED, Edit(), True),
        (replace(TITLED, visibility=Visibility.ONLY_ME), Edit(action=Action.MOVE), True),
        (TITLED, Edit(visibility=Visibility.PUBLIC), True),
        (TITLED, Edit(title="Mine"), False),
        (TITLED, Edit(body=""), False),
        (TITLED, Edit(topics=()), False),
        (replace(TITLED, title="A title #sunset"), Edit(), False),
        (replace(TITLED, text="and words"), Edit(), False),
    ],
)
def test_a_note_of_a_title_alone_is_told_unless_that_is_the_creators_own_will(
    item: Post, edit: Edit, told: bool
) -> None:
    made = map_edited(edit, item)
    assert made.action is Action.MOVE
    assert ("no-text" in {problem.code for problem in made.problems}) is told
