"""The three XML forms of an upload in parts. None of them has an xmlns: clients of RedNote look for
bare names."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from crossover.rehearsal.store.records import Part

LIMIT = 4 * 1024 * 1024  # 10 000 parts take a little more than 1 MiB
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


class BadXml(Exception):
    """The list of parts cannot be read; the message says why."""


def format_initiated(file_id: str, upload_id: str) -> str:
    return (
        f"{_DECLARATION}<InitiateMultipartUploadResult><Bucket>rehearsal</Bucket>"
        f"<Key>{escape(file_id)}</Key><UploadId>{upload_id}</UploadId>"
        "</InitiateMultipartUploadResult>"
    )


def format_part_list(file_id: str, upload_id: str, parts: Iterable[Part]) -> str:
    """Format the parts received, by number, all in one answer: whether RedNote pages is not
    known."""
    entries = "".join(
        f'<Part><PartNumber>{part.number}</PartNumber><ETag>"{part.etag}"</ETag>'
        f"<Size>{part.size}</Size></Part>"
        for part in parts
    )
    return (
        f"{_DECLARATION}<ListPartsResult><Bucket>rehearsal</Bucket><Key>{escape(file_id)}</Key>"
        f"<UploadId>{upload_id}</UploadId><IsTruncated>false</IsTruncated>{entries}"
        "</ListPartsResult>"
    )


def parse_completion(body: bytes) -> list[tuple[int, str]]:
    """Parse the numbers and ETags of a complete call, in the order given, without quotes. Raises
    `BadXml`."""
    if b"<!" in body:  # no document type, no entities of its own
        raise BadXml("the body is not a plain list of parts")
    try:
        root = ElementTree.fromstring(body)  # noqa: S314  no entities, see above; bounded
    except (ElementTree.ParseError, ValueError, LookupError):
        raise BadXml("the body is not XML") from None
    if _strip_namespace(root.tag) != "CompleteMultipartUpload":
        raise BadXml("the body is not a CompleteMultipartUpload")
    return [_parse_part(element) for element in root]


def _parse_part(element: ElementTree.Element) -> tuple[int, str]:
    values = {_strip_namespace(child.tag): (child.text or "").strip() for child in element}
    number, etag = values.get("PartNumber", ""), values.get("ETag", "").strip('"')
    if (
        _strip_namespace(element.tag) != "Part"
        or not (number.isascii() and number.isdigit())
        or not etag
    ):
        raise BadXml("an entry is not a Part with PartNumber and ETag")
    if len(number) > 5:
        raise BadXml("a part number is out of range")
    return int(number), etag


def _strip_namespace(tag: str) -> str:
    """Strip a namespace from a tag: a client may name S3's."""
    return tag.rpartition("}")[2]
