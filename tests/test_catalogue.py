"""Every fault that is known of an upload, or of the preview's server, has a test that is there, or a reason why there is none."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.catalogue import CATALOGUE

TESTS = Path(__file__).parent


@cache
def names_in(place: str) -> frozenset[str]:
    """The names of the tests of a file, also of those in its classes."""
    tree = ast.parse((TESTS / place).read_text("utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return frozenset(node.name for node in functions if node.name.startswith("test_"))


def test_no_number_is_left_out() -> None:
    assert list(CATALOGUE) == [*range(58, 95), *range(99, 102)]


@pytest.mark.parametrize("number", CATALOGUE)
def test_each_is_shown_by_tests_that_are_there_or_says_why_not(number: int) -> None:
    fault = CATALOGUE[number]
    assert fault.tests or fault.not_applicable
    for named in fault.tests:
        place, _, function = named.partition("::")
        assert function in names_in(place), named
