"""Small exports, made in a line."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crossover.exports.base import Export
from crossover.exports.read import read_export

MADE = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
VIDEO_DIES = int(MADE.timestamp()) + 10 * 86400
PHOTO_DIES = int(MADE.timestamp()) + 4 * 86400


def video_link(name: str = "abc", expires: int = VIDEO_DIES) -> str:
    return (
        f"https://video-va.tiktokv.com/storage/v1/tos-x/{name}?a=1&mime_type=video_mp4"
        f"&x-tos-expires={expires}&x-tos-signature=SIGNED%2Bx"
    )


def photo_link(name: str = "p", expires: int = PHOTO_DIES) -> str:
    return (
        f"https://p16-ttdyd-sign-sg.ibyteimg.com/tos-i-photomode-sg/{name}~tplv-noop.jpeg"
        f"?x-expires={expires}&x-signature=SIGNED%3D"
    )


def record(date: str = "2025-02-06 15:50:46", **fields: Any) -> dict[str, Any]:
    return {"Date": date, "Link": video_link(), "Likes": "5", **fields}


def document(*records: Any) -> dict[str, Any]:
    return {
        "Profile And Settings": {"Profile Info": {"ProfileMap": {"userName": "made_up"}}},
        "Post": {"Posts": {"VideoList": list(records)}},
    }


def write(folder: Path, content: Any, name: str = "user_data_tiktok.json") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def write_zip(path: Path, members: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            data = content if isinstance(content, bytes) else json.dumps(content).encode()
            info = zipfile.ZipInfo("x")
            info.filename = name  # the constructor would put backslashes right
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return path


def read(folder: Path, content: Any) -> Export:
    return read_export(write(folder, content))
