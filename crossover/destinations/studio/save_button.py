"""The button that saves a draft, in a closed part of the page beside publish: where it is, and whether
it is pressed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crossover.destinations.studio.contract.contract import Contract

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

_PUBLISH_CLASS = "bg-red"
"""What the publish button has and the one for drafts has not [8]."""

_WORLD, _BINDING = "crossover", "crossoverHearsSave"
_LISTEN = f"""function () {{
  this.addEventListener("click", (event) => event.isTrusted && {_BINDING}(""), true);
}}"""


@dataclass(frozen=True, slots=True)
class _Button:
    backend_id: int
    classes: frozenset[str]
    text: str


def find_save_button(session: CDPSession, contract: Contract) -> int | None:
    """The button's id for the browser, None where there is none, or where several may be it."""
    root = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
    pattern = contract.elements["save-draft"].alternatives[0].pattern
    named = [
        one
        for one in _buttons(root)
        if pattern and pattern.search(one.text) and _PUBLISH_CLASS not in one.classes
    ]
    return named[0].backend_id if len(named) == 1 else None


@contextmanager
def hearing_save(page: Page, contract: Contract, heard: Callable[[], None]) -> Iterator[None]:
    """Within the block call `heard` where the creator presses the button, as long as events of the
    page come in; nothing of the page's own is changed. Where the button is not found, or the
    page is gone, nothing is heard."""
    from playwright.sync_api import Error

    try:
        session = page.context.new_cdp_session(page)
        session.on("Runtime.bindingCalled", lambda _: heard())
        _listen(session, contract)
    except Error:  # whoever waits for the page hears that it is gone
        yield
        return
    try:
        yield
    finally:
        with suppress(Error):
            session.detach()


def _listen(session: CDPSession, contract: Contract) -> None:
    button = find_save_button(session, contract)
    if button is None:
        return
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": _WORLD})
    context = world["executionContextId"]
    session.send("Runtime.enable")
    session.send("Runtime.addBinding", {"name": _BINDING, "executionContextName": _WORLD})
    node = session.send(
        "DOM.resolveNode", {"backendNodeId": button, "executionContextId": context}
    )["object"]["objectId"]
    session.send("Runtime.callFunctionOn", {"functionDeclaration": _LISTEN, "objectId": node})


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
