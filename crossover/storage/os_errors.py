"""Explains operating system errors in the creator's words."""

from __future__ import annotations

import errno
from pathlib import Path

from crossover.errors import CrossoverError, RetryLater, UsageProblem

_NO_SUCH_PLACE = (
    errno.EEXIST,
    errno.EISDIR,
    errno.ELOOP,
    errno.ENAMETOOLONG,
    errno.ENOTDIR,
)


def explain_os_error(exc: OSError, path: Path, *, reading: bool = False) -> CrossoverError:
    """Explain an operating system error about `path`: a place that crossover writes to, or with
    `reading` what the creator gave it."""
    if exc.errno in (errno.ENOSPC, errno.EDQUOT):
        return RetryLater(
            f"The disk is full: {path} could not be written.",
            next="Free some space and run the same command again; nothing was lost.",
        )
    if exc.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return UsageProblem(
            f"{path} may not be opened: {exc.strerror}.",
            next="Check who owns it."
            if reading
            else "Check who owns it, or choose another folder with -w DIR.",
        )
    if exc.errno in (*_NO_SUCH_PLACE, errno.ENOENT) and reading:
        return UsageProblem(f"{path} cannot be read: {exc.strerror}.", next="Check the name.")
    if exc.errno in _NO_SUCH_PLACE:
        return UsageProblem(
            f"{path} cannot be a file or folder of crossover: {exc.strerror}.",
            next="Choose another folder with -w DIR.",
        )
    if exc.errno == errno.EFBIG:
        return UsageProblem(
            f"{path} is larger than files may be there: {exc.strerror}.",
            next="Choose a folder on another disk with -w DIR.",
        )
    if exc.errno == errno.EIO:
        return CrossoverError(
            f"The disk failed at {path}: {exc.strerror}.",
            next="Check the disk; then the same command goes on.",
        )
    return CrossoverError(f"{path}: {exc.strerror or exc}.")
