"""All that a person reads goes through here: safe, on stderr, so that stdout stays data."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.text import Text

from crossover.errors import UsageProblem
from crossover.files import explain_os_error
from crossover.text import safe

console = Console(stderr=True, markup=False, emoji=False, highlight=False, soft_wrap=True)


def say(*parts: object, style: str = "") -> None:
    """One line for the creator."""
    console.print(Text(safe(" ".join(str(part) for part in parts)), style=style))


def say_next(command: str) -> None:
    """The one thing to do next."""
    console.print(Text.assemble(("Next:  ", "bold"), (safe(command), "bold cyan")))


def say_points(lines: Iterable[str], *, style: str = "") -> None:
    """Indented lines under a heading, wrapped at the screen's edge."""
    for line in lines:
        hanging(Text("  "), Text(safe(line), style=style))


def hanging(head: Text, body: Text) -> None:
    """`body` behind `head`, its later lines under its first."""
    width = max(console.width - head.cell_len, 24)
    for place, line in enumerate(body.wrap(console, width) if body else [body]):
        line.rstrip()
        console.print(Text.assemble(head if place == 0 else " " * head.cell_len, line))


def fail(message: str, next_step: str = "") -> None:
    """An error: what happened, and what to do."""
    console.print(Text.assemble(("Error: ", "bold red"), safe(message)))
    if next_step:
        console.print(Text(safe(next_step)))


def data(text: str) -> None:
    """What a program reads: the only way to stdout."""
    needs_stdout()
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as exc:
        raise explain_os_error(exc, Path("standard output")) from exc


def needs_stdout() -> None:
    """Refuse a run whose data would go nowhere, before it does anything."""
    if sys.stdout is None:
        raise UsageProblem(
            "Standard output is closed, so the data has nowhere to go.",
            next="Send it to a file or a program, or leave --json out.",
        )


def is_terminal() -> bool:
    """Whether somebody can answer a question."""
    return sys.stdin is not None and sys.stdin.isatty() and console.is_terminal


def home_short(path: Path) -> str:
    """A path as a person writes it, `~` for the home folder."""
    try:
        return str(Path("~") / path.resolve().relative_to(Path.home().resolve()))
    except ValueError:
        return str(path)


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 post`, `1,204 posts`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def megabytes(size: int) -> str:
    """Bytes as people say them."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"


def numbers_text(numbers: Iterable[int], most: int = 12) -> str:
    """`1-3, 7, 9-12`; from the 13th range on only `…`."""
    ranges: list[list[int]] = []
    for number in sorted(set(numbers)):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    shown = [str(a) if a == b else f"{a}-{b}" for a, b in ranges[:most]]
    return ", ".join([*shown, "…"] if len(ranges) > most else shown)
