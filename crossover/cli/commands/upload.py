"""`crossover upload`: send the next batch; the same command resumes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import typer

from crossover.cli.options import (
    AcceptRiskOption,
    AccountEmptyOption,
    AccountOption,
    ApproveOption,
    BatchOption,
    DraftOption,
    FaultsOption,
    FirstNoteOkOption,
    JsonOption,
    LimitRateOption,
    MaxErrorsOption,
    PartSizeOption,
    RehearsalOption,
    SiteOption,
    ToOption,
    VerboseOption,
    WithoutTextOption,
    WorkspaceOption,
    ZipOption,
)
from crossover.cli.run import working_in
from crossover.cli.steps.missing_plan import explaining_missing_plan
from crossover.cli.steps.send import send_asking
from crossover.cli.view.next_step import Flags, show_next
from crossover.cli.view.screen import data, home_short, needs_stdout, say
from crossover.cli.view.uploads import show_end
from crossover.destinations.open import KIT, STUDIO
from crossover.errors import (
    AccountAtRisk,
    CrossoverError,
    Interrupted,
    LoginNeeded,
    NothingDue,
    RetryLater,
    UsageProblem,
)
from crossover.guide.facts import read_facts
from crossover.guide.next_step import after_no_text, next_step
from crossover.model.next_step import Hint, step
from crossover.model.notes import State
from crossover.plan.target import TargetChoice, choose_target
from crossover.storage.documents import to_json_line
from crossover.transfer.batch import BatchOptions
from crossover.transfer.conditions.questions import Answers
from crossover.transfer.report.status import current_status
from crossover.transfer.without_text import TextMissing
from crossover.workspace import Workspace, find_workspace


def upload(
    chosen: WorkspaceOption = None,
    to: ToOption = None,
    site: SiteOption = None,
    account: AccountOption = None,
    batch: BatchOption = None,
    limit_rate: LimitRateOption = None,
    part_size: PartSizeOption = None,
    rehearsal: RehearsalOption = None,
    faults: FaultsOption = None,
    without_text: WithoutTextOption = False,
    max_errors: MaxErrorsOption = None,
    as_zip: ZipOption = False,
    draft: DraftOption = False,
    accept_risk: AcceptRiskOption = False,
    account_empty: AccountEmptyOption = False,
    first_note_ok: FirstNoteOkOption = False,
    approve: ApproveOption = "",
    as_json: JsonOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Send the next notes, or prepare them for you to post. Stop it whenever you like:
    the same command goes on."""
    if as_json:
        needs_stdout()
    workspace = find_workspace(chosen, Path.home())
    target = choose_target(workspace, TargetChoice(to, site, account, rehearsal))
    if draft and target.to != STUDIO:
        raise UsageProblem(
            "--draft leaves notes on RedNote's own page, so it needs your browser.",
            next=Hint("Plan for that: ", step("plan", "--to", STUDIO), "."),
        )
    options = BatchOptions(
        *(batch, limit_rate, part_size, faults),
        max_errors=max_errors,
        zip=as_zip,
        draft=draft,
        answers=Answers(accept_risk, account_empty, first_note_ok, approve),
    )
    flags = Flags(chosen, rehearsal)
    with (
        _sums_last(workspace, rehearsal) if as_json else nullcontext(),
        working_in(workspace, "upload", verbose) as log_path,
        explaining_missing_plan(workspace, rehearsal),
    ):
        sent = send_asking(
            workspace, target, options, "upload", flags, yes=without_text, as_json=as_json
        )
    if isinstance(sent, TextMissing):
        say("Nothing was sent.")
        say(f"Log: {home_short(log_path)}", style="dim")
        show_next(after_no_text(on_page=sent.on_page), flags)
        raise typer.Exit
    if not as_json:
        if target.to != KIT:
            show_end(sent, target, flags)
        say(f"Log: {home_short(log_path)}", style="dim")
        facts = read_facts(workspace, rehearsal, kept_back=bool(sent.kept_back))
        show_next(next_step(facts), flags)
    raise typer.Exit(3 if sent.needs_look else 0)


@contextmanager
def _sums_last(workspace: Workspace, rehearsal: Path | None) -> Iterator[None]:
    """Print the last line for programs: every post by state, how the run ended, and by which
    error."""
    try:
        yield
    except BrokenPipeError:  # nobody reads
        raise
    except BaseException as exc:
        # What ended the run is told, also when its sums cannot be.
        error = exc.id if isinstance(exc, CrossoverError) else Interrupted.id  # Ctrl-C, twice
        with suppress(CrossoverError, OSError):
            _print_sums(workspace, rehearsal, _ended(exc), error)
        raise
    _print_sums(workspace, rehearsal, "done")


def _ended(exc: BaseException) -> str:
    match exc:
        case Interrupted() | KeyboardInterrupt():
            return "stopped"
        case AccountAtRisk():
            return "held"
        case RetryLater():
            return "retry"
        case LoginNeeded():
            return "login"
        case NothingDue():
            return "done"
        case _:
            return "failed"


def _print_sums(
    workspace: Workspace, rehearsal: Path | None, ended: str, error: str | None = None
) -> None:
    """All sums are null when the plan or the ledger cannot be read."""
    names = ("found", *State)
    sums = dict.fromkeys((*names, "plain_topics"))
    with suppress(CrossoverError):
        status = current_status(workspace, rehearsal)
        sums |= {name: getattr(status, name) for name in names}
        sums["plain_topics"] = sum(map(len, status.plain_topics.values()))
    data(to_json_line({"event": "sums", "id": None, "state": ended, "error": error, **sums}))
