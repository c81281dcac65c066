"""What is never a title: orders to the reader, credits, disclosures, greetings, frames of memes."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import regex

from crossover.mapping.titles.languages import Language, load_language, read_common

_SERIES_AT_START = regex.compile(r"\W*(?:[\p{L}.#]{1,8})?\s*\d", regex.IGNORECASE)
_WITH_NAME = r"\p{L}{1,5}\s+@[\w.]*\w[:,]?(?!\S)"
_STITCHED = regex.compile(
    rf"\s*(?:[#＃](?:stitch|duet)\w*\s+(?P<rest>{_WITH_NAME})"
    # "Duet with @maria at the old theatre" tells of a song.
    rf"|(?P<rest>(?:stitch|duet) {_WITH_NAME})\s+(?!(?:at|in|on|from|for|of|to|and|during|live)\b))",
    regex.IGNORECASE,
)
_NO_WORD = regex.compile(r"^\W+")
_TRIM = regex.compile(r"^[^\p{L}\p{M}\p{N}@#*\"“'$€£¥\[]+|[^\p{L}\p{M}\p{N}\"”'%*\])]+$")


@cache
def _replies() -> regex.Pattern[str]:
    ways = "|".join(read_common()["replies"].split("\n")).strip("|")
    return regex.compile(
        rf"\s*(?:(?:{ways})[ ]?[:：]?[ ]?(?:@[\w.]+|user\d+)[:：,]?"
        r"|@[\w.]+?[ ]?(?:さん)?(?:への|に)返信[:：]?"
        r"|@[\w.]+?님(?:에게|의 댓글에)[ ]?(?:보내는 )?(?:답글|답장(?:하기)?)[:：]?)\s*",
        regex.IGNORECASE,
    )


@cache
def _disclosures() -> re.Pattern[str]:
    lists = read_common()["disclosures"] + read_common()["codes"]
    ways = "|".join(line for line in lists.split("\n") if line)
    return re.compile(rf"(?:{ways})$", re.IGNORECASE)


@cache
def _away() -> regex.Pattern[str]:
    ways = "|".join(line for line in read_common()["away"].split("\n") if line)
    return regex.compile(ways, regex.IGNORECASE)


def remove_reply_prefix(text: str) -> str:
    """Remove `Replying to @name` from the beginning of a caption."""
    found = _replies().match(text)
    return text[found.end() :] if found else text


def remove_stitched_name(text: str, caption: str) -> str:
    """Remove the `with @name` that belonged to the `#stitch` or `#duet` at the beginning of the
    caption, from what its hashtags left, and a `duet with @name` without its `#`."""
    found = _STITCHED.match(caption)
    return text.removeprefix(found["rest"]).lstrip() if found else text


def _asked(language: Language) -> tuple[Language, ...]:
    """Both languages whose lists are asked: many captions are half English."""
    return (language,) if language.code == "en" else (language, load_language("en"))


@lru_cache(maxsize=256)  # the clauses of a caption are asked about again as titles
def is_no_title(words: str, language: Language) -> bool:
    """Whether a whole clause is an order, a greeting or a disclosure, in `language` or in English, or
    leads away from RedNote."""
    bare = trim(words)
    if not bare or _disclosures().match(bare) or (not bare.isascii() and _away().search(bare)):
        return True
    # Asked of every clause several times: a loop is quicker than `any` of a generator.
    for one in _asked(language):  # noqa: SIM110
        if one.no_titles.match(bare) or one.counted.match(bare):
            return True
    return False


def is_hollow(words: str, language: Language) -> bool:
    """Whether a whole clause says nothing without what follows it."""
    bare = trim(words)
    return any(one.hollow.match(bare) for one in _asked(language))


def is_opener(words: str, language: Language) -> bool:
    """Whether a whole clause only opens what follows: "Finally!", "Second try", "For mum"."""
    bare = trim(words)
    return any(one.openers.match(bare) for one in _asked(language))


def is_poor(words: str, language: Language) -> bool:
    """Whether a whole clause is thanks, a code or a price, which is no title unless it comes
    first."""
    bare = trim(words)
    return any(one.poor.match(bare) for one in _asked(language))


def is_detail(words: str) -> bool:
    """Whether a clause only counts: "15 min, no mat needed", "3 nights 2 days", "settings > keys"."""
    tokens = words.split()
    if len(tokens) == 1:
        return len(words) < 9 and 4 * sum(map(str.isdecimal, words)) >= len(words)
    if not words[0].isdecimal():
        return " > " in words
    numbers = sum(any(map(str.isdecimal, token)) for token in tokens)
    return ", " in words or 2 * numbers >= len(tokens)


def is_meme_line(words: str, language: Language) -> bool:
    """Whether it is the `no one` of `no one:`."""
    bare = trim(words)
    return any(one.meme_lines.match(bare) for one in _asked(language))


def is_frame(words: str, language: Language) -> bool:
    """Whether it is nothing but the `POV` of `POV: …`."""
    bare = f"{trim(words)}:"
    return any(one.frames.fullmatch(bare) for one in _asked(language))


def find_series(words: str, language: Language) -> int | None:
    """Find the number of `Part 3` or `Ep. 7` where the words are nothing else."""
    if _SERIES_AT_START.match(words) is None:
        return None
    bare = _NO_WORD.sub("", words)
    for one in _asked(language):
        found = one.series.match(bare)
        if found:
            return int(found[1])
    return None


def find_number(text: str, language: Language) -> int | None:
    """Find the number that a caption has in a series, in its first line."""
    line = text.split("\n", 1)[0]
    for one in _asked(language):
        found = one.numbered.search(line)
        if found:
            return int(found[1])
    return None


@lru_cache(maxsize=256)
def trim(words: str) -> str:
    """Remove the marks and emoji around words."""
    plain = words.replace("’", "'")
    if plain[:1].isalnum() and plain[-1:].isalnum():
        return plain
    return _TRIM.sub("", plain)
