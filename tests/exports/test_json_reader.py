from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossover.errors import CrossoverError, ExportError
from crossover.exports.base import Export
from crossover.exports.json.salvage import salvage
from crossover.exports.json.sections import Sections
from crossover.exports.json.stream import JsonStream
from crossover.exports.read import is_export, read_export
from crossover.library.gathering import gather
from crossover.library.posts_file import Library
from crossover.library.update import add
from crossover.model.posts import Declaration, Kind, Visibility
from tests.tier import examples

from .makers import document, photo_link, read, record, video_link, write

HISTORY = {"Watch History": {"VideoList": [{"Date": "2020-01-01 00:00:00", "Link": "x"}]}}


def ids(export: Export) -> list[str]:
    return [post.id for post in export.posts]


def test_both_paths_are_read_and_the_newer_one_wins(tmp_path: Path) -> None:
    old = {"Video": {"Videos": {"VideoList": [record("2020-01-01 00:00:00")]}}}
    assert read(tmp_path, old).layout == "Video.Videos"
    both = read(tmp_path, {**old, **document(record("2025-01-01 00:00:00"))})
    assert (both.layout, ids(both)) == ("Post.Posts", ["2025-01-01T00:00:00Z"])


@pytest.mark.parametrize("nothing", [None, [], {}])
def test_the_first_path_that_exists_wins_even_when_it_holds_nothing(
    tmp_path: Path, nothing: object
) -> None:
    export = read(
        tmp_path,
        {
            "Post": {"Posts": {"VideoList": nothing}},
            "Video": {"Videos": {"VideoList": [record()]}},
        },
    )
    assert (export.posts_section, export.found) == ("present", 0)


@pytest.mark.parametrize(
    "post", [None, {}, {"Posts": None}, {"Posts": {}}, {"Posts": {"App": 1233}}]
)
def test_an_empty_section_is_present_without_posts(tmp_path: Path, post: object) -> None:
    export = read(tmp_path, {"Post": post, "Profile": {}})
    assert (export.posts_section, export.layout, export.found) == ("present", "Post.Posts", 0)


def test_watch_history_is_never_taken_for_posts(tmp_path: Path) -> None:
    export = read(tmp_path, {"Your Activity": HISTORY, "Activity": HISTORY})
    assert (export.posts_section, export.found) == ("absent", 0)


@pytest.mark.parametrize("wrong", ["posts", 7, {"a": 1}])
def test_a_post_list_of_another_shape_is_an_error_not_an_empty_account(
    tmp_path: Path, wrong: object
) -> None:
    with pytest.raises(ExportError, match="not a list"):
        read(tmp_path, {"Post": {"Posts": {"VideoList": wrong}}})


def test_a_list_in_place_of_the_post_folder_spoils_nothing_after_it(tmp_path: Path) -> None:
    posts = {"Posts": {"VideoList": [record()]}}
    export = read(tmp_path, {"Video": {"Videos": [None]}, "Comment": [1], "Post": posts})
    assert (export.found, export.layout, export.problems) == (1, "Post.Posts", ())


def test_keys_are_known_in_any_spelling(tmp_path: Path) -> None:
    row = {"date": "2025-02-06 15:50:46", "link": video_link(), "who_can_view": "Only You"}
    export = read(tmp_path, {"post": {"POSTS": {"Video List": [row]}}})
    assert ids(export) == ["2025-02-06T15:50:46Z"]
    assert export.posts[0].visibility is Visibility.ONLY_ME


def test_a_bad_record_is_counted_with_its_place_and_ends_nothing(tmp_path: Path) -> None:
    rows: list[Any] = [
        record("2025-01-03 00:00:00"),
        None,
        record("0000-00-00 00:00:00"),
        {"Link": video_link()},
        record(date="x", Date=20250101),
        record("2025-01-02 00:00:00", Title=["odd"], WhoCanView=3, Link={"a": 1}, Likes=None),
    ]
    export = read(tmp_path, document(*rows))
    assert ids(export) == ["2025-01-02T00:00:00Z", "2025-01-03T00:00:00Z"]
    assert [(bad.position, bad.reason) for bad in export.unreadable] == [
        (2, "it is not a record with fields"),
        (3, "its date cannot be read (0000-00-00 00:00:00)"),
        (4, "it has no date"),
        (5, "its date cannot be read"),
    ]
    assert export.found == len(rows)


@pytest.mark.parametrize("turned", [False, True])
def test_twins_get_their_ordinals_oldest_first_whichever_way_the_list_runs(
    tmp_path: Path, turned: bool
) -> None:
    rows = [
        record("2025-01-03 00:00:00"),
        record("2025-01-02 00:00:00", Link=video_link("newer")),
        record("2025-01-02 00:00:00", Link=video_link("older")),
    ]
    export = read(tmp_path, document(*(rows[::-1] if turned else rows)))
    assert [(p.id, p.object_keys[0].rpartition("/")[2]) for p in export.posts] == [
        ("2025-01-02T00:00:00Z", "older"),
        ("2025-01-02T00:00:00Z-2", "newer"),
        ("2025-01-03T00:00:00Z", "abc"),
    ]


def test_fields_of_a_post(tmp_path: Path) -> None:
    photos = record(
        "2025-02-06 15:50:46 UTC",
        Link=f"{photo_link('1')}\n{photo_link('2')}",
        Title=" A day out ",
        WhoCanView="Everyone",
        AIGeneratedContent="Yes",
        ContentDisclosure="Paid",
        CoverImage=photo_link("1"),
        Likes="1204",
        Sound="Slow Ember - Harbour Tapes",
        Location="Nigeria",
        AllowComments="No",
        AlternateText="A blue door",
    )
    post = read(tmp_path, document(photos)).posts[0]
    assert (post.kind, post.title, post.text) == (Kind.PHOTOS, "A day out", None)
    assert (post.visibility, post.visibility_said) == (Visibility.PUBLIC, "Everyone")
    assert post.declaration is Declaration.AI
    assert len(post.links) == 2
    assert post.object_keys == ("tos-i-photomode-sg/1", "tos-i-photomode-sg/2")
    assert post.cover_link is not None
    assert post.likes == 1204
    assert (post.sound, post.location) == ("Slow Ember - Harbour Tapes", "Nigeria")
    assert (post.comments, post.alt_text) == (False, "A blue door")


@pytest.mark.parametrize("none", ["", " - ", "N/A", None, 3])
def test_no_sound_no_place_and_no_word_on_comments_are_none(tmp_path: Path, none: object) -> None:
    said = {"Sound": none, "Location": none, "AllowComments": none, "AlternateText": none}
    said |= {"Location": ""} if none == " - " else {}
    said |= {"AlternateText": ""} if none == " - " else {}
    (post,) = read(tmp_path, document(record() | said)).posts
    assert (post.sound, post.location, post.comments, post.alt_text) == (None,) * 4


NO_COUNTS = ["", "N/A", None, "1.2K", "-3", True, 1.5, ["9"], "٣"]


@pytest.mark.parametrize(
    ("said", "likes"),
    [("58", 58), ("0", 0), (" 7 ", 7), (58, 58), *((said, None) for said in NO_COUNTS)],
)
def test_likes_are_a_number_or_not_known(tmp_path: Path, said: object, likes: int | None) -> None:
    assert read(tmp_path, document(record(Likes=said))).posts[0].likes == likes


@pytest.mark.parametrize("empty", ["N/A", "", "None", "n.v.t.", "null", "  ", None])
def test_empty_titles_are_none(tmp_path: Path, empty: str | None) -> None:
    post = read(tmp_path, document(record(Title=empty))).posts[0]
    assert (post.title, post.text) == (None, None)


def test_a_title_on_a_video_is_its_caption(tmp_path: Path) -> None:
    post = read(tmp_path, document(record(Title="hello #there"))).posts[0]
    assert (post.title, post.text) == (None, "hello #there")


@pytest.mark.parametrize(
    ("said", "visibility"),
    [
        ("Everyone", Visibility.PUBLIC),
        ("Only You", Visibility.ONLY_ME),
        ("Friends", Visibility.FRIENDS),
        ("Your friends", Visibility.FRIENDS),
        ("Close friends", None),
        ("Everyone except friends", None),
        ("Followers", None),
        ("N/A", None),
        (None, None),
    ],
)
def test_visibility_is_never_guessed(
    tmp_path: Path, said: str | None, visibility: Visibility | None
) -> None:
    post = read(tmp_path, document(record(WhoCanView=said))).posts[0]
    assert post.visibility is visibility
    assert post.visibility_said == (None if said == "N/A" else said)


@pytest.mark.parametrize(
    ("fields", "declaration"),
    [
        ({}, Declaration.NONE),
        ({"AIGeneratedContent": "No", "ContentDisclosure": ""}, Declaration.NONE),
        ({"AIGeneratedContent": "N/A", "ContentDisclosure": "Promotional"}, Declaration.AD),
    ],
)
def test_labels_become_declarations(
    tmp_path: Path, fields: dict[str, str], declaration: Declaration
) -> None:
    assert read(tmp_path, document(record(**fields))).posts[0].declaration is declaration


def test_deleted_posts_and_stories_are_counted_apart(tmp_path: Path) -> None:
    content = document(record())
    content["Post"]["Recently Deleted Posts"] = {"PostList": [record(), record()]}
    content["Post"]["Story"] = {"StoryList": [{}, {}, {}]}
    export = read(tmp_path, content)
    assert (export.found, export.deleted, export.stories) == (1, 2, 3)


def test_only_posts_and_the_public_name_are_kept(tmp_path: Path) -> None:
    canary = "CANARY"
    content = document(record(AddYoursText=canary, AllowStickers=canary))
    content["Profile And Settings"]["Profile Info"]["ProfileMap"] |= {
        "emailAddress": canary,
        "birthDate": canary,
    }
    content["Direct Message"] = {"Direct Messages": {"ChatHistory": {canary: [canary]}}}
    export = read(tmp_path, content)
    assert export.profile.handle == "made_up"
    assert canary not in repr(export)
    assert "SIGNED" not in repr(export)


def test_a_public_name_is_one_line_of_letters_that_can_be_seen(tmp_path: Path) -> None:
    content = document(record())
    content["Profile And Settings"]["Profile Info"]["ProfileMap"] |= {
        "userName": "@made\n\x1b[1Gup",
        "displayName": " Made\r\nU\u2028p",
    }
    profile = read(tmp_path, content).profile
    assert (profile.handle, profile.name) == ("made \\x1b[1Gup", "Made\\x0d U\\u2028p")


ROWS = [record("2025-01-03 00:00:00"), record("2025-01-02 00:00:00"), record("2025-01-01 00:00:00")]


def text_of(*rows: Any, **sections: Any) -> str:
    return json.dumps({**document(*rows), **sections}, indent=2)


@pytest.mark.parametrize(
    "damage",
    [
        '"Comment": {"a": [1, 2,], "b": wat,},',
        '"Comment": {"a": [{"x": 1]},',  # a brace is missing, so the posts seem to lie inside
        '"Comment": {"a": 1}},',  # one too many, so the document seems to end here
        '"Comment": {"a": "quote missing},',
        '"Comment" {"a": 1},',
        '"Comment": {"a": "he said "hi {" to me"},',
        '"Comment": {\n "\x00": "\n"},',
    ],
)
@pytest.mark.parametrize("where", ["before", "after"])
def test_damage_outside_the_posts_has_no_effect_on_them(
    tmp_path: Path, damage: str, where: str
) -> None:
    whole = text_of(*ROWS)
    text = f"{{{damage}{whole[1:]}" if where == "before" else f"{whole[:-2]},{damage}\n}}"
    export = read(tmp_path, text.encode())
    assert (len(export.posts), export.unreadable) == (3, ())
    assert export.profile.handle == "made_up"


def test_a_caption_is_not_taken_for_posts_where_the_way_to_them_is_lost(tmp_path: Path) -> None:
    trap = json.dumps({"Posts": {"VideoList": [record("2001-01-01 00:00:00")]}})
    rows = [*ROWS, record("2024-01-01 00:00:00", Title=trap)]
    text = text_of(*rows, Comment={"c": trap})
    export = read(tmp_path, ('{"Activity": {"a": [},' + text[1:]).encode())
    assert [post.posted_at.year for post in export.posts] == [2024, 2025, 2025, 2025]


def test_only_so_many_places_are_looked_at_for_posts_that_are_lost() -> None:
    place = b'"Posts": {"VideoList": [{"Date": "2025-01-01 00:00:00"},'
    seen = 0

    def blocks() -> Iterator[bytes]:
        nonlocal seen
        for _ in range(2000):
            seen += 1
            yield place * 50

    salvage(JsonStream(blocks()), Sections())
    assert seen < 2000


def test_cut_in_the_posts_gives_the_whole_ones_and_says_where(tmp_path: Path) -> None:
    text = text_of(*ROWS)
    cut = text.index("2025-01-01")
    export = read(tmp_path, text[:cut].encode())
    assert ids(export) == ["2025-01-02T00:00:00Z", "2025-01-03T00:00:00Z"]
    line = text[:cut].count("\n") + 1
    (bad,) = export.unreadable
    assert bad.position == 3
    assert bad.reason.startswith(f"the file breaks off here, at line {line}, column ")
    (told,) = export.problems
    assert told.code == "cut-off"
    assert told.message.startswith(f"The file breaks off at line {line}, column ")
    between = text.rindex(",", 0, text.rindex("{")) + 1
    assert [u.position for u in read(tmp_path, text[:between].encode()).unreadable] == [3]
    none = text[: text.index("2025-01-03")]
    with pytest.raises(ExportError, match=r"line \d+, column \d+: it ends in the middle"):
        read(tmp_path, none.encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"Likes": "5"\n', '"Likes": "5",\n'),
        ('"Likes": "5"', '"Likes": "5'),
        ('"Likes": "5"', '"Likes": 5"'),
        ('"Likes": "5"', '"Likes": {"a": [}'),
        ('"Likes": "5"', '"Likes": "5" "six" 7'),
    ],
)
@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_record_that_is_no_json_is_the_only_one_lost(
    tmp_path: Path, old: str, new: str, which: int
) -> None:
    parts = text_of(*ROWS, Comment={}).split(old)
    text = old.join(parts[: which + 1]) + new + old.join(parts[which + 1 :])
    export = read(tmp_path, text.encode())
    assert (len(export.posts), [bad.position for bad in export.unreadable]) == (2, [which + 1])


def test_broken_json_without_posts_is_named_with_line_and_column(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"line 2, column 7: `:` was expected"):
        read(tmp_path, '{"Profile": {},\n "üb" 1}'.encode())
    with pytest.raises(ExportError, match="does not begin with"):
        read(tmp_path, b"[{}]")


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbf" + json.dumps(document(record())).encode()).found == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_what_a_windows_editor_makes_of_it_is_read(tmp_path: Path, encoding: str) -> None:
    data = json.dumps(document(record(Title="ü🙂")), ensure_ascii=False).encode(encoding)
    assert read(tmp_path, data).posts[0].text == "ü🙂"


def test_half_a_character_pair_spoils_nothing(tmp_path: Path) -> None:
    cut = r"cut \ud83d and whole 🙂 and \\ud83d"
    text = json.dumps(document(record(Title="X"))).replace('"X"', f'"{cut}"')
    text = text.replace("🙂", r"\ud83d\ude42")
    assert read(tmp_path, text.encode()).posts[0].text == "cut � and whole 🙂 and \\ud83d"


def test_bytes_that_are_not_utf8_are_replaced_in_their_own_post_only(tmp_path: Path) -> None:
    data = json.dumps(document(record(Title="bad"), record("2025-01-01 00:00:00"))).encode()
    export = read(tmp_path, data.replace(b'"bad"', b'"b\xff\xfed"'))
    assert [post.text for post in export.posts] == [None, "b��d"]


@pytest.mark.parametrize(
    "data",
    [
        b'{"Post": {"Posts": NaN}}',
        b'{"Post": "\x00"}',
        b'{"Post": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"Post": ' + b'{"a":' * 200_000,
        b'{"Post\xff": {}}',
        b'{"\\ud800": 1',
        b"{}",
        b"null",
        b"[]",
    ],
)
def test_whatever_the_bytes_there_is_a_sentence_and_no_traceback(
    tmp_path: Path, data: bytes
) -> None:
    with pytest.raises(ExportError) as refused:
        read(tmp_path, data)
    assert refused.value.next


@pytest.mark.parametrize("likes", ["1e999", "9" * 5000, "-0.0"])
def test_an_impossible_number_elsewhere_in_the_record_does_not_lose_the_post(
    tmp_path: Path, likes: str
) -> None:
    data = json.dumps(document(record(Likes="LIKES"))).replace('"LIKES"', likes)
    assert read(tmp_path, data.encode()).found == 1


def test_a_broken_file_of_another_name_is_still_named_with_its_place(tmp_path: Path) -> None:
    path = write(tmp_path, b'{"Profile": {},\n "Post": {"Posts": ', "my export.json")
    with pytest.raises(ExportError, match="line 2"):
        read_export(path)
    assert is_export(path)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
fields = st.dictionaries(
    st.sampled_from(["Date", "Link", "Title", "WhoCanView", "CoverImage", "AIGeneratedContent"]),
    anything | st.sampled_from(["2025-01-01 00:00:00", "N/A", video_link(), photo_link()]),
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=examples(60),
)
@given(rows=st.lists(fields | anything, max_size=8))
def test_every_record_is_either_a_post_or_unreadable(tmp_path: Path, rows: list[Any]) -> None:
    clean = json.loads(json.dumps(rows).replace("NaN", "0").replace("Infinity", "0"))
    path = write(tmp_path, document(*clean))
    export = read_export(path)
    assert export.found == len(rows)
    library = add(Library(), gather([path], datetime(2026, 11, 20, tzinfo=UTC))).library
    assert len(library.posts) + len(library.unreadable) == export.found
    assert len({post.id for post in export.posts}) == len(export.posts)
    assert ids(export) == [post.id for post in sorted(export.posts, key=lambda p: p.posted_at)]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(data=st.data())
def test_mangled_bytes_give_an_export_or_one_sentence(tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(json.dumps(document(record(), record(Title="x"))).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    refused = None
    try:
        assert read(tmp_path, bytes(whole)).found >= 0
    except CrossoverError as exc:
        refused = exc
    assert refused is None or (refused.message and refused.next)
