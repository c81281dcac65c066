"""Files that are named like media and hold none: their content is in a cloud, or something else."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from crossover.media.containers.probe import what_is_wrong
from crossover.media.files.file_names import media_kind

# Up to macOS 13 iCloud leaves `.NAME.icloud` behind; since macOS 14 the file keeps its name and
# size and is marked so (SF_DATALESS, sys/stat.h).
_STUB = re.compile(r"\.(.+)\.icloud", re.IGNORECASE | re.DOTALL)
_SF_DATALESS = 0x4000_0000
# Windows, for OneDrive and iCloud alike: FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS (winnt.h).
_RECALL = 0x40_0000

IN_ICLOUD = "only in iCloud, not on this computer; choose Download Now in Finder, then add it again"
IN_A_CLOUD = "only in the cloud, not on this computer; keep it on this device, then add it again"
EMPTY = "empty: it has 0 bytes; copy it anew, then add it again"


@dataclass(frozen=True, slots=True)
class MissingContent:
    """A video or picture without its content: its own name, and what to do."""

    path: Path
    name: str
    reason: str


def missing_content(path: Path) -> MissingContent | None:
    """Explain what is wrong with a file that is named like a video or picture and cannot be one
    here; None where nothing is. Of a file in a cloud nothing is read: that would bring it down."""
    stub = _STUB.fullmatch(path.name)
    name = stub[1] if stub else path.name
    if media_kind(Path(name)) is None:
        return None
    if stub:
        return MissingContent(path, name, IN_ICLOUD)
    try:
        reason = _reason(path.stat())
        if reason is None and (wrong := what_is_wrong(path)):
            reason = f"by its content it is {wrong}"
    except OSError:
        return None  # told where it is read
    return MissingContent(path, name, reason) if reason else None


def _reason(found: os.stat_result) -> str | None:
    if getattr(found, "st_flags", 0) & _SF_DATALESS:
        return IN_ICLOUD
    attributes = getattr(found, "st_file_attributes", 0)
    if attributes & (_RECALL | stat.FILE_ATTRIBUTE_OFFLINE):
        return IN_A_CLOUD
    return EMPTY if found.st_size == 0 else None
