"""The three XML forms of an upload in parts. None of them carries an xmlns: clients of RedNote look
for bare names."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from crossover.rehearsal.store.records import Part

LIMIT = 4 * 1024 * 1024  # 10 000 parts take a little more than 1 MiB
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


class BadXml(Exception):
    """The list of parts cannot be read; the text says why."""


def initiated(file_id: str, upload_id: str) -> str:
    return (
        f"{_DECLARATION}<InitiateMultipartUploadResult><Bucket>rehearsal</Bucket>"
        f"<Key>{escape(file_id)}</Key><UploadId>{upload_id}</UploadId>"
        "</InitiateMultipartUploadResult>"
    )


def listed(file_id: str, upload_id: str, parts: Iterable[Part]) -> str:
    """The parts held, by number. All of them in one answer: whether RedNote pages is not known."""
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


def wanted(body: bytes) -> list[tuple[int, str]]:
    """The numbers and ETags of a complete call in the order given, quotes taken off."""
    if b"<!" in body:  # no document type, no entities of its own
        raise BadXml("the body is not a plain list of parts")
    try:
        root = ElementTree.fromstring(body)  # noqa: S314  no entities, see above; bounded
    except (ElementTree.ParseError, ValueError, LookupError):
        raise BadXml("the body is not XML") from None
    if _bare(root.tag) != "CompleteMultipartUpload":
        raise BadXml("the body is not a CompleteMultipartUpload")
    return [_entry(element) for element in root]


def _entry(element: ElementTree.Element) -> tuple[int, str]:
    values = {_bare(child.tag): (child.text or "").strip() for child in element}
    number, etag = values.get("PartNumber", ""), values.get("ETag", "").strip('"')
    if _bare(element.tag) != "Part" or not (number.isascii() and number.isdigit()) or not etag:
        raise BadXml("an entry is not a Part with PartNumber and ETag")
    if len(number) > 5:
        raise BadXml("a part number is out of range")
    return int(number), etag


def _bare(tag: str) -> str:
    """A client may name the namespace of S3; the names are the same."""
    return tag.rpartition("}")[2]
