"""The rules of `crossover.yaml` as they hold, and what was set there."""

from __future__ import annotations

from collections.abc import Iterable

from crossover.cli.view.screen import say
from crossover.settings.rule_values import format_value
from crossover.settings.rules import RuleValue
from crossover.text import unbroken


def rules_text(values: Iterable[RuleValue], file: str) -> str:
    """Format each rule as `topics.max: 5    # crossover.yaml, line 31`, and say which is at its
    default."""
    lines = [(_assigned(one), _origin(one, file), one) for one in values]
    width = max(len(assigned) for assigned, _, _ in lines)
    return "\n".join(
        f"{assigned:{width}}  # {origin}{', the default' if one.line and one.is_default else ''}"
        for assigned, origin, one in lines
    )


def show_rules_set(values: Iterable[RuleValue], file: str) -> None:
    """Say which rules were written into the file."""
    for one in values:
        say(f"{_assigned(one)}: set in {_origin(one, file)}.")


def _assigned(one: RuleValue) -> str:
    return unbroken(f"{one.rule.key}: {format_value(one.value)}")


def _origin(one: RuleValue, file: str) -> str:
    return f"{file}, line {one.line}" if one.line else "the default"
