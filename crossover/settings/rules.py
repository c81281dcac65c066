"""`crossover.yaml`: the creator's rules for all posts at once, and `topics.yaml` beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import yaml

from crossover.model.calendar import CalendarRules
from crossover.model.choices import Rules
from crossover.settings.own_topics import OWN_TOPICS, read_own_topics
from crossover.settings.rule import Rule
from crossover.settings.rule_search import explain_unknown, rules_under
from crossover.settings.rule_table import GROUPS, RULES
from crossover.settings.strict_yaml import (
    InvalidValue,
    find_line,
    index_by_name,
    integer_between,
    is_there,
    line_error,
    parse_yaml,
    read_mapping,
    read_text_file,
    read_value,
)

T = TypeVar("T")
VERSION = 1


@dataclass(frozen=True, slots=True)
class RuleValue:
    """A rule as it holds. `line` is where the file says so, from 1; None: it is the default."""

    rule: Rule
    value: Any
    line: int | None = None

    @property
    def is_default(self) -> bool:
        """Whether it holds without the file as well."""
        return bool(self.value == self.rule.default)


def read_rules(path: Path) -> Rules:
    """Read the rules of a workspace. A missing file means the defaults.

    Raises `UsageProblem` naming file, line and key; nothing is taken from a wrong file.
    """
    rules = fill_from(read_rule_values(path), Rules)
    return replace(rules, topics_own=read_own_topics(path.with_name(OWN_TOPICS)).by_tag)


def read_calendar_rules(path: Path) -> CalendarRules:
    """Read what the rules of a workspace say of when notes go out. Raises as `read_rules`."""
    return fill_from(read_rule_values(path), CalendarRules)


def read_rule_values(path: Path) -> tuple[RuleValue, ...]:
    """Read every rule as it holds, in the order of the table. Raises as `read_rules`."""
    if not is_there(path):
        return tuple(RuleValue(rule, rule.default) for rule in RULES)
    return parse_rule_values(path, read_text_file(path).text)


def parse_rule_values(path: Path, text: str) -> tuple[RuleValue, ...]:
    """Parse the text of a rules file. `path` is what messages name. Raises as `read_rules`."""
    root = index_by_name(read_mapping(path, parse_yaml(path, text), None))
    read_value(path, root, "version", VERSION, integer_between(VERSION, VERSION))
    nodes = _read_keys(path, root, "")
    for group in GROUPS:
        nodes |= _read_group(path, group, root.get(group))
    return tuple(_read_rule(path, rule, nodes.get(rule.key)) for rule in RULES)


def fill_from(values: Iterable[RuleValue], kind: type[T]) -> T:
    """Make the value of type `kind` that the rules of it fill."""
    made = kind()
    for one in values:
        if one.rule.of is kind:
            made = _with_field(made, one.rule.field, one.value)
    return made


def _with_field(made: Any, field: str, value: Any) -> Any:
    name, _, inner = field.partition(".")
    return replace(
        made, **{name: _with_field(getattr(made, name), inner, value) if inner else value}
    )


def _read_group(path: Path, group: str, node: yaml.Node | None) -> dict[str, yaml.Node]:
    """Read the rules of a group. One word, `topics: zh`, is the rule that stands for it."""
    if isinstance(node, yaml.ScalarNode) and node.value not in ("", "null", "~"):
        for rule in rules_under(group).values():
            if rule.stands_for_group:
                return {rule.key: node}
    return _read_keys(path, index_by_name(read_mapping(path, node, None)), group)


def _read_keys(path: Path, entries: dict[str, yaml.Node], group: str) -> dict[str, yaml.Node]:
    """Find the values of the rules of a group, by their keys. Raises `UsageProblem` for a key that
    is none."""
    known = rules_under(group)
    others = () if group else ("version", *GROUPS)
    for name, node in entries.items():
        if name not in known and name not in others:
            key = f"{group}.{name}" if group else name
            raise line_error(path, find_line(node), explain_unknown(key, sorted((*known, *others))))
    return {known[name].key: node for name, node in entries.items() if name in known}


def _read_rule(path: Path, rule: Rule, node: yaml.Node | None) -> RuleValue:
    if node is None:
        return RuleValue(rule, rule.default)
    try:
        return RuleValue(rule, rule.kind.parse(node), find_line(node))
    except InvalidValue as exc:
        raise line_error(path, find_line(node), f"`{rule.key}`: {exc}") from exc
