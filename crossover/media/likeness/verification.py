"""Compares files and posts that would be sure from end to end, before they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from crossover.media.fit.fitted import Unfit
from crossover.media.likeness.closeness import Closeness, differences
from crossover.media.likeness.evidence import Decision, Pairing, Reference
from crossover.model.posts import MediaKind

Compare = Callable[[Path, Path, MediaKind], Closeness | Unfit]
"""Compares a file with a post's own."""


def verify(decided: Decision, posts: Sequence[Reference], compare: Compare) -> Decision:
    """Compare the sure files with their posts. Those that differ become doubts, with the reason."""
    by_id = {post.post: post for post in posts}
    sure: list[Pairing] = []
    doubts = list(decided.doubts)
    for pairing in decided.sure:
        if against := list(dict.fromkeys(_find_differences(pairing, by_id[pairing.post], compare))):
            doubts.append(replace(pairing, why="; ".join([pairing.why, *against])))
        else:
            sure.append(pairing)
    doubts.sort(key=lambda pairing: (pairing.number, pairing.paths))
    return replace(decided, sure=tuple(sure), doubts=tuple(doubts))


def pairs_to_compare(
    decided: Decision, posts: Sequence[Reference]
) -> list[tuple[Path, Path, MediaKind]]:
    """List the files that `verify` will compare, each with a post's own."""
    by_id = {post.post: post for post in posts}
    return [pair for pairing in decided.sure for pair in _pairs(pairing, by_id[pairing.post])]


def _pairs(pairing: Pairing, post: Reference) -> list[tuple[Path, Path, MediaKind]]:
    """Pair the files with the post's own; nothing where there are more of the ones or the others."""
    kind = MediaKind.VIDEO if post.video else MediaKind.IMAGE
    if len(post.files) != len(pairing.paths):
        return []
    return [(path, own, kind) for path, own in zip(pairing.paths, post.files, strict=True)]


def _find_differences(pairing: Pairing, post: Reference, compare: Compare) -> Iterator[str]:
    pairs = _pairs(pairing, post)
    if not pairs:
        yield "the post's own files could not be compared closely"
    for path, own, kind in pairs:
        close = compare(path, own, kind)
        found = (
            [f"could not be compared closely: {close.reason}"]
            if isinstance(close, Unfit)
            else differences(close)
        )
        named = f"{path.name}: " if len(pairing.paths) > 1 else ""
        yield from (f"{named}{difference}" for difference in found)
