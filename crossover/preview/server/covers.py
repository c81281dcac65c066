"""Pictures that the creator gives to be covers: kept in the workspace under their content, so that the
same picture stands there once."""

from __future__ import annotations

import hashlib

from crossover.errors import Busy, CrossoverError
from crossover.media.containers.probe import looks_like
from crossover.preview.server.answers import RefusedRequest, busy_answer, disk_answer
from crossover.preview.server.session import COMMAND
from crossover.storage.atomic import write_atomic
from crossover.workspace import Workspace

MOST_BYTES = 32 * 1024**2
_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "HEIF": ".heic", "AVIF": ".avif"}
_SUM_LETTERS = 16


def keep_cover(picture: bytes, workspace: Workspace) -> str:
    """Keep a picture, known by its bytes, and return its path in the workspace. Raises
    `RefusedRequest`."""
    suffix = _SUFFIXES.get(looks_like(picture[:512]))
    if suffix is None:
        kinds = "a JPEG, PNG, WebP, HEIC or AVIF picture"
        raise RefusedRequest(422, "invalid", f"That is not {kinds}.", field="cover")
    name = hashlib.sha256(picture).hexdigest()[:_SUM_LETTERS] + suffix
    path = workspace.covers / name
    try:
        if not path.exists():
            with workspace.hold_briefly(COMMAND):
                write_atomic(path, picture)
    except Busy as exc:
        raise busy_answer(exc) from exc
    except (CrossoverError, OSError) as exc:
        raise disk_answer(
            exc if isinstance(exc, CrossoverError) else CrossoverError(str(exc))
        ) from exc
    return f"{workspace.covers.name}/{name}"
