"""crossover.yaml: read strictly, with the line of every mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossover.errors import UsageProblem
from crossover.model.choices import Action, Rules
from crossover.model.posts import Visibility
from crossover.settings.rules import TEMPLATE, read_rules


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crossover.yaml"


def test_the_file_as_written_means_the_defaults(path: Path) -> None:
    assert read_rules(path) == Rules()
    path.write_text(TEMPLATE)
    assert read_rules(path) == Rules()


def test_every_rule_is_read(path: Path) -> None:
    path.write_text(
        "version: 1\nonly_me: move\nnot_told: friends\ntopics: {max: 3, drop: ['#a', no]}\n"
    )
    assert read_rules(path) == Rules(Action.MOVE, Visibility.FRIENDS, 3, ("a", "no"))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("only_me: maybe", 1, "hold"),
        ("version: 1\nonlyme: hold", 2, "`onlyme` is no rule"),
        ("version: 2", 1, "it has to be 1"),
        ("topics:\n  max: 11", 2, "from 0 to 10"),
        ("topics:\n  max: yes", 2, "whole number"),
        ("topics: [a]", 1, "key: value"),
        ("topics:\n  drop: word", 2, "a list"),
        ("only_me: hold\nonly_me: move", 2, "twice"),
        ("only_me: &a hold\nnot_told: *a", 1, "aliases"),
        ("only_me: [", 1, ""),
        ("\tonly_me: hold", 1, ""),
        ("only_me: !!python/name:os.system hold", 1, "tags"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(path: Path, text: str, line: int, said: str) -> None:
    path.write_text(text)
    with pytest.raises(UsageProblem) as caught:
        read_rules(path)
    assert f"crossover.yaml, line {line}: " in caught.value.message
    assert said in caught.value.message


def test_bytes_that_are_no_text_are_an_error(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00only")
    with pytest.raises(UsageProblem):
        read_rules(path)
