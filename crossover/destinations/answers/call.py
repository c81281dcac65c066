"""A request to one of the site's hosts, and what its answer has to hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from crossover.destinations.answers.answer import Answer
from crossover.destinations.sites import Role


@dataclass(frozen=True, slots=True)
class Call:
    """One request to one of the site's hosts. `needs` tells whether an answer holds what the call
    is for; `json` is sent compact, in UTF-8, as the very bytes that are signed.

    `reads` tells the same where an answer need not be JSON (the upload host's are headers or XML).
    """

    name: str
    role: Role
    method: str
    path: str
    needs: Callable[[Mapping[str, Any]], bool]
    query: Mapping[str, str | int] = field(default_factory=dict)
    json: Any = None
    signed: bool = True
    reads: Callable[[Answer], bool] | None = None

    @property
    def path_with_query(self) -> str:
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path

    @property
    def body(self) -> bytes:
        return b"" if self.json is None else compact(self.json)


def compact(value: Any) -> bytes:
    """JSON as RedNote's page writes it: no blanks, no ASCII escapes (firm)."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
