"""Answers RedNote's calls on its API and studio hosts, but for those of notes."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from crossover.rehearsal.faults.active_faults import find_fault
from crossover.rehearsal.faults.payload_faults import (
    NoVideoId,
    OtherAccount,
    PermitExpired,
    SlowFirstFrame,
)
from crossover.rehearsal.server.answers import (
    bad_request,
    parse_digits,
    read_json_body,
    require_session,
    require_signature,
    success,
)
from crossover.rehearsal.server.hosts import find_upload_address
from crossover.rehearsal.site import topics
from crossover.rehearsal.site.videos import Videos
from crossover.rehearsal.store.records import PRACTICE, SOMEBODY, Account, Slot
from crossover.rehearsal.store.store import Store

PERMIT_LIFE = 24 * 60 * 60 * 1000
FILES_PER_PERMIT = 20
FRAME_QUERIES = 1  # questions answered with "not yet", so that a client learns to ask again


class StudioCalls:
    """The handlers of these calls. They raise `RefusedCall`."""

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], int],
        knows_topics: Callable[[], bool] = lambda: True,
    ) -> None:
        self._store = store
        self._knows_topics = knows_topics
        self._videos = Videos(store)
        self._now = now  # milliseconds

    # --- who am I

    async def personal_info(self, request: Request) -> Response:
        require_session(request)
        account = _session_account(request)
        return success(
            {
                "name": account.nickname,
                "red_num": account.red_num,
                "avatar": "",
                "personal_desc": "",
                "fans_count": 0,
                "follow_count": 0,
                "faved_count": 0,
            }
        )

    async def user_info(self, request: Request) -> Response:
        require_session(request)
        account = _session_account(request)
        return success(
            {
                "userId": account.user_id,
                "userName": account.nickname,
                "redId": account.red_num,
            }
        )

    async def my_info(self, request: Request) -> Response:
        """Answer as the studio's home page asks since September 2026."""
        require_session(request)
        account = _session_account(request)
        link = f"https://www.xiaohongshu.com/user/profile/{account.user_id}"
        detail = {"id": account.user_id, "nickName": account.nickname, "url": link}
        return success({"userDetail": detail})

    async def user_me(self, request: Request) -> Response:
        require_signature(request)
        require_session(request)
        account = _session_account(request)
        return success(
            {
                "user_id": account.user_id,
                "nickname": account.nickname,
                "red_id": account.red_num,
                "guest": False,
            }
        )

    # --- topics

    async def search_topics(self, request: Request) -> Response:
        require_signature(request)
        require_session(request)
        body, _ = await read_json_body(request)
        keyword = body.get("keyword")
        if not isinstance(keyword, str):
            raise bad_request("keyword is not a text")
        page = body.get("page", {})
        size = _read_positive(page, "page_size", 20)
        start = (_read_positive(page, "page", 1) - 1) * size
        found = topics.search_topics(keyword) if self._knows_topics() else []
        hits = [
            {
                "id": topic.id,
                "name": topic.name,
                "link": topic.link,
                "view_num": topic.view_num,
                "type": "official",  # a note must send "topic" all the same
                "smart": False,
            }
            for topic in found[start : start + size]
        ]
        return success({"topic_info_dtos": hits})

    # --- files

    async def permit(self, request: Request) -> Response:
        if request.url.path.startswith("/@api/"):
            require_signature(request)
        require_session(request)
        query = request.query_params
        scene = query.get("scene")
        if scene not in ("image", "video"):
            raise bad_request("scene must be image or video")
        count = parse_digits(query.get("file_count", "1"))
        if count is None or not 1 <= count <= FILES_PER_PERMIT:
            raise bad_request(f"file_count must be 1 to {FILES_PER_PERMIT}")
        token, expires = secrets.token_urlsafe(48), self._now() + _permit_life(request)
        slots = [
            Slot(f"spectrum/{secrets.token_urlsafe(24)}", token, scene, expires)
            for _ in range(count)
        ]
        self._store.add_slots(slots)
        one = {
            "fileIds": [slot.file_id for slot in slots],
            "token": token,
            "uploadAddr": find_upload_address(request.headers),
            "expireTime": expires,
            "qos": 1,
            "cloudType": 4,
        }
        return success({"uploadTempPermits": [one], "result": {"success": True}})

    async def video_id(self, request: Request) -> Response:
        """Answer the id of a video whose upload was answered without it. -1 means: ask again
        (likely)."""
        require_signature(request)
        require_session(request)
        file_id = request.query_params.get("fileKey", "")
        video_id = None if find_fault(request, NoVideoId) else self._videos.of(file_id)
        return success({"videoId": video_id or -1})

    async def first_frame(self, request: Request) -> Response:
        require_signature(request)
        require_session(request)
        return self._first_frame(request, request.query_params.get("video_id"))

    async def first_frame_older(self, request: Request) -> Response:
        """Answer as `first_frame`, in the form of the site's own pages. No public client says that
        it is signed."""
        require_session(request)
        body, _ = await read_json_body(request)
        return self._first_frame(request, body.get("videoId"))

    def _first_frame(self, request: Request, video_id: object) -> Response:
        number = parse_digits(str(video_id), most=18)
        if number is None:
            raise bad_request("the video id is not a number")
        slow = find_fault(request, SlowFirstFrame)
        queries = FRAME_QUERIES if slow is None else slow.queries
        try:
            frame = self._videos.first_frame(number, queries)
        except KeyError:
            raise bad_request("there is no such video") from None
        ready = frame is not None
        return success(
            {"hasFirstFrame": ready, "has_first_frame": ready, "firstFrameFileId": frame or ""}
        )


def _permit_life(request: Request) -> int:
    short = find_fault(request, PermitExpired)
    return PERMIT_LIFE if short is None else round(short.seconds * 1000)


def _session_account(request: Request) -> Account:
    return SOMEBODY if find_fault(request, OtherAccount) else PRACTICE


def _read_positive(page: object, key: str, default: int) -> int:
    value = page.get(key, default) if isinstance(page, dict) else None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 1000:
        raise bad_request(f"page.{key} is not a count")
    return value
