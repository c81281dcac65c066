"""`crossover migrate`: the guided road, from the export to the notes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.commands.add import find, take_in
from crossover.cli.commands.fetch import fetch_on_the_way
from crossover.cli.commands.sheet import bring_in
from crossover.cli.commands.upload import show_end
from crossover.cli.options import (
    BatchOption,
    FaultsOption,
    LimitRateOption,
    MediaHostOption,
    PartSizeOption,
    RehearsalOption,
    ToOption,
    VerboseOption,
    WorkspaceOption,
    YesOption,
    a_path,
)
from crossover.cli.run import working_in
from crossover.cli.view.plan import show_plan
from crossover.cli.view.progress import progress
from crossover.cli.view.screen import console, count, home_short, is_terminal, say, say_next
from crossover.destinations.open import destination_site
from crossover.errors import UsageProblem
from crossover.guide.flags import again_flags
from crossover.guide.next_step import next_command
from crossover.library.posts_file import read_library
from crossover.media.download.addresses import parse_by_hand
from crossover.model.notes import Plan
from crossover.plan.planner import make_plan


def migrate(
    export: Annotated[
        list[Path],
        typer.Argument(
            metavar="EXPORT",
            parser=a_path,
            help="The export; your media beside it, or named too, as well as filled-in sheets.",
        ),
    ],
    to: ToOption = "rehearsal",
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
    batch: BatchOption = None,
    limit_rate: LimitRateOption = None,
    part_size: PartSizeOption = None,
    rehearsal: RehearsalOption = None,
    faults: FaultsOption = None,
    media_host: MediaHostOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """The whole road: add, fetch, plan, show, ask, send. Run it again to go on after any stop."""
    from crossover.cli.view.uploads import send  # the network parts are slow to load

    destination_site(to)
    by_hand = parse_by_hand(media_host) if media_host else None
    named = find(export, workspace, verbose)
    place = named.place
    with working_in(place, "migrate", verbose) as log_path:
        _step(1, "Your posts")
        first, nameless = named.apart()
        take_in(first)
        incomplete = fetch_on_the_way(place, by_hand)
        take_in(nameless)
        for sheet in named.sheets:
            bring_in(sheet, place)
        _step(2, "What they will become")
        from crossover.preview.page import write_page  # templates are slow to load

        with progress("fitting files") as shown:
            made = make_plan(
                place,
                to,
                lambda made: write_page(made, place.preview),
                fitted=shown.stage("fitting files"),
                mapped=shown.stage("making the plan"),
            )
        show_plan(made, place)
        console.print()
        sent = None
        if _agreed(made, yes=yes):
            _step(3, "Practice: nothing leaves this computer")
            sent = send(
                place,
                to=to,
                command="migrate",
                batch=batch,
                limit_rate=limit_rate,
                part_bytes=part_size,
                rehearsal=rehearsal,
                faults=faults,
                as_json=False,
            )
            show_end(sent, workspace, rehearsal)
    if sent is None:
        say("Nothing was sent.")
    say(f"Log: {home_short(log_path)}", style="dim")
    if sent is None:
        say_next("crossover upload" + again_flags(workspace, rehearsal))
    else:
        listed = read_library(place.posts).listed
        say_next(
            next_command(sent.status, workspace, rehearsal, listed=listed, kept_back=sent.kept_back)
        )
    raise typer.Exit((sent.exit_code if sent else 0) or (3 if incomplete else 0))


def _step(number: int, name: str) -> None:
    say(f"{number}  {name}", style="bold magenta")


def _agreed(made: Plan, *, yes: bool) -> bool:
    if yes:
        return True
    if not is_terminal():
        raise UsageProblem(
            "Nobody can be asked here whether to send this.",
            next="Look at the preview, then run it again with --yes.",
        )
    return typer.confirm(
        f"Practise these {count(made.notes_total, 'note')} now?", default=True, err=True
    )
