"""How a post came by its TikTok id and words, kept as evidence, so that it can be looked at again.

What was joined by time is joined anew at every `add`, with all that is known by then; what the
creator said stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain

from crossover.captions.caption import KINDS, Caption
from crossover.captions.join import Candidate, Pair
from crossover.captions.unpaired import contradicts
from crossover.model.posts import TIKTOK_ID, WORDS, Evidence, Origin, Post

_SAID = Origin.SAID, "you said so"


def is_said(post: Post) -> bool:
    """Whether the creator named its TikTok post."""
    return post.origin_of_tiktok_id is Origin.SAID


def is_by_time(post: Post) -> bool:
    """Whether its TikTok post was found by time alone."""
    return post.origin_of_tiktok_id is Origin.TIME


def freed(posts: Iterable[Post]) -> tuple[Post, ...]:
    """The posts as the join is to see them: an id that time alone gave is open again."""
    return tuple(replace(post, tiktok_id=None) if is_by_time(post) else post for post in posts)


def known_words(posts: Iterable[Post], *later: Iterable[Caption]) -> dict[str, Caption]:
    """The words of each TikTok id: those that posts remember, then all of `later`,
    where a later one counts unless it has no text and an earlier one has. Kinds that contradict
    each other tell nothing."""
    known: dict[str, Caption] = {}
    for words in chain(filter(None, map(_remembered, posts)), *later):
        before = known.setdefault(words.tiktok_id, words)
        better = before if words.text is None and before.text is not None else words
        kinds = {before.kind, words.kind} - {None}
        known[words.tiktok_id] = replace(better, kind=kinds.pop() if len(kinds) == 1 else None)
    return known


def candidates(words: Mapping[str, Caption]) -> list[Candidate]:
    """What the join is to pair."""
    return [Candidate(one.tiktok_id, one.kind) for one in words.values()]


def _remembered(post: Post) -> Caption | None:
    source = next((e.source for e in post.evidence if e.what == WORDS), "")
    if post.tiktok_id is None or not (source or is_by_time(post)):
        return None
    # What the creator said may be wrong, and would then give the words the kind of another post.
    kind = post.kind if is_by_time(post) else None
    return Caption(post.tiktok_id, post.text if source else None, None, kind, None, source)


def pair_up(post: Post, pair: Pair, words: Caption | None) -> Post:
    """The post with the id of `pair`, its words where there are any, and the evidence."""
    if pair.sure:
        how = _SAID if is_said(post) else (Origin.SAME_ID, "the same TikTok id")
    else:
        how = Origin.TIME, f"posted {abs(pair.seconds)} s apart, nothing else near"
        post = _proved(post, Evidence(TIKTOK_ID, *how, pair.tiktok_id))
    post = replace(post, tiktok_id=pair.tiktok_id)
    if words is None or words.text is None:
        return post
    if words.text == post.text and post.has_joined_words:
        return post
    whose = f" of @{words.handle}" if words.handle and words.handle not in words.source else ""
    # Only what the creator said, or one id on both sides, goes beyond a contradiction.
    though = f", although it says {KINDS[words.kind]}" if contradicts(post, words) else ""
    source = f"{words.source}{whose}{though}"
    return _proved(replace(post, text=words.text), Evidence(WORDS, *how, source))


def said_pair(post: Post, tiktok_id: str) -> Post:
    """The post with the id that the creator named; words stay only where it was this id's already."""
    bare = post if post.tiktok_id == tiktok_id else unpaired(post)
    refused = tuple(other for other in post.not_tiktok_ids if other != tiktok_id)
    named = replace(bare, tiktok_id=tiktok_id, not_tiktok_ids=refused)
    return _proved(named, Evidence(TIKTOK_ID, *_SAID, tiktok_id))


def unpaired(post: Post) -> Post:
    """The post without its TikTok id and what came with it."""
    text = None if post.has_joined_words else post.text
    kept = tuple(e for e in post.evidence if e.what not in (TIKTOK_ID, WORDS))
    return replace(post, tiktok_id=None, text=text, evidence=kept)


def _proved(post: Post, proof: Evidence) -> Post:
    places = {evidence.what: place for place, evidence in enumerate(post.evidence)}
    evidence = list(post.evidence)
    if proof.what in places:
        evidence[places[proof.what]] = proof
    else:
        evidence.append(proof)
    return replace(post, evidence=tuple(evidence))
