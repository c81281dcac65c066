"""What a creator reads of the fields of RedNote's form, and of what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from crossover.destinations.studio.form import FieldName
from crossover.model.notes import Note
from crossover.model.posts import Declaration, Visibility
from crossover.text import one_line

FIELD_WORDS: Mapping[str, str] = {
    FieldName.TITLE: "title",
    FieldName.BODY: "text",
    FieldName.TOPICS: "topics",
    FieldName.MEDIA: "files",
    FieldName.COVER: "cover",
    FieldName.VISIBILITY: "seen by",
    FieldName.DECLARATION: "declaration",
    FieldName.ORIGINAL: "original work",
    FieldName.SCHEDULE: "goes out",
}
"""What a creator reads of each field."""

CHOICE_WORDS: Mapping[str, Mapping[str, str]] = {
    FieldName.VISIBILITY: {
        Visibility.PUBLIC: "everybody (公开可见)",
        Visibility.FRIENDS: "friends only (仅互关好友可见)",
        Visibility.ONLY_ME: "only you (仅自己可见)",
    },
    FieldName.DECLARATION: {
        "": "none",
        Declaration.NONE: "none",
        Declaration.FICTION: "fiction (虚构演绎，仅供娱乐)",
        Declaration.AI: "made with AI (笔记含AI合成内容)",
        Declaration.AD: "advertising (内容包含营销广告)",
        Declaration.SELF_SHOT: "shot by yourself (自主拍摄)",
        Declaration.REPOST: "reposted (来源转载)",
    },
    FieldName.ORIGINAL: {"true": "yes (原创声明)", "false": "no", "": "no"},
    FieldName.SCHEDULE: {"": "once you press"},
    FieldName.TITLE: {"": "(none)"},
    FieldName.BODY: {"": "(none)"},
    FieldName.TOPICS: {"": "(none)"},
    FieldName.MEDIA: {"": "none", "video": "1 video"},
    FieldName.COVER: {"own": "the planned picture", "": "RedNote's own choice"},
}
"""RedNote's own words stand behind ours: the page may be in Chinese."""


def name_fields(names: Iterable[str]) -> str:
    """Format as `seen by, topics`; a name that is none of the form's stays as it is."""
    return ", ".join(FIELD_WORDS.get(name, name) for name in names)


def tell_planned(names: Iterable[str], note: Note, visibility: Visibility) -> Iterator[str]:
    """Yield each of these fields of `note` as `seen by: only you (仅自己可见)`, as it was planned; of a
    text its name alone. `visibility` is whom the note was sent for."""
    for name in names:
        planned = _planned(name, note, visibility)
        yield f"{name_fields([name])}: {planned}" if planned else name_fields([name])


def _planned(name: str, note: Note, visibility: Visibility) -> str:
    match name:
        case FieldName.VISIBILITY:
            return CHOICE_WORDS[FieldName.VISIBILITY][visibility]
        case FieldName.DECLARATION:
            return CHOICE_WORDS[FieldName.DECLARATION][note.declaration]
        case FieldName.ORIGINAL:
            return CHOICE_WORDS[FieldName.ORIGINAL][str(note.original).lower()]
        case FieldName.TOPICS:
            return " ".join(f"#{one_line(topic)}" for topic in note.topics)
        case FieldName.TITLE:
            return one_line(note.title)
        case FieldName.SCHEDULE if note.schedule:
            return f"{note.schedule:%Y-%m-%d %H:%M}"
        case _:
            return ""
