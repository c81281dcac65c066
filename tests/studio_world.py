"""The studio as tests see it: the stand-in's page in a real browser, and a creator before the window.

The creator is a person in a thread of their own, with a connection of their own to the browser:
what they do is seen by the page as done by a hand, and crossover has no part in it. Everything is
bounded in time and ended by its process id.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Playwright, sync_playwright
from playwright.sync_api import Error as BrowserError

from crossover.rehearsal.store.listing import format_json
from crossover.rehearsal.store.store import read_notes
from crossover.runtime.child_process import is_running
from tests.browser import FLAGS
from tests.programs import program
from tests.rehearsal.makers import running_server

T = TypeVar("T")
SECONDS = 30.0
"""So long at most a person looks for something."""
PORT_FILE = "DevToolsActivePort"


# --- the browser that a creator has -------------------------------------------------------


@dataclass(frozen=True)
class InstalledBrowser:
    """A program that starts Debian's chromium without a window. What starts it knows nothing of its
    flags; each start leaves its process id in `pids`."""

    program: Path
    pids: Path

    def running(self) -> list[int]:
        """The process ids of those that were started and still run."""
        if not self.pids.exists():
            return []
        return [pid for pid in map(int, self.pids.read_text().split()) if _is_running(pid)]

    def started(self) -> int:
        """How often it was started."""
        return len(self.pids.read_text().split()) if self.pids.exists() else 0

    def kill(self) -> None:
        """End all of them at once, as a crash would."""
        for pid in self.running():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.wait_until_gone()

    def wait_until_gone(self) -> None:
        wait_for(lambda: not self.running(), "the browser to be gone")


def install_browser(folder: Path) -> InstalledBrowser:
    """Write the program into `folder`."""
    if sys.platform == "win32":
        pytest.skip("the program is a shell script")
    folder.mkdir(parents=True, exist_ok=True)
    path, pids = folder / "its-browser", folder / "its-browser.pids"
    flags = " ".join((*FLAGS, "--window-size=1280,900"))
    path.write_text(
        f"#!/bin/sh\necho $$ >> '{pids}'\nexec '{program('chromium')}' {flags} \"$@\"\n"
    )
    path.chmod(0o755)
    return InstalledBrowser(path, pids)


@contextmanager
def installed_browser(folder: Path) -> Iterator[InstalledBrowser]:
    """A browser whose windows are all gone afterwards."""
    browser = install_browser(folder)
    try:
        yield browser
    finally:
        browser.kill()


def _is_running(pid: int) -> bool:
    if not is_running(pid):
        return False
    # Whoever is dead and not asked for yet is still listed.
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return True


# --- the stand-in -------------------------------------------------------------------------


@dataclass(frozen=True)
class StandIn:
    """A running stand-in, a process of its own, and its folder."""

    port: int
    data: Path

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def switch(self, **keys: Any) -> Any:
        """Change how its studio behaves, and tell all switches as they are now; `_` in a name stands
        for `-`. `faults` takes the place of all faults of before."""
        return self._ask({name.replace("_", "-"): value for name, value in keys.items()})

    @contextmanager
    def switched(self, **keys: Any) -> Iterator[None]:
        """Change it, and change it back."""
        before = self._ask()
        self.switch(**keys)
        try:
            yield
        finally:
            self._ask({**before, "faults": []})

    def _ask(self, body: Any = None) -> Any:
        request = urllib.request.Request(
            f"{self.origin}/@sandbox/studio",
            None if body is None else json.dumps(body).encode(),
            {"X-Sandbox": "1", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return json.load(answer)

    def log(self) -> Any:
        """What its pages and callers did."""
        with urllib.request.urlopen(f"{self.origin}/_log", timeout=SECONDS) as answer:
            return json.load(answer)

    def state(self) -> Any:
        """Its counters."""
        with urllib.request.urlopen(f"{self.origin}/@sandbox/state", timeout=SECONDS) as answer:
            return json.load(answer)

    def notes(self) -> list[dict[str, Any]]:
        """The notes that it holds, in the order received."""
        found = json.loads(format_json(read_notes(self.data)))
        assert isinstance(found, list)
        return found


@contextmanager
def stand_in(data: Path, *options: str | Path) -> Iterator[StandIn]:
    """Run a stand-in on that folder, and end it afterwards."""
    with running_server(data, *options) as server:
        yield StandIn(server.ready["port"], data)
        server.end()


# --- the creator at the window --------------------------------------------------------------


class Creator:
    """A person at the window of the browser whose profile is in `profile`.

    What they do is done one after the other, in the background; `does` gives what comes of it. The
    window may be opened later, and may go and come again.
    """

    def __init__(self, profile: Path) -> None:
        self._profile = profile
        self._acts: queue.Queue[tuple[Callable[[Window], Any], Future[Any]] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._live, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._acts.put(None)
        self._thread.join(SECONDS)
        assert not self._thread.is_alive(), "the creator does not come to an end"

    def does(self, act: Callable[[Window], T]) -> Future[T]:
        """Let the person do something, after what they do already."""
        done: Future[T] = Future()
        self._acts.put((act, done))
        return done

    def presses(self, *, after: float = 0.0, times: int = 1) -> Future[None]:
        """Publish, once the button can be pressed and so many seconds have gone by."""
        return self.does(lambda window: window.press_publish(after=after, times=times))

    def _live(self) -> None:
        with sync_playwright() as playwright:
            browser: Browser | None = None
            while next_act := self._acts.get():
                act, done = next_act
                try:
                    if browser is None or not is_alive(browser):
                        browser = connect(playwright, self._profile)
                    done.set_result(act(Window(browser)))
                except BaseException as error:  # noqa: BLE001  whoever waits for it is told
                    done.set_exception(error)
            if browser is not None and is_alive(browser):
                browser.close()  # the connection; the window stays


def connect(playwright: Playwright, profile: Path, *, seconds: float = SECONDS) -> Browser:
    """Connect to the window of that profile, which may be on its way."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            port, path = (profile / PORT_FILE).read_text().split()
            return playwright.chromium.connect_over_cdp(
                f"ws://127.0.0.1:{port}{path}", is_local=True, timeout=5000
            )
        except (OSError, ValueError, BrowserError):
            assert time.monotonic() < deadline, "there is no window"
            time.sleep(0.05)


def is_alive(browser: Browser) -> bool:
    """Whether the window still answers. What happened meanwhile is heard: Playwright hears only while
    it is asked something."""
    try:
        session = browser.new_browser_cdp_session()
        session.send("Browser.getVersion")
        session.detach()
    except BrowserError:
        return False
    return True


@dataclass(frozen=True)
class Window:
    """The browser's window as a person sees it: what stands in it, and what a hand can do."""

    browser: Browser

    def page(self, part: str = "/publish/publish") -> Page:
        """The newest tab whose address has that part."""

        def newest() -> Page | None:
            pages = [page for one in self.browser.contexts for page in one.pages]
            found = [page for page in pages if part in page.url]
            if not found:
                is_alive(self.browser)
            return found[-1] if found else None

        return wait_for(newest, f"a tab at {part}")

    def any_page(self) -> Page:
        """The tab that was opened first."""
        return wait_for(
            lambda: next((page for one in self.browser.contexts for page in one.pages), None),
            "a tab",
        )

    def addresses(self) -> list[str]:
        return [page.url for one in self.browser.contexts for page in one.pages]

    def write_title(self, text: str) -> None:
        """Write another title over the one that stands there."""
        self.page().locator("div.d-input input").first.fill(text)

    def press_publish(self, *, after: float = 0.0, times: int = 1) -> None:
        """Press publish, as soon as that can be pressed."""
        self._press(is_publish=True, after=after, times=times)

    def press_save(self) -> None:
        """Press what keeps the note as a draft."""
        self._press(is_publish=False)

    def _press(self, *, is_publish: bool, after: float = 0.0, times: int = 1) -> None:
        page = self.page()
        session = page.context.new_cdp_session(page)
        try:
            found = wait_for(lambda: _find_button(session, is_publish=is_publish), "the button")
            time.sleep(after)
            session.send("DOM.scrollIntoViewIfNeeded", {"nodeId": found})
            box = session.send("DOM.getBoxModel", {"nodeId": found})["model"]["content"]
            x, y = (box[0] + box[4]) / 2, (box[1] + box[5]) / 2
            for _ in range(times):
                page.mouse.click(x, y)
        finally:
            with suppress(BrowserError):
                session.detach()

    def sign_in(self) -> None:
        """Let the practice page take the phone's word, where a tab asks for a sign-in."""
        page = self.page("/login")
        page.click(".login-box-container > img")
        page.click("button.pretend")
        page.wait_for_url(lambda address: "/login" not in address)

    def close(self) -> None:
        """Close the window, and with it the browser."""
        with suppress(BrowserError):  # it is gone before it can say so
            self.browser.new_browser_cdp_session().send("Browser.close")

    def close_tab(self, part: str = "/publish/publish") -> None:
        self.page(part).close()

    def forget_session(self) -> None:
        """Sign out, as by a sign-in elsewhere: the cookies are gone."""
        for context in self.browser.contexts:
            context.clear_cookies()


def _find_button(session: CDPSession, *, is_publish: bool) -> int | None:
    """The node of the button to press, None while there is none or it cannot be pressed."""
    document = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
    host = next((n for n in _nodes(document) if n["nodeName"] == "XHS-PUBLISH-BTN"), None)
    if host is not None:
        if attributes(host).get("submit-disabled") != "false":
            return None
        inside = [n for root in host.get("shadowRoots", ()) for n in _nodes(root)]
    else:
        boxes = (n for n in _nodes(document) if "publish-page-publish-btn" in classes(n))
        inside = [n for box in boxes for n in _nodes(box)]
    for node in inside:
        if node["nodeName"] == "BUTTON" and ("bg-red" in classes(node)) is is_publish:
            return None if "disabled" in attributes(node) else int(node["nodeId"])
    return None


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for kind in ("children", "shadowRoots"):
        for child in node.get(kind, ()):
            yield from _nodes(child)
    if "contentDocument" in node:
        yield from _nodes(node["contentDocument"])


def attributes(node: dict[str, Any]) -> dict[str, str]:
    flat = node.get("attributes", ())
    return dict(zip(flat[::2], flat[1::2], strict=True))


def classes(node: dict[str, Any]) -> list[str]:
    return attributes(node).get("class", "").split()


def wait_for(look: Callable[[], T | None], what: str, seconds: float = SECONDS) -> T:
    """Look until there is something."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < deadline, f"waited {seconds:g} s in vain for {what}"
        time.sleep(0.03)
