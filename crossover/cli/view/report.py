"""What a report says at a glance, and where it lies."""

from __future__ import annotations

from pathlib import Path

from crossover.cli.view.next_step import Flags, command_line
from crossover.cli.view.screen import count, home_short, say, say_points
from crossover.cli.view.status import words_for
from crossover.model.next_step import Placeholder, step
from crossover.transfer.report.reported import Report
from crossover.workspace import Workspace


def show_report(report: Report, workspace: Workspace, csv: Path | None, flags: Flags) -> None:
    """Show the sums, and where the page and the tables lie."""
    words = words_for(report.site)
    sums = [(getattr(report, state), words[state]) for state in words]
    parts = " + ".join(f"{number:,} {word}" for number, word in sums if number)
    say(f"{count(report.found, 'post')} found = {parts or '0'}", style="bold")
    if report.deleted:
        say(f"{count(report.deleted, 'more post')} were deleted on TikTok, and are not counted.")
    lines = [
        f"a page to keep or to show: {home_short(workspace.report)}",
        f"where each TikTok link leads now: {home_short(workspace.links)}",
    ]
    if csv:
        lines.append(f"every note as a row: {home_short(csv)}")
    say_points(lines)
    if not csv:
        table = step("report", "--csv", Placeholder("FILE"))
        say(f"Every note as a row, for a spreadsheet: `{command_line(table, flags)}`")
    say("The words of posts that not everybody may see are in none of these files.")
