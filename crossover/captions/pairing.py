"""Writes a TikTok id and its caption into a post, with the evidence, and removes them again.

A pair joined by time is joined anew at every `add`, with all captions known by then; a pair that
the creator chose stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain

from crossover.captions.caption import KINDS, Caption
from crossover.captions.pairs import Candidate, Pair
from crossover.captions.unpaired import contradicts
from crossover.model.posts import TIKTOK_ID, WORDS, Evidence, Kind, Origin, Post

_SAID = Origin.SAID, "you said so"


def is_chosen(post: Post) -> bool:
    """Whether the creator chose its TikTok post."""
    return post.origin_of_tiktok_id is Origin.SAID


def is_joined_by_time(post: Post) -> bool:
    """Whether its TikTok post was found by time alone."""
    return post.origin_of_tiktok_id is Origin.TIME


def reopen_joined(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Remove the ids that were found by time alone, so that the join decides them again."""
    return tuple(
        replace(post, tiktok_id=None) if is_joined_by_time(post) else post for post in posts
    )


def merge_captions(posts: Iterable[Post], *later: Iterable[Caption]) -> dict[str, Caption]:
    """Merge the captions of each TikTok id: those in `posts`, then all of `later`. The last one
    counts unless it has no text and an earlier one has; kinds that contradict each other become
    None."""
    known: dict[str, Caption] = {}
    for words in chain(filter(None, map(_remembered_caption, posts)), *later):
        before = known.setdefault(words.tiktok_id, words)
        better = before if words.text is None and before.text is not None else words
        kinds = {before.kind, words.kind} - {None}
        known[words.tiktok_id] = replace(
            better,
            kind=kinds.pop() if len(kinds) == 1 else None,
            seconds=words.seconds or before.seconds,
            sounded=words.sounded or before.sounded,
            posted_at=words.posted_at or before.posted_at,
        )
    return known


def make_candidate(words: Caption) -> Candidate:
    """Make the candidate of a join of one caption."""
    return Candidate(words.tiktok_id, words.kind, words.posted_at)


def make_candidates(words: Mapping[str, Caption]) -> list[Candidate]:
    """Make the candidates of a join, one for each caption."""
    return [make_candidate(one) for one in words.values()]


def _remembered_caption(post: Post) -> Caption | None:
    source = next((e.source for e in post.evidence if e.what == WORDS), "")
    if post.tiktok_id is None or not (source or is_joined_by_time(post)):
        return None
    # What the creator said may be wrong, and would then give the words the kind of another post.
    kind = post.kind if is_joined_by_time(post) else None
    text = post.text if source else None
    return Caption(
        post.tiktok_id, text, post.listed_at, kind, None, source, post.seconds, post.sounded
    )


def apply_pair(post: Post, pair: Pair, words: Caption | None) -> Post:
    """Give the post the id of `pair`, the caption where it has text, and the evidence."""
    if pair.sure:
        how = _SAID if is_chosen(post) else (Origin.SAME_ID, "the same TikTok id")
    else:
        more = (
            "and TikTok's own time for it is the post's" if pair.own_time else "nothing else near"
        )
        how = Origin.TIME, f"posted {abs(pair.seconds)} s apart, {more}"
        post = _add_evidence(post, Evidence(TIKTOK_ID, *how, pair.tiktok_id))
    seconds = words.seconds if words and post.kind is not Kind.PHOTOS else None
    listed_at = words.posted_at if words else None
    post = replace(
        post,
        tiktok_id=pair.tiktok_id,
        seconds=seconds,
        listed_at=listed_at,
        sounded=words is not None and words.sounded,
    )
    if words is None or words.text is None:
        return post
    if words.text == post.text and post.has_joined_words:
        return post
    whose = f" of @{words.handle}" if words.handle and words.handle not in words.source else ""
    # Only what the creator said, or one id on both sides, goes beyond a contradiction.
    though = f", although it says {KINDS[words.kind]}" if contradicts(post, words) else ""
    source = f"{words.source}{whose}{though}"
    return _add_evidence(replace(post, text=words.text), Evidence(WORDS, *how, source))


def apply_answer(post: Post, tiktok_id: str) -> Post:
    """Give the post the id that the creator chose; its caption stays only if it is of this id."""
    bare = post if post.tiktok_id == tiktok_id else remove_pair(post)
    refused = tuple(other for other in post.not_tiktok_ids if other != tiktok_id)
    named = replace(bare, tiktok_id=tiktok_id, not_tiktok_ids=refused)
    return _add_evidence(named, Evidence(TIKTOK_ID, *_SAID, tiktok_id))


def remove_pair(post: Post) -> Post:
    """Remove the post's TikTok id, and the caption and evidence that came with it."""
    text = None if post.has_joined_words else post.text
    kept = tuple(e for e in post.evidence if e.what not in (TIKTOK_ID, WORDS))
    return replace(
        post,
        tiktok_id=None,
        text=text,
        seconds=None,
        listed_at=None,
        sounded=False,
        evidence=kept,
    )


def _add_evidence(post: Post, proof: Evidence) -> Post:
    places = {evidence.what: place for place, evidence in enumerate(post.evidence)}
    evidence = list(post.evidence)
    if proof.what in places:
        evidence[places[proof.what]] = proof
    else:
        evidence.append(proof)
    return replace(post, evidence=tuple(evidence))
