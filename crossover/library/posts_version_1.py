"""posts.json of version 1: evidence said in a sentence how a post came by it."""

from __future__ import annotations

from typing import Any

from crossover.model.posts import FILE, TIKTOK_ID, WORDS, Origin

_ORIGINS = {
    "the TikTok id in its name": Origin.TIKTOK_ID_IN_NAME,
    "you named it": Origin.NAMED,
    "its link in the export": Origin.LINK,
    "the same TikTok id": Origin.SAME_ID,
    "you said so": Origin.SAID,
}

_WITH_FIGURES = {FILE: Origin.LIKENESS, TIKTOK_ID: Origin.TIME, WORDS: Origin.TIME}
"""Every other sentence has figures in it, and of each kind of evidence only one does."""


def upgrade(document: Any) -> Any:
    """Convert a document (as JSON gave it) to version 2: an `Origin`, with the sentence as its
    detail.

    Raises `KeyError`, `TypeError` or `AttributeError` where it is no document of version 1."""
    posts = [
        post | {"evidence": [_upgraded(one) for one in post.get("evidence", ())]}
        for post in document.get("posts", ())
    ]
    return document | {"posts": posts, "version": 2}


def _upgraded(evidence: dict[str, str]) -> dict[str, str]:
    sentence = evidence["how"]
    how = _ORIGINS.get(sentence) or _WITH_FIGURES[evidence["what"]]
    return evidence | {"how": how, "detail": sentence}
