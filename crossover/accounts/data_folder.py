"""The user's data folder: what belongs to no workspace."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """Return the folder, also where it is not there yet. `CROSSOVER_HOME` names another one."""
    if chosen := os.environ.get("CROSSOVER_HOME"):
        return Path(chosen).absolute()
    import platformdirs  # slow to load, and only a ledger asks

    return platformdirs.user_data_path("crossover", appauthor=False)
