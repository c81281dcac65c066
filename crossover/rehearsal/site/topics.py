"""The topics that exist here: a fixed list, so that a run can be repeated."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Topic:
    id: str
    name: str
    link: str
    view_num: int


@cache
def load_topics() -> tuple[Topic, ...]:
    text = Path(__file__).with_name("topics.yaml").read_text("utf-8")
    lists = yaml.safe_load(text)
    return tuple(_make_topic(name) for name in (*lists["topics"], *lists["words"].split()))


def find_topic(name: str) -> Topic | None:
    """Find the topic of that name; `Sunset` is `sunset`."""
    return _index_by_name().get(name.casefold())


def search_topics(keyword: str) -> list[Topic]:
    """Find the topics whose name contains the keyword; the one that equals it comes first."""
    wanted = keyword.strip().casefold()
    if not wanted:
        return []
    hits = [topic for topic in load_topics() if wanted in topic.name.casefold()]
    return sorted(hits, key=lambda topic: topic.name.casefold() != wanted)


@cache
def _index_by_name() -> dict[str, Topic]:
    return {topic.name.casefold(): topic for topic in load_topics()}


def _make_topic(name: str) -> Topic:
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Topic(
        id=digest[:24],
        name=name,
        link=f"https://www.xiaohongshu.com/page/topics/{digest[:24]}?naviHidden=yes",
        view_num=10_000 + int(digest[24:32], 16) % 90_000_000,
    )
