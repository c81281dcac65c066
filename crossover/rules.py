"""`crossover.yaml`: what the creator decides for all posts at once, read with line numbers."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from crossover.errors import UsageProblem
from crossover.model import Action, Rules, Visibility

TEMPLATE = """\
# Your rules for this move. crossover wrote this file once; from now on it is yours alone.
# After a change, run `crossover plan` and look again.
version: 1

# Posts that only you can see on TikTok: hold (wait for you), skip, or move.
# Moved ones stay only-me on RedNote; nothing ever becomes wider than it was.
only_me: hold

# Posts of old exports that do not say who could see them:
# hold, skip, only-me, friends or public.
not_told: hold

topics:
  # RedNote takes 10 at most. Tags about TikTok itself (fyp, foryou, ...) never count.
  max: 10
  # More tags to leave out, without the #.
  drop: []
"""


def read_rules(path: Path) -> Rules:
    """The rules of a workspace. A missing file means the defaults.

    Raises `UsageProblem` naming file, line and key; nothing is taken from a wrong file.
    """
    if not path.exists():
        return Rules()
    try:
        root = _compose(path)
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise _wrong(path, line, getattr(exc, "problem", None) or "not readable as YAML") from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise UsageProblem(f"{path} cannot be read: {exc}.") from exc
    values = _mapping(path, root, {"version", "only_me", "not_told", "topics"})
    topics = _mapping(path, values.get("topics"), {"max", "drop"})
    version = _value(path, values, "version", 1, _whole(1, 1))
    assert version == 1  # noqa: S101  _whole(1, 1) lets nothing else through
    return Rules(
        only_me=_value(path, values, "only_me", Action.HOLD, _one_of(Action)),
        not_told=_value(path, values, "not_told", Action.HOLD, _not_told),
        topics_max=_value(path, topics, "max", 10, _whole(0, 10)),
        topics_drop=_value(path, topics, "drop", (), _words),
    )


def _compose(path: Path) -> yaml.Node | None:
    text = path.read_text("utf-8-sig")
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
            line = token.start_mark.line + 1
            raise _wrong(path, line, "anchors, aliases and tags are not used in this file")
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    return node


def _mapping(path: Path, node: yaml.Node | None, known: set[str]) -> dict[str, yaml.Node]:
    if node is None or (isinstance(node, yaml.ScalarNode) and node.value in ("", "null", "~")):
        return {}
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise _wrong(path, line, "here stand lines of the form `key: value`")
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name, at = str(key.value), key.start_mark.line + 1
        if name not in known:
            raise _wrong(path, at, f"`{name}` is no rule; known here: {', '.join(sorted(known))}")
        if name in found:
            raise _wrong(path, at, f"`{name}` stands here twice")
        found[name] = value
    return found


def _value(
    path: Path,
    values: dict[str, yaml.Node],
    key: str,
    default: Any,
    read: Callable[[yaml.Node], Any],
) -> Any:
    node = values.get(key)
    if node is None:
        return default
    try:
        return read(node)
    except ValueError as exc:
        raise _wrong(path, node.start_mark.line + 1, f"`{key}`: {exc}") from exc


def _one_of(enum: type[StrEnum]) -> Callable[[yaml.Node], Any]:
    def read(node: yaml.Node) -> Any:
        allowed = [str(member) for member in enum]
        if not isinstance(node, yaml.ScalarNode) or node.value not in allowed:
            raise ValueError(f"one of {', '.join(allowed)}")
        return enum(node.value)

    return read


def _not_told(node: yaml.Node) -> Action | Visibility:
    allowed: tuple[Action | Visibility, ...] = (Action.HOLD, Action.SKIP, *Visibility)
    for choice in allowed:
        if isinstance(node, yaml.ScalarNode) and node.value == choice:
            return choice
    raise ValueError(f"one of {', '.join(allowed)}")


def _whole(low: int, high: int) -> Callable[[yaml.Node], int]:
    def read(node: yaml.Node) -> int:
        text = node.value if isinstance(node, yaml.ScalarNode) else ""
        if not text.isdecimal() or not low <= int(text) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(text)

    return read


def _words(node: yaml.Node) -> tuple[str, ...]:
    if not isinstance(node, yaml.SequenceNode) or not all(
        isinstance(item, yaml.ScalarNode) for item in node.value
    ):
        raise ValueError("a list of words, as in [one, two]")
    return tuple(str(item.value).lstrip("#＃") for item in node.value)


def _wrong(path: Path, line: int, what: str) -> UsageProblem:
    return UsageProblem(f"{path}, line {line}: {what}.", next="Correct the line and run it again.")
