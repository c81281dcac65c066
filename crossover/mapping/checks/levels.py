"""How much a problem of a note matters, in a creator's words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from crossover.model.notes import Level

LEVEL_WORDS: Mapping[Level, str] = MappingProxyType(
    {Level.ERROR: "holds it", Level.WARNING: "worth a look", Level.NOTE: "to know"}
)
