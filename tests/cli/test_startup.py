"""What a command loads: a list of commands needs none of them, a status no export and no network."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from crossover.cli.app import lazy_commands
from crossover.cli.lazy import LazyCommand
from crossover.library.posts_file import Library, write_library
from crossover.plan.document import write_plan
from crossover.settings.rules_template import make_template
from crossover.workspace import Workspace
from tests.makers import link, plan, post

NETWORK = {
    "anyio",
    "httpcore",
    "httpx",
    "playwright",
    "socket",
    "ssl",
    "starlette",
    "uvicorn",
    "yt_dlp",
}
MEDIA = {"av", "PIL", "crossover.media"}
READING = {"crossover.captions", "crossover.exports", "crossover.mapping", "yaml"}
ROOMS = {"accounts", "destinations", "library", "limits", "model", "plan", "rehearsal", "transfer"}
COMMANDS = {f"crossover.{room}" for room in ROOMS} | {
    "crossover.cli.commands",
    "msgspec",
    "sqlite3",
}
SCREEN = {"crossover.cli.view", "regex", "rich"}
HEAVY = NETWORK | MEDIA | READING | COMMANDS | SCREEN | {"filelock", "jinja2", "platformdirs"}
"""What neither a list of commands nor a version needs."""
STATUS_NEEDS = {
    "captions.caption",
    "destinations.open",
    "exports.keys",
    "exports.links",
    "mapping.checks",
    "mapping.checks.advice",
    "media.containers",
    "media.containers.probe",
    "media.containers.video_coding",
    "media.download",
    "media.download.leftovers",
    "media.download.outcomes",
    "media.download.outcomes_file",
    "media.fit",
    "media.fit.fitted",
    "media.fit.origins",
    "media.fit.ready_index",
}
"""What a status loads of the rooms that read, fetch, map and send: the advice on what holds a post; how links stand is asked of posts that
lack files, and of which source a file that went out was made. It loads YAML as well: whether a plan is current depends on rules and limits."""

_MAIN = "import sys; sys.argv[0] = 'crossover'; from crossover.cli.main import main; main()"


def imported(*arguments: str, **environment: str) -> set[str]:
    """The modules that a run of `crossover` imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", _MAIN, *arguments],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env=os.environ | environment,
        check=True,
        timeout=60,
    )
    lines = [line.split("|") for line in done.stderr.splitlines()]
    return {line[2].strip() for line in lines if line[0].startswith("import time:")}


def among(modules: Iterable[str], names: Iterable[str]) -> list[str]:
    """Those of `modules` that are one of `names` or lie inside of one."""
    return sorted(m for m in modules if any(m == n or m.startswith(f"{n}.") for n in names))


def test_the_version_is_told_before_anything_is_loaded() -> None:
    modules = imported("--version")
    ours = {"crossover", "crossover.cli", "crossover.cli.main"}
    assert set(among(modules, ["crossover"])) == ours
    assert among(modules, [*HEAVY, "typer", "pathlib", "typing"]) == []


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["-w", "x", "--help"]])
def test_the_list_of_commands_loads_none_of_them(arguments: list[str]) -> None:
    assert among(imported(*arguments), HEAVY) == []


def test_the_shell_completes_commands_without_loading_them() -> None:
    asked = {"COMP_WORDS": "crossover st", "COMP_CWORD": "1"}
    modules = imported(_CROSSOVER_COMPLETE="complete_bash", **asked)
    assert "typer.completion" in modules
    assert among(modules, set(HEAVY) - {"rich", "socket"}) == []  # which Typer may load for it


def test_a_status_loads_nothing_that_maps_sends_or_decodes(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    posts = (post(1), post(2, media=(), links=(link(),)))
    write_library(workspace.posts, Library(posts=posts))
    write_plan(plan(*posts), workspace.plan)
    workspace.rules.write_text(make_template(), "utf-8")
    modules = imported("status", "-w", str(workspace.root))
    names = ("captions", "destinations", "exports", "mapping", "media")
    rooms = [f"crossover.{room}" for room in names]
    loaded = {m.removeprefix("crossover.") for m in among(modules, rooms) if m not in rooms}
    assert loaded == STATUS_NEEDS
    assert {"crossover.settings.rules", "crossover.limits.limits", "yaml"} <= modules
    unneeded = ["crossover.preview", "crossover.rehearsal", "crossover.sheet"]
    assert among(modules, [*unneeded, *NETWORK - {"socket"}]) == []
    assert among(modules, ["av", "filelock", "jinja2", "PIL", "platformdirs", "regex"]) == []


def test_no_commands_help_loads_the_network_or_a_decoder() -> None:
    load_all = """
import sys
from crossover.cli.app import lazy_commands
for command in lazy_commands():
    command.load()
    print(command.name, *sys.modules, sep=",")
"""
    done = subprocess.run(
        [sys.executable, "-c", load_all], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = [line.split(",") for line in done.stdout.splitlines()]
    assert [line[0] for line in loaded] == [command.name for command in lazy_commands()]
    heavy = NETWORK - {"socket"} | {"av", "PIL"}
    assert {line[0]: found for line in loaded if (found := among(line[1:], heavy))} == {}


@pytest.mark.parametrize("arguments", [["status", "--help"], ["sheet", "in", "--help"], []])
def test_a_command_that_is_loaded_collects_its_garbage(
    arguments: list[str], tmp_path: Path
) -> None:
    tell = "import atexit, gc; atexit.register(lambda: print(gc.isenabled()))"
    done = subprocess.run(
        [sys.executable, "-c", f"{tell}; {_MAIN}", *arguments],
        capture_output=True,
        text=True,
        env=os.environ | {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)},
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines()[-1] == "True"


@pytest.mark.parametrize("command", lazy_commands(), ids=lambda command: command.name)
def test_the_help_in_the_list_is_the_first_sentence_of_the_commands_own(
    command: LazyCommand,
) -> None:
    loaded = command.load()
    assert loaded.help.replace("\n", " ").startswith(command.help)
    assert command.get_short_help_str(80) == loaded.get_short_help_str(80)
