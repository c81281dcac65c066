"""Tiny makers for the RedNote client's tests: notes, files, a memory, and a scripted network."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx

from crossover.destinations.api.destination import RedNote
from crossover.destinations.api.http.client import HttpClient
from crossover.destinations.api.session import Session
from crossover.destinations.api.signing import Signer
from crossover.destinations.sites import Hosts, rehearsal_hosts
from crossover.limits.limits import Limits, load_limits
from crossover.model.account import SiteName
from crossover.model.choices import Action
from crossover.model.notes import Cover, Note, NoteMedia
from crossover.model.posts import Declaration, Kind, MediaKind, Visibility
from crossover.runtime.clock import Clock

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)
READ = datetime(2026, 11, 22, 12, 0, 30, tzinfo=UTC)
COOKIE = "CANARY-COOKIE-5f1d"
SIGNATURE = "CANARY-SIGNATURE-77ab"
TOKEN = "CANARY-TOKEN-90cd"
FILE_ID = "spectrum/CANARY-FILE-ID-31"
NOTE_ID = "64a0b1c2d3e4f5a6b7c8d9e0"
PORT = 9
SESSION = Session({"a1": COOKIE, "web_session": COOKIE})


def sign(method: str, path: str, body: bytes, cookies: Mapping[str, str]) -> Mapping[str, str]:
    return {"x-s": SIGNATURE, "x-t": "1"}


def note(
    *,
    kind: Kind | None = Kind.PHOTOS,
    title: str = "A day at the sea",
    body: str = "Golden hour",
    topics: tuple[str, ...] = (),
    visibility: Visibility = Visibility.PUBLIC,
    declaration: Declaration = Declaration.NONE,
    media: tuple[NoteMedia, ...] = (),
    cover: Cover | None = None,
    schedule: datetime | None = None,
) -> Note:
    return Note(
        id="2025-02-06T15:50:46Z",
        number="17",
        post="2025-02-06T15:50:46Z",
        part=(1, 1),
        posted_at=datetime(2025, 2, 6, 15, 50, 46, tzinfo=UTC),
        action=Action.MOVE,
        reason="",
        kind=kind,
        title=title,
        title_units=0,
        body=body,
        topics=topics,
        description=" ".join([*([body] if body else []), *(f"#{name}" for name in topics)]),
        description_chars=0,
        visibility=visibility,
        declaration=declaration,
        media=media,
        cover=cover,
        schedule=schedule,
        changes=(),
        problems=(),
    )


def picture(
    root: Path, name: str = "ready/1.jpg", data: bytes = b"\xff\xd8\xff picture"
) -> NoteMedia:
    put_file(root, name, data)
    return NoteMedia(name, MediaKind.IMAGE, sha256(data), len(data), 1080, 1440)


def clip(root: Path, name: str = "ready/1.mp4", data: bytes = b"\0\0\0 ftypisom") -> NoteMedia:
    put_file(root, name, data)
    return NoteMedia(name, MediaKind.VIDEO, sha256(data), len(data), 1080, 1920, duration=2.5)


def cover(root: Path, name: str = "ready/c.jpg", data: bytes = b"\xff\xd8\xff cover") -> Cover:
    put_file(root, name, data)
    return Cover(name, sha256(data), len(data), 1080, 1440)


def put_file(root: Path, name: str, data: bytes) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != data:  # the same file stays the same file
        path.write_bytes(data)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Bytes:
    """A `Progress` that adds up."""

    def __init__(self) -> None:
        self.steps: list[int] = []

    def __call__(self, count: int) -> None:
        self.steps.append(count)

    @property
    def total(self) -> int:
        return sum(self.steps)


def answer(
    data: Any = None,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    raw: bytes | None = None,
    date: datetime | None = NOW,
    **envelope: Any,
) -> httpx.Response:
    """An answer that streams, as one from the network does."""
    if raw is None:
        whole = {"code": 0, "success": True, "msg": "", "data": data} | envelope
        raw = json.dumps(whole).encode()
    all_headers = dict(headers or {})
    if date is not None:
        all_headers["date"] = format_datetime(date, usegmt=True)
    return httpx.Response(status, headers=all_headers, stream=httpx.ByteStream(raw))


def permit(*, file_id: str = FILE_ID, expires: datetime = LATER, **changes: Any) -> httpx.Response:
    one = {
        "fileIds": [file_id],
        "token": TOKEN,
        "uploadAddr": f"127.0.0.1:{PORT}/@upload",
        "expireTime": int(expires.timestamp() * 1000),
        "qos": 1,
    }
    return answer({"uploadTempPermits": [one | changes]})


def listed(
    note_id: str = NOTE_ID,
    *,
    title: str = "A day at the sea",
    kind: str = "normal",
    time: datetime | None = NOW,
    permission: int | None = 0,
) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": note_id, "display_title": title, "type": kind}
    if time is not None:
        entry["time"] = int(time.timestamp() * 1000)
    if permission is not None:
        entry["permission_code"] = permission
    return entry


def page(
    *entries: dict[str, Any], following: int = -1, date: datetime | None = READ
) -> httpx.Response:
    return answer({"notes": list(entries), "page": following, "tags": []}, date=date)


Reply = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


class Network(httpx.BaseTransport):
    """Answers by script: for each call's path end, its replies in order, the last one for ever."""

    def __init__(self, **replies: Reply | Sequence[Reply]) -> None:
        self.replies = {k: list(v) if isinstance(v, Sequence) else [v] for k, v in replies.items()}
        self.requests: list[httpx.Request] = []
        self.bodies: list[bytes] = []
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        with self._lock:
            return self._reply(request)

    def _reply(self, request: httpx.Request) -> httpx.Response:
        name = next(name for end, name in PATHS if request.url.path.endswith(end) or end == "*")
        body = (
            request.read()
            if not isinstance(request.stream, httpx.ByteStream)
            else b"".join(request.stream)
        )
        self.requests.append(request)
        self.bodies.append(body)
        replies = self.replies[name]
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        if isinstance(reply, Exception):
            raise reply
        if callable(reply):
            return reply(request)
        # Handed out again and again: a response is spent by reading it.
        content = b"".join(reply.stream) if isinstance(reply.stream, httpx.ByteStream) else b""
        return httpx.Response(
            reply.status_code, headers=reply.headers, stream=httpx.ByteStream(content)
        )

    def asked(self, name: str) -> list[httpx.Request]:
        ends = [end for end, known in PATHS if known == name]
        others = [end for end, known in PATHS if known != "put" and end != "*"]
        return [
            request
            for request in self.requests
            if any(request.url.path.endswith(end) for end in ends if end != "*")
            or (name == "put" and not any(request.url.path.endswith(end) for end in others))
        ]


PATHS = (
    ("/personal_info", "probe"),
    ("/user/info", "user"),
    ("/search/topic", "topics"),
    ("/creator/permit", "permit"),
    ("/sns/v2/note", "create"),
    ("/user/posted", "list"),
    ("/postgw/videoid", "video_id"),
    ("/query_transcode", "frame"),
    ("*", "put"),
)


class FakeClock(Clock):
    """Monotonic seconds that pass only while something sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


def rednote(
    network: httpx.BaseTransport | None,
    files: Path = Path(),
    *,
    site: SiteName = SiteName.REHEARSAL,
    hosts: Hosts | None = None,
    limits: Limits | None = None,
    signer: Signer = sign,
    session: Session = SESSION,
    spacing: float = 0,
    clock: FakeClock | None = None,
    part_bytes: int | None = None,
    limit_rate: int | None = None,
) -> RedNote:
    client = HttpClient(
        hosts or rehearsal_hosts(PORT),
        session,
        signer,
        spacing=spacing,
        clock=clock or FakeClock(),
        transport=network,
    )
    return RedNote(
        client,
        site=site,
        files=files,
        limits=limits or load_limits(site),
        part_bytes=part_bytes,
        limit_rate=limit_rate,
    )
