"""`docs/rehearsal.md` names every fault, every call and every flag, and its examples are good."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from crossover.rehearsal.__main__ import _parser
from crossover.rehearsal.faults.answer_faults import CODES
from crossover.rehearsal.faults.base import CALLS
from crossover.rehearsal.faults.script_file import FAULTS, WHEN, parse_script
from crossover.rehearsal.server.app import build_app
from crossover.rehearsal.server.hosts import HOSTS
from crossover.rehearsal.studio.switches import KEYS, OPTIONS, Switches

TEXT = (Path(__file__).parents[2] / "docs" / "rehearsal.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


def first_cells() -> set[str]:
    return set(re.findall(r"^\| `([^`]+)`", TEXT, re.MULTILINE))


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_can_be_read(example: str) -> None:
    script = parse_script(example)
    assert script.entries or script.studio != Switches()


def test_every_switch_of_the_page_has_a_line() -> None:
    assert set(KEYS) <= first_cells()
    assert all(f"`{option}`" in TEXT for option in OPTIONS)


def test_every_fault_has_a_line_with_its_keys_and_an_example() -> None:
    assert set(FAULTS) <= first_cells()
    shown = {entry.fault.name for example in EXAMPLES for entry in parse_script(example).entries}
    assert shown == set(FAULTS)
    for name, kind in FAULTS.items():
        for field in fields(kind):
            key = field.name.replace("_", "-")
            (row,) = re.findall(rf"^\| `{name}` .*$", TEXT, re.MULTILINE)
            assert re.search(rf"`{key}\b", row) or key == "done", (name, key)


def test_every_call_host_code_and_flag_is_there() -> None:
    assert set(CALLS) <= first_cells()
    assert all(f"`{host}`" in TEXT for host in HOSTS)
    assert all(str(code) in TEXT for code in CODES if not -9140 < code < -9130)
    assert all(f"`{when}: " in TEXT for when in WHEN)
    (commands,) = (
        action.choices for action in _parser()._actions if isinstance(action.choices, dict)
    )
    flags = {flag for action in commands["serve"]._actions for flag in action.option_strings}
    for flag in flags - {"-h", "--help"}:
        assert f"`{flag}" in TEXT


def test_the_in_process_example_names_what_is_there(tmp_path: Path) -> None:
    sandbox = build_app(tmp_path, clock=lambda: 0)
    for name in re.findall(r"sandbox\.(\w+)", TEXT):
        assert hasattr(sandbox, name)
    sandbox.close()
