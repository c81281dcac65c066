"""A note as the create call wants it. Pure: what was shown goes in, JSON comes out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from crossover.destinations.answers.call import compact
from crossover.destinations.api.topics import Topic
from crossover.destinations.codes import DECLARATION, NOTE_TYPE, VISIBILITY, mime_of
from crossover.errors import CrossoverError
from crossover.model.next_step import Hint, step
from crossover.model.notes import Cover, Note, NoteMedia
from crossover.model.posts import Declaration, Kind

_SCHEDULED, _AT_ONCE = 13, 0
_MARKER = re.compile(r"#([^#\s\[]+)\[话题\]#")
_TOPIC_NAME = re.compile(r"[^#\s\[]+")


def create_note(
    note: Note,
    file_ids: Sequence[str],
    topics: Mapping[str, Topic],
    *,
    first_frame: str | None = None,
) -> dict[str, Any]:
    """The body of the create call.

    `file_ids` are those of the note's files in the order of `Note.files`; `topics` the known ones
    by the note's own spelling; `first_frame` the file id of a picture that RedNote took from a
    video without a cover. Raises `CrossoverError` when the text would not read as shown.
    """
    known = _clickable(topics)
    desc = _checked_description(note, known)
    return {
        "common": {
            "type": NOTE_TYPE[_kind(note)],
            "title": note.title,
            "note_id": "",
            "desc": desc,
            "source": _source(),
            "business_binds": _text(_binds(note)),
            "ats": [],
            "hash_tag": _hash_tags(note, known),
            "privacy_info": {"op_type": 1, "type": VISIBILITY[note.visibility], "user_ids": []},
        },
        **_media(note, file_ids, first_frame),
    }


def plain_topics(note: Note, topics: Mapping[str, Topic]) -> tuple[str, ...]:
    """The note's topics that `create_note` leaves as plain `#name`, each once."""
    known = _clickable(topics)
    return tuple(name for name in dict.fromkeys(note.topics) if name not in known)


def _clickable(topics: Mapping[str, Topic]) -> dict[str, Topic]:
    """Those of `topics` whose name a marker can hold."""
    return {name: topic for name, topic in topics.items() if _TOPIC_NAME.fullmatch(name)}


def description(note: Note, known: Mapping[str, Topic]) -> str:
    """The text with a marker for each known topic: a blank before `#`, a blank after the marker
    (firm). Names keep the note's own spelling: it was shown so."""
    parts = [note.body] if note.body else []
    parts += [f"#{name}[话题]#" if name in known else f"#{name}" for name in note.topics]
    closing = " " if note.topics and note.topics[-1] in known else ""
    return " ".join(parts) + closing


def as_read(desc: str) -> str:
    """A description as a reader sees it."""
    return _MARKER.sub(r"#\1", desc).strip()


def _checked_description(note: Note, known: Mapping[str, Topic]) -> str:
    desc = description(note, known)
    if as_read(desc) != as_read(note.description):
        raise CrossoverError(
            f"Note {note.number} would not read as it was shown; nothing was sent.",
            next=Hint(
                "Run ",
                step("plan"),
                " again. If that does not help, it is a bug: please report it.",
            ),
        )
    return desc


def _hash_tags(note: Note, known: Mapping[str, Topic]) -> list[dict[str, str]]:
    return [
        # The search says "official"; a note must say "topic" (firm).
        {"id": topic.id, "name": name, "link": topic.link, "type": "topic"}
        for name in dict.fromkeys(note.topics)
        if (topic := known.get(name))
    ]


def _kind(note: Note) -> Kind:
    if note.kind is None:
        raise CrossoverError(f"Note {note.number} is neither a video nor pictures.")
    return note.kind


def _text(value: Mapping[str, Any]) -> str:
    # JSON inside JSON, as a string: so the page does it (firm).
    return compact(value).decode()


def _source() -> str:
    official = _text({"subType": "official", "systemId": "web"})
    return _text({"type": "web", "ids": "", "extraInfo": official})


def _binds(note: Note) -> dict[str, Any]:
    timing = {"postTime": _milliseconds(note.schedule)} if note.schedule else {}
    binds: dict[str, Any] = {
        "version": 1,
        "noteId": 0,
        "bizType": _SCHEDULED if note.schedule else _AT_ONCE,
        "noteOrderBind": {},
        "notePostTiming": timing,
        "noteCollectionBind": {"id": ""},
        "optionRelationList": [],
    }
    if note.declaration is not Declaration.NONE:
        binds["userDeclarationBind"] = {"origin": DECLARATION[note.declaration]}
    return binds


def _milliseconds(moment: datetime) -> str:
    return str(int(moment.timestamp()) * 1000)


def _media(note: Note, file_ids: Sequence[str], first_frame: str | None) -> dict[str, Any]:
    files = list(zip(note.files, file_ids, strict=True))
    match _kind(note), files:
        case Kind.PHOTOS, [_, *_] if note.cover is None:
            return {"image_info": {"images": [_image(f, i) for f, i in files]}, "video_info": None}
        case Kind.VIDEO, [(NoteMedia() as video, video_id), (Cover() as cover, cover_id)]:
            return {
                "image_info": None,
                "video_info": _video(video, video_id, _cover(cover, cover_id, own=True)),
            }
        case Kind.VIDEO, [(NoteMedia() as video, video_id)] if first_frame is not None:
            return {
                "image_info": None,
                "video_info": _video(video, video_id, _cover(video, first_frame, own=False)),
            }
        case _:
            raise CrossoverError(
                f"Note {note.number} is neither pictures nor one video with a cover.",
                next=Hint("Run ", step("plan"), " again."),
            )


def _image(image: NoteMedia | Cover, file_id: str) -> dict[str, Any]:
    return {
        "file_id": file_id,
        "width": image.width,
        "height": image.height,
        "metadata": {"source": -1},
        "stickers": {"version": 2, "floating": []},
        "extra_info_json": _text({"mimeType": mime_of(image.path)}),
    }


def _cover(picture: Cover | NoteMedia, file_id: str, *, own: bool) -> dict[str, Any]:
    return {
        "fileid": file_id,
        "file_id": file_id,
        "width": picture.width,
        "height": picture.height,
        "frame": {"ts": 0, "is_user_select": False, "is_upload": own},
    }


def _video(video: NoteMedia, file_id: str, cover: dict[str, Any]) -> dict[str, Any]:
    seconds = video.duration or 0.0
    milliseconds = round(seconds * 1000)
    picture = {"width": video.width, "height": video.height, "duration": milliseconds}
    if seconds:
        picture["bitrate"] = round(video.bytes * 8 / seconds)
    metadata = {"video": picture, "audio": {"duration": milliseconds}}
    return {
        "fileid": file_id,
        "file_id": file_id,
        "format_width": video.width,
        "format_height": video.height,
        # Seen for upright videos; what others want is not known.
        "video_preview_type": "full_vertical_screen" if video.height > video.width else "",
        "composite_metadata": metadata,
        "timelines": [],
        "cover": cover,
        "chapters": [],
        "chapter_sync_text": False,
        "segments": {
            "count": 1,
            "need_slice": False,
            "items": [
                {
                    "mute": 0,
                    "speed": 1,
                    "start": 0,
                    "duration": seconds,  # seconds here, milliseconds above (likely)
                    "transcoded": 0,
                    "media_source": 1,
                    "original_metadata": metadata,
                }
            ],
        },
        "entrance": "web",
    }
