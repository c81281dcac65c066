"""`crossover inspect`: what an export holds. Reads only."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.options import JsonOption, VerboseOption, a_path
from crossover.cli.run import logged
from crossover.cli.screen import console, count, data, say, say_next, say_points
from crossover.exports import Summary, read_export, summarise
from crossover.files import to_json
from crossover.workspace import logs_without_workspace


def inspect(
    export: Annotated[
        Path,
        typer.Argument(
            metavar="EXPORT",
            parser=a_path,
            help="The ZIP from TikTok, the folder it became, or its file of posts.",
        ),
    ],
    as_json: JsonOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Look into an export: whose it is, what it holds, what is next.

    Changes nothing."""
    with logged(logs_without_workspace(), "inspect", verbose):
        summary = summarise(read_export(export), datetime.now(UTC))
    if as_json:
        data(to_json(summary))
    else:
        _show(summary, export)
    raise typer.Exit(3 if summary.posts.unreadable else 0)


def _show(summary: Summary, export: Path) -> None:
    posts, dates = summary.posts, summary.dates
    who = f"@{summary.account.handle}" if summary.account.handle else "No profile name in it"
    name = f" ({summary.account.name})" if summary.account.name else ""
    say(f"{who}{name} · {count(posts.total, 'post')}", style="bold")
    if posts.total:
        pictures = count(posts.images, "picture")
        parts = [
            count(posts.videos, "video"),
            f"{count(posts.photo_posts, 'photo post')} ({pictures})",
            *([f"{posts.kind_unknown} of unknown kind"] if posts.kind_unknown else []),
            *([f"{posts.unreadable} unreadable"] if posts.unreadable else []),
        ]
        say_points([" + ".join(parts) + f" = {posts.total:,}"])
        if dates.first and dates.last:
            say_points([f"from {dates.first[:10]} to {dates.last[:10]}"])
        say_points(
            [f"{posts.only_me} only you can see" if posts.only_me else "none is only-me"]
            + ([f"{posts.with_title} with a title"] if posts.with_title else [])
        )
    if posts.deleted:
        say_points(
            [f"{count(posts.deleted, 'recently deleted post')}, counted apart and not moved"]
        )
    for problem in summary.problems:
        console.print()
        say(problem.message)
        say_points([problem.next], style="dim")
    console.print()
    say("Nothing was sent anywhere. Read: your posts and public name; nothing else.", style="dim")
    if posts.total:
        say_next(f'crossover migrate "{export}"')
