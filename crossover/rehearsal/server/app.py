"""Addresses and what answers them, put together: `build_app`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from crossover.rehearsal.faults.script import Script
from crossover.rehearsal.server.connection import Line
from crossover.rehearsal.server.dispatch import Call, Desk, Handler
from crossover.rehearsal.server.hosts import Gate
from crossover.rehearsal.server.inspection import Log, Look, unknown
from crossover.rehearsal.site.calls import Calls
from crossover.rehearsal.site.own_notes import Notes
from crossover.rehearsal.store.disk import MEDIA, sweep
from crossover.rehearsal.store.store import Store
from crossover.rehearsal.upload_host.multipart_rows import Multiparts
from crossover.rehearsal.upload_host.parts import sweep_parts
from crossover.rehearsal.upload_host.uploads import Uploads

PORT = 4711  # for an app without a socket: the port its callers must name as theirs


def real_clock() -> int:
    return time.time_ns() // 1_000_000


class Sandbox:
    """The stand-in on one folder: an ASGI app, its store, and what it still has to do.

    Only one at a time may be built on a folder. Everything it answered is on disk."""

    def __init__(self, app: ASGIApp, folder: Path, store: Store, desk: Desk) -> None:
        self.app = app
        self.folder = folder
        self.store = store
        self._desk = desk

    async def catch_up(self) -> None:
        """Does what was put off and is due. It happens before every request as well."""
        await self._desk.catch_up()

    async def finish(self) -> None:
        """Does everything that was put off, whenever it would have been due."""
        await self._desk.catch_up(all_of_it=True)

    def close(self) -> None:
        self.store.close()


def build_app(
    data: Path,
    faults: Script | None = None,
    *,
    clock: Callable[[], int] = real_clock,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    port: int = PORT,
    keep_media: bool = False,
    allow_upload_cookies: bool = False,
) -> Sandbox:
    """The stand-in, to be served or called directly. `clock` tells milliseconds since 1970."""
    data.mkdir(parents=True, exist_ok=True)
    sweep(data)
    (data / MEDIA).mkdir(exist_ok=True)
    store = Store(data)
    multiparts = Multiparts(store)
    multiparts.drop_useless(clock())
    sweep_parts(multiparts.names(), data)
    desk = Desk(store, faults or Script(), now=clock, sleep=sleep)
    calls = Calls(store, now=clock)
    notes = Notes(store, data, now=clock)
    uploads = Uploads(
        store, data, now=clock, keep_media=keep_media, let_cookies_pass=allow_upload_cookies
    )
    look = Look(store, data, desk)
    starlette = Starlette(
        routes=[
            Route("/", look.profile),
            Route("/profile", look.profile),
            Route("/profile.html", look.profile),
            Route("/media/{name}", look.media),
            Route("/@sandbox/state", look.state),
            *_calls(desk, calls, notes),
            Route("/@upload/{file_id:path}", UploadHost(desk, uploads), methods=UploadHost.METHODS),
        ],
        middleware=[Middleware(Gate, port=port)],
        exception_handlers={HTTPException: unknown, Exception: Log(data)},
    )
    return Sandbox(Line(starlette, desk.catch_up), data, store, desk)


def _calls(desk: Desk, calls: Calls, notes: Notes) -> list[Route]:
    def on(kind: str, method: str, path: str, handler: Handler) -> Route:
        return Route(path, Call(desk, kind, handler), methods=[method])

    galaxy, permit = "/@creator/api/galaxy", "/api/media/v1/upload"
    media = "/@api/web_api/sns/capa/postgw"
    frame, posted = "query_transcode", "creator/note/user/posted"
    return [
        on("probe", "GET", f"{galaxy}/creator/home/personal_info", calls.personal_info),
        on("probe", "GET", f"{galaxy}/user/info", calls.user_info),
        on("probe", "GET", "/@api/api/sns/web/v2/user/me", calls.user_me),
        on("topics", "POST", "/@api/web_api/sns/v1/search/topic", calls.search_topics),
        on("permit", "GET", f"/@creator{permit}/creator/permit", calls.permit),
        on("permit", "GET", f"/@creator{permit}/web/permit", calls.permit),
        on("permit", "GET", f"/@api{permit}/creator/permit", calls.permit),
        on("permit", "GET", f"/@api{permit}/web/permit", calls.permit),
        on("video-id", "GET", f"{media}/videoid", calls.video_id),
        on("first-frame", "GET", f"{media}/{frame}", calls.first_frame),
        on("first-frame", "POST", f"/@www/fe_api/burdock/v2/note/{frame}", calls.first_frame_older),
        on("create", "POST", "/@api/web_api/sns/v2/note", notes.create),
        on("list", "GET", f"{galaxy}/v2/{posted}", notes.own_notes),
        on("list", "GET", f"{galaxy}/{posted}", notes.own_notes),
        on("list", "GET", f"/@api/web_api/sns/v5/{posted}", notes.own_notes),
    ]


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
