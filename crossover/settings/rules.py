"""`crossover.yaml`: the creator's rules for all posts at once."""

from __future__ import annotations

from pathlib import Path

import yaml

from crossover.model.choices import Action, Rules
from crossover.model.posts import Visibility
from crossover.settings.strict_yaml import (
    InvalidValue,
    index_by_name,
    integer_between,
    member_of,
    parse_words,
    read_mapping,
    read_value,
    read_yaml,
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
    """Read the rules of a workspace. A missing file means the defaults.

    Raises `UsageProblem` naming file, line and key; nothing is taken from a wrong file.
    """
    if not path.exists():
        return Rules()
    entries = index_by_name(
        read_mapping(path, read_yaml(path), {"version", "only_me", "not_told", "topics"})
    )
    topics = index_by_name(read_mapping(path, entries.get("topics"), {"max", "drop"}))
    read_value(path, entries, "version", 1, integer_between(1, 1))
    return Rules(
        only_me=read_value(path, entries, "only_me", Action.HOLD, member_of(Action)),
        not_told=read_value(path, entries, "not_told", Action.HOLD, _not_told),
        topics_max=read_value(path, topics, "max", 10, integer_between(0, 10)),
        topics_drop=read_value(path, topics, "drop", (), parse_words),
    )


def _not_told(node: yaml.Node) -> Action | Visibility:
    allowed: tuple[Action | Visibility, ...] = (Action.HOLD, Action.SKIP, *Visibility)
    for choice in allowed:
        if isinstance(node, yaml.ScalarNode) and node.value == choice:
            return choice
    raise InvalidValue(f"one of {', '.join(allowed)}")
