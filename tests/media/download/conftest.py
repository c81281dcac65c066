"""A media host of its own for every test, and time that need not pass."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from crossover.media.containers.probe import MP4, PICTURES
from crossover.media.download.addresses import ExtraHost
from crossover.media.download.connections import Timeouts, Watch
from crossover.media.download.disk_space import DiskSpace
from crossover.media.download.download import Bounds, download
from crossover.media.download.http import MediaClient
from crossover.media.download.outcomes import Result, Wanted
from crossover.runtime.clock import Clock
from tests.media.download.server import MediaServer, media_server

VIDEO, PICTURE = frozenset({MP4}), frozenset(PICTURES)


@dataclass
class Time(Clock):
    """The clock of a fetch: pauses pass at once, and are written down."""

    waited: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)

    def monotonic(self) -> float:
        return time.monotonic() + sum(self.waited)


@dataclass
class Fetcher:
    """Downloads from the test's server; counts the bytes that come."""

    server: MediaServer
    folder: Path
    time: Time = field(default_factory=Time)
    bounds: Bounds = field(default_factory=lambda: Bounds(spare=0))
    timeouts: Timeouts = field(default_factory=lambda: Timeouts(5, silent=20, window=2))
    received: int = 0
    stop_at: float = math.inf
    told: list[float] = field(default_factory=list)

    def count(self, size: int) -> None:
        self.received += max(0, size)

    def client(self) -> MediaClient:
        watch = Watch(
            lambda: self.received >= self.stop_at, self.timeouts, self.time, self.told.append
        )
        return MediaClient(watch, extra_host=ExtraHost("127.0.0.1", self.server.port))

    def __call__(self, url: str, kinds: frozenset[str] = VIDEO, **more: Any) -> Result:
        with self.client() as client:
            space = DiskSpace(self.folder, self.bounds.spare)
            one = replace(wanted(url, kinds), **more)
            return download(one, self.folder, client, self.bounds, self.count, space)

    def rests(self) -> list[str]:
        """What lies in the folder that is not a whole file."""
        return sorted(p.name for p in self.folder.iterdir() if ".part" in p.name)


def wanted(url: str, kinds: frozenset[str] = VIDEO) -> Wanted:
    key = url.split("/", 3)[3].partition("?")[0]
    return Wanted(key, url, key.replace("/", "-"), kinds)


@pytest.fixture
def server() -> Iterator[MediaServer]:
    with media_server() as running:
        yield running


@pytest.fixture
def fetcher(server: MediaServer, tmp_path: Path) -> Fetcher:
    return Fetcher(server, tmp_path / "fetched")
