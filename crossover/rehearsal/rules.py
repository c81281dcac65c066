"""Decides whether a note may be created: RedNote's rules, counted here once more and on our own.

RedNote publishes no list of its rules. What is checked here is what public clients agree on;
'(likely)' marks what only one or two of them say. Limits on which they disagree (length and size of
a video) are not checked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from .model import VISIBILITY, File, NewNote, Slot
from .topics import Topic

TITLE_UNITS = 20
DESCRIPTION_UNITS = 1000  # topic markers included (likely)
TOPICS = 10
MENTIONS = 20  # (likely)
IMAGES = 18
IMAGE_BYTES = 20 * 1024 * 1024  # (likely)
IMAGE_KINDS = ("image/jpeg", "image/png")
SCHEDULE_FROM = 60 * 60 * 1000
SCHEDULE_UNTIL = 14 * 24 * 60 * 60 * 1000
ORIGINS = range(6)  # none, fictional, AI content, marketing, self-shot, reposted
BINDS = (
    "version",
    "noteId",
    "bizType",
    "noteOrderBind",
    "notePostTiming",
    "noteCollectionBind",
    "optionRelationList",
)

# A name never holds `#`, so a marker begins at the last `#` before it.
MARKER = re.compile(r"#([^#\r\n]+?)\[话题\]#")


class BrokenRule(Exception):
    """The note is refused; the text says which rule it breaks."""


def title_units(text: str) -> int:
    """A Chinese character counts 1, two Latin letters count 1: halves, rounded up."""
    halves = 0
    for unit in utf16(text):
        halves += 1 if unit < 128 else 2
    return (halves + 1) // 2


def utf16(text: str) -> Iterator[int]:
    raw = text.encode("utf-16-le", "surrogatepass")
    for i in range(0, len(raw), 2):
        yield raw[i] | raw[i + 1] << 8


def description_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def check(
    payload: object,
    *,
    slot: Callable[[str], Slot | None],
    topic: Callable[[str], Topic | None],
    now: int,
) -> NewNote:
    """The note in `payload`, or `BrokenRule`. `now` is in milliseconds."""
    body = _object(payload, "the body")
    common = _object(body.get("common"), "common")
    kind = _text(common, "type")
    if kind not in ("normal", "video"):
        raise BrokenRule(f"common.type is {kind!r}; it must be normal or video")
    if common.get("note_id", "") != "":
        raise BrokenRule("common.note_id must be empty for a new note")

    title, desc = _words(common)
    _json_text(common, "source")
    _mentions(common)
    if "post_loc" in common:
        place = _object(common["post_loc"], "common.post_loc")
        if not _text(place, "poi_id"):
            raise BrokenRule("common.post_loc has no place; leave the key out")

    files = _Files(slot)
    if kind == "normal":
        media, cover = _images(body, files), None
    else:
        media, cover = _video(body, files)
    return NewNote(
        type=kind,
        title=title,
        desc=desc.strip(),
        topics=_topics(common, desc, topic),
        privacy=_privacy(common),
        schedule=_schedule(common, now),
        media=media,
        cover=cover,
        file_ids=tuple(files.taken),
    )


def _words(common: dict[str, object]) -> tuple[str, str]:
    title, desc = _text(common, "title"), _text(common, "desc")
    if (units := title_units(title)) > TITLE_UNITS:
        raise BrokenRule(f"the title has {units} units; at most {TITLE_UNITS} are allowed")
    if (units := description_units(desc)) > DESCRIPTION_UNITS:
        raise BrokenRule(
            f"the description has {units} characters; at most {DESCRIPTION_UNITS} are allowed"
        )
    if not title.strip() and not desc.strip():  # one of them is enough (likely)
        raise BrokenRule("the note has neither a title nor a description")
    return title, desc


def _mentions(common: dict[str, object]) -> None:
    mentions = _list(common, "ats")
    if len(mentions) > MENTIONS:
        raise BrokenRule(f"{len(mentions)} mentions; at most {MENTIONS} are allowed")
    for entry in mentions:
        mention = _object(entry, "an entry of common.ats")
        for key in ("nickname", "user_id", "name"):
            _text(mention, key)


def _topics(
    common: dict[str, object], desc: str, topic: Callable[[str], Topic | None]
) -> tuple[str, ...]:
    entries = _list(common, "hash_tag")
    if len(entries) > TOPICS:
        raise BrokenRule(f"{len(entries)} topics; at most {TOPICS} are allowed")
    markers = set()
    for marker in MARKER.finditer(desc):
        before, after = desc[: marker.start()][-1:], desc[marker.end() :][:1]
        if (before and not before.isspace()) or (after and not after.isspace()):
            raise BrokenRule(f"the marker {marker[0]} needs a blank before and after it")
        markers.add(marker[1])
    names = []
    for value in entries:
        entry = _object(value, "an entry of common.hash_tag")
        name = _text(entry, "name")
        if _text(entry, "type") != "topic":
            raise BrokenRule(f"the type of topic {name} is not topic")
        known = topic(name)
        if known is None:
            raise BrokenRule(f"there is no topic {name}")
        if _text(entry, "id") != known.id:
            raise BrokenRule(f"the id of topic {name} is not its own")
        _text(entry, "link")
        if name not in markers:
            raise BrokenRule(f"the description has no marker #{name}[话题]#")
        names.append(name)
    if missing := sorted(markers - set(names)):
        raise BrokenRule(f"the marker #{missing[0]}[话题]# has no entry in common.hash_tag")
    return tuple(names)


def _privacy(common: dict[str, object]) -> int:
    privacy = _object(common.get("privacy_info"), "common.privacy_info")
    value = _number(privacy, "type")
    if value not in VISIBILITY:
        raise BrokenRule(f"common.privacy_info.type is {value}; it must be 0, 1 or 4")
    return value


def _schedule(common: dict[str, object], now: int) -> int | None:
    binds = _json_text(common, "business_binds")
    for key in BINDS:
        if key not in binds:
            raise BrokenRule(f"common.business_binds has no {key}")
    if "userDeclarationBind" in binds:
        bind = _object(binds["userDeclarationBind"], "userDeclarationBind")
        if (origin := _number(bind, "origin")) not in ORIGINS:
            raise BrokenRule(f"userDeclarationBind.origin is {origin}; it must be 0 to 5")
    timing = _object(binds["notePostTiming"], "notePostTiming")
    match _number(binds, "bizType"):
        case 0:
            if timing:
                raise BrokenRule("notePostTiming is filled in, but bizType is 0")
            return None
        case 13:
            when = _text(timing, "postTime")
        case other:
            raise BrokenRule(f"business_binds.bizType is {other}; it must be 0 or 13")
    if not re.fullmatch(r"[0-9]{13}", when):
        raise BrokenRule("notePostTiming.postTime must be 13 digits in a string")
    time = int(when)
    if time % 60_000:
        raise BrokenRule("the time to publish at must be a whole minute")
    if not now + SCHEDULE_FROM <= time <= now + SCHEDULE_UNTIL:
        raise BrokenRule("the time to publish at must be 1 hour to 14 days ahead")
    return time


class _Files:
    """Finds uploaded files, each of them once."""

    def __init__(self, slot: Callable[[str], Slot | None]) -> None:
        self._slot = slot
        self.taken: list[str] = []

    def take(self, owner: dict[str, object], scene: str) -> File:
        file_id = _text(owner, "file_id")
        if owner.get("fileid", file_id) != file_id:
            raise BrokenRule("fileid and file_id differ")
        slot = self._slot(file_id)
        if slot is None or slot.file is None:
            raise BrokenRule(f"file {file_id} was never uploaded")
        if slot.note_id is not None or file_id in self.taken:
            raise BrokenRule(f"file {file_id} is used already")
        if slot.scene != scene:
            raise BrokenRule(f"file {file_id} was uploaded as {slot.scene}, used as {scene}")
        self.taken.append(file_id)
        return slot.file


def _images(body: dict[str, object], files: _Files) -> tuple[File, ...]:
    if body.get("video_info") is not None:
        raise BrokenRule("a note has images or a video, never both")
    images = _list(_object(body.get("image_info"), "image_info"), "images")
    if not 1 <= len(images) <= IMAGES:
        raise BrokenRule(f"{len(images)} images; a note needs 1 to {IMAGES}")
    return tuple(_image(_object(image, "an image"), files) for image in images)


def _image(image: dict[str, object], files: _Files) -> File:
    file = files.take(image, "image")
    if file.kind not in IMAGE_KINDS:
        raise BrokenRule(f"image {image['file_id']} is neither JPEG nor PNG")
    if file.size > IMAGE_BYTES:
        raise BrokenRule(f"image {image['file_id']} is larger than 20 MB")
    for key in ("width", "height"):
        if _number(image, key) < 1:
            raise BrokenRule(f"the {key} of image {image['file_id']} is not a size")
    return file


def _video(body: dict[str, object], files: _Files) -> tuple[tuple[File, ...], File | None]:
    if body.get("image_info") is not None:
        raise BrokenRule("a note has images or a video, never both")
    video = _object(body.get("video_info"), "video_info")
    file = files.take(video, "video")
    if file.kind.startswith("image/"):
        raise BrokenRule(f"video {video['file_id']} is a picture")
    cover = video.get("cover")
    if cover is None:
        return (file,), None
    cover = _object(cover, "video_info.cover")
    if not _text(cover, "file_id"):
        return (file,), None  # RedNote takes the first frame
    return (file,), _image(cover, files)


def _object(value: object, what: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise BrokenRule(f"{what} is not an object")
    return value


def _list(owner: dict[str, object], key: str) -> list[object]:
    value = owner.get(key)
    if not isinstance(value, list):
        raise BrokenRule(f"{key} is not a list")
    return value


def _text(owner: dict[str, object], key: str) -> str:
    value = owner.get(key)
    if not isinstance(value, str):
        raise BrokenRule(f"{key} is not a text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BrokenRule(f"{key} is not valid Unicode (half an emoji?)") from None
    return value


def _number(owner: dict[str, object], key: str) -> int:
    value = owner.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BrokenRule(f"{key} is not a whole number")
    return value


def _json_text(owner: dict[str, object], key: str) -> dict[str, object]:
    """An object that the protocol wants as a string of JSON inside the JSON."""
    try:
        value = json.loads(_text(owner, key))
    except (ValueError, RecursionError):
        raise BrokenRule(f"common.{key} is not a string of JSON") from None
    return _object(value, f"common.{key}")
