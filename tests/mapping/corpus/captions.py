"""The captions of the made corpus."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class CorpusCaption:
    """A caption as TikTok gives it, the code of its language, and what it is about."""

    text: str
    language: str
    field: str


def read_corpus() -> tuple[CorpusCaption, ...]:
    """Read every `*.jsonl` of this folder: one caption a line."""
    return tuple(
        CorpusCaption(**json.loads(line))
        for path in sorted(_HERE.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    )
