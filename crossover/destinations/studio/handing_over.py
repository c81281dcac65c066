"""A filled page in the creator's hands: they press publish, or want something else; what comes of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from crossover.destinations.answers.outcomes import AnswerKind, classify, result_of
from crossover.destinations.sites import Hosts
from crossover.destinations.studio.contract.addresses import Address, read_address
from crossover.destinations.studio.contract.contract import Bound, load_contract
from crossover.destinations.studio.dialogue import Dialogue
from crossover.destinations.studio.pressing import CREATE, Happened, PressWatch
from crossover.model.account import Receipt
from crossover.model.notes import Note
from crossover.model.results import (
    Declined,
    Drafted,
    Posted,
    PublishResult,
    Refused,
    Unclear,
    Wish,
)

log = logging.getLogger("crossover.rednote")

TAB_CLOSED = "its tab was closed before Publish was pressed"
LEFT = "its page was left before Publish was pressed"
CLOSED = "the window was closed before Publish was seen to be pressed"


def await_press(
    watch: PressWatch,
    note: Note,
    dialogue: Dialogue,
    hosts: Hosts,
    *,
    empty: Callable[[], bool],
    window_is_open: Callable[[], bool],
) -> PublishResult:
    """Wait until the creator pressed publish and RedNote answered, or until they want something else.
    `empty` takes what is filled in off the page, and tells whether it could.

    Nobody is asked to press again while an answer is awaited: once the page asked RedNote, no wish
    counts any more, and what is not answered is unclear.
    """
    happened = Happened.NOTHING
    paused = False
    while (happened := watch.look()) is Happened.NOTHING:
        wish = dialogue.wait_while_paused() if paused else dialogue.wish()
        paused = wish is Wish.PAUSE
        if wish is not None and not paused:
            return _decline(wish, watch, note, dialogue, hosts, empty)
    if happened is Happened.AWAY:
        happened = watch.look()  # what led there may be heard a moment later
    match happened:
        case Happened.DRAFTED:
            return Drafted(by_hand=True)
        case Happened.CLOSED if window_is_open():
            return Declined(Wish.SKIP, TAB_CLOSED)  # what it had asked was heard
        case Happened.CLOSED:
            return Unclear(CLOSED)
        case Happened.AWAY:
            at = read_address(watch.address)
            return Declined(Wish.REDO if at is Address.PUBLISH else Wish.SKIP, LEFT)
        case Happened.SIGNED_OUT:
            return Unclear(f"{hosts.label} asked to sign in again", signed_out=True)
        case Happened.RISK:
            return _warned(hosts)
        case _:
            return await_answer(watch, note, dialogue, hosts)


def await_answer(watch: PressWatch, note: Note, dialogue: Dialogue, hosts: Hosts) -> PublishResult:
    """Wait for what RedNote answers to a press that was seen."""
    longest = load_contract().seconds[Bound.ANSWER]
    dialogue.pressed(note)
    while (happened := watch.look()) is Happened.SENT:
        seconds = watch.seconds_since_sent
        if seconds > longest:
            return Unclear(f"{hosts.label} did not answer within {longest / 60:.0f} minutes")
        dialogue.waiting(note, seconds)
    match happened:
        case Happened.ANSWERED:
            return _read_result(watch, hosts)
        case Happened.RISK:
            return _warned(hosts)
        case Happened.SIGNED_OUT:
            return Unclear(f"{hosts.label} asked to sign in again", signed_out=True)
        case Happened.SUCCESS:
            return Unclear(f"{hosts.label} showed that it went out, and not as which note")
        case Happened.CLOSED:
            return Unclear("the window was closed before an answer was there")
        case _:
            return Unclear("the connection was cut before an answer was there")


def _read_result(watch: PressWatch, hosts: Hosts) -> PublishResult:
    answer = watch.answer
    if answer is None:
        raise ValueError("no answer was heard")
    if answer.flaw and read_address(watch.address) is Address.LOGIN:
        return Unclear(f"{hosts.label} asked to sign in again", signed_out=True)
    kind = classify(answer, CREATE)
    if kind is not AnswerKind.SUCCESS:
        result = result_of(kind, answer, hosts.label)
        # A browser sends a request again by itself where an old connection broke under it.
        return replace(result, second=True) if isinstance(result, Refused) else result
    note_id = (answer.envelope or {})["data"]["id"]
    evidence = "RedNote answered the page with the note's id"
    return Posted(Receipt(note_id, hosts.note_url(note_id), evidence))


def _decline(
    wish: Wish,
    watch: PressWatch,
    note: Note,
    dialogue: Dialogue,
    hosts: Hosts,
    empty: Callable[[], bool],
) -> PublishResult:
    """Take the note off the page, so that it cannot go out any more; it may have in that moment."""
    is_empty = empty()
    watch.look()
    if watch.was_sent:
        log.info("note %s was pressed as it was taken back", note.number)
        return await_answer(watch, note, dialogue, hosts)
    return Declined(wish) if is_empty else Unclear("its page could not be left")


def _warned(hosts: Hosts) -> Unclear:
    return Unclear(f"{hosts.label} wants to see that you are a person, or warns you", at_risk=True)
