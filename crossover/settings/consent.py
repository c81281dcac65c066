"""What the creator agreed to, so that it is asked once; kept in the workspace (`agreed.json`)."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from crossover.errors import CrossoverError
from crossover.model.account import SiteName
from crossover.storage.documents import read_document, utc_text, write_document

_NAME, _VERSION = "agreed", 1


@dataclass(frozen=True, slots=True)
class Consent:
    """What the creator agreed to: to a read of their TikTok page, and when (UTC, ISO 8601; empty:
    not yet); and that notes, by their ids, go out to a site without any text."""

    page_read: str = ""
    without_text: dict[SiteName, tuple[str, ...]] = field(default_factory=dict)


def read_consent(path: Path) -> Consent:
    """Read what was agreed to. Nothing where nobody was asked, or where the file cannot be read:
    then it is asked again."""
    with suppress(CrossoverError):
        return read_document(path, _NAME, _VERSION, Consent) if path.exists() else Consent()
    return Consent()


def agree_to_page_read(path: Path, now: datetime) -> None:
    """Write that the creator agreed to a read of the page. Raises like `write_atomic`."""
    _write(path, replace(read_consent(path), page_read=utc_text(now)))


def agree_to_no_text(path: Path, site: SiteName, notes: Iterable[str]) -> None:
    """Write that the creator agreed to send these notes, by their ids, without any text. Raises
    like `write_atomic`."""
    before = read_consent(path)
    agreed = {*before.without_text.get(site, ()), *notes}
    _write(path, replace(before, without_text={**before.without_text, site: tuple(sorted(agreed))}))


def _write(path: Path, consent: Consent) -> None:
    write_document(path, _NAME, _VERSION, consent)
