"""Parses the creator's answers about uncertain pairs, as typed with `--pair` and `--no-pair`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crossover.errors import UsageProblem
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.tiktok import handle_in, tiktok_id_in


@dataclass(frozen=True, slots=True)
class FileChoices:
    """The creator's choice of files. `pairs` are numbers of posts, each with the name or path of a
    file of its own; a photo post has several. `refused` are posts whose proposed files are not
    theirs."""

    pairs: tuple[tuple[int, str], ...] = ()
    refused: tuple[int, ...] = ()


NO_FILE_CHOICES = FileChoices()


def parse_file_choices(pairs: Sequence[str], refused: Sequence[int]) -> FileChoices:
    """Parse `--pair NOTE=FILE` and `--no-pair NOTE`. Raises `UsageProblem` for another form."""
    found = []
    for text in pairs:
        match = re.fullmatch(r"([0-9]{1,9})=(.+)", text, re.DOTALL)
        if match is None:
            raise UsageProblem(
                f"{text!r} does not say which file is which post.",
                next=Hint(
                    "As in: ", step("add", Placeholder("FOLDER"), "--pair", "7=IMG_2034.MOV")
                ),
            )
        found.append((int(match[1]), match[2]))
    return FileChoices(tuple(found), tuple(refused))


def parse_tiktok_pairs(given: Sequence[str], own: str | None) -> dict[int, str]:
    """Parse `--pair NOTE=ID`: TikTok ids by the numbers of posts. `own` is the handle of the
    workspace. Raises `UsageProblem` for another handle's address and for what names no id."""
    pairs: dict[int, str] = {}
    for text in given:
        number, _, rest = text.partition("=")
        tiktok_id = tiktok_id_in(rest)
        if not number.isascii() or not number.isdigit() or tiktok_id is None:
            raise UsageProblem(
                f"{text!r} does not say which post is which.",
                next=Hint(
                    "As in: ",
                    step("captions", "--pair", "17=7312345678901234567"),
                    " (or the post's address)",
                ),
            )
        whose = handle_in(rest.strip())
        if own is not None and whose is not None and whose.casefold() != own.casefold():
            raise UsageProblem(
                f"That is a post of @{whose}; this workspace is of @{own}.",
                next="Give the address of your own post.",
            )
        if pairs.setdefault(int(number), tiktok_id) != tiktok_id:
            raise UsageProblem(f"Post {number} is paired twice.", next="Say one of them.")
    return pairs
