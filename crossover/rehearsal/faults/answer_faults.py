"""Faults of the answer: something else comes in place of the true one.

The call is not carried out, unless the script says `done: true`: then it was, and the caller does
not learn it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import formatdate
from typing import ClassVar

from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.responses import StreamingResponse as Streaming

from crossover.rehearsal.faults.base import (
    DAY,
    Fault,
    integer_between,
    number_between,
    one_of,
    parse_address,
    parse_boolean,
    parse_text,
    setting,
)
from crossover.rehearsal.server.answers import failure

CODES = {
    300012: "网络连接异常，请检查网络设置或重启试试",
    300011: "当前账号存在异常，请切换账号后重试",
    300015: "浏览器异常，请尝试关闭/卸载风险插件或重启试试",
    -1: "",
    -100: "登录已过期",
    -10001: "登录已过期",
    -9999: "发布失败",
    -9059: "参数错误",
    **dict.fromkeys(range(-9140, -9129), "账号异常，暂不能发布笔记"),
    -9136: "因违反社区规范禁止发笔记",
}
PAGE = "<!doctype html><html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFault(Fault):
    """A fault that answers in place of the site. `done`: the call is carried out all the same."""

    done: bool = setting(parse_boolean, False)

    def answer(self, _now: int, /) -> Response:
        """Make the answer. The time is in milliseconds."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class RateLimited(AnswerFault):
    """429 with each kind of Retry-After that is seen in the world."""

    retry_after: str = setting(one_of("seconds", "date", "none", "garbage", "huge"), "seconds")
    seconds: float = setting(number_between(0, DAY), 2.0)
    name: ClassVar[str] = "rate-limited"

    def answer(self, now: int, /) -> Response:
        said = {
            "seconds": f"{self.seconds:.0f}",
            "date": formatdate(now / 1000 + self.seconds, usegmt=True),
            "garbage": "soon, perhaps",
            "huge": "99999999999999",
        }.get(self.retry_after)
        headers = None if said is None else {"Retry-After": said}
        return PlainTextResponse("Too Many Requests", 429, headers)


@dataclass(frozen=True, slots=True)
class ServerError(AnswerFault):
    """5xx with a page of the gateway."""

    status: int = setting(integer_between(500, 599), 503)
    name: ClassVar[str] = "server-error"

    def answer(self, _now: int, /) -> Response:
        return HTMLResponse(PAGE.format(f"{self.status} Server Error"), self.status)


@dataclass(frozen=True, slots=True)
class Captcha(AnswerFault):
    """The site asks for a person. The body may look like success, or be empty."""

    status: int = setting(one_of(461, 471), 461)
    body: str = setting(one_of("success", "empty"), "success")
    name: ClassVar[str] = "captcha"

    def answer(self, _now: int, /) -> Response:
        headers = {"Verifytype": "102", "Verifyuuid": "00000000-0000-4000-8000-000000000000"}
        if self.body == "empty":
            return Response(b"", self.status, headers)
        looks = {"result": 0, "code": 0, "success": True, "msg": "", "data": {"id": "5eed" * 6}}
        return JSONResponse(looks, self.status, headers)


@dataclass(frozen=True, slots=True)
class Business(AnswerFault):
    """A refusal in RedNote's own form, with one of its numbers. -1 comes with status 406."""

    code: int = setting(one_of(*CODES))
    status: int | None = setting(integer_between(200, 599), None)
    msg: str | None = setting(parse_text, None)
    name: ClassVar[str] = "business"

    def answer(self, _now: int, /) -> Response:
        status = self.status or (406 if self.code == -1 else 200)
        msg = CODES[self.code] if self.msg is None else self.msg
        return failure(msg, code=self.code, status=status)


@dataclass(frozen=True, slots=True)
class Html(AnswerFault):
    """A web page where data was expected."""

    status: int = setting(integer_between(200, 599), 200)
    name: ClassVar[str] = "html"

    def answer(self, _now: int, /) -> Response:
        return HTMLResponse(PAGE.format("小红书"), self.status)


@dataclass(frozen=True, slots=True)
class HugeBody(AnswerFault):
    """A body of this size, which would be a success if it were read to the end."""

    megabytes: int = setting(integer_between(1, 1000), 100)
    name: ClassVar[str] = "huge-body"

    def answer(self, _now: int, /) -> Response:
        def body() -> Iterator[bytes]:
            yield b'{"code":0,"success":true,"data":{"id":"5eed5eed5eed5eed5eed5eed"},"msg":"'
            for _ in range(self.megabytes):
                yield b"." * MEGABYTE
            yield b'"}'

        return Streaming(body(), media_type="application/json")


@dataclass(frozen=True, slots=True)
class Redirect(AnswerFault):
    """Sends the caller to the address in `to`, as it stands there."""

    to: str = setting(parse_address)
    status: int = setting(one_of(301, 302, 303, 307, 308), 302)
    name: ClassVar[str] = "redirect"

    def answer(self, _now: int, /) -> Response:
        return Response(b"", self.status, {"Location": self.to})
