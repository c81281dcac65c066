"""Writes the profile page anew after a note changed."""

from __future__ import annotations

from pathlib import Path

from crossover.rehearsal.profile.page import write_profile
from crossover.rehearsal.store.store import Store
from crossover.rehearsal.visible import tell


def refresh_profile(store: Store, folder: Path) -> None:
    """Write the page. The note is stored: a page that cannot be written is told of, and must not
    make the note look refused."""
    try:
        write_profile(folder, store.notes(), store.name())
    except OSError as exc:
        tell(f"rehearsal: profile.html could not be written: {exc}")
