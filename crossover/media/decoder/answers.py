"""What the child process that decodes answered, as the value that it tells of or the reason for none."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from crossover.media.fit.fitted import Unfit
from crossover.storage.documents import from_builtins
from crossover.storage.os_errors import explain_os_error
from crossover.text import one_line

_LONGEST_REASON = 300
_V = TypeVar("_V")


def read_answer(answer: dict[str, Any], target: Path | None) -> dict[str, Any] | Unfit:
    """The answer, or why there is none. `target` is the file that the child was to write: raises
    the error of the disk where that kept it from doing so."""
    if target is not None and "errno" in answer:
        number = int(answer["errno"])
        if number == errno.EFBIG:
            return Unfit("what comes of it is too large a file")
        raise explain_os_error(OSError(number, os.strerror(number)), target)
    if "error" in answer:
        reason = one_line(answer["error"])[:_LONGEST_REASON]
        advice = one_line(answer.get("advice", ""))[:_LONGEST_REASON]
        return Unfit(reason, lasting=answer.get("lasting") is True, advice=advice)
    return answer


def typed(
    answer: dict[str, Any] | Unfit,
    kind: type[_V],
    paths: Mapping[str, str] = MappingProxyType({}),
    **more: object,
) -> _V | Unfit:
    """The answer as what it tells of. `paths` are those of its parts that are files, which the
    child knows by other paths; `more` is what it does not know."""
    if isinstance(answer, Unfit):
        return answer
    for part, path in paths.items():
        if isinstance(answer.get(part), dict):
            answer[part]["path"] = path
    try:
        return from_builtins(answer | more, kind)
    except ValueError:
        return Unfit("reading it gave no usable answer")
