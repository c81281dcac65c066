"""Videos that not every phone shows: asked about once."""

from __future__ import annotations

import typer

from crossover.cli.view.progress import duration_text
from crossover.cli.view.screen import count, megabytes, say
from crossover.model.choices import Convert
from crossover.plan.conversions import Conversions


def conversions_text(waiting: Conversions) -> str:
    """Say what waits to be converted, and what that takes."""
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in waiting.kinds)
    are, them = ("is", "it") if waiting.count == 1 else ("are", "them")
    return (
        f"{count(waiting.count, 'video')} {are} not of the kind that every phone shows: {kinds}."
        f" Converting {them} takes about {duration_text(max(waiting.seconds, 1))} and"
        f" {megabytes(max(waiting.bytes, 100_000))}."
    )


def ask_of_conversions(waiting: Conversions) -> Convert:
    """Ask whether these videos are converted. Enter converts them."""
    say(f"{conversions_text(waiting)} Your answer becomes a rule, which you can change.")
    them = "it" if waiting.count == 1 else "them"
    yes = typer.confirm(f"Convert {them}?", default=True, err=True)
    return Convert.ALWAYS if yes else Convert.NEVER
