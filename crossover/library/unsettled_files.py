"""Which files of one TikTok id are a post's own, and what is said of a post where that is open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from crossover.captions.pairs import JoinResult
from crossover.captions.unpaired import Unpaired, UnpairedReason
from crossover.media.files.file_names import media_kind
from crossover.media.files.own_files import OwnFiles, paths_of
from crossover.model.posts import Kind, MediaKind, Origin, Post


def fitting_files(post: Post, own: OwnFiles) -> tuple[Path, ...]:
    """Choose the files of the post's kind. A post of no known kind has a video rather than one
    picture; of a video and numbered pictures it has none."""
    if post.origin_of_files is Origin.NAMED:
        return ()
    video = (own.video,) if own.video else ()
    if post.kind is Kind.PHOTOS:
        return own.pictures
    if post.kind is Kind.VIDEO or (own.lone_picture and video):
        return video
    return () if own.unclear or (video and own.pictures) else video or own.pictures


def with_unsettled_files(
    posts: Iterable[Post],
    joined: JoinResult,
    unpaired: Iterable[Unpaired],
    files: Mapping[str, OwnFiles],
    placed: Collection[str],
) -> list[Post]:
    """Give the posts the names of files that are here and none of which could be taken for them, by
    their TikTok ids or, where only the kind speaks against it, by their time. Forgets those of a
    post that files were `placed` for, and of one that others were given for."""
    own = {
        one.posts[0].id: files[one.words.tiktok_id]
        for one in unpaired
        if one.why is UnpairedReason.KIND and len(one.posts) == 1 and one.words.tiktok_id in files
    }
    own |= {pair.post: files[pair.tiktok_id] for pair in joined.pairs if pair.tiktok_id in files}
    return [
        replace(post, unclear_files=(), other_kind_files=())
        if post.id in placed
        else _with_names(post, own[post.id])
        if post.id in own
        else post
        for post in posts
    ]


def _with_names(post: Post, own: OwnFiles) -> Post:
    fitting = [path for path in paths_of(own) if _fits(path, post.kind)]
    others = [path for path in paths_of(own) if path not in fitting]
    return replace(
        post,
        unclear_files=tuple(path.name for path in fitting),
        other_kind_files=() if fitting else tuple(path.name for path in others),
    )


def _fits(path: Path, kind: Kind | None) -> bool:
    is_video = media_kind(path) is MediaKind.VIDEO
    return kind is None or is_video == (kind is Kind.VIDEO)
