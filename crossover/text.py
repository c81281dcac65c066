"""Letters as people and RedNote count them, numbers as ranges, and `safe()` for every output."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_UNSAFE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and line feed, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls
    "\u2028\u2029"
    "\U000e0000-\U000e007f"  # tags: invisible text; flag sequences lose their tail, not their head
    "\ud800-\udfff"
    "]"
)
_BREAKS = re.compile(r"[\t\n]+")


def safe(text: object) -> str:
    """Text that can be printed or logged anywhere: what could steer a terminal or turn the
    reading direction is shown as a visible escape. Line feeds and tabs stay."""
    plain = str(text)
    return plain if plain.isprintable() else _UNSAFE.sub(_escape, plain)


def one_line(text: object) -> str:
    """`safe()` with white space folded into single blanks, for tables and progress lines."""
    return " ".join(safe(text).split())


def sentence(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def whole_sentence(text: str) -> str:
    """The text with a capital at its beginning and a full stop at its end."""
    return sentence(text) + ("" if text.endswith((".", "!", "?", "…")) else ".")


def unbroken(text: object) -> str:
    """`safe()` with line breaks and tabs as blanks: a sentence, a command or a log line stays one
    line whatever name stands in it, and the blanks that align it stay."""
    return _BREAKS.sub(" ", safe(text))


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def graphemes(text: str) -> list[str]:
    """The letters a person sees: a family emoji, a flag, an accented letter is one each."""
    import regex  # slow to load; it knows Unicode's borders of letters, as `re` does not

    return regex.findall(r"\X", text)


def utf16_length(text: str) -> int:
    """UTF-16 code units, as RedNote's own page counts the description."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def half_units(text: str) -> int:
    """Title halves: 1 for each UTF-16 unit up to 127, 2 for every other. Two halves are a unit."""
    if text.isascii():
        return len(text)
    return 2 * utf16_length(text) - len(text.encode("ascii", "ignore"))


def title_units(text: str) -> int:
    """RedNote's title units: halves, rounded up (firm; rednote.com and xiaohongshu.com alike)."""
    return (half_units(text) + 1) // 2


def title_length(title: str, most: int) -> str:
    """Format the length of a title that may have `most` units, as `28 of 40 letters`, or where
    RedNote counts some letters twice or more `17 letters, which count as 34 of 40`."""
    letters, counted = len(graphemes(title)), half_units(title)
    if letters == counted:
        return f"{counted} of {2 * most} letters"
    return f"{letters} letters, which count as {counted} of {2 * most}"


def cut(text: str, limit: int, measure: Callable[[str], int], *, ellipsis: str = "…") -> str:
    """The longest beginning of `text` that measures at most `limit` together with `ellipsis`.

    Cuts between words where that keeps at least half of what would fit, else between letters,
    and never inside a letter. Text that fits comes back unchanged.
    """
    if measure(text) <= limit:
        return text
    kept = ""
    for letter in graphemes(text):
        if measure(kept + letter + ellipsis) > limit:
            break
        kept += letter
    words = kept.rstrip()
    if kept and not kept[-1].isspace() and not text[len(kept) :][:1].isspace():
        at_word = re.split(r"\s+\S*$", kept, maxsplit=1)[0].rstrip()
        if measure(at_word) * 2 >= measure(kept):
            words = at_word
    words = words.rstrip(" \t\n,;:-–—(")
    return words + ellipsis if words else ""


def join_ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Join numbers of which one follows the other into ranges, each its first and last, in the order
    in which they are given."""
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return ranges


def format_ranges(numbers: Iterable[int]) -> list[str]:
    """Format the ranges of `join_ranges` as `3`, `15-17`."""
    return [format_range(*both) for both in join_ranges(numbers)]


def format_range(first: int, last: int) -> str:
    """Format as `3`, `15-17`."""
    return str(first) if first == last else f"{first}-{last}"
