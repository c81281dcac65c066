"""The body of an answer, bounded and unpacked."""

from __future__ import annotations

import zlib

import httpx

from crossover.destinations.answers.answer import ANSWER_LIMIT, TOO_LARGE


class Flawed(Exception):
    """The body of an answer is not whole."""


def bounded(response: httpx.Response) -> bytes:
    """The body, counted while it arrives and while it is unpacked. Raises `Flawed`."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "", "gzip"):
        raise Flawed("the answer is packed in a way that was not asked for")
    unpack = zlib.decompressobj(wbits=31) if packing == "gzip" else None
    body = bytearray()
    try:
        for block in response.iter_raw():
            body += unpack.decompress(block, ANSWER_LIMIT + 1 - len(body)) if unpack else block
            if len(body) > ANSWER_LIMIT:
                raise Flawed(TOO_LARGE)
    except (httpx.TransportError, zlib.error):
        raise Flawed("the answer was cut") from None
    if unpack and body and not unpack.eof:
        raise Flawed("the answer was cut")
    return bytes(body)
