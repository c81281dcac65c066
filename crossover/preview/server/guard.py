"""Who may ask the server anything: the page that it gave out itself, in a browser that has its key.

Any page in a browser can send requests to this computer, and a name of its own can be made to lead
here. So the name that a request is for, the page that it comes from and a secret that only the
terminal told must all be right, before anything is done.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEY_HEADER = "x-crossover-key"
_FILES = "/files/"
_OPEN = ("/", "/favicon.ico")
"""They hold nothing of anybody's."""
_OWN_SITES = ("same-origin", "none")
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True, slots=True)
class ServerKeys:
    """The secret of one server. `files` follows from `token` and opens pictures and films alone: it
    stands in addresses, which a browser keeps in more places than a header."""

    token: str
    files: str


def make_keys() -> ServerKeys:
    """Make the keys of a server."""
    return keys_of(secrets.token_urlsafe(24))


def keys_of(token: str) -> ServerKeys:
    """Derive the key of files."""
    return ServerKeys(token, hashlib.sha256(b"crossover files\0" + token.encode()).hexdigest()[:32])


class Guard:
    """The outermost layer of the app: refuses what does not come from our own page with the key,
    in one line and without a reason that a stranger could learn from."""

    def __init__(self, app: ASGIApp, port: int, keys: ServerKeys) -> None:
        self._app = app
        self._keys = keys
        self._names = (f"127.0.0.1:{port}", f"localhost:{port}")
        self._origins = tuple(f"http://{name}" for name in self._names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        send = _with_headers(send)
        refusal = self._refuse(scope["method"], scope["path"], Headers(scope=scope))
        await (refusal or self._app)(scope, receive, send)

    def _refuse(self, method: str, path: str, headers: Headers) -> Response | None:
        if headers.getlist("host") not in ([name] for name in self._names):
            return _refusal("This name is not served here.")
        origins = headers.getlist("origin")
        if origins and not (len(origins) == 1 and origins[0] in self._origins):
            return _refusal("Other pages are not served here.")
        if headers.get("sec-fetch-site", "none") not in _OWN_SITES:
            return _refusal("Other pages are not served here.")
        if method not in ("GET", "POST"):
            return _refusal("This is not served here.")
        if method == "GET" and path in _OPEN:
            return None
        if method == "GET" and path.startswith(_FILES):
            given, wanted = path.removeprefix(_FILES).partition("/")[0], self._keys.files
        else:
            given, wanted = headers.get(KEY_HEADER, ""), self._keys.token
        if not secrets.compare_digest(given.encode(), wanted.encode()):
            return _refusal("The key is missing or wrong.")
        return None


def _refusal(why: str) -> Response:
    return PlainTextResponse(f"{why}\n", 403)


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
        await send(message)

    return sent
