"""Children killed at any moment: nothing is lost, and nothing comes out otherwise."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from crossover.media.decoder.pool import DecoderPool
from crossover.media.fit import fit
from crossover.media.fit.fitted import Unfit
from crossover.model.posts import Media
from tests.media.fitting import corners, film, fit_all, media, saved
from tests.tier import by_tier

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="there, nobody can tell who ended a process"),
    pytest.mark.usefixtures("own_children"),
]

KILLS = by_tier(4, 50)
FILES = by_tier(16, 150)


@contextmanager
def killed_children(
    monkeypatch: pytest.MonkeyPatch, kills: int, chance: random.Random
) -> Iterator[list[int]]:
    """Within, children of the pool are killed at random, so many times; yields their pids."""
    pools: list[DecoderPool] = []
    killed: list[int] = []
    ended = threading.Event()

    class Watched(DecoderPool):
        def __init__(self) -> None:
            super().__init__(2)
            pools.append(self)

    def kill() -> None:
        while len(killed) < kills and not ended.wait(chance.uniform(0.01, 0.25)):
            children = [
                one._child for pool in pools for one in pool._decoders if one._child is not None
            ]
            if children:
                pid = chance.choice(children).pid
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)

    monkeypatch.setattr(fit, "DecoderPool", Watched)
    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield killed
    finally:
        ended.set()
        killer.join()


def made_files(root: Path, number: int) -> list[Media]:
    """Pictures, and one short film in eight."""
    items = []
    for n in range(number):
        if n % 8 == 3:
            film(root / f"media/{n}.mp4", [corners(64 + 2 * (n % 50), 64)] * 12)
            items.append(media(root, f"{n}.mp4"))
        else:
            items.append(media(root, f"{n}.jpg", saved(corners(400 + n, 300))))
    return items


def test_children_killed_at_random_lose_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figure: Callable[[str], None]
) -> None:
    (tmp_path / "undisturbed").mkdir()
    items = made_files(tmp_path / "undisturbed", FILES)
    undisturbed = fit_all(tmp_path / "undisturbed", items)
    root = tmp_path / "disturbed"
    root.mkdir()
    (root / "media").symlink_to(tmp_path / "undisturbed/media")
    runs, unfit = 0, 0
    with killed_children(monkeypatch, KILLS, random.Random(20261127)) as killed:
        while len(killed) < KILLS:
            for made in (root / "ready").glob("*"):
                made.unlink()
            found = fit_all(root, items)
            runs += 1
            unfit += sum(isinstance(one, Unfit) for one in found.values())
    assert fit_all(root, items) == undisturbed
    assert not list((root / "ready").glob(".crossover-tmp-*"))
    figure(
        f"{len(killed)} kills in {runs} runs over {FILES} files; {unfit} put off to the next run"
    )
