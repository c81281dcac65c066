"""Finds the rule that a key means, or comes near to."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from crossover.settings.rule import Rule
from crossover.settings.rule_table import GROUPS, RULES


def find_rule(key: str) -> Rule | None:
    """Find the rule of a key as it is typed; that of a group may be the one that stands for it."""
    return next(
        (
            rule
            for rule in RULES
            if rule.key == key or (rule.stands_for_group and rule.group == key)
        ),
        None,
    )


def get_rule(key: str) -> Rule:
    """Get the rule of this key, which is one."""
    return next(rule for rule in RULES if rule.key == key)


def rules_under(group: str) -> dict[str, Rule]:
    """Find the rules under a group, by their names; at the top of the file for the empty one."""
    return {rule.name: rule for rule in RULES if rule.group == group}


def _nearest_rule(key: str) -> Rule | None:
    """Find the rule whose key, or name within its group, is the nearest to `key`."""
    by_name: dict[str, Rule] = {}
    for rule in RULES:
        by_name.setdefault(rule.key, rule)
        by_name.setdefault(rule.name, rule)
    near = get_close_matches(key, by_name, 1) or get_close_matches(
        key.rpartition(".")[2], by_name, 1
    )
    return by_name[near[0]] if near else None


def explain_unknown(key: str, keys: Iterable[str]) -> str:
    """Say that a key is none of a rule, and which comes nearest, else which there are."""
    if "." not in key and (group := get_close_matches(key, GROUPS, 1)):
        under = ", ".join(rules_under(group[0]))
        return f"`{key}` is no rule; the nearest is `{group[0]}`, with {under} under it"
    near = _nearest_rule(key)
    if near is None:
        return f"`{key}` is no rule; known here: {', '.join(keys)}"
    if near.key == key:
        return f"`{key}` is no rule in one line; write `{near.name}` under `{near.group}:`"
    return f"`{key}` is no rule; the nearest is `{near.key}`"
