"""`crossover add`: whatever the creator has, recognised by its shape."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.commands.sheet import bring_in
from crossover.cli.log import log
from crossover.cli.options import VerboseOption, WorkspaceOption, a_path
from crossover.cli.run import logged, working_in
from crossover.cli.view.added import show_added
from crossover.cli.view.originals import looking
from crossover.cli.view.progress import bytes_text, progress
from crossover.cli.view.screen import (
    home_short,
    say,
    say_next,
)
from crossover.errors import CrossoverError, UsageProblem
from crossover.guide.flags import again_flags
from crossover.library.downloads import fetchable_posts
from crossover.library.gathering import Gathered, gather, nothing_found
from crossover.library.originals.candidates import read_rivals, write_rivals
from crossover.library.originals.pairing import (
    NO_ORIGINALS,
    Originals,
    Workbench,
    take_originals,
)
from crossover.library.posts_file import read_library
from crossover.library.settling import lay_aside
from crossover.library.update import Added, keep
from crossover.library.update import add as merge
from crossover.media.file_names import Matched
from crossover.media.likeness.fingerprint_cache import Looks
from crossover.settings.answers import NO_FILE_CHOICES, FileChoices, parse_file_choices
from crossover.sheet.formats import recognises
from crossover.storage.checksums import read_sums
from crossover.workspace import (
    Workspace,
    find_workspace,
    find_workspaces,
    logs_without_workspace,
    workspace_for,
)


def add(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            parser=a_path,
            help="Exports, media files, what yt-dlp wrote (.info.json, listings), filled-in sheets,"
            " folders.",
        ),
    ] = None,
    pair: Annotated[
        list[str] | None,
        typer.Option(
            "--pair", metavar="NOTE=FILE", help="This post is that file; again for more pictures."
        ),
    ] = None,
    no_pair: Annotated[
        list[int] | None,
        typer.Option(
            "--no-pair", metavar="NOTE", help="The file in question is not this post's own."
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Add what you have: exports, media, words, filled-in sheets."""
    said = parse_file_choices(pair or (), no_pair or ())
    if not (paths or said.refused):
        raise UsageProblem("There is nothing to add.", next="As in: crossover add EXPORT")
    named = find(paths or [], workspace, verbose)
    place = named.place
    with working_in(place, "add", verbose) as log_path:
        take_in(named, said)
        for sheet in named.sheets:
            bring_in(sheet, place)
        library = read_library(place.posts)
    say(f"Log: {home_short(log_path)}", style="dim")
    command = "fetch" if fetchable_posts(place) else "plan"
    say_next(f"crossover {command}{again_flags(workspace)}")
    raise typer.Exit(3 if library.unreadable else 0)


@dataclass(frozen=True, slots=True)
class Named:
    """What the creator named, and the workspace it belongs to. `sheets` wait for `bring_in`."""

    place: Workspace
    gathered: Gathered
    paths: list[Path]
    sheets: list[Path]

    def apart(self) -> tuple[Named, Named]:
        """Without the files whose names tell nothing, and they alone: those are compared with what
        `fetch` brings."""
        media = self.gathered.media
        first = replace(self.gathered, media=replace(media, nameless=()))
        alone = Gathered(media=Matched((), (), media.nameless))
        rest = list(media.nameless)
        return replace(self, gathered=first), replace(self, gathered=alone, paths=rest)


def find(paths: list[Path], chosen: Path | None, verbose: int) -> Named:
    """Look at what lies at the paths. Changes nothing."""
    sheets = [path for path in paths if recognises(path)]
    rest = [path for path in paths if path not in sheets]
    home = Path.home()
    with (
        logged(logs_without_workspace(), "add", verbose),
        progress("looking at what you named") as shown,
    ):
        found = gather(
            rest,
            datetime.now(UTC),
            on_bytes=shown.stage("reading the export", text=bytes_text),
            on_files=shown.stage("reading captions"),
        )
    if chosen is not None:
        place = Workspace(chosen)
    elif found.exports:
        place = _home_of(found, home)
    elif sheets or find_workspaces(home):
        place = find_workspace(None, home)
    else:
        raise nothing_found(paths)
    if not found.exports and not place.posts.exists():
        raise nothing_found(paths)
    return Named(place, found, rest, sheets)


def _home_of(found: Gathered, home: Path) -> Workspace:
    """Without a public name in it, an export belongs to the workspace that has its posts."""
    if found.handle is None:
        ids = {post.id for export in found.exports for post in export.posts}
        same = [place for place in find_workspaces(home) if ids & _post_ids(place)]
        if len(same) == 1:
            return same[0]
    return workspace_for(found.handle, home)


def _post_ids(place: Workspace) -> set[str]:
    try:
        return {post.id for post in read_library(place.posts).posts}
    except CrossoverError:  # another workspace's trouble is told when that one is used
        return set()


def take_in(named: Named, said: FileChoices = NO_FILE_CHOICES) -> None:
    """Merge what was found into its workspace, which the caller holds, and tell of it. `said` is
    what the creator says about files."""
    if not named.paths and said == NO_FILE_CHOICES:
        return
    place, found = named.place, named.gathered
    before = read_library(place.posts)
    added = merge(before, found)
    place.prepare()
    added, originals = _with_originals(added, found, said, place)
    aside = lay_aside(before, added.library, place.root) if said.refused else []
    with progress("putting files into the workspace") as shown:
        library = keep(added, place.root, shown.at)
    log.info("added from %d paths: %d new posts", len(named.paths), added.new_posts)
    had = {post.id: post.media for post in before.posts}
    fuller = sum(bool(post.media) and post.media != had.get(post.id) for post in library.posts)
    show_added(found, added, library, got_files=fuller, originals=originals)
    for path in aside:
        say(f"Taken from its post and laid aside: {home_short(path)}")


def _with_originals(
    added: Added, found: Gathered, said: FileChoices, place: Workspace
) -> tuple[Added, Originals]:
    if not found.media.nameless and said == NO_FILE_CHOICES:
        return added, NO_ORIGINALS
    sums = read_sums(place.sums)
    with Looks(place.looks) as looks, looking() as progress:
        rivals = read_rivals(place.rivals)
        bench = Workbench(place.root, sums, looks, datetime.now(UTC), rivals, progress)
        added, originals = take_originals(added, found, said, bench)
    sums.save(place.sums)
    write_rivals(place.rivals, originals.rivals)
    return added, originals
