"""Draw Mara's export again: the JSON, the pictures, the clips and the notes beside them.

Run `python -B sample_exports/demo/draw.py`. All chance is seeded, so the posts stay the same.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
import re
import unicodedata
from array import array
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import quote

import av
import yaml
from av.audio.stream import AudioStream
from av.video.stream import VideoStream
from canvas import Canvas
from PIL import Image
from scenes import SCENES

HERE = Path(__file__).resolve().parent
CLIP, PICTURE = (720, 1280), (900, 1200)
FPS, RATE = 20, 44100
BEACH_TOWN = (
    (39.0, 21.0, 36.0),
    (9.0, 22.0, 48.0),
)  # where two of the pictures say they were taken
CHORDS = (
    (196.0, 246.9, 293.7),
    (174.6, 220.0, 261.6),
    (220.0, 261.6, 329.6),
    (164.8, 207.7, 246.9),
)


@dataclass(frozen=True, slots=True)
class Account:
    handle: str
    name: str
    bio: str
    region: str
    uploader_id: str
    channel_id: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Post:
    at: datetime
    kind: str
    scenes: tuple[str, ...]
    caption: str
    likes: int
    saves: int
    sound: str
    title: str = ""
    who: str = "Everyone"
    link: str = "storage"
    location: str = ""
    seconds: float = 2.0
    black: float = 0.0
    media: bool = True
    words: bool = True
    id_shift: int = 6
    gps: int = -1
    turned: int = -1

    @property
    def seed(self) -> str:
        return f"{self.at.isoformat()} {self.kind}"

    @property
    def tiktok_id(self) -> str:
        return tiktok_id(self.at + timedelta(seconds=self.id_shift), self.seed)

    @property
    def head(self) -> str:
        """The start of the caption, cut as yt-dlp cuts it."""
        return self.caption if len(self.caption) <= 72 else self.caption[:69] + "..."


def tiktok_id(at: datetime, seed: str) -> str:
    return str((int(at.timestamp()) << 32) | random.Random(seed).getrandbits(32))


def read() -> tuple[Account, list[Post], dict[str, Any]]:
    data = yaml.safe_load((HERE / "posts.yaml").read_text(encoding="utf-8"))
    about = data["account"]
    made = about.pop("export_made").replace(tzinfo=UTC)
    posts = []
    for row in data["posts"]:
        at = row.pop("date").replace(tzinfo=UTC)
        posts.append(Post(at=at, **{**row, "scenes": tuple(row["scenes"])}))
    return Account(made=made, **about), posts, data["leftover"]


# The export


def stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S")


def token(seed: str, length: int, letters: str = "0123456789abcdef") -> str:
    rng = random.Random(seed)
    return "".join(rng.choice(letters) for _ in range(length))


def signature(seed: str) -> str:
    """Recognisably made up, in the real length and alphabet."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"
    return "INVENTED" + token(seed, 19, letters)


def image_link(host: str, path: str, expires: int, seed: str) -> str:
    signed = quote(signature(seed) + "=", safe="")
    return f"https://{host}/{path}?rk3s=00000000&x-expires={expires}&x-signature={signed}"


def links(post: Post, made: datetime) -> tuple[str, str]:
    """The media link (photo posts: one line for each picture) and the link of the cover."""
    soon = int((made + timedelta(days=4)).timestamp())
    hour = soon - soon % 3600
    cover_tail = "&t=00000000&ps=13740610&shp=00000000&shcp=00000000&idc=maliva"
    if post.kind == "photos":
        objects = [token(f"{post.seed} {n}", 32) for n in range(max(1, len(post.scenes)))]
        own = "tos-maliva-i-photomode-us"
        lines = [
            image_link("p16-ttdyd-sign-va.ibyteimg.com", f"{own}/{name}~tplv-noop.jpeg", soon, name)
            for name in objects
        ]
        cover = f"{own}/{objects[0]}"
        link = "\n".join(lines)
    else:
        rng = random.Random(f"{post.seed} link")
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        name = "o" + token(f"{post.seed} object", 37, letters)
        later = int((made + timedelta(days=10)).timestamp()) + rng.randrange(20)
        rate = rng.randrange(1400, 5200)
        bitrate = f"br={rate}&bt={rate // 2}&cs=0&ds=6&ft=.InventedInventedInvented"
        ticket = f"l={made:%Y%m%d%H%M%S}{0:020d}"
        start = "a=1233&bti=aW52ZW50ZWQ%3D&ch=0&cr=0&dr=0&cd=0%7C0%7C0%7C0&cv=1"
        if post.link == "kfc":
            query = f"{start}&{bitrate}&dpk={token(name, 24)}&dpm=aes-256-cfb&{ticket}&mime_type=video_mp4&qs=13&rc=aW52ZW50ZWQ%3D&{ticket}"
            where = "kfc/tos-useast2a-v-0068"
        else:
            query = f"{start}&{bitrate}&mime_type=video_mp4&qs=13&rc=aW52ZW50ZWQ%3D&{ticket}"
            where = "storage/v1/tos-useast2a-ve-0068c003"
        tail = f"btag=e00078000&x-tos-algorithm=v2&x-tos-authkey={0:032d}&x-tos-expires={later}&x-tos-signature={signature(name)}"
        link = f"https://video-va.tiktokv.com/{where}/{name}?{query}&{tail}"
        picture = token(f"{post.seed} cover", 32)
        cover = f"tos-maliva-p-0068/{picture}_{int(post.at.timestamp()) + 3}"
    signed = quote(signature(cover) + "=", safe="")
    cover_link = f"https://p16-sign-va.tiktokcdn.com/{cover}~tplv-tiktokx-origin.image?dr=14575&x-expires={hour}&x-signature={signed}{cover_tail}"
    return link, cover_link


def record(post: Post, made: datetime) -> dict[str, str]:
    link, cover = links(post, made)
    moving = "Yes" if post.kind == "video" and post.who == "Everyone" else "No"
    return {
        "AIGeneratedContent": "",
        "AddYoursText": "",
        "AllowComments": "Yes",
        "AllowDuets": moving,
        "AllowSharingToStory": moving,
        "AllowStickers": moving,
        "AllowStitches": moving,
        "AlternateText": "",
        "ContentDisclosure": "",
        "CoverImage": cover,
        "Date": stamp(post.at),
        "Likes": str(post.likes),
        "Link": link,
        "Location": post.location,
        "NumberOfCollections": str(post.saves),
        "Sound": post.sound,
        "Title": post.title,
        "WhoCanView": post.who,
    }


def elsewhere(seed: str, made: datetime, count: int, date: str, link: str) -> list[dict[str, str]]:
    """Other people's videos, as in lists of likes and of what was watched."""
    rng = random.Random(seed)
    rows, at = [], made
    for _ in range(count):
        at -= timedelta(seconds=rng.randrange(40, 90000))
        number = 7000000000000000000 + rng.randrange(10**17)
        rows.append({date: stamp(at), link: f"https://www.tiktokv.com/share/video/{number}/"})
    return rows


def export(account: Account, posts: list[Post]) -> dict[str, Any]:
    made = account.made
    avatar = token("avatar", 32)
    newest_first = sorted(posts, key=lambda p: p.at, reverse=True)
    expires = int((made + timedelta(days=4)).timestamp())
    return {
        "Comment": {
            "Comments": {
                "App": 1233,
                "CommentsList": [
                    {
                        "comment": "the handle!! how did you pull it so thin 😭",
                        "date": "2026-08-30 20:14:09",
                        "photo": "N/A",
                        "url": "",
                        "video": "video-1",
                    },
                    {
                        "comment": "saving this for the next rainy sunday",
                        "date": "2026-05-02 09:41:55",
                        "photo": "N/A",
                        "url": "",
                        "video": "video-2",
                    },
                ],
            }
        },
        "Direct Message": {
            "Direct Messages": {
                "ChatHistory": {
                    "Chat History with tide.and.thread:": [
                        {
                            "Content": "are the stripes still wet? 🙈",
                            "Date": "2026-09-02 16:20:11",
                            "From": "tide.and.thread",
                        },
                        {
                            "Content": "don't touch them!! come by at six, I'll make coffee",
                            "Date": "2026-09-02 16:23:48",
                            "From": account.handle,
                        },
                    ]
                }
            },
            "Group Chat": {"GroupChat": {}},
            "Tako Chat History": {},
        },
        "Income+ Wallet": {
            "Coin Purchase History": {"CoinPurchaseHistoryList": None},
            "Transaction History": {"TransactionsList": None},
        },
        "Likes and Favorites": {
            "Collection": {},
            "Favorite Videos": {
                "App": 1233,
                "FavoriteVideoList": elsewhere("favorite", made, 4, "Date", "Link"),
            },
            "Like List": {
                "App": 1233,
                "ItemFavoriteList": elsewhere("like", made, 9, "date", "link"),
            },
        },
        "Location Review": {"Location Reviews": {"ReviewsList": None}},
        "Post": {
            "Posts": {"VideoList": [record(post, made) for post in newest_first]},
            "Recently Deleted Posts": {"PostList": []},
            "Story": {},
        },
        "Profile And Settings": {
            "AISelfImage": {},
            "Follower": {
                "App": 1233,
                "FansList": [
                    {"Date": "2026-09-12 21:03:40", "UserName": "invented.follower.one"},
                    {"Date": "2026-09-11 07:19:02", "UserName": "invented.follower.two"},
                ],
                "IsFastLane": False,
            },
            "Following": {
                "App": 1233,
                "Following": [
                    {"Date": "2024-01-15 19:00:31", "UserName": "tide.and.thread"},
                    {"Date": "2024-01-15 19:02:07", "UserName": "nuno.pours.slowly"},
                ],
                "IsFastLane": False,
            },
            "Profile Info": {
                "App": 1233,
                "ProfileMap": {
                    "PlatformInfo": [],
                    "accountRegion": account.region,
                    "aiSelf": "",
                    "bioDescription": account.bio,
                    "birthDate": "01-Jan-1990",
                    "displayName": account.name,
                    "emailAddress": "mara@maramakes.example",
                    "followerCount": 8642,
                    "followingCount": 311,
                    "fundraiser": "",
                    "inferredGender": "",
                    "instagramLink": "",
                    "lemon8Link": "",
                    "likesReceived": str(sum(post.likes for post in posts)),
                    "profilePhoto": image_link(
                        "p16-sign-va.tiktokcdn.com",
                        f"tos-maliva-avt-0068/{avatar}~tplv-tiktokx-cropcenter:1080:1080.webp",
                        expires,
                        avatar,
                    ),
                    "profileVideo": "",
                    "telephoneNumber": "",
                    "userName": account.handle,
                    "youtubeLink": "",
                },
            },
            "ProfileViews": {
                "ProfileViewList": [
                    {"Date": "2026-09-10 12:44:18 UTC", "Username": "invented.viewer.one"}
                ]
            },
        },
        "TikTok Live": {"Go Live History": {"GoLiveList": None}},
        "TikTok Shop": {"Order History": {"OrderHistories": None}},
        "Your Activity": {
            "Hashtag": {
                "HashtagList": [
                    {
                        "HashtagLink": "https://www.tiktok.com/share/challenge/70000001/",
                        "HashtagName": "wheelthrownwednesday",
                    },
                    {
                        "HashtagLink": "https://www.tiktok.com/share/challenge/70000002/",
                        "HashtagName": "glazetok",
                    },
                ]
            },
            "Login History": {
                "LoginHistoryList": [
                    {
                        "Carrier": "",
                        "Date": "2026-09-13 22:10:05",
                        "DeviceModel": "Invented Phone 3",
                        "DeviceSystem": "Invented OS 9",
                        "IP": "192.0.2.44",
                        "NetworkType": "Wi-Fi",
                    }
                ]
            },
            "Reposts": {"RepostList": None},
            "Searches": {
                "SearchList": [
                    {"Date": "2026-09-11 19:32:20", "SearchTerm": "celadon without a gas kiln"},
                    {"Date": "2026-09-08 08:05:13", "SearchTerm": "cat stuck in vase help"},
                ]
            },
            "Watch History": {"VideoList": elsewhere("watched", made, 40, "Date", "Link")},
        },
    }


# Beside it: what yt-dlp writes


def file_stem(post: Post) -> str:
    """yt-dlp's `title [id]`, kept to letters that every disk takes."""
    plain = re.sub(r"[:/]+", "_", post.head.replace("\n", " "))
    plain = unicodedata.normalize("NFKD", plain)
    plain = re.sub(r"[^A-Za-z0-9 ,'&()!+_-]", "", plain)
    words = " ".join(plain.split())[:60].strip(" ,'-&")
    return f"{words} [{post.tiktok_id}]" if post.words else post.tiktok_id


def info(post: Post, account: Account) -> dict[str, Any]:
    rng = random.Random(f"{post.seed} counts")
    track, _, artist = post.sound.rpartition(" - ")
    page = "video" if post.kind == "video" else "photo"
    url = f"https://www.tiktok.com/@{account.handle}/{page}/{post.tiktok_id}"
    shape: dict[str, Any] = (
        {
            "ext": "mp4",
            "duration": max(1, math.ceil(post.seconds)),
            "width": CLIP[0],
            "height": CLIP[1],
            "resolution": f"{CLIP[0]}x{CLIP[1]}",
            "vcodec": "h264",
            "acodec": "aac",
        }
        if post.kind == "video"
        else {
            "ext": "m4a",
            "duration": 60,
            "resolution": "audio only",
            "vcodec": "none",
            "acodec": "aac",
        }
    )
    return {
        "id": post.tiktok_id,
        "title": post.head,
        "description": post.caption,
        "timestamp": int(post.at.timestamp()),
        "upload_date": f"{post.at:%Y%m%d}",
        "uploader": account.handle,
        "uploader_id": account.uploader_id,
        "uploader_url": f"https://www.tiktok.com/@{account.handle}",
        "channel": account.name,
        "channel_id": account.channel_id,
        "channel_url": f"https://www.tiktok.com/@{account.channel_id}",
        "track": track or None,
        "artists": [artist] if artist.strip() else None,
        "view_count": post.likes * rng.randrange(9, 24) + rng.randrange(9),
        "like_count": post.likes,
        "comment_count": post.likes // rng.randrange(18, 40),
        "repost_count": post.likes // rng.randrange(30, 90),
        "save_count": post.saves,
        **shape,
        "webpage_url": url,
        "original_url": url,
        "webpage_url_basename": post.tiktok_id,
        "webpage_url_domain": "tiktok.com",
        "extractor": "TikTok",
        "extractor_key": "TikTok",
        "fulltitle": post.head,
        "display_id": post.tiktok_id,
        "epoch": int(account.made.timestamp()) + 5400,
        "_type": "video",
        "_version": {
            "version": "2026.08.30",
            "current_git_head": None,
            "release_git_head": None,
            "repository": "yt-dlp/yt-dlp",
        },
    }


def paint(scene: str, size: tuple[int, int], moment: float = 0.3) -> Image.Image:
    canvas = Canvas(*size)
    SCENES[scene](canvas, moment)
    return canvas.finish()


def picture(
    path: Path, scene: str, *, taken: datetime, gps: bool = False, turned: bool = False
) -> None:
    image = paint(scene, PICTURE)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Invented", "Invented Phone 3"
    exif[0x0132] = f"{taken:%Y:%m:%d %H:%M:%S}"
    if gps:
        north, west = BEACH_TOWN
        exif.get_ifd(0x8825).update({1: "N", 2: north, 3: "W", 4: west})
    if turned:  # lying on its side in the file, upright for whoever reads the tag
        image = image.transpose(Image.Transpose.ROTATE_90)
        exif[0x0112] = 6
    image.save(path, quality=76, optimize=True, progressive=True, exif=exif)


def sound(seed: str, seconds: float) -> array[float]:
    """A soft chord that swells and goes."""
    chord = CHORDS[int(hashlib.sha256(seed.encode()).hexdigest(), 16) % len(CHORDS)]
    total = round(seconds * RATE)
    out = array("f")
    for i in range(total):
        t = i / RATE
        swell = min(1.0, t / 0.3, (seconds - t) / 0.5)
        tone = sum(math.sin(6.2832 * f * t) + 0.3 * math.sin(12.5664 * f * t) for f in chord)
        out.append(0.09 * swell * tone)
    return out


def clip(path: Path, post: Post) -> None:
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as file:
        video: VideoStream = file.add_stream("libx264", rate=FPS)
        video.width, video.height = CLIP
        video.pix_fmt = "yuv420p"
        video.options = {"crf": "28", "preset": "veryslow", "threads": "1"}
        audio: AudioStream = file.add_stream("aac", rate=RATE)
        audio.layout = "mono"
        audio.bit_rate = 40_000
        count, dark = round(post.seconds * FPS), round(post.black * FPS)
        for i in range(count):
            if i < dark:
                image = Image.new("RGB", CLIP)
            else:
                image = paint(post.scenes[0], CLIP, (i - dark) / (count - dark))
            frame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
            file.mux(video.encode(frame))
        file.mux(video.encode())
        samples = sound(post.seed, post.seconds)
        for at in range(0, len(samples), 1024):
            part = samples[at : at + 1024]
            tone = av.AudioFrame(format="fltp", layout="mono", samples=len(part))
            tone.planes[0].update(part.tobytes().ljust(tone.planes[0].buffer_size, b"\0"))
            tone.sample_rate, tone.pts, tone.time_base = RATE, at, Fraction(1, RATE)
            file.mux(audio.encode(tone))
        file.mux(audio.encode())


def write_json(path: Path, value: object) -> None:
    path.write_text(
        json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n"
    )


def main() -> None:
    account, posts, leftover = read()
    for pattern in ("*.jpg", "*.mp4", "*.info.json"):
        for old in HERE.glob(pattern):
            old.unlink()
    write_json(HERE / "user_data_tiktok.json", export(account, posts))
    for number, post in enumerate(posts, 1):
        stem = file_stem(post)
        if post.words:
            write_json(HERE / f"{stem}.info.json", info(post, account))
        if post.media and post.kind == "video":
            clip(HERE / f"{stem}.mp4", post)
        elif post.media:
            for n, scene in enumerate(post.scenes):
                path = HERE / f"{post.tiktok_id}_{n + 1}.jpg"
                picture(path, scene, taken=post.at, gps=n == post.gps, turned=n == post.turned)
        print(f"{number:2} {stamp(post.at)} {post.kind:6} {stem}")
    gone = leftover["date"].replace(tzinfo=UTC)
    name = f"{tiktok_id(gone, 'leftover')}_1.jpg"
    picture(HERE / name, leftover["scene"], taken=gone)
    print(f"   {stamp(gone)} left over {name}")
    print(
        f"{sum(p.stat().st_size for p in HERE.iterdir() if p.is_file()) / 1e6:.2f} MB in {HERE.name}"
    )


if __name__ == "__main__":
    main()
