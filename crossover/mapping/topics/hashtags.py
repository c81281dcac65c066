"""Takes the hashtags out of a TikTok caption, and tells which of them stay as words of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import regex

from crossover.mapping.topics.communities import name_community
from crossover.mapping.topics.tag_kinds import TagKind, ends_joining, is_joining_word, kind_of

# A joiner is a letter of its tag where another one follows (UTS 31): #ශ්‍රී_ලංකාව, #آموزش‌آشپزی.
_NAME = (
    r"(?=\p{N}*[\p{L}_])[\p{L}\p{N}_]"
    r"(?:[\p{L}\p{N}_]|(?![\uFE0F\u20E3])\p{M}|[\u200C\u200D](?=\p{L}))*+(?![\uFE0F\u20E3])"
)
_NUMBER = r"\p{Nd}{3,}+(?![\p{L}\p{M}\p{N}_\uFE0F\u20E3])"
_URL = r"https?://\S+"
# `C#minor` is no tag, but scripts without blanks between words write 今天#海边. A marker of
# RedNote's own (`#x[话题]#`) is the tag x.
_SPACED = r"\p{Latin}\p{Greek}\p{Cyrillic}"
_TOKEN = regex.compile(
    rf"(?P<url>{_URL})"
    r"|[#＃](?P<marked>[^#＃\s\[\]]+)\[话题\]#"
    rf"|(?<![{_SPACED}\p{{N}}_&/=?#＃])(?:[#＃]+(?P<name>{_NAME}|{_NUMBER}))+"
)
_GLUED = regex.compile(rf"{_URL}|(?<=[{_SPACED}]{{2}})(?P<tags>(?:[#＃](?=\p{{L}}{{3}}){_NAME})+)")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_MENTION = regex.compile(r"@[\p{L}\p{N}_.]+")
_WORD = regex.compile(r"[\p{L}\p{N}]")
_HAN = regex.compile(r"\p{Han}")
_BETWEEN_TAGS = regex.compile(r"[^\p{Extended_Pictographic}\p{Emoji_Modifier}\p{RI}\u200D\uFE0F]+")
_SENTENCE_ENDS = ".!?…。！？"
_BLANK_LINES = regex.compile(r"\n{3,}")
_BLANKS = regex.compile(r" {2,}")
_CONTRACTION = regex.compile(r"['’](?:s|re|m|ve|ll|d)$")


@dataclass(frozen=True, slots=True)
class SplitCaption:
    """A caption taken apart: its text without tags, and the tags in order, each once."""

    text: str
    tags: tuple[str, ...]


def split_hashtags(caption: str) -> SplitCaption:
    """Take the hashtags out of a caption. A tag inside a sentence stays as a plain word; tags in
    front of a line or behind it go, and tags about TikTok go everywhere. `#1` is no tag, `#2025`
    is one among the tags behind a text. `#a#b` are two, a full-width `＃` is a `#`."""
    tags: dict[str, str] = {}
    lines = []
    for line in caption.splitlines():
        if "#" not in line and "＃" not in line:
            lines.append(line.rstrip())
            continue
        taken = _CaptionLine(line)
        for name in taken.tags:
            tags.setdefault(name.casefold(), name)
        lines.append(taken.without_tags())
    text = _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
    return SplitCaption(text, tuple(tags.values()))


def find_glued(text: str) -> tuple[str, ...]:
    """Find what may be hashtags but hangs on a word of a script that writes blanks, as in
    `one#clay#shop`: they stay in the text, since nobody knows whether TikTok took them for tags."""
    if "#" not in text and "＃" not in text:
        return ()
    return tuple(match["tags"] for match in _GLUED.finditer(text) if match["tags"])


def format_hashtags(tags: Iterable[str]) -> str:
    """Write tags as `#one #two`."""
    return " ".join(f"#{tag}" for tag in tags)


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
        self._worded = self._find_worded()
        if any(name.isdecimal() for name in self.tags):
            self._put_numbers_back()
            self._worded = self._find_worded()

    def without_tags(self) -> str:
        """Return the line with each tag as a plain word, or removed."""
        if not self.tags:
            return self._texts[0].rstrip()
        first, last = (self._worded[0], self._worded[-1]) if self._worded else (len(self.tags), 0)
        out = self._between(0, first, last)
        for place, name in enumerate(self.tags):
            stays = bool(self._worded) and self._is_word(place, first, last)
            # A tag glued to the one before it is a word of its own.
            glue = " " if stays and out and out[-1].isalnum() and self._texts[place] == "" else ""
            out += glue + (name_community(name) if stays else "")
            out += self._between(place + 1, first, last)
        return _BLANKS.sub(" ", out).strip().rstrip(" ([")

    def _is_word(self, place: int, first: int, last: int) -> bool:
        """Whether a tag is a word of the sentence around it."""
        name = self.tags[place]
        kind = kind_of(name_community(name))
        before = self._texts[place].rstrip()
        opens = bool(before) and not _WORD.search(before[-1:])  # "For mum ❤️ #gifted hotel stay"
        if kind is TagKind.PLATFORM or (kind is TagKind.AD and opens):
            return False
        if place < first:
            return first == 1 and kind is None
        if place >= last:
            alone = place == len(self.tags) - 1
            return place == last and _continues_sentence(self._texts[last], name, alone=alone)
        return True

    def _find_worded(self) -> list[int]:
        """Find the texts that hold a word, mentions apart."""
        return [
            place
            for place, text in enumerate(self._texts)
            if text and _WORD.search(_MENTION.sub("", text) if "@" in text else text)
        ]

    def _put_numbers_back(self) -> None:
        """Make text of the numbers that are no tags. A tag is a year, or what stands among tags,
        behind all words: `order #1482 is on its way #asmr` keeps its number."""
        last = self._worded[-1] if self._worded else 0
        for place in reversed(range(len(self.tags))):
            name, before = self.tags[place], self._texts[place]
            if name.isdecimal() and not self._is_number_tag(place, last):
                self._texts[place : place + 2] = [f"{before}#{name}{self._texts[place + 1]}"]
                del self.tags[place]

    def _is_number_tag(self, place: int, last: int) -> bool:
        if place != last:
            return place > last
        before = self._texts[place].rstrip()
        if _WORD.search(before[-1:]):
            return bool(_YEAR.fullmatch(self.tags[place])) and not is_joining_word(
                before.split()[-1]
            )
        return bool(_YEAR.fullmatch(self.tags[place])) or any(
            not name.isdecimal() for name in self.tags[place:]
        )

    def _between(self, place: int, first: int, last: int) -> str:
        """Return a piece of text; among listed tags only its emoji and mentions."""
        text = self._texts[place]
        if first <= place <= last:
            return text
        if not text.strip():
            return " "
        kept = [*_MENTION.findall(text), *_BETWEEN_TAGS.sub(" ", _MENTION.sub("", text)).split()]
        return " " + " ".join(kept) + " " if kept else " "


def _continues_sentence(text: str, tag: str, *, alone: bool) -> bool:
    """Whether the tag behind a text belongs to its last sentence, as in `… in #lisbon`. Where no
    blank is written between words, one tag `alone` may, but not one that says the last word again."""
    if text[-1:].isspace():
        word = text.split()[-1].casefold()
        if word[-1] in _SENTENCE_ENDS:
            return False
        return is_joining_word(word, alone=alone) or bool(_CONTRACTION.search(word))
    if not _WORD.search(text[-1:]) or ends_joining(text):
        return bool(_WORD.search(text[-1:]))
    again = text[-1:] if _HAN.match(text[-1:]) else text[-3:]
    return alone and again not in tag
