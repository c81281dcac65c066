"""`crossover topics`: which words hashtags become, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.lazy import PlainCommand
from crossover.cli.options import WorkspaceOption, parse_path
from crossover.cli.view.hashtags import show_explained, show_own_topics, show_unknown
from crossover.cli.view.next_step import Flags
from crossover.errors import UsageProblem
from crossover.library.posts_file import read_library
from crossover.mapping.topics.explain import count_unknown, explain_tag
from crossover.model.choices import Rules
from crossover.settings.own_topics import read_own_topics
from crossover.settings.rules import read_rules
from crossover.workspace import find_workspace

topics_app = typer.Typer(
    help="Which words your hashtags become, and why.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@topics_app.command(cls=PlainCommand)
def explain(
    tags: Annotated[
        list[str], typer.Argument(metavar="TAG...", help="Hashtags, with or without #.")
    ],
    chosen: WorkspaceOption = None,
) -> None:
    """Tell what hashtags become, and what comes nearest to one that is not known.

    Your rules count where there is a workspace."""
    rules = _read_rules(chosen)
    show_explained([explain_tag(tag, rules) for tag in tags])


@topics_app.command(cls=PlainCommand)
def unmapped(
    chosen: WorkspaceOption = None,
    every: Annotated[bool, typer.Option("--all", help="List every one of them.")] = False,
) -> None:
    """List the hashtags of your posts that have no Chinese words, the most frequent first."""
    workspace = find_workspace(chosen, Path.home())
    rules = read_rules(workspace.rules)
    posts = read_library(workspace.posts).posts
    unknown, total = count_unknown((f"{p.text or ''}\n{p.title or ''}" for p in posts), rules)
    show_unknown(unknown, total, workspace.own_topics, Flags(chosen), every=every)


@topics_app.command(cls=PlainCommand)
def check(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", parser=parse_path, help="Without it: the workspace's own."
        ),
    ] = None,
    chosen: WorkspaceOption = None,
) -> None:
    """Check the topics.yaml with your own words for hashtags."""
    path = file or find_workspace(chosen, Path.home()).own_topics
    if not path.exists():
        raise UsageProblem(
            f"There is no {path}.",
            next="Write it: a line `topics:`, and below it, indented, lines as `clay day: [陶艺日常]`.",
        )
    show_own_topics(path, read_own_topics(path))


def _read_rules(chosen: Path | None) -> Rules:
    """Read the rules of the workspace; the defaults where none was named and none is the only
    one."""
    if chosen is not None:
        return read_rules(find_workspace(chosen, Path.home()).rules)
    try:
        workspace = find_workspace(None, Path.home())
    except UsageProblem:
        return Rules()
    return read_rules(workspace.rules)
