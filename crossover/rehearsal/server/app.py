"""Builds the app: the addresses of RedNote's calls and what answers them."""

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
from crossover.rehearsal.server.connection import ConnectionLayer
from crossover.rehearsal.server.dispatch import CallContext, CallHandler, Handler
from crossover.rehearsal.server.hosts import HostRouter
from crossover.rehearsal.server.inspection import ErrorLog, Inspection, answer_unknown_call
from crossover.rehearsal.site.calls import StudioCalls
from crossover.rehearsal.site.note_edits import NoteEdits
from crossover.rehearsal.site.own_notes import OwnNotes
from crossover.rehearsal.store.disk import MEDIA, sweep_temp
from crossover.rehearsal.store.store import Store
from crossover.rehearsal.studio.browser_cookies import BrowserCookies
from crossover.rehearsal.studio.log import BrowserLog, RequestLog
from crossover.rehearsal.studio.page_files import PageFiles
from crossover.rehearsal.studio.routes import studio_routes
from crossover.rehearsal.studio.switches_calls import LiveSwitches
from crossover.rehearsal.upload_host.multipart_rows import Multiparts
from crossover.rehearsal.upload_host.parts import sweep_parts
from crossover.rehearsal.upload_host.uploads import Uploads

PORT = 4711  # for an app without a socket: the port its callers must name as theirs


def now_milliseconds() -> int:
    return time.time_ns() // 1_000_000


class Rehearsal:
    """The stand-in on one folder: an ASGI app, its store, and calls to be carried out later.

    Only one at a time may be built on a folder. Everything it answered is on disk.
    """

    def __init__(self, app: ASGIApp, folder: Path, store: Store, context: CallContext) -> None:
        self.app = app
        self.folder = folder
        self.store = store
        self._context = context

    async def run_due(self) -> None:
        """Carry out delayed calls that are due. It happens before every request as well."""
        await self._context.run_due()

    async def finish(self) -> None:
        """Carry out all delayed calls, whenever they would have been due."""
        await self._context.run_due(all_of_it=True)

    def close(self) -> None:
        self.store.close()


def build_app(
    data: Path,
    faults: Script | None = None,
    *,
    clock: Callable[[], int] = now_milliseconds,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    port: int = PORT,
    keep_media: bool = False,
    allow_upload_cookies: bool = False,
    editor: Path | None = None,
) -> Rehearsal:
    """Build the stand-in, to be served or called directly. `clock` gives milliseconds since
    1970. `editor` is a folder with another editor for the studio's page."""
    data.mkdir(parents=True, exist_ok=True)
    sweep_temp(data)
    (data / MEDIA).mkdir(exist_ok=True)
    store = Store(data)
    multiparts = Multiparts(store)
    multiparts.drop_unusable(clock())
    sweep_parts(multiparts.names(), data)
    script = faults or Script()
    context = CallContext(store, script, now=clock, sleep=sleep)
    switches = LiveSwitches(script.studio, context.replace_script)
    calls = StudioCalls(store, now=clock, knows_topics=lambda: not switches.current.no_topic_match)
    notes = OwnNotes(store, data, now=clock)
    edits = NoteEdits(store, data, now=clock)
    uploads = Uploads(
        store, data, now=clock, keep_media=keep_media, let_cookies_pass=allow_upload_cookies
    )
    inspection = Inspection(store, data, context)
    log = BrowserLog(store, now=clock)
    starlette = Starlette(
        routes=[
            Route("/", inspection.profile),
            Route("/profile", inspection.profile),
            Route("/profile.html", inspection.profile),
            Route("/media/{name}", inspection.media),
            Route("/favicon.ico", inspection.no_icon),
            Route("/@sandbox/state", inspection.state),
            Route("/@sandbox/studio", switches.tell),
            Route("/@sandbox/studio", switches.change, methods=["POST"]),
            *_make_routes(context, calls, notes, edits),
            *studio_routes(PageFiles(switches, editor), log),
            Route(
                "/@upload/{file_id:path}",
                UploadRouter(context, uploads),
                methods=UploadRouter.METHODS,
            ),
        ],
        middleware=[
            Middleware(RequestLog, log=log),
            Middleware(HostRouter, port=port),
            Middleware(BrowserCookies, is_signed_out=lambda: switches.current.signed_out),
        ],
        exception_handlers={HTTPException: answer_unknown_call, Exception: ErrorLog(data)},
    )
    return Rehearsal(ConnectionLayer(starlette, context.run_due), data, store, context)


def _make_routes(
    context: CallContext, calls: StudioCalls, notes: OwnNotes, edits: NoteEdits
) -> list[Route]:
    def on(kind: str, method: str, path: str, handler: Handler) -> Route:
        return Route(path, CallHandler(context, kind, handler), methods=[method])

    galaxy, permit = "/@creator/api/galaxy", "/api/media/v1/upload"
    media = "/@api/web_api/sns/capa/postgw"
    frame, posted = "query_transcode", "creator/note/user/posted"
    return [
        on("probe", "GET", f"{galaxy}/creator/home/personal_info", calls.personal_info),
        on("probe", "GET", f"{galaxy}/user/info", calls.user_info),
        on("probe", "GET", f"{galaxy}/user/my-info", calls.my_info),
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
        on("detail", "GET", f"{media}/note/detail", edits.detail),
        on("update", "PUT", f"{media}/note/update", edits.update),
        on("delete", "POST", f"{media}/note/delete", notes.delete),
        on("list", "GET", f"{galaxy}/v2/{posted}", notes.own_notes),
        on("list", "GET", f"{galaxy}/{posted}", notes.own_notes),
        on("list", "GET", f"/@api/web_api/sns/v5/{posted}", notes.own_notes),
    ]


class UploadRouter:
    """Routes the calls of the upload host: a file has one address; method and query say which call
    it is."""

    METHODS = ("PUT", "POST", "GET", "DELETE")

    def __init__(self, context: CallContext, uploads: Uploads) -> None:
        self._put = CallHandler(context, "put", uploads.put)
        self._initiate = CallHandler(context, "initiate", uploads.initiate)
        self._by_method = {
            "PUT": CallHandler(context, "part", uploads.part),
            "GET": CallHandler(context, "list-parts", uploads.list_parts),
            "POST": CallHandler(context, "complete", uploads.complete),
            "DELETE": CallHandler(context, "abort", uploads.abort),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call = self._call(scope["method"], Request(scope).query_params)
        if call is None:
            raise HTTPException(404)
        await call(scope, receive, send)

    def _call(self, method: str, query: QueryParams) -> CallHandler | None:
        if "uploadId" in query:
            return (
                None
                if method == "PUT" and "partNumber" not in query
                else self._by_method.get(method)
            )
        if method == "POST" and "uploads" in query:
            return self._initiate
        return self._put if method == "PUT" and "partNumber" not in query else None
