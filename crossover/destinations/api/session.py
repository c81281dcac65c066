"""The account's cookies, kept where no repr, log or error can show them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from crossover.errors import UsageProblem

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*")


class Session:
    """Cookies of one signed-in account. Its repr shows nothing, and it cannot be pickled.

    Wanted by RedNote (firm): `a1`, `webId`, `web_session` and `galaxy_creator_session_id`.
    """

    __slots__ = ("_cookies",)

    def __init__(self, cookies: Mapping[str, str]) -> None:
        """Raises `UsageProblem`, naming no value, for what cannot be a cookie: a library that
        found it later would quote it in its error."""
        for name, value in cookies.items():
            if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
                raise UsageProblem(
                    "A cookie of the session has a name or value that no cookie can have.",
                    next="Copy the cookies from the browser again, each as NAME=VALUE.",
                )
        self._cookies = MappingProxyType(dict(cookies))

    @property
    def cookies(self) -> Mapping[str, str]:
        """For the signer alone."""
        return self._cookies

    def header(self) -> str:
        """The value of the `Cookie` header."""
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def __repr__(self) -> str:
        return "Session(…)"

    def __reduce__(self) -> str:
        raise TypeError("a session is never written down")


PRACTICE = Session(
    {
        "a1": "practice",
        "webId": "practice",
        "web_session": "practice",
        "galaxy_creator_session_id": "practice",
    }
)
"""The session of the practice account; no secret."""
