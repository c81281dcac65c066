"""Leaves a filled page among RedNote's own drafts, by the button beside publish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crossover.destinations.studio.contract.contract import Bound, Contract
from crossover.destinations.studio.pressing import Happened, PressWatch
from crossover.model.results import Drafted, NotSent, PublishResult, Unclear

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

_PUBLISH_CLASS = "bg-red"
"""What the publish button has and the one for drafts has not [8]."""


@dataclass(frozen=True, slots=True)
class _Button:
    backend_id: int
    classes: frozenset[str]
    text: str


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
    root = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
    pattern = contract.elements["save-draft"].alternatives[0].pattern
    named = [
        one
        for one in _buttons(root)
        if pattern and pattern.search(one.text) and _PUBLISH_CLASS not in one.classes
    ]
    if len(named) != 1:
        return None
    button = named[0].backend_id
    session.send("DOM.scrollIntoViewIfNeeded", {"backendNodeId": button})
    box = session.send("DOM.getBoxModel", {"backendNodeId": button})["model"]["content"]
    x, y = sum(box[0::2]) / 4, sum(box[1::2]) / 4
    hit = session.send("DOM.getNodeForLocation", {"x": round(x), "y": round(y)})
    return (x, y) if _is_within(session, hit["backendNodeId"], button) else None


def _buttons(node: Mapping[str, Any]) -> Iterator[_Button]:
    if node.get("nodeName") == "BUTTON":
        names = node.get("attributes", [])
        attributes = dict(zip(names[0::2], names[1::2], strict=True))
        classes = frozenset(attributes.get("class", "").split())
        yield _Button(node["backendNodeId"], classes, "".join(_texts(node)).strip())
    for child in (*node.get("children", ()), *node.get("shadowRoots", ())):
        yield from _buttons(child)


def _texts(node: Mapping[str, Any]) -> Iterator[str]:
    if node.get("nodeType") == 3:
        yield node["nodeValue"]
    for child in node.get("children", ()):
        yield from _texts(child)


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
