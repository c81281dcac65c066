"""Programs that some tests need and a machine may lack."""

from __future__ import annotations

import os
import shutil

import pytest


def program(name: str) -> str:
    """Where it is. Without it the test is skipped, or fails where `.ci/run` should have put it."""
    found = shutil.which(name)
    if found:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail(f"{name} is missing, and .ci/run should have installed it")
    pytest.skip(f"{name} is not installed")
