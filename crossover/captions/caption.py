"""One caption of a second source, and how yt-dlp writes it.

Read in the source of yt-dlp 2026.10.26 (its TikTok part) and tried with it, November 2026: a single
post and an entry of a user's page carry the same fields. `id`, `description` (the whole caption),
`timestamp` (TikTok's createTime, unix seconds), `duration` (whole seconds; of a photo post that of
its music), `uploader` (the handle without `@`), `uploader_id`,
`channel` (the display name), `track` (the title of its music), `acodec` (how the sound of the chosen
format is coded, or `none`). `title` is the caption cut to 72 bytes, so it is not used: TikTok's
own title of a photo post is not written. An entry of a page has `_type: url`, `ie_key` and `url`
in place of `formats` and `extractor_key`, and its address always says `/video/`, for a photo post
too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from crossover.model.posts import Kind
from crossover.model.tiktok import clean_handle, handle_in, is_tiktok_page

POST_ID = re.compile(r"[0-9]{15,20}")
"""What TikTok's id of a post looks like."""
_AUDIO = frozenset({"mp3", "m4a", "aac", "ogg", "opus"})
_LONGEST = 86_400
_FLAT = frozenset({"url", "url_transparent"})


KINDS = MappingProxyType({Kind.VIDEO: "video", Kind.PHOTOS: "pictures", None: "neither"})
"""What a source says that a post is, in a creator's words."""


@dataclass(frozen=True, slots=True)
class Caption:
    """The caption of one post in one source. `text` is the caption as written, None when there is
    none; `handle` is the account's, without `@`; `posted_at` is TikTok's own time for the post
    (UTC); `source` is the name of the file or page; `seconds` is how long its video is, to the
    second; `sounded`: it is said to have sound."""

    tiktok_id: str
    text: str | None
    posted_at: datetime | None
    kind: Kind | None
    handle: str | None
    source: str
    seconds: float | None = None
    sounded: bool = False


@dataclass(frozen=True, slots=True)
class NoCaption:
    """A file or an entry without a caption, and why."""

    source: str
    reason: str


def read_caption(info: Any, source: str) -> Caption | NoCaption:
    """Read the caption of one post as yt-dlp wrote it. Never raises, whatever `info` is."""
    if info is None:
        return NoCaption(source, "yt-dlp itself could not read it")
    if not isinstance(info, dict):
        return NoCaption(source, "it does not describe a post")
    page = read_text(info, "webpage_url") or read_text(info, "url") or ""
    if not _is_tiktok_info(info, page):
        return NoCaption(source, "it is not about a TikTok post")
    form = read_text(info, "_type")
    if form not in (None, "video", *_FLAT):
        return NoCaption(source, "it lists a page, not one post")
    tiktok_id = str(info.get("id", ""))
    if not POST_ID.fullmatch(tiktok_id):
        return NoCaption(source, "it has no TikTok id")
    return Caption(
        tiktok_id=tiktok_id,
        text=read_text(info, "description"),
        posted_at=parse_time(info.get("timestamp")),
        kind=_infer_kind(info, page, flat=form in _FLAT),
        handle=clean_handle(read_text(info, "uploader") or handle_in(page)),
        source=source,
        seconds=_parse_length(info.get("duration")),
        sounded=_is_sounded(info),
    )


def _is_tiktok_info(info: dict[str, Any], page: str) -> bool:
    for key in ("extractor_key", "extractor", "ie_key"):
        if maker := read_text(info, key):
            return maker.lower().startswith("tiktok")
    return is_tiktok_page(page)


def _infer_kind(info: dict[str, Any], page: str, *, flat: bool) -> Kind | None:
    """Infer the kind from the page's address. yt-dlp also calls a photo post's page `/video/` and
    then finds only its music, so sound alone gives no kind, and a flat list, which opens no post,
    neither."""
    if "/photo/" in page:
        return Kind.PHOTOS
    sound_only = info.get("vcodec") == "none" or info.get("ext") in _AUDIO
    return Kind.VIDEO if "/video/" in page and not sound_only and not flat else None


def _is_sounded(info: dict[str, Any]) -> bool:
    """Whether it plays a track, or its format is said to have sound. yt-dlp says so of TikTok's
    `bytevc1` formats, too, whose files come without (yt-dlp #15891, #16950, 2026)."""
    coding = read_text(info, "acodec")
    return read_text(info, "track") is not None or coding not in (None, "none")


def read_text(info: dict[str, Any], key: str) -> str | None:
    """Read a text that is not blank; None for everything else."""
    value = info.get(key)
    if not isinstance(value, str) or not value.strip():
        return None
    # Half a character pair (a cut emoji) cannot be written to any file.
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _parse_length(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 < value < _LONGEST else None


def parse_time(value: Any) -> datetime | None:
    """Read unix seconds; None for what is no time."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return datetime.fromtimestamp(int(value), UTC)
    except (OverflowError, ValueError, OSError):
        return None
