"""Hashtags of a TikTok caption → topics of a RedNote note, and the text without them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import regex
import yaml

from crossover.model import Change

_WORD = r"[\p{L}\p{N}\p{M}_]+"
_RUN = regex.compile(rf"(?<![\p{{L}}\p{{N}}_&/])(?:[#＃]+{_WORD})+")
_TAG = regex.compile(rf"[#＃]+({_WORD})")


@dataclass(frozen=True, slots=True)
class Split:
    """A caption taken apart: its text without tags, and the tags in order, each once."""

    text: str
    tags: tuple[str, ...]


def split_hashtags(caption: str) -> Split:
    """Take the hashtags out of a caption. Tags inside a sentence stay as plain words; tags that
    stand behind it go. `#1` is no tag, `#a#b` are two, a full-width `＃` is a `#`."""
    tags: dict[str, str] = {}
    lines = []
    for line in caption.splitlines():
        for run in _RUN.finditer(line):
            for name in _TAG.findall(run.group()):
                if not name.isnumeric():
                    tags.setdefault(name.casefold(), name)
        lines.append(_without_tags(line))
    text = regex.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return Split(text, tuple(tags.values()))


def _without_tags(line: str) -> str:
    body = line.rstrip()
    while True:
        last = next(reversed(list(_RUN.finditer(body))), None)
        if last is None or last.end() != len(body) or _all_numeric(last.group()):
            break
        before = body[: last.start()].rstrip()
        word = before.rsplit(maxsplit=1)[-1].casefold() if before else ""
        if word in _data()["joining_words"]:
            break
        body = before
    return _RUN.sub(_as_words, body)


def _as_words(run: regex.Match[str]) -> str:
    if _all_numeric(run.group()):
        return run.group()
    return " ".join(_TAG.findall(run.group()))


def _all_numeric(run: str) -> bool:
    return all(name.isnumeric() for name in _TAG.findall(run))


def choose_topics(
    tags: tuple[str, ...], *, most: int, drop: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[Change, ...]]:
    """The first `most` tags that mean something on RedNote, in order, and what was left out."""
    platform = [t for t in tags if _is_platform(t)]
    unwanted = {name.casefold() for name in drop}
    by_rule = [t for t in tags if t.casefold() in unwanted and t not in platform]
    rest = [t for t in tags if t not in platform and t not in by_rule]
    changes = []
    if platform:
        changes.append(_dropped(platform, "tags about TikTok mean nothing on RedNote"))
    if by_rule:
        changes.append(_dropped(by_rule, "your rules leave these tags out"))
    if rest[most:]:
        changes.append(_dropped(rest[most:], f"a note carries at most {most} topics"))
    return tuple(rest[:most]), tuple(changes)


def _dropped(tags: list[str], why: str) -> Change:
    return Change("topics", " ".join(f"#{t}" for t in tags), "", why)


def _is_platform(tag: str) -> bool:
    name = tag.casefold()
    return any(
        name.startswith(entry[:-1]) if entry.endswith("*") else name == entry
        for entry in _data()["platform"]
    )


@cache
def _data() -> dict[str, list[str]]:
    text = resources.files(__package__).joinpath("topics.yaml").read_text("utf-8")
    return {
        key: [entry.casefold() for entry in entries]
        for key, entries in yaml.safe_load(text).items()
    }
