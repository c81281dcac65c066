"""The rules file as it is written first: every rule at its default, with what it does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from textwrap import wrap

from crossover.settings.rule import Rule
from crossover.settings.rule_table import GROUPS, RULES
from crossover.settings.rule_values import format_value
from crossover.settings.rules import VERSION

_WIDTH = 100
_HEAD = f"""\
# Your rules for this move. crossover wrote this file once; from now on it is yours alone.
# After a change, run `crossover plan` and look again. `crossover plan --set topics.max=5` changes
# one rule here and leaves the rest as it is; docs/rules.md of crossover tells more.
version: {VERSION}
"""


def make_template() -> str:
    """Make the text of the file."""
    pieces = [_HEAD]
    for group, rules in groupby(RULES, key=attrgetter("group")):
        if group:
            lines = [f"{group}:", *(line for rule in rules for line in rule_lines(rule, "  "))]
            pieces.append("\n".join([*_comment(GROUPS[group]), *lines]) + "\n")
        else:
            pieces += ("\n".join(rule_lines(rule)) + "\n" for rule in rules)
    return "\n".join(pieces)


def rule_lines(rule: Rule, indent: str = "", value: str | None = None) -> Iterator[str]:
    """Make the lines of one rule: what it does, and its value, the default where none is given."""
    yield from _comment(rule.comment, indent)
    yield f"{indent}{rule.name}: {format_value(rule.default) if value is None else value}"


def _comment(text: str, indent: str = "") -> list[str]:
    head = f"{indent}# "
    return wrap(
        text,
        _WIDTH,
        initial_indent=head,
        subsequent_indent=head,
        break_long_words=False,
        break_on_hyphens=False,
    )
