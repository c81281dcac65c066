"""Folders as gallery-dl leaves them of TikTok, by the names and fields of its 1.32; nothing of it is
run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PICTURE = b"\xff\xd8\xff\xe0"
SOUND = "7240411498250914817"
"""The id of a sound, which stands in the name of a post's music: as long as a post's own."""


def fields(tiktok_id: str, desc: str, *, handle: str = "mara", **more: Any) -> dict[str, Any]:
    """What gallery-dl writes of one file of a photo post; like the page, it calls a part `video`."""
    known = {
        "id": tiktok_id,
        "desc": desc,
        "createTime": str(int(tiktok_id) >> 32),
        "video": {"id": tiktok_id, "duration": 0},
        "author": {"uniqueId": handle, "nickname": "Mara"},
        "music": {"id": SOUND, "title": "original sound"},
        "imagePost": {"images": []},
        "user": handle,
        "date": "2025-05-01 12:00:00",
        "post_type": "image",
        "type": "image",
        "title": desc or f"TikTok photo #{tiktok_id}",
        "num": 1,
        "file_id": "tos-0123",
        "category": "tiktok",
        "subcategory": "user",
    }
    return known | more


def photo_post(folder: Path, tiktok_id: str, desc: str, pictures: int, **more: Any) -> Path:
    """Write a photo post with its pictures, its music and a sidecar beside each."""
    of_account = folder / "tiktok" / "mara"
    of_account.mkdir(parents=True, exist_ok=True)
    words = desc.split("\n")[0][:60] or f"TikTok photo #{tiktok_id}"
    for num in range(1, pictures + 1):
        name = f"{tiktok_id}_{num:02} {words} [{num:032x}].jpeg"
        (of_account / name).write_bytes(PICTURE + name.encode())
        sidecar(of_account / name, fields(tiktok_id, desc, num=num, **more))
    music = of_account / f"{tiktok_id} {words} [{SOUND}].mp3"
    music.write_bytes(b"ID3")
    sidecar(music, fields(tiktok_id, desc, type="audio", num=0, file_id=SOUND, **more))
    return of_account


def sidecar(beside: Path, what: dict[str, Any]) -> Path:
    path = beside.with_name(f"{beside.name}.json")
    path.write_text(json.dumps(what, indent=4, ensure_ascii=False), "utf-8")
    return path
