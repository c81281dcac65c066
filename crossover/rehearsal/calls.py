"""RedNote's calls on its API and studio hosts: a request comes in, an answer goes out."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from . import topics
from .answers import Refused, bad, data, digits, failure, json_body, signed, signed_in
from .fields import BrokenRule
from .model import PRACTICE, Note, Slot
from .pages import write_profile
from .roles import upload_address
from .rules import check
from .store import Store

PERMIT_LIFE = 24 * 60 * 60 * 1000
FILES_PER_PERMIT = 20
FRAME_QUERIES = 1  # questions answered with "not yet", so that a client learns to ask again
PAGE = 10


class Calls:
    def __init__(self, store: Store, folder: Path, *, now: Callable[[], int]) -> None:
        self._store = store
        self._folder = folder
        self._now = now  # milliseconds

    # --- who am I

    async def personal_info(self, request: Request) -> Response:
        signed_in(request)
        return data(
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
        signed_in(request)
        return data(
            {
                "userId": PRACTICE.user_id,
                "userName": PRACTICE.nickname,
                "redId": PRACTICE.red_num,
            }
        )

    async def user_me(self, request: Request) -> Response:
        signed(request)
        signed_in(request)
        return data(
            {
                "user_id": PRACTICE.user_id,
                "nickname": PRACTICE.nickname,
                "red_id": PRACTICE.red_num,
                "guest": False,
            }
        )

    # --- topics

    async def search_topics(self, request: Request) -> Response:
        signed(request)
        signed_in(request)
        body, _ = await json_body(request)
        keyword = body.get("keyword")
        if not isinstance(keyword, str):
            raise bad("keyword is not a text")
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
        return data({"topic_info_dtos": hits})

    # --- files

    async def permit(self, request: Request) -> Response:
        if request.url.path.startswith("/@api/"):
            signed(request)
        signed_in(request)
        query = request.query_params
        scene = query.get("scene")
        if scene not in ("image", "video"):
            raise bad("scene must be image or video")
        count = digits(query.get("file_count", "1"))
        if count is None or not 1 <= count <= FILES_PER_PERMIT:
            raise bad(f"file_count must be 1 to {FILES_PER_PERMIT}")
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
        return data({"uploadTempPermits": [one], "result": {"success": True}})

    async def video_id(self, request: Request) -> Response:
        """For a video whose upload was answered without its id. -1 means: ask again (likely)."""
        signed(request)
        signed_in(request)
        file_id = request.query_params.get("fileKey", "")
        return data({"videoId": self._store.video_of(file_id) or -1})

    async def first_frame(self, request: Request) -> Response:
        signed(request)
        signed_in(request)
        return self._first_frame(request.query_params.get("video_id"))

    async def first_frame_older(self, request: Request) -> Response:
        """The form of the site's own pages. Nobody says that it is signed."""
        signed_in(request)
        body, _ = await json_body(request)
        return self._first_frame(body.get("videoId"))

    def _first_frame(self, video_id: object) -> Response:
        number = digits(str(video_id), most=18)
        if number is None:
            raise bad("the video id is not a number")
        try:
            frame = self._store.first_frame(number, FRAME_QUERIES)
        except KeyError:
            raise bad("there is no such video") from None
        ready = frame is not None
        return data(
            {"hasFirstFrame": ready, "has_first_frame": ready, "firstFrameFileId": frame or ""}
        )

    # --- notes

    async def create(self, request: Request) -> Response:
        signed(request)
        signed_in(request)
        payload, raw = await json_body(request)
        now = self._now()
        try:
            new = check(payload, slot=self._store.slot, topic=topics.named, now=now)
        except BrokenRule as exc:
            self._store.count("refused.-9059")
            raise bad(str(exc)) from None
        if twin := self._store.twin(new):
            self._store.count("refused.-9999")
            raise Refused(
                failure(f"note {twin.id} has the same title and files", code=-9999), "duplicate"
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
            signed(request)
        signed_in(request)
        page = digits(request.query_params.get("page", "0"))
        if page is None:
            raise bad("page is not a number")
        notes = self._store.notes()[::-1]
        start = page * PAGE
        return data(
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


def _positive(page: object, key: str, default: int) -> int:
    value = page.get(key, default) if isinstance(page, dict) else None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 1000:
        raise bad(f"page.{key} is not a count")
    return value
