"""docs/rules.md has every rule, its values, its default and an example."""

from __future__ import annotations

import re
from pathlib import Path

from crossover.settings.rule_table import RULES
from crossover.settings.rule_values import format_value
from crossover.settings.set_rule import parse_assignment

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_of_rules_has_each_with_its_values_and_default() -> None:
    rows = re.findall(
        r"^\| `([\w.]+)` \| (.*?) \| `(.*?)` \| .+ \|$", PAGE.read_text("utf-8"), re.M
    )
    expected = [(rule.key, rule.kind.allowed, format_value(rule.default)) for rule in RULES]
    assert sorted(rows) == sorted(expected)


def test_every_rule_has_an_example_on_the_page_and_each_of_them_can_be_set() -> None:
    shown = re.findall(r'--set (?:"([^"\n]*)"|([^\s`"]+))', PAGE.read_text("utf-8"))
    shown = [quoted or plain for quoted, plain in shown]
    given = {parse_assignment(typed).rule.key for typed in shown}
    assert given == {rule.key for rule in RULES}
