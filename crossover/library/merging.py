"""Merges an export into the posts of a workspace: who has the last word on each post.

Ids and numbers, once given, never change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from crossover.exports.base import Export
from crossover.exports.links import is_page_link
from crossover.library.same_post import match_posts
from crossover.model.posts import Declaration, Kind, Link, Post, Visibility


@dataclass(frozen=True, slots=True)
class Merged:
    """The posts after a merge, oldest first, and the ids of those `seen` in the export: some are
    `new`, some `changed`. Links are renewed with every export, so they alone are no change."""

    posts: tuple[Post, ...]
    seen: frozenset[str]
    new: frozenset[str]
    changed: frozenset[str]


def merge(known: Sequence[Post], export: Export, *, older: bool = False) -> Merged:
    """Merge the posts of `export` into `known`. What a later export says counts; what it does
    not say stays. An `older` one only fills what is missing. What is one of several posts, nobody
    can tell which, changes none of them, except that all of them are as private as it is. Pure."""
    matches = match_posts(known, export.posts)
    posts = {post.id: post for post in known}
    number = max((post.number for post in known), default=0)
    seen: set[str] = set()
    new: set[str] = set()
    changed: set[str] = set()
    for post in export.posts:
        if candidates := matches.unsure.get(post.id):
            seen.add(candidates[0].id)
            for one in candidates:
                posts[one.id] = _as_private_as(posts[one.id], post, older=older)
                if posts[one.id].visibility != one.visibility:
                    changed.add(one.id)
            continue
        before = matches.same.get(post.id)
        if before is None:
            number += 1
            added = replace(post, id=_free_id(post.id, posts), number=number)
            posts[added.id] = added
            new.add(added.id)
            seen.add(added.id)
            continue
        after = _join(before, post, older=older, dated=export.made is not None)
        posts[before.id] = after
        seen.add(before.id)
        if _visible_content(after) != _visible_content(before):
            changed.add(before.id)
    ordered = sorted(posts.values(), key=lambda post: (post.posted_at, post.number))
    return Merged(tuple(ordered), frozenset(seen), frozenset(new), frozenset(changed))


def _free_id(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, or the next free ordinal of its second: the id of a known twin is never reused."""
    second = wanted.partition("Z")[0] + "Z"
    ordinal = 1
    while wanted in taken:
        ordinal += 1
        wanted = f"{second}-{ordinal}"
    return wanted


def _join(before: Post, found: Post, *, older: bool, dated: bool) -> Post:
    kind = before.kind or found.kind
    first, second = (
        _captioned(post, kind) for post in ((before, found) if older else (found, before))
    )
    text = first.text or second.text
    if before.has_joined_words:
        text = before.text  # words from a second source say more than any export
    declared = first.declaration is not Declaration.NONE
    lasting = partial(_lasting, older=older, dated=dated)
    return replace(
        before,
        kind=kind,
        title=first.title or second.title,
        text=text,
        visibility=first.visibility if first.visibility_said else second.visibility,
        visibility_said=first.visibility_said or second.visibility_said,
        declaration=first.declaration if declared else second.declaration,
        links=lasting(before.links, found.links),
        cover_link=next(iter(lasting(_cover(before), _cover(found))), None),
        object_keys=tuple(dict.fromkeys((*before.object_keys, *found.object_keys))),
        tiktok_id=before.tiktok_id
        or (found.tiktok_id if found.tiktok_id not in before.not_tiktok_ids else None),
        likes=first.likes if first.likes is not None else second.likes,
        sound=first.sound or second.sound,
        location=first.location or second.location,
        comments=first.comments if first.comments is not None else second.comments,
        alt_text=first.alt_text or second.alt_text,
    )


_FEWER = (Visibility.PUBLIC, Visibility.FRIENDS, Visibility.ONLY_ME, None)
"""From all people to nobody knows how few."""


def _as_private_as(before: Post, found: Post, *, older: bool) -> Post:
    narrower = _FEWER.index(found.visibility) > _FEWER.index(before.visibility)
    if not narrower or not found.visibility_said or (older and before.visibility_said):
        return before
    return replace(before, visibility=found.visibility, visibility_said=found.visibility_said)


def _captioned(post: Post, kind: Kind | None) -> Post:
    """Without a link the kind was not known, and a video's caption was taken for a title."""
    if kind is Kind.VIDEO and post.title is not None:
        return replace(post, title=None, text=post.text or post.title)
    return post


def _lasting(
    before: tuple[Link, ...], found: tuple[Link, ...], *, older: bool, dated: bool
) -> tuple[Link, ...]:
    """The links that live longer; where not both tell how long, those of the later export. One
    that is not `dated` counts as the later one, unless only its links do not tell. A page is no
    better than a dead file."""
    if not before or not found:
        return before or found
    if any(is_page_link(link.url) for link in found):
        return before
    ends = _death(before), _death(found)
    if all(ends):
        return found if ends[1] >= ends[0] else before
    return found if not older and (dated or not ends[0]) else before


def _death(links: Iterable[Link]) -> float:
    return min((link.expires.timestamp() for link in links if link.expires), default=0)


def _cover(post: Post) -> tuple[Link, ...]:
    return (post.cover_link,) if post.cover_link else ()


def _visible_content(post: Post) -> tuple[object, ...]:
    """Return what a creator would call a change when it differs: not another signature or way to
    the same file, but another number of files. Likes grow by themselves."""
    values = (post.kind, post.title, post.text, post.visibility_said, post.declaration)
    return (*values, len(post.links))
