"""Photo posts: picture by picture, all of them or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from crossover.media.likeness.evidence import (
    Decision,
    Grade,
    IsRefused,
    NewFile,
    Pairing,
    PossibleMatch,
    Reference,
    captured_seconds,
    date_difference,
    decision_of,
    is_surely_later,
    pairing_of,
    percentage,
    shortened,
)
from crossover.media.likeness.fingerprint import (
    Fingerprint,
    likeness,
    may_be_alike,
    same_shape,
    worst_cell,
)

PICTURE_SURE, PICTURE_SPOT, PICTURE_NEAR = 0.985, 20.0, 0.9
"""Stricter than a frame of a video: there is but one, and shots of a burst are much alike."""


def decide_pictures(
    pictures: Sequence[NewFile], posts: Sequence[Reference], refused: IsRefused
) -> Decision:
    """Pair pictures with photo posts: a post is sure when each of its pictures is."""
    links = [
        link
        for file in pictures
        for post in posts
        for place, fingerprint in enumerate(post.pictures, 1)
        if (link := _same_picture(file, post, place, fingerprint))
        and not refused(post.post, file.path)
    ]
    by_post: dict[str, list[PossibleMatch]] = defaultdict(list)
    for link in links:
        by_post[link.post.post].append(link)
    sure: list[Pairing] = []
    doubts: list[Pairing] = []
    spare: list[Pairing] = []
    for some in by_post.values():
        post = some[0].post
        if post.settled:
            spare += [pairing_of(link) for link in some]
            continue
        best = {
            place: max((one for one in some if one.place == place), key=lambda one: one.likeness)
            for place in sorted({one.place for one in some})
        }
        paths = tuple(dict.fromkeys(link.file.path for link in best.values()))
        objections = list(_picture_objections(post, best, links))
        least = min(link.likeness for link in best.values())
        ago = date_difference(max((one.file for one in best.values()), key=captured_seconds), post)
        how = (
            f"{len(best)} of {len(post.pictures)} pictures, alike {percentage(least)} and more{ago}"
        )
        why = "; ".join([how, *objections])
        (doubts if objections else sure).append(Pairing(post.post, post.number, paths, why))
    return decision_of(sure, doubts, spare)


def _same_picture(
    file: NewFile, post: Reference, place: int, fingerprint: Fingerprint
) -> PossibleMatch | None:
    mine, theirs = file.fingerprint.frames[0], fingerprint.frames[0]
    if not may_be_alike(mine, theirs):
        return None
    score = likeness(mine, theirs)
    if score < PICTURE_NEAR or not same_shape(file.fingerprint, fingerprint):
        return None
    same = score >= PICTURE_SURE and worst_cell(mine, theirs) <= PICTURE_SPOT
    how = Grade.SAME if same else Grade.NEAR
    reason = f"picture {place} of the post, alike {percentage(score)}"
    return PossibleMatch(file, post, how, reason + date_difference(file, post), score, place)


def _picture_objections(
    post: Reference, best: dict[int, PossibleMatch], links: Sequence[PossibleMatch]
) -> Iterator[str]:
    if missing := sorted(set(range(1, len(post.pictures) + 1)) - set(best)):
        yield f"without picture {', '.join(map(str, missing))}"
    for place, link in best.items():
        files = sorted(
            {o.file.path.name for o in links if o.post is post and o.place == place}
            - {link.file.path.name}
        )
        if files:
            yield f"{shortened(files)} may be picture {place} as well"
        elsewhere = [o for o in links if o.file is link.file and o is not link]
        if elsewhere:
            places = sorted({f"picture {o.place} of post {o.post.number}" for o in elsewhere})
            yield f"{link.file.path.name} is as like {shortened(places)}"
        if link.grade is not Grade.SAME:
            yield f"{link.file.path.name} differs a little: look at both"
        if link.file.saved:
            yield f"{link.file.path.name} was saved from TikTok, by its name"
        if is_surely_later(link.file, link.post):
            yield f"{link.file.path.name} was taken after it was posted, by the date in it"
