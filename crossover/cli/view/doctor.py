"""What the doctor found: a line each, and how it is mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from rich.text import Text

from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.screen import console, hanging, say
from crossover.guide.doctor.findings import Finding, Verdict
from crossover.text import one_line

_STYLES = {Verdict.OK: "green", Verdict.WARN: "yellow", Verdict.FAIL: "bold red"}


def show_findings(findings: Sequence[Finding], flags: Flags) -> None:
    """Show all findings by what they are about, and count them."""
    for subject, some in groupby(findings, key=lambda one: one.subject):
        say(one_line(subject), style="bold")
        for one in some:
            hanging(
                Text(f"  {one.verdict:<4}  ", style=_STYLES[one.verdict]),
                Text(one_line(placed(one.said, flags))),
            )
            if one.fix:
                hanging(Text(" " * 8), Text(one_line(placed(one.fix, flags)), style="dim"))
        console.print()
    counts = Counter(one.verdict for one in findings)
    parts = [f"{counts[Verdict.OK]:,} fine"]
    if counts[Verdict.WARN]:
        parts.append(f"{counts[Verdict.WARN]:,} to know of")
    if counts[Verdict.FAIL]:
        parts.append(f"{counts[Verdict.FAIL]:,} to mend")
    say(f"{sum(counts.values()):,} checks: {', '.join(parts)}.")
