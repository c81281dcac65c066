"""What the creator was given, as a list of named members: a ZIP, a folder or one bare file.

Read-only and bounded: nothing is ever extracted, no link is followed, and sizes are counted
while reading instead of believed from headers.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from lzma import LZMAError
from pathlib import Path
from typing import IO, Literal

from crossover.errors import ExportError, UsageProblem
from crossover.files import BLOCK, explain_os_error

MAX_MEMBERS = 200_000
MAX_DEPTH = 8
MAX_BYTES = 2 * 1024**3
"""Bytes of one member. The largest real one known of is about 15 MB."""

BOMB_RATIO = 200
BOMB_FROM = 50 * 1024**2
"""A member that unpacks past `BOMB_FROM` bytes and to more than `BOMB_RATIO` times its packed
size is no export: real JSON packs about 5 to 20 times."""

DOWNLOAD_AGAIN = "Download it again from TikTok (Settings > Account > Download your data)."

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    struct.error,
    EOFError,
    RuntimeError,  # a password, a packing method that zipfile does not know
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the bundle. `name` uses `/` and never leads outside; `size` is what is claimed."""

    name: str
    size: int
    source: Path | zipfile.ZipInfo = field(repr=False)

    @property
    def base(self) -> str:
        """The file name without its folders."""
        return self.name.rsplit("/", 1)[-1]

    @property
    def depth(self) -> int:
        """How many folders it lies in."""
        return self.name.count("/")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A member that is not followed, and why."""

    name: str
    reason: str


class Bundle:
    """An opened export. Members can be read until the `with open_bundle(...)` block ends."""

    def __init__(
        self,
        path: Path,
        form: Literal["zip", "folder", "file"],
        members: tuple[Member, ...],
        left_out: tuple[LeftOut, ...] = (),
        archive: zipfile.ZipFile | None = None,
    ) -> None:
        self.path = path
        self.form = form
        self.members = members
        self.left_out = left_out
        self._archive = archive

    @contextmanager
    def open(self, member: Member) -> Iterator[IO[bytes]]:
        """The member's bytes as a stream. Damage, in the opening or the reading, is an
        `ExportError` that says what to do."""
        try:
            if isinstance(member.source, Path):
                with member.source.open("rb") as file:
                    yield file
            else:
                assert self._archive is not None  # noqa: S101  a ZipInfo comes from an archive
                with self._archive.open(member.source) as file:
                    yield file
        except _DAMAGE as exc:
            raise self._damaged(member) from exc
        except OSError as exc:
            if exc.errno == errno.EINVAL and self._archive is not None:
                raise self._damaged(member) from exc  # a forged offset
            raise explain_os_error(exc, self.path) from exc

    def blocks(self, member: Member) -> Iterator[bytes]:
        """The member's bytes, in blocks. Damage is an `ExportError`."""
        with self.open(member) as file:
            while block := file.read(BLOCK):
                yield block

    def _damaged(self, member: Member) -> ExportError:
        return ExportError(
            f"{member.name} in {self.path.name} is damaged and cannot be unpacked.",
            next=DOWNLOAD_AGAIN,
        )

    def head(self, member: Member, size: int) -> bytes:
        """At most the first `size` bytes; nothing when the member cannot be read."""
        try:
            with self.open(member) as file:
                return file.read(size)
        except Exception:  # noqa: BLE001  a look at the beginning promises never to raise
            return b""

    def read(self, member: Member, limit: int = MAX_BYTES) -> bytearray:
        """All bytes, at most `limit` of them. Raises `ExportError` beyond it."""
        packed = None if isinstance(member.source, Path) else member.source.compress_size
        held = bytearray()
        with self.open(member) as file:
            while block := file.read(BLOCK):
                held += block
                if len(held) > limit:
                    raise ExportError(
                        f"{member.name} is larger than {limit:,} bytes, which no TikTok export is.",
                        next=DOWNLOAD_AGAIN,
                    )
                if packed is not None and len(held) > max(BOMB_FROM, packed * BOMB_RATIO):
                    raise ExportError(
                        f"{member.name} unpacks to more than {BOMB_RATIO} times its size, "
                        "which no TikTok export does.",
                        next=DOWNLOAD_AGAIN,
                    )
        return held


@contextmanager
def open_bundle(path: Path) -> Iterator[Bundle]:
    """Open a ZIP, a folder or a bare file for reading.

    Raises `UsageProblem` where there is nothing to open and `ExportError` where what is there
    cannot be an export: an empty folder or file, a web page saved as ZIP, a ZIP cut short.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as exc:
        raise UsageProblem(
            f"There is no {path}.", next="Check the name; the export may lie in your Downloads."
        ) from exc
    except (OSError, ValueError) as exc:
        if isinstance(exc, OSError):
            raise explain_os_error(exc, path) from exc
        raise UsageProblem(f"{path} is not a name of a file.") from exc
    if stat.S_ISDIR(mode):
        yield _folder(path)
    elif not stat.S_ISREG(mode):
        raise UsageProblem(f"{path} is neither a file nor a folder.")
    elif _is_zip(path):
        with _archive(path) as archive:
            members, left_out = _zip_members(archive, path)
            yield Bundle(path, "zip", members, left_out, archive)
    else:
        yield Bundle(path, "file", (Member(path.name, path.stat().st_size, path),))


# --- ZIP ------------------------------------------------------------------------------------


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(2048)
    except OSError as exc:
        raise explain_os_error(exc, path) from exc
    if not head:
        raise ExportError(f"{path.name} is empty (0 bytes).", next=DOWNLOAD_AGAIN)
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return True
    if looks_like_a_web_page(head):
        raise ExportError(
            f"{path.name} is a web page, not an export: the browser saved TikTok's page instead.",
            next="Log in to TikTok in the browser, then download the export there again.",
        )
    if path.suffix.lower() == ".zip":
        raise ExportError(f"{path.name} is not a ZIP file.", next=DOWNLOAD_AGAIN)
    return False


def looks_like_a_web_page(head: bytes) -> bool:
    """Whether these first bytes are HTML, as a login page saved under another name is."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith((b"<!doctype", b"<html", b"<head", b"<?xml", b"<script", b"<body"))


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except PermissionError as exc:
        raise explain_os_error(exc, path) from exc
    except Exception as exc:  # forged directories make zipfile raise nearly anything
        raise ExportError(
            f"{path.name} is cut short or damaged: the list of its files cannot be read.",
            next=DOWNLOAD_AGAIN,
        ) from exc


def _zip_members(
    archive: zipfile.ZipFile, path: Path
) -> tuple[tuple[Member, ...], tuple[LeftOut, ...]]:
    entries = archive.infolist()
    if len(entries) > MAX_MEMBERS:
        raise ExportError(
            f"{path.name} holds {len(entries):,} files, which no TikTok export does.",
            next=DOWNLOAD_AGAIN,
        )
    members: list[Member] = []
    left_out: list[LeftOut] = []
    for entry in entries:
        name = harmless_name(entry.filename)
        if entry.is_dir() or (name and _is_noise(name)):
            continue
        if name is None:
            left_out.append(LeftOut(entry.filename, "its name leads outside the archive"))
        elif stat.S_ISLNK(entry.external_attr >> 16):
            left_out.append(LeftOut(name, "it is a link"))
        elif entry.flag_bits & 0x1:
            left_out.append(LeftOut(name, "it is protected by a password"))
        else:
            members.append(Member(name, entry.file_size, entry))
    return tuple(members), tuple(left_out)


def harmless_name(raw: str) -> str | None:
    """A member's name with `/` between folders, or None for one that leads elsewhere.

    A leading slash and backslashes occur in sound exports and are put right; `..`, a drive
    letter and a network path never do.
    """
    name = raw.replace("\\", "/")
    if name.startswith("//") or re.match(r"[A-Za-z]:", name) or "\x00" in name:
        return None
    parts = [part for part in name.split("/") if part not in ("", ".")]
    return "/".join(parts) if parts and ".." not in parts else None


def _is_noise(name: str) -> bool:
    """What macOS leaves beside every file: a twin with the same name and other bytes."""
    parts = name.split("/")
    return "__MACOSX" in parts or parts[-1].startswith("._") or parts[-1] == ".DS_Store"


# --- folder ---------------------------------------------------------------------------------


def _folder(path: Path) -> Bundle:
    members: list[Member] = []
    left_out: list[LeftOut] = []
    try:
        _walk(path, "", 0, members, left_out)
    except OSError as exc:
        raise explain_os_error(exc, path) from exc
    if not members and not left_out:
        raise ExportError(
            f"The folder {path} is empty.",
            next="Name the ZIP file that TikTok gave you, or the folder it was unpacked to.",
        )
    return Bundle(path, "folder", tuple(members), tuple(left_out))


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
            members.append(Member(name, entry.stat(follow_symlinks=False).st_size, Path(entry)))
        if len(members) + len(left_out) > MAX_MEMBERS:
            raise ExportError(
                f"The folder {folder} holds more than {MAX_MEMBERS:,} files.",
                next="Name the export itself, not a folder full of other things.",
            )
