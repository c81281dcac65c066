"""docs/rules.md has every rule, its values and its default."""

from __future__ import annotations

import re
from pathlib import Path

from crossover.settings.rule_table import RULES
from crossover.settings.rule_values import format_value

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_of_rules_has_each_with_its_values_and_default() -> None:
    rows = re.findall(
        r"^\| `([\w.]+)` \| (.*?) \| `(.*?)` \| .+ \|$", PAGE.read_text("utf-8"), re.M
    )
    expected = [(rule.key, rule.kind.allowed, format_value(rule.default)) for rule in RULES]
    assert sorted(rows) == sorted(expected)
