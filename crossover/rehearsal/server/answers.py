"""What every call shares: how it is refused, how its body is read, the shape of an answer."""

from __future__ import annotations

import json

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

BODY_LIMIT = 1024 * 1024


class Refused(Exception):
    """Ends a call with this answer."""

    def __init__(self, answer: Response, why: str) -> None:
        super().__init__(why)
        self.answer = answer
        self.why = why


def signed(request: Request) -> None:
    """The headers that the site's own script makes must be there; any value will do."""
    if "x-s" not in request.headers or "x-t" not in request.headers:
        raise Refused(JSONResponse({"code": -1, "success": False}, 406), "not signed")


def signed_in(request: Request) -> None:
    if not (request.cookies.get("a1") and request.cookies.get("web_session")):
        raise Refused(failure("the session has ended, please sign in", code=-100), "signed out")


async def raw_body(request: Request, limit: int = BODY_LIMIT) -> bytes:
    raw = b""
    try:
        async for piece in request.stream():
            raw += piece
            if len(raw) > limit:
                raise bad("the body is too large")
    except ClientDisconnect:
        raise bad("the body is incomplete") from None
    return raw


async def json_body(request: Request) -> tuple[dict[str, object], bytes]:
    raw = await raw_body(request)
    try:
        body = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise bad("the body is not JSON in UTF-8") from None
    if not isinstance(body, dict):
        raise bad("the body is not an object")
    return body, raw


def digits(text: str, *, most: int = 15) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most else None


def data(value: dict[str, object]) -> JSONResponse:
    return JSONResponse({"code": 0, "success": True, "msg": "", "data": value})


def failure(why: str, *, code: int = -1, status: int = 200) -> JSONResponse:
    answer: dict[str, object] = {"code": code, "success": False, "msg": why}
    if code <= -9000:
        answer["result"] = code
    return JSONResponse(answer, status)


def bad(why: str) -> Refused:
    return Refused(failure(why, code=-9059), why)


def denied(why: str) -> Refused:
    return Refused(failure(why, status=403), why)
