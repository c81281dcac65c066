"""Words from the `.info.json` file that yt-dlp writes beside a TikTok video."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crossover.model import Kind

MAX_BYTES = 16 * 1024**2
"""A larger file is not read. Real ones have tens of kilobytes."""

_TIKTOK_PAGE = re.compile(r"https?://(?:[\w-]+\.)?tiktok\.com/", re.IGNORECASE)
_ID = re.compile(r"[0-9]{15,20}")
_AUDIO = frozenset({"mp3", "m4a", "aac", "ogg", "opus"})


@dataclass(frozen=True, slots=True)
class Words:
    """What one file says of one post. `text` is the caption as written, None when there is none;
    `handle` is whose post it is, without `@`; `posted_at` is TikTok's own time for it."""

    tiktok_id: str
    text: str | None
    title: str | None
    posted_at: datetime | None
    kind: Kind | None
    handle: str | None
    source: Path


@dataclass(frozen=True, slots=True)
class NoWords:
    """A file that gave nothing, and why."""

    source: Path
    reason: str


def recognises(path: Path) -> bool:
    """Whether the name is one that yt-dlp gives (`….info.json`)."""
    return path.name.lower().endswith(".info.json") and not path.name.startswith("._")


def read_info(path: Path) -> Words | NoWords:
    """Read one `.info.json`. Never raises: whatever is wrong with a file is its `reason`."""
    try:
        if not path.is_file():
            return NoWords(path, "it is not a file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as exc:
        return NoWords(path, f"it cannot be opened: {getattr(exc, 'strerror', None) or exc}")
    if len(data) > MAX_BYTES:
        return NoWords(path, f"it is larger than {MAX_BYTES // 1024**2} MiB")
    try:
        info = json.loads(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return NoWords(path, "it is not JSON")
    return read_words(info, path)


def read_words(info: Any, source: Path) -> Words | NoWords:
    """The words in the decoded content of an `.info.json`."""
    if not isinstance(info, dict):
        return NoWords(source, "it does not describe a post")
    page = _text(info, "webpage_url") or ""
    if not _is_tiktok(info, page):
        return NoWords(source, "it is not about a TikTok post")
    if _text(info, "_type") not in (None, "video"):
        return NoWords(source, "it lists a page, not one post")
    tiktok_id = str(info.get("id", ""))
    if not _ID.fullmatch(tiktok_id):
        return NoWords(source, "it has no TikTok id")
    return Words(
        tiktok_id=tiktok_id,
        text=_text(info, "description"),
        title=_text(info, "title"),
        posted_at=_moment(info.get("timestamp")),
        kind=_kind(info, page),
        handle=(_text(info, "uploader") or "").removeprefix("@") or None,
        source=source,
    )


def _is_tiktok(info: dict[str, Any], page: str) -> bool:
    maker = _text(info, "extractor_key") or _text(info, "extractor")
    if maker is not None:
        return maker.lower().startswith("tiktok")
    return _TIKTOK_PAGE.match(page) is not None


def _kind(info: dict[str, Any], page: str) -> Kind | None:
    """By the page's address. yt-dlp also calls a photo post's page `/video/` and then finds only
    its music, so a file with sound alone tells nothing."""
    if "/photo/" in page:
        return Kind.PHOTOS
    sound_only = info.get("vcodec") == "none" or info.get("ext") in _AUDIO
    return Kind.VIDEO if "/video/" in page and not sound_only else None


def _text(info: dict[str, Any], key: str) -> str | None:
    value = info.get(key)
    if not isinstance(value, str) or not value.strip():
        return None
    # Half a character pair (a cut emoji) cannot be written to any file.
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _moment(value: Any) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return datetime.fromtimestamp(int(value), UTC)
    except (OverflowError, ValueError, OSError):
        return None
