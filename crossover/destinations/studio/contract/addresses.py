"""What a page of the studio is, by its address alone."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

_RISK_PATHS = ("/web-login/captcha", "/website-login/error")
_RISK_KEYS = frozenset({"verifyType", "verifyBiz"})


class Address(StrEnum):
    """A kind of page."""

    PUBLISH = "publish"
    SUCCESS = "success"
    LOGIN = "login"
    RISK = "risk"  # RedNote wants to see a person, or says that something is wrong
    OTHER = "other"


def read_address(url: str) -> Address:
    """Tell what page stands at `url`. A success that went back to the publish page, with
    `published=true`, is one."""
    parts = urlsplit(url)
    query = parse_qs(parts.query, keep_blank_values=True)
    if any(path in parts.path for path in _RISK_PATHS) or _RISK_KEYS & query.keys():
        return Address.RISK
    if "/publish/success" in parts.path or query.get("published") == ["true"]:
        return Address.SUCCESS
    if "login" in parts.path:
        return Address.LOGIN
    return Address.PUBLISH if "/publish/publish" in parts.path else Address.OTHER
