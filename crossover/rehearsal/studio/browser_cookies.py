"""What a browser's cookies are worth: nothing while its session has ended, and on the server's other
name those that the page brings along.

The real site's hosts share the cookies of their parent domain. The two names of this computer share
none, so that the page sends what it can read in a header when it calls under the other one.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

BROUGHT = b"x-sandbox-cookie"


class BrowserCookies:
    """A layer of the app. `is_signed_out` tells whether sessions have ended."""

    def __init__(self, app: ASGIApp, is_signed_out: Callable[[], bool]) -> None:
        self._app = app
        self._is_signed_out = is_signed_out

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = list(scope["headers"])
            brought = [(b"cookie", value) for name, value in headers if name == BROUGHT]
            if brought or self._is_signed_out():
                kept = [(name, value) for name, value in headers if name != b"cookie"]
                scope["headers"] = kept if self._is_signed_out() else kept + brought
        await self._app(scope, receive, send)
