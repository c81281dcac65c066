"""`crossover resolve`: settle what is unclear, and keep the links of notes posted by hand."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.options import (
    AccountOption,
    RehearsalOption,
    SiteOption,
    ToOption,
    VerboseOption,
    WorkspaceOption,
    parse_path,
)
from crossover.cli.run import working_in
from crossover.cli.steps.missing_plan import explaining_missing_plan
from crossover.cli.steps.operator import operator_name
from crossover.cli.steps.resolve import ask_about, find_named_note, looking_at
from crossover.cli.view.next_step import Flags, show_next
from crossover.cli.view.packs import show_packed_before
from crossover.cli.view.resolve import (
    how_to_answer,
    show_answers,
    show_known_already,
    show_left,
    show_looked_up,
    show_open,
    show_open_head,
    show_settled,
    show_without_link,
    where_they_go,
)
from crossover.cli.view.screen import console, count, is_terminal, say
from crossover.errors import Interrupted, UsageProblem
from crossover.guide.facts import read_facts
from crossover.guide.next_step import next_step
from crossover.model.calendar import CalendarRules
from crossover.model.next_step import Hint, step
from crossover.model.notes import Note, State
from crossover.plan.target import TargetChoice, choose_target, is_account
from crossover.schedule.zones import find_zone
from crossover.settings.rules import fill_from, read_rule_values
from crossover.storage.os_errors import explain_os_error
from crossover.transfer.resolve.given_links import GivenLink, GivenLinks, read_given_links
from crossover.transfer.resolve.known_notes import keep_known_notes
from crossover.transfer.resolve.open_notes import OpenKind, OpenNote
from crossover.transfer.resolve.resolver import Resolver, resolving
from crossover.transfer.resolve.text_file import decode_text
from crossover.workspace import find_workspace

_STDIN = Path("-")
NotesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NOTE", help="Notes by number. Without one: all that are open.", show_default=False
    ),
]


def resolve(
    notes: NotesArgument = None,
    chosen: WorkspaceOption = None,
    to: ToOption = None,
    site: SiteOption = None,
    account: AccountOption = None,
    rehearsal: RehearsalOption = None,
    link: Annotated[
        list[str] | None,
        typer.Option(
            "--link",
            metavar="NOTE=LINK",
            help="The note stands at this link. May be given several times.",
        ),
    ] = None,
    not_posted: Annotated[
        list[str] | None,
        typer.Option(
            "--not-posted",
            metavar="NOTE",
            help="You looked: the note is not on the account. It is sent again.",
        ),
    ] = None,
    other: Annotated[
        list[str] | None,
        typer.Option(
            "--other",
            metavar="NOTE",
            help="You looked: what is on the account is another post. The note may go out.",
        ),
    ] = None,
    links_file: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            parser=parse_path,
            help="Links from a CSV, or from what the page of a pack saved; - for pasted lines.",
        ),
    ] = None,
    have: Annotated[
        Path | None,
        typer.Option(
            "--have",
            metavar="FILE",
            parser=parse_path,
            help="Links of notes that stood on the account before; - for pasted lines.",
        ),
    ] = None,
    verbose: VerboseOption = 0,
) -> None:
    """Settle what is unclear, and keep links of notes posted by hand.

    Looks on the account first, where that can be done; then asks you. Each answer is kept with its
    time.
    """
    workspace = find_workspace(chosen, Path.home())
    target = choose_target(workspace, TargetChoice(to, site, account, rehearsal))
    flags = Flags(chosen, rehearsal)
    given = _links_of_flags(link or [])
    from_file = read_given_links(_read_text(links_file)) if links_file else GivenLinks()
    known = _read_text(have) if have else None
    left: list[OpenNote] = []
    answers_given = bool(link or not_posted or other or links_file or have)
    with (
        working_in(workspace, "resolve", verbose),
        explaining_missing_plan(workspace, rehearsal),
    ):
        if known is not None:
            zone = find_zone(fill_from(read_rule_values(workspace.rules), CalendarRules).zone)
            number = keep_known_notes(target, known, zone, operator_name(), "crossover resolve")
            stand = "stands" if number == 1 else "stand"
            say(f"{count(number, 'note')} {stand} on {where_they_go(target)}: written down.")
        if have is None or notes or link or not_posted or other or links_file:
            with resolving(
                workspace,
                target,
                command="crossover resolve",
                operator=operator_name(),
                **looking_at(target, is_answered=answers_given),
            ) as resolver:
                named = [find_named_note(resolver, who) for who in notes or []]
                if answers_given:
                    links = [*given, *from_file.links]
                    _take(resolver, links, from_file, not_posted or [], other or [], flags)
                if not answers_given or named:
                    _settle(resolver, named, flags)
                left = resolver.open_notes(named)
    show_next(next_step(read_facts(workspace, rehearsal)), flags)
    unclear = any(one.kind is not OpenKind.HANDED for one in left)
    raise typer.Exit(3 if unclear else 0)


def _take(
    resolver: Resolver,
    links: Sequence[GivenLink],
    from_file: GivenLinks,
    not_posted: Sequence[str],
    other: Sequence[str],
    flags: Flags,
) -> None:
    """Write down what the flags say."""
    target = resolver.target
    if from_file.account and not is_account(target, *from_file.account):
        site, name = from_file.account
        raise UsageProblem(
            f"That file is of {name} on {site}, and this plan is for {where_they_go(target)}.",
            next="Name the file of this account, or the workspace of that one with -w DIR.",
        )
    not_there = [find_named_note(resolver, who) for who in not_posted]
    another = [find_named_note(resolver, who) for who in other]
    answers = resolver.take(links, not_there, another, from_file.errors)
    show_answers(answers, flags)
    show_packed_before(resolver.packed_before)
    show_known_already(len({one.who for one in links}) - sum(bool(a.receipt) for a in answers))
    show_without_link(from_file.without_link)


def _settle(resolver: Resolver, named: Sequence[Note], flags: Flags) -> None:
    """Look for open notes, then ask about those of which that tells nothing."""
    looked_up = 0
    for outcome in resolver.look_up(named):
        looked_up += 1
        show_looked_up(outcome)
    open_now = resolver.open_notes(named)
    entries = resolver.ledger.entries()
    for note in named:
        if note.key not in {one.note.key for one in open_now}:
            entry = entries.get(note.key)
            state = entry.state if entry else State.READY
            show_settled(note, entry.url if entry else None, state, flags)
    if not open_now:
        if not named and not looked_up:
            say("Nothing is open: no note is unclear, and no link is awaited.")
        return
    show_open_head(open_now, resolver.target)
    if is_terminal():
        try:
            ask_about(resolver, open_now, flags)
        except (typer.Abort, KeyboardInterrupt):
            console.print()
            raise Interrupted(
                "Stopped; what you answered is written down.",
                next=Hint("The rest: ", step("resolve"), "."),
            ) from None
        show_left(resolver.open_notes(named))
        return
    for one in open_now:
        show_open(one, resolver.candidates(one))
    raise UsageProblem(
        "This needs your own answer, and nobody is there to be asked.",
        next=how_to_answer(open_now),
    )


def _links_of_flags(said: Sequence[str]) -> list[GivenLink]:
    links = []
    for one in said:
        who, equals, url = one.partition("=")
        if not equals or not url.strip() or not who.strip():
            raise UsageProblem(
                f"--link {one}: the note's number and its link are meant.",
                next="Write it as --link 17=https://www.rednote.com/explore/…",
            )
        links.append(GivenLink(f"--link {who.strip()}", who.strip(), url.strip()))
    return links


def _read_text(path: Path) -> str:
    if path == _STDIN:
        if is_terminal():
            say("Paste a line for each note, its number and its link, then press Ctrl-D.")
        return decode_text(sys.stdin.buffer.read(), "What was pasted")
    try:
        return decode_text(path.read_bytes(), path.name)
    except OSError as exc:
        raise explain_os_error(exc, path, reading=True) from exc
