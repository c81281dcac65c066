"""Which cover a video's note has, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from crossover.media.fit.fitted import CoverWish, FittedVideo, OwnCover
from crossover.media.fit.own_covers import Wishes
from crossover.model.choices import YOURS, CoverChoice
from crossover.model.notes import Change, Cover, Level, Problem
from crossover.model.posts import MediaKind, Post
from crossover.settings.edits import Edits


def wish_for(choice: CoverChoice | None) -> CoverWish | None:
    """What the creator chose, as it is made."""
    return CoverWish(choice.seconds, choice.file) if choice else None


def find_wishes(posts: Iterable[Post], edits: Edits, theirs: Mapping[str, str]) -> Wishes:
    """Find which covers are wished for: those that the creator chose, else `theirs`, TikTok's own,
    paths by the ids of posts."""
    wishes: dict[tuple[str, MediaKind], tuple[CoverWish, ...]] = {}
    for post in posts:
        path = theirs.get(post.id)
        own = wish_for(edits.find(str(post.number)).cover)
        wish = own or (CoverWish(picture=path, tiktok=True) if path else None)
        if wish is None:
            continue
        for file in post.media:
            if file.kind is MediaKind.VIDEO:
                content = file.sha256, file.kind
                wishes[content] = tuple(dict.fromkeys((*wishes.get(content, ()), wish)))
    return wishes


def choose_cover(
    video: FittedVideo, choice: CoverChoice | None
) -> tuple[Cover | None, tuple[Change, ...], tuple[Problem, ...]]:
    """Choose the cover of a video: the creator's, else TikTok's own, else the one found in it; with
    what is to be said of it. A choice that cannot be made holds the note."""
    own = video.own_cover(wish_for(choice))
    if own is not None and own.cover is not None:
        return own.cover, (Change("cover", "", own.cover.path, _why(own)),), ()
    problems = tuple(_tell_refused(own)) if own is not None and choice is not None else ()
    if video.cover is None:
        return None, (), problems
    why = f"a good frame, {video.cover_at or 0:.1f} s into the video"
    return video.cover, (Change("cover", "", video.cover.path, why),), problems


def _why(own: OwnCover) -> str:
    if own.wish.tiktok:
        where = "the cover it has on TikTok"
        return where if own.at is None else f"{where}, {own.at:.1f} s into the video"
    what = f"from {Path(own.wish.picture).name}" if own.wish.picture else f"at {own.at or 0:.1f} s"
    return f"{what}: {YOURS}"


def _tell_refused(own: OwnCover) -> Iterator[Problem]:
    wish = own.wish
    what = f"Your cover {wish.picture}" if wish.picture else f"A cover at {wish.seconds or 0:g} s"
    yield Problem(
        "cover-unfit",
        Level.ERROR,
        f"{what} cannot be made: {own.problem}.",
        "Change `cover` of this note in edits.yaml, or take the line out.",
    )


def tell_no_cover() -> Problem:
    """Say that a photo post has no cover of its own."""
    return Problem(
        "cover-of-pictures",
        Level.WARNING,
        "RedNote shows the first picture of a photo post; your `cover` decides nothing here.",
        "Take `cover` of this note out of edits.yaml.",
    )
