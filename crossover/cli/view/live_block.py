"""A few lines at the foot of a terminal that change in place, below what is printed meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.text import Text

from crossover.cli.view.progress import repeated
from crossover.cli.view.screen import console


@contextmanager
def live_block(lines: Callable[[int], Sequence[str | Text]]) -> Iterator[None]:
    """Show `lines` of a width while the block lasts, four times a second; they are gone in the end.
    What is said meanwhile stands above them. Plain ones are painted dim."""
    from rich.live import Live  # slow to load

    def paint() -> Text:
        # A line that touches the edge wraps on some terminals, and the next paint misses it.
        shown = lines(console.width - 1)
        return Text("\n").join(
            line if isinstance(line, Text) else Text(line, "dim") for line in shown
        )

    with (
        Live(
            get_renderable=paint,
            console=console,
            transient=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        ) as live,
        repeated(live.refresh),
    ):
        yield
