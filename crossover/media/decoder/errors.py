"""How reading a file of a stranger, or writing what became of it, ends early."""

from __future__ import annotations

import errno

ENOUGH_BYTES = 256 * 1024**2
"""With so much memory free a decoder that fails does so for another reason."""


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


def raise_if_memory_is_short(exc: Exception) -> None:
    """Raise `MemoryError` where that is why a decoder failed: nothing is wrong with the file then.
    EAGAIN: no thread could be started."""
    if isinstance(exc, MemoryError) or getattr(exc, "errno", 0) in (errno.ENOMEM, errno.EAGAIN):
        raise MemoryError from exc


def raise_if_little_memory_is_left() -> None:
    """Raise `MemoryError` where little is left. Some decoders call a file damaged then."""
    bytearray(ENOUGH_BYTES)
