"""Turns the hashtags of a TikTok caption into topics of a RedNote note, and removes them from the
text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

import regex

from crossover.model.notes import Change

_NAME = (
    r"(?=\p{N}*[\p{L}_])[\p{L}\p{N}_](?:[\p{L}\p{N}_]|(?![\uFE0F\u20E3])\p{M})*+(?![\uFE0F\u20E3])"
)
_URL = r"https?://\S+"
# `C#minor` is no tag, but scripts without blanks between words write 今天#海边. A marker of
# RedNote's own (`#x[话题]#`) is the tag x.
_TOKEN = regex.compile(
    rf"(?P<url>{_URL})"
    r"|[#＃](?P<marked>[^#＃\s\[\]]+)\[话题\]#"
    rf"|(?<![\p{{Latin}}\p{{Greek}}\p{{Cyrillic}}\p{{N}}_&/=?#＃])(?:[#＃]+(?P<name>{_NAME}))+"
)
_MENTION = regex.compile(r"@[\p{L}\p{N}_.]+")
_WORD = regex.compile(r"[\p{L}\p{N}]")
_BETWEEN_TAGS = regex.compile(r"[^\p{Extended_Pictographic}\p{Emoji_Modifier}\p{RI}\u200D\uFE0F]+")
_CONTRACTION = regex.compile(r"['’](?:s|re|m|ve|ll|d)$")


@dataclass(frozen=True, slots=True)
class SplitCaption:
    """A caption taken apart: its text without tags, and the tags in order, each once."""

    text: str
    tags: tuple[str, ...]


def split_hashtags(caption: str) -> SplitCaption:
    """Take the hashtags out of a caption. A tag inside a sentence stays as a plain word; tags in
    front of a line or behind it go, and tags about TikTok go everywhere. `#1` is no tag, `#a#b`
    are two, a full-width `＃` is a `#`."""
    tags: dict[str, str] = {}
    lines = []
    for line in caption.splitlines():
        taken = _CaptionLine(line)
        for name in taken.tags:
            tags.setdefault(name.casefold(), name)
        lines.append(taken.without_tags())
    text = regex.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return SplitCaption(text, tuple(tags.values()))


class _CaptionLine:
    """One line as `text tag text tag … text`."""

    def __init__(self, line: str) -> None:
        self.tags: list[str] = []
        self._texts: list[str] = [""]
        place = 0
        for token in _TOKEN.finditer(line):
            self._texts[-1] += line[place : token.start()]
            place = token.end()
            if token["url"]:
                self._texts[-1] += token["url"]
            else:
                names = [token["marked"]] if token["marked"] else token.captures("name")
                self.tags += names
                self._texts += [""] * len(names)
        self._texts[-1] += line[place:]

    def without_tags(self) -> str:
        """Return the line with each tag as a plain word, or removed."""
        if not self.tags:
            return self._texts[0].rstrip()
        worded = [n for n, text in enumerate(self._texts) if _WORD.search(_MENTION.sub("", text))]
        first, last = (worded[0], worded[-1]) if worded else (len(self.tags), 0)
        out = self._between(0, first, last)
        for place, name in enumerate(self.tags):
            in_front, behind = place < first, place >= last
            if _is_platform(name):
                stays = False
            elif in_front:
                stays = first == 1 and bool(worded)
            elif behind:
                stays = place == last and bool(worded) and _continues_sentence(self._texts[last])
            else:
                stays = True
            # A tag glued to the one before it is a word of its own.
            glue = " " if stays and out and out[-1].isalnum() and self._texts[place] == "" else ""
            out += glue + (name if stays else "") + self._between(place + 1, first, last)
        return regex.sub(r" {2,}", " ", out).strip().rstrip(" ([")

    def _between(self, place: int, first: int, last: int) -> str:
        """Return a piece of text; among listed tags only its emoji and mentions."""
        text = self._texts[place]
        if first <= place <= last:
            return text
        kept = [*_MENTION.findall(text), *_BETWEEN_TAGS.sub(" ", _MENTION.sub("", text)).split()]
        return " " + " ".join(kept) + " " if kept else " "


def _continues_sentence(text: str) -> bool:
    """Whether the next word belongs to the same sentence, as in `… in #lisbon`."""
    if not text[-1:].isspace():
        return bool(_WORD.search(text[-1:]))
    word = text.split()[-1].casefold()
    return word in _load_topics()["joining_words"] or bool(_CONTRACTION.search(word))


def choose_topics(
    tags: tuple[str, ...], *, most: int, drop: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[Change, ...]]:
    """Choose the first `most` tags that mean something on RedNote, in order, each once, and list
    what was left out."""
    tags = tuple({tag.casefold(): tag for tag in reversed(tags)}.values())[::-1]
    unwanted = {name.casefold() for name in drop}
    platform = [t for t in tags if _is_platform(t)]
    others = [t for t in tags if not _is_platform(t)]
    by_rule = [t for t in others if t.casefold() in unwanted]
    rest = [t for t in others if t.casefold() not in unwanted]
    changes = []
    if platform:
        changes.append(_dropped_change(platform, "tags about TikTok mean nothing on RedNote"))
    if by_rule:
        changes.append(_dropped_change(by_rule, "your rules leave these tags out"))
    if rest[most:]:
        changes.append(_dropped_change(rest[most:], f"a note carries at most {most} topics"))
    return tuple(rest[:most]), tuple(changes)


def format_hashtags(tags: Iterable[str]) -> str:
    """Write tags as `#one #two`."""
    return " ".join(f"#{tag}" for tag in tags)


def _dropped_change(tags: list[str], why: str) -> Change:
    return Change("topics", format_hashtags(tags), "", why)


@cache
def _is_platform(tag: str) -> bool:
    name = tag.casefold()
    return any(
        name.startswith(entry[:-1]) if entry.endswith("*") else name == entry
        for entry in _load_topics()["platform"]
    )


@cache
def _load_topics() -> dict[str, list[str]]:
    import yaml  # slow to load

    text = resources.files(__package__).joinpath("topics.yaml").read_text("utf-8")
    return {
        key: [entry.casefold() for entry in entries]
        for key, entries in yaml.safe_load(text).items()
    }
