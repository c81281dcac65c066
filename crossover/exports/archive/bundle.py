"""What the creator was given, as a list of named members: a ZIP, a folder or one bare file.

Read-only and bounded: nothing is ever extracted, no link is followed, and sizes are counted
while reading instead of believed from headers.
"""

from __future__ import annotations

import zipfile
from bisect import bisect_right
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from crossover.errors import CrossoverError, ExportError
from crossover.exports.archive.repacked import BLOCK, METHODS, method_name
from crossover.exports.archive.unzip import TooLarge, refuse_bomb, unpack
from crossover.exports.archive.zip_directory import DamagedZip
from crossover.model.next_step import Hint, step
from crossover.storage.os_errors import explain_os_error

DOWNLOAD_AGAIN = (
    "Download it again from TikTok (Settings and privacy > Account > Download your data)."
)


_PRINTED = frozenset({"", ".json", ".jsonl", ".ndjson", ".txt"})


def advise_download_again(path: Path) -> str:
    """Say what to do about an empty file, which a failed yt-dlp leaves as well."""
    if path.suffix.lower() not in _PRINTED:
        return DOWNLOAD_AGAIN
    return Hint(
        "If yt-dlp wrote it, it failed: run it again and see what it says, or let ",
        step("captions"),
        f" read the page. If TikTok did: {DOWNLOAD_AGAIN[0].lower()}{DOWNLOAD_AGAIN[1:]}",
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
    """A member that is not followed, and why. `protected`: it needs a password."""

    name: str
    reason: str
    protected: bool = False


OnBytes = Callable[[int, int], None]
"""Told how many bytes were read, and how many there are that look like data, as claimed."""
_DATA = (".json", ".txt")


def ignore_bytes(_read: int, _all: int) -> None:
    """Show no progress."""


class Bundle:
    """What the creator named, as its members. Nothing is kept open between reads."""

    def __init__(
        self,
        path: Path,
        form: Literal["zip", "folder", "file"],
        members: tuple[Member, ...],
        left_out: tuple[LeftOut, ...] = (),
        starts: tuple[int, ...] = (),
        on_bytes: OnBytes = ignore_bytes,
    ) -> None:
        self.path = path
        self.form: Literal["zip", "folder", "file"] = form
        self.members = members
        self.left_out = left_out
        self._on_bytes = on_bytes
        self._read = 0
        self._data = sum(m.size for m in members if m.base.lower().endswith(_DATA))
        self._starts = starts  # where the entries of a ZIP begin, and after them its directory

    def only(self, members: Sequence[Member]) -> Bundle:
        """The same bundle with these of its members alone."""
        return Bundle(
            self.path, self.form, tuple(members), self.left_out, self._starts, self._on_bytes
        )

    def blocks(self, member: Member) -> Iterator[bytes]:
        """Yield the member's bytes, in blocks.

        Raises `ExportError` for damage and for more bytes than an export has.
        """
        try:
            if isinstance(member.source, Path):
                blocks = _read_file_blocks(member.source)
            else:
                blocks = unpack(self.path, member.source, self._next_start(member.source))
            with closing(blocks):
                for block in blocks:
                    self._read += len(block)
                    self._on_bytes(self._read, max(self._read, self._data))
                    yield block
        except DamagedZip as exc:
            raise ExportError(
                f"{member.name} in {self.path.name} is damaged: {exc}.", next=DOWNLOAD_AGAIN
            ) from exc
        except TooLarge as exc:
            raise ExportError(f"{member.name} {exc}.", next=DOWNLOAD_AGAIN) from exc
        except OSError as exc:
            raise explain_os_error(exc, self.path) from exc

    def unknown_packing(self) -> str | None:
        """The name of a way in which a member is packed that is not unpacked here; None without
        such a member."""
        entries = (m.source for m in self.members if isinstance(m.source, zipfile.ZipInfo))
        methods = (entry.compress_type for entry in entries)
        return next((method_name(one) for one in methods if one not in METHODS), None)

    def _next_start(self, entry: zipfile.ZipInfo) -> int:
        """Find where the next entry, or the directory, begins in the file."""
        following = bisect_right(self._starts, entry.header_offset)
        return self._starts[following]

    def head(self, member: Member, size: int) -> bytes:
        """At most the first `size` bytes; fewer, or none, where the member cannot be read."""
        head = b""
        with suppress(CrossoverError):
            for block in self.blocks(member):
                head += block
                if len(head) >= size:
                    break
        return head[:size]

    def read(self, member: Member, limit: int) -> bytes:
        """Read all bytes, at most `limit` of them. Raises `ExportError` beyond it."""
        held = bytearray()
        for block in self.blocks(member):
            held += block
            if len(held) > limit:
                raise ExportError(
                    f"{member.name} is larger than {limit:,} bytes, which no TikTok export is.",
                    next=DOWNLOAD_AGAIN,
                )
        return bytes(held)


def _read_file_blocks(path: Path) -> Generator[bytes, None, None]:
    size = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            size += len(block)
            refuse_bomb(size, size)
            yield block
