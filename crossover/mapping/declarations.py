"""What a note says of itself on RedNote: that it is advertising, where the caption says so, or
original work, where the creator does."""

from __future__ import annotations

from functools import cache

import regex

from crossover.mapping.titles.languages import read_common
from crossover.mapping.topics.tag_kinds import TagKind, kind_of
from crossover.model.choices import YOURS, Edit, Rules
from crossover.model.notes import Change
from crossover.model.posts import Declaration, Post

_CODE = regex.compile(
    r"\bcode:? [\"'“]?(?-i:[A-Z]{2,}\d*)\b[^\n]{0,24}%|\d+ ?% off[^\n]{0,30}\bcode (?-i:[A-Z]{2,})",
    regex.IGNORECASE,
)
_BRAND = regex.compile(r"(?<![\w.])@[\w.]+")


@cache
def _ads() -> regex.Pattern[str]:
    ways = "|".join(line for line in read_common()["ads"].split("\n") if line)
    # None begins within a word of Latin letters: most places are passed over at once.
    return regex.compile(rf"(?<![a-z](?=[a-z]))(?:{ways})", regex.IGNORECASE | regex.MULTILINE)


def declare(post: Post, ad: str, edit: Edit) -> tuple[Declaration, tuple[Change, ...]]:
    """Decide what a note says of itself: what the creator says, else what TikTok was told, else
    advertising where the words `ad` of its caption say so."""
    declared, changes = post.declaration, list[Change]()
    if ad and declared is Declaration.NONE:
        declared, why = Declaration.AD, f"the caption says {ad!r}"
        changes.append(Change("declaration", post.declaration, declared, why))
    if edit.declaration not in (None, declared):
        changes.append(Change("declaration", declared, edit.declaration, YOURS))
        declared = edit.declaration
    return declared, tuple(changes)


def claim_original(rules: Rules, edit: Edit) -> tuple[bool, tuple[Change, ...]]:
    """Decide whether the note is claimed as original work: as the creator says of it, else as their
    rule does."""
    original, why = rules.original, "your rule `original`"
    if edit.original is not None:
        original, why = edit.original, YOURS
    if not original:
        return False, ()
    return True, (Change("original", "", "original work (原创)", why),)


def find_ad(text: str, tags: tuple[str, ...]) -> str:
    """Find the words by which a caption says that somebody paid for it; empty where it does not.
    `text` is without its hashtags, with its names."""
    tag = next((tag for tag in tags if kind_of(tag) is TagKind.AD), None)
    if tag is not None:
        return f"#{tag}"
    found = _ads().search(text)
    if found:
        return found.group().strip(" |/:–-")
    code = _CODE.search(text)
    return code.group() if code and _BRAND.search(text) else ""
