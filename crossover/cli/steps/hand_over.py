"""Hand the next notes of a plan to the creator, who posts them by hand."""

from __future__ import annotations

from dataclasses import replace

from crossover.cli.steps.conditions import answering
from crossover.cli.steps.operator import operator_name
from crossover.cli.view.next_step import Flags
from crossover.cli.view.pace import show_risk_of_pace
from crossover.cli.view.packs import pack_event, show_handed_over
from crossover.cli.view.progress import bytes_text, progress
from crossover.cli.view.screen import data
from crossover.destinations.open import Target
from crossover.limits.limits import load_limits
from crossover.model.packs import Pack
from crossover.settings.rules import read_calendar_rules
from crossover.storage.documents import to_json_line
from crossover.transfer.conditions.questions import Answers
from crossover.transfer.hand_over import HandedOver, HandOverOptions, hand_over
from crossover.workspace import Workspace

_WHAT = "writing the pack"


def hand_over_asking(
    workspace: Workspace,
    target: Target,
    options: HandOverOptions,
    command: str,
    flags: Flags,
    *,
    as_json: bool = False,
) -> HandedOver:
    """Write the next pack, asking what only the creator knows, and show it. The caller holds the
    workspace; `command` is the one that runs. Raises what `hand_over` raises."""

    def run(answers: Answers) -> HandedOver:
        with progress(_WHAT, text=bytes_text) as shown:

            def begin(pack: Pack) -> None:
                size = sum(file.bytes for one in pack.notes for file in one.note.files)
                shown.begin(_WHAT, size, text=bytes_text)

            return hand_over(
                workspace,
                target,
                replace(options, answers=answers),
                command=f"crossover {command}",
                operator=operator_name(),
                begin=begin,
                progress=shown.advance,
            )

    if not as_json:
        rules = read_calendar_rules(workspace.rules)
        show_risk_of_pace(rules, load_limits(target.site), flags)
    done = answering(run, options.answers, flags, ask=not as_json)
    if not as_json:
        show_handed_over(done, flags)
    elif done.pack and done.folder:
        zipped = str(done.zip) if done.zip else None
        data(to_json_line(pack_event(done.pack, str(done.folder), zipped)))
    return done
