"""One rule of `crossover.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from crossover.model.choices import Rules
from crossover.settings.rule_values import ValueKind


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `key` is its name as it is typed, `topics.max` for `max` under `topics`.

    `comment` says in the file what it does. `field` is where its value goes in a value of `of`,
    `a.b` where it is nested. `stands_for_group`: its value may be written as that of the group,
    as in `topics: zh`.
    """

    key: str
    field: str
    kind: ValueKind
    comment: str
    of: type = Rules
    stands_for_group: bool = False

    @property
    def default(self) -> Any:
        """Its value where the file does not say one."""
        return attrgetter(self.field)(self.of())

    @property
    def group(self) -> str:
        """The key that it stands under; empty at the top of the file."""
        return self.key.rpartition(".")[0]

    @property
    def name(self) -> str:
        """Its key within its group."""
        return self.key.rpartition(".")[2]
