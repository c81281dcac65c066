"""The creator's own files without a TikTok id in their names, and the posts they are.

`take_originals` gives posts the files that are surely theirs, and those that the creator named.
What is not sure is shown, and never used on its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from crossover.library.check_answers import check_answers
from crossover.library.gathering import Gathered
from crossover.library.importing import Placed
from crossover.library.link_survey import survey, take_fetched
from crossover.library.originals.finding import Originals, OriginalsContext, find_originals
from crossover.library.originals.named_files import (
    check_readable,
    find_named_files,
)
from crossover.library.originals.refusing import refuse_in_question
from crossover.library.originals.same_id import ask_about_same_id
from crossover.library.update import Added, name_files
from crossover.model.posts import Origin
from crossover.settings.answers import FileChoices
from crossover.storage.os_errors import explain_os_error


def take_originals(
    added: Added, found: Gathered, choices: FileChoices, context: OriginalsContext
) -> tuple[Added, Originals]:
    """Give posts the files that are surely their own and those that the creator named. Returns what
    is to be kept, and what was found out, to be shown.

    What the creator refused is remembered, and lost by the post that had it. Reads files. Raises
    `UsageProblem` for a choice that cannot be, and `MissingTool`.
    """
    try:
        return _take(added, found, choices, context)
    except OSError as exc:
        raise explain_os_error(exc, Path(exc.filename or context.root)) from exc


def _take(
    added: Added, found: Gathered, choices: FileChoices, context: OriginalsContext
) -> tuple[Added, Originals]:
    check_answers(added.library, (number for number, _ in choices.pairs), choices.refused)
    named = find_named_files(added.library, choices, found)
    check_readable(added.library, named, context.fingerprints)
    originals = _find(added, found, named, context)
    if choices.refused:
        library = refuse_in_question(added.library, found, choices, originals, context)
        # What was fetched takes the place of what was taken away.
        lines = survey(library, context.root, context.now)
        library = take_fetched(library, lines, {}, context.root, context.checksums).library
        added = replace(added, library=library)
        originals = _find(added, found, named, context)
    sure = {
        one.post: Placed(one.paths, Origin.LIKENESS, f"by likeness: {one.why}")
        for one in originals.decided.sure
    }
    given = name_files(added.library, named)
    taken = replace(
        added,
        library=given.library,
        files={**added.files, **sure, **given.files},
        leftovers=(*added.leftovers, *originals.leftovers),
    )
    return taken, originals


def _find(
    added: Added, found: Gathered, named: Mapping[str, tuple[Path, ...]], context: OriginalsContext
) -> Originals:
    originals = find_originals(added, found, named, context)
    settled = {*added.files, *named, *(one.post for one in originals.decided.sure)}
    files = found.media.files
    return ask_about_same_id(originals, added.library.posts, files, settled, context.checksums)
