"""The captions of the made corpus."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import regex

_HERE = Path(__file__).parent
_SCRIPTS = (
    *("Latin", "Han", "Hangul", "Thai", "Khmer", "Myanmar", "Arabic", "Hebrew", "Devanagari"),
    *("Bengali", "Gurmukhi", "Gujarati", "Tamil", "Telugu", "Malayalam", "Sinhala"),
    *("Cyrillic", "Greek", "Georgian", "Armenian", "Ethiopic"),
)


@dataclass(frozen=True)
class CorpusCaption:
    """A caption as TikTok gives it, the code of its language, and what it is about."""

    text: str
    language: str
    field: str

    @property
    def script(self) -> str:
        """The script that most of its letters are in, kana wherever one is, "" without letters."""
        if regex.search(r"[\p{Hiragana}\p{Katakana}]", self.text):
            return "Kana"
        counts = {script: len(regex.findall(rf"\p{{{script}}}", self.text)) for script in _SCRIPTS}
        most = max(counts, key=lambda script: counts[script])
        return most if counts[most] else ""


def read_corpus() -> tuple[CorpusCaption, ...]:
    """Read every `*.jsonl` of this folder: one caption a line."""
    return tuple(
        CorpusCaption(**json.loads(line))
        for path in sorted(_HERE.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    )
