"""One post as gallery-dl writes it: the file beside each picture, and what it prints.

Read in the source of gallery-dl 1.32.18 (its TikTok part), November 2026: `--write-metadata` writes
`NAME.json` beside the file `NAME`; `-j` prints a list of rows, `[2, FIELDS]` for a post,
`[3, address, FIELDS]` for a file and `[-1, ERROR]`. The fields are the post's own on TikTok's page
(`id`, `desc`, the whole caption, `createTime`, unix seconds) and gallery-dl's `category` (`tiktok`),
`user` (the handle) and `post_type` (`image` or `video`). `title` is the caption, or made up where
there is none, so it is not used.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from crossover.captions.caption import POST_ID, Caption, NoCaption, parse_time, read_text
from crossover.model.posts import Kind
from crossover.model.tiktok import clean_handle

_KINDS = {"image": Kind.PHOTOS, "video": Kind.VIDEO}
_SIDECAR = re.compile(r"\.(jpe?g|png|webp|heic|image|mp4|webm|mp3|m4a)\.json", re.IGNORECASE)


def is_sidecar_name(name: str) -> bool:
    """Whether a file is called as gallery-dl calls those beside pictures, videos and music."""
    return _SIDECAR.search(name[-10:]) is not None


def recognises(value: Any) -> bool:
    """Whether it is a post of TikTok as gallery-dl writes it."""
    return isinstance(value, dict) and value.get("category") == "tiktok"


def read_row(value: Any) -> Any:
    """The post in a row that gallery-dl printed, or what it says in place of one; None for what is
    no such row."""
    if not isinstance(value, list) or len(value) < 2 or type(value[0]) is not int:
        return None
    if value[0] < 0:
        return NoCaption("", "gallery-dl itself could not read it")
    return (
        value[-1] if isinstance(value[-1], dict) else NoCaption("", "it does not describe a post")
    )


def read_post(fields: dict[str, Any], source: str) -> Caption | NoCaption:
    """Read the caption of one post. Never raises, whatever the fields are."""
    tiktok_id = str(fields.get("id", ""))
    if not POST_ID.fullmatch(tiktok_id):
        return NoCaption(source, "it has no TikTok id")
    author = fields.get("author")
    handle = read_text(fields, "user") or (
        read_text(author, "uniqueId") if isinstance(author, dict) else None
    )
    return Caption(
        tiktok_id=tiktok_id,
        text=read_text(fields, "desc"),
        posted_at=_parse_created(fields.get("createTime")),
        kind=_KINDS.get(read_text(fields, "post_type") or ""),
        handle=clean_handle(handle),
        source=source,
    )


def _parse_created(value: Any) -> datetime | None:
    digits = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12
    return parse_time(int(value) if digits else value)
