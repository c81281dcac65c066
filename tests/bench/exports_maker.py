"""Exports of any size for the reading bench: seeded, streamed to disk, two-space JSON as TikTok
writes it. A third are photo posts of six pictures; history is watched videos and searches."""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

MADE = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORDS = [
    "cat",
    "dance",
    "recipe",
    "sunset",
    "guitar",
    "paris",
    "drawing",
    "makeup",
    "football",
    "garden",
    "sushi",
    "train",
]


def write_export(path: Path, posts: int, rows: int, seed: int = 1) -> Path:
    """Write `path`, a ZIP with one `user_data_tiktok.json`. Gives the same bytes every time."""
    chance = random.Random(seed)
    member = zipfile.ZipInfo("user_data_tiktok.json", (2026, 11, 20, 12, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as archive, archive.open(member, "w") as out:
        held: list[str] = []
        for text in _document(chance, posts, rows):
            held.append(text)
            if len(held) == 1000:
                out.write("".join(held).encode())
                held.clear()
        out.write("".join(held).encode())
    return path


def _document(chance: random.Random, posts: int, rows: int) -> Iterator[str]:
    watched = rows // 3
    yield '{\n  "Your Activity": {\n    "Watch History": {\n      "VideoList": [\n'
    yield from _listed(_watched(chance) for _ in range(watched))
    yield '      ]\n    },\n    "Searches": {\n      "SearchList": [\n'
    yield from _listed(_searched(chance) for _ in range(rows - watched))
    yield '      ]\n    }\n  },\n  "Profile And Settings": {\n    "Profile Info": {\n'
    yield '      "ProfileMap": {\n        "userName": "made_up"\n      }\n    }\n  },\n'
    yield '  "Post": {\n    "Posts": {\n      "VideoList": [\n'
    yield from _listed(_post(chance, number) for number in range(posts))
    yield "      ]\n    }\n  }\n}\n"


def _listed(rows: Iterator[dict[str, str]]) -> Iterator[str]:
    comma = ""
    for row in rows:
        lines = ",\n".join(f"          {json.dumps(k)}: {json.dumps(v)}" for k, v in row.items())
        yield f"{comma}        {{\n{lines}\n        }}"
        comma = ",\n"
    yield "\n"


def _when(chance: random.Random) -> str:
    moment = MADE - timedelta(seconds=chance.randrange(6 * 365 * 86400))
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def _watched(chance: random.Random) -> dict[str, str]:
    number = chance.randrange(69 * 10**17, 75 * 10**17)
    return {
        "Date": _when(chance),
        "Link": f"https://www.tiktokv.com/share/video/{number}/",
    }


def _searched(chance: random.Random) -> dict[str, str]:
    return {"Date": _when(chance), "SearchTerm": "".join(chance.choices(_LETTERS, k=12))}


def _post(chance: random.Random, number: int) -> dict[str, Any]:
    photos = number % 3 == 0
    pictures = [_picture(chance) for _ in range(6 if photos else 1)]
    no = "No" if photos else "Yes"
    return {
        "Date": (MADE - timedelta(hours=7 * number + 1)).strftime("%Y-%m-%d %H:%M:%S"),
        "Link": "\n".join(pictures) if photos else _video(chance),
        "Likes": str(chance.randrange(10_000)),
        "WhoCanView": chance.choice(["Everyone", "Only You"]),
        "AllowComments": "Yes",
        "AllowStitches": no,
        "AllowDuets": no,
        "AllowStickers": no,
        "AllowSharingToStory": no,
        "ContentDisclosure": "",
        "AIGeneratedContent": "",
        "Sound": " - " if photos else "original sound - made_up",
        "Location": "",
        "Title": " ".join(chance.choices(_WORDS, k=4)) if photos else "N/A",
        "AddYoursText": "N/A",
        "AlternateText": "N/A",
        "CoverImage": pictures[0],
        "NumberOfCollections": "3",
    }


def _video(chance: random.Random) -> str:
    dies = int((MADE + timedelta(days=10)).timestamp())
    return (
        f"https://video-va.tiktokv.com/storage/v1/tos-alisg-v-0000/{chance.getrandbits(128):032x}"
        f"?a=1233&bt=1200&br=3021&l=20261120120000{chance.getrandbits(80):020X}"
        f"&mime_type=video_mp4&x-tos-algorithm=v2&x-tos-expires={dies}"
        f"&x-tos-signature={chance.getrandbits(160):040x}"
    )


def _picture(chance: random.Random) -> str:
    dies = int((MADE + timedelta(days=4)).timestamp())
    return (
        f"https://p16-ttdyd-sign-sg.ibyteimg.com/tos-alisg-i-photomode-sg/"
        f"{chance.getrandbits(128):032x}~tplv-noop.jpeg?rk3s=f1d39a1b&x-expires={dies}"
        f"&x-signature={chance.getrandbits(160):040x}"
    )
