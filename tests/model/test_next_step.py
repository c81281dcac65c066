from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from crossover.model.next_step import Hint, NextStep, Placeholder, step
from crossover.storage.documents import digest, from_builtins, to_json

EXPORT = Placeholder("EXPORT")


@pytest.mark.parametrize(
    ("command", "typed"),
    [
        (step("add", EXPORT), "crossover add EXPORT"),
        (step("sheet out", "my words.csv"), "crossover sheet out 'my words.csv'"),
        (step("add", Path("-a.zip")), "crossover add ./-a.zip"),
        (step("captions", "--pair", "17=73"), "crossover captions --pair 17=73"),
        (NextStep(""), "crossover"),
    ],
)
def test_a_command_can_be_pasted(command: NextStep, typed: str) -> None:
    assert str(command) == typed


def test_a_sentence_keeps_the_commands_that_stand_in_it() -> None:
    inner = Hint("Run ", step("plan"), ".")
    both = Hint(inner, " Or ", step("add", EXPORT), ".")
    assert both == "Run `crossover plan`. Or `crossover add EXPORT`."
    assert [part for part in both.parts if isinstance(part, NextStep)] == [
        step("plan"),
        step("add", EXPORT),
    ]


@dataclass(frozen=True)
class Said:
    next: str


def test_in_json_a_sentence_is_the_string_it_was() -> None:
    hinted, plain = Said(Hint("Run ", step("plan"), ".")), Said("Run `crossover plan`.")
    assert to_json(hinted) == to_json(plain)
    assert digest(hinted) == digest(plain)
    assert from_builtins(json.loads(to_json(hinted)), Said) == plain
