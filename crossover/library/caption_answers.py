"""Keep the creator's answers of which captions are whose, and tell what became of the posts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from crossover.library.keep import keep
from crossover.library.posts_file import Library
from crossover.library.settling import apply_answers
from crossover.model.posts import Post
from crossover.workspace import Workspace


class Effect(StrEnum):
    """What an answer did to a post."""

    GOT_CAPTION = "got-caption"
    CAPTION_UNKNOWN = "caption-unknown"
    """It has its TikTok id, whose caption is not known here."""
    RELEASED = "released"
    """It lost the TikTok id that it had."""
    REFUSED = "refused"
    """It is none of those in question."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a post, by number; `tiktok_id` is the one that it got or lost."""

    number: int
    effect: Effect
    tiktok_id: str | None


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """The library that was kept, and the posts that changed; `laid_aside` is as in `Kept`."""

    library: Library
    answered: tuple[Answered, ...]
    laid_aside: tuple[Path, ...]


def keep_answers(
    library: Library,
    workspace: Workspace,
    pairs: Mapping[int, str],
    refused: Collection[int],
    *,
    far: bool = False,
) -> AnswerResult:
    """Pair posts with TikTok ids, refuse what is in question for others, and keep that.
    The caller holds the workspace.

    Raises what `apply_answers` raises.
    """
    added = apply_answers(library, pairs, refused, far=far)
    kept = keep(added, workspace)
    before = {post.id: post for post in library.posts}
    answered = (_find_effect(before[post.id], post) for post in kept.library.posts)
    return AnswerResult(kept.library, tuple(one for one in answered if one), kept.laid_aside)


def _find_effect(before: Post, after: Post) -> Answered | None:
    """None where nothing changed."""
    if (before.tiktok_id, before.text, before.not_tiktok_ids) == (
        after.tiktok_id,
        after.text,
        after.not_tiktok_ids,
    ):
        return None
    if after.tiktok_id is None:
        effect = Effect.RELEASED if before.tiktok_id else Effect.REFUSED
        return Answered(after.number, effect, before.tiktok_id)
    effect = Effect.GOT_CAPTION if after.text else Effect.CAPTION_UNKNOWN
    return Answered(after.number, effect, after.tiktok_id)
