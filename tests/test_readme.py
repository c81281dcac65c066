"""The README says what is there."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from typer.testing import CliRunner

from crossover import errors
from crossover.cli.app import app, lazy_commands

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_two_commands_stand_in_it_once_each() -> None:
    first, second = re.findall(r"^python3 -m venv .*$", README, re.MULTILINE)
    assert "crossover migrate sample_exports/demo --to rehearsal --yes" in first
    assert second.endswith("-m pytest")


def test_every_command_is_in_it_and_every_one_in_it_exists() -> None:
    named = set(re.findall(r"^\| `crossover ([a-z ]+?)(?: [A-Z\[].*)?` \|", README, re.MULTILINE))
    commands = set()
    for command in lazy_commands():
        loaded = command.load()
        inner = getattr(loaded, "commands", {})
        commands |= {f"{command.name} {sub}" for sub in inner}
        if not inner or loaded.invoke_without_command:
            commands.add(str(command.name))
    assert named == commands


def test_every_exit_code_is_in_it_and_in_the_help() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass)]
    raised = {c.exit_code for c in classes if issubclass(c, errors.CrossoverError)}
    assert told == raised | {0, 3}
    said = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "400"}).output
    assert all(re.search(rf"\b{code}\s", said) for code in told)


def test_what_a_workspace_holds_is_told() -> None:
    from crossover.workspace import Workspace

    place = Workspace(Path("x"))
    told = (
        place.rules,
        place.edits,
        place.posts,
        place.checksums,
        place.fingerprints,
        place.candidates,
        place.agreed,
        place.plan,
        place.preview,
    )
    for path in (*told, place.logs, place.practice, place.media):
        assert path.name in README
