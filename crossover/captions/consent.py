"""The creator's consent to a read of the TikTok page, kept in the workspace (`agreed.json`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crossover.storage.documents import read_document, utc_text, write_document

_NAME, _VERSION = "agreed", 1


@dataclass(frozen=True, slots=True)
class Consent:
    """When the creator agreed to a read of the page (UTC, ISO 8601)."""

    page_read: str


def has_consented(path: Path) -> bool:
    """Whether the creator agreed before. Raises `CrossoverError` for a damaged file."""
    if not path.exists():
        return False
    return bool(read_document(path, _NAME, _VERSION, Consent).page_read)


def remember_consent(path: Path, now: datetime) -> None:
    """Write that the creator agreed, so that it is asked once. Raises like `write_atomic`."""
    write_document(path, _NAME, _VERSION, Consent(utc_text(now)))
