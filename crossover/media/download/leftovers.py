"""What earlier runs left in the folder of fetched files: whole ones, and parts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from crossover.media.containers.probe import MP4

SUFFIXES = {
    MP4: ".mp4",
    "JPEG": ".jpg",
    "PNG": ".png",
    "WEBP": ".webp",
    "HEIF": ".heic",
    "AVIF": ".avif",
    "GIF": ".gif",
    "BMP": ".bmp",
    "TIFF": ".tiff",
}


def kept_file(folder: Path, stem: str) -> Path | None:
    """The whole file that an earlier run fetched under this name."""
    return next((f for s in SUFFIXES.values() if (f := folder / f"{stem}{s}").is_file()), None)


def sweep_parts(folder: Path, stems: Iterable[str]) -> None:
    """Remove the parts of these names that have no byte, and records whose part is gone: a run was
    killed before the first, or as it gave the whole file its name. Call it under the lock."""
    for stem in stems:
        part = folder / f"{stem}.part"
        if part.is_file() and not part.stat().st_size:
            part.unlink()
        if not part.exists():
            part.with_name(f"{part.name}.json").unlink(missing_ok=True)


def part_bytes(folder: Path, stem: str) -> int:
    """Bytes that an earlier run left of it."""
    part = folder / f"{stem}.part"
    return part.stat().st_size if part.is_file() else 0
