"""Send the next batch of a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from crossover.cli.interrupts import stoppable
from crossover.cli.steps.conditions import answering
from crossover.cli.steps.operator import operator_name
from crossover.cli.steps.page import where_of, write_page
from crossover.cli.steps.studio import before_the_window
from crossover.cli.steps.without_text import agree_to_send
from crossover.cli.view.next_step import Flags
from crossover.cli.view.pace import show_risk_of_pace
from crossover.cli.view.packs import pack_event, show_handed_over, show_tidied
from crossover.cli.view.practice import errors_in_practice
from crossover.cli.view.progress import bytes_text, progress
from crossover.cli.view.screen import data
from crossover.cli.view.uploads import UploadScreen, show_early_end, upload_screen
from crossover.destinations.open import KIT, STUDIO, Target
from crossover.destinations.studio.dialogue import Dialogue
from crossover.errors import CrossoverError
from crossover.limits.limits import load_limits
from crossover.model.packs import Pack
from crossover.plan.document import read_plan
from crossover.settings.rules import read_calendar_rules
from crossover.storage.documents import to_json_line
from crossover.transfer.batch import BatchOptions, Sent, send_batch
from crossover.transfer.conditions.questions import Answers
from crossover.transfer.hand_over import HandedOver, hand_over
from crossover.transfer.outcome import Step
from crossover.transfer.report.status import status_at
from crossover.transfer.without_text import TextMissing
from crossover.workspace import Workspace

_WRITING = "writing the pack"


def send_asking(
    workspace: Workspace,
    target: Target,
    options: BatchOptions,
    command: str,
    flags: Flags,
    *,
    yes: bool = False,
    as_json: bool = False,
) -> Sent | TextMissing:
    """Send the next notes until the batch ends or the creator stops it, or hand them over and show
    that; nothing where they do not
    want notes to go out without any text, which come back then. `yes` answers that. The caller holds
    the workspace, and `command` is the one that runs. Raises what `send_batch` raises."""
    act = _hand_over if target.to == KIT else _send
    try:
        return act(workspace, target, options, command, flags, as_json=as_json)
    except TextMissing as missing:
        if not agree_to_send(missing, workspace, target, flags, yes=yes, ask=not as_json):
            return missing
    options = replace(options, without_text=True)
    return act(workspace, target, options, command, flags, as_json=as_json)


def _send(
    workspace: Workspace,
    target: Target,
    options: BatchOptions,
    command: str,
    flags: Flags,
    *,
    as_json: bool,
) -> Sent:
    def run(answers: Answers) -> Sent:
        screen: UploadScreen | None = None
        try:
            with (
                stoppable() as stop,
                errors_in_practice(target),
                _screen_for(target, stop, draft=options.draft, as_json=as_json) as (
                    screen,
                    dialogue,
                ),
            ):
                return send_batch(
                    workspace,
                    target,
                    replace(options, answers=answers),
                    command=f"crossover {command}",
                    stop=stop,
                    progress=screen,
                    dialogue=dialogue,
                    operator=operator_name(),
                )
        except CrossoverError:
            if screen and screen.has_begun and not as_json:
                with suppress(CrossoverError):  # what ended the run is told, whatever the disk says
                    show_early_end(status_at(read_plan(workspace.plan), target), flags)
            raise

    sent = answering(run, options.answers, flags, ask=not as_json)
    with suppress(CrossoverError):  # the notes are there all the same; `preview` makes it anew
        plan = read_plan(workspace.plan)
        write_page(plan, where_of(plan, target), workspace, target)
    return sent


@contextmanager
def _screen_for(
    target: Target, stop: Callable[[], bool], *, draft: bool, as_json: bool
) -> Iterator[tuple[UploadScreen, Dialogue | None]]:
    if target.to == STUDIO:
        with before_the_window(target, stop, draft=draft, as_json=as_json) as both:
            yield both
    else:
        with upload_screen(target, as_json=as_json) as screen:
            yield screen, None


def _hand_over(
    workspace: Workspace,
    target: Target,
    options: BatchOptions,
    command: str,
    flags: Flags,
    *,
    as_json: bool,
) -> Sent:
    def run(answers: Answers) -> HandedOver:
        with progress(_WRITING, text=bytes_text) as shown:

            def begin(pack: Pack) -> None:
                size = sum(file.bytes for one in pack.notes for file in one.note.files)
                shown.begin(_WRITING, size, text=bytes_text)

            return hand_over(
                workspace,
                target,
                replace(options, answers=answers),
                command=f"crossover {command}",
                operator=operator_name(),
                begin=begin,
                tidied=lambda left: None if as_json else show_tidied(left, flags),
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
    return Sent(done.status, tuple(one for one in done.kept_back if one.step is Step.KEPT_BACK))
