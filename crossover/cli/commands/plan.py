"""`crossover plan`: what every post will become. Offline, no login: the dry run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crossover.accounts.folder import AccountFolder
from crossover.cli.note_numbers import parse_note_range
from crossover.cli.options import (
    AccountOption,
    JsonOption,
    NoPagerOption,
    RehearsalOption,
    SiteOption,
    ToOption,
    VerboseOption,
    WorkspaceOption,
    parse_path,
)
from crossover.cli.run import working_in
from crossover.cli.steps.calendar import (
    check_ics,
    choose_first,
    write_calendar,
)
from crossover.cli.steps.plan import plan_asking, set_rules
from crossover.cli.view.best_posts import show_best
from crossover.cli.view.calendar import show_calendar, show_written
from crossover.cli.view.next_step import Flags, show_next
from crossover.cli.view.pace import show_risk_of_pace
from crossover.cli.view.pager import paged
from crossover.cli.view.plan import show_plan
from crossover.cli.view.rules import rules_text
from crossover.cli.view.screen import (
    data,
    home_short,
    needs_stdout,
    say,
)
from crossover.destinations.open import Target
from crossover.errors import UsageProblem
from crossover.guide.facts import facts_of
from crossover.guide.next_step import next_step
from crossover.guide.note_selection import Selection
from crossover.guide.plan_calendar import lay_out
from crossover.library.posts_file import Library
from crossover.limits.limits import load_limits
from crossover.model.note_range import NoteRange
from crossover.model.notes import Plan
from crossover.model.posts import Kind
from crossover.plan.target import TargetChoice, choose_target
from crossover.settings.rules import read_calendar_rules, read_rule_values, read_rules
from crossover.settings.set_rule import Assignment, parse_assignment
from crossover.storage.documents import to_json
from crossover.transfer.report.status import Status
from crossover.transfer.todays_sitting import read_went_out
from crossover.workspace import Workspace, find_workspace


def plan(
    notes: Annotated[
        list[NoteRange] | None,
        typer.Argument(
            metavar="NOTE",
            parser=parse_note_range,
            help="Show these notes alone: 17, 17.2 or 10-20.",
            show_default=False,
        ),
    ] = None,
    year: Annotated[
        int | None, typer.Option(metavar="YEAR", help="Show those posted in this year.")
    ] = None,
    kind: Annotated[
        Kind | None, typer.Option(metavar="video|photos", help="Show posts of this kind.")
    ] = None,
    text: Annotated[
        str, typer.Option(metavar="WORDS", help="Show those with these words.", show_default=False)
    ] = "",
    needs_you: Annotated[
        bool, typer.Option("--needs-you", help="Show those that wait for you.")
    ] = False,
    changed: Annotated[
        bool,
        typer.Option("--changed", help="Show those that read otherwise than the post, and why."),
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Show all of them, not only a screenful.")
    ] = False,
    calendar: Annotated[
        bool, typer.Option("--calendar", help="Show when your notes go out on a real account.")
    ] = False,
    ics: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            parser=parse_path,
            help="Write that calendar into this file, for a calendar app.",
            show_default=False,
        ),
    ] = None,
    best: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help="Offer N posts to begin with: your best, with the reason for each.",
            show_default=False,
        ),
    ] = None,
    assigned: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="RULE=VALUE",
            help="Write this rule into crossover.yaml first, as in topics.max=5. Repeat it for more.",
            show_default=False,
        ),
    ] = None,
    rules: Annotated[
        bool,
        typer.Option(
            "--show-rules", help="Print your rules as they hold and where each is from, and end."
        ),
    ] = False,
    chosen: WorkspaceOption = None,
    to: ToOption = None,
    site: SiteOption = None,
    account: AccountOption = None,
    rehearsal: RehearsalOption = None,
    as_json: JsonOption = False,
    no_pager: NoPagerOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Show what every post will become, and write it down. Sends nothing."""
    selection = Selection(tuple(notes or ()), year, kind, text, needs_you, changed)
    assignments = [parse_assignment(typed) for typed in assigned or ()]
    if rules:
        _show_rules(chosen, assignments, as_json=as_json)
        return
    if as_json:
        needs_stdout()
        if not selection.is_everything:
            raise UsageProblem(
                "--json gives the whole plan.", next="Leave the choice of notes out, or --json."
            )
    if calendar or ics or best:
        if as_json or not selection.is_everything:
            raise UsageProblem(
                "--calendar, --ics and --best are about all notes, and have no JSON.",
                next="Leave the choice of notes and --json out.",
            )
        if ics:
            check_ics(ics)
    workspace = find_workspace(chosen, Path.home())
    target = choose_target(workspace, TargetChoice(to, site, account, rehearsal))
    with working_in(workspace, "plan", verbose) as log_path:
        set_rules(workspace, assignments)
        made, where, library = plan_asking(workspace, target, ask=not as_json)
        facts = facts_of(workspace, library, made, where, rehearsal=rehearsal, is_new=True)
    if as_json:
        data(to_json(made))
    else:
        flags = Flags(chosen, rehearsal)
        if calendar or ics or best:
            _show_schedule(made, where, library, workspace, target, flags, ics, best, every=every)
        else:
            with paged(wanted=not no_pager and (every or not selection.is_everything)):
                show_plan(made, where, library, facts, workspace, flags, selection, every=every)
        if not target.is_practice:
            limits = load_limits(target.site)
            show_risk_of_pace(read_calendar_rules(workspace.rules), limits, flags)
        say(f"Log: {home_short(log_path)}", style="dim")
        show_next(next_step(facts), flags)
    raise typer.Exit(3 if made.unreadable else 0)


def _show_schedule(
    made: Plan,
    where: Status,
    library: Library,
    workspace: Workspace,
    target: Target,
    flags: Flags,
    ics: Path | None,
    best: int | None,
    *,
    every: bool,
) -> None:
    rules, now = read_calendar_rules(workspace.rules), datetime.now(UTC)
    went_out = () if target.is_practice else read_went_out(AccountFolder(target.account))
    laid_out = lay_out(made, where, rules, now, went_out)
    if ics:  # before the screen, which a pipe may end early
        write_calendar(laid_out, made, ics, now)
    if best:
        order = read_rules(workspace.rules).order
        chosen, out_of_season = choose_first(made, where, library, laid_out, best, order)
        show_best(chosen, out_of_season, made, best, flags)
    else:
        show_calendar(laid_out, rules, made, flags, every=every)
    if ics:
        show_written(laid_out, ics)


def _show_rules(chosen: Path | None, assignments: Sequence[Assignment], *, as_json: bool) -> None:
    if as_json:
        raise UsageProblem("--show-rules has no JSON.", next="Leave one of the two out.")
    workspace = find_workspace(chosen, Path.home())
    if assignments:
        with workspace.hold("crossover plan"):
            set_rules(workspace, assignments)
    data(rules_text(read_rule_values(workspace.rules), workspace.rules.name))
