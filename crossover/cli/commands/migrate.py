"""`crossover migrate`: the guided road, from the export to the notes."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path
from typing import Annotated

import typer

from crossover.accounts.folder import AccountFolder
from crossover.cli.interrupts import stoppable
from crossover.cli.options import (
    AccountOption,
    BatchOption,
    FaultsOption,
    LimitRateOption,
    MediaHostOption,
    PartSizeOption,
    RehearsalOption,
    SiteOption,
    ToOption,
    VerboseOption,
    WorkspaceOption,
    YesOption,
    parse_path,
)
from crossover.cli.run import working_in
from crossover.cli.steps.add import add_and_show, look_at_sources
from crossover.cli.steps.captions import offer_page
from crossover.cli.steps.plan import plan_asking
from crossover.cli.steps.send import send_asking
from crossover.cli.steps.sheet import bring_in_sheet
from crossover.cli.view.downloads import (
    download_screen,
    show_all_saved,
    show_dead_links,
    show_deadlines,
    show_fetched,
    show_unreachable,
)
from crossover.cli.view.next_step import Flags, show_next
from crossover.cli.view.plan import show_plan
from crossover.cli.view.screen import console, home_short, is_terminal, say
from crossover.cli.view.uploads import show_end
from crossover.destinations.open import KIT, Target
from crossover.errors import TikTokUnreachable, UsageProblem
from crossover.guide.facts import facts_of, read_facts
from crossover.guide.next_step import ENDS, after_no_text, next_step
from crossover.library.add import Sources
from crossover.library.downloads import fetch_files, survey_links
from crossover.library.link_survey import is_worth_a_run
from crossover.library.posts_file import read_library
from crossover.media.download.addresses import ExtraHost, parse_extra_host
from crossover.plan.target import TargetChoice, choose_target
from crossover.transfer.batch import BatchOptions, Sent
from crossover.transfer.without_text import TextMissing
from crossover.workspace import Workspace

_SENDING = {
    True: "Practice: nothing leaves this computer",
    False: "To your account",
}
"""What the third part is called, in practice and on a real account."""


class _Fetch(Enum):
    """How a fetch ended. `WHOLE`: all came that was linked and alive, if anything was."""

    WHOLE = auto()
    INCOMPLETE = auto()
    UNREACHABLE = auto()


def migrate(
    export: Annotated[
        list[Path],
        typer.Argument(
            metavar="EXPORT",
            parser=parse_path,
            help="The export; your media beside it, or named too, as well as filled-in sheets.",
        ),
    ],
    to: ToOption = None,
    site: SiteOption = None,
    account: AccountOption = None,
    yes: YesOption = False,
    chosen: WorkspaceOption = None,
    batch: BatchOption = None,
    limit_rate: LimitRateOption = None,
    part_size: PartSizeOption = None,
    rehearsal: RehearsalOption = None,
    faults: FaultsOption = None,
    media_host: MediaHostOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """The whole road: add, fetch, plan, show, ask, send. Run it again to go on after any stop."""
    extra_host = parse_extra_host(media_host) if media_host else None
    options = BatchOptions(batch, limit_rate, part_size, faults)
    sources = look_at_sources(export, chosen, verbose)
    workspace, flags = sources.workspace, Flags(chosen, rehearsal)
    target = choose_target(workspace, TargetChoice(to, site, account, rehearsal))
    with working_in(workspace, "migrate", verbose) as log_path:
        _show_heading(1, "Your posts")
        fetched = _add(sources, extra_host, flags)
        library = read_library(workspace.posts)
        if not library.posts and not library.unreadable:
            say(f"Log: {home_short(log_path)}", style="dim")
            show_next(next_step(read_facts(workspace, rehearsal)), flags)
            return
        if not yes and fetched is not _Fetch.UNREACHABLE:
            offer_page(workspace, flags)
        _show_heading(2, "What they will become")
        made, where, library = plan_asking(workspace, target, ask=not yes, yes=yes)
        facts = facts_of(workspace, library, made, where, rehearsal=rehearsal, is_new=True)
        show_plan(made, where, library, facts, workspace, flags)
        console.print()
        sent: Sent | None = None
        declined: TextMissing | None = None
        AccountFolder(target.account).warnings.check_free()
        if _agreed(where.leaving, target, yes=yes):
            _show_heading(3, _SENDING[target.is_practice])
            wordless = yes and target.is_practice
            ended = send_asking(workspace, target, options, "migrate", flags, yes=wordless)
            if isinstance(ended, TextMissing):
                declined = ended
            else:
                sent = ended
                if target.to != KIT:
                    show_end(sent, target, flags)
    facts = read_facts(workspace, rehearsal, kept_back=bool(sent and sent.kept_back))
    following = after_no_text(on_page=declined.on_page) if declined else next_step(facts)
    if sent is None:
        nothing = "Nothing to send." if following.why in ENDS else "Nothing to send yet."
        say("Nothing was sent." if where.leaving else nothing)
    say(f"Log: {home_short(log_path)}", style="dim")
    show_next(following, flags)
    raise typer.Exit(3 if fetched is not _Fetch.WHOLE or (sent and sent.needs_look) else 0)


def _add(sources: Sources, extra_host: ExtraHost | None, flags: Flags) -> _Fetch:
    """Add what was named, and fetch before files whose names tell nothing are compared."""
    named, nameless = sources.split_nameless()
    add_and_show(named, flags)
    fetched = _fetch(sources.workspace, extra_host)
    add_and_show(nameless, flags)
    for sheet in sources.sheets:
        bring_in_sheet(sheet, sources.workspace, flags)
    if show_all_saved(read_library(sources.workspace.posts), sources.workspace.root):
        console.print()
    return fetched


def _fetch(workspace: Workspace, extra_host: ExtraHost | None) -> _Fetch:
    """Fetch where links are alive.

    Raises `Interrupted` when stopped and `RetryLater` on a full disk. A network that is away is
    only said: what needs no fetching goes on.
    """
    library = read_library(workspace.posts)
    # Who names a host expects it to be tried.
    anew = extra_host is not None
    lines = survey_links(library, workspace, anew=anew)
    if not is_worth_a_run(library, lines):
        show_dead_links(library, lines)
        return _Fetch.WHOLE
    show_deadlines(lines)
    with stoppable() as stop, download_screen() as screen:
        done = fetch_files(workspace, extra_host, stop, anew=anew, progress=screen)
    show_fetched(done)
    if isinstance(done.early, TikTokUnreachable):
        show_unreachable(done.early)
    console.print()
    if isinstance(done.early, TikTokUnreachable):
        return _Fetch.UNREACHABLE
    if done.early is not None:
        raise done.early
    return _Fetch.INCOMPLETE if done.failed or done.waiting else _Fetch.WHOLE


def _show_heading(number: int, name: str) -> None:
    say(f"{number}  {name}", style="bold magenta")


def _agreed(leaving: int, target: Target, *, yes: bool) -> bool:
    if yes or not target.is_practice:  # a real account is asked about by itself
        return True
    if not leaving:
        return False
    if not is_terminal():
        raise UsageProblem(
            "Nobody can be asked here whether to send this.",
            next="Look at the preview, then run it again with --yes.",
        )
    what = "this note" if leaving == 1 else f"these {leaving:,} notes"
    return typer.confirm(f"Practise {what} now?", default=True, err=True)
