"""How many of the videos and pictures that were given are of use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crossover.library.gathering import Gathered
from crossover.library.originals.finding import Originals
from crossover.library.update import Added
from crossover.media.files.own_files import paths_of


@dataclass(frozen=True, slots=True)
class FileCounts:
    """Videos and pictures that were given, each counted once. `used` are posts' own now or were so
    before, `asked` wait for the creator to say whose they are."""

    used: int = 0
    asked: int = 0
    unused: int = 0

    @property
    def given(self) -> int:
        return self.used + self.asked + self.unused


NO_FILES_GIVEN = FileCounts()


def count_files(found: Gathered, added: Added, originals: Originals) -> FileCounts:
    """Count all files that are named like videos and pictures, those that are empty or of a format
    that is not moved too."""
    media = found.media
    given = {*media.nameless, *(path for odd in media.odd for path in odd.paths)}
    given |= {path for own in media.files for path in paths_of(own)}
    given |= {one.path for one in found.missing_content}
    given |= {one.path for one in found.unused if one.format}
    used = given & {path for placed in added.files.values() for path in placed.paths}
    used |= given & originals.in_use
    doubted = {path for one in originals.decided.doubts for path in one.paths}
    dated = {Path(one.path) for one in originals.dated}
    asked = {path for path in given if path in doubted or path.absolute() in dated} - used
    return FileCounts(len(used), len(asked), len(given) - len(used) - len(asked))
