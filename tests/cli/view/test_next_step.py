"""Commands on the screen: each with the flags of the run, so that it comes to the same place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crossover.cli.app import lazy_commands
from crossover.cli.view.next_step import (
    WITH_REHEARSAL,
    WITHOUT_WORKSPACE,
    Flags,
    command_line,
    place_error,
    placed,
)
from crossover.errors import UsageProblem
from crossover.model.next_step import Hint, NextStep, Placeholder, step

HERE = Flags(Path("my ws"), Path("account"))


def registered() -> Iterator[tuple[str, Any]]:
    for lazy in lazy_commands():
        command = lazy.load()
        inner = getattr(command, "commands", None)
        if inner is None:
            yield str(lazy.name), command
        else:
            yield from ((f"{lazy.name} {name}", one) for name, one in inner.items())


COMMANDS = dict(registered())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_gets_the_flags_that_it_takes(name: str) -> None:
    takes = {flag for param in COMMANDS[name].params for flag in param.opts}
    line = command_line(step(name), HERE)
    assert line.startswith(f"crossover {name}")
    assert ("-w 'my ws'" in line) == ("-w" in takes)
    assert ("--rehearsal account" in line) == ("--rehearsal" in takes)


def test_the_tables_name_commands_that_there_are() -> None:
    assert set(COMMANDS) >= WITH_REHEARSAL | WITHOUT_WORKSPACE


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (NextStep(""), "crossover -w 'my ws'"),
        (step("add", Placeholder("EXPORT")), "crossover add EXPORT -w 'my ws'"),
        (
            step("add", Placeholder("EXPORT"), "-w", Placeholder("DIR")),
            "crossover add EXPORT -w DIR",
        ),
    ],
)
def test_a_command_that_names_a_workspace_keeps_it(command: NextStep, line: str) -> None:
    assert command_line(command, HERE) == line


def test_every_command_in_a_sentence_comes_to_the_same_workspace() -> None:
    hint = Hint(step("sheet out", "a"), " or ", step("upload"), "; `yt-dlp -J` is another's.")
    assert placed(hint, HERE) == (
        "`crossover sheet out a -w 'my ws'` or `crossover upload -w 'my ws' --rehearsal account`;"
        " `yt-dlp -J` is another's."
    )
    assert placed("`crossover plan`", HERE) == "`crossover plan`", "a text is not read"


def test_an_error_leads_to_the_same_workspace_in_all_it_says() -> None:
    plan, both = Hint("Run ", step("plan"), "."), "Run `crossover plan -w 'my ws'`."
    error = UsageProblem(plan, next=plan, more=(plan, "x"))
    place_error(error, Flags(Path("my ws")))
    assert (error.message, error.next, error.more) == (both, both, (both, "x"))


# --- no command is text ----------------------------------------------------------------------

PACKAGE = Path(__file__).parents[3] / "crossover"
KEPT_FILES = {
    "settings/rule_table.py",
    "settings/rules_template.py",
    "settings/edits.py",
    "sheet/yaml_file.py",
}
"""They write files of the creator's with a remark that names a command: no run stands behind it."""

_NAMED = re.compile(rf"crossover (?:{'|'.join(sorted(COMMANDS))})\b")


def texts(path: Path) -> Iterator[str]:
    """The strings of a module that are no docstrings."""
    source = path.read_text("utf-8")
    tree = ast.parse(source if _NAMED.search(source) else "")
    remarks = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in remarks
        ):
            yield node.value


def test_no_sentence_names_a_command_as_text() -> None:
    named = [
        f"{place}: {text}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if not (place := path.relative_to(PACKAGE).as_posix()).startswith("rehearsal/")
        and place not in KEPT_FILES
        for text in texts(path)
        if (found := _NAMED.search(text)) and found[0] != text  # alone it names a run
    ]
    assert named == [], "use Hint and step"
