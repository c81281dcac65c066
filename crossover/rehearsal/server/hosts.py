"""Finds which of RedNote's hosts a request is meant for.

All of them are at one loopback address here. A request names the host it wants either with the
header `X-Sandbox-Host` (a real host name) or with a path prefix such as `/@api`; the first is
turned into the second, so that the routes know prefixes only. The studio's pages ask for paths
without either; those say which host they are for.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The global site's upload host is likely, the others are sure.
HOSTS = {
    "edith.xiaohongshu.com": "api",
    "webapi.rednote.com": "api",
    "creator.xiaohongshu.com": "creator",
    "creator.rednote.com": "creator",
    "www.xiaohongshu.com": "www",
    "www.rednote.com": "www",
    "ros-upload.xiaohongshu.com": "upload",
    "ros-upload.rednote.com": "upload",
}
PATHS = {
    "/api/galaxy/": "creator",
    "/api/media/": "creator",
    "/publish/": "creator",
    "/new/": "creator",
    "/login": "creator",
    "/web-login/": "creator",
    "/website-login/": "creator",
    "/studio/": "creator",
    "/web_api/": "api",
}
"""How the paths begin that a page of ours asks for without a prefix: all of it is one origin."""
SITE_ORIGINS = tuple(
    f"https://{host}" for host, role in HOSTS.items() if role in ("creator", "www")
)


# What a page of ours may read of an answer, beyond its body.
EXPOSED_HEADERS = "ETag, X-Ros-Preview-Url, X-Ros-Video-Id, Date, Retry-After"


class HostRouter:
    """Lets in only callers that use this computer's own name (a web page elsewhere could make a
    browser call under a name of its choice), then finds the host that the request is meant for.

    Pages may call from one of our own names to the other, no page from elsewhere. A client that is
    no browser names one of RedNote's own origins, as the protocol wants; that opens nothing to a
    page.
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._names = (f"127.0.0.1:{port}", f"localhost:{port}")
        self._own = tuple(f"http://{name}" for name in self._names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if headers.getlist("host") not in ([name] for name in self._names):
            refusal = _refusal(403, "this Host is not served here")
            await refusal(scope, receive, send)
            return
        origin = headers.get("origin")
        if origin is not None and origin not in (*self._own, *SITE_ORIGINS):
            refusal = _refusal(403, "this Origin is not served here")
            await refusal(scope, receive, send)
            return
        if origin in self._own:
            send = _allow_origin(origin, send)
            if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
                await _preflight_answer(headers)(scope, receive, send)
                return
        if wanted := headers.get("x-sandbox-host"):
            role = HOSTS.get(wanted.lower())
            if role is None:
                refusal = _refusal(404, "no such host in the rehearsal")
                await refusal(scope, receive, send)
                return
        else:
            role = _role_of_path(scope["path"])
        if role is not None:
            scope["path"] = f"/@{role}{scope['path']}"
            scope["raw_path"] = f"/@{role}".encode() + scope.get("raw_path", b"")
        await self._app(scope, receive, send)


def _role_of_path(path: str) -> str | None:
    return next((role for start, role in PATHS.items() if path.startswith(start)), None)


def _preflight_answer(headers: Headers) -> Response:
    """Make the answer to a browser that asks before it calls."""
    asked = {
        "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
        "Access-Control-Allow-Headers": headers.get("access-control-request-headers", ""),
    }
    return Response(status_code=204, headers=asked)


def _allow_origin(origin: str, send: Send) -> Send:
    async def shared(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer = MutableHeaders(scope=message)
            answer["Access-Control-Allow-Origin"] = origin
            answer["Access-Control-Allow-Credentials"] = "true"
            answer["Access-Control-Expose-Headers"] = EXPOSED_HEADERS
            answer.add_vary_header("Origin")
        await send(message)

    return shared


def find_upload_address(headers: Headers) -> str:
    """Find the upload host for a permit, of the same site as the host that the request names."""
    wanted = headers.get("x-sandbox-host")
    if wanted is None:
        return f"{headers['host']}/@upload"
    site = "rednote.com" if wanted.lower().endswith(".rednote.com") else "xiaohongshu.com"
    return f"ros-upload.{site}"


def _refusal(status: int, why: str) -> JSONResponse:
    return JSONResponse({"code": -1, "success": False, "msg": why}, status)
