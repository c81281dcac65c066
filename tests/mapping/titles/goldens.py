"""Captions and the notes that a reader would want of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Golden:
    """A caption, its title, and its text with the defaults of every rule."""

    caption: str
    title: str
    body: str
    declaration: str = "none"


def read_goldens() -> tuple[Golden, ...]:
    """Read `captions.jsonl`: one caption a line."""
    lines = (_HERE / "captions.jsonl").read_text("utf-8").splitlines()
    return tuple(Golden(**json.loads(line)) for line in lines)
