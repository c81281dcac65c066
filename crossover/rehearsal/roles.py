"""Which of RedNote's hosts a request is meant for.

All of them live at one loopback address here. A request names the host it wants either with the
header `X-Sandbox-Host` (a real host name) or with a path prefix such as `/@api`; the first is turned
into the second, so that the routes know prefixes only.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

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


class Gate:
    """Lets in only who calls this computer by its own name (a web page elsewhere could make a
    browser call us under a name of its choice), then finds the role."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._names = (f"127.0.0.1:{port}", f"localhost:{port}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if headers.getlist("host") not in ([name] for name in self._names):
            refusal = _refusal(403, "this Host is not served here")
            await refusal(scope, receive, send)
            return
        if wanted := headers.get("x-sandbox-host"):
            role = HOSTS.get(wanted.lower())
            if role is None:
                refusal = _refusal(404, "no such host in the rehearsal")
                await refusal(scope, receive, send)
                return
            scope["path"] = f"/@{role}{scope['path']}"
            scope["raw_path"] = f"/@{role}".encode() + scope.get("raw_path", b"")
        await self._app(scope, receive, send)


def upload_address(headers: Headers) -> str:
    """Where a permit sends its holder: the upload host of the world the caller is in."""
    wanted = headers.get("x-sandbox-host")
    if wanted is None:
        return f"{headers['host']}/@upload"
    site = "rednote.com" if wanted.lower().endswith(".rednote.com") else "xiaohongshu.com"
    return f"ros-upload.{site}"


def _refusal(status: int, why: str) -> JSONResponse:
    return JSONResponse({"code": -1, "success": False, "msg": why}, status)
