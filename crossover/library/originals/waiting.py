"""Files that wait for the creator to say whose they are, kept so that they can be asked about
later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from crossover.library.link_survey import Line
from crossover.library.originals.named_files import pictures_of
from crossover.media.dating.dated import DatedFile
from crossover.media.dating.proposals import OpenPost
from crossover.media.download.outcomes import LinkState
from crossover.media.likeness.evidence import Pairing
from crossover.model.posts import Post

_MAY_COME = {None, LinkState.LATER, LinkState.NO_ROOM}


@dataclass(frozen=True, slots=True)
class AlikeFiles:
    """Files, by absolute path, that are like a post and not surely it; `why` is for the creator."""

    post: str
    paths: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class WaitingFiles:
    """`dated` are files that may be posts by their dates. `settled` are paths of those that are
    none of them, as the creator said."""

    dated: tuple[DatedFile, ...] = ()
    settled: tuple[str, ...] = ()
    alike: tuple[AlikeFiles, ...] = ()


NONE_WAITING = WaitingFiles()


def find_open_posts(
    posts: Iterable[Post], lines: Iterable[Line], settled: Collection[str] = ()
) -> list[OpenPost]:
    """Find the posts without files that no link will give them. `lines` are a survey of the
    library; the posts in `settled` (ids) have files now."""
    states: dict[str, set[LinkState | None]] = defaultdict(set)
    for line in lines:
        if not line.is_cover:
            states[line.post].add(line.known.state if line.known else None)
    return [
        OpenPost(post.id, post.number, post.posted_at, post.kind, pictures_of(post), post.seconds)
        for post in posts
        if not post.media
        and post.id not in settled
        and states[post.id].isdisjoint(_MAY_COME)
        and states[post.id] != {LinkState.PRESENT}
    ]


def merge_waiting(
    before: WaitingFiles,
    given: Iterable[Path],
    dated: Iterable[DatedFile],
    alike: Iterable[Pairing],
) -> WaitingFiles:
    """Put what was found of the files `given` now in the place of what was known of them."""
    now = {str(path.absolute()) for path in given}
    known = {one.path: one for one in before.dated}
    files = {path: one for path, one in known.items() if path not in now}
    files |= {one.path: one for one in dated}
    kept = [one for one in before.alike if now.isdisjoint(one.paths)]
    fresh = [
        AlikeFiles(one.post, tuple(str(path.absolute()) for path in one.paths), one.why)
        for one in alike
    ]
    return WaitingFiles(
        dated=tuple(one for _, one in sorted(files.items())),
        settled=tuple(path for path in before.settled if files.get(path) == known.get(path)),
        alike=tuple(one for one in (*kept, *fresh) if all(map(is_storable, one.paths))),
    )


def is_storable(path: str) -> bool:
    """Whether a path is text, which it need not be everywhere."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
