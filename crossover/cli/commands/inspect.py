"""`crossover inspect`: what an export holds, when its links die, what to do first. Reads only."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.options import JsonOption, VerboseOption, parse_path
from crossover.cli.run import logged
from crossover.cli.view.export import show_summary, show_what_is_read, what_is_read_json
from crossover.cli.view.progress import bytes_text, progress
from crossover.cli.view.screen import (
    data,
)
from crossover.errors import UsageProblem
from crossover.exports.read import read_export
from crossover.exports.summary import summarise
from crossover.model.next_step import Hint, Placeholder, step
from crossover.storage.documents import to_json
from crossover.workspace import logs_without_workspace


def inspect(
    export: Annotated[
        Path | None,
        typer.Argument(
            metavar="EXPORT",
            parser=parse_path,
            help="The ZIP from TikTok, the folder it became, or its file of posts.",
        ),
    ] = None,
    what_is_read: Annotated[
        bool, typer.Option("--what-is-read", help="Say what is read of an export, and kept.")
    ] = False,
    as_json: JsonOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Look into an export: what it holds, until when, what is first.

    Changes nothing."""
    if what_is_read:
        if as_json:
            data(to_json(what_is_read_json()))
        else:
            show_what_is_read()
        return
    if export is None:
        raise UsageProblem(
            "Which export?",
            next=Hint(
                "As in: ",
                step("inspect", Placeholder("TikTok_Data_1234567890.zip")),
                ", the file TikTok gave you",
            ),
        )
    now = datetime.now(UTC)
    with (
        logged(logs_without_workspace(), "inspect", verbose),
        progress("reading the export", text=bytes_text) as shown,
    ):
        summary = summarise(read_export(export, shown.at), now)
    if as_json:
        data(to_json(summary))
    else:
        show_summary(summary, export, now)
    raise typer.Exit(3 if summary.incomplete else 0)
