"""Reads what yt-dlp and gallery-dl print of a TikTok page, and what gallery-dl writes beside files.

`yt-dlp --flat-playlist -J PAGE` prints one document with `entries`, `-j` one document a line; both
may be whole (`-J`, `-j` alone), and of a single post. Their fields are described in `caption`,
those of gallery-dl in `gallery_dl`.
"""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from crossover.captions import gallery_dl
from crossover.captions.caption import Caption, NoCaption, read_caption

MAX_DOCUMENT = 64 * 1024**2
"""Characters of a single document; 20,000 posts of a flat listing have about as many."""
MAX_LINE = 16 * 1024**2
"""Characters of a line, where every post has a line of its own. Such a file may have any size."""

_SUFFIXES = frozenset({"", ".json", ".jsonl", ".ndjson", ".txt"})
_HEAD = 256 * 1024
_WRITTEN_BY_A_TOOL = re.compile(
    r'"(?:(?:ie_key|extractor_key|extractor|webpage_url|formats)"\s*:|category"\s*:\s*"tiktok")',
    re.ASCII,
)
_SHOWN_PLACES = 3


@dataclass(frozen=True, slots=True)
class Listing:
    """The posts of one file, each id once, and what was no post."""

    words: tuple[Caption, ...]
    wordless: tuple[NoCaption, ...]


def recognises(path: Path) -> bool:
    """Whether the file looks like something that yt-dlp or gallery-dl wrote, by its beginning. Never
    raises."""
    if path.suffix.lower() not in _SUFFIXES or path.name.startswith("."):
        return False
    try:
        with _open_text(path) as text:
            head = text.read(_HEAD)
    except (OSError, ValueError):
        return False
    return _WRITTEN_BY_A_TOOL.search(head) is not None


def read_listing(path: Path) -> Listing:
    """Read one listing, or several concatenated ones. Never raises: a line or entry that is no
    TikTok post becomes a `NoCaption`, and the others are not affected."""
    words: dict[str, Caption] = {}
    odd: Counter[str] = Counter()
    places: dict[str, list[str]] = {}
    try:
        with _open_text(path) as text:
            for place, value in _read_posts(text):
                read = _read_post(value, path.name)
                if isinstance(read, NoCaption):
                    odd[read.reason] += 1
                    if odd[read.reason] <= _SHOWN_PLACES:
                        places.setdefault(read.reason, []).append(place)
                elif read.tiktok_id not in words or words[read.tiktok_id].text is None:
                    words[read.tiktok_id] = read
    except (OSError, ValueError) as exc:
        reason = f"it cannot be read: {getattr(exc, 'strerror', None) or exc}"
        return Listing((), (NoCaption(path.name, reason),))
    if not words and not odd:
        return Listing((), (NoCaption(path.name, "it lists no posts, so none were found to list"),))
    wordless = (
        NoCaption(f"{path.name}, {_describe_places(odd[why], places[why])}", why) for why in odd
    )
    return Listing(tuple(words.values()), tuple(wordless))


def _read_post(value: Any, source: str) -> Caption | NoCaption:
    if isinstance(value, NoCaption):
        return value
    if gallery_dl.recognises(value):
        return gallery_dl.read_post(value, source)
    return read_caption(value, source)


def _open_text(path: Path) -> TextIO:
    """Open a text in UTF-8, or in UTF-16 as the `>` of Windows PowerShell writes it."""
    with path.open("rb") as file:
        start = file.read(2)
    wide = start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return path.open(encoding="utf-16" if wide else "utf-8-sig", errors="replace")


def _read_posts(text: TextIO) -> Iterator[tuple[str, Any]]:
    """Yield every post with its place in the file; a `NoCaption` for what cannot be decoded."""
    whole = text.read(MAX_DOCUMENT + 1)
    value = _decode(whole) if len(whole) <= MAX_DOCUMENT else NoCaption("", "")
    if not isinstance(value, NoCaption):
        yield from _flatten_entries(value, "entry")
        return
    del whole
    text.seek(0)
    for number, line in enumerate(_read_lines(text), 1):
        if isinstance(line, NoCaption):
            yield f"line {number}", line
        elif line.strip():
            yield from _flatten_entries(_decode(line), f"line {number}")


def _flatten_entries(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    """Yield the posts in one document: those it lists, at any depth, or itself."""
    waiting = [(place, value)]
    while waiting:
        at, one = waiting.pop()
        inner = one.get("entries") if isinstance(one, dict) else one
        if (row := gallery_dl.read_row(one)) is not None:
            yield at, row
        elif isinstance(inner, list):
            numbered = [(f"entry {number}", each) for number, each in enumerate(inner, 1)]
            waiting += reversed(numbered)
        else:
            yield at, one


def _read_lines(text: TextIO) -> Iterator[str | NoCaption]:
    while line := text.readline(MAX_LINE):
        if len(line) < MAX_LINE or line.endswith("\n"):
            yield line
            continue
        while (rest := text.readline(MAX_LINE)) and not rest.endswith("\n"):
            pass
        size = f"it is longer than {MAX_LINE // 1024**2} MiB"
        yield NoCaption("", f"{size}; have yt-dlp write a line for each post: --flat-playlist -j")


def _decode(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return NoCaption("", "it is not JSON")


def _describe_places(count: int, places: list[str]) -> str:
    if count == 1:
        return places[0]
    return f"each of {count:,} places ({', '.join(places)}{', …' if count > len(places) else ''})"
