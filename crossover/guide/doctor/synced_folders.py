"""Folders that a program keeps the same in a cloud: a file there may change, or be a mere name, at
any moment."""

from __future__ import annotations

import re
from pathlib import Path

_PLACES = (
    (re.compile(r"Mobile Documents|iCloud ?Drive", re.IGNORECASE), "iCloud Drive"),
    (re.compile(r"OneDrive(?:$| - |-)", re.IGNORECASE), "OneDrive"),
    (re.compile(r"Dropbox(?:$| \(|-)", re.IGNORECASE), "Dropbox"),
    (re.compile(r"Google ?Drive(?:$|-| \()|My Drive$|DriveFS", re.IGNORECASE), "Google Drive"),
    (re.compile(r"CloudStorage$", re.IGNORECASE), "a cloud"),
)
"""Names of folders on a path (likely: the usual ones of macOS, Windows and Linux)."""


def syncing_cloud(path: Path) -> str | None:
    """Tell which cloud keeps that folder, by the names on its path; None where none is known to."""
    for name in path.parts:
        for pattern, cloud in _PLACES[:-1]:
            if pattern.match(name):
                return cloud
    return next((_PLACES[-1][1] for name in path.parts if _PLACES[-1][0].match(name)), None)
