"""A pack: notes that the creator posts by hand in one sitting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crossover.model.account import SiteName
from crossover.model.notes import Note
from crossover.model.posts import Visibility


@dataclass(frozen=True, slots=True)
class PackNote:
    """One note of a pack, as it is handed over.

    `folder` is the name of its folder in the pack; `media` and `cover` are names of files in it, in
    the order of the note. `visibility` is the one to choose now: the first note on an account is
    for the creator alone, whatever is planned. `due` is when it goes out, in the creator's zone;
    `scheduled`: RedNote's own scheduler publishes it then, and it is set up in this sitting.
    """

    note: Note
    folder: str
    media: tuple[str, ...]
    cover: str | None
    visibility: Visibility
    due: datetime
    scheduled: bool = False
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Pack:
    """Notes for one sitting, in the order of posting. `id` is the name of its folder; `account` the
    name of the account that they go to; `made` is in the creator's zone."""

    id: str
    site: SiteName
    account: str
    made: datetime
    notes: tuple[PackNote, ...]
