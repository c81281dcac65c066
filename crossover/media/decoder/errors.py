"""How reading a file of a stranger, or writing what became of it, ends early."""

from __future__ import annotations


class CannotFitError(Exception):
    """This file cannot be made fit; the text is shown to the creator."""


class NotWrittenError(Exception):
    """The result could not be written."""

    def __init__(self, errno: int) -> None:
        super().__init__(errno)
        self.errno = errno
