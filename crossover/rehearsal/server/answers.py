"""What every call shares: refusals, the reading of bodies, the form of an answer."""

from __future__ import annotations

import json

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

BODY_LIMIT = 1024 * 1024


class RefusedCall(Exception):
    """Ends a call with this answer."""

    def __init__(self, answer: Response, why: str) -> None:
        super().__init__(why)
        self.answer = answer
        self.why = why


def require_signature(request: Request) -> None:
    """Check that the headers of the site's own script are there, with any value. Raises
    `RefusedCall`."""
    if "x-s" not in request.headers or "x-t" not in request.headers:
        raise RefusedCall(JSONResponse({"code": -1, "success": False}, 406), "not signed")


def require_session(request: Request) -> None:
    """Check that the cookies of a session are there. Raises `RefusedCall`."""
    if not (request.cookies.get("a1") and request.cookies.get("web_session")):
        raise RefusedCall(failure("the session has ended, please sign in", code=-100), "signed out")


async def read_body(request: Request, limit: int = BODY_LIMIT) -> bytes:
    """Read a body of at most `limit` bytes. Raises `RefusedCall`."""
    raw = b""
    try:
        async for piece in request.stream():
            raw += piece
            if len(raw) > limit:
                raise bad_request("the body is too large")
    except ClientDisconnect:
        raise bad_request("the body is incomplete") from None
    return raw


async def read_json_body(request: Request) -> tuple[dict[str, object], bytes]:
    """Read a body that is a JSON object, and return it with its bytes. Raises `RefusedCall`."""
    raw = await read_body(request)
    try:
        body = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise bad_request("the body is not JSON in UTF-8") from None
    if not isinstance(body, dict):
        raise bad_request("the body is not an object")
    return body, raw


def parse_digits(text: str, *, most: int = 15) -> int | None:
    """Parse a number of at most `most` ASCII digits, None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most else None


def success(value: dict[str, object]) -> JSONResponse:
    return JSONResponse({"code": 0, "success": True, "msg": "", "data": value})


def failure(why: str, *, code: int = -1, status: int = 200) -> JSONResponse:
    answer: dict[str, object] = {"code": code, "success": False, "msg": why}
    if code <= -9000:
        answer["result"] = code
    return JSONResponse(answer, status)


def bad_request(why: str) -> RefusedCall:
    return RefusedCall(failure(why, code=-9059), why)


def forbidden(why: str) -> RefusedCall:
    return RefusedCall(failure(why, status=403), why)
