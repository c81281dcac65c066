"""The one command to go on with."""

from __future__ import annotations

from pathlib import Path

from crossover.guide.flags import again_flags
from crossover.mapping.missing import NO_WORDS
from crossover.model.notes import State
from crossover.transfer.report.status import Status


def next_command(
    where: Status,
    workspace: Path | None,
    rehearsal: Path | None,
    *,
    listed: bool,
    kept_back: int = 0,
) -> str:
    """The one command to go on with, in the same place. `listed`: words were looked for on the
    public page already. `kept_back` notes cannot be sent as they are planned."""
    if kept_back:
        return "crossover plan" + again_flags(workspace, rehearsal)
    if where.ready or where.uploading or where.started:
        return "crossover upload" + again_flags(workspace, rehearsal)
    # Looking once more on its own settles nothing that the creator has not looked at.
    unclear = [str(number) for number in where.posts_in(State.UNKNOWN)[:1]]
    if not unclear and not listed and _wait_for_words(where):
        return "crossover captions" + again_flags(workspace)
    return " ".join(["crossover preview", *unclear]) + again_flags(workspace)


def _wait_for_words(where: Status) -> bool:
    return any(note.state is State.HOLD and NO_WORDS in (note.reason or "") for note in where.notes)
