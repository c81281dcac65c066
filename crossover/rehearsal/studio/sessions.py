"""The cookies of a session of the studio, and how practice begins and ends one.

The names are those that public clients saw on xiaohongshu.com; those of rednote.com are not known.
The calls of the stand-in take any `a1` and `web_session`. The pages want the studio's own as well.
"""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import Response

from crossover.rehearsal.server.answers import success
from crossover.rehearsal.store.records import PRACTICE

DAYS_30 = 30 * 24 * 60 * 60
SITE_COOKIES = ("a1", "webId", "web_session")
STUDIO_COOKIES = (
    "galaxy_creator_session_id",
    "customer-sso-sid",
    "access-token-creator.xiaohongshu.com",
)
USER_COOKIE = "x-user-id-creator.xiaohongshu.com"


def is_signed_in(request: Request) -> bool:
    """Whether the browser has a session of the site and of the studio."""
    cookies = request.cookies
    site = cookies.get("a1") and cookies.get("web_session")
    return bool(site and any(cookies.get(name) for name in STUDIO_COOKIES))


async def scan_code(_request: Request) -> Response:
    """Do what a phone does that scans the QR code: begin a session in this browser."""
    answer = success({"user_id": PRACTICE.user_id})
    for name in (*SITE_COOKIES, *STUDIO_COOKIES):
        _set(answer, name, secrets.token_hex(16))
    _set(answer, USER_COOKIE, PRACTICE.user_id)
    return answer


async def sign_out(_request: Request) -> Response:
    """End the session in this browser."""
    answer = success({})
    for name in (*SITE_COOKIES, *STUDIO_COOKIES, USER_COOKIE):
        answer.delete_cookie(name)
    return answer


def _set(answer: Response, name: str, value: str) -> None:
    answer.set_cookie(name, value, max_age=DAYS_30, httponly=name in STUDIO_COOKIES, samesite="lax")
