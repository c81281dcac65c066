"""The labels of TXT records: the known ones as dated data, all others learnt from the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from crossover.exports.keys import none_if_empty, normalise_key
from crossover.exports.links import parse_link, split_links
from crossover.package_data import load_data

DATE, LINK = "date", "link"

_LABEL = re.compile(
    r"([^\s:：/][^:：/]{0,39})(?::(?:[ \u00a0\u202f](.*)|\s*)|：\s?(.*))", re.DOTALL
)
_BLANKS = (" ", "\u00a0", "\u202f")
_DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: UTC)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class KnownNames:
    """`names.yaml`, all in plain spelling: the names of files and folders, the labels with
    the JSON key of the same field, those keys in the order of a record, and which are free."""

    posts: tuple[str, ...]
    deleted: frozenset[str]
    profile: frozenset[str]
    folders: frozenset[str]
    labels: Mapping[str, str]
    order: tuple[str, ...]
    free: frozenset[str]
    handle: frozenset[str]
    name: frozenset[str]


@cache
def load_names() -> KnownNames:
    """Load `names.yaml`: the names that were seen in exports."""
    data: dict[str, Any] = load_data("crossover.exports.txt", "names.yaml")
    files, profile = data["files"], data["profile"]
    labels = {
        normalise_key(n): normalise_key(key) for key, names in data["labels"].items() for n in names
    }
    return KnownNames(
        posts=tuple(map(normalise_key, files["posts"])),
        deleted=frozenset(map(normalise_key, files["deleted"])),
        profile=frozenset(map(normalise_key, files["profile"])),
        folders=frozenset(map(normalise_key, data["folders"])),
        labels=labels,
        order=tuple(map(normalise_key, data["labels"])),
        free=frozenset(map(normalise_key, data["free"])),
        handle=frozenset(map(normalise_key, profile["handle"])),
        name=frozenset(map(normalise_key, profile["name"])),
    )


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one file, all plain: label → the JSON key of the same field, or the label
    itself where only its place tells that it is one. `foreign` is whether there are such, `spelled`
    how those whose meaning is not known are written, and `second_date` whether a record holds a date
    beside its own, as recently deleted posts do."""

    keys: Mapping[str, str]
    foreign: bool = False
    second_date: bool = False
    spelled: Mapping[str, str] = field(default_factory=dict)

    def split(self, line: str) -> tuple[str, str] | None:
        """Split a line that begins with a label of this file into key and value; None for
        others."""
        name, value = split_at_colon(line)
        key = self.keys.get(normalise_key(name)) if 0 < len(name) <= 40 else None
        return None if key is None else (key, value)

    def may_be_text(self, key: str) -> bool:
        """Whether the value may be text that people wrote: of a label in an unknown language,
        any may."""
        known = load_names()
        return key in known.free or key not in known.order

    def comes_after(self, key: str, other: str) -> bool:
        """Whether `key` stands after `other` in a record; unknown labels may stand anywhere."""
        order = load_names().order
        if key not in order or other not in order:
            return True
        return order.index(key) > order.index(other)


def learn_labels(beginning: Sequence[str]) -> Labels:
    """Learn the labels of a file from its first lines.

    A date label is a known one, or any before a complete date that a link to stored media
    follows; only one of them counts in a file. What follows date and link in an unbroken run of
    `Label: value` lines are labels too, but for what may be text that people wrote.
    """
    known = load_names().labels
    date, link = _find_date_and_link(beginning)
    keys = {name: key for name, key in known.items() if key != DATE or date in (None, name)}
    if date is not None:
        keys[date] = DATE
    if link is not None:
        keys.setdefault(link, LINK)
    known_keys = len(keys)
    second_date = False
    dated = [number for number, line in enumerate(beginning) if _is_dated(line, date)]
    for number in dated:
        if number != dated[0] and keys.get(_label_at(beginning, number + 1)) != LINK:
            continue  # perhaps a line of a title
        for name, value in _read_label_run(beginning, number + 1, Labels(keys)):
            if known.get(name) != DATE:
                keys.setdefault(name, name)
            second_date = second_date or is_date(value)
    spelled = {
        label: split_at_colon(line)[0].strip()
        for line in reversed(beginning)
        if (label := _split_label(line)[0]) and keys.get(label) == label and label not in known
    }
    return Labels(keys, len(keys) > known_keys, second_date, spelled)


def _find_date_and_link(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """Find the file's date label, and a link label that is not known, both normalised."""
    known = load_names().labels
    date: str | None = None
    for line, after in pairwise([*lines, ""]):
        name, value = _split_label(line)
        if name is None or not is_date(value):
            continue
        next_name, next_value = _split_label(after)
        stored = next_name is not None and is_stored(next_value)
        if date is None and (known.get(name) == DATE or stored):
            date = name
        if date == name and stored:
            return date, next_name
    return date, None


def _read_label_run(lines: Sequence[str], start: int, labels: Labels) -> Iterator[tuple[str, str]]:
    in_text: str | None = None
    for line in lines[start:]:
        name, value = _split_label(line)
        key = labels.keys.get(name) if name is not None else None
        if key == DATE:
            return
        if in_text is not None and not (key and labels.comes_after(key, in_text)):
            continue
        if name is None:
            if line.startswith(("http://", "https://")):
                continue
            return
        yield name, value
        free = key is not None and labels.may_be_text(key) and none_if_empty(value)
        in_text = key if free else None


def split_at_colon(line: str) -> tuple[str, str]:
    """Split a line into name and value at its first colon, `:` or the wide one of Chinese and
    Japanese; a line without one has no name."""
    name, colon, value = line.partition(":")
    if "：" in name:
        name, colon, value = line.partition("：")
    if not colon:
        return "", line
    return name, value[1:] if value.startswith(_BLANKS) else value


def _split_label(line: str) -> tuple[str | None, str]:
    found = _LABEL.fullmatch(line)
    return (normalise_key(found[1]), found[2] or found[3] or "") if found else (None, "")


def _is_dated(line: str, date: str | None) -> bool:
    name, value = _split_label(line)
    return name is not None and name == date and is_date(value)


def _label_at(lines: Sequence[str], number: int) -> str:
    return _split_label(lines[number])[0] or "" if number < len(lines) else ""


def is_date(value: str) -> bool:
    """Whether the value has the form of a complete date."""
    return _DATE.fullmatch(value.strip()) is not None


def is_stored(value: str) -> bool:
    """Whether the value is a link to media in TikTok's storage, as only own posts have."""
    return any(parse_link(url).object_key is not None for url in split_links(value))
