"""How reading a file of a stranger, or writing what became of it, ends early."""

from __future__ import annotations


class CannotFitError(Exception):
    """This file cannot be made fit; the text is shown to the creator, as is `advice`, what they can
    do about it (empty: what can always be done)."""

    def __init__(self, reason: str, *, advice: str = "") -> None:
        super().__init__(reason)
        self.advice = advice


class NotWrittenError(Exception):
    """The result could not be written."""

    def __init__(self, errno: int) -> None:
        super().__init__(errno)
        self.errno = errno
