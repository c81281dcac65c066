"""Videos: the same length and the same pictures in every part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crossover.media.likeness.evidence import (
    Decision,
    Grade,
    IsRefused,
    NewFile,
    Pairing,
    PossibleMatch,
    Reference,
    date_difference,
    decision_of,
    is_surely_later,
    length_difference,
    pairing_of,
    percentage,
    shortened,
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


def decide_videos(
    films: Sequence[NewFile], posts: Sequence[Reference], refused: IsRefused
) -> Decision:
    """Pair videos with posts, one to one where nothing else comes into question."""
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
            why = "; ".join([link.reason, *objections])
            doubts.append(Pairing(link.post.post, link.post.number, (link.file.path,), why))
        else:
            sure.append(pairing)
    return decision_of(sure, doubts, spare)


def _same_length(file: NewFile, post: Reference) -> PossibleMatch | None:
    fingerprint = post.video
    if fingerprint is None or fingerprint.seconds is None or file.fingerprint.seconds is None:
        return None
    if abs(fingerprint.seconds - file.fingerprint.seconds) > SAME_LENGTH + 1e-6:
        return None
    found = compare_videos(file.fingerprint, fingerprint)
    if found is None:
        return None
    reason = f"{length_difference(file.fingerprint.seconds, fingerprint.seconds)}, pictures alike {percentage(found.likeness)}"
    ago = date_difference(file, post)
    same = (
        found.likeness >= SURE_ALIKE
        and found.least >= SURE_LEAST
        and found.spot <= SURE_SPOT
        and found.same_shape
    )
    if same and found.moves is not None and found.moves >= SURE_MOVES:
        return PossibleMatch(file, post, Grade.SAME, reason + ago, found.likeness)
    if found.moves is None:
        still = f"{reason}{ago}, but next to nothing moves in it, so others may look the same"
        near = found.likeness >= NEAR_STILL
        return PossibleMatch(file, post, Grade.NEAR, still, found.likeness) if near else None
    if found.moves >= NEAR_MOVES and found.likeness >= NEAR_ALIKE:
        differ = f"{reason}{ago}: cut, cropped or written over in one of them"
        return PossibleMatch(file, post, Grade.NEAR, differ, found.likeness)
    return None


def _like_cover(file: NewFile, post: Reference) -> PossibleMatch | None:
    """A cover has no length, and a creator's covers look alike: it never makes sure."""
    if post.video is not None or post.cover is None:
        return None
    score = best_alike(post.cover, file.fingerprint)
    if score < COVER_ALIKE:
        return None
    reason = f"like the post's cover ({percentage(score)}); its video is not here to compare"
    return PossibleMatch(file, post, Grade.COVER, reason + date_difference(file, post), score)


def _raw_clips(
    films: Sequence[NewFile], posts: Sequence[Reference], refused: IsRefused
) -> Iterator[PossibleMatch]:
    """Of every file the posts it shares its pictures with, at another length."""
    for file in films:
        for post in posts:
            if post.video is None or post.settled or refused(post.post, file.path):
                continue
            mine, theirs = file.fingerprint.seconds or 0.0, post.video.seconds or 0.0
            short, long = sorted(
                (file.fingerprint, post.video), key=lambda fingerprint: fingerprint.seconds or 0.0
            )
            if abs(mine - theirs) <= SAME_LENGTH or is_surely_later(file, post):
                continue
            if not may_share(short, long):
                continue
            found = shared(short, long)
            if found is None or found.moves is None:
                continue
            if found.part >= RAW_PART and found.moves >= RAW_MOVES:
                what = "raw clip, not your edit" if mine > theirs else "a part of your edit only"
                reason = f"{what}: {mine:.1f} s, the post {theirs:.1f} s"
                yield PossibleMatch(
                    file, post, Grade.RAW, reason + date_difference(file, post), found.part
                )


def _objections(link: PossibleMatch, links: Sequence[PossibleMatch]) -> list[str]:
    """List why this pair is not sure, beyond its own reason; nothing when it is."""
    others = [other for other in links if other is not link and other.grade is not Grade.RAW]
    posts = sorted({o.post.number for o in others if o.file is link.file} - {link.post.number})
    files = sorted(o.file.path.name for o in others if o.post is link.post)
    found = []
    if posts:
        found.append(f"as like post {', '.join(map(str, posts))}")
    if files:
        found.append(f"{shortened(files)} may be it as well")
    if link.file.saved:
        found.append("by its name it was saved from TikTok, perhaps with the watermark")
    if is_surely_later(link.file, link.post):
        found.append("filmed after it was posted, by the date in the file")
    if not found and link.grade is not Grade.SAME:
        found.append("look at both")
    return found
