"""Data files that come with crossover."""

from __future__ import annotations

from importlib import resources
from typing import Any


def load_data(package: str, name: str) -> Any:
    """Load a file of YAML that lies in `package`, as `crossover.mapping`."""
    import yaml  # slow to load

    text = resources.files(package).joinpath(name).read_text("utf-8")
    # libyaml where it is there: ten times as fast, the same values.
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  both are safe
