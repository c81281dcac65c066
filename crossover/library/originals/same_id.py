"""Videos with the TikTok id of one post that differ: the creator says which is its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from crossover.library.gathering import names_apart
from crossover.library.originals.finding import Originals
from crossover.library.originals.waiting import merge_waiting
from crossover.media.files.file_names import media_kind
from crossover.media.files.own_files import OwnFiles
from crossover.media.likeness.evidence import Pairing
from crossover.model.posts import MediaKind, Post
from crossover.storage.checksums import Checksums


def ask_about_same_id(
    originals: Originals,
    posts: Iterable[Post],
    files: Iterable[OwnFiles],
    settled: Collection[str],
    checksums: Checksums,
) -> Originals:
    """Put the videos in question that share a post's TikTok id and differ, and that the creator did
    not refuse for it. `settled` are the posts, by id, that have files now. Raises `OSError`."""
    by_id = {own.tiktok_id: own for own in files}
    doubts = list(originals.decided.doubts)
    asked = dict(originals.asked)
    given: list[Path] = []
    for post in posts:
        own = by_id.get(post.tiktok_id or "")
        videos = [path for path in own.unclear if _is_video(path)] if own else []
        if videos and not post.media and post.id not in settled:
            why = f"it is one of {len(videos)} videos with the TikTok id of the post, which differ"
            videos = [path for path in videos if not _is_refused(post, path, checksums)]
            doubts += [Pairing(post.id, post.number, (path,), why) for path in videos]
            asked[post.id] = (*asked.get(post.id, ()), *videos)
            given += videos
    if not given:
        return originals
    fresh = doubts[len(originals.decided.doubts) :]
    return replace(
        originals,
        decided=replace(originals.decided, doubts=tuple(doubts)),
        asked=asked,
        names={**names_apart([*originals.names, *given])},
        waiting=merge_waiting(originals.waiting, given, (), fresh),
    )


def _is_refused(post: Post, path: Path, checksums: Checksums) -> bool:
    return bool(post.not_files) and checksums.of(path) in post.not_files


def _is_video(path: Path) -> bool:
    return media_kind(path) is MediaKind.VIDEO
