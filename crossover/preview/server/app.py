"""The addresses of the page and what answers them. Everything that takes time runs in a thread."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from crossover.mapping.topics.suggestions import suggest_topics
from crossover.model.posts import MediaKind, Post
from crossover.preview.page import render_served_page, served_policy
from crossover.preview.server.answers import RefusedRequest, json_answer, read_body, read_json
from crossover.preview.server.best_posts import order_wordless
from crossover.preview.server.covers import MOST_BYTES, keep_cover
from crossover.preview.server.film_strips import FilmStrips
from crossover.preview.server.guard import Guard, ServerKeys
from crossover.preview.server.question_pictures import QuestionPictures
from crossover.preview.server.questions import QuestionSession
from crossover.preview.server.session import EditingSession
from crossover.preview.server.shown_files import ShownFiles

log = logging.getLogger(__name__)

MOST_JSON = 8 * 1024**2
_QUIET = "/changes"
"""Asked by every open tab: no sign that somebody is there."""
_T = TypeVar("_T")
_Handler = Callable[[Request], Awaitable[Response]]


class PreviewApp:
    """The app of one session. `stop` ends the server; `used_at` is when somebody last did something,
    by `time.monotonic`."""

    def __init__(self, session: EditingSession, keys: ServerKeys, stop: Callable[[], None]) -> None:
        self.used_at = time.monotonic()
        self._session = session
        self._stop = stop
        space = session.workspace
        self._files = ShownFiles(space.root)
        self._strips = FilmStrips(space.root, space.frames)
        self._strips.clear()  # of a server that was killed
        self._pictures = QuestionPictures(space.root, space.asked_pictures)
        self._questions = QuestionSession(session, self._pictures)
        self._file_prefix = f"/files/{keys.files}/"
        self._keys = keys

    def build(self, port: int) -> ASGIApp:
        """Build the app for this port."""
        app = Starlette(
            routes=[
                Route("/", self._on(self._page)),
                Route("/favicon.ico", self._on(self._no_icon)),
                Route("/data", self._on(self._data)),
                Route("/changes", self._on(self._changes)),
                Route("/calendar", self._on(self._calendar)),
                Route("/edits", self._on(self._edits), methods=["POST"]),
                Route("/covers", self._on(self._covers), methods=["POST"]),
                Route("/frames/{number}", self._on(self._frames)),
                Route("/suggestions/{number}", self._on(self._suggestions)),
                Route("/best", self._on(self._best)),
                Route("/questions", self._on(self._list_questions)),
                Route("/questions/pictures/{name}", self._on(self._picture)),
                Route("/answers", self._on(self._answer), methods=["POST"]),
                Route("/answers/back", self._on(self._take_back), methods=["POST"]),
                Route("/stop", self._on(self._end), methods=["POST"]),
                Route("/files/{key}/{path:path}", self._on(self._file)),
            ]
        )
        return Guard(app, port, self._keys)

    def close(self) -> None:
        """Remove what was made for the page alone."""
        self._strips.clear()
        self._pictures.close()

    def _on(self, handler: _Handler) -> _Handler:
        async def handle(request: Request) -> Response:
            if request.url.path != _QUIET:
                self.used_at = time.monotonic()
            try:
                return await handler(request)
            except RefusedRequest as exc:
                log.info("%s refused: %s", request.url.path.split("/")[1], exc.code)
                return exc.answer()
            except Exception:  # the page goes on; the log has the bug
                log.exception("a bug")
                return RefusedRequest(500, "unforeseen").answer()

        return handle

    async def _page(self, _: Request) -> Response:
        headers = {"Content-Security-Policy": served_policy()}
        return HTMLResponse(await run_in_threadpool(render_served_page), headers=headers)

    async def _no_icon(self, _: Request) -> Response:
        return Response(status_code=204)

    async def _data(self, _: Request) -> Response:
        def make() -> bytes:
            page = self._session.encode_page(self._file_prefix)
            self._files.show_notes(self._session.planned.plan.notes)
            return page

        return Response(await run_in_threadpool(make), media_type="application/json")

    async def _changes(self, request: Request) -> Response:
        since = _number(request.query_params.get("since"))
        return await self._changed(lambda: self._session.changes_since(since or 0))

    async def _calendar(self, _: Request) -> Response:
        return json_answer({"calendar": await run_in_threadpool(self._session.list_sittings)})

    async def _edits(self, request: Request) -> Response:
        said = await read_json(request, MOST_JSON)
        force, wider = said.get("force") is True, said.get("wider") is True
        since = _number(said.get("since"))
        return await self._changed(
            lambda: self._session.save(said.get("changes"), force=force, wider=wider, since=since)
        )

    async def _changed(self, change: Callable[[], Any]) -> Response:
        def make() -> Response:
            answer = json_answer(change())
            self._files.show_notes(self._session.planned.plan.notes)
            return answer

        return await run_in_threadpool(make)

    async def _covers(self, request: Request) -> Response:
        if not request.headers.get("content-type", "").startswith("image/"):
            raise RefusedRequest(415, "not-a-picture", "Only pictures are taken here.")
        picture = await read_body(request, MOST_BYTES)
        file = await run_in_threadpool(keep_cover, picture, self._session.workspace)
        return json_answer({"file": file})

    async def _frames(self, request: Request) -> Response:
        def make() -> Response:
            planner = self._session.planned.planner
            post = self._post(request)
            video = next((one for one in post.media if one.kind is MediaKind.VIDEO), None)
            if video is None:
                raise RefusedRequest(404, "no-video", "The note has no video.")
            frames = self._strips.make(video, planner.limits)
            self._files.show(frame.path for frame in frames)
            return json_answer(
                {
                    "frames": [
                        {"seconds": frame.seconds, "src": self._file_prefix + frame.path}
                        for frame in frames
                    ]
                }
            )

        return await run_in_threadpool(make)

    async def _suggestions(self, request: Request) -> Response:
        def make() -> Response:
            note, post = self._session.note(request.path_params["number"]), self._post(request)
            caption = f"{post.title or ''}\n{post.text or ''}"
            found = suggest_topics(caption, f"{note.title}\n{note.body}", note.topics)
            return json_answer({"topics": [msgspec.to_builtins(one) for one in found]})

        return await run_in_threadpool(make)

    async def _best(self, _: Request) -> Response:
        def make() -> Response:
            planned = self._session.planned
            return json_answer(
                {"numbers": order_wordless(planned.plan.notes, planned.planner.library.posts)}
            )

        return await run_in_threadpool(make)

    async def _list_questions(self, _: Request) -> Response:
        return json_answer(await run_in_threadpool(self._questions.list))

    async def _picture(self, request: Request) -> Response:
        def make() -> Response:
            limits = self._session.planned.planner.limits
            paths = self._pictures.make(request.path_params["name"], limits)
            self._files.show(paths)
            return json_answer({"pictures": [self._file_prefix + path for path in paths]})

        return await run_in_threadpool(make)

    async def _answer(self, request: Request) -> Response:
        said = await read_json(request, MOST_JSON)
        about, key, answer = (said.get(name) for name in ("question", "key", "answer"))
        return json_answer(await run_in_threadpool(self._questions.answer, about, key, answer))

    async def _take_back(self, request: Request) -> Response:
        await read_json(request, MOST_JSON)
        return json_answer(await run_in_threadpool(self._questions.take_back))

    def _post(self, request: Request) -> Post:
        note = self._session.note(request.path_params["number"])
        posts = self._session.planned.planner.library.posts
        return next(post for post in posts if post.id == note.post)

    async def _end(self, _: Request) -> Response:
        self._stop()
        return json_answer({})

    async def _file(self, request: Request) -> Response:
        path = request.path_params["path"]
        return await run_in_threadpool(self._files.answer, path)


def _number(text: object) -> int | None:
    """Read a generation that a page says; None for anything else."""
    if type(text) is int:
        return text
    return int(text) if isinstance(text, str) and text.isdecimal() and len(text) < 16 else None
