"""Writes single rules into `crossover.yaml`; its comments, blank lines and order stay."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from crossover.errors import UsageProblem
from crossover.model.next_step import Hint, step
from crossover.settings.rule import Rule
from crossover.settings.rule_search import explain_unknown, find_rule
from crossover.settings.rule_table import RULES
from crossover.settings.rule_values import format_value, parse_typed
from crossover.settings.rules import RuleValue, parse_rule_values
from crossover.settings.rules_template import make_template, rule_lines
from crossover.settings.strict_yaml import (
    NULL,
    InvalidValue,
    TextFile,
    is_there,
    parse_yaml,
    read_mapping,
    read_text_file,
)
from crossover.settings.yaml_edit import set_value
from crossover.storage.atomic import write_atomic

_LIST_THEM = Hint(step("plan", "--show-rules"), " lists all rules, with their values.")


@dataclass(frozen=True, slots=True)
class Assignment:
    """A rule and the value that it shall have."""

    rule: Rule
    value: Any


def parse_assignment(typed: str) -> Assignment:
    """Parse `topics.max=5`. Raises `UsageProblem` for a key that is no rule, with the nearest, and
    for a value that the rule does not take."""
    key, equals, value = (part.strip() for part in typed.partition("="))
    rule = find_rule(key)
    if rule is None:
        what = explain_unknown(key, (rule.key for rule in RULES))
        raise UsageProblem(f"--set {typed}: {what}.", next=_LIST_THEM)
    if not equals:
        raise UsageProblem(
            f"--set {key}: no value is given.",
            next=f"As in --set {key}={format_value(rule.default)} ({rule.kind.allowed}).",
        )
    try:
        return Assignment(rule, parse_typed(rule.kind, value))
    except InvalidValue as exc:
        raise UsageProblem(f"--set {typed}: {rule.key} takes {exc}.", next=_LIST_THEM) from exc


def write_rules(path: Path, assignments: Iterable[Assignment]) -> tuple[RuleValue, ...]:
    """Write rules into the file, all of them or none, and return them as they stand there now. A
    file that is not there is written with all rules; where it is a link, the one that it leads to.

    Raises `UsageProblem` for a mistake elsewhere in the file, and where the file is written in a way
    that a rule cannot be set in.
    """
    there = is_there(path)
    file = read_text_file(path) if there else TextFile(make_template(), "utf-8")
    wanted = {one.rule.key: one for one in assignments}
    text = file.text
    read_mapping(path, parse_yaml(path, text), None)  # else what is added would be called wrong
    for one in wanted.values():
        text = _set(path, text, one)
    now = parse_rule_values(path, text)
    for value in now:
        if value.rule.key in wanted and value.value != wanted[value.rule.key].value:
            raise _by_hand(path, value.rule)
    if text != file.text or not there:
        write_atomic(path.resolve(), file.encode(text))
    return tuple(value for value in now if value.rule.key in wanted)


def _set(path: Path, text: str, one: Assignment) -> str:
    """Set one rule in the text; every other one holds as before, or `UsageProblem` is raised."""
    root, rule, value = parse_yaml(path, text), one.rule, format_value(one.value)
    short = _find_short(root, rule.group)
    before: tuple[RuleValue, ...] = ()
    with suppress(UsageProblem):  # what is wrong there may be this very rule
        before = parse_rule_values(path, text)
    if any(old.rule is rule and old.line and old.value == one.value for old in before):
        return text
    keys = rule.key.split(".")
    if short is not None and rule.stands_for_group:
        keys = [rule.group]
    elif short is not None:
        keys, value = [rule.group], f"{{{short[0].name}: {short[1]}, {rule.name}: {value}}}"
    new = set_value(text, root, keys, value, _new_lines(root, rule, value))
    if before and not _differs_in(rule, before, path, new):
        raise _by_hand(path, rule)
    return new


def _differs_in(rule: Rule, before: Iterable[RuleValue], path: Path, text: str) -> bool:
    """Whether the text can be read, and every other rule holds as before."""
    try:
        now = parse_rule_values(path, text)
    except UsageProblem:
        return False
    pairs = zip(before, now, strict=True)
    return all(old.rule is rule or old.value == new.value for old, new in pairs)


def _find_short(root: yaml.Node | None, group: str) -> tuple[Rule, str] | None:
    """Find the rule whose value stands as that of its group (`topics: zh`), and the value."""
    rule = find_rule(group) if group else None
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    for key, node in pairs:
        if rule and key.value == group and isinstance(node, yaml.ScalarNode) and node.tag != NULL:
            return rule, format_value(node.value)
    return None


def _new_lines(root: yaml.Node | None, rule: Rule, value: str) -> list[str]:
    """Make the lines of a rule that the file does not have yet, and of its group."""
    if not rule.group:
        return ["", *rule_lines(rule, value=value)]
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    if any(key.value == rule.group for key, _ in pairs):
        return list(rule_lines(rule, value=value))
    return ["", f"{rule.group}:", *rule_lines(rule, "  ", value)]


def _by_hand(path: Path, rule: Rule) -> UsageProblem:
    return UsageProblem(
        f"{path} is written in a way that `{rule.key}` cannot be set in without changing more.",
        next="Open it in an editor and change the rule there; nothing was changed.",
    )
