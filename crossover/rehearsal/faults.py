"""Fault scripts: what shall go wrong, and at which call."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

CALLS: Final = ("probe", "topics", "permit", "put", "create", "list")
KEYS: Final = ("call", "fault", "at", "every", "seconds")


class BadScript(Exception):
    """The fault script cannot be used; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Slow:
    """Waits before the call is handled."""

    seconds: float
    name = "slow"


@dataclass(frozen=True, slots=True)
class StoredThenDropped:
    """The call is carried out in full, then the connection is cut without an answer."""

    name = "stored-then-dropped"


Fault = Slow | StoredThenDropped


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a script. Neither `at` nor `every` means each call."""

    call: str
    fault: Fault
    at: tuple[int, ...] = ()
    every: int | None = None

    def due(self, nth: int) -> bool:
        if self.at:
            return nth in self.at
        return self.every is None or nth % self.every == 0


class Script:
    """The entries, and how many calls of each kind have come in since the server started."""

    def __init__(self, entries: tuple[Entry, ...] = ()) -> None:
        self.entries = entries
        self._seen: Counter[str] = Counter()

    def due(self, call: str) -> list[Fault]:
        """Counts a call of this kind and answers the faults that hit it."""
        self._seen[call] += 1
        self._seen["any"] += 1
        return [
            entry.fault
            for entry in self.entries
            if entry.call in (call, "any") and entry.due(self._seen[entry.call])
        ]


def read_script(path: Path) -> Script:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise BadScript(f"{path}: cannot be read: {exc}") from exc
    loader = yaml.SafeLoader(text)
    try:
        root = loader.get_single_node()
        return Script(tuple(_entries(loader, root)))
    except yaml.YAMLError as exc:
        raise BadScript(f"{path}: not YAML: {' '.join(str(exc).split())}") from exc
    except BadScript as exc:
        raise BadScript(f"{path}, {exc}") from exc
    finally:
        loader.dispose()


def _entries(loader: yaml.SafeLoader, root: yaml.Node | None) -> list[Entry]:
    if root is None:
        raise BadScript("line 1: the file is empty; it needs a list named `faults`")
    found = _pairs(loader, root, ("faults",), "line 1")
    if "faults" not in found:
        raise BadScript("line 1: there is no list named `faults`")
    listed = found["faults"]
    if not isinstance(listed, yaml.SequenceNode):
        raise BadScript(f"line {_line(listed)}: `faults` is not a list")
    return [
        _entry(loader, node, f"line {_line(node)} (fault {number})")
        for number, node in enumerate(listed.value, 1)
    ]


def _entry(loader: yaml.SafeLoader, node: yaml.Node, where: str) -> Entry:
    values = {
        key: loader.construct_object(value, deep=True)
        for key, value in _pairs(loader, node, KEYS, where).items()
    }
    call = values.get("call")
    if call not in (*CALLS, "any"):
        raise BadScript(f"{where}: call is {call!r}; known are {', '.join((*CALLS, 'any'))}")
    if "at" in values and "every" in values:
        raise BadScript(f"{where}: give `at` or `every`, not both")
    fault: Fault
    match values.get("fault"):
        case "slow":
            fault = Slow(_seconds(values.get("seconds"), where))
        case "stored-then-dropped" if "seconds" in values:
            raise BadScript(f"{where}: `seconds` belongs to the fault slow")
        case "stored-then-dropped":
            fault = StoredThenDropped()
        case other:
            raise BadScript(f"{where}: fault is {other!r}; known are slow, stored-then-dropped")
    every = _counts(values["every"], "every", where)[0] if "every" in values else None
    return Entry(
        call=str(call),
        fault=fault,
        at=_counts(values["at"], "at", where) if "at" in values else (),
        every=every,
    )


def _seconds(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 600:
        raise BadScript(f"{where}: slow needs `seconds`, a number from 0 to 600")
    return float(value)


def _counts(value: object, key: str, where: str) -> tuple[int, ...]:
    counts = value if isinstance(value, list) and key == "at" else [value]
    if not counts or any(type(count) is not int or count < 1 for count in counts):
        wanted = "a whole number from 1 on" + (", or a list of them" if key == "at" else "")
        raise BadScript(f"{where}: `{key}` needs {wanted}")
    return tuple(counts)


def _pairs(
    loader: yaml.SafeLoader, node: yaml.Node, keys: tuple[str, ...], where: str
) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise BadScript(f"{where}: expected `key: value` lines")
    found: dict[str, yaml.Node] = {}
    for key_node, value in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key not in keys:
            raise BadScript(
                f"{where}: line {_line(key_node)}: {key!r} is not a key; known: {', '.join(keys)}"
            )
        if key in found:
            raise BadScript(f"{where}: line {_line(key_node)}: {key} is given twice")
        found[key] = value
    return found


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
