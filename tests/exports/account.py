"""One made account, written as every layout of TikTok's export would write it.

Nothing here is anybody's: names, words and links are made up, and no link leads anywhere.
`sample_exports/layouts.py` writes it to disk; `expected` says what a reader must find, from the
posts themselves and not through any reader.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

HANDLE, NAME = "olu.bakes", "Olu bakes"
PRIVATE = "a private line that no reader keeps"

Files = dict[str, bytes]
"""The files of an export by their names in it."""


@dataclass(frozen=True)
class MadePost:
    """A post as TikTok knows it. `key` names its object; `pictures` is 0 for a video. Where it
    is `gone`, the link is `N/A` in every layout."""

    date: str
    key: str
    pictures: int = 0
    title: str = ""
    who: str = "Everyone"
    likes: int = 0
    gone: bool = False

    @property
    def kind(self) -> Literal["video", "photos"] | None:
        return None if self.gone else "photos" if self.pictures else "video"


POSTS = (
    MadePost("2020-02-03 09:15:00", "last", likes=88),
    MadePost("2020-01-20 18:00:07", "steps", pictures=3, title="Rye bread: the steps", likes=310),
    MadePost("2020-01-11 07:30:30", "twin-b", pictures=1, title="Crust, 8:15 am", likes=12),
    MadePost("2020-01-11 07:30:30", "twin-a", likes=7),
    MadePost("2019-12-24 21:00:00", "private", who="Only You"),
    MadePost("2019-12-07 11:01:04", "kfc", likes=29),
    MadePost(
        "2019-12-01 10:00:00",
        "quoting",
        pictures=2,
        title="Markets in December\nDate: 2019-12-14 10:00:00 UTC\nLink: https://example.com/map",
        likes=5,
    ),
    MadePost("2019-11-30 23:59:59", "gone", gone=True),
    MadePost("2019-11-02 12:00:00", "away", likes=41),
    MadePost("2019-10-01 08:00:00", "first", likes=1),
)
"""Newest first, as in every real list. Twins share a second; the later of them stands first."""

IDS = (
    "2019-10-01T08:00:00Z",
    "2019-11-02T12:00:00Z",
    "2019-11-30T23:59:59Z",
    "2019-12-01T10:00:00Z",
    "2019-12-07T11:01:04Z",
    "2019-12-24T21:00:00Z",
    "2020-01-11T07:30:30Z",
    "2020-01-11T07:30:30Z-2",
    "2020-01-20T18:00:07Z",
    "2020-02-03T09:15:00Z",
)


@dataclass(frozen=True)
class Layout:
    """How one year wrote exports. `tells` are the fields of a post that the layout has besides
    date and link; `away` whether the post of that name has the link `N/A` in it."""

    name: str
    file: str
    made: datetime
    host: str
    tells: frozenset[str]
    write: Callable[[Layout, Sequence[MadePost]], Files]
    kfc: bool = False
    away: bool = False
    joined: str = "\n"
    ending: str = "\n"

    @property
    def format(self) -> str:
        return self.file.rpartition(".")[2]

    def files(self, posts: Sequence[MadePost] = POSTS) -> Files:
        """The export of these posts, newest first."""
        return self.write(self, posts)

    def links(self, post: MadePost) -> list[str]:
        """Signed anew in every export; the path to an object stays."""
        if post.gone or (self.away and post.key == "away"):
            return []
        chance = random.Random(f"{self.name} {post.key}")
        signature = f"MADE{chance.randrange(16**12):012x}%3D"
        if post.pictures:
            dies = int((self.made + timedelta(days=4)).timestamp())
            return [
                f"https://p16-ttdyd-sign-va.ibyteimg.com/tos-made-i-photomode-us/{post.key}{n}"
                f"~tplv-noop.jpeg?rk3s=0&x-expires={dies}&x-signature={signature}"
                for n in range(post.pictures)
            ]
        dies = int((self.made + timedelta(days=10)).timestamp())
        way = "kfc" if self.kfc and post.key == "kfc" else "storage/v1"
        hidden = "&dpk=MADE&dpm=aes-256-cfb" if way == "kfc" else ""
        path = f"{way}/tos-made-v-0068/{post.key}?a=1233&mime_type=video_mp4{hidden}"
        return [f"https://{self.host}/{path}&x-tos-expires={dies}&x-tos-signature={signature}"]

    def expected(self, posts: Sequence[MadePost] = POSTS) -> dict[str, Any]:
        """What `inspect --json` must say of it."""
        linked = [post for post in posts if self.links(post)]
        photo_posts = [post for post in linked if post.kind == "photos"]
        return {
            "file": self.file,
            "format": self.format,
            "posts_section": "present",
            "posts": len(posts),
            "videos": len(linked) - len(photo_posts),
            "photo_posts": len(photo_posts),
            "images": sum(post.pictures for post in photo_posts),
            "without_link": len(posts) - len(linked),
            "only_me": sum("Who" in self.tells and post.who == "Only You" for post in posts),
            "with_title": sum("Title" in self.tells and bool(post.title) for post in posts),
            "first": posts[-1].date.replace(" ", "T") + "Z",
            "last": posts[0].date.replace(" ", "T") + "Z",
        }


# --- JSON -----------------------------------------------------------------------------------

_ALLOWED = ("AllowComments", "AllowStitches", "AllowDuets", "AllowStickers", "AllowSharingToStory")
_SEEN = [
    {
        "Date": "2021-01-01 00:00:00",
        "Link": "https://www.tiktokv.com/share/video/7000000000000000001/",
    }
]


def _record(layout: Layout, post: MadePost) -> dict[str, str]:
    link = layout.joined.join(layout.links(post)) or "N/A"
    record = {"Date": post.date, "VideoLink" if layout.name == "json-J1" else "Link": link}
    record["Likes"] = str(post.likes)
    if "Who" in layout.tells:
        record["WhoCanView"] = post.who
        record |= dict.fromkeys(_ALLOWED, "Yes")
        record |= {"ContentDisclosure": "", "AIGeneratedContent": ""}
        record |= {"Sound": f"original sound - {HANDLE}", "Location": ""}
        record |= {"Title": post.title or "N/A", "AddYoursText": "N/A"}
    if "Cover" in layout.tells:
        record |= {"AlternateText": "N/A", "CoverImage": _cover(layout, post)}
    if layout.name == "json-J5":
        record["NumberOfCollections"] = "0"
        record = dict(sorted(record.items()))
    return record


def _cover(layout: Layout, post: MadePost) -> str:
    dies = int((layout.made + timedelta(days=4)).timestamp()) // 3600 * 3600
    return (
        f"https://p16-sign-va.tiktokcdn.com/tos-made-p-0037/{post.key}cover"
        f"~tplv-tiktokx-origin.image?x-expires={dies}&x-signature=MADE%3D"
    )


def _old_json(layout: Layout, posts: Sequence[MadePost]) -> Files:
    records = [_record(layout, post) for post in posts]
    chat = {"Chat History with made.friend:": [{"From": "made.friend", "Content": PRIVATE}]}
    return _json(
        layout,
        {
            "Activity": {
                "Video Browsing History": {"VideoList": _SEEN},
                "Search History": {
                    "SearchList": [{"Date": _SEEN[0]["Date"], "SearchTerm": PRIVATE}]
                },
            },
            "App Settings": {"Settings": {"SettingsMap": {"App Language": "en"}}},
            "Comment": {"Comments": {"CommentsList": []}},
            "Direct Messages": {"Chat History": {"ChatHistory": chat}},
            "Profile": {"Profile Information": {"ProfileMap": _profile()}},
            "Video": {"Videos": {"VideoList": records}, "RecentlyDeletedPosts": {"PostList": None}},
        },
    )


def _new_json(layout: Layout, posts: Sequence[MadePost]) -> Files:
    profile = "Profile And Settings" if layout.name == "json-J5" else "Profile"
    sections: dict[str, Any] = {
        "Comment": {"Comments": {"CommentsList": {}}},
        "Direct Message": {"Direct Messages": {"ChatHistory": {PRIVATE: []}}},
        "Post": {
            "Posts": {"VideoList": [_record(layout, post) for post in posts]},
            "Recently Deleted Posts": {"PostList": []},
            **({"Story": {}} if layout.name == "json-J5" else {}),
        },
        profile: {"Profile Info": {"ProfileMap": _profile() | {"displayName": NAME}}},
        "Your Activity": {"Watch History": {"VideoList": _SEEN}},
    }
    return _json(layout, sections) | {"user_data_lemon8.json": b'{"Post": {"Posts": {}}}\n'}


def _profile() -> dict[str, Any]:
    return {"userName": HANDLE, "emailAddress": PRIVATE, "birthDate": "01-Jan-1990"}


def _json(layout: Layout, sections: dict[str, Any]) -> Files:
    return {layout.file: f"{json.dumps(sections, indent=2, ensure_ascii=False)}\n".encode()}


# --- TXT ------------------------------------------------------------------------------------

_LABELS = {
    "Who": "Who can view",
    "Comments": "Allow comments",
    "Stitches": "Allow stitches",
    "Duets": "Allow duets",
    "Stickers": "Allow stickers",
    "Sharing": "Allow sharing to story",
    "Disclosure": "Content disclosure",
    "AI": "AI-generated content",
    "Sound": "Sound",
    "Location": "Location",
    "Title": "Title",
    "AddYours": "Adds yours text",
}
_HISTORY = (
    f"Date: {_SEEN[0]['Date']} UTC\nLink: {_SEEN[0]['Link']}\n\n"
    f"Date: {_SEEN[0]['Date']} UTC\nLink: {_SEEN[0]['Link']}\n\n"
)
_NOTHING = "You have no data in this section\n"
_NOTHING_NL = "Dit gedeelte bevat geen gegevens\n"


_DISCLOSED = {
    "first": "Branded Content",
    "kfc": "Your Brand, Branded Content",
    "steps": "Your Brand",
}
"""What the posts of May 2025 disclose, by the key of the post."""


def _lines_of_may_2025(post: MadePost) -> list[str]:
    """The labelled lines after the links: those with nothing to say are absent, and one keeps a
    trailing blank where a disclosure follows it."""
    disclosure = _DISCLOSED.get(post.key)
    lines = [f"{_LABELS['Who']}: {post.who}"]
    lines += [f"{_LABELS[key]}: Yes" for key in ("Comments", "Stitches", "Duets", "Stickers")]
    lines.append(f"{_LABELS['Sharing']}: Yes{' ' if disclosure else ''}")
    if disclosure:
        lines.append(f"{_LABELS['Disclosure']}: {disclosure}")
    lines.append(f"{_LABELS['Sound']}: original sound - {HANDLE}")
    if post.title:
        lines.append(f"{_LABELS['Title']}: {post.title}")
    return [*lines, f"{_LABELS['AddYours']}: None"]


def txt_record(layout: Layout, post: MadePost) -> str:
    """One record with the line feed at its end, without the blank line after it."""
    first, *more = layout.links(post) or ["N/A"]
    old, dutch = layout.name == "txt-2020", layout.name == "txt-2026-nl"
    lines = [f"{'Datum' if dutch else 'Date'}: {post.date}{'' if old else ' UTC'}"]
    lines += [f"{'Video Link' if old else 'Link'}: {first}", *more]
    if not dutch:
        lines.append(f"Like(s): {post.likes}")
    if layout.name == "txt-2025-05":
        lines += _lines_of_may_2025(post)
    elif "Who" in layout.tells:
        values = dict.fromkeys(_LABELS, "Yes") | {"Disclosure": "", "AI": "", "AddYours": "None"}
        values |= {"Who": post.who, "Sound": f"original sound - {HANDLE}", "Location": "None"}
        values["Title"] = post.title or "None"
        lines += [f"{label}: {values[key]}" for key, label in _LABELS.items()]
    if layout.name == "txt-2026":
        lines += ["Alternate text: N/A", "Number of Collections: 0"]
    return "".join(f"{line}\n" for line in lines)


def _txt_posts(layout: Layout, posts: Sequence[MadePost]) -> str:
    return "\n".join(txt_record(layout, post) for post in posts)


def _txt_2020(layout: Layout, posts: Sequence[MadePost]) -> Files:
    return _text(
        {
            layout.file: _txt_posts(layout, posts).rstrip("\n"),
            "Activity/Video Browsing History.txt": _HISTORY.replace("Link", "Video Link"),
            "Profile/Profile Information.txt": f"Username: {HANDLE}\nEmail: {PRIVATE}\n",
        }
    )


def _txt_new(layout: Layout, posts: Sequence[MadePost]) -> Files:
    root = layout.file.partition("/")[0]
    return _text(
        {
            layout.file: _txt_posts(layout, posts) + layout.ending,
            f"{root}/Posts/Recently Deleted Posts.txt": _NOTHING,
            f"{root}/Your Activity/Watch History.txt": _HISTORY,
            f"{root}/Your Activity/Reposts.txt": _HISTORY.replace("Date", "Creation Time"),
            f"{root}/Likes and Favourites/Like List.txt": _HISTORY,
            f"{root}/Direct Messages/Direct Messages.txt": f"{PRIVATE}\n",
            f"{root}/Profile and Settings/Profile Information.txt": (
                f"Username: {HANDLE}\nDisplay name: {NAME}\nEmail: {PRIVATE}\n"
            ),
            "Lemon8/Posts/Posts.txt": _HISTORY,
        }
    )


def _txt_dutch(layout: Layout, posts: Sequence[MadePost]) -> Files:
    content = _text(
        {
            layout.file: _txt_posts(layout, posts),
            "TikTok/Berichten/Onlangs verwijderde berichten.txt": _NOTHING_NL,
        }
    )
    marked = b"\xef\xbb\xbf" + content[layout.file].replace(b"\n", b"\r\n")
    return content | {layout.file: marked}


def _text(files: dict[str, str]) -> Files:
    return {name: text.encode() for name, text in files.items()}


def _moment(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


_FEW, _MANY = frozenset[str](), frozenset({"Who", "Title"})
_VA, _US = "video-va.tiktokv.com", "video-useast5.tiktokv.us"

LAYOUTS = {
    layout.name: layout
    for layout in (
        Layout("txt-2020", "Videos/Videos.txt", _moment(2020, 3, 1), "video-va.musical.ly", _FEW, _txt_2020),
        Layout("json-J1", "user_data.json", _moment(2022, 7, 7), _VA, _FEW, _old_json),
        Layout("json-J2", "user_data.json", _moment(2023, 5, 2), _VA, _FEW, _old_json, away=True, joined=" "),
        Layout("json-J3", "user_data_tiktok.json", _moment(2025, 1, 12), _US, _MANY, _old_json),
        Layout("txt-2025", "TikTok/Posts/Posts.txt", _moment(2025, 2, 4), _VA, _MANY, _txt_new, kfc=True, away=True),
        Layout("txt-2025-05", "TikTok/Posts/Posts.txt", _moment(2025, 5, 20), _VA, _MANY, _txt_new, kfc=True, ending="\n\n"),
        Layout("json-J4", "user_data_tiktok.json", _moment(2025, 11, 27), _VA, _MANY | {"Cover"}, _new_json, kfc=True),
        Layout("json-J5", "user_data_tiktok.json", _moment(2026, 3, 8), _VA, _MANY | {"Cover"}, _new_json),
        Layout("txt-2026", "Tiktok/Posts/Posts.txt", _moment(2026, 6, 1), _VA, _MANY, _txt_new, kfc=True),
        Layout("txt-2026-nl", "TikTok/Berichten/Berichten.txt", _moment(2026, 9, 5), _VA, _FEW, _txt_dutch),
    )
}  # fmt: skip
"""By name, the oldest first."""
