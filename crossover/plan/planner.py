"""Everything a plan is made of, read from a workspace, and the plan made of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import count

from crossover.destinations.open import destination_site
from crossover.errors import UsageProblem
from crossover.library.posts_file import read_library
from crossover.limits.limits import limits_of
from crossover.media.fit import fit_media
from crossover.model.notes import Plan
from crossover.plan.compiler import compile_plan
from crossover.plan.document import write_plan
from crossover.settings.edits import Edits, read_edits
from crossover.settings.rules import read_rules
from crossover.workspace import Workspace

log = logging.getLogger("crossover.plan")


def make_plan(
    place: Workspace,
    to: str,
    show: Callable[[Plan], None],
    *,
    fitted: Callable[[int, int], None],
    mapped: Callable[[int, int], None],
) -> Plan:
    """Compile the plan and keep it; `show` writes the page of it first, so that a plan on disk was
    there to be seen. `fitted` and `mapped` are told how many files and posts of how many are done.
    The caller holds `place`.

    Raises what `Planner` raises.
    """
    made = Planner(place, to, fitted).plan(read_edits(place.edits), mapped)
    show(made)
    write_plan(made, place.plan)
    log.info("plan %s: %d found, %d move", made.digest[:12], made.found, made.move)
    return made


class Planner:
    """Everything a plan is made of but the edits; its files are made fit first, and `fitted` is
    told how many of how many are. The caller holds `place`.

    Raises `UsageProblem` where there are no posts, for rules that are wrong and for an unknown
    destination.
    """

    def __init__(self, place: Workspace, to: str, fitted: Callable[[int, int], None]) -> None:
        self.to, self.site = to, destination_site(to)
        self.library = read_library(place.posts)
        self.rules, self.limits = read_rules(place.rules), limits_of(self.site)
        if not self.library.posts and not self.library.unreadable:
            raise UsageProblem(
                "There are no posts in this workspace.",
                next="Add your export: `crossover add EXPORT`",
            )
        media = [file for post in self.library.posts for file in post.media]
        done = count(1)
        self.fitted = fit_media(
            place.root, media, self.limits, lambda _: fitted(next(done), len(media))
        )

    def plan(self, edits: Edits, mapped: Callable[[int, int], None] | None = None) -> Plan:
        """The plan with these edits. `mapped` hears of how many posts of how many are done."""
        return compile_plan(
            self.library,
            self.fitted,
            self.rules,
            edits,
            self.limits,
            to=self.to,
            site=self.site,
            mapped=mapped,
        )
