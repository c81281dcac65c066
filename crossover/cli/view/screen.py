"""All that a person reads goes through here: safe, one line for what is said as one, and on stderr,
so that stdout stays data."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from crossover.errors import UsageProblem
from crossover.storage.os_errors import explain_os_error
from crossover.text import format_ranges, unbroken

console = Console(stderr=True, markup=False, emoji=False, highlight=False, soft_wrap=True)

_ENDLESS = 1_000_000
_INDENT = 4
_ROOM = 24
"""Cells that a text needs beside its head, on a screen wide enough."""

FEW_RANGES, ALL_RANGES = 12, 1_000_000
"""Ranges of numbers, in a line among others and in the list of them."""

_WIDE = "\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef"
_UNBROKEN = re.compile(
    r"^\s*crossover .*(?:[^.:;]| \.)$"  # a line that is a command, and no sentence
    r"|[^\s`]*`[^`]*`\S*"  # a command in a sentence
    r"|\S*[/\\]\S*"  # a path or a link
    rf"|[{_WIDE}]|[^\s{_WIDE}]+"  # Chinese has no blanks: it breaks at every letter
)


def say(*parts: object, style: str = "") -> None:
    """Print one line for the creator, wrapped at words on a terminal."""
    _print(Text(unbroken(" ".join(str(part) for part in parts)), style=style))


def say_command(label: str, command: str) -> None:
    """Print a command to copy: never wrapped, because half a command is another one."""
    console.print(Text.assemble((f"{label}  ", "bold"), (unbroken(command), "bold cyan")))


def say_banner(text: str) -> None:
    """Say what must not be overlooked."""
    for line in wrapped(Text(unbroken(text)), line_width() - 2):
        console.print(Text(f" {line} ", style="bold reverse"))


def say_points(lines: Iterable[str], *, style: str = "") -> None:
    """Indented lines under a heading, wrapped at the screen's edge."""
    for line in lines:
        hanging(Text("  "), Text(unbroken(line), style=style))


def hanging(head: Text, body: Text) -> None:
    """`body` behind `head`, on a terminal its later lines under its first; where that leaves too
    little room, below it."""
    body = Text(unbroken(body.plain), style=body.style)
    width = line_width()
    if head.plain.strip() and width - head.cell_len < min(_ROOM, width // 2):
        _print(head)
        head = Text(" " * _INDENT)
    for number, line in enumerate(wrapped(body, width - head.cell_len)):
        console.print(Text.assemble(head if number == 0 else " " * head.cell_len, line))


def wrapped(text: Text, width: int) -> list[Text]:
    """The lines of a text on a screen of `width` cells, broken between words only: a path, a link
    and a command (in backticks, or a line of its own) stay whole, even where they are longer."""
    lines = [
        part
        for line in text.split("\n", allow_blank=True)
        for part in line.divide(_breaks(line.plain, width))
    ]
    for line in lines:
        line.rstrip()
    return lines


def _breaks(line: str, width: int) -> Iterator[int]:
    """Yield the places at which new lines begin."""
    start = 0
    for word in _UNBROKEN.finditer(line):
        if word.start() > start and cell_len(line[start : word.end()]) > width:
            start = word.start()
            yield start


def is_narrow() -> bool:
    """Whether a table of three columns has no room."""
    return line_width() < 80


def line_width() -> int:
    """Count the cells in a line. What is piped is not wrapped: it is for programs, and for
    later."""
    return console.width if console.is_terminal else _ENDLESS


def shows_colour() -> bool:
    """Whether somebody may see a colour."""
    return console.color_system is not None and not console.no_color


def _print(text: Text) -> None:
    for line in wrapped(text, line_width()):
        console.print(line)


def fail(message: str, next_step: str = "", more: Iterable[str] = ()) -> None:
    """Print an error: what happened, and what to do."""
    _print(Text.assemble(("Error: ", "bold red"), unbroken(message)))
    for line in filter(None, (next_step, *more)):
        say(line)


def data(text: str) -> None:
    """Print what a program reads. Nothing else goes to stdout."""
    needs_stdout(hint="Send it to a file or a program.")
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as exc:
        raise explain_os_error(exc, Path("standard output")) from exc


def needs_stdout(*, hint: str = "Send it to a file or a program, or leave --json out.") -> None:
    """Refuse a run whose data would go nowhere, before it does anything. `hint` says what to do."""
    if sys.stdout is None:
        raise UsageProblem(
            "Standard output is closed, so the data has nowhere to go.",
            next=hint,
        )


def is_terminal() -> bool:
    """Whether somebody can answer a question."""
    return sys.stdin is not None and sys.stdin.isatty() and console.is_terminal


def home_short(path: Path) -> str:
    """Format a path as a person writes it, `~` for the home folder."""
    try:
        return str(Path("~") / path.resolve().relative_to(Path.home().resolve()))
    except ValueError:
        return str(path)


def as_argument(path: Path) -> str:
    """Format a path as it can be pasted into a command."""
    text = str(path)
    # What begins with a dash would be an option.
    return shlex.quote(f".{os.sep}{text}" if text.startswith("-") else text)


def count(number: int, one: str, many: str | None = None) -> str:
    """Format as `1 post`, `1,204 posts`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def megabytes(size: int) -> str:
    """Format bytes as people say them."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"


def numbers_text(numbers: Iterable[int], most: int = FEW_RANGES) -> str:
    """Format as `1-3, 7, 9-12`; from the 13th range on only `…`."""
    ranges = format_ranges(sorted(set(numbers)))
    return ", ".join([*ranges[:most], "…"] if len(ranges) > most else ranges)


def note_numbers_text(numbers: Iterable[str], most: int = FEW_RANGES) -> str:
    """Format the numbers of notes, sorted, as `1-3, 7, 9.1-9.2`; from the 13th range on only
    `…`."""
    ranges: list[list[str]] = []
    for number in sorted(numbers, key=lambda number: [*map(int, number.split("."))]):
        if ranges and _follows(ranges[-1][-1], number):
            ranges[-1].append(number)
        else:
            ranges.append([number])
    shown = [some[0] if len(some) == 1 else f"{some[0]}-{some[-1]}" for some in ranges[:most]]
    return ", ".join([*shown, "…"] if len(ranges) > most else shown)


def _follows(one: str, other: str) -> bool:
    head, _, last = one.rpartition(".")
    other_head, _, other_last = other.rpartition(".")
    return head == other_head and int(other_last) == int(last) + 1
