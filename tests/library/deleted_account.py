"""A made creator whose TikTok is gone: an export with dead links, and a camera roll named and dated
as phones and apps do it. The same for the same seed."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path

import av
from PIL import ExifTags, Image

HOME = timezone(timedelta(hours=3))
"""Where the creator lives; unzoned clocks are of there."""
DEAD = "x-tos-expires=1700000000&x-expires=1700000000"
STYLES = ("iphone", "iphone", "android", "pixel", "whatsapp", "bare")
LAGS = (0.5, 1, 2, 3, 6, 20, 26, 50, 75, 120)
"""Hours from filming to posting."""


@dataclass
class DeletedAccount:
    """`truth`: the number of its post, by the name of each file that is one's; the names of a photo
    post are in the order of the post. `undated` are those of them without any date."""

    export: Path
    roll: Path
    truth: dict[str, int] = field(default_factory=dict)
    undated: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)


def make_deleted_account(
    folder: Path, seed: int, *, posts: int = 24, others: int = 12
) -> DeletedAccount:
    """Make an account of so many posts, and so many files of daily life beside them."""
    rng = random.Random(seed)
    made = DeletedAccount(folder / "user_data_tiktok.json", folder / "roll")
    made.roll.mkdir(parents=True)
    at = datetime(2024, 3, 1, 9, tzinfo=UTC)
    records = []
    for number in range(1, posts + 1):
        at += timedelta(days=rng.randint(1, 6), seconds=rng.randint(0, 40_000))
        taken = at - timedelta(hours=rng.choice(LAGS), seconds=rng.randint(0, 600))
        pictures = rng.choice((0, 0, 0, 1, 3, 4))
        style = rng.choice(STYLES)
        for place in range(max(pictures, 1)):
            shot = taken - timedelta(seconds=40 * (pictures - place))
            name = _make_file(made.roll, rng, shot, f"{number}{place}", style, bool(pictures))
            made.truth[name] = number
            if style == "bare":
                made.undated.add(name)
        records.append({"Date": f"{at:%Y-%m-%d %H:%M:%S}", "WhoCanView": "Everyone"})
        records[-1]["Link"] = _links(number, pictures)
        write_words(made.roll, number, at)
    for number in range(others):
        shot = at - timedelta(days=rng.randint(0, 900), seconds=rng.randint(0, 80_000))
        is_picture, style = rng.random() < 0.6, rng.choice(STYLES)
        made.others.add(_make_file(made.roll, rng, shot, f"o{number}", style, is_picture))
    document = {
        "Post": {"Posts": {"VideoList": records[::-1]}},
        "Profile": {"Profile Info": {"ProfileMap": {"userName": "mara"}}},
    }
    made.export.write_text(json.dumps(document), "utf-8")
    return made


def write_words(folder: Path, number: int, at: datetime, **more: object) -> None:
    """What yt-dlp wrote of the post while it was there."""
    info = {
        "id": str((int(at.timestamp()) << 32) + 12345),
        "description": f"Words of post {number} #clay",
        "extractor": "TikTok",
        "extractor_key": "TikTok",
        "uploader": "mara",
    }
    (folder / f"{info['id']}.info.json").write_text(json.dumps(info | more), "utf-8")


def _links(number: int, pictures: int) -> str:
    if not pictures:
        host = "https://video-va.tiktokv.com/storage/v1/b"
        return f"{host}/v{number}?mime_type=video_mp4&{DEAD}"
    host = "https://p16-ttdyd-sign-sg.ibyteimg.com/tos-photomode-sg"
    keys = [f"p{number}x{place}" for place in range(pictures)]
    return "\n".join(f"{host}/{key}~tplv-noop.jpeg?{DEAD}" for key in keys)


def _make_file(
    roll: Path, rng: random.Random, shot: datetime, key: str, style: str, is_picture: bool
) -> str:
    """Make a file as one of several phones and apps does."""
    local = shot.astimezone(HOME)
    serial = f"{rng.randint(0, 9999):04}{key}"
    if is_picture:
        names = {
            "iphone": f"IMG_{serial}.JPG",
            "android": f"IMG_{local:%Y%m%d_%H%M%S}.jpg",
            "pixel": f"PXL_{shot:%Y%m%d_%H%M%S}123.jpg",
            "whatsapp": f"IMG-{local:%Y%m%d}-WA{serial[:4]}.jpg",
            "bare": f"Snapchat-{serial}.jpg",
        }
        path = roll / names[style]
        exif = Image.Exif()
        inner: dict[int, str] = {}
        if style in ("iphone", "android"):
            inner[ExifTags.Base.DateTimeOriginal] = f"{local:%Y:%m:%d %H:%M:%S}"
        if style == "iphone":
            inner[ExifTags.Base.OffsetTimeOriginal] = "+03:00"
        if inner:
            exif[ExifTags.IFD.Exif] = inner
        picture(path, rng.randbytes(3), exif)
    else:
        names = {
            "iphone": f"IMG_{serial}.MOV",
            "android": f"VID_{local:%Y%m%d_%H%M%S}.mp4",
            "pixel": f"PXL_{shot:%Y%m%d_%H%M%S}123.mp4",
            "whatsapp": f"VID-{local:%Y%m%d}-WA{serial[:4]}.mp4",
            "bare": f"CapCut {serial}.mp4",
        }
        path = roll / names[style]
        apple = {"com.apple.quicktime.creationdate": f"{local:%Y-%m-%dT%H:%M:%S%z}"}
        zoned = {"creation_time": f"{shot:%Y-%m-%dT%H:%M:%S}.000000Z"}
        metadata = {"iphone": apple, "android": zoned, "pixel": zoned}.get(style, {})
        clip(path, rng.randbytes(3), metadata)
    return path.name


def picture(path: Path, colour: bytes, exif: Image.Exif | None = None) -> Path:
    """A picture of one colour."""
    Image.frombytes("RGB", (48, 64), colour * (48 * 64)).save(path, exif=exif or Image.Exif())
    return path


def clip(path: Path, colour: bytes, metadata: dict[str, str], seconds: int = 2) -> Path:
    """A video of one brightness, a frame each second."""
    options = {"movflags": "use_metadata_tags"}
    with av.open(
        path, "w", format="mov" if path.suffix == ".MOV" else "mp4", options=options
    ) as to:
        to.metadata.update(metadata)
        stream = to.add_stream("libx264", rate=1)
        stream.width, stream.height, stream.pix_fmt = 48, 80, "yuv420p"
        stream.time_base = Fraction(1, 1)
        frame = av.VideoFrame(48, 80, "gray")
        frame.planes[0].update(bytes([colour[0]]) * frame.planes[0].buffer_size)
        for place in range(seconds):
            frame.pts = place
            to.mux(stream.encode(frame.reformat(format="yuv420p")))
        to.mux(stream.encode())
    return path
