"""Only our own page, with its key, may ask the server anything: a real server process, asked as other
pages and programs could."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.preview.served import Answer, Served

READS = ("/data", "/changes?since=0", "/frames/1", "/suggestions/1", "/best")
WRITES = ("/edits", "/covers", "/stop")


def is_refused(answer: Answer) -> bool:
    return answer.status == 403 and answer.body.count(b"\n") == 1


@pytest.mark.parametrize("path", READS)
def test_without_the_key_nothing_is_read(page: Served, path: str) -> None:
    assert page.ask(path).status == 200
    assert is_refused(page.ask(path, bare=True))
    for wrong in ("", "x", page.key[:-1], f"{page.key}x", page.file_key, "é"):
        headers = {"X-Crossover-Key": wrong.encode("utf-8").decode("latin-1")}
        assert is_refused(page.ask(path, bare=True, headers=headers)), wrong


@pytest.mark.parametrize("path", WRITES)
def test_without_the_key_nothing_is_done(page: Served, world: Path, path: str) -> None:
    assert is_refused(page.ask(path, b"{}", bare=True))
    assert is_refused(page.ask(path, b"{}", bare=True, headers={"X-Crossover-Key": page.file_key}))
    assert not (world / "edits.yaml").exists()
    assert page.ask("/best").status == 200, "it goes on"
