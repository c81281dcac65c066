"""`crossover plan`: what every post will become. Offline, no login: the dry run."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from crossover.cli.options import (
    JsonOption,
    RehearsalOption,
    ToOption,
    VerboseOption,
    WorkspaceOption,
)
from crossover.cli.questions import count_questions
from crossover.cli.run import working_in
from crossover.cli.runlog import log
from crossover.cli.screen import (
    console,
    count,
    data,
    hanging,
    home_short,
    needs_stdout,
    say,
    say_next,
)
from crossover.cli.status import next_command
from crossover.destinations.open import destination_site
from crossover.errors import UsageProblem
from crossover.library.posts_file import Library, read_library
from crossover.limits import Limits, limits_of
from crossover.media.fit import fit_media
from crossover.media.fitted import Fitted
from crossover.model.notes import Plan
from crossover.model.posts import MediaKind
from crossover.plan.compiler import compile_plan
from crossover.plan.document import write_plan
from crossover.preview.terminal import plan_table, remarks
from crossover.settings.edits import Edits, read_edits
from crossover.settings.rules import read_rules
from crossover.storage.documents import to_json
from crossover.text import safe
from crossover.transfer.report.status import status_of
from crossover.workspace import Workspace, find_workspace


def plan(
    workspace: WorkspaceOption = None,
    to: ToOption = "rehearsal",
    rehearsal: RehearsalOption = None,
    as_json: JsonOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Show what every post will become, and write it down. Sends nothing."""
    if as_json:
        needs_stdout()
    place = find_workspace(workspace, Path.home())
    destination_site(to)
    with working_in(place, "plan", verbose) as log_path:
        made = make_plan(place, to)
    if as_json:
        data(to_json(made))
    else:
        show_plan(made, place)
        say(f"Log: {home_short(log_path)}", style="dim")
        status, listed = status_of(made, {}), read_library(place.posts).listed
        say_next(next_command(status, workspace, rehearsal, listed=listed))
    raise typer.Exit(3 if made.unreadable else 0)


def make_plan(place: Workspace, to: str) -> Plan:
    """Compile the plan, keep it and its page. The caller holds `place`."""
    from crossover.preview.page import write_page  # templates are slow to load

    made = Planner(place, to).plan(read_edits(place.edits))
    write_page(made, place.preview, title_units=limits_of(made.site).title_units.value)
    write_plan(made, place.plan)
    log.info("plan %s: %d found, %d move", made.digest[:12], made.found, made.move)
    return made


class Planner:
    """Everything a plan is made of but the edits; its files are made fit first. The caller holds
    `place`."""

    def __init__(self, place: Workspace, to: str) -> None:
        self.to, self.site = to, destination_site(to)
        self.library = read_library(place.posts)
        self.rules, self.limits = read_rules(place.rules), limits_of(self.site)
        if not self.library.posts and not self.library.unreadable:
            raise UsageProblem(
                "There are no posts in this workspace.",
                next="Add your export: `crossover add EXPORT`",
            )
        self.fitted = _fit(place, self.library, self.limits)

    def plan(self, edits: Edits) -> Plan:
        """The plan with these edits."""
        return compile_plan(
            self.library,
            self.fitted,
            self.rules,
            edits,
            self.limits,
            to=self.to,
            site=self.site,
        )


def _fit(place: Workspace, library: Library, limits: Limits) -> dict[tuple[str, MediaKind], Fitted]:
    media = [file for post in library.posts for file in post.media]
    with Progress(
        TextColumn("making files fit"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task("", total=len(media))
        return fit_media(place.root, media, limits, lambda _: bar.advance(task))


def show_plan(made: Plan, place: Workspace) -> None:
    """The table, the sum, and where to look closer."""
    console.print(plan_table(made, narrow=console.width < 64), soft_wrap=False)
    for heading, lines in remarks(made):
        console.print()
        say(heading)
        for numbers, text in lines:
            hanging(Text(f"  {numbers}  "), Text(safe(text), style="dim"))
    console.print()
    say(sums(made), style="bold")
    count_questions(read_library(place.posts))
    say("See every note as it will look:", home_short(place.preview))


def sums(made: Plan) -> str:
    """`28 posts found = 25 move (26 notes) + 3 on hold + 0 left out + 0 unreadable`."""
    notes = f" (as {count(made.notes_total, 'note')})" if made.notes_total != made.move else ""
    return (
        f"{count(made.found, 'post')} found = {made.move} move{notes} + {made.hold} on hold"
        f" + {made.skip} left out + {made.unreadable} unreadable"
    )
