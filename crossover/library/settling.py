"""What the creator says about pairs that time alone cannot tell: this is it, or none of these."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from crossover.captions.join import WINDOW, seconds_apart
from crossover.captions.pairing import apply_answer, is_joined_by_time, merge_captions, remove_pair
from crossover.errors import UsageProblem
from crossover.library.gathering import Gathered
from crossover.library.posts_file import Library
from crossover.library.update import Added, add, open_questions
from crossover.model.next_step import Hint, step
from crossover.model.posts import FILE, Origin, Post
from crossover.model.tiktok import id_second
from crossover.storage.os_errors import explain_os_error

_MOMENT = "%Y-%m-%d %H:%M:%S"


def settle(
    library: Library, pairs: Mapping[int, str], refused: Collection[int], *, far: bool = False
) -> Added:
    """Pair posts (by number) with TikTok ids, and refuse all that is in question for others.

    What was said stays over every later `add`. A post that had the id through time alone loses it;
    everything that time alone gave is then joined anew. Raises `UsageProblem` for a number that is
    no post, for an id that surely belongs to another post, for one of another time unless `far`,
    and where there is nothing to refuse. Pure: `keep` saves it.
    """
    posts = {post.number: post for post in library.posts}
    for number in (*pairs, *refused):
        if number not in posts:
            raise UsageProblem(
                f"There is no post {number}.",
                next=Hint(step("plan"), " lists all posts by number."),
            )
    if both := sorted(set(pairs).intersection(refused)):
        raise UsageProblem(f"Post {both[0]} is both paired and refused.", next="Say one of them.")
    questions = {one.post.number: one for one in open_questions(library)}
    for number in refused:
        post = posts[number]
        in_question = (
            [w.tiktok_id for w in questions[number].choices] if number in questions else []
        )
        ids = dict.fromkeys([*post.not_tiktok_ids, *in_question, *filter(None, [post.tiktok_id])])
        if len(ids) == len(post.not_tiktok_ids):
            raise UsageProblem(
                f"Nothing is in question for post {number}, so there is nothing to refuse.",
                next=Hint(step("captions", "--confirm"), " shows what is."),
            )
        posts[number] = replace(_bare(post), not_tiktok_ids=tuple(ids))
    for number, tiktok_id in pairs.items():
        for other in list(posts.values()):
            if other.tiktok_id == tiktok_id and other.number != number:
                if not is_joined_by_time(other):
                    raise UsageProblem(
                        f"{tiktok_id} is post {other.number}'s already.",
                        next=Hint(
                            "If that is wrong: ",
                            step("captions", "--no-pair", str(other.number)),
                        ),
                    )
                posts[other.number] = _bare(other)
        post = posts[number]
        if abs(seconds_apart(post, tiktok_id)) > WINDOW and not far and post.tiktok_id != tiktok_id:
            raise _far_off(post, tiktok_id)
        bare = post if post.tiktok_id == tiktok_id else _bare(post)
        posts[number] = apply_answer(bare, tiktok_id)
    ordered = tuple(posts[post.number] for post in library.posts)
    # Words that a post loses may be what another one was just given.
    loose = merge_captions(library.posts, library.unsettled).values()
    return add(replace(library, posts=ordered, unsettled=tuple(loose)), Gathered())


def _far_off(post: Post, tiktok_id: str) -> UsageProblem:
    made = datetime.fromtimestamp(id_second(tiktok_id) or 0, UTC)
    return UsageProblem(
        f"Post {post.number} is of {post.posted_at:{_MOMENT}} UTC, but {tiktok_id} was made"
        f" {made:{_MOMENT}} UTC.",
        next=Hint(
            "If it is that one all the same: ",
            step("captions", "--pair", f"{post.number}={tiktok_id}", "--far"),
        ),
    )


def _bare(post: Post) -> Post:
    """Without its id, and without the files that came by the id in their names."""
    media, evidence = post.media, post.evidence
    if post.origin_of_files is Origin.TIKTOK_ID_IN_NAME:
        names = {one.source for one in evidence if one.what == FILE}
        media = tuple(file for file in media if file.source not in names)
        evidence = tuple(one for one in evidence if one.what != FILE)
    kind = post.kind if post.links or media or not post.media else None
    return remove_pair(replace(post, media=media, kind=kind, evidence=evidence))


def lay_aside(before: Library, after: Library, root: Path) -> list[Path]:
    """Keep the files that posts lost, in `media/unpaired`. To be called before the library is
    kept, which sweeps away what no post has."""
    kept = {file.path for post in after.posts for file in post.media}
    lost = [file for post in before.posts for file in post.media if file.path not in kept]
    return [place for file in lost if (place := _beside(root / file.path))]


def _beside(source: Path) -> Path | None:
    place = source.parent / "unpaired" / source.name
    if not source.is_file() or place.exists():
        return None
    try:
        place.parent.mkdir(exist_ok=True)
        try:
            place.hardlink_to(source)
        except OSError:  # a disk that cannot link
            shutil.copy2(source, place)
    except OSError as exc:
        raise explain_os_error(exc, place) from exc
    return place
