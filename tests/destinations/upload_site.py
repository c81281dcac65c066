"""A site in memory with an upload host that keeps what it was sent, and fails by schedule."""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx

from tests.destinations.makers import LATER, NOW, PORT, answer


class Died(BaseException):
    """The process is gone: nothing after this point runs."""


RESET_BEFORE, RESET_INSIDE, RESET_AFTER = "reset before", "reset inside", "reset after"
BUSY, BUSY_AFTER, HTML = "503", "done, then 503", "html"
NO_ETAG, WRONG_ETAG = "no etag", "wrong etag"
EXPIRED, REFUSED_ONCE = "permit expired", "permit refused this once"
LOGIN = "signed out"
DIED_BEFORE, DIED_INSIDE, DIED_AFTER = "died before", "died inside", "died after"

DEATHS = (DIED_BEFORE, DIED_INSIDE, DIED_AFTER)
PASSING = (RESET_BEFORE, RESET_INSIDE, RESET_AFTER, BUSY, BUSY_AFTER, HTML, NO_ETAG, WRONG_ETAG)


@dataclass
class Slot:
    """What stands under one file id."""

    token: str
    over: bool = False
    data: bytes | None = None
    uploads: dict[str, dict[int, bytes]] = field(default_factory=dict)


class UploadSite(httpx.BaseTransport):
    """`fault` is asked at each call by its name: permit, put, begin, part, list, join, abort,
    video-id. `before` is called with each request, outside of the lock."""

    def __init__(
        self,
        fault: Callable[[str], str | None] = lambda _: None,
        *,
        before: Callable[[httpx.Request], None] = lambda _: None,
        ids_at_once: int = 100,
        life: timedelta = LATER - NOW,
        tell_video_id: bool = True,
    ) -> None:
        self.fault = fault
        self.before = before
        self.slots: dict[str, Slot] = {}
        self.calls: Counter[str] = Counter()
        self.part_bytes = 0
        self.put_bytes = 0
        self.leaks: list[str] = []
        self.asked: list[httpx.URL] = []
        self._ids_at_once = ids_at_once
        self._life = life
        self._tell_video_id = tell_video_id
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.before(request)
        name = _name(request)
        with self._lock:
            self.calls[name] += 1
            self.asked.append(request.url)
            fault = self.fault(name)
        if name not in ("permit", "video-id"):
            self.leaks += [h for h in ("cookie", "x-s", "x-t") if h in request.headers]
        if fault in (RESET_BEFORE, DIED_BEFORE):
            raise httpx.ReadError("") if fault == RESET_BEFORE else Died
        if fault == BUSY:
            return answer(raw=b"", status=503)
        body = b"".join(self._received(name, request, fault))
        with self._lock:
            told = self._handle(name, request, body, fault)
        match fault:
            case "reset after":
                raise httpx.ReadError("")
            case "died after":
                raise Died
            case "done, then 503":
                return answer(raw=b"", status=503)
            case "html":
                return answer(raw=b"<html>wait</html>")
            case _:
                return told

    def _received(self, name: str, request: httpx.Request, fault: str | None) -> Iterator[bytes]:
        assert isinstance(request.stream, httpx.SyncByteStream)
        half, seen = int(request.headers.get("content-length", 0)) // 2, 0
        for block in request.stream:
            seen += len(block)
            with self._lock:
                self.part_bytes += len(block) if name == "part" else 0
                self.put_bytes += len(block) if name == "put" else 0
            yield block
            if fault in (RESET_INSIDE, DIED_INSIDE) and seen > half:
                break
        if fault in (RESET_INSIDE, DIED_INSIDE):
            raise httpx.WriteError("") if fault == RESET_INSIDE else Died

    def _handle(
        self, name: str, request: httpx.Request, body: bytes, fault: str | None
    ) -> httpx.Response:
        if name == "permit":
            return self._permit(int(request.url.params["file_count"]))
        if name == "video-id":
            slot = self.slots[request.url.params["fileKey"]]
            return answer({"videoId": 77 if slot.data is not None else -1})
        slot = self.slots[request.url.path.removeprefix("/@upload/")]
        if fault == EXPIRED:
            slot.over = True
        if fault == LOGIN:
            return answer(None, status=401, code=-100, success=False)
        if (
            fault == REFUSED_ONCE
            or slot.over
            or request.headers["x-cos-security-token"] != slot.token
        ):
            return answer(None, status=403, code=-1, success=False)
        return self._upload(name, request, slot, body, fault)

    def _upload(
        self, name: str, request: httpx.Request, slot: Slot, body: bytes, fault: str | None
    ) -> httpx.Response:
        upload_id = request.url.params.get("uploadId", "")
        if name not in ("put", "begin") and upload_id not in slot.uploads:
            return answer(None, status=404, code=-1, success=False, msg="no such upload")
        if name in ("put", "begin", "join") and slot.data is not None:
            return answer(None, code=-1, success=False, msg="file already exists")
        parts = slot.uploads.get(upload_id, {})
        match name:
            case "put":
                slot.data = body
                return self._stored()
            case "begin":
                upload_id = f"CANARY/{len(slot.uploads)}+é"
                slot.uploads[upload_id] = {}
                return answer(
                    raw=f"<R><UploadId>CANARY/{len(slot.uploads) - 1}+&#233;</UploadId></R>".encode()
                )
            case "part":
                number = int(request.url.params["partNumber"])
                parts[number] = body
                told = "wrong" if fault == WRONG_ETAG else _etag(body)
                return answer(raw=b"", headers={} if fault == NO_ETAG else {"etag": f'"{told}"'})
            case "list":
                return answer(raw=_listed(parts))
            case "abort":
                del slot.uploads[upload_id]
                return answer(raw=b"", status=204)
            case _:
                return self._join(slot, upload_id, parts, body)

    def _join(
        self, slot: Slot, upload_id: str, parts: dict[int, bytes], body: bytes
    ) -> httpx.Response:
        wanted = re.findall(rb'<PartNumber>(\d+)</PartNumber><ETag>"([^"]*)"</ETag>', body)
        numbers = [int(number) for number, _ in wanted]
        right = all(int(n) in parts and _etag(parts[int(n)]) == etag.decode() for n, etag in wanted)
        if not numbers or numbers != sorted(set(numbers)) or not right:
            return answer(None, status=400, code=-1, success=False, msg="wrong parts")
        slot.data = b"".join(parts[n] for n in numbers)
        del slot.uploads[upload_id]
        return self._stored()

    def _stored(self) -> httpx.Response:
        return answer(raw=b"", headers={"x-ros-video-id": "77"} if self._tell_video_id else {})

    def _permit(self, count: int) -> httpx.Response:
        ids = []
        token = f"CANARY-TOKEN-{len(self.slots)}"
        for _ in range(min(count, self._ids_at_once)):
            ids.append(f"spectrum/CANARY-ID-{len(self.slots)}")
            self.slots[ids[-1]] = Slot(token)
        one: dict[str, Any] = {
            "fileIds": ids,
            "token": token,
            "uploadAddr": f"127.0.0.1:{PORT}/@upload",
            "expireTime": int((NOW + self._life).timestamp() * 1000),
            "qos": 1,
        }
        return answer({"uploadTempPermits": [one]})


def _name(request: httpx.Request) -> str:
    path, query = request.url.path, request.url.params
    if path.endswith("/creator/permit"):
        return "permit"
    if path.endswith("/videoid"):
        return "video-id"
    if request.method == "PUT":
        return "part" if "partNumber" in query else "put"
    if request.method == "POST":
        return "begin" if "uploads" in query else "join"
    return {"GET": "list", "DELETE": "abort"}[request.method]


def _etag(body: bytes) -> str:
    return f"{len(body)}-{sum(body)}-{hash(body) & 0xFFFF}"


def _listed(parts: dict[int, bytes]) -> bytes:
    entries = "".join(
        f"<Part><PartNumber>{n}</PartNumber><ETag>&quot;{_etag(data)}&quot;</ETag>"
        f"<Size>{len(data)}</Size></Part>"
        for n, data in sorted(parts.items())
    )
    return f"<ListPartsResult>{entries}</ListPartsResult>".encode()


def ids_of(prepared: Any) -> list[str]:
    """The file ids that a prepared note would use, in order; the cover's last."""
    body = prepared.payload.call.json
    assert isinstance(body, dict)
    assert json.dumps(body)
    if body["image_info"]:
        return [image["file_id"] for image in body["image_info"]["images"]]
    video = body["video_info"]
    return [video["file_id"], video["cover"]["file_id"]]
