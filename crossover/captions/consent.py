"""Whether the creator agreed to a read of the TikTok page, kept in the workspace (`agreed.json`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crossover.storage.documents import read_document, utc_text, write_document

_NAME, _VERSION = "agreed", 1


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed to, and when (UTC, ISO 8601)."""

    page_read: str


def has_agreed(path: Path) -> bool:
    """Whether a read was agreed to before. Raises `CrossoverError` for a damaged file."""
    if not path.exists():
        return False
    return bool(read_document(path, _NAME, _VERSION, Agreed).page_read)


def remember_agreed(path: Path, now: datetime) -> None:
    """Keep that it was, so that it is asked once. Raises like `write_atomic`."""
    write_document(path, _NAME, _VERSION, Agreed(utc_text(now)), private=True)
