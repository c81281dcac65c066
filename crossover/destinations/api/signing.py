"""The plug for request signatures. RedNote's own are made by its page; none is made here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Signer = Callable[[str, str, bytes, Mapping[str, str]], Mapping[str, str]]
"""`sign(method, path_with_query, body, cookies)` gives the headers that prove the request.

Called once for every signed request, with the very bytes that will be sent; the path is the one
on the real host. Every header that comes back is sent (`x-s`, `x-t`, `x-s-common`, …; firm).
"""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_VALUE = re.compile(r"[\x20-\x7e]*")
_NOT_THE_SIGNERS = frozenset(
    {"host", "cookie", "content-length", "content-type", "transfer-encoding", "connection"}
)


class NotSigned(Exception):
    """The signer gave nothing that can be sent. The request did not leave."""


def practice_signer(
    method: str,  # noqa: ARG001  a signer's signature
    path_with_query: str,  # noqa: ARG001
    body: bytes,  # noqa: ARG001
    cookies: Mapping[str, str],  # noqa: ARG001
) -> Mapping[str, str]:
    """Headers for the rehearsal, which wants them there and takes any value."""
    return {"x-s": "practice", "x-t": "0"}


def signed(
    sign: Signer, method: str, path_with_query: str, body: bytes, cookies: Mapping[str, str]
) -> dict[str, str]:
    """The signer's headers, checked. Raises `NotSigned` without quoting what the signer said:
    it was given the cookies."""
    try:
        headers = dict(sign(method, path_with_query, body, cookies))
    except Exception as exc:  # noqa: BLE001  somebody else's code, which may raise anything
        raise NotSigned(f"the signer stopped with {type(exc).__name__}") from None
    for name, value in headers.items():
        if not isinstance(name, str) or not isinstance(value, str):
            raise NotSigned("the signer gave a header that is not text")
        if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            raise NotSigned("the signer gave a header that cannot be sent")
        if name.lower() in _NOT_THE_SIGNERS:
            raise NotSigned(f"the signer gave a {name} header, which is not its business")
    return headers
