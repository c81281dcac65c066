"""What of a caption is no words that a title could be made of: credits, accounts, addresses, numbers
of telephones, disclosures between marks, hashtags that hang on a word."""

from __future__ import annotations

from functools import cache

import regex

from crossover.mapping.off_platform import LINK_ENDING
from crossover.mapping.titles.languages import read_common

_CREDIT, _NAME, _ACCOUNT, _MARK, _TAG, _NUMBER, _ADDRESS = range(7)
_SEEN = {
    _MARK: regex.compile(r"[*【\[＼(（〈「]"),
    _CREDIT: regex.compile("[@:：]"),
    _NAME: regex.compile("@"),
    _ACCOUNT: regex.compile("[:：]"),
    _TAG: regex.compile("[#＃]"),
    _NUMBER: regex.compile(r"\d[\d -]{7}"),
    _ADDRESS: regex.compile(rf"@|://|www\.|\.(?:{LINK_ENDING})\b", regex.IGNORECASE),
}
"""What each kind has in it: it is found ten times sooner than they."""


def hide_what_is_no_words(text: str) -> str:
    """Replace it by line ends, as many as it has characters."""
    for kind, seen in _SEEN.items():
        if seen.search(text):
            text = _patterns()[kind].sub(lambda found: "\n" * len(found.group()), text)
    return text


@cache
def _patterns() -> dict[int, regex.Pattern[str]]:
    credits_ = read_common()["credits"].strip()
    withs = "with|con|mit|avec|met|com|עם|с|z"
    apps = "line|whatsapp|telegram|wechat|vx|ig|insta|instagram|snapchat"
    labels = r"保存\w*|必見|永久保存版|建议收藏|收藏\w*|pr|ad|広告|提供|タイアップ|合作|广告|業配|광고|협찬"
    shapes = {
        _CREDIT: rf"(?<![\w@])(?:{credits_})[ ]*[:：-]?[ ]*@[\w.]+(?:[ ]*[,&+]?[ ]*@[\w.]+)*"
        rf"|(?m:^)[ ]*(?:{credits_})[ ]*[:：][^\n]*?(?=\s?\p{{Extended_Pictographic}}|\n|$)"
        rf"|(?<!\S)(?:{credits_})[:：][^\s:：]*[^\x00-\x7F]\S*",
        _NAME: rf"(?m:^)[ ]*(?:(?:{withs})[ ]+)?(?:@[\w.]+(?!['’])[:,]?[ ]+)+",
        _ACCOUNT: rf"(?<!\w)(?:加|关注|關注|追蹤)?(?:{apps})(?: ?id)?(?: [^\s:：]{{1,8}})?[ ]?[:：]"
        r"[ ]*[@\w.+-]+",
        _MARK: r"\*[^*\n]*(?:\b(?:gifted|ad|pr|sponsored|affiliate)\b|בשיתוף פעולה)[^*\n]*\*"
        rf"|[＼\\(（〈「\[【]pr[／/)）〉」\]】]|[【\[](?:{labels})[】\]]",
        _TAG: r"(?<=[\p{L}\p{N}])(?:[#＃][\p{L}\p{N}_]{2,})+",
        _NUMBER: r"(?<![\d.,])(?:\+?\d[ -]?){8,12}\d(?![.,]?\d)",
        _ADDRESS: r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+"
        rf"|(?<![\w@.+-])[\w-]+\.(?:{LINK_ENDING})\b(?:/\S*)?",
    }
    return {kind: regex.compile(shape, regex.IGNORECASE) for kind, shape in shapes.items()}
