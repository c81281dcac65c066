"""What a person does on the studio's page: real clicks and keys, nothing behind the page's back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import CDPSession, Page, expect

TAB = {"video": "上传视频", "image": "上传图文"}
READY = 'xhs-publish-btn[submit-disabled="false"]'


@dataclass(frozen=True)
class Hands:
    """A person at the page, with the server's address."""

    page: Page
    base: str

    def sign_in(self, last: str = "") -> None:
        self.page.goto(f"{self.base}/login?{urlencode({'lastUrl': last})}")
        self.page.locator("img.css-wemwzq").click()
        self.page.get_by_role("button", name="Pretend that your phone scanned it").click()
        self.page.wait_for_url(lambda url: "/login" not in url)

    def open(self, kind: str) -> None:
        """Open the publish page, and take a tab."""
        self.page.goto(f"{self.base}/publish/publish?source=official")
        self.take_tab(kind)

    def take_tab(self, kind: str) -> None:
        tab = self.page.locator(".header-tabs .creator-tab:not([aria-hidden=true])")
        tab.filter(has_text=TAB[kind]).click()
        expect(tab.filter(has_text=TAB[kind])).to_contain_class("active")

    def give(self, *files: Path) -> None:
        """Choose the first files of a note."""
        self.page.locator(".upload-content input.upload-input").set_input_files(list(files))

    def wait_ready(self) -> None:
        self.page.wait_for_selector(READY, state="attached")

    def fill(self, picture: Path, title: str) -> None:
        """Fill in as little as can go out: a picture and a title."""
        self.open("image")
        self.give(picture)
        self.wait_ready()
        self.write_title(title)

    def write_title(self, text: str) -> None:
        self.page.locator('input[placeholder*="填写标题"]').fill(text)

    def write_body(self, *lines: str) -> None:
        """Type lines into the text, each but the last one ended with Enter."""
        self.page.locator("div.tiptap").click()
        for number, line in enumerate(lines):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.insert_text(line)

    def add_topic(self, name: str) -> None:
        """Type a topic key by key, and take the one of exactly this name from the list."""
        self.page.keyboard.type(f"#{name}")
        item = self.page.locator("#creator-editor-topic-container .item")
        item.filter(has=self.page.get_by_text(f"#{name}", exact=True)).first.click()

    def press(self, *words: str) -> None:
        """Press the button of one of these words, which lies in a closed shadow root."""
        press_publish(self.page, words or ("发布", "定时发布"))

    def wait_published(self) -> None:
        self.page.wait_for_url("**/publish/success?**")

    def body(self) -> str:
        return self.page.locator("div.tiptap").inner_html()


def press_publish(page: Page, words: Sequence[str] = ("发布", "定时发布")) -> None:
    """Click a button where it is, as a hand would, though no selector reaches it."""
    session = page.context.new_cdp_session(page)
    try:
        x, y = _middle(session, words)
    finally:
        session.detach()
    page.mouse.click(x, y)


def _middle(session: CDPSession, words: Sequence[str]) -> tuple[float, float]:
    root = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
    found = [node for node in _buttons(root) if _text(node).strip() in words]
    assert len(found) == 1, f"{len(found)} buttons are called {words}"
    wanted = {"nodeId": found[0]["nodeId"]}
    session.send("DOM.scrollIntoViewIfNeeded", wanted)
    corners = session.send("DOM.getBoxModel", wanted)["model"]["content"]
    return sum(corners[0::2]) / 4, sum(corners[1::2]) / 4


def _buttons(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if node["nodeName"] == "BUTTON":
        yield node
    for inner in (*node.get("children", ()), *node.get("shadowRoots", ())):
        yield from _buttons(inner)


def _text(node: dict[str, Any]) -> str:
    return str(node["nodeValue"]) + "".join(map(_text, node.get("children", ())))
