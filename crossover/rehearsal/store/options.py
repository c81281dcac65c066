"""What a note claims of itself, read from the payload that it came with."""

from __future__ import annotations

import json

DECLARATIONS = ("none", "fiction", "ai", "ad", "self-shot", "repost", "in-text")
"""By RedNote's number. 3 is likely; 6 (the text says where it comes from) is our choice, since the
page offers it and its number is not known."""


def read_declaration(payload: bytes) -> str:
    """Read what the note declares about its content, as a word of `DECLARATIONS`."""
    bind = _read_binds(payload).get("userDeclarationBind")
    origin = bind.get("origin") if isinstance(bind, dict) else 0
    return DECLARATIONS[origin] if isinstance(origin, int) else "none"


def read_original(payload: bytes) -> bool:
    """Read whether the note is claimed as original work. How the page sends it is not known; the
    key is our choice."""
    bind = _read_binds(payload).get("originalBind")
    return isinstance(bind, dict) and bind.get("original") is True


def _read_binds(payload: bytes) -> dict[str, object]:
    common = json.loads(payload).get("common", {})
    binds = json.loads(common.get("business_binds", "{}"))
    return binds if isinstance(binds, dict) else {}
