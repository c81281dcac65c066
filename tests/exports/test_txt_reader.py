"""TXT exports of every year and language: posts are told from everything beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossover.errors import ExportError
from crossover.exports.base import Export
from crossover.exports.read import is_export, read_export
from crossover.exports.txt import lines as txt_lines
from crossover.exports.txt import reader as txt_layout
from crossover.exports.txt import records as txt_records
from crossover.library.merging import merge
from crossover.model.posts import Declaration, Kind, Visibility
from tests.memory import peak_memory

from .makers import document, photo_link, record, video_link, write, write_zip

POST = f"Date: 2025-01-06 15:34:00 UTC\nLink: {video_link()}\nLike(s): 5\n"
HISTORY = "Date: 2025-01-06 15:34:00 UTC\nLink: https://www.tiktokv.com/share/video/7000000000000000001/\n\n"


def long_post(title: str = "None", *, links: str = photo_link(), date: str = "2025-01-06") -> str:
    """A record of 2025, with the line feed at its end."""
    return (
        f"Date: {date} 15:34:00 UTC\nLink: {links}\nLike(s): 7311\nWho can view: Everyone\n"
        "Allow comments: Yes\nContent disclosure: \nAI-generated content: \n"
        f"Sound: Rest - Made Up: Band\nLocation: Porto\nTitle: {title}\nAdds yours text: None\n"
    )


def posts_of(folder: Path, text: str | bytes, name: str = "Posts.txt") -> Export:
    return read_export(write(folder, text if isinstance(text, bytes) else text.encode(), name))


def ids(export: Export) -> list[str]:
    return [post.id for post in export.posts]


# --- one record -----------------------------------------------------------------------------


def test_fields_of_a_record(tmp_path: Path) -> None:
    text = long_post("SKILLS: a list").replace("content: \n", "content: Yes\n")
    (post,) = posts_of(tmp_path, text).posts
    assert (post.kind, post.title, post.text) == (Kind.PHOTOS, "SKILLS: a list", None)
    assert (post.visibility, post.visibility_said) == (Visibility.PUBLIC, "Everyone")
    assert post.declaration is Declaration.AI
    assert post.object_keys == ("tos-i-photomode-sg/p",)
    assert post.likes == 7311
    assert (post.sound, post.location, post.comments) == ("Rest - Made Up: Band", "Porto", True)


def test_the_same_post_reads_the_same_from_json(tmp_path: Path) -> None:
    fields = {"WhoCanView": "Everyone", "Title": "A: b\nc", "Link": photo_link(), "Likes": "7311"}
    fields |= {"Sound": "Rest - Made Up: Band", "Location": "Porto", "AllowComments": "Yes"}
    (post,) = read_export(write(tmp_path, document(record("2025-01-06 15:34:00", **fields)))).posts
    assert posts_of(tmp_path, long_post("A: b\nc")).posts == (post,)


def test_links_without_a_label_belong_to_the_post_above(tmp_path: Path) -> None:
    links = [photo_link(str(number)) for number in range(3)]
    text = long_post(links="\n".join(links)) + "\n" + POST
    export = posts_of(tmp_path, text)
    assert [[link.url for link in post.links] for post in export.posts] == [[video_link()], links]


@pytest.mark.parametrize("link", ["", "N/A", "None"])
def test_a_post_without_a_link_is_a_post(tmp_path: Path, link: str) -> None:
    export = posts_of(tmp_path, f"Date: 2025-01-06 15:34:00 UTC\nLink: {link}\nLike(s): 5\n")
    assert (len(export.posts), export.posts[0].links) == (1, ())


def test_a_link_may_stand_on_the_line_after_its_label(tmp_path: Path) -> None:
    text = f"Date: 2025-01-06 15:34:00 UTC\nLink: \n{photo_link('1')}\n{photo_link('2')}\n"
    assert len(posts_of(tmp_path, text).posts[0].links) == 2


# --- telling records apart ------------------------------------------------------------------


QUOTING = [
    "Markets\nDate: 2020-01-01 00:00:00 UTC\nLink: https://example.com/x",
    "Date: 2020-01-01 00:00:00 UTC",
    f"Markets\n\nDate: 2020-01-01 00:00:00 UTC\nLink: {video_link('quoted')}",
    f"Markets\n\nDate: 2020-01-01 00:00:00 UTC\nLink: {video_link('quoted')}\n\nsee you",
    f"Before\n\nLink: {video_link('quoted')}\nafter",
    "Porto\nLocation: near the river\nTitle: no\nLike(s): 9",
    "Porto\n\nLocation: near the river\n\nLike(s): 9",
    "see\nhttps://example.com/Date: 2020-01-01 00:00:00",
    "Date: tomorrow\nLink: in bio",
    "Party\nDate: tomorrow\nLike(s): many",
    "Party\nDate: 2020-01-01 00:00:00 UTC\nLike(s): many",
    "see you\n\nDate: tomorrow\nLink: in bio",
    "Party\nDate: 2020-01-01 00:00:00 UTC\nServes: 4",
]


@pytest.mark.parametrize(
    "title", QUOTING, ids=[f"catalogue-34-txt-export-{n}" for n in range(len(QUOTING))]
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_title_that_looks_like_a_record_is_not_a_post(
    tmp_path: Path, title: str, place: int
) -> None:
    records = [long_post(date=f"2025-01-0{9 - number}") for number in range(3)]
    records[place] = long_post(title, date=f"2025-01-0{9 - place}")
    export = posts_of(tmp_path, "\n".join(records))
    assert (len(export.posts), export.unreadable) == (3, ())
    post = export.posts[2 - place]
    assert post.title == title
    assert [link.url for link in post.links] == [photo_link()]


@pytest.mark.parametrize("quoted", ["", "\n"], ids=["catalogue-34-txt-export-last", "blank"])
def test_a_quoting_title_may_be_the_last_line_of_its_record(tmp_path: Path, quoted: str) -> None:
    title = f"Markets\n{quoted}Date: 2020-01-01 00:00:00 UTC\nLink: https://example.com/x"
    text = long_post(title).replace("Adds yours text: None\n", "")
    export = posts_of(tmp_path, text)
    assert [post.title for post in export.posts] == [title]
    export = posts_of(tmp_path, f"{text}\n{text.replace('2025-01-06', '2025-01-05')}")
    assert [post.title for post in export.posts] == [title, title]


def test_a_missing_blank_line_parts_records_all_the_same(tmp_path: Path) -> None:
    records = [long_post(f"Day {n}", date=f"2025-01-0{9 - n}") for n in range(4)]
    assert len(posts_of(tmp_path, "".join(records)).posts) == 4
    assert len(posts_of(tmp_path, POST * 2 + POST.replace("15:34:00", "15:34:01")).posts) == 3


def test_a_lost_line_above_a_text_does_not_join_two_posts(tmp_path: Path) -> None:
    first = long_post("Day", date="2025-01-09").replace("yours text: None", "yours text: my cat")
    export = posts_of(tmp_path, first.replace("Like(s): 7311\n", "") + "\n" + long_post())
    assert [post.title for post in export.posts] == [None, "Day"]


def test_blank_lines_within_a_record_end_nothing(tmp_path: Path) -> None:
    text = "\n".join(line + "\n" for line in long_post("Day").splitlines())
    export = posts_of(tmp_path, f"\n\n{text}\n\n\n{text}\n\n")
    assert [(post.title, len(post.links)) for post in export.posts] == [("Day", 1)] * 2


def test_a_bad_record_is_counted_with_its_place_and_ends_nothing(tmp_path: Path) -> None:
    records = [
        long_post(date="2025-01-09"),
        long_post(date="0000-00-00"),
        long_post().partition("\n")[2],
        long_post("text").replace("2025-01-06 15:34:00 UTC", "soon"),
        long_post(date="2025-01-05"),
    ]
    export = posts_of(tmp_path, "\n".join(records))
    assert ids(export) == ["2025-01-05T15:34:00Z", "2025-01-09T15:34:00Z"]
    assert [(bad.position, bad.reason) for bad in export.unreadable] == [
        (2, "its date cannot be read (0000-00-00 15:34:00 UTC)"),
        (3, "it has no date"),
        (4, "its date cannot be read (soon)"),
    ]


def test_a_label_not_known_yet_is_not_taken_into_a_title(tmp_path: Path) -> None:
    more = "Adds yours text: None\nRemixes: 4\nSeries: None\n"
    records = [long_post("Day").replace("Adds yours text: None\n", more)] * 2
    plain = long_post("None").replace("Adds yours text: None\n", more)
    swapped = long_post("Day").replace("Adds yours text: None\n", "Remixes: 4\nSeries: None\n")
    export = posts_of(tmp_path, "\n".join([swapped, *records, plain]))
    assert [post.title for post in export.posts] == [None, "Day", "Day", "Day"]


def _unfinished(link: str) -> set[str]:
    return {f"Link: {link[:end]}" for end in range(1, link.index("photomode") + 9)}


@pytest.mark.parametrize("sticker", ["None", "my cat"])
def test_a_file_that_was_cut_gives_every_post_that_began(tmp_path: Path, sticker: str) -> None:
    first = long_post("Day", date="2025-01-09").replace(
        "yours text: None", f"yours text: {sticker}"
    )
    second = long_post("Night")
    dated = len("Date: 2025-01-06 15:34:00 UTC")
    for end in range(dated, len(second)):
        if sticker != "None" and second[:end].rpartition("\n")[2] in _unfinished(photo_link()):
            continue  # so little of a link may also be a part of the text
        export = posts_of(tmp_path, f"{first}\n{second[:end]}")
        assert ids(export) == ["2025-01-06T15:34:00Z", "2025-01-09T15:34:00Z"], second[:end]
    for end in range(len("Date:"), dated) if sticker == "None" else ():
        assert posts_of(tmp_path, f"{first}\n{second[:end]}").found == 2


def test_a_cut_file_says_where_and_keeps_no_half_of_a_link_or_text(tmp_path: Path) -> None:
    links = "\n".join(photo_link(name) for name in "abc")
    whole = f"{long_post('Day', date='2025-01-09')}\n{long_post('Night out', links=links)}"
    assert posts_of(tmp_path, whole).problems == ()
    assert posts_of(tmp_path, whole.rstrip("\n")).problems == ()  # as in a real one of 2020
    in_link = whole[: whole.index("SIGNED", whole.index("photomode-sg/b"))]
    export = posts_of(tmp_path, in_link)
    assert [(p.code, p.message.partition(";")[0]) for p in export.problems] == [
        ("cut-off", "The file breaks off at line 15, column 109")
    ]
    assert (export.found, export.posts[0].links, export.posts[0].object_keys) == (2, (), ())
    in_title = posts_of(tmp_path, whole[: whole.index(" out")])
    assert (in_title.problems[0].code, in_title.posts[0].title) == ("cut-off", None)
    assert len(in_title.posts[0].links) == 3
    alone = posts_of(tmp_path, long_post(links=links)[:200])
    assert (alone.problems[0].code, alone.posts[0].links) == ("cut-off", ())


def test_what_a_cut_file_holds_takes_nothing_from_a_whole_one(tmp_path: Path) -> None:
    links = "\n".join(photo_link(name) for name in "abc")
    whole = f"{long_post(date='2025-01-09')}\n{long_post('Night out', links=links)}"
    before = posts_of(tmp_path, whole)
    known = merge((), before).posts
    first = whole.index(links)
    for end in range(first, len(whole)):
        cut = posts_of(tmp_path, whole[:end])
        assert merge(known, cut).posts == known, whole[:end]


def test_a_record_without_end_is_unreadable_and_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(txt_records, "MAX_RECORD", 5000)
    endless = long_post("so long\n" * 5000)
    export = posts_of(tmp_path, f"{endless}\n{long_post(date='2025-01-02')}")
    assert ids(export) == ["2025-01-02T15:34:00Z"]
    assert [bad.reason for bad in export.unreadable] == ["it is longer than any post"]


# --- bytes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_bytes_as_tiktok_and_editors_write_them(tmp_path: Path, encoding: str, end: str) -> None:
    text = (long_post("Größe 🙂\nnext line") + "\n" + POST).replace("\n", end)
    titles = [post.title for post in posts_of(tmp_path, text.encode(encoding)).posts]
    assert sorted(map(str, titles)) == ["Größe 🙂\nnext line", "None"]


def test_utf16_without_its_mark_and_lines_of_an_old_mac_are_read(tmp_path: Path) -> None:
    text = long_post("Größe") + "\n" + POST
    for content in (
        text.encode("utf-16-le"),
        text.encode("utf-16-be"),
        text.replace("\n", "\r").encode(),
    ):
        export = posts_of(tmp_path, content)
        assert (export.unreadable, {post.title for post in export.posts}) == ((), {"Größe", None})


def test_letters_of_a_windows_editor_are_told(tmp_path: Path) -> None:
    export = posts_of(tmp_path, long_post("Größe").encode("cp1252"))
    assert [problem.code for problem in export.problems] == ["letters-replaced"]


def test_bytes_that_are_no_text_are_replaced_in_their_own_post_only(tmp_path: Path) -> None:
    data = "\n".join([long_post("B?D"), long_post("fine", date="2025-01-09")]).encode()
    export = posts_of(tmp_path, data.replace(b"B?D", b"B\xff\x00D"))
    assert [post.title for post in export.posts] == ["B�\x00D", "fine"]


def test_size_and_number_are_counted_while_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(txt_layout, "MAX_RECORDS", 2)
    with pytest.raises(ExportError, match="more than 2 records"):
        posts_of(tmp_path, POST * 3)
    monkeypatch.setattr(txt_lines, "MAX_TXT", 100)
    with pytest.raises(ExportError, match="larger than 100 bytes"):
        posts_of(tmp_path, POST)


def test_lines_are_counted_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(txt_lines, "MAX_LINES", 50)
    with pytest.raises(ExportError, match="has more than 50 lines"):
        posts_of(tmp_path, long_post("so" + "\n" * 60 + "long"))


def test_a_line_without_end_costs_no_memory(tmp_path: Path) -> None:
    path = write(tmp_path, POST.encode() + b"\n" + b"x" * 50_000_000, "Posts.txt")
    with peak_memory() as peak:
        export = read_export(path)
    assert len(export.posts) == 1
    assert peak.bytes < 20_000_000


# --- the right file -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Posts.txt",
        "posts (1).txt",
        "TikTok/Posts/Posts.txt",
        "Tiktok/Your Posts/Posts.txt",
        "TikTok_Data_1763640000/TikTok/Posts/Posts.txt",
        "Videos/Videos.txt",
        "TikTok/Berichten/Berichten.txt",
        "TikTok/Beiträge/Beiträge.txt",
        "投稿.txt",
    ],
)
def test_the_posts_are_found_under_every_name(tmp_path: Path, name: str) -> None:
    export = read_export(write_zip(tmp_path / "e.zip", {name: POST.encode(), "a.md": b"#"}))
    assert (export.format, export.file, export.found) == ("txt", name, 1)


@pytest.mark.parametrize(
    ("date", "link"),
    [("Datum", "Link"), ("Date ", "Lien "), ("Fecha", "Enlace"), ("日付", "リンク")],
)
def test_labels_of_other_languages_are_known_by_what_they_hold(
    tmp_path: Path, date: str, link: str
) -> None:
    links = f"{link}: {photo_link('1')}\n{photo_link('2')}\n"
    rest = f"Wer: Alle\nTitel: Tag eins\n{date}: 2020-01-01 00:00:00\nOrt: Porto\n"
    records = [f"{date}: 2025-01-0{day} 10:00:00 UTC\n{links}{rest}" for day in (3, 2, 1)]
    export = posts_of(tmp_path, "\n".join(records), "x.txt")
    assert [(len(post.links), post.kind) for post in export.posts] == [(2, Kind.PHOTOS)] * 3
    assert export.posts[0].visibility is None, "what is not understood is not taken for public"


OTHERS = {
    "TikTok/Your Activity/Watch History.txt": HISTORY,
    "TikTok/Your Activity/Reposts.txt": HISTORY.replace("Date", "Creation Time"),
    "TikTok/Likes and Favorites/Like List.txt": HISTORY,
    "TikTok/Your Activity/Share History.txt": HISTORY.replace(
        "\nLink", "\nShared Content: v\nLink"
    ),
    "TikTok/Direct Messages/Berichten.txt": "Date: 2025-01-01 10:00:00 UTC\nFrom: a\nContent: b\n",
    "Lemon8/Posts/Posts.txt": POST,
}


def test_history_likes_shares_and_another_product_are_never_taken_for_posts(
    tmp_path: Path,
) -> None:
    others = {name: text.encode() for name, text in OTHERS.items()}
    export = read_export(write_zip(tmp_path / "likes.zip", others))
    assert (export.posts_section, export.layout, export.found) == ("absent", None, 0)
    own = {"TikTok/Posts/Posts.txt": POST.replace(":00 UTC", ":59 UTC").encode()}
    export = read_export(write_zip(tmp_path / "all.zip", others | own))
    assert (export.file, ids(export)) == ("TikTok/Posts/Posts.txt", ["2025-01-06T15:34:59Z"])


@pytest.mark.parametrize("name", [name for name in OTHERS if "Lemon8" not in name])
def test_another_list_alone_is_named_as_one(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, OTHERS[name].encode(), name.rpartition("/")[2])
    if path.name == "Berichten.txt":
        return  # a name that posts have too
    with pytest.raises(ExportError, match="not like the one of your posts") as refused:
        read_export(path)
    assert "Posts.txt" in refused.value.next


def test_lemon8_alone_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, POST.encode(), "Lemon8/Posts/Posts.txt")
    for given in (tmp_path, path.parents[1], path):
        with pytest.raises(ExportError, match="Lemon8"):
            read_export(given)


@pytest.mark.parametrize(
    "sentence",
    [
        "You have no data in this section",
        "Er staan geen gegevens in dit gedeelte",
        "データ: なし",
        "",
    ],
)
def test_a_file_that_says_there_is_nothing_is_an_empty_section(
    tmp_path: Path, sentence: str
) -> None:
    path = write(tmp_path, f"{sentence}\r\n".encode(), "TikTok/Posts/Posts.txt")
    for given in (tmp_path, path):
        export = read_export(given)
        assert (export.posts_section, export.found) == ("present", 0)


def test_deleted_posts_are_counted_apart(tmp_path: Path) -> None:
    deleted = POST.replace("Link:", "Date Deleted: 2025-02-02 10:00:00 UTC\nLink:")
    for place, name in enumerate(("Recently Deleted Posts", "Kürzlich gelöschte Beiträge")):
        folder = tmp_path / str(place)
        write(folder, (deleted + "\n" + deleted).encode(), f"TikTok/Posts/{name}.txt")
        write(folder, POST.encode(), f"TikTok/Posts/{'Beiträge' if place else 'Posts'}.txt")
        export = read_export(folder)
        assert (export.found, export.deleted) == (1, 2)


def test_two_files_that_may_both_be_the_posts_are_not_chosen_between(tmp_path: Path) -> None:
    for name in ("Eins", "Zwei"):
        write(tmp_path, POST.encode(), f"TikTok/X/{name}.txt")
    with pytest.raises(ExportError, match=r"TikTok/X/Eins.txt and TikTok/X/Zwei.txt both"):
        read_export(tmp_path)
    assert is_export(tmp_path)


def test_of_several_unpacked_exports_the_newest_posts_are_read_and_the_rest_named(
    tmp_path: Path,
) -> None:
    for moment, day, handle in ((1700000000, "01", "Made_up"), (1763640000, "02", "made_up")):
        root = f"TikTok_Data_{moment}/TikTok"
        write(tmp_path, POST.replace("-06 ", f"-{day} ").encode(), f"{root}/Posts/Posts.txt")
        profile = f"Username: {handle}\n".encode()
        write(tmp_path, profile, f"{root}/Profile and Settings/Profile Information.txt")
    export = read_export(tmp_path)
    assert ids(export) == ["2025-01-02T15:34:00Z"]
    assert export.profile.handle == "made_up"
    assert export.made is not None
    assert export.made.timestamp() == 1763640000
    (told,) = export.problems
    assert "Not shown here: TikTok_Data_1700000000/TikTok/Posts/Posts.txt" in told.message


@pytest.mark.parametrize(("json_dies", "read"), [(1796040000, "json"), (1735000000, "txt")])
def test_of_posts_as_json_and_as_txt_the_newer_are_read_and_it_is_said(
    tmp_path: Path, json_dies: int, read: str
) -> None:
    write(tmp_path, document(record("2025-01-01 00:00:00", Link=video_link("a", json_dies))))
    write(tmp_path, POST.replace("1796040000", "1795000000").encode(), "TikTok/Posts/Posts.txt")
    export = read_export(tmp_path)
    assert export.format == read
    assert export.profile.handle == "made_up"
    (told,) = export.problems
    assert export.file in told.message.partition("Not used")[0]


def test_likes_as_json_do_not_hide_posts_as_txt(tmp_path: Path) -> None:
    write(tmp_path, {"Likes and Favorites": {}})
    write(tmp_path, POST.encode(), "TikTok/Posts/Posts.txt")
    assert read_export(tmp_path).format == "txt"


def test_a_public_name_has_only_letters_that_can_be_seen(tmp_path: Path) -> None:
    write(tmp_path, POST.encode(), "TikTok/Posts/Posts.txt")
    profile = "Username: @made\x1b[1Gup\nDisplay name: Made\u202eUp\n"
    write(tmp_path, profile.encode(), "TikTok/Profile and Settings/Profile Information.txt")
    found = read_export(tmp_path).profile
    assert (found.handle, found.name) == ("made\\x1b[1Gup", "Made\\u202eUp")


def test_only_the_public_name_is_kept_of_the_profile(tmp_path: Path) -> None:
    write(tmp_path, POST.encode(), "TikTok/Posts/Posts.txt")
    profile = (
        "Username: @made.up\nEmail: CANARY\nDisplay name: Made: Up\nBio: CANARY\nUsername: x\n"
    )
    name = "TikTok/Profile and Settings/Profile Information.txt"
    write(tmp_path, profile.encode(), name)
    export = read_export(tmp_path)
    assert (export.profile.handle, export.profile.name) == ("made.up", "Made: Up")
    assert "CANARY" not in repr(export)


def test_what_else_a_record_holds_is_not_kept(tmp_path: Path) -> None:
    text = long_post().replace("Adds yours text: None", "Adds yours text: CANARY")
    export = posts_of(tmp_path, text)
    assert "CANARY" not in repr(export)
    assert "SIGNED" not in repr(export)


def test_a_long_watch_history_beside_the_posts_is_never_read(tmp_path: Path) -> None:
    history = write(tmp_path, b"", "TikTok/Your Activity/Watch History.txt")
    with history.open("wb") as file:
        file.truncate(100_000_000)
    write(tmp_path, POST.encode(), "TikTok/Posts/Posts.txt")
    history.chmod(0)  # were it opened, it would fail for anyone but root
    with peak_memory() as peak:
        assert read_export(tmp_path).found == 1
    assert peak.bytes < 2_000_000


def test_a_text_of_the_creators_own_is_no_export(tmp_path: Path) -> None:
    write(tmp_path, b"shopping\n", "notes.txt")
    assert not is_export(tmp_path)
    assert not is_export(tmp_path / "notes.txt")


# --- other languages ------------------------------------------------------------------------


def german(day: int, who: str = "Alle", title: str = "None") -> str:
    return (
        f"Datum: 2025-03-{day:02} 09:00:07 UTC\nVerknüpfung: {video_link(str(day))}\n"
        f"Gefällt mir: {day * 37}\nWer kann das sehen: {who}\nTon: Lied {day} - wer\nTitel: {title}\n\n"
    )


def test_labels_of_a_language_not_known_are_named_with_their_values(tmp_path: Path) -> None:
    text = "".join(
        german(day, "Nur ich" if day > 5 else "Alle", f"Topf {day}") for day in range(1, 8)
    )
    (told,) = posts_of(tmp_path, text).problems
    assert told.code == "labels-passed-over"
    assert (
        "Gefällt mir (7 posts); Wer kann das sehen: Alle (5), Nur ich (2); Ton (7 posts); Titel (7 posts)."
        in told.message
    )
    assert "JSON" in told.next
    assert "not_told" in told.next


def test_known_labels_are_never_said_to_be_passed_over(tmp_path: Path) -> None:
    assert posts_of(tmp_path, long_post("A title") + "\n" + long_post()).problems == ()


@pytest.mark.parametrize("colon", ["：", "： ", "\u00a0: ", ":\u00a0", "\u00a0:\u00a0", "\u202f: "])
@pytest.mark.parametrize(
    "labels", [("日期", "链接", "谁可以看"), ("Date", "Lien", "Qui peut voir")]
)
def test_a_wide_colon_and_a_blank_that_does_not_break_part_label_and_value(
    tmp_path: Path, colon: str, labels: tuple[str, str, str]
) -> None:
    date, link, who = labels
    text = "".join(
        f"{date}{colon}2025-03-0{day} 09:00:07 UTC\n{link}{colon}{video_link(str(day))}\n"
        f"{who}{colon}a\n\n"
        for day in (2, 1)
    )
    export = posts_of(tmp_path, text)
    assert ids(export) == ["2025-03-01T09:00:07Z", "2025-03-02T09:00:07Z"]
    assert [post.links[0].url for post in export.posts] == [video_link("1"), video_link("2")]
    assert f"{who}: a (2)" in export.problems[0].message


UNREAD = f"Post of 2 March 2025\n2025/03/02 09.00\n{video_link()}\n"


@pytest.mark.parametrize("name", ["Posts.txt", "Beiträge.txt", "TikTok/Aktivität/Beiträge.txt"])
def test_where_links_to_stored_files_are_seen_no_box_is_said_to_be_unticked(
    tmp_path: Path, name: str
) -> None:
    write(tmp_path, UNREAD.encode(), name)
    write(tmp_path, HISTORY.encode(), f"{name.rpartition('/')[0] or '.'}/Watch History.txt")
    with pytest.raises(ExportError, match="holds links to your videos or pictures") as caught:
        read_export(tmp_path)
    assert name in caught.value.message
    with pytest.raises(ExportError, match="holds links to your videos or pictures"):
        read_export(tmp_path / name)


def test_links_of_deleted_posts_alone_leave_the_box_unticked(tmp_path: Path) -> None:
    deleted = f"{POST}Date deleted: 2025-02-06 15:34:00 UTC\n"
    write(tmp_path, deleted.encode(), "TikTok/Posts/Recently Deleted Posts.txt")
    assert read_export(tmp_path).posts_section == "absent"
