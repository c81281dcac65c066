"""Addresses and what answers them."""

from __future__ import annotations

import asyncio
import re
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from .answers import Refused
from .calls import Calls
from .disk import MEDIA
from .faults import Script, Slow, StoredThenDropped
from .model import PRACTICE
from .pages import POLICY, profile
from .roles import Gate
from .store import Store
from .uploads import Uploads

Handler = Callable[[Request], Awaitable[Response]]

# What the server that carries us must put into a request's extensions: closes the connection at once.
CUT = "crossover.rehearsal.cut"
MEDIA_NAME = re.compile(r"[0-9a-f]{64}\.(jpg|png|webp|mp4|bin)")


def make_app(
    store: Store,
    folder: Path,
    *,
    port: int,
    now: Callable[[], int],
    script: Script | None = None,
    keep_media: bool = False,
    let_upload_cookies_pass: bool = False,
) -> Starlette:
    calls = Calls(store, folder, now=now)
    uploads = Uploads(
        store, folder, now=now, keep_media=keep_media, let_cookies_pass=let_upload_cookies_pass
    )
    desk = Desk(store, script or Script())
    look = Look(store, folder, desk)

    def on(path: str, method: str, kind: str, handler: Handler) -> Route:
        return Route(path, Call(desk, kind, handler), methods=[method])

    permit, notes = "/api/media/v1/upload", "creator/note/user/posted"
    return Starlette(
        routes=[
            Route("/", look.profile),
            Route("/profile", look.profile),
            Route("/profile.html", look.profile),
            Route("/media/{name}", look.media),
            Route("/@sandbox/state", look.state),
            on(
                "/@creator/api/galaxy/creator/home/personal_info",
                "GET",
                "probe",
                calls.personal_info,
            ),
            on("/@creator/api/galaxy/user/info", "GET", "probe", calls.user_info),
            on("/@api/api/sns/web/v2/user/me", "GET", "probe", calls.user_me),
            on("/@api/web_api/sns/v1/search/topic", "POST", "topics", calls.search_topics),
            on(f"/@creator{permit}/creator/permit", "GET", "permit", calls.permit),
            on(f"/@creator{permit}/web/permit", "GET", "permit", calls.permit),
            on(f"/@api{permit}/creator/permit", "GET", "permit", calls.permit),
            on(f"/@api{permit}/web/permit", "GET", "permit", calls.permit),
            Route("/@upload/{file_id:path}", UploadHost(desk, uploads), methods=UploadHost.METHODS),
            on("/@api/web_api/sns/capa/postgw/videoid", "GET", "video-id", calls.video_id),
            on(
                "/@api/web_api/sns/capa/postgw/query_transcode",
                "GET",
                "first-frame",
                calls.first_frame,
            ),
            on(
                "/@www/fe_api/burdock/v2/note/query_transcode",
                "POST",
                "first-frame",
                calls.first_frame_older,
            ),
            on("/@api/web_api/sns/v2/note", "POST", "create", calls.create),
            on(f"/@creator/api/galaxy/v2/{notes}", "GET", "list", calls.own_notes),
            on(f"/@creator/api/galaxy/{notes}", "GET", "list", calls.own_notes),
            on(f"/@api/web_api/sns/v5/{notes}", "GET", "list", calls.own_notes),
        ],
        middleware=[Middleware(Gate, port=port)],
        exception_handlers={HTTPException: _unknown, Exception: Log(folder)},
    )


class Desk:
    """Counts the calls and knows what shall go wrong with them."""

    def __init__(self, store: Store, script: Script) -> None:
        self.store = store
        self.script = script
        self.faults: Counter[str] = Counter()

    def receive(self, kind: str) -> list[Slow | StoredThenDropped]:
        self.store.count(f"calls.{kind}")
        due = self.script.due(kind)
        self.faults.update(fault.name for fault in due)
        return due

    def took_in(self, file_id: str, size: int) -> None:
        """Counts the bytes of a file that arrived, whatever became of the call."""
        if size:
            counts = {"bytes.received": size}
            if self.store.slot(file_id) is not None:
                counts[f"received.{file_id}"] = size
            self.store.count_all(counts)


class Call:
    """One call of RedNote's: counted, put through the fault script, handled."""

    def __init__(self, desk: Desk, kind: str, handler: Handler) -> None:
        self._desk = desk
        self._kind = kind
        self._handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        faults = self._desk.receive(self._kind)
        for fault in faults:
            if isinstance(fault, Slow):
                await asyncio.sleep(fault.seconds)
        answer = await self._handled(scope, receive)
        if any(isinstance(fault, StoredThenDropped) for fault in faults):
            scope["extensions"][CUT]()
            while (await receive())["type"] != "http.disconnect":
                pass
            return
        await answer(scope, receive, send)

    async def _handled(self, scope: Scope, receive: Receive) -> Response:
        counted = Counted(receive)
        try:
            return await self._handler(Request(scope, counted))
        except Refused as refused:
            return refused.answer
        finally:  # before the answer: whoever has it may kill us and ask the next one
            if self._kind in ("put", "part"):
                self._desk.took_in(scope["path_params"]["file_id"], counted.bytes)


class UploadHost:
    """One address a file; method and query say which call it is."""

    METHODS = ("PUT", "POST", "GET", "DELETE")

    def __init__(self, desk: Desk, uploads: Uploads) -> None:
        self._put = Call(desk, "put", uploads.put)
        self._initiate = Call(desk, "initiate", uploads.initiate)
        self._of_an_upload = {
            "PUT": Call(desk, "part", uploads.part),
            "GET": Call(desk, "list-parts", uploads.list_parts),
            "POST": Call(desk, "complete", uploads.complete),
            "DELETE": Call(desk, "abort", uploads.abort),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call = self._call(scope["method"], Request(scope).query_params)
        if call is None:
            raise HTTPException(404)
        await call(scope, receive, send)

    def _call(self, method: str, query: QueryParams) -> Call | None:
        if "uploadId" in query:
            return (
                None
                if method == "PUT" and "partNumber" not in query
                else self._of_an_upload.get(method)
            )
        if method == "POST" and "uploads" in query:
            return self._initiate
        return self._put if method == "PUT" and "partNumber" not in query else None


class Counted:
    """Passes a request's body on and counts its bytes."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self.bytes = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self.bytes += len(message.get("body", b""))
        return message


class Look:
    """What is here to be looked at, by people and by tests."""

    def __init__(self, store: Store, folder: Path, desk: Desk) -> None:
        self._store = store
        self._folder = folder
        self._desk = desk

    async def profile(self, _request: Request) -> Response:
        headers = {
            "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return HTMLResponse(profile(self._store.notes()), headers=headers)

    async def media(self, request: Request) -> Response:
        name = request.path_params["name"]
        path = self._folder / MEDIA / name
        if not MEDIA_NAME.fullmatch(name) or not path.is_file():
            raise HTTPException(404)
        return FileResponse(path, headers={"X-Content-Type-Options": "nosniff"})

    async def state(self, _request: Request) -> Response:
        counters = self._store.counters()

        def group(prefix: str) -> dict[str, int]:
            return {
                name.removeprefix(prefix): value
                for name, value in counters.items()
                if name.startswith(prefix)
            }

        return JSONResponse(
            {
                "format": "crossover-rehearsal/state",
                "version": 1,
                "account": {
                    "user_id": PRACTICE.user_id,
                    "nickname": PRACTICE.nickname,
                    "red_num": PRACTICE.red_num,
                },
                "notes": len(self._store.notes()),
                "files": counters.get("files", 0),
                "bytes": {"received": 0, "stored": 0} | group("bytes."),
                "uploads": {
                    file_id: {"received": received, "stored": counters.get(f"stored.{file_id}", 0)}
                    for file_id, received in group("received.").items()
                },
                "leaks": counters.get("leaks", 0),
                "calls": group("calls."),
                "refused": group("refused."),
                "faults": dict(sorted(self._desk.faults.items())),
            }
        )


class Log:
    """A mistake in this program: kept in a file, answered with 500."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "server.log"

    async def __call__(self, _request: Request, exc: Exception) -> Response:
        with self._path.open("a", encoding="utf-8") as file:
            file.writelines(traceback.format_exception(exc))
        return JSONResponse(
            {"code": -1, "success": False, "msg": "the rehearsal failed; see server.log"}, 500
        )


async def _unknown(_request: Request, exc: Exception) -> Response:
    status = exc.status_code if isinstance(exc, HTTPException) else 500
    msg = "the rehearsal does not know this call"
    return JSONResponse({"code": -1, "success": False, "msg": msg}, status)
