"""What a browser asked for and did, for tests: `GET /_log`."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crossover.rehearsal.server.answers import read_json_body
from crossover.rehearsal.store.listing import note_record
from crossover.rehearsal.store.received import read_files, read_payloads
from crossover.rehearsal.store.store import Store

ADDRESS, FILES = "/_log", "/studio/"
MOST = 5000
EVENTS = ("tab-copy-clicked", "publish-pressed")


class BrowserLog:
    """The requests since the start and the events that the page told of, the newest `MOST` of each.
    Neither cookies nor bodies are kept."""

    def __init__(self, store: Store, *, now: Callable[[], int]) -> None:
        self._store = store
        self.now = now
        self.requests: deque[dict[str, object]] = deque(maxlen=MOST)
        self._events: deque[dict[str, object]] = deque(maxlen=MOST)

    async def show(self, _request: Request) -> Response:
        payloads = read_payloads(self._store)
        notes = [
            note_record(note) | {"payload": payloads.get(note.id)} for note in self._store.notes()
        ]
        return JSONResponse(
            {
                "format": "crossover-rehearsal/log",
                "version": 1,
                "requests": list(self.requests),
                "events": list(self._events),
                "files": read_files(self._store),
                "notes": notes,
            }
        )

    async def add_event(self, request: Request) -> Response:
        """Take down what the page tells: a click on a copy of a tab that no person can make, or a
        press of the publish button, and whether the browser vouches for it."""
        body, _ = await read_json_body(request)
        if body.get("event") in EVENTS:
            event = {"event": body["event"], "trusted": body.get("trusted") is True}
            self._events.append({"time": self.now(), **event})
        return Response(status_code=204)


class RequestLog:
    """Notes each request with its answer, but for those of the log itself and of the files that the
    pages are made of."""

    def __init__(self, app: ASGIApp, log: BrowserLog) -> None:
        self._app = app
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith((ADDRESS, FILES)):
            await self._app(scope, receive, send)
            return
        entry: dict[str, object] = {
            "time": self._log.now(),
            "method": scope["method"],
            "path": scope["path"],
            "query": scope.get("query_string", b"").decode("latin-1"),
            "host": Headers(scope=scope).get("host", ""),
            "status": None,
        }
        self._log.requests.append(entry)

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                entry["status"] = message["status"]
            await send(message)

        await self._app(scope, receive, noted)
