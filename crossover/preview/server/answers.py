"""The form of answers, and how a request is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from crossover.errors import Busy, CrossoverError
from crossover.text import safe

BUSY = "busy"


class RefusedRequest(Exception):
    """Ends a request with this answer: `code` is what the page decides by, `message` what it shows
    where it has no words of its own."""

    def __init__(self, status: int, code: str, message: str = "", **more: Any) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.more: Mapping[str, Any] = more

    def answer(self) -> Response:
        """Make the answer."""
        said = {"error": self.code, "message": self.message, **self.more}
        return json_answer(said, self.status)


def json_answer(value: Any, status: int = 200) -> Response:
    """Answer with a value as JSON."""
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def busy_answer(exc: Busy) -> RefusedRequest:
    """Another run holds the workspace: the page asks again in a moment."""
    return RefusedRequest(423, BUSY, safe(exc.message))


def disk_answer(exc: CrossoverError) -> RefusedRequest:
    """Something could not be written; nothing of it was."""
    return RefusedRequest(507, "disk", safe(exc.message))


def workspace_answer(exc: CrossoverError) -> RefusedRequest:
    """The workspace cannot be read as it is now."""
    return RefusedRequest(503, "workspace", safe(f"{exc.message} {exc.next}".strip()))


async def read_body(request: Request, most: int) -> bytes:
    """Read a body of at most so many bytes. Raises `RefusedRequest`."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > most:
                raise RefusedRequest(413, "too-large", "That is more than is taken at once.")
    except ClientDisconnect:
        raise RefusedRequest(400, "incomplete", "The request ended early.") from None
    return bytes(body)


async def read_json(request: Request, most: int) -> dict[str, Any]:
    """Read a body that is a JSON object. Raises `RefusedRequest`."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/json":
        raise RefusedRequest(415, "not-json", "Only JSON is taken here.")
    body = await read_body(request, most)
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise RefusedRequest(400, "not-json", "That is no JSON.") from None
    if not isinstance(value, dict):
        raise RefusedRequest(400, "not-json", "A JSON object is meant.")
    return value
