"""`crossover.yaml`: what the creator decides for all posts at once, read with line numbers."""

from __future__ import annotations

from pathlib import Path

import yaml

from crossover.model.choices import Action, Rules
from crossover.model.posts import Visibility
from crossover.settings.strict_yaml import (
    Wrong,
    mapping,
    named,
    one_of,
    read_yaml,
    value,
    whole,
    words,
)

TEMPLATE = """\
# Your rules for this move. crossover wrote this file once; from now on it is yours alone.
# After a change, run `crossover plan` and look again.
version: 1

# Posts that only you can see on TikTok: hold (wait for you), skip, or move.
# Moved ones stay only-me on RedNote; wider becomes only what you say so for, note by note.
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
    entries = named(mapping(path, read_yaml(path), {"version", "only_me", "not_told", "topics"}))
    topics = named(mapping(path, entries.get("topics"), {"max", "drop"}))
    value(path, entries, "version", 1, whole(1, 1))
    return Rules(
        only_me=value(path, entries, "only_me", Action.HOLD, one_of(Action)),
        not_told=value(path, entries, "not_told", Action.HOLD, _not_told),
        topics_max=value(path, topics, "max", 10, whole(0, 10)),
        topics_drop=value(path, topics, "drop", (), words),
    )


def _not_told(node: yaml.Node) -> Action | Visibility:
    allowed: tuple[Action | Visibility, ...] = (Action.HOLD, Action.SKIP, *Visibility)
    for choice in allowed:
        if isinstance(node, yaml.ScalarNode) and node.value == choice:
            return choice
    raise Wrong(f"one of {', '.join(allowed)}")
