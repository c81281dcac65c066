"""Finds the files that may be posts by their dates alone: their links are dead, and nothing of them
is here to compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from crossover.library.originals.waiting import is_storable
from crossover.library.unused import UnusedItem
from crossover.media.dating.dated import Dated, DatedFile, Recording, date_of
from crossover.media.dating.proposals import OpenPost, reach_of
from crossover.media.files.file_names import media_kind
from crossover.media.fit.fitted import Unfit
from crossover.media.likeness.fingerprint_cache import FingerprintCache
from crossover.model.posts import MediaKind

_START = "no TikTok id in its name, and"
_NO_DATE = f"{_START} no date in it to go by; name its post: --pair NOTE=FILE"
_FAR_OFF = f"{_START} made long before or after every post that waits for a file"


def date_files(
    unplaced: Mapping[Path, UnusedItem],
    posts: Sequence[OpenPost],
    fingerprints: FingerprintCache,
    progress: Callable[[Path, int, int], None],
) -> tuple[list[DatedFile], list[UnusedItem]]:
    """Date the files that may be one of the `posts`; the others are left over. `unplaced` are files
    that no post has, each with what is said of it where no post of its kind waits."""
    reach = {kind: reach_of(kind, posts) for kind in MediaKind}
    dated: list[DatedFile] = []
    leftovers: list[UnusedItem] = []
    for place, (path, item) in enumerate(unplaced.items(), 1):
        kind = media_kind(path) or MediaKind.IMAGE
        if (is_in_reach := reach[kind]) is None or not is_storable(str(path)):
            leftovers.append(item)
            continue
        progress(path, place, len(unplaced))
        found = _date_file(path, kind, is_in_reach, fingerprints)
        if isinstance(found, DatedFile):
            dated.append(found)
        else:
            leftovers.append(item if item.unlike else UnusedItem(item.what, found))
    return dated, leftovers


def _date_file(
    path: Path,
    kind: MediaKind,
    is_in_reach: Callable[[Dated], bool],
    fingerprints: FingerprintCache,
) -> DatedFile | str:
    """Date one file, or say why it cannot be a post. One whose name has a date that is far off is
    not opened."""
    named = date_of(path.name, Recording())
    if named and not is_in_reach(named):
        return _FAR_OFF
    stat, recording = path.stat(), fingerprints.recording(path, kind)
    if isinstance(recording, Unfit):
        return f"{_START} {recording.reason}"
    date = date_of(path.name, recording)
    if date is None:
        return _NO_DATE
    if not is_in_reach(date):
        return _FAR_OFF
    return DatedFile(
        str(path.absolute()), stat.st_size, stat.st_mtime_ns, kind, date, recording.seconds
    )
