"""What the links of a workspace's posts lead to: which posts a run may still give files."""

from __future__ import annotations

from datetime import UTC, datetime

from crossover.library.link_survey import FOLDER, Line, survey, unfinished
from crossover.library.posts_file import Library, read_library
from crossover.media.download.outcomes_file import read_outcomes
from crossover.workspace import Workspace


def fetchable_posts(place: Workspace) -> int:
    """How many posts lack files that can still be fetched. What ended for good in an earlier run
    does not count, though `crossover fetch` itself tries it again."""
    library = read_library(place.posts)
    return len(unfinished(library, survey_links(library, place, anew=False)))


def survey_links(library: Library, place: Workspace, *, anew: bool) -> tuple[Line, ...]:
    """Every link as it stands now; `anew` forgets how it ended in an earlier run."""
    outcomes = None if anew else read_outcomes(place.root / FOLDER)
    return survey(library, place.root, datetime.now(UTC), outcomes)
