"""The calls of RedNote's upload host: a file in one piece, or in parts that can be resumed.

How it refuses is known for "file already exists" only; the other refusals are our choice, in the
same form: 403 for the token or the permit, 404 for an upload that is not there, 400 for a wrong
list of parts. Not checked, because not known: a least size of parts, how long an upload stays open.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from pathlib import Path

import anyio.to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from crossover.rehearsal.faults.active_faults import find_fault
from crossover.rehearsal.faults.payload_faults import BadEtag, NoVideoId, PermitExpired
from crossover.rehearsal.server.answers import (
    RefusedCall,
    failure,
    forbidden,
    parse_digits,
    read_body,
)
from crossover.rehearsal.site.videos import Videos
from crossover.rehearsal.store.records import File, Part, Slot
from crossover.rehearsal.store.store import Store
from crossover.rehearsal.upload_host import xml
from crossover.rehearsal.upload_host.multipart_rows import Multiparts
from crossover.rehearsal.upload_host.parts import PartLost, join_parts, receive_part, remove_parts
from crossover.rehearsal.upload_host.receive import WrongLength, receive_file

PART_NUMBERS = range(1, 10_001)
SECRETS = ("cookie", "x-s", "x-s-common")


class Uploads:
    """The handlers of these calls. They raise `RefusedCall`."""

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
        """Receive one file in one piece."""
        slot = self._free_slot(request)
        announced = _read_content_length(request)
        try:
            file = await receive_file(
                request.stream(), announced, self._folder, keep_all=self._keep_media
            )
        except (WrongLength, ClientDisconnect):
            raise _incomplete_error() from None
        if not self._store.fill(slot.file_id, file):
            raise _exists_error()
        self._remove_unused()
        answer = self._stored_answer(request, slot, file)
        answer.headers["ETag"] = f'"{file.sha256[:32]}"'
        return answer

    async def initiate(self, request: Request) -> Response:
        slot = self._free_slot(request)
        self._remove_unused()
        upload_id = secrets.token_hex(16)
        self._multiparts.begin(upload_id, slot.file_id, self._now())
        return _xml_answer(xml.format_initiated(slot.file_id, upload_id))

    async def part(self, request: Request) -> Response:
        """Receive a part; sent again, it replaces the one before it."""
        upload_id = self._open_upload(request)
        number = parse_digits(request.query_params["partNumber"])
        if number is None or number not in PART_NUMBERS:
            raise _bad_request("partNumber must be 1 to 10000")
        announced = _read_content_length(request)
        try:
            got = await receive_part(request.stream(), announced, self._folder, upload_id, number)
        except (WrongLength, ClientDisconnect):
            raise _incomplete_error() from None
        part = Part(number, got.etag, got.size, got.path.name)
        useless = self._multiparts.add(upload_id, part)
        if useless is not None:
            remove_parts([useless], self._folder)
        if useless == part.name:
            raise _no_upload_error()  # completed or given up while the part was on its way
        etag = got.etag[::-1] if find_fault(request, BadEtag) else got.etag
        return Response(headers={"ETag": f'"{etag}"'})

    async def list_parts(self, request: Request) -> Response:
        upload_id = self._open_upload(request)
        parts = self._multiparts.parts(upload_id)
        return _xml_answer(xml.format_part_list(request.path_params["file_id"], upload_id, parts))

    async def complete(self, request: Request) -> Response:
        """Join the parts named into the file; parts received but not named are dropped (likely)."""
        upload_id = self._open_upload(request)
        slot = self._free_slot(request)
        try:
            wanted = xml.parse_completion(await read_body(request, xml.LIMIT))
        except xml.BadXml as exc:
            raise _bad_request(str(exc)) from None
        held = {part.number: part for part in self._multiparts.parts(upload_id)}
        numbers = [number for number, _ in wanted]
        if not wanted or numbers != sorted(set(numbers)):
            raise _bad_request("the part numbers are not ascending")
        for number, etag in wanted:
            if number not in held:
                raise _bad_request(f"part {number} was never received")
            if held[number].etag != etag:
                raise _bad_request(f"the ETag of part {number} is not its own")
        parts = [held[number] for number in numbers]
        try:
            file = await anyio.to_thread.run_sync(
                lambda: join_parts(parts, self._folder, keep_all=self._keep_media)
            )
        except PartLost:
            raise _bad_request("a part is lost") from None
        if not self._store.fill(slot.file_id, file):
            raise _exists_error()
        self._remove_unused()
        return self._stored_answer(request, slot, file)

    async def abort(self, request: Request) -> Response:
        upload_id = self._open_upload(request)
        remove_parts(self._multiparts.drop(upload_id), self._folder)
        return Response(status_code=204)

    def _remove_unused(self) -> None:
        remove_parts(self._multiparts.drop_unusable(self._now()), self._folder)

    def _free_slot(self, request: Request) -> Slot:
        slot = self._slot(request)
        if slot.file is not None:
            raise _exists_error()
        return slot

    def _open_upload(self, request: Request) -> str:
        slot = self._slot(request)
        upload_id = request.query_params["uploadId"]
        if not self._multiparts.known(upload_id, slot.file_id):
            raise _no_upload_error()
        return upload_id

    def _slot(self, request: Request) -> Slot:
        """Find the slot of a request, and check token and permit. The account's cookies and
        signature must not be sent to the upload host: that is a leak, which is counted, also where
        it is allowed."""
        if any(name in request.headers for name in SECRETS):
            self._store.count("leaks")
            if not self._let_cookies_pass:
                raise forbidden("no cookie and no signature may be sent to the upload host")
        slot = self._store.slot(request.path_params["file_id"])
        token = request.headers.get("x-cos-security-token", "")
        if slot is None or not hmac.compare_digest(slot.token.encode(), token.encode()):
            raise forbidden("the token does not belong to this file")
        if self._now() >= slot.expires or find_fault(request, PermitExpired):
            raise forbidden("the permit has expired")
        return slot

    def _stored_answer(self, request: Request, slot: Slot, file: File) -> Response:
        shown = f"media/{file.name}" if file.name else slot.file_id
        answer = Response()
        answer.headers["X-Ros-Preview-Url"] = f"http://{request.headers['host']}/{shown}"
        video_id = self._videos.of(slot.file_id)
        if video_id is not None and not find_fault(request, NoVideoId):
            answer.headers["X-Ros-Video-Id"] = str(video_id)
        return answer


def _read_content_length(request: Request) -> int:
    announced = parse_digits(request.headers.get("content-length", ""))
    if announced is None:
        raise RefusedCall(failure("Content-Length is missing", status=411), "no length")
    if announced == 0:
        raise _bad_request("the body is empty")
    return announced


def _xml_answer(text: str) -> Response:
    return Response(text, media_type="application/xml")


def _exists_error() -> RefusedCall:
    # The status of this answer is not known; 200 here.
    return RefusedCall(failure("file already exists"), "file already exists")


def _incomplete_error() -> RefusedCall:
    return _bad_request("the file is incomplete")


def _no_upload_error() -> RefusedCall:
    return RefusedCall(failure("no such upload", status=404), "no such upload")


def _bad_request(why: str) -> RefusedCall:
    return RefusedCall(failure(why, status=400), why)
