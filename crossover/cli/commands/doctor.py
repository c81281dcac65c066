"""`crossover doctor`: look whether everything is sound."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.options import JsonOption, RehearsalOption, WorkspaceOption, parse_path
from crossover.cli.view.doctor import show_findings
from crossover.cli.view.next_step import Flags
from crossover.cli.view.screen import data, home_short, say
from crossover.errors import UsageProblem
from crossover.guide.doctor.bundle import write_bundle
from crossover.guide.doctor.examination import Examined, examine
from crossover.guide.doctor.findings import Finding, Verdict
from crossover.storage.documents import to_json
from crossover.workspace import Workspace, find_workspaces


def doctor(
    chosen: WorkspaceOption = None,
    rehearsal: RehearsalOption = None,
    studio: Annotated[
        bool,
        typer.Option(
            "--studio",
            help="Open your browser's window too, and look who is signed in there and whether"
            " RedNote's page is as crossover knows it.",
        ),
    ] = False,
    bundle: Annotated[
        Path | None,
        typer.Option(
            "--bundle",
            metavar="FILE.zip",
            parser=parse_path,
            help="Write a file for a bug report: versions and counts; no texts, names or paths.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Check this computer, the workspace and the accounts.

    Changes nothing, and opens no window without --studio. Exit code 0 when nothing is to be mended, else 3.
    """
    workspace = _choose(chosen)
    what, now = Examined(workspace, rehearsal, studio), datetime.now(UTC)
    findings = list(examine(what, now))
    if as_json:
        data(to_json(_document(findings)))
    else:
        show_findings(findings, Flags(chosen, rehearsal))
    if bundle is not None:
        write_bundle(bundle, what, findings, now)
        say(f"For a bug report: {home_short(bundle)}. Look into it before you send it.")
    failed = any(one.verdict is Verdict.FAIL for one in findings)
    raise typer.Exit(3 if failed else 0)


def _choose(chosen: Path | None) -> Workspace | None:
    """The workspace that is looked at: the one named, else the only one there is; also one that is
    damaged."""
    if chosen is not None:
        if not Workspace(chosen).exists:
            raise UsageProblem(
                f"{chosen} is no workspace.", next="Name another folder, or leave -w out."
            )
        return Workspace(chosen)
    found = find_workspaces(Path.home())
    if len(found) > 1:
        names = ", ".join(workspace.root.name for workspace in found)
        say(f"There are several workspaces, of which none is looked at: {names}. Name one with -w.")
    return found[0] if len(found) == 1 else None


def _document(findings: Sequence[Finding]) -> dict[str, object]:
    counts = {str(one): sum(f.verdict is one for f in findings) for one in Verdict}
    return {**counts, "checks": list(findings)}
