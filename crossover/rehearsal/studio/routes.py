"""The addresses of the studio's pages, and who may see them."""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from crossover.rehearsal.studio.log import ADDRESS, BrowserLog
from crossover.rehearsal.studio.page_files import PageFiles
from crossover.rehearsal.studio.sessions import is_signed_in, scan_code, sign_out

SIGNED_IN = (
    "/publish/publish",
    "/publish/success",
    "/publish/update",
    "/new/home",
    "/new/note-manager",
)
"""Pages that lead to the sign-in without a session."""
OPEN = ("/login", "/web-login/captcha", "/website-login/error")


def studio_routes(files: PageFiles, log: BrowserLog) -> list[Route]:
    """The routes of the pages, on the host `creator`."""

    async def guarded(request: Request) -> Response:
        return files.page(request) if is_signed_in(request) else _to_login(request)

    async def page(request: Request) -> Response:
        return files.page(request)

    async def file(request: Request) -> Response:
        found = files.file(request.path_params["place"], request)
        if found is None:
            raise HTTPException(404)
        return found

    return [
        *(Route(f"/@creator{path}", guarded) for path in SIGNED_IN),
        *(Route(f"/@creator{path}", page) for path in OPEN),
        Route("/@creator/studio/{place:path}", file),
        Route("/@sandbox/scan-code", scan_code, methods=["POST"]),
        Route("/@sandbox/sign-out", sign_out, methods=["POST"]),
        Route(ADDRESS, log.show),
        Route(ADDRESS, log.add_event, methods=["POST"]),
    ]


def _to_login(request: Request) -> Response:
    wanted = request.url.path.removeprefix("/@creator")
    if request.url.query:
        wanted += f"?{request.url.query}"
    last = quote(wanted, safe="")
    return RedirectResponse(f"/login?source=official&redirectReason=401&lastUrl={last}", 302)
