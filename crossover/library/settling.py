"""Applies the creator's answers about pairs that time alone cannot tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from crossover.captions.pairing import apply_answer, is_joined_by_time, merge_captions, remove_pair
from crossover.captions.pairs import WINDOW, seconds_apart
from crossover.errors import UsageProblem
from crossover.library.check_answers import check_answers
from crossover.library.gathering import Gathered
from crossover.library.posts_file import Library
from crossover.library.update import Added, add, open_questions
from crossover.model.next_step import Hint, step
from crossover.model.posts import FILE, Origin, Post
from crossover.model.tiktok import id_second

_TIME_FORMAT = "%Y-%m-%d %H:%M:%S"


def apply_answers(
    library: Library, pairs: Mapping[int, str], refused: Collection[int], *, far: bool = False
) -> Added:
    """Pair posts (by number) with TikTok ids, and refuse all that is in question for others.

    The answers stay over every later `add`. A post that had the id through time alone loses it;
    everything that time alone gave is then joined anew. Raises `UsageProblem` for a number that is
    no post, for an id that surely belongs to another post, for one of another time unless `far`,
    and where there is nothing to refuse. Pure: `keep` saves it.
    """
    check_answers(library, pairs, refused)
    in_question = {
        question.post.number: [choice.tiktok_id for choice in question.choices]
        for question in open_questions(library)
    }
    posts = tuple(
        _refuse(post, in_question.get(post.number, ())) if post.number in refused else post
        for post in library.posts
    )
    for number, tiktok_id in pairs.items():
        asked = in_question.get(number, ())
        posts = tuple(p if p.number == number else _release(p, tiktok_id) for p in posts)
        posts = tuple(
            _pair(p, tiktok_id, far=far or tiktok_id in asked) if p.number == number else p
            for p in posts
        )
    # Captions that a post loses may be what another one was just given.
    loose = merge_captions(library.posts, library.unsettled).values()
    return add(replace(library, posts=posts, unsettled=tuple(loose)), Gathered())


def _refuse(post: Post, in_question: Iterable[str]) -> Post:
    """Remove the post's id, and refuse it and those `in_question` for good. Raises `UsageProblem`
    where there is none."""
    ids = dict.fromkeys([*post.not_tiktok_ids, *in_question, *filter(None, [post.tiktok_id])])
    if len(ids) == len(post.not_tiktok_ids):
        raise UsageProblem(
            f"Nothing is in question for post {post.number}, so there is nothing to refuse.",
            next=Hint(step("captions", "--confirm"), " shows what is."),
        )
    return replace(_without_id(post), not_tiktok_ids=tuple(ids))


def _release(post: Post, tiktok_id: str) -> Post:
    """Remove the id from a post that has it through time alone. Raises `UsageProblem` where it is
    surely the post's own."""
    if post.tiktok_id != tiktok_id:
        return post
    if not is_joined_by_time(post):
        raise UsageProblem(
            f"{tiktok_id} is post {post.number}'s already.",
            next=Hint("If that is wrong: ", step("captions", "--no-pair", str(post.number))),
        )
    return _without_id(post)


def _pair(post: Post, tiktok_id: str, *, far: bool) -> Post:
    """Give the post the id. Raises `UsageProblem` for an id of another time unless `far`."""
    if post.tiktok_id == tiktok_id:
        return apply_answer(post, tiktok_id)
    if abs(seconds_apart(post, tiktok_id)) > WINDOW and not far:
        raise _far_off(post, tiktok_id)
    return apply_answer(_without_id(post), tiktok_id)


def _far_off(post: Post, tiktok_id: str) -> UsageProblem:
    made = datetime.fromtimestamp(id_second(tiktok_id) or 0, UTC)
    return UsageProblem(
        f"Post {post.number} is of {post.posted_at:{_TIME_FORMAT}} UTC, but {tiktok_id} was made"
        f" {made:{_TIME_FORMAT}} UTC.",
        next=Hint(
            "If it is that one all the same: ",
            step("captions", "--pair", f"{post.number}={tiktok_id}", "--far"),
        ),
    )


def _without_id(post: Post) -> Post:
    """Remove the post's id, and the files that came by the id in their names."""
    media, evidence = post.media, post.evidence
    if post.origin_of_files is Origin.TIKTOK_ID_IN_NAME:
        names = {one.source for one in evidence if one.what == FILE}
        media = tuple(file for file in media if file.source not in names)
        evidence = tuple(one for one in evidence if one.what != FILE)
    kind = post.kind if post.links or media or not post.media else None
    return remove_pair(replace(post, media=media, kind=kind, evidence=evidence))
