"""Debian's chromium, driven over a pipe: real clicks, and all that the page asks of any network."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.browser import FLAGS
from tests.programs import program

_SECONDS = 60


class Tab:
    """One page. `requests` are the addresses that it asked for."""

    def __init__(self, into: int, out: int) -> None:
        self._into, self._out = into, out
        self._number, self._buffer = 0, b""
        self._session: str | None = None
        self.requests: list[str] = []

    def begin(self) -> None:
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self.call("Page.enable")
        self.call("Network.enable")

    def call(self, method: str, **params: Any) -> Any:
        """Ask the browser, and wait for its answer."""
        self._number += 1
        number = self._number
        message: dict[str, Any] = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._into, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + _SECONDS
        while True:
            answer = self._read(deadline)
            if answer.get("method") == "Network.requestWillBeSent":
                self.requests.append(answer["params"]["request"]["url"])
            if answer.get("id") == number:
                assert "error" not in answer, answer
                return answer["result"]

    def _read(self, deadline: float) -> Any:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._out], [], [], max(0, deadline - time.monotonic()))
            assert ready, "the browser does not answer"
            more = os.read(self._out, 1 << 16)
            assert more, "the browser is gone"
            self._buffer += more
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)

    def open(self, url: str) -> None:
        """Load a page, and wait until all of it has run."""
        self.call("Page.navigate", url=url)
        while self.run("document.readyState") != "complete":
            time.sleep(0.02)

    def resize(self, width: int, height: int) -> None:
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def run(self, script: str) -> Any:
        """Run a script in the page, and give its value; one that is promised is waited for."""
        done = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def click(self, selector: str) -> None:
        """Click the element as a hand would."""
        found = json.dumps(selector)
        x, y = self.run(
            f"(() => {{ const one = document.querySelector({found});"
            " one.scrollIntoView({block: 'center', behavior: 'instant'});"
            " const box = one.getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call(
                "Input.dispatchMouseEvent",
                type=kind,
                x=x,
                y=y,
                button="left",
                clickCount=1,
            )

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.call("Input.insertText", text=text)


@contextmanager
def chromium(profile: Path, *, clipboard: bool = True) -> Iterator[Tab]:
    """Run the browser with a fresh profile. `clipboard`: pages may read and write it."""
    if sys.platform == "win32":
        pytest.skip("a browser's pipe is passed as on Unix")
    into_read, into = os.pipe()
    out, out_write = os.pipe()
    command = [
        *("bash", "-c", f'exec "$0" "$@" 3<&{into_read} 4>&{out_write}'),
        *(program("chromium"), *FLAGS, "--remote-debugging-pipe", f"--user-data-dir={profile}"),
        "about:blank",
    ]
    browser = subprocess.Popen(
        command,
        pass_fds=(into_read, out_write),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(into_read)
    os.close(out_write)
    try:
        tab = Tab(into, out)
        if clipboard:
            permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"]
            tab.call("Browser.grantPermissions", permissions=permissions)
        tab.begin()
        yield tab
    finally:
        os.close(into)
        os.close(out)
        browser.terminate()
        browser.wait(20)
