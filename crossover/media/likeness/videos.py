"""Videos: the same length and the same pictures in every part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crossover.media.likeness.evidence import (
    Decided,
    Given,
    How,
    Known,
    Link,
    Pairing,
    Refused,
    decided,
    few,
    lengths,
    pairing_of,
    share,
    surely_later,
    when,
)
from crossover.media.likeness.fingerprint import (
    SAME_LENGTH,
    best_alike,
    compare_videos,
    may_share,
    shared,
)

# Measured over made videos, see docs/likeness.md: a copy, however small and pressed, was alike by
# 0.98 and more in every part, a crop by a twentieth by less than 0.95.
SURE_ALIKE, SURE_LEAST, SURE_MOVES, SURE_SPOT = 0.97, 0.94, 0.85, 28.0
NEAR_ALIKE, NEAR_MOVES, NEAR_STILL = 0.3, 0.5, 0.8
RAW_PART, RAW_MOVES = 0.6, 0.7
COVER_ALIKE = 0.95


def decide_films(films: Sequence[Given], posts: Sequence[Known], refused: Refused) -> Decided:
    links = [
        link
        for file in films
        for post in posts
        if (link := _same_length(file, post) or _like_cover(file, post))
        and not refused(post.post, file.path)
    ]
    linked = {link.file.path for link in links}
    links += _raw_clips([f for f in films if f.path not in linked], posts, refused)
    sure: list[Pairing] = []
    doubts: list[Pairing] = []
    spare: list[Pairing] = []
    for link in links:
        pairing = pairing_of(link)
        if link.post.settled:
            spare.append(pairing)
        elif objections := _objections(link, links):
            why = "; ".join([link.says, *objections])
            doubts.append(Pairing(link.post.post, link.post.number, (link.file.path,), why))
        else:
            sure.append(pairing)
    return decided(sure, doubts, spare)


def _same_length(file: Given, post: Known) -> Link | None:
    look = post.video
    if look is None or look.seconds is None or file.look.seconds is None:
        return None
    if abs(look.seconds - file.look.seconds) > SAME_LENGTH + 1e-6:
        return None
    found = compare_videos(file.look, look)
    if found is None:
        return None
    says = f"{lengths(file.look.seconds, look.seconds)}, pictures alike {share(found.alike)}"
    ago = when(file, post)
    same = (
        found.alike >= SURE_ALIKE
        and found.least >= SURE_LEAST
        and found.spot <= SURE_SPOT
        and found.same_shape
    )
    if same and found.moves is not None and found.moves >= SURE_MOVES:
        return Link(file, post, How.SAME, says + ago, found.alike)
    if found.moves is None:
        still = f"{says}{ago}, but next to nothing moves in it, so others may look the same"
        near = found.alike >= NEAR_STILL
        return Link(file, post, How.NEAR, still, found.alike) if near else None
    if found.moves >= NEAR_MOVES and found.alike >= NEAR_ALIKE:
        differ = f"{says}{ago}: cut, cropped or written over in one of them"
        return Link(file, post, How.NEAR, differ, found.alike)
    return None


def _like_cover(file: Given, post: Known) -> Link | None:
    """A cover has no length, and a creator's covers look alike: it never makes sure."""
    if post.video is not None or post.cover is None:
        return None
    score = best_alike(post.cover, file.look)
    if score < COVER_ALIKE:
        return None
    says = f"like the post's cover ({share(score)}); its video is not here to compare"
    return Link(file, post, How.COVER, says + when(file, post), score)


def _raw_clips(films: Sequence[Given], posts: Sequence[Known], refused: Refused) -> Iterator[Link]:
    """Of every file the posts it shares its pictures with, at another length."""
    for file in films:
        for post in posts:
            if post.video is None or post.settled or refused(post.post, file.path):
                continue
            mine, theirs = file.look.seconds or 0.0, post.video.seconds or 0.0
            short, long = sorted((file.look, post.video), key=lambda look: look.seconds or 0.0)
            if abs(mine - theirs) <= SAME_LENGTH or surely_later(file, post):
                continue
            if not may_share(short, long):
                continue
            found = shared(short, long)
            if found is None or found.moves is None:
                continue
            if found.part >= RAW_PART and found.moves >= RAW_MOVES:
                what = "raw clip, not your edit" if mine > theirs else "a part of your edit only"
                says = f"{what}: {mine:.1f} s, the post {theirs:.1f} s"
                yield Link(file, post, How.RAW, says + when(file, post), found.part)


def _objections(link: Link, links: Sequence[Link]) -> list[str]:
    """Why this link is not sure, beyond what it says itself; nothing when it is."""
    others = [other for other in links if other is not link and other.how is not How.RAW]
    posts = sorted({o.post.number for o in others if o.file is link.file} - {link.post.number})
    files = sorted(o.file.path.name for o in others if o.post is link.post)
    found = []
    if posts:
        found.append(f"as like post {', '.join(map(str, posts))}")
    if files:
        found.append(f"{few(files)} may be it as well")
    if link.file.saved:
        found.append("by its name it was saved from TikTok, perhaps with the watermark")
    if surely_later(link.file, link.post):
        found.append("filmed after it was posted, by the date in the file")
    if not found and link.how is not How.SAME:
        found.append("look at both")
    return found
