"""Blocks read ahead: the same blocks, the same errors, and no thread is left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.exports.archive.read_ahead import DEPTH, read_ahead


def threads() -> list[str]:
    return [one.name for one in threading.enumerate() if one.name.startswith("read-ahead")]


@given(st.lists(st.binary(min_size=1), max_size=20))
def test_the_blocks_are_the_same_and_in_order(blocks: list[bytes]) -> None:
    assert list(read_ahead(iter(blocks))) == blocks
    assert threads() == []


def test_an_error_comes_where_it_was_made() -> None:
    def blocks() -> Iterator[bytes]:
        yield b"1"
        yield b"2"
        raise ValueError("damaged")

    ahead = read_ahead(blocks())
    assert [next(ahead), next(ahead)] == [b"1", b"2"]
    with pytest.raises(ValueError, match="damaged"):
        next(ahead)
    assert threads() == []


def test_whoever_stops_early_leaves_no_thread_and_few_blocks() -> None:
    made = []

    def blocks() -> Iterator[bytes]:
        while True:
            made.append(threading.current_thread().name)
            yield b"x"

    ahead = read_ahead(blocks())
    next(ahead)
    assert threads() == []
    next(ahead)
    assert threads() != []
    ahead.close()
    assert threads() == []
    assert 2 <= len(made) <= 2 + DEPTH
    assert all(name.startswith("read-ahead") for name in made[1:])
