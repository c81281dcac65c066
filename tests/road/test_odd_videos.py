"""A creator's folder of videos that are not what they seem: each is named as what it is, with the
way out, and `action: move` sends what is sent on the creator's word."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.media.made_films import AAC, FASTSTART, H264, ffmpeg, film, sdr
from tests.road.conftest import Crossover

_FILM = (*sdr(), *H264, *AAC, *FASTSTART)


def whole(path: Path) -> None:
    film(path, "-vf", "noise=alls=60:allf=t", "-pix_fmt", "yuv420p", *H264, *AAC, *FASTSTART)


def silent(path: Path) -> None:
    film(path, *sdr(), *H264, *FASTSTART, sound=None)


def emptied(path: Path) -> None:
    whole(path)
    data = bytearray(path.read_bytes())
    third = len(data) // 3
    data[third : 2 * third] = bytes(third)
    path.write_bytes(data)


def of_bytevc2(path: Path) -> None:
    film(path, *_FILM)
    path.write_bytes(path.read_bytes().replace(b"avc1", b"bvc2").replace(b"avcC", b"bv2C"))


def sound_alone(path: Path) -> None:
    ffmpeg("-f", "lavfi", "-i", "sine=d=1", *AAC, str(path))


MADE: dict[str, Callable[[Path], None]] = {
    "whole": whole,
    "without sound": silent,
    "with a hole": emptied,
    "of ByteVC2": of_bytevc2,
    "sound alone": sound_alone,
}


def account(folder: Path) -> None:
    """An export and, as yt-dlp names it, a file for each of its posts."""
    folder.mkdir()
    records = []
    for day, (name, make) in enumerate(MADE.items(), 1):
        moment = datetime(2025, 3, day, 9, tzinfo=UTC)
        tiktok_id = str((int(moment.timestamp()) << 32) + 12345)
        make(folder / f"{tiktok_id}.mp4")
        info = {
            "id": tiktok_id,
            "description": f"A morning at the wheel, {name}",
            "timestamp": int(moment.timestamp()),
            "extractor": "TikTok",
            "acodec": "aac",
            "webpage_url": f"https://www.tiktok.com/@mara/video/{tiktok_id}",
        }
        (folder / f"{tiktok_id}.info.json").write_text(json.dumps(info))
        link = f"https://video-va.tiktokv.com/storage/v1/b/o{day}?mime_type=video_mp4"
        records.append(
            {
                "Date": f"{moment:%Y-%m-%d %H:%M:%S}",
                "Link": f"{link}&x-tos-expires=1700000000",
                "WhoCanView": "Everyone",
            }
        )
    export = {"Post": {"Posts": {"VideoList": records}}}
    (folder / "user_data_tiktok.json").write_text(json.dumps(export))


@pytest.mark.complete
def test_each_is_named_as_what_it_is_and_the_creator_has_the_last_word(
    crossover: Crossover, tmp_path: Path
) -> None:
    account(tmp_path / "files")
    workspace = tmp_path / "w"
    crossover("add", tmp_path / "files", "-w", workspace)
    screen = crossover("plan", "-w", workspace).stderr
    assert "5 posts found = 1 move + 4 on hold" in screen
    for said in (
        "The video has no sound, and its post had some. Some of TikTok's files come so.",
        "of the video is missing in its file, from 0:00 on",
        "Its file cannot be used: its picture is coded as bvc2, which hardly anything plays.",
        "Its file cannot be used: it is sound alone, without a picture.",
    ):
        assert said in " ".join(screen.split())
    (workspace / "edits.yaml").write_text(
        "version: 1\nnotes:\n  2: {action: move}\n  3: {action: move}\n  4: {action: move}\n"
    )
    screen = crossover("plan", "-w", workspace).stderr
    assert "5 posts found = 3 move + 2 on hold" in screen
