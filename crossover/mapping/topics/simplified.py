"""Traditional Chinese in simplified characters, as RedNote is written: the frequent ones of hashtags.

`mapping/simplified.yaml` has the pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from crossover.package_data import load_data


@cache
def _load_pairs() -> Mapping[int, str]:
    """Load the simplified character of each traditional one, by its code point."""
    pairs: str = load_data("crossover.mapping", "simplified.yaml")["pairs"]
    return {ord(pair[0]): pair[1] for pair in pairs.split()}


def simplify(text: str) -> str:
    """Write it in simplified characters: 閱讀 becomes 阅读. A word with a character that is neither
    simplified nor known here stays as it is: half of it in each script would be no word."""
    simplified = text.translate(_load_pairs())
    return simplified if all(map(_is_simplified, simplified)) else text


def _is_simplified(letter: str) -> bool:
    """Whether GB 2312 has it, the standard of simplified characters; other scripts do not count."""
    if not "\u4e00" <= letter <= "\u9fff":
        return True
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
