"""Made accounts: what their creators have on disk, what TikTok's page shows, what they know.

Everything is seeded: the same account at every call. Media are small; how many posts, the caller
says.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from PIL import Image

from tests.captions.tiktok_page import StandInPage, item, photo_item
from tests.exports.account import HANDLE, LAYOUTS, Layout, MadePost
from tests.exports.makers import write_zip
from tests.media.download.server import MediaServer
from tests.media.likeness.made_videos import encode, film, noise, talking

FIRST = datetime(2018, 3, 1, 17, 30, tzinfo=UTC)
LONG_AGO = datetime(2021, 2, 1, tzinfo=UTC)
"""When an export was made whose links are dead."""
ALIVE = "4000000000"
"""Unix seconds at which the other links die."""
ONLY_ME = "Only You"


@dataclass(frozen=True)
class OwnPost:
    """A post as its creator knows it: with its number, its caption and its files."""

    number: int
    made: MadePost
    caption: str

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made.date).replace(tzinfo=UTC)

    @property
    def tiktok_id(self) -> str:
        """Some seconds older than the post, as TikTok's are."""
        return str((int(self.moment.timestamp()) - 9) << 32 | self.number)

    @property
    def is_public(self) -> bool:
        return self.made.who != ONLY_ME

    @property
    def files(self) -> list[bytes]:
        if self.made.pictures:
            return [picture(40 * self.number + n) for n in range(self.made.pictures)]
        return [video(self.number)]


@cache
def video(number: int, **metadata: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        return encode(path, film(number), sound=talking(number, 2), **metadata).read_bytes()  # type: ignore[arg-type]


@cache
def picture(number: int, taken: str = "") -> bytes:
    out, exif = BytesIO(), Image.Exif()
    if taken:
        exif[0x0132] = exif.get_ifd(0x8769)[0x9003] = taken
    noise(random.Random(f"picture {number}"), (360, 480), 9).save(out, "JPEG", exif=exif)
    return out.getvalue()


def own_posts(
    count: int,
    *,
    photos: int = 3,
    only_me: int = 0,
    caption: str = "Rye {}, slowly for once #bread #olu",
) -> list[OwnPost]:
    """Posts of some years, oldest first. Every so-manyth is a photo post, or seen only by its
    creator."""
    chance = random.Random(f"{count} posts")
    moment, posts = FIRST, []
    for number in range(1, count + 1):
        moment += timedelta(hours=chance.randrange(20, 44), seconds=chance.randrange(3600))
        is_photos = bool(photos) and number % photos == 0
        made = MadePost(
            f"{moment:%Y-%m-%d %H:%M:%S}",
            f"post{number:04}",
            pictures=chance.randrange(1, 4) if is_photos else 0,
            title=f"Step by step, no. {number}" if is_photos and chance.random() < 0.8 else "",
            who=ONLY_ME if only_me and number % only_me == 0 else "Everyone",
        )
        posts.append(OwnPost(number, made, caption.format(number)))
    return posts


@dataclass(frozen=True)
class ServedLayout(Layout):
    """A layout whose links lead to a server on loopback, and live."""

    server: MediaServer | None = None

    def links(self, post: MadePost) -> list[str]:
        assert self.server is not None
        if not post.pictures:
            path = f"/storage/v1/tos-made-v-0068/{post.key}"
            return [self.server.url(path, f"mime_type=video_mp4&x-tos-expires={ALIVE}")]
        paths = (
            f"/tos-made-i-photomode-us/{post.key}{n}~tplv-noop.jpeg" for n in range(post.pictures)
        )
        return [self.server.url(path, f"x-expires={ALIVE}") for path in paths]


def served(name: str, posts: Iterable[OwnPost], server: MediaServer) -> Layout:
    """The layout with live links, behind which the files of the posts lie. It has no covers."""
    values = {f.name: getattr(LAYOUTS[name], f.name) for f in fields(Layout)}
    layout = ServedLayout(**values | {"tells": values["tells"] - {"Cover"}}, server=server)
    for post in posts:
        for link, data in zip(layout.links(post.made), post.files, strict=True):
            server.put(urlsplit(link).path, data)
    return layout


def write_export(folder: Path, layout: Layout, posts: Sequence[OwnPost], name: str = "") -> Path:
    """The ZIP as TikTok gives it."""
    files = layout.files([post.made for post in reversed(posts)])
    return write_zip(
        folder / (name or f"TikTok_Data_{int(layout.made.timestamp())}.zip"), dict(files)
    )


def write_media(folder: Path, posts: Iterable[OwnPost], *, words: bool = False) -> Path:
    """Files named by TikTok's ids, with `words` as yt-dlp saves them."""
    folder.mkdir(parents=True)
    for post in posts:
        if post.made.pictures:
            for n, data in enumerate(post.files, 1):
                (folder / f"{post.tiktok_id}_{n}.jpg").write_bytes(data)
        else:
            (folder / f"{post.caption[:12]} [{post.tiktok_id}].mp4").write_bytes(post.files[0])
        if words:
            kind = "photo" if post.made.pictures else "video"
            info = {
                "id": post.tiktok_id,
                "extractor_key": "TikTok",
                "description": post.caption,
                "timestamp": int(post.moment.timestamp()),
                "uploader": HANDLE,
                "webpage_url": f"https://www.tiktok.com/@{HANDLE}/{kind}/{post.tiktok_id}",
            }
            path = folder / f"{post.caption[:12]} [{post.tiktok_id}].info.json"
            path.write_text(json.dumps(info), "utf-8")
    return folder


def write_camera_roll(folder: Path, posts: Iterable[OwnPost]) -> dict[int, list[str]]:
    """Files as a phone names them, taken two hours before they were posted; whose they are."""
    folder.mkdir(parents=True)
    names: dict[int, list[str]] = {}
    shots = 0
    for post in posts:
        taken = post.moment - timedelta(hours=2)
        for n in range(post.made.pictures or 1):
            shots += 1
            if post.made.pictures:
                data = picture(40 * post.number + n, f"{taken:%Y:%m:%d %H:%M:%S}")
            else:
                made = f"{taken:%Y-%m-%dT%H:%M:%S}+0000"
                data = video(post.number, **{"com.apple.quicktime.creationdate": made})
            suffix = "JPG" if post.made.pictures else "MOV"
            name = f"IMG_{shots:04}.{suffix}"
            (folder / name).write_bytes(data)
            names.setdefault(post.number, []).append(name)
    return names


@dataclass(frozen=True)
class MadeAccount:
    """An account, and its creator: what they type first, what they have to give where a command
    asks for it, and how they decide."""

    posts: list[OwnPost]
    export: Path
    first: tuple[object, ...] = ()
    given: list[Path] = field(default_factory=list)
    """What they name for `EXPORT`, `FOLDER` and their like, one after the other."""
    only_me: str = "skip"
    """What becomes of posts that only they can see."""
    agrees: str = ""
    """A question to which they say yes, whatever is proposed."""
    rules: str = ""
    """A line of `crossover.yaml` that they change once it is there."""
    faults: Path | None = None
    """What goes wrong at every upload."""
    later: tuple[object, ...] = ()
    """What they type when they are through."""
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What they write into the sheet besides, by the number of the note."""
    names: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """Which files of the camera roll are which post's, by its number."""

    def decides(self, row: Mapping[str, str]) -> str:
        """What they write for a row that waits. What has no file stays where it is."""
        if row["visibility"] == "only-me":
            return self.only_me
        return "move" if row["file"] else "skip"


@dataclass(frozen=True)
class World:
    """Where an account lives: its creator's home folder and the folder in which commands are typed,
    the server of its links, its public page."""

    home: Path
    desk: Path
    server: MediaServer
    page: StandInPage

    @property
    def downloads(self) -> Path:
        return self.home / "Downloads"

    def show(self, posts: Iterable[OwnPost]) -> None:
        for post in posts:
            make = photo_item if post.made.pictures else item
            if post.is_public:
                self.page.items.append(make(post.tiktok_id, post.caption, author=HANDLE))

    def linked(self, posts: list[OwnPost], layout: str = "json-J5", **more: Any) -> MadeAccount:
        """An account of which all lies behind live links and on the public page."""
        self.show(posts)
        export = write_export(self.downloads, served(layout, posts, self.server), posts)
        return MadeAccount(posts, export, **more)


def links_and_captions(world: World, size: int) -> MadeAccount:
    return world.linked(own_posts(size))


def photos_only(world: World, size: int) -> MadeAccount:
    return world.linked(own_posts(size, photos=1))


def bilingual(world: World, size: int) -> MadeAccount:
    words = "Rye {} 🍞 烘焙日\nRye, slowly. 慢慢来的黑麦面包 #bread #面包 #baking烘焙"
    return world.linked(own_posts(size, caption=words))


def only_me_held(world: World, size: int) -> MadeAccount:
    return world.linked(own_posts(size, only_me=2))


def only_me_moved(world: World, size: int) -> MadeAccount:
    return world.linked(own_posts(size, only_me=2), rules="only_me: move", only_me="move")


def tiktok_deleted(world: World, size: int) -> MadeAccount:
    posts = own_posts(size)
    world.page.before = lambda path, _: None if path == "/list" else (404, b"")
    export = write_export(world.downloads, replace(LAYOUTS["json-J5"], made=LONG_AGO), posts)
    roll = world.home / "Pictures" / "Camera Roll"
    names = write_camera_roll(roll, posts)
    return MadeAccount(posts, export, given=[roll], names=names, agrees="Did you delete")


def txt(world: World, size: int) -> MadeAccount:
    return world.linked(own_posts(size), "txt-2026")


def blanks_and_chinese(world: World, size: int) -> MadeAccount:
    posts = own_posts(size)
    world.show(posts)
    layout = replace(LAYOUTS["json-J5"], made=LONG_AGO)
    folder = world.home / "我的 文件 & more"
    export = write_export(folder, layout, posts, "TikTok 导出 (1).zip")
    media = write_media(folder / "视频 and photos", posts)
    first = ("migrate", export, media, "-w", folder / "搬家 to RedNote")
    return MadeAccount(posts, export, first)


def boxes_not_ticked(world: World, size: int) -> MadeAccount:
    posts = own_posts(size)
    made = world.linked(posts)
    bare = replace(LAYOUTS["json-J5"], write=without_posts, made=LONG_AGO)
    first = write_export(world.downloads, bare, posts)
    return replace(made, first=("migrate", first), given=[made.export])


def without_posts(layout: Layout, _: Sequence[MadePost]) -> dict[str, bytes]:
    whole = json.loads(LAYOUTS["json-J5"].files([])[layout.file])
    return {layout.file: json.dumps({k: v for k, v in whole.items() if k != "Post"}).encode()}


def refused_and_unclear(world: World, size: int) -> MadeAccount:
    """With a folder of all posts, also those that only the creator sees, as yt-dlp saved it."""
    posts = own_posts(size)
    layout = replace(LAYOUTS["json-J5"], made=LONG_AGO)
    export = write_export(world.downloads, layout, posts)
    own = write_media(world.home / "yt-dlp", posts, words=True)
    faults = world.home / "faults.yaml"
    faults.write_text(
        "faults:\n"
        "  - {call: create, fault: business, code: -9059, at: 1}\n"
        "  - {call: create, fault: stored-then-dropped, at: 2}\n"
        "  - {call: create, fault: edited-text, how: shorten, at: 2}\n"
    )
    skipped = {"1": {"action": "skip"}, "2": {"action": "skip"}}
    later = ("sheet", "out", "after.csv")
    return MadeAccount(posts, export, given=[own], faults=faults, later=later, cells=skipped)


def a_later_export(world: World, size: int) -> MadeAccount:
    """Moved once; since then half of the posts came."""
    posts = own_posts(size)
    world.show(posts)
    before = posts[: size // 2]
    first = write_export(world.downloads, served("json-J3", before, world.server), before)
    later = write_export(world.downloads, served("json-J5", posts, world.server), posts)
    return MadeAccount(posts, first, ("migrate", first), later=("add", later))
