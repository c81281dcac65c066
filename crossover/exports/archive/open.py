"""Opens what the creator named as a bundle: a ZIP, a folder or one bare file."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from crossover.errors import ExportError, UsageProblem
from crossover.exports.archive.bundle import (
    DOWNLOAD_AGAIN,
    Bundle,
    LeftOut,
    Member,
    OnBytes,
    advise_download_again,
    ignore_bytes,
)
from crossover.exports.archive.unopened import (
    archive_kind,
    is_system_file,
    is_unfinished,
    is_unfinished_folder,
)
from crossover.exports.archive.zip_directory import DamagedZip, has_end_record, read_directory
from crossover.model.next_step import Hint, Placeholder, step
from crossover.storage.os_errors import explain_os_error

MAX_MEMBERS = 120_000
MAX_DEPTH = 8

UNPACK_IT = Hint("Unpack it, then add the folder: ", step("add", Placeholder("FOLDER")))


def open_bundle(path: Path, on_bytes: OnBytes = ignore_bytes) -> Bundle:
    """Open a ZIP, a folder or a bare file for reading.

    Raises `UsageProblem` where there is nothing to open and `ExportError` where what is there
    cannot be an export: an empty folder or file, a web page saved as ZIP, a ZIP cut short.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as exc:
        raise UsageProblem(
            f"There is nothing at {path}.",
            next="Check the name; the export may lie in your Downloads.",
        ) from exc
    except (OSError, ValueError) as exc:
        if isinstance(exc, OSError):
            raise explain_os_error(exc, path, reading=True) from exc
        raise UsageProblem(f"{path} is not a name of a file.") from exc
    if stat.S_ISDIR(mode) and not is_unfinished_folder(path.name):
        return _open_folder(path, on_bytes)
    _refuse_unopened(path)
    if not stat.S_ISREG(mode):
        raise UsageProblem(f"{path} is neither a file nor a folder.")
    if _is_zip(path):
        return _open_zip(path, on_bytes)
    return Bundle(path, "file", (Member(path.name, path.stat().st_size, path),), on_bytes=on_bytes)


def _refuse_unopened(path: Path) -> None:
    """Raises `ExportError` for a file whose name says that it is not to be opened."""
    if is_unfinished(path.name):
        raise ExportError(
            f"{path.name} cannot be used yet: its download is not finished.",
            next="Let it finish, or download it again, then name the finished file.",
        )
    if kind := archive_kind(path.name):
        raise ExportError(f"{path.name} is {kind}, which crossover does not open.", next=UNPACK_IT)
    if is_system_file(path.name):
        raise ExportError(
            f"{path.name} is a file that macOS or Windows keeps for itself; nothing of yours is in it.",
            next="Name the file or folder beside it.",
        )


# --- ZIP ------------------------------------------------------------------------------------


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(2048)
    except OSError as exc:
        raise explain_os_error(exc, path, reading=True) from exc
    if not head:
        raise ExportError(f"{path.name} is empty (0 bytes).", next=advise_download_again(path))
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06") or _ends_as_zip(path):
        return True
    if looks_like_html(head):
        raise ExportError(
            f"{path.name} is a web page, not an export: the browser saved TikTok's page instead.",
            next="Log in to TikTok in the browser, then download the export there again.",
        )
    if path.suffix.lower() == ".zip":
        raise ExportError(
            f"{path.name} is not a ZIP file: it neither begins nor ends as one.",
            next=DOWNLOAD_AGAIN,
        )
    return False


def _ends_as_zip(path: Path) -> bool:
    """Whether it is a ZIP with something before its first entry, as a self-extractor has and a
    download that was resumed at the wrong place. Of another name than a ZIP's it must be sound."""
    if not has_end_record(path):
        return False
    if path.suffix.lower() == ".zip":
        return True
    with suppress(Exception):  # as in `_open_zip`
        return bool(read_directory(path)[0])
    return False


def looks_like_html(head: bytes) -> bool:
    """Whether these first bytes are HTML, as a login page saved under another name is."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith((b"<!doctype", b"<html", b"<head", b"<?xml", b"<script", b"<body"))


def _open_zip(path: Path, on_bytes: OnBytes) -> Bundle:
    try:
        entries, directory_at = read_directory(path)
    except PermissionError as exc:
        raise explain_os_error(exc, path, reading=True) from exc
    except DamagedZip as exc:
        raise ExportError(f"{path.name} is not a sound ZIP: {exc}.", next=DOWNLOAD_AGAIN) from exc
    except Exception as exc:  # forged directories make zipfile raise nearly anything
        if has_end_record(path):
            what = "is damaged: the list of its files, before its end, cannot be read"
        else:
            what = "is cut short: the list of its files, at its end, is missing"
        raise ExportError(f"{path.name} {what}.", next=DOWNLOAD_AGAIN) from exc
    if len(entries) > MAX_MEMBERS:
        raise ExportError(
            f"{path.name} holds {len(entries):,} files, which no TikTok export does.",
            next=DOWNLOAD_AGAIN,
        )
    members: list[Member] = []
    left_out: list[LeftOut] = []
    for entry in entries:
        name = normalise_member_name(entry.filename)
        if entry.is_dir() or (name and _is_system_noise(name)):
            continue
        if name is None:
            left_out.append(LeftOut(entry.filename, "its name leads outside the archive"))
        elif stat.S_ISLNK(entry.external_attr >> 16):
            left_out.append(LeftOut(name, "it is a link"))
        elif entry.flag_bits & 0x1:
            left_out.append(LeftOut(name, "it is protected by a password", protected=True))
        else:
            members.append(Member(name, entry.file_size, entry))
    starts = (*sorted(entry.header_offset for entry in entries), directory_at)
    return Bundle(path, "zip", tuple(members), tuple(left_out), starts, on_bytes)


def normalise_member_name(raw: str) -> str | None:
    """Normalise a member's name to `/` between folders; None for one that leads elsewhere.

    A leading slash and backslashes occur in sound exports and are put right; `..`, a drive letter
    and a network path never do.
    """
    name = raw.replace("\\", "/")
    if name.startswith("//") or re.match(r"[A-Za-z]:", name) or "\x00" in name:
        return None
    parts = [part for part in name.split("/") if part not in ("", ".")]
    return "/".join(parts) if parts and ".." not in parts else None


def _is_system_noise(name: str) -> bool:
    parts = name.split("/")
    return "__MACOSX" in parts or is_system_file(parts[-1])


# --- folder ---------------------------------------------------------------------------------


def _open_folder(path: Path, on_bytes: OnBytes) -> Bundle:
    members: list[Member] = []
    left_out: list[LeftOut] = []
    try:
        _walk(path, "", 0, members, left_out)
    except OSError as exc:
        raise explain_os_error(exc, path, reading=True) from exc
    if not members and not left_out:
        raise ExportError(
            f"The folder {path} is empty.",
            next="Name the ZIP file that TikTok gave you, or the folder it was unpacked to.",
        )
    return Bundle(path, "folder", tuple(members), tuple(left_out), on_bytes=on_bytes)


def _walk(
    folder: Path, prefix: str, depth: int, members: list[Member], left_out: list[LeftOut]
) -> None:
    with os.scandir(folder) as scan:
        entries = sorted(scan, key=lambda entry: entry.name)
    for entry in entries:
        name = prefix + entry.name
        if entry.name == "__MACOSX" or entry.name.startswith("."):
            continue
        if entry.is_symlink():
            left_out.append(LeftOut(name, "it is a link"))
        elif entry.is_dir(follow_symlinks=False):
            if depth >= MAX_DEPTH:
                left_out.append(LeftOut(name, f"it lies more than {MAX_DEPTH} folders deep"))
                continue
            try:
                _walk(Path(entry.path), name + "/", depth + 1, members, left_out)
            except PermissionError:
                left_out.append(LeftOut(name, "it may not be opened"))
        elif entry.is_file(follow_symlinks=False):
            members.append(
                Member(name, entry.stat(follow_symlinks=False).st_size, Path(entry.path))
            )
        else:
            left_out.append(LeftOut(name, "it is neither a file nor a folder"))
        if len(members) + len(left_out) > MAX_MEMBERS:
            raise ExportError(
                f"The folder {folder} holds more than {MAX_MEMBERS:,} files.",
                next="Name the export itself, not a folder full of other things.",
            )
