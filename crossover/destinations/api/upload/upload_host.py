"""The upload host's requests, each sent once: a file in one piece, or in parts.

The host speaks the S3 family's multipart protocol with a permit's token in place of a signature
(initiate, part, complete: firm; list: seen once; abort: not seen, only ever a courtesy).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from crossover.destinations.answers.answer import Answer
from crossover.destinations.answers.call import Call
from crossover.destinations.answers.outcomes import AnswerKind, classify, problem_of
from crossover.destinations.api.http.calls import Unreachable
from crossover.destinations.api.http.client import HttpClient, NeverLeft, NoAnswer
from crossover.destinations.api.upload.permits import Permit
from crossover.destinations.api.upload.planned_file import Body
from crossover.destinations.own_notes.pages import Unusable
from crossover.destinations.sites import AddressRefused, Role
from crossover.model.uploads import SentPart
from crossover.runtime.retry import Again
from crossover.text import sentence

_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_UPLOAD_ID = re.compile(rb"<UploadId>\s*([\x21-\x3b\x3d-\x7e]{1,1024}?)\s*</UploadId>")
_ETAG = re.compile(r'"?([A-Za-z0-9._=+/-]{1,200})"?')
_PART = re.compile(rb"<Part>(.*?)</Part>", re.DOTALL)
_FIELD = re.compile(rb"<(PartNumber|ETag|Size)>\s*([^<]*?)\s*</")


@dataclass(frozen=True, slots=True)
class ListedPart:
    """A part as the host lists it."""

    etag: str
    bytes: int


class UploadHost:
    """Sends to the address that a permit names, with its token. Thread-safe.

    Every method raises `Again` where another try may help (`PermitGone`: with another permit),
    `Unusable` for an address that is not the site's, `AccountAtRisk`, `LoginNeeded`.
    """

    def __init__(self, client: HttpClient) -> None:
        self._client = client
        self._hosts = client.hosts

    def trusts(self, permit: Permit) -> bool:
        """Whether the address is one of the site's. A remembered one may be another site's by
        now."""
        try:
            self._hosts.upload_url(permit.address, permit.file_id)
        except AddressRefused:
            return False
        return True

    def put(self, permit: Permit, body: Body, content_type: str) -> str | None:
        """Send a whole file, and return its video id, where the host tells one."""
        answer = self._send(_PUT, permit, "", body=body, content_type=content_type)
        return _video_id(answer)

    def initiate(self, permit: Permit, content_type: str) -> str:
        """Begin an upload in parts, and return its id."""
        answer = self._send(_INITIATE, permit, "?uploads", content_type=content_type)
        return _upload_id(answer) or ""

    def part(
        self, permit: Permit, upload_id: str, number: int, body: Body, content_type: str
    ) -> SentPart:
        """Send one part, in place of a former one with its number."""
        query = f"?partNumber={number}&uploadId={quote(upload_id, safe='')}"
        answer = self._send(_SEND_PART, permit, query, body=body, content_type=content_type)
        etag = _ETAG.fullmatch(answer.headers.get("etag", "").strip())
        if etag is None:
            raise Again("the upload host did not say under which tag it has a part")
        return SentPart(number, etag[1])

    def listed(self, permit: Permit, upload_id: str) -> Mapping[int, ListedPart]:
        """The parts that the host has, as far as its answer tells."""
        query = f"?uploadId={quote(upload_id, safe='')}"
        return parts_in(self._send(_LIST, permit, query).body)

    def complete(self, permit: Permit, upload_id: str, parts: Sequence[SentPart]) -> str | None:
        """Have the parts joined, and return the video id, where the host tells one."""
        query = f"?uploadId={quote(upload_id, safe='')}"
        document = completion(parts)
        answer = self._send(
            _COMPLETE, permit, query, document=document, content_type="application/xml"
        )
        return _video_id(answer)

    def abort(self, permit: Permit, upload_id: str) -> None:
        """Have the parts thrown away."""
        self._send(_ABORT, permit, f"?uploadId={quote(upload_id, safe='')}")

    def _send(
        self,
        call: Call,
        permit: Permit,
        query: str,
        *,
        body: Body | None = None,
        document: bytes = b"",
        content_type: str | None = None,
    ) -> Answer:
        site = self._hosts.label
        try:
            url = self._hosts.upload_url(permit.address, permit.file_id) + query
        except AddressRefused as exc:
            raise Unusable(
                sentence(f"{site} named a place to upload to that is not trusted: {exc}."),
                next="Nothing was sent there. Run the same command later.",
            ) from exc
        try:
            answer = self._client.upload(
                call.method,
                url,
                permit.token,
                content=document if body is None else body,
                size=len(document) if body is None else body.length,
                content_type=content_type,
            )
        except NeverLeft as exc:
            raise Unreachable(f"{site}'s upload host cannot be reached: {exc}") from exc
        except NoAnswer as exc:
            raise Again(f"an upload broke off: {exc}") from exc
        kind = classify(answer, call)
        if kind is not AnswerKind.SUCCESS:
            raise problem_of(kind, answer, call, site)
        if body is not None and not body.whole:
            raise Again("the upload host was content before it had all bytes", retries=1)
        return answer


def completion(parts: Sequence[SentPart]) -> bytes:
    """The document that asks for these parts to be joined, in the order of their numbers."""
    listed = "".join(
        f'<Part><PartNumber>{part.number}</PartNumber><ETag>"{part.etag}"</ETag></Part>'
        for part in sorted(parts, key=lambda part: part.number)
    )
    return f"<CompleteMultipartUpload>{listed}</CompleteMultipartUpload>".encode()


def parts_in(document: bytes) -> dict[int, ListedPart]:
    """Read a list of parts, by number; entries that cannot be read are left out. Searched and not
    parsed: no answer can make an XML reader do anything."""
    found = {}
    for entry in _PART.findall(document):
        fields = {
            name.decode(): html.unescape(value.decode("utf-8", "replace"))
            for name, value in _FIELD.findall(entry)
        }
        number, size = fields.get("PartNumber", ""), fields.get("Size", "")
        etag = _ETAG.fullmatch(fields.get("ETag", ""))
        if etag and _is_number(number) and _is_number(size):
            found[int(number)] = ListedPart(etag[1], int(size))
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 15


def _video_id(answer: Answer) -> str | None:
    video_id = answer.headers.get("x-ros-video-id", "")
    return video_id if _VIDEO_ID.fullmatch(video_id) else None


def _upload_id(answer: Answer) -> str | None:
    found = _UPLOAD_ID.search(answer.body)
    return html.unescape(found[1].decode()) if found else None


def _is_done(answer: Answer) -> bool:
    return not answer.body or b"<CompleteMultipartUploadResult" in answer.body


def _call(name: str, method: str, reads: Callable[[Answer], bool]) -> Call:
    return Call(name, Role.UPLOAD, method, "", needs=lambda _: True, signed=False, reads=reads)


def _is_empty(answer: Answer) -> bool:
    return not answer.body


_PUT = _call("upload", "PUT", _is_empty)
_INITIATE = _call("begin upload", "POST", lambda answer: _upload_id(answer) is not None)
_SEND_PART = _call("upload part", "PUT", _is_empty)
_LIST = _call("list parts", "GET", lambda answer: b"<ListPartsResult" in answer.body)
_COMPLETE = _call("complete upload", "POST", _is_done)
_ABORT = _call("give up upload", "DELETE", _is_empty)
