"""Files that are never opened, told by their names: archives of other kinds, downloads that are not
finished, and what macOS and Windows leave beside a person's own files."""

from __future__ import annotations

import re

UNPACK = "unpack it, then add the folder"
_NOT_FINISHED = "its download is not finished: let it finish, or download it again, then add it"

_ARCHIVES = (
    (r"\.(zip|7z|rar|tar|tgz|gz)\.[0-9]{3}|\.z[0-9]{2}|\.r[0-9]{2}", "one part of a split archive"),
    (r"\.(tar|tgz|tbz2?|txz|gz|bz2|xz|zst)", "a TAR or GZIP archive"),
    (r"\.rar", "a RAR archive"),
    (r"\.7z", "a 7-Zip archive"),
    (r"\.dmg", "a disk image of a Mac"),
    (r"\.iso", "a disk image"),
)
# Chrome, Firefox, Safari, Opera; yt-dlp's parts and their record.
_UNFINISHED = re.compile(
    r"(.*)\.(crdownload|part|partial|download|opdownload|ytdl|part-frag[0-9]+)", re.IGNORECASE
)
_SYSTEM_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".localized"})


def is_system_file(name: str) -> bool:
    """Whether macOS or Windows made the file, of a folder's look or beside one of the same name
    (`._NAME`); nothing of a person's own is in it."""
    return name.startswith("._") or name.lower() in _SYSTEM_NAMES


def is_unfinished(name: str) -> bool:
    """Whether a browser or yt-dlp names a download so that is not finished."""
    return bool(_UNFINISHED.fullmatch(name))


def finished_name(name: str) -> str | None:
    """The name that an unfinished download will have; None for what is none."""
    found = _UNFINISHED.fullmatch(name)
    return found[1] if found else None


def is_unfinished_folder(name: str) -> bool:
    """Whether it is a folder that Safari fills while it downloads the file in it."""
    return name.lower().endswith(".download")


def archive_kind(name: str) -> str | None:
    """What kind of archive it is, as words after "it is"; None for a ZIP and for other files."""
    return next((kind for ending, kind in _ARCHIVES if re.search(f"(?i)(?:{ending})$", name)), None)


def why_unopened(name: str) -> str | None:
    """Why a file of this name is not opened, and the way out; None where it may be. What the system
    made has no way out, and needs none: `is_system_file`."""
    if is_unfinished(name):
        return _NOT_FINISHED
    kind = archive_kind(name)
    return f"it is {kind}: {UNPACK}" if kind else None
