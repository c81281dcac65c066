"""What RedNote made of an uploaded video: its id, and a picture of its beginning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from crossover.destinations.answers.call import Call
from crossover.destinations.api.http.calls import ask
from crossover.destinations.api.http.client import HttpClient
from crossover.destinations.sites import Role
from crossover.errors import RetryLater
from crossover.text import sentence

TRIES, WAIT = 20, 3.0
"""How often is asked, and how many seconds lie between (likely: what public clients do)."""

_BUSINESS = 217  # `bizName` of a video of a note (likely)


class Videos:
    """Asks about uploaded videos."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client

    def id_of(self, file_id: str, *, tries: int = TRIES) -> str | None:
        """The id of the video under `file_id`, None when there is none after `tries`. There is
        one only when the file arrived whole. Raises like `ask`."""
        return self._until(tries, lambda: _video_id(ask(self._client, _id_call(file_id))))

    def first_frame(self, video_id: str) -> str:
        """The file id of the video's first picture. Raises like `ask`, and `RetryLater` when it
        is not ready after a minute."""
        found = self._until(TRIES, lambda: _frame(ask(self._client, _transcode_call(video_id))))
        if found is None:
            raise RetryLater(
                sentence(f"{self._client.hosts.label} has not looked at an uploaded video yet."),
                next="Run the same command later; the video stays uploaded.",
            )
        return found

    def _until(self, tries: int, question: Callable[[], str | None]) -> str | None:
        for left in range(tries - 1, -1, -1):
            if found := question():
                return found
            if left:
                self._client.clock.sleep(WAIT)
        return None


def _video_id(answer: Mapping[str, Any]) -> str | None:
    value = answer["data"]["videoId"]
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if value > 0 else None
    return value if isinstance(value, str) and value not in ("", "0", "-1") else None


def _frame(answer: Mapping[str, Any]) -> str | None:
    # Seen in the data and beside it, and spelled both ways (likely).
    data = answer.get("data")
    for where in (data if isinstance(data, dict) else {}, answer):
        ready = where.get("hasFirstFrame", where.get("has_first_frame"))
        value = where.get("firstFrameFileId", where.get("first_frame_file_id"))
        if ready and isinstance(value, str) and value:
            return value
    return None


def _id_call(file_id: str) -> Call:
    return Call(
        name="video id",
        role=Role.API,
        method="GET",
        path="/web_api/sns/capa/postgw/videoid",
        query={"fileKey": file_id, "bizName": _BUSINESS},
        needs=lambda answer: isinstance(answer["data"]["videoId"], int | str),
    )


def _transcode_call(video_id: str) -> Call:
    return Call(
        name="first frame",
        role=Role.API,
        method="GET",
        path="/web_api/sns/capa/postgw/query_transcode",
        query={"video_id": video_id, "need_transcode": "false", "resource_type": 0},
        needs=lambda answer: "data" in answer or "hasFirstFrame" in answer,
    )
