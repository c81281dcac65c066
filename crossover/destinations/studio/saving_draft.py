"""Leaves a filled page among RedNote's own drafts, by the button beside publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crossover.destinations.studio.contract.contract import Bound, Contract
from crossover.destinations.studio.pressing import Happened, PressWatch
from crossover.destinations.studio.save_button import find_save_button
from crossover.model.results import Drafted, NotSent, PublishResult, Unclear

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page


def save_draft(page: Page, watch: PressWatch, contract: Contract) -> PublishResult:
    """Press “save and leave”, and wait until the page was left. The button is in a closed part of the
    page; it is pressed only where what lies under the pointer is that very button, so that it is
    never the one beside it."""
    session = page.context.new_cdp_session(page)
    try:
        place = _find_place(session, contract)
        if place is None:
            return NotSent("the button that saves a draft was not found on the page")
        for kind in ("mousePressed", "mouseReleased"):
            session.send(
                "Input.dispatchMouseEvent",
                {"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1},
            )
    finally:
        session.detach()
    happened = watch.wait(
        contract.seconds[Bound.PAGE], until=lambda one: one is not Happened.NOTHING
    )
    match happened:
        case Happened.AWAY:
            return Drafted()
        case Happened.NOTHING:
            return NotSent("the page was not left, so it is not known that a draft was saved")
        case _:
            return Unclear("something else than a draft came of it")


def _find_place(session: CDPSession, contract: Contract) -> tuple[float, float] | None:
    """The middle of the button, where it alone lies under the pointer."""
    button = find_save_button(session, contract)
    if button is None:
        return None
    session.send("DOM.scrollIntoViewIfNeeded", {"backendNodeId": button})
    box = session.send("DOM.getBoxModel", {"backendNodeId": button})["model"]["content"]
    x, y = sum(box[0::2]) / 4, sum(box[1::2]) / 4
    hit = session.send("DOM.getNodeForLocation", {"x": round(x), "y": round(y)})
    return (x, y) if _is_within(session, hit["backendNodeId"], button) else None


def _is_within(session: CDPSession, inner: int, outer: int) -> bool:
    """Whether the node `inner` is `outer`, or lies in it."""
    ids = [
        session.send("DOM.resolveNode", {"backendNodeId": one})["object"]["objectId"]
        for one in (inner, outer)
    ]
    asked = session.send(
        "Runtime.callFunctionOn",
        {
            "functionDeclaration": "function (inner) { return this.contains(inner) }",
            "objectId": ids[1],
            "arguments": [{"objectId": ids[0]}],
            "returnByValue": True,
        },
    )
    return bool(asked["result"]["value"])
