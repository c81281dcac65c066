"""Serve the page of a workspace for editing, and make its plan anew afterwards."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

import typer

from crossover.cli.interrupts import stop_signals
from crossover.cli.log import log
from crossover.cli.run import logged
from crossover.cli.steps.page import page_contents
from crossover.cli.steps.plan import plan_asking
from crossover.cli.view.next_step import Flags, show_next
from crossover.cli.view.progress import fitting, progress
from crossover.cli.view.screen import count, data, is_terminal, say
from crossover.destinations.open import Target
from crossover.errors import Busy, Interrupted
from crossover.guide.facts import facts_of
from crossover.guide.next_step import next_step
from crossover.preview.server.running import RunningServer, await_running, forget_running
from crossover.preview.server.serving import End, serve
from crossover.preview.server.session import COMMAND, EditingSession
from crossover.storage.lock import try_lock
from crossover.workspace import Workspace

_START_SECONDS = 30
"""For a server that holds its lock to say where it is."""


def edit_on_page(
    workspace: Workspace,
    target: Target,
    flags: Flags,
    *,
    port: int | None,
    idle_hours: float,
    opens: bool,
) -> None:
    """Serve the page until it ends; where it is served already, say where. Afterwards the plan is
    made anew if something was decided. Raises `Busy`, and what `EditingSession.load`, `serve` and
    `plan_asking` raise."""
    with try_lock(workspace.preview_lock) as is_first:
        if not is_first:
            _show_first(workspace, opens=opens)
            return
        forget_running(workspace.preview_server)
        with logged(workspace.logs, "preview", 0):
            end, is_changed = _serve(workspace, target, port, idle_hours * 3600, opens=opens)
            log.info("the server ended: %s", end)
    if end is End.TOLD:
        raise Interrupted("Stopped. What you changed is in edits.yaml.")
    with suppress(OSError):
        say(_explain_end(end, idle_hours))
    if is_changed:
        _plan_anew(workspace, target, flags)


def _serve(
    workspace: Workspace, target: Target, port: int | None, idle_seconds: float, *, opens: bool
) -> tuple[End, bool]:
    session = EditingSession(
        workspace,
        target,
        lambda plan, where, planner: page_contents(plan, where, workspace, target, planner.library),
    )
    with workspace.hold(COMMAND), progress("checking files") as shown:
        session.load(fitting(shown), shown.stage("making the plan"))
    end = serve(
        session,
        port=port,
        idle_seconds=idle_seconds,
        ready=partial(_show_address, opens=opens, idle_hours=idle_seconds / 3600),
        signals=stop_signals(),
    )
    return end, session.saved > 0


def _show_address(server: RunningServer, *, opens: bool, idle_hours: float) -> None:
    data(server.address)
    say("Your notes are on this page, to look at and to change. What you change is saved at once.")
    say(
        "Only this computer sees it. To end it: Ctrl-C here, or Done on the page;"
        f" it ends by itself after {idle_hours:g} hours without use."
    )
    _open(server.address, opens=opens)


def _show_first(workspace: Workspace, *, opens: bool) -> None:
    first = await_running(workspace.preview_server, _START_SECONDS)
    if first is None:
        raise Busy(
            f"Another run is about to serve this page ({workspace.root}).",
            next="Look at its window, or end it there with Ctrl-C.",
        )
    data(first.address)
    say(f"The page is open for changes already, by process {first.pid}: it is at this address.")
    _open(first.address, opens=opens)


def _open(address: str, *, opens: bool) -> None:
    if opens and is_terminal():
        typer.launch(address)


def _explain_end(end: End, idle_hours: float) -> str:
    match end:
        case End.DONE:
            return "Done, as you said on the page."
        case End.IDLE:
            return f"Nobody used the page for {idle_hours:g} hours, so it ended."
        case _:
            return "The page has ended."


def _plan_anew(workspace: Workspace, target: Target, flags: Flags) -> None:
    say("Making the plan anew with what you changed.")
    with workspace.hold(COMMAND):
        made, where, library = plan_asking(workspace, target, ask=False)
        facts = facts_of(workspace, library, made, where, rehearsal=flags.rehearsal, is_new=True)
    say(
        f"The plan is up to date: {count(made.move, 'post')} move, {made.hold:,} on hold,"
        f" {made.skip:,} left out."
    )
    show_next(next_step(facts), flags)
