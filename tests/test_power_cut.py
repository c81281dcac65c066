"""What was renamed into place is there after a power cut: its bytes and its name."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from crossover.accounts.ledger.database import create_ledger_file
from crossover.library.importing import link_or_copy
from crossover.media.download.partial_file import ObjectVersion, PartialFile
from crossover.rehearsal.store.disk import replace_text
from crossover.rehearsal.store.records import Part
from crossover.rehearsal.upload_host.parts import join_parts, receive_part
from crossover.rehearsal.upload_host.receive import receive_file
from crossover.storage.atomic import write_atomic
from tests.power_cut import power_cut
from tests.rehearsal.makers import JPEG


async def _arriving(data: bytes) -> AsyncIterator[bytes]:
    yield data


def document(folder: Path) -> None:
    write_atomic(folder / "posts.json", b"{}")


def original(folder: Path) -> None:
    (folder / "IMG_1.jpg").write_bytes(JPEG)
    link_or_copy(folder / "IMG_1.jpg", folder / "media" / "0001.jpg")


def fetched_file(folder: Path) -> None:
    with PartialFile(folder, "1", "key") as part:
        part.begin(ObjectVersion("key", total=len(JPEG)))
        part.write(JPEG)
        part.finish(".jpg")


def text_of_the_stand_in(folder: Path) -> None:
    replace_text(folder / "server.json", "{}")


def picture_in_one_piece(folder: Path) -> None:
    asyncio.run(receive_file(_arriving(JPEG), len(JPEG), folder, keep_all=False))


def picture_in_parts(folder: Path) -> None:
    async def receive() -> Part:
        part = await receive_part(_arriving(JPEG), len(JPEG), folder, "0" * 32, 1)
        return Part(1, part.etag, part.size, part.path.name)

    part = asyncio.run(receive())
    join_parts([part], folder, keep_all=False)


@pytest.mark.parametrize(
    "put", [document, original, fetched_file, text_of_the_stand_in, picture_in_one_piece]
)
def test_a_file_in_its_place_outlives_a_power_cut(
    tmp_path: Path, put: Callable[[Path], None]
) -> None:
    with power_cut() as taken:
        put(tmp_path)
    assert (taken.bytes, taken.names) == ([], [])


def test_a_copy_outlives_a_power_cut_where_the_disk_cannot_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    with power_cut() as taken:
        original(tmp_path)
    assert (taken.bytes, taken.names) == ([], [])


def test_a_power_cut_takes_parts_at_most_and_no_joined_file(tmp_path: Path) -> None:
    with power_cut() as taken:
        picture_in_parts(tmp_path)
    joined = f"{hashlib.sha256(JPEG).hexdigest()}.jpg"
    assert (tmp_path / "media" / joined).exists()
    assert joined not in taken.bytes + taken.names


def test_the_name_of_a_new_ledger_outlives_a_power_cut(tmp_path: Path) -> None:
    """SQLite syncs the bytes itself."""
    with power_cut() as taken:
        create_ledger_file(tmp_path / "ledger.sqlite")
    assert taken.names == []
