"""A command that the creator may type next, and sentences that name such commands."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Placeholder(str):
    """A word of a command that the creator replaces: `EXPORT`, `NOTE=FILE`."""

    __slots__ = ()


class Reason(StrEnum):
    """Where a creator is on the road, and so why a command comes next."""

    NO_WORKSPACE = "no-workspace"
    NO_POSTS = "no-posts"
    LINKS_DIE = "links-die"
    NO_FILES = "no-files"
    OWN_FILES = "own-files"
    NOT_PLANNED = "not-planned"
    PLAN_OUT_OF_DATE = "plan-out-of-date"
    HELD = "held"
    HANDED = "handed"
    WORDS_FIRST = "words-first"
    SIGN_IN = "sign-in"
    READY = "ready"
    NO_WORDS = "no-words"
    WORDS_BY_HAND = "words-by-hand"
    WORDS_UNSURE = "words-unsure"
    UNCLEAR = "unclear"
    ALREADY_THERE = "already-there"
    FILES_UNSURE = "files-unsure"
    LINKS_LEFT = "links-left"
    FILES_MISSING = "files-missing"
    CONVERT = "convert"
    DECISION = "decision"
    REFUSED = "refused"
    LEFT_OUT = "left-out"
    DONE = "done"
    PRACTISED = "practised"
    PRACTISED_IN_BROWSER = "practised-in-browser"
    PRACTISED_WITHOUT_BROWSER = "practised-without-browser"
    SHEET_WRITTEN = "sheet-written"
    SHEET_UNCHANGED = "sheet-unchanged"
    NEW_EXPORT = "new-export"


@dataclass(frozen=True, slots=True)
class NextStep:
    """A command of ours and its arguments, without the flags that lead to the same workspace: the
    screen adds those of its run. `command` is empty for bare `crossover`."""

    command: str
    arguments: tuple[str | Path, ...] = ()
    why: Reason | None = None

    def __str__(self) -> str:
        return " ".join(["crossover", *self.command.split(), *map(as_argument, self.arguments)])


def step(command: str, *arguments: str | Path) -> NextStep:
    """The command, for a sentence that names it."""
    return NextStep(command, arguments)


class Hint(str):
    """A sentence that knows the commands in it, so that a screen can write them with the flags of
    its run. As a string, and in JSON, it has them in backticks, without flags."""

    parts: tuple[str | NextStep, ...]

    def __new__(cls, *parts: str | NextStep) -> Hint:
        flat = tuple(
            piece for part in parts for piece in (part.parts if isinstance(part, Hint) else (part,))
        )
        hint = super().__new__(cls, "".join(_piece(part) for part in flat))
        hint.parts = flat
        return hint


def _piece(part: str | NextStep) -> str:
    return f"`{part}`" if isinstance(part, NextStep) else part


def as_argument(argument: str | Path) -> str:
    """An argument as it can be pasted into a command."""
    if isinstance(argument, Placeholder):
        return argument
    text = str(argument)
    # A path that begins with a dash would be an option.
    dashed = isinstance(argument, Path) and text.startswith("-")
    return shlex.quote(f".{os.sep}{text}" if dashed else text)
