"""`crossover report`: what became of every post, to keep or to show."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.options import (
    JsonOption,
    RehearsalOption,
    VerboseOption,
    WorkspaceOption,
    parse_path,
)
from crossover.cli.run import working_in
from crossover.cli.steps.missing_plan import explaining_missing_plan
from crossover.cli.view.next_step import Flags
from crossover.cli.view.report import show_report
from crossover.cli.view.screen import data, home_short, needs_stdout, say
from crossover.errors import UsageProblem
from crossover.plan.document import read_plan
from crossover.plan.target import target_of
from crossover.storage.atomic import write_atomic
from crossover.storage.documents import to_json
from crossover.storage.os_errors import explain_os_error
from crossover.transfer.report.report import read_report
from crossover.transfer.report.tables import LINKS, NOTES, is_table, links_table, notes_table
from crossover.workspace import find_workspace


def report(
    csv: Annotated[
        Path | None,
        typer.Option(
            "--csv",
            metavar="FILE",
            parser=parse_path,
            help="Write every note as a row into this file, for a spreadsheet.",
            show_default=False,
        ),
    ] = None,
    chosen: WorkspaceOption = None,
    rehearsal: RehearsalOption = None,
    as_json: JsonOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """What became of every post: a page to keep or to show, and more. Also where each TikTok link
    leads now."""
    if as_json:
        needs_stdout()
    workspace = find_workspace(chosen, Path.home())
    with explaining_missing_plan(workspace, rehearsal):
        plan = read_plan(workspace.plan)
    target = target_of(plan, workspace, rehearsal)
    if as_json:
        data(to_json(read_report(plan, workspace, target, datetime.now(UTC))))
        return
    if csv:
        _check_ours(csv, NOTES)
    _check_ours(workspace.links, LINKS)
    with working_in(workspace, "report", verbose) as log_path:
        from crossover.preview.report_page import write_report  # templates are slow to load

        made = read_report(plan, workspace, target, datetime.now(UTC))
        write_report(made, plan, workspace.report)
        write_atomic(workspace.links, links_table(made))
        if csv:
            write_atomic(csv, notes_table(made))
    show_report(made, workspace, csv, Flags(chosen, rehearsal))
    say(f"Log: {home_short(log_path)}", style="dim")


def _check_ours(path: Path, columns: tuple[str, ...]) -> None:
    """Raise `UsageProblem` where something else than such a table would be written over."""
    if not path.parent.is_dir():
        raise UsageProblem(
            f"There is no folder {home_short(path.parent)}.", next="Make it, or name another one."
        )
    try:
        if not path.exists() or is_table(path.read_bytes(), columns):
            return
    except OSError as exc:
        raise explain_os_error(exc, path, reading=True) from exc
    raise UsageProblem(
        f"{path} is there already, and no earlier report wrote it.",
        next="Give it another name, or name another file.",
    )
