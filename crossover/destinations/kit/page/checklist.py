"""What to do for a note, in the order of RedNote's own form, and what its choices are called there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crossover.model.packs import PackNote
from crossover.model.posts import Declaration, Kind, Visibility

VISIBILITIES: Mapping[Visibility, tuple[str, str]] = {
    Visibility.PUBLIC: ("everybody", "公开可见"),
    Visibility.FRIENDS: ("friends only", "仅互关好友可见"),
    Visibility.ONLY_ME: ("only you", "仅自己可见"),
}
"""Who may see a note, and what RedNote's page calls it (3 sources)."""

DECLARATIONS: Mapping[Declaration, tuple[str, str]] = {
    Declaration.NONE: ("none", ""),
    Declaration.FICTION: ("fiction, for entertainment", "虚构演绎，仅供娱乐"),
    Declaration.AI: ("contains what AI made", "笔记含AI合成内容"),
    Declaration.AD: ("contains advertising", "内容包含营销广告"),
    Declaration.SELF_SHOT: ("you filmed it yourself (it asks for place and date)", "自主拍摄"),
    Declaration.REPOST: ("taken from elsewhere (it asks from which medium)", "来源转载"),
}
"""What a note says of itself, and what RedNote's page calls it (3 sources and more)."""


def checklist(one: PackNote) -> Iterator[tuple[str, str]]:
    """Yield what to do for a note, each with a name of its own."""
    note = one.note
    if note.kind is Kind.VIDEO:
        yield "media", f"Choose the video {one.media[0]}."
        if one.cover:
            yield "cover", f"Set the cover: {one.cover}."
    elif len(one.media) == 1:
        yield "media", f"Choose the picture {one.media[0]}."
    else:
        yield (
            "media",
            f"Choose the {len(one.media)} pictures, {one.media[0]} to {one.media[-1]}, in this order.",
        )
    if note.title:
        yield "title", "Paste the title."
    if note.body:
        yield "text", "Paste the text."
    if note.topics:
        each = "the topic" if len(note.topics) == 1 else f"the {len(note.topics)} topics"
        yield "topics", f"Add {each} behind the text, each picked from RedNote's list."
    if note.declaration is not Declaration.NONE:
        words, label = DECLARATIONS[note.declaration]
        yield "declaration", f"Declare the content: {words} ({label})."
    if note.original:
        yield "original", "Switch on 原创声明: it is your own work."
    words, label = VISIBILITIES[one.visibility]
    yield "visibility", f"Choose who may see it: {words} ({label})."
    if one.scheduled:
        yield "schedule", f"Schedule it (定时发布): {one.due:%Y-%m-%d %H:%M}."
    yield "check", "Look over all of it once more, then publish."
    yield "link", "Open the note, Share, Copy link, and paste it below."
