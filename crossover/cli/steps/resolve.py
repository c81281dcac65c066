"""Ask about open notes, one by one; every answer is written down at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TypedDict

import typer

from crossover.accounts.ledger.listed_notes import ListedNote
from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.packs import show_packed_before
from crossover.cli.view.resolve import show_answers, show_open
from crossover.cli.view.screen import say, say_points
from crossover.destinations.base import Destination
from crossover.destinations.note_links import LinkRefused, parse_note_link
from crossover.destinations.open import PRACTICE, STUDIO, Target
from crossover.errors import UsageProblem
from crossover.model.next_step import Hint, step
from crossover.model.notes import Note
from crossover.text import sentence
from crossover.transfer.connect import Connect, ConnectOptions, connect_to
from crossover.transfer.resolve.given_links import GivenLink
from crossover.transfer.resolve.open_notes import OpenKind, OpenNote
from crossover.transfer.resolve.resolver import Resolver

_NOT_THERE, _ANOTHER, _QUIT = "n", "o", "q"


class Looking(TypedDict):
    """How an account is looked at while notes are settled."""

    waiting: Callable[[str], None]
    connect: Connect | None


def can_be_read(target: Target) -> bool:
    """Whether the list of the account's notes can be read from here."""
    return target.is_practice or target.to == STUDIO


def looking_at(target: Target, *, is_answered: bool = False, to_take_back: bool = False) -> Looking:
    """How the account of a target can be looked at: the practice account and one that is posted to
    in the creator's browser by their own list, another not from here. No browser is opened where
    the creator said already what became of the notes (`is_answered`), nor `to_take_back` notes,
    which no page of RedNote's is asked for."""
    connect: Connect | None = connect_to if can_be_read(target) else None
    if target.to == STUDIO and to_take_back:
        connect = _connect_by_calls if target.is_practice else None
    elif target.to == STUDIO and is_answered:
        connect = None
    return {
        "waiting": lambda words: say(f"Waiting for the practice account: {words}"),
        "connect": connect,
    }


def _connect_by_calls(
    target: Target, options: ConnectOptions
) -> AbstractContextManager[Destination]:
    """Reach the practice account without its page."""
    return connect_to(replace(target, to=PRACTICE), options)


def find_named_note(resolver: Resolver, who: str) -> Note:
    """Find the note that was typed. Raises `UsageProblem` where there is none, or several."""
    try:
        return resolver.names.find(who.strip().removeprefix("#"))
    except LookupError as exc:
        raise UsageProblem(
            sentence(f"{exc.args[0]}."),
            next=Hint(step("plan", "--all"), " lists all notes by number."),
        ) from exc


def ask_about(resolver: Resolver, notes: list[OpenNote], flags: Flags) -> None:
    """Ask about each of these notes. The end of the input raises `typer.Abort`."""
    for one in notes:
        candidates = resolver.candidates(one)
        show_open(one, candidates)
        while (reply := _ask(one, candidates)) not in (_QUIT, ""):
            if _take(resolver, one, candidates, reply, flags):
                break
        if reply == _QUIT:
            return


def _ask(one: OpenNote, candidates: tuple[ListedNote, ...]) -> str:
    keys = []
    if candidates:
        which = "1" if len(candidates) == 1 else f"1-{len(candidates)}"
        keys.append(f"{which} it is that one")
    keys.append("its link")
    if one.kind is OpenKind.HANDED:
        keys += ["n you did not post it", "Enter not yet"]
    else:
        keys.append("n it is not there")
        if candidates:
            keys.append("o what is there is another post")
        keys.append("Enter you do not know")
    say_points([f"       {' · '.join(keys)} · q quit"], style="dim")
    question = f"Where is note {one.note.number}?"
    reply: str = typer.prompt(question, default="", show_default=False, prompt_suffix=" ", err=True)
    return reply.strip()


def _take(
    resolver: Resolver,
    one: OpenNote,
    candidates: tuple[ListedNote, ...],
    reply: str,
    flags: Flags,
) -> bool:
    """Write down one reply. False where it was none, which is told."""
    key = reply.casefold()
    try:
        if key == _NOT_THERE:
            answers = resolver.take(not_there=[one.note])
        elif key == _ANOTHER and one.kind is not OpenKind.HANDED:
            answers = resolver.take(another=[one.note])
        else:
            link = reply
            if key.isascii() and key.isdigit():
                if not 1 <= int(key) <= len(candidates):
                    say("That is none of the answers.")
                    return False
                link = candidates[int(key) - 1].note_id
            parse_note_link(link, resolver.target.site)
            answers = resolver.take([GivenLink("Your answer", one.note.id, link)])
    except LinkRefused as exc:
        say(f"Not taken: {exc}.")
        return False
    except UsageProblem as exc:
        say(placed(exc.message, flags), placed(exc.next, flags))
        say_points(placed(line, flags) for line in exc.more)
        return False
    show_answers(answers, flags)
    show_packed_before(resolver.packed_before)
    return True
