"""RedNote's calls, one method each: a request comes in, an answer goes out."""

from __future__ import annotations

import hmac
import json
import secrets
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from . import topics
from .model import PRACTICE, Note, Slot
from .pages import write_profile
from .receive import WrongLength, receive
from .roles import upload_address
from .rules import BrokenRule, check
from .store import Store

PERMIT_LIFE = 24 * 60 * 60 * 1000
FILES_PER_PERMIT = 20
BODY_LIMIT = 1024 * 1024
PAGE = 10


class Refused(Exception):
    """Ends a call with this answer."""

    def __init__(self, answer: Response, why: str) -> None:
        super().__init__(why)
        self.answer = answer
        self.why = why


class Calls:
    def __init__(
        self, store: Store, folder: Path, *, now: Callable[[], int], keep_media: bool
    ) -> None:
        self._store = store
        self._folder = folder
        self._now = now  # milliseconds
        self._keep_media = keep_media

    # --- who am I

    async def personal_info(self, request: Request) -> Response:
        _signed_in(request)
        return _data(
            {
                "name": PRACTICE.nickname,
                "red_num": PRACTICE.red_num,
                "avatar": "",
                "personal_desc": "",
                "fans_count": 0,
                "follow_count": 0,
                "faved_count": 0,
            }
        )

    async def user_info(self, request: Request) -> Response:
        _signed_in(request)
        return _data(
            {
                "userId": PRACTICE.user_id,
                "userName": PRACTICE.nickname,
                "redId": PRACTICE.red_num,
            }
        )

    async def user_me(self, request: Request) -> Response:
        _signed(request)
        _signed_in(request)
        return _data(
            {
                "user_id": PRACTICE.user_id,
                "nickname": PRACTICE.nickname,
                "red_id": PRACTICE.red_num,
                "guest": False,
            }
        )

    # --- topics

    async def search_topics(self, request: Request) -> Response:
        _signed(request)
        _signed_in(request)
        body, _ = await _json(request)
        keyword = body.get("keyword")
        if not isinstance(keyword, str):
            raise _bad("keyword is not a text")
        page = body.get("page", {})
        size = _positive(page, "page_size", 20)
        start = (_positive(page, "page", 1) - 1) * size
        hits = [
            {
                "id": topic.id,
                "name": topic.name,
                "link": topic.link,
                "view_num": topic.view_num,
                "type": "official",  # a note must send "topic" all the same
                "smart": False,
            }
            for topic in topics.search(keyword)[start : start + size]
        ]
        return _data({"topic_info_dtos": hits})

    # --- files

    async def permit(self, request: Request) -> Response:
        if request.url.path.startswith("/@api/"):
            _signed(request)
        _signed_in(request)
        query = request.query_params
        scene = query.get("scene")
        if scene not in ("image", "video"):
            raise _bad("scene must be image or video")
        count = _digits(query.get("file_count", "1"))
        if count is None or not 1 <= count <= FILES_PER_PERMIT:
            raise _bad(f"file_count must be 1 to {FILES_PER_PERMIT}")
        token, expires = secrets.token_urlsafe(48), self._now() + PERMIT_LIFE
        slots = [
            Slot(f"spectrum/{secrets.token_urlsafe(24)}", token, scene, expires)
            for _ in range(count)
        ]
        self._store.add_slots(slots)
        one = {
            "fileIds": [slot.file_id for slot in slots],
            "token": token,
            "uploadAddr": upload_address(request.headers),
            "expireTime": expires,
            "qos": 1,
            "cloudType": 4,
        }
        return _data({"uploadTempPermits": [one], "result": {"success": True}})

    async def put(self, request: Request) -> Response:
        """One file in one piece. The account's cookies and signature have no business here: whoever
        sends them to the upload host leaks them, and that is remembered."""
        headers = request.headers
        if "cookie" in headers or "x-s" in headers or "x-s-common" in headers:
            self._store.count("leaks")
            raise _denied("no cookie and no signature may be sent to the upload host")
        slot = self._slot_for(request)
        if slot.file is not None:
            return _exists()
        announced = _digits(headers.get("content-length", ""))
        if announced is None:
            raise Refused(_failure("Content-Length is missing", status=411), "no length")
        if announced == 0:
            raise Refused(_failure("the file is empty", status=400), "empty file")

        received = 0

        async def counted() -> AsyncIterator[bytes]:
            nonlocal received
            async for piece in request.stream():
                received += len(piece)
                yield piece

        try:
            file = await receive(counted(), announced, self._folder, keep_all=self._keep_media)
        except (WrongLength, ClientDisconnect):
            raise Refused(_failure("the file is incomplete", status=400), "incomplete") from None
        finally:
            self._store.count("bytes.received", received)
        if not self._store.fill(slot.file_id, file):
            return _exists()
        answer = Response(headers={"ETag": f'"{file.sha256[:32]}"'})
        shown = f"media/{file.name}" if file.name else slot.file_id
        answer.headers["X-Ros-Preview-Url"] = f"http://{headers['host']}/{shown}"
        if slot.scene == "video":
            answer.headers["X-Ros-Video-Id"] = str(10**17 + int(file.sha256[:12], 16))
        return answer

    def _slot_for(self, request: Request) -> Slot:
        slot = self._store.slot(request.path_params["file_id"])
        token = request.headers.get("x-cos-security-token", "")
        if slot is None or not hmac.compare_digest(slot.token.encode(), token.encode()):
            raise _denied("the token does not belong to this file")
        if self._now() >= slot.expires:
            raise _denied("the permit has expired")
        return slot

    # --- notes

    async def create(self, request: Request) -> Response:
        _signed(request)
        _signed_in(request)
        payload, raw = await _json(request)
        now = self._now()
        try:
            new = check(payload, slot=self._store.slot, topic=topics.named, now=now)
        except BrokenRule as exc:
            self._store.count("refused.-9059")
            raise _bad(str(exc)) from None
        if twin := self._store.twin(new):
            self._store.count("refused.-9999")
            raise Refused(
                _failure(f"note {twin.id} has the same title and files", code=-9999), "duplicate"
            )
        note = self._store.add_note(secrets.token_hex(12), new, raw, now)
        # The note is stored; a page that cannot be written must not make it look refused.
        try:
            write_profile(self._folder, self._store.notes())
        except OSError as exc:
            sys.stderr.write(f"rehearsal: profile.html could not be written: {exc}\n")
        return JSONResponse(
            {
                "result": 0,
                "success": True,
                "code": 0,
                "data": {"id": note.id},
                "share_link": f"https://www.xiaohongshu.com/discovery/item/{note.id}",
            }
        )

    async def own_notes(self, request: Request) -> Response:
        if request.url.path.startswith("/@api/"):
            _signed(request)
        _signed_in(request)
        page = _digits(request.query_params.get("page", "0"))
        if page is None:
            raise _bad("page is not a number")
        notes = self._store.notes()[::-1]
        start = page * PAGE
        return _data(
            {
                "notes": [_listed(note) for note in notes[start : start + PAGE]],
                "page": page + 1 if start + PAGE < len(notes) else -1,
                "tags": [
                    {
                        "id": "special.note_time_desc",
                        "name": "所有笔记",
                        "notes_count": len(notes),
                        "checked": True,
                    }
                ],
            }
        )


def _listed(note: Note) -> dict[str, object]:
    """A note as the list shows it: without its description."""
    return {
        "id": note.id,
        "display_title": note.title,
        "type": note.type,
        "time": note.time,
        "schedule_post_time": note.schedule or 0,
        "level": 0,
        "permission_code": note.privacy,
        "likes": 0,
        "view_count": 0,
        "collected_count": 0,
        "comments_count": 0,
        "shared_count": 0,
        "sticky": False,
    }


def _signed(request: Request) -> None:
    """The headers that the site's own script makes must be there; any value will do."""
    if "x-s" not in request.headers or "x-t" not in request.headers:
        raise Refused(JSONResponse({"code": -1, "success": False}, 406), "not signed")


def _signed_in(request: Request) -> None:
    if not (request.cookies.get("a1") and request.cookies.get("web_session")):
        raise Refused(_failure("the session has ended, please sign in", code=-100), "signed out")


async def _json(request: Request) -> tuple[dict[str, object], bytes]:
    raw = b""
    try:
        async for piece in request.stream():
            raw += piece
            if len(raw) > BODY_LIMIT:
                raise _bad("the body is too large")
        body = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _bad("the body is not JSON in UTF-8") from None
    except ClientDisconnect:
        raise _bad("the body is incomplete") from None
    if not isinstance(body, dict):
        raise _bad("the body is not an object")
    return body, raw


def _positive(page: object, key: str, default: int) -> int:
    value = page.get(key, default) if isinstance(page, dict) else None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 1000:
        raise _bad(f"page.{key} is not a count")
    return value


def _digits(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None


def _data(data: dict[str, object]) -> JSONResponse:
    return JSONResponse({"code": 0, "success": True, "msg": "", "data": data})


def _failure(why: str, *, code: int = -1, status: int = 200) -> JSONResponse:
    answer: dict[str, object] = {"code": code, "success": False, "msg": why}
    if code <= -9000:
        answer["result"] = code
    return JSONResponse(answer, status)


def _bad(why: str) -> Refused:
    return Refused(_failure(why, code=-9059), why)


def _denied(why: str) -> Refused:
    return Refused(_failure(why, status=403), why)


def _exists() -> JSONResponse:
    return _failure("file already exists")  # the status of this answer is not known; 200 here
