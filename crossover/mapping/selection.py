"""Which posts take part, by the rules under `select`."""

from __future__ import annotations

from crossover.model.choices import PostSelection
from crossover.model.posts import Post

_EVERYTHING = PostSelection()


def explain_exclusion(post: Post, select: PostSelection) -> str:
    """Say which rule leaves a post out, the same for all that it does; empty where none does. A
    post of which it is not known what a rule asks is left out, too."""
    if select == _EVERYTHING:
        return ""
    day = post.posted_at.date()
    words = f"{post.title or ''}\n{post.text or ''}".casefold()
    if select.since and day < select.since:
        return _reason("since", f"it was posted before {select.since}")
    if select.until and day > select.until:
        return _reason("until", f"it was posted after {select.until}")
    if select.numbers.numbers and post.number not in select.numbers.numbers:
        return _reason("numbers", "its number is none of them")
    if select.kinds != _EVERYTHING.kinds and post.kind not in select.kinds:
        kind = f"its kind is {post.kind}" if post.kind else "its kind is not known yet"
        return _reason("kinds", kind)
    if select.visibility != _EVERYTHING.visibility and post.visibility not in select.visibility:
        who = (
            f"it is {post.visibility} on TikTok" if post.visibility else "who sees it is not known"
        )
        return _reason("visibility", who)
    if select.min_likes and post.likes is None:
        return _reason("min_likes", "your export does not say how many likes it has")
    if select.min_likes > (post.likes or 0):
        return _reason("min_likes", f"it has fewer than {select.min_likes:,} likes")
    if select.text and select.text.casefold() not in words:
        return _reason("text", f"its words lack {select.text!r}")
    return ""


def _reason(rule: str, why: str) -> str:
    return f"`select.{rule}` in crossover.yaml: {why}"
