"""A person who cannot be told changes nothing: a command ends as it would, whatever became of its
stderr."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crossover.library.posts_file import Library, write_library
from crossover.workspace import Workspace
from tests.makers import post
from tests.tier import by_tier

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="the redirects need a POSIX shell; Windows has none"
)

QUICK = (
    "nonsense",
    "",
    "-w base",
    "inspect export",
    "inspect nothing",
    "plan -w base",
    "preview 1 -w base",
    "status -w base",
    "captions -w base",
)
COMMANDS = by_tier(
    QUICK,
    (
        *QUICK,
        "add export -w new",
        "plan -w nothing",
        "preview 999 -w base",
        "sheet out words.csv -w base",
        "sheet out words.csv -w base",  # it is there: a question that nobody answers
        "sheet in words.csv -w base",
        "fetch -w base",
        "migrate export --yes -w all",
        "upload -w base",
        "rehearsal reset -w all",
    ),
)

_MANY = """
import json, sys
from crossover.cli.main import main

codes = []
for line in sys.argv.pop().split("\\n"):
    sys.argv[1:] = line.split()
    try:
        main()
    except SystemExit as end:
        codes.append((line, end.code))
print(json.dumps(codes), flush=True)
"""
"""Commands one after the other in one process: to start one takes longer than all of them."""


def ended(folder: Path, redirect: str) -> tuple[list[tuple[str, int]], str]:
    """How each command ends, and all that it wrote to stdout."""
    post_file = {"Post": {"Posts": {"VideoList": [{"Date": "2025-01-01 00:00:00"}]}}}
    export = folder / "export" / "user_data_tiktok.json"
    export.parent.mkdir(parents=True)
    export.write_text(json.dumps(post_file))
    base = Workspace(folder / "base")
    base.prepare()
    write_library(base.posts, Library(handle="mara", posts=(post(1, media=()),)))
    python = [sys.executable, "-c", _MANY, "\n".join(COMMANDS)]
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {redirect}', "sh", *python],
        cwd=folder,
        env={**os.environ, "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    *data, codes = done.stdout.splitlines()
    return [(command, code) for command, code in json.loads(codes)], "\n".join(data)


@pytest.fixture(scope="module")
def as_always(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int]]:
    codes, data = ended(tmp_path_factory.mktemp("as-always"), "")
    assert data == ""
    assert {code for _, code in codes} >= {0, 2}
    return codes


@pytest.mark.parametrize("redirect", ["2>/dev/full", "2>&-"])
def test_a_stderr_that_cannot_be_written_changes_no_end(
    tmp_path: Path, as_always: list[tuple[str, int]], redirect: str
) -> None:
    if "full" in redirect and not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    assert ended(tmp_path, redirect) == (as_always, "")
