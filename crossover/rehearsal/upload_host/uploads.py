"""RedNote's upload host: a file in one piece, or in parts that can be taken up again later.

How it refuses is known for "file already exists" only; the other refusals are our choice, in the
same form: 403 for the token or the permit, 404 for an upload that is not there, 400 for a wrong list
of parts. Not checked, because not known: a least size of parts, how long an upload stays open.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from pathlib import Path

import anyio.to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from crossover.rehearsal.faults.active_faults import hit
from crossover.rehearsal.faults.payload_faults import BadEtag, NoVideoId, PermitExpired
from crossover.rehearsal.server.answers import Refused, denied, digits, failure, raw_body
from crossover.rehearsal.site.videos import Videos
from crossover.rehearsal.store.records import File, Part, Slot
from crossover.rehearsal.store.store import Store
from crossover.rehearsal.upload_host import xml
from crossover.rehearsal.upload_host.multipart_rows import Multiparts
from crossover.rehearsal.upload_host.parts import PartLost, forget, join, receive_part
from crossover.rehearsal.upload_host.receive import WrongLength, receive

PART_NUMBERS = range(1, 10_001)
SECRETS = ("cookie", "x-s", "x-s-common")


class Uploads:
    def __init__(
        self,
        store: Store,
        folder: Path,
        *,
        now: Callable[[], int],
        keep_media: bool,
        let_cookies_pass: bool = False,
    ) -> None:
        self._store = store
        self._multiparts = Multiparts(store)
        self._videos = Videos(store)
        self._folder = folder
        self._now = now
        self._keep_media = keep_media
        self._let_cookies_pass = let_cookies_pass

    async def put(self, request: Request) -> Response:
        """One file in one piece."""
        slot = self._free_slot(request)
        announced = _announced(request)
        try:
            file = await receive(
                request.stream(), announced, self._folder, keep_all=self._keep_media
            )
        except (WrongLength, ClientDisconnect):
            raise _incomplete() from None
        if not self._store.fill(slot.file_id, file):
            raise _exists()
        self._forget_useless()
        answer = self._stored(request, slot, file)
        answer.headers["ETag"] = f'"{file.sha256[:32]}"'
        return answer

    async def initiate(self, request: Request) -> Response:
        slot = self._free_slot(request)
        self._forget_useless()
        upload_id = secrets.token_hex(16)
        self._multiparts.begin(upload_id, slot.file_id, self._now())
        return _xml(xml.initiated(slot.file_id, upload_id))

    async def part(self, request: Request) -> Response:
        """Sent again, a part takes the place of the one before it."""
        upload_id = self._open_upload(request)
        number = digits(request.query_params["partNumber"])
        if number is None or number not in PART_NUMBERS:
            raise _wrong("partNumber must be 1 to 10000")
        announced = _announced(request)
        try:
            got = await receive_part(request.stream(), announced, self._folder, upload_id, number)
        except (WrongLength, ClientDisconnect):
            raise _incomplete() from None
        part = Part(number, got.etag, got.size, got.path.name)
        useless = self._multiparts.add(upload_id, part)
        if useless is not None:
            forget([useless], self._folder)
        if useless == part.name:
            raise _no_upload()  # completed or given up while the part was on its way
        etag = got.etag[::-1] if hit(request, BadEtag) else got.etag
        return Response(headers={"ETag": f'"{etag}"'})

    async def list_parts(self, request: Request) -> Response:
        upload_id = self._open_upload(request)
        parts = self._multiparts.parts(upload_id)
        return _xml(xml.listed(request.path_params["file_id"], upload_id, parts))

    async def complete(self, request: Request) -> Response:
        """The parts named become the file; parts received but not named are dropped (likely)."""
        upload_id = self._open_upload(request)
        slot = self._free_slot(request)
        try:
            wanted = xml.wanted(await raw_body(request, xml.LIMIT))
        except xml.BadXml as exc:
            raise _wrong(str(exc)) from None
        held = {part.number: part for part in self._multiparts.parts(upload_id)}
        numbers = [number for number, _ in wanted]
        if not wanted or numbers != sorted(set(numbers)):
            raise _wrong("the part numbers are not ascending")
        for number, etag in wanted:
            if number not in held:
                raise _wrong(f"part {number} was never received")
            if held[number].etag != etag:
                raise _wrong(f"the ETag of part {number} is not its own")
        parts = [held[number] for number in numbers]
        try:
            file = await anyio.to_thread.run_sync(
                lambda: join(parts, self._folder, keep_all=self._keep_media)
            )
        except PartLost:
            raise _wrong("a part is lost") from None
        if not self._store.fill(slot.file_id, file):
            raise _exists()
        self._forget_useless()
        return self._stored(request, slot, file)

    async def abort(self, request: Request) -> Response:
        upload_id = self._open_upload(request)
        forget(self._multiparts.drop(upload_id), self._folder)
        return Response(status_code=204)

    def _forget_useless(self) -> None:
        forget(self._multiparts.drop_useless(self._now()), self._folder)

    def _free_slot(self, request: Request) -> Slot:
        slot = self._slot(request)
        if slot.file is not None:
            raise _exists()
        return slot

    def _open_upload(self, request: Request) -> str:
        slot = self._slot(request)
        upload_id = request.query_params["uploadId"]
        if not self._multiparts.known(upload_id, slot.file_id):
            raise _no_upload()
        return upload_id

    def _slot(self, request: Request) -> Slot:
        """The account's cookies and signature have no business here: whoever sends them to the
        upload host leaks them. That is remembered, also where it is let pass."""
        if any(name in request.headers for name in SECRETS):
            self._store.count("leaks")
            if not self._let_cookies_pass:
                raise denied("no cookie and no signature may be sent to the upload host")
        slot = self._store.slot(request.path_params["file_id"])
        token = request.headers.get("x-cos-security-token", "")
        if slot is None or not hmac.compare_digest(slot.token.encode(), token.encode()):
            raise denied("the token does not belong to this file")
        if self._now() >= slot.expires or hit(request, PermitExpired):
            raise denied("the permit has expired")
        return slot

    def _stored(self, request: Request, slot: Slot, file: File) -> Response:
        shown = f"media/{file.name}" if file.name else slot.file_id
        answer = Response()
        answer.headers["X-Ros-Preview-Url"] = f"http://{request.headers['host']}/{shown}"
        video_id = self._videos.of(slot.file_id)
        if video_id is not None and not hit(request, NoVideoId):
            answer.headers["X-Ros-Video-Id"] = str(video_id)
        return answer


def _announced(request: Request) -> int:
    announced = digits(request.headers.get("content-length", ""))
    if announced is None:
        raise Refused(failure("Content-Length is missing", status=411), "no length")
    if announced == 0:
        raise _wrong("the body is empty")
    return announced


def _xml(text: str) -> Response:
    return Response(text, media_type="application/xml")


def _exists() -> Refused:
    # The status of this answer is not known; 200 here.
    return Refused(failure("file already exists"), "file already exists")


def _incomplete() -> Refused:
    return _wrong("the file is incomplete")


def _no_upload() -> Refused:
    return Refused(failure("no such upload", status=404), "no such upload")


def _wrong(why: str) -> Refused:
    return Refused(failure(why, status=400), why)
