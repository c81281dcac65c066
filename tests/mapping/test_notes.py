"""What a post becomes: within RedNote's limits, never wider, every change with its why."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.mapping.note_files import NoteFiles
from crossover.mapping.notes import map_post
from crossover.model.choices import Action, Rules, TitleInBody
from crossover.model.notes import Level, Note, Problem
from crossover.model.posts import Declaration, Post, Visibility
from crossover.text import title_units, utf16_length
from tests.makers import KEEP_TOPICS, LIMITS, files, image, link, notes_of, post

KEEP = replace(KEEP_TOPICS, title_in_body=TitleInBody.KEEP)
"""For what is asked of a text alone, whatever its title."""

WORDS = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("#＃@ \n.,!👩‍🍳🇵🇹日本語aeiou")),
    max_size=300,
)


def map_one(item: Post, rules: Rules | None = None) -> Note:
    (made,) = notes_of(item, rules)
    return made


def counted_description(note: Note) -> str:
    """The description as RedNote counts it, if every topic is known there."""
    parts = [note.body] if note.body else []
    return " ".join([*parts, *(f"#{t}[话题]#" for t in note.topics)]) + (" " if note.topics else "")


# --- promises for any words -----------------------------------------------------------------


@given(WORDS, st.one_of(st.none(), WORDS), st.integers(0, 60))
def test_no_words_lead_beyond_a_limit(text: str, title: str | None, pictures: int) -> None:
    for made in notes_of(post(text=text, title=title, pictures=pictures)):
        assert title_units(made.title) <= LIMITS.title_units.value
        assert made.title_units == title_units(made.title)
        assert len(made.topics) <= LIMITS.topics.value
        assert made.description_chars <= LIMITS.description_chars.value
        assert len(made.media) <= LIMITS.images.value


@given(WORDS)
def test_the_description_is_the_body_and_the_topics_and_counts_its_markers(text: str) -> None:
    made = map_one(post(text=text))
    assert made.description == (made.body + "".join(f" #{t}" for t in made.topics)).lstrip(" ")
    assert made.description_chars == utf16_length(counted_description(made))


@given(WORDS)
def test_the_same_post_becomes_the_same_note(text: str) -> None:
    assert notes_of(post(text=text)) == notes_of(post(text=text))


@given(st.integers(0, 90))
def test_pictures_keep_their_order_over_all_parts(count: int) -> None:
    item = post(pictures=count) if count else post(media=())
    parts = notes_of(item)
    assert [m.sha256 for part in parts for m in part.media] == [m.sha256 for m in item.media]
    assert [part.part for part in parts] == [(n, len(parts)) for n in range(1, len(parts) + 1)]


# --- titles ---------------------------------------------------------------------------------


def test_a_photo_post_keeps_its_own_title() -> None:
    made = map_one(post(title="Lisbon in 24 hours", pictures=2))
    assert made.title == "Lisbon in 24 hours"
    assert not [c for c in made.changes if c.field == "title"]


def test_a_video_takes_its_title_from_the_first_line_and_says_so() -> None:
    made = map_one(post(text="Golden hour\nby the sea #sunset"))
    assert made.title == "Golden hour"
    assert [c.after for c in made.changes if c.field == "title"] == ["Golden hour"]


def test_a_title_of_its_own_that_is_too_long_is_shortened_and_both_lengths_are_told() -> None:
    made = map_one(post(title="When the glaze finally does what you dreamed of", pictures=1))
    assert made.title == "glaze finally does what you dreamed of"
    (change,) = [c for c in made.changes if c.field == "title"]
    assert "40 letters" in change.why
    assert "47" in change.why


def test_a_first_sentence_that_fits_is_better_than_a_cut() -> None:
    assert map_one(post(text="Market day!! Come say hi, I am the one in the blue coat.")).title == (
        "Market day!!"
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Dr. Smith went to the market and bought a very big fish",
            "Dr. Smith went to the market",
        ),
        ("1. Preheat the oven. 2. Wait for it to be really very hot", "Preheat the oven"),
        (
            "... and then we all went home to sleep for a whole long week",
            "then we all went home to sleep",
        ),
        (
            "今日はとても楽しかったです。明日も頑張りましょうね、みんなで",
            "今日はとても楽しかったです",
        ),
        ("...\nThe first line with words", "The first line with words"),
    ],
)
def test_a_title_is_no_abbreviation_number_or_dots(text: str, title: str) -> None:
    assert map_one(post(text=text)).title == title


def test_parts_are_numbered_within_the_title_units() -> None:
    one, two = notes_of(post(title="字" * 20, pictures=20))
    assert (one.number, two.number) == ("1.1", "1.2")
    assert (one.id, two.id) == (one.post, f"{one.post}/2")
    assert one.title.endswith("(1/2)")
    assert title_units(one.title) <= 20
    assert [len(one.media), len(two.media)] == [10, 10]


# --- words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("caption", "body", "topics"),
    [
        ("Golden hour 🌅 #sunset #ocean", "Golden hour 🌅", ("sunset", "ocean")),
        ("My weekend in #lisbon #portugal", "My weekend in lisbon", ("lisbon", "portugal")),
        ("I #love coffee", "I love coffee", ("love",)),
        ("one\n#a #b\ntwo", "one\n\ntwo", ("a", "b")),
        ("#a#b", "", ("a", "b")),
        ("full width ＃海边", "full width", ("海边",)),
        ("C#minor, #1 of 3", "C#minor, #1 of 3", ()),
        ("twice #Cat #cat #CAT", "twice", ("Cat",)),
        ("#fyp #cooking My best pasta ever", "My best pasta ever", ("cooking",)),
        ("#sunset is my favourite", "sunset is my favourite", ("sunset",)),
        ("Great day #fyp #viral 😍", "Great day 😍", ()),
        ("pasta 🍝 #cooking 🔥 #fyp ❤️", "pasta 🍝 🔥 ❤️", ("cooking",)),
        ("my #fyp friends", "my friends", ()),
        ("#cats, #dogs & #birds", "", ("cats", "dogs", "birds")),
        ("It's #great", "It's great", ("great",)),
        ("I'm #happy #dogs", "I'm happy", ("happy", "dogs")),
        ("Love it #️⃣ 1️⃣", "Love it #️⃣ 1️⃣", ()),
        ("https://x.org/search?q=#cats hi", "https://x.org/search?q=#cats hi", ()),
        ("今天#海边 真好 #旅行", "今天海边 真好", ("海边", "旅行")),
        ("我在#上海#北京", "我在上海", ("上海", "北京")),
        ("#a[话题]# and more #b[话题]#", "a and more b", ("a", "b")),
        ("🌅#sunset", "🌅", ("sunset",)),
        ("# alone", "# alone", ()),
    ],
)
def test_hashtags_become_topics(caption: str, body: str, topics: tuple[str, ...]) -> None:
    made = map_one(post(text=caption), KEEP)
    assert (made.body, made.topics) == (body, topics)


def test_tags_about_tiktok_and_those_beyond_ten_are_left_out_and_told() -> None:
    caption = "x " + " ".join(f"#tag{n}" for n in range(14)) + " #fyp #ForYouPage #viral"
    made = map_one(post(text=caption))
    assert made.topics == tuple(f"tag{n}" for n in range(10))
    dropped = {c.before for c in made.changes if c.field == "topics"}
    assert dropped == {"#fyp #ForYouPage #viral", "#tag10 #tag11 #tag12 #tag13"}


def test_the_creators_rules_drop_and_limit_topics() -> None:
    made = map_one(post(text="x #a #b #c"), Rules(topics_max=1, topics_drop=("A",)))
    assert made.topics == ("b",)


def test_tiktok_handles_stay_as_names_and_addresses_stay_whole() -> None:
    made = map_one(post(text="with @anna.b and @jo. mail me@x.org"), KEEP)
    assert made.body == "with anna.b and jo. mail me@x.org"
    assert [c.after for c in made.changes if "TikTok names" in c.why] == [made.body]


def test_a_text_over_the_limit_is_cut_and_the_whole_is_kept_in_the_change() -> None:
    text = "word " * 500
    made = map_one(post(text=text))
    assert made.description_chars <= LIMITS.description_aim.value
    assert made.body.endswith("word…")
    (change,) = [c for c in made.changes if c.field == "body" and "room" in c.why]
    assert change.before == text.strip()


@pytest.mark.parametrize(
    "text",
    ["see https://x.example", "link in bio", "me@mail.org", "+44 20 7946 0958", "my Instagram"],
)
def test_pointing_elsewhere_is_warned_of_but_moves(text: str) -> None:
    made = map_one(post(text=f"My garden. The rest: {text}"))
    assert [p.code for p in made.problems] == ["steers-away"]
    assert made.action is Action.MOVE


@pytest.mark.parametrize(
    "text",
    [
        *("born 1994-03-12", "12/03/1994", "12 03 1994", "2024-05-01 18:30", "Jan (2019 - 2024)"),
        *("2019-05-01 - 2020-06-02", "12-03-1994/14-03-1995", "1 / 2 / 3 / 4 / 5"),
        "order 1234567890123456",
    ],
)
def test_dates_and_counts_are_no_telephone_numbers(text: str) -> None:
    assert map_one(post(text=f"hello {text}")).problems == ()


@pytest.mark.parametrize(
    "text",
    [
        *("0176 1234567", "(030) 1234-5678", "01-23-45-67-89", "2019 123 4567", "1994-03-12-34"),
        "since 2019-05-01, call +44 20 7946 0958",
    ],
)
def test_telephone_numbers_beside_dates_and_like_dates_are_warned_of(text: str) -> None:
    problems = map_one(post(text=f"hello {text}")).problems
    assert any("a phone number" in problem.message for problem in problems)


# --- who may see it -------------------------------------------------------------------------


def test_only_me_posts_wait_for_the_creator() -> None:
    made = map_one(post(visibility=Visibility.ONLY_ME))
    assert (made.action, made.visibility) == (Action.HOLD, Visibility.ONLY_ME)
    assert "only_me: move" in made.problems[0].next


@pytest.mark.parametrize("rule", list(Action))
@pytest.mark.parametrize("was", [Visibility.ONLY_ME, Visibility.FRIENDS, Visibility.PUBLIC])
def test_a_note_is_never_wider_than_its_post(rule: Action, was: Visibility) -> None:
    made = map_one(post(visibility=was), Rules(only_me=rule))
    width = [Visibility.ONLY_ME, Visibility.FRIENDS, Visibility.PUBLIC]
    assert width.index(made.visibility) <= width.index(was)


def test_a_post_that_does_not_say_waits_until_a_rule_says() -> None:
    item = post(visibility=None, visibility_said="Followers")
    held = map_one(item)
    assert (held.action, held.visibility) == (Action.HOLD, Visibility.ONLY_ME)
    assert "Followers" in held.reason
    told = map_one(item, Rules(not_told=Visibility.FRIENDS))
    assert (told.action, told.visibility) == (Action.MOVE, Visibility.FRIENDS)


# --- what holds a post ----------------------------------------------------------------------


def test_a_post_without_words_waits() -> None:
    made = map_one(post(text=None))
    assert (made.action, made.problems[0].code) == (Action.HOLD, "no-words")


def test_all_that_holds_a_post_is_in_its_reason() -> None:
    made = map_one(post(text=None, media=()))
    assert made.reason == "No words were found for it. Its file is missing."


@pytest.mark.parametrize("text", ["", "#fyp", "@friend", "\u200b\u200d", "...", "#"])
def test_what_nobody_could_read_is_no_words(text: str) -> None:
    assert map_one(post(text=text)).problems[0].code == "no-words"


def test_hidden_characters_never_reach_a_note_and_that_is_told() -> None:
    made = map_one(post(text="a\x1b[2Jb\u202ec\ufeff\x00d\r\ne", title="t\x9bu", pictures=1))
    assert (made.title, made.body) == ("tu", "a[2Jbcd\ne")
    assert {c.field for c in made.changes if "hidden" in c.why} == {"title", "body"}


@pytest.mark.parametrize("text", ["Scotland 🏴\U000e0067\U000e0062\U000e007f", "👩\u200d🍳 ok"])
def test_letters_made_of_several_characters_stay_whole(text: str) -> None:
    assert map_one(post(text=text), KEEP).body == text


def test_each_tag_counts_once_in_title_and_text() -> None:
    made = map_one(post(text="x #Sun", title="y #sun #sea", pictures=1), KEEP_TOPICS)
    assert made.topics == ("Sun", "sea")


def test_an_address_of_another_site_is_left_whole() -> None:
    assert "tiktok.com/@mara/video" in map_one(post(text="see tiktok.com/@mara/video/1")).body


def test_many_tags_take_no_time_that_matters() -> None:
    assert len(map_one(post(text="x " + " ".join(f"#t{n}" for n in range(10_000)))).topics) == 10


def test_a_post_without_files_waits() -> None:
    made = map_one(post(media=()))
    assert (made.action, made.problems[0].code) == (Action.HOLD, "no-media")


def test_a_photo_post_with_pictures_missing_waits() -> None:
    made = map_one(post(pictures=2, links=(link(), link(), link())))
    assert (made.action, made.reason) == (Action.HOLD, "2 of its 3 pictures are here.")


def test_a_file_that_cannot_be_used_holds_its_post_with_the_reason() -> None:
    item = post()
    broken = NoteFiles(
        problems=(Problem("file-unfit", Level.ERROR, "v.mp4 cannot be used: x.", ""),)
    )
    (made,) = map_post(item, broken, Rules(), LIMITS)
    assert (made.action, made.reason) == (Action.HOLD, "v.mp4 cannot be used: x.")


def test_what_is_not_firm_warns_and_moves() -> None:
    item = post()
    (medium,) = files(item).media
    long = NoteFiles((replace(medium, duration=5 * 3600.0, bytes=21_000_000_000, width=500),))
    (made,) = map_post(item, long, Rules(), LIMITS)
    assert made.action is Action.MOVE
    assert [p.code for p in made.problems] == ["video-size", "video-length", "video-small"]
    size, length, _ = (problem.message for problem in made.problems)
    assert size == "The video has 21.0 GB; RedNote is said to take up to 20 GB, and may refuse it."
    assert length == "The video lasts 5 h; RedNote is said to take up to 4 h, and may refuse it."


def test_a_video_of_4_hours_and_20_gb_and_a_picture_of_32_mb_move_without_a_warning() -> None:
    for item, change in (
        (post(), {"duration": 4 * 3600.0, "bytes": 20_000_000_000}),
        (post(pictures=1), {"bytes": 32_000_000}),
    ):
        (medium,) = files(item).media
        (made,) = map_post(item, NoteFiles((replace(medium, **change),)), Rules(), LIMITS)
        assert (made.action, made.problems) == (Action.MOVE, ())


def test_a_declaration_whose_number_is_not_certain_goes_along_with_a_warning() -> None:
    made = map_one(post(declaration=Declaration.AD))
    assert (made.action, made.declaration) == (Action.MOVE, Declaration.AD)
    assert [p.code for p in made.problems] == ["declaration-unsure"]
    assert "advertising" in made.problems[0].message
    assert not map_one(post(declaration=Declaration.AI)).problems


def test_what_tiktok_was_told_about_ai_goes_along() -> None:
    assert map_one(post(declaration=Declaration.AI)).declaration is Declaration.AI


def test_every_change_has_a_reason() -> None:
    caption = "@a " + "long words " * 200 + " ".join(f"#t{n}" for n in range(30)) + " #fyp"
    for made in notes_of(
        post(text=caption, media=tuple(image(1, n) for n in range(40)), pictures=40)
    ):
        assert made.changes
        assert all(c.why and re.search(r"\w", c.why) for c in made.changes)


def test_of_a_note_without_words_no_title_is_missed_and_of_a_part_only_what_is_true() -> None:
    wordless, *_ = notes_of(post(1, text=""))
    assert [p.code for p in wordless.problems] == ["no-words"]
    first, second = notes_of(post(1, text="🥖🥖🥖", pictures=20))
    for part in (first, second):
        assert part.title.endswith("/2)")
        (said,) = [p.message for p in part.problems if p.code == "no-title"]
        assert said == "Its title is the number of its part, and nothing else."
