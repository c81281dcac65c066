"""Who sits at this computer: kept with what they answer."""

from __future__ import annotations

import getpass

from crossover.text import one_line


def operator_name() -> str:
    """The name that this computer knows them by, empty where it knows none."""
    try:
        return one_line(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return ""
