"""`docs/errors.md` has every error and every problem once, and none that is gone."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import crossover
from crossover.errors import CrossoverError

ROOT = Path(__file__).parents[1]
DOCS = (ROOT / "docs" / "errors.md").read_text("utf-8")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under `heading`, without its head."""
    (section,) = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", DOCS, re.MULTILINE | re.DOTALL)
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def listed(heading: str) -> list[str]:
    return [row[0].strip("`") for row in rows(heading)]


def errors() -> set[type[CrossoverError]]:
    for module in pkgutil.walk_packages(crossover.__path__, "crossover."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found = {CrossoverError}
    while below := {c for one in found for c in one.__subclasses__()} - found:
        found |= below
    return found


def problem_codes(made: str) -> set[str]:
    """What stands first in every call of `made`, `Problem` or `ExportProblem`, in the source.

    A name there is a constant, or the parameter `code` of a function, whose callers then name it.
    """
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "crossover").rglob("*.py")]
    constants = {
        target.id: node.value.value
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }
    codes = set()
    for tree in trees:
        for call in calls_of(tree, made):
            match call.args[0]:
                case ast.Constant(value=str(code)):
                    codes.add(code)
                case ast.Name(id="code"):
                    codes |= passed_on(tree, made)
                case ast.Name(id=name):
                    codes.add(constants[name])
                case other:
                    pytest.fail(f"line {other.lineno}: a code is not written out")
    return codes


def calls_of(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def passed_on(tree: ast.Module, made: str) -> set[str]:
    """The codes that functions of this module get as `code` and hand to `made`."""
    codes = set()
    for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
        names = [argument.arg for argument in function.args.args]
        if "code" in names and any(calls_of(function, made)):
            for call in calls_of(tree, function.name):
                code = call.args[names.index("code")]
                assert isinstance(code, ast.Constant), f"line {call.lineno}: not written out"
                codes.add(str(code.value))
    return codes


def test_every_error_is_listed_once_by_its_id_with_its_exit_code() -> None:
    codes = {error.id: str(error.exit_code) for error in errors()}
    table = rows("Errors")
    assert sorted(listed("Errors")) == sorted(codes)
    assert {row[0].strip("`"): row[1] for row in table} == codes


def test_every_error_has_an_id_of_its_own() -> None:
    ids = [error.id for error in errors()]
    assert len(ids) == len(set(ids))
    assert all("id" in vars(error) for error in errors())
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", one) for one in ids)


@pytest.mark.parametrize(
    ("heading", "made"),
    [("Problems of a post", "Problem"), ("Problems of an export", "ExportProblem")],
)
def test_every_problem_is_listed_once_by_its_code(heading: str, made: str) -> None:
    assert sorted(listed(heading)) == sorted(problem_codes(made))


def test_every_line_says_what_it_means_and_what_to_do() -> None:
    for heading in ("Errors", "Problems of a post", "Problems of an export"):
        assert all(len(row) == 4 and all(row) for row in rows(heading)), heading


def test_the_lines_are_in_the_order_of_the_alphabet() -> None:
    for heading in ("Problems of a post", "Problems of an export"):
        assert listed(heading) == sorted(listed(heading)), heading
