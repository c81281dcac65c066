"""Reads the `.info.json` file that yt-dlp writes beside a TikTok video."""

from __future__ import annotations

import json
from pathlib import Path

from crossover.captions.caption import Caption, NoCaption, read_caption

MAX_BYTES = 16 * 1024**2
"""A larger file is not read. Real ones have tens of kilobytes."""


_ENDING = ".info.json"


def recognises(path: Path) -> bool:
    """Whether the name is one that yt-dlp gives (`….info.json`)."""
    return path.name.lower().endswith(_ENDING) and not path.name.startswith("._")


def described_path(path: Path) -> Path:
    """The path of the file that it describes, without that one's ending: both have one name."""
    return path.with_name(path.name[: -len(_ENDING)])


def read_info(path: Path) -> Caption | NoCaption:
    """Read one `.info.json`. Never raises: whatever is wrong with a file is its `reason`."""
    try:
        if not path.is_file():
            return NoCaption(path.name, "it is not a file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as exc:
        return NoCaption(path.name, f"it cannot be opened: {getattr(exc, 'strerror', None) or exc}")
    if len(data) > MAX_BYTES:
        return NoCaption(path.name, f"it is larger than {MAX_BYTES // 1024**2} MiB")
    try:
        info = json.loads(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return NoCaption(path.name, "it is not JSON")
    return read_caption(info, path.name)
