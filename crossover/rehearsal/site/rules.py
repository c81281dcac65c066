"""Decides whether a note may be created: RedNote's rules, counted here once more and on our own.

RedNote publishes no list of its rules. What is checked here is what public clients agree on;
'(likely)' marks what only one or two of them say. How large a picture and how large and long a
video may be is not certain, so nothing is refused for it; `limits/rednote.yaml` has the numbers, of
which the plan warns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from crossover.rehearsal.site.fields import (
    BrokenRule,
    read_json_text,
    read_list,
    read_number,
    read_object,
    read_text,
)
from crossover.rehearsal.site.topics import Topic
from crossover.rehearsal.store.options import DECLARATIONS
from crossover.rehearsal.store.records import FRAME, VISIBILITY, File, NewNote, Slot, first_frame_id

TITLE_UNITS = 20
DESCRIPTION_UNITS = 1000  # topic markers included (likely)
TOPICS = 10
MENTIONS = 20  # (likely)
IMAGES = 18
IMAGE_KINDS = ("image/jpeg", "image/png")
SCHEDULE_FROM = 60 * 60 * 1000
SCHEDULE_UNTIL = 14 * 24 * 60 * 60 * 1000
BINDS = (
    "version",
    "noteId",
    "bizType",
    "noteOrderBind",
    "notePostTiming",
    "noteCollectionBind",
    "optionRelationList",
)

# Clients from before 2026 send neither of these, and take liberties that go with it: an empty place, a
# time that is null or a number, pictures without their size. Whether RedNote still takes such notes
# is open; the stand-in does, so that those clients can practise too. One of both is not the older
# form but a mistake.
NEWER_BINDS = ("bizType", "optionRelationList")

# A name never holds `#`, so a marker begins at the last `#` before it.
MARKER = re.compile(r"#([^#\r\n]+?)\[话题\]#")


def count_title_units(text: str) -> int:
    """Count title units: a Chinese character is 1, two Latin letters are 1; halves are rounded
    up."""
    halves = 0
    for unit in iterate_utf16(text):
        halves += 1 if unit < 128 else 2
    return (halves + 1) // 2


def iterate_utf16(text: str) -> Iterator[int]:
    raw = text.encode("utf-16-le", "surrogatepass")
    for i in range(0, len(raw), 2):
        yield raw[i] | raw[i + 1] << 8


def count_description_units(text: str) -> int:
    """Count UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def check_note(
    payload: object,
    *,
    slot: Callable[[str], Slot | None],
    topic: Callable[[str], Topic | None],
    now: int,
    note_id: str = "",
) -> NewNote:
    """Check a payload against every rule and make the note of it. `now` is in milliseconds; `note_id`
    is of the note that it replaces, whose files it may have. Raises `BrokenRule`."""
    body = read_object(payload, "the body")
    common = read_object(body.get("common"), "common")
    kind = read_text(common, "type")
    if kind not in ("normal", "video"):
        raise BrokenRule(f"common.type is {kind!r}; it must be normal or video")
    if common.get("note_id", "") != note_id:
        raise BrokenRule("common.note_id must be empty for a new note, and only for that")

    binds = read_json_text(common, "business_binds")
    older = not any(key in binds for key in NEWER_BINDS)
    title, desc = _check_words(common)
    read_json_text(common, "source")
    _check_mentions(common)
    if "post_loc" in common and not (older and common["post_loc"] == {}):
        place = read_object(common["post_loc"], "common.post_loc")
        if not read_text(place, "poi_id"):
            raise BrokenRule("common.post_loc has no place; leave the key out")

    files = _UploadedFiles(slot, sizes=not older, owner=note_id)
    if kind == "normal":
        media, cover = _check_images(body, files), None
    else:
        media, cover = _check_video(body, files)
    return NewNote(
        type=kind,
        title=title,
        desc=desc.strip(),
        topics=_check_topics(common, desc, topic),
        privacy=_check_privacy(common),
        schedule=_check_schedule(binds, now),
        media=media,
        cover=cover,
        file_ids=tuple(files.taken),
    )


def _check_words(common: dict[str, object]) -> tuple[str, str]:
    title, desc = read_text(common, "title"), read_text(common, "desc")
    if (units := count_title_units(title)) > TITLE_UNITS:
        raise BrokenRule(f"the title has {units} units; at most {TITLE_UNITS} are allowed")
    if (units := count_description_units(desc)) > DESCRIPTION_UNITS:
        raise BrokenRule(
            f"the description has {units} characters; at most {DESCRIPTION_UNITS} are allowed"
        )
    if not title.strip() and not desc.strip():  # one of them is enough (likely)
        raise BrokenRule("the note has neither a title nor a description")
    return title, desc


def _check_mentions(common: dict[str, object]) -> None:
    mentions = read_list(common, "ats")
    if len(mentions) > MENTIONS:
        raise BrokenRule(f"{len(mentions)} mentions; at most {MENTIONS} are allowed")
    for entry in mentions:
        mention = read_object(entry, "an entry of common.ats")
        for key in ("nickname", "user_id", "name"):
            read_text(mention, key)


def _check_topics(
    common: dict[str, object], desc: str, topic: Callable[[str], Topic | None]
) -> tuple[str, ...]:
    entries = read_list(common, "hash_tag")
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
        entry = read_object(value, "an entry of common.hash_tag")
        name = read_text(entry, "name")
        if read_text(entry, "type") != "topic":
            raise BrokenRule(f"the type of topic {name} is not topic")
        known = topic(name)
        if known is None:  # RedNote's page can make one; no call for it is known (likely)
            raise BrokenRule(f"there is no topic {name}")
        if read_text(entry, "id") != known.id:
            raise BrokenRule(f"the id of topic {name} is not its own")
        read_text(entry, "link")
        if name not in markers:
            raise BrokenRule(f"the description has no marker #{name}[话题]#")
        names.append(name)
    if missing := sorted(markers - set(names)):
        raise BrokenRule(f"the marker #{missing[0]}[话题]# has no entry in common.hash_tag")
    return tuple(names)


def _check_privacy(common: dict[str, object]) -> int:
    privacy = read_object(common.get("privacy_info"), "common.privacy_info")
    value = read_number(privacy, "type")
    if value not in VISIBILITY:
        raise BrokenRule(f"common.privacy_info.type is {value}; it must be 0, 1 or 4")
    return value


def _check_schedule(binds: dict[str, object], now: int) -> int | None:
    older = not any(key in binds for key in NEWER_BINDS)
    for key in BINDS:
        if key not in binds and not (older and key in NEWER_BINDS):
            raise BrokenRule(f"common.business_binds has no {key}")
    if "userDeclarationBind" in binds:
        bind = read_object(binds["userDeclarationBind"], "userDeclarationBind")
        if (origin := read_number(bind, "origin")) not in range(len(DECLARATIONS)):
            raise BrokenRule(f"userDeclarationBind.origin is {origin}; it must be 0 to 6")
    timing = read_object(binds["notePostTiming"], "notePostTiming")
    if older:
        if timing.get("postTime") is None:
            return None
        return _check_time(str(timing["postTime"]), now)
    match read_number(binds, "bizType"):
        case 0:
            if timing:
                raise BrokenRule("notePostTiming is filled in, but bizType is 0")
            return None
        case 13:
            return _check_time(read_text(timing, "postTime"), now)
        case other:
            raise BrokenRule(f"business_binds.bizType is {other}; it must be 0 or 13")


def _check_time(when: str, now: int) -> int:
    if not re.fullmatch(r"[0-9]{13}", when):
        raise BrokenRule("notePostTiming.postTime must be 13 digits in a string")
    time = int(when)
    if time % 60_000:
        raise BrokenRule("the time to publish at must be a whole minute")
    if not now + SCHEDULE_FROM <= time <= now + SCHEDULE_UNTIL:
        raise BrokenRule("the time to publish at must be 1 hour to 14 days ahead")
    return time


class _UploadedFiles:
    """Finds uploaded files, each of them once."""

    def __init__(self, slot: Callable[[str], Slot | None], *, sizes: bool, owner: str = "") -> None:
        self._slot = slot
        self._owner = owner
        self.sizes = sizes
        self.taken: list[str] = []

    def take(self, owner: dict[str, object], scene: str) -> File:
        """Find a file by its id. Raises `BrokenRule` for one that was not uploaded, is used, or is
        of another scene."""
        file_id = read_text(owner, "file_id")
        if owner.get("fileid", file_id) != file_id:
            raise BrokenRule("fileid and file_id differ")
        slot = self._slot(file_id)
        if slot is None or slot.file is None:
            raise BrokenRule(f"file {file_id} was never uploaded")
        if slot.note_id not in (None, self._owner) or file_id in self.taken:
            raise BrokenRule(f"file {file_id} is used already")
        if slot.scene != scene:
            raise BrokenRule(f"file {file_id} was uploaded as {slot.scene}, used as {scene}")
        self.taken.append(file_id)
        return slot.file

    def take_first_frame(self, cover: dict[str, object], video_id: str) -> bool:
        """Whether the cover is the video's own first frame, made by RedNote and asked for
        before."""
        file_id = read_text(cover, "file_id")
        slot = self._slot(file_id)
        if slot is None or slot.scene != FRAME:
            return False
        if file_id != first_frame_id(video_id):
            raise BrokenRule("the cover is the first frame of another video")
        self.taken.append(file_id)
        return True


def _check_images(body: dict[str, object], files: _UploadedFiles) -> tuple[File, ...]:
    if body.get("video_info") is not None:
        raise BrokenRule("a note has images or a video, never both")
    images = read_list(read_object(body.get("image_info"), "image_info"), "images")
    if not 1 <= len(images) <= IMAGES:
        raise BrokenRule(f"{len(images)} images; a note needs 1 to {IMAGES}")
    return tuple(_check_image(read_object(image, "an image"), files) for image in images)


def _check_image(image: dict[str, object], files: _UploadedFiles) -> File:
    file = files.take(image, "image")
    if file.kind not in IMAGE_KINDS:
        raise BrokenRule(f"image {image['file_id']} is neither JPEG nor PNG")
    for key in ("width", "height"):
        if (files.sizes or key in image) and read_number(image, key) < 1:
            raise BrokenRule(f"the {key} of image {image['file_id']} is not a size")
    return file


def _check_video(
    body: dict[str, object], files: _UploadedFiles
) -> tuple[tuple[File, ...], File | None]:
    if body.get("image_info") is not None:
        raise BrokenRule("a note has images or a video, never both")
    video = read_object(body.get("video_info"), "video_info")
    file = files.take(video, "video")
    if file.kind.startswith("image/"):
        raise BrokenRule(f"video {video['file_id']} is a picture")
    cover = video.get("cover")
    if cover is None:
        return (file,), None
    cover = read_object(cover, "video_info.cover")
    if not read_text(cover, "file_id") or files.take_first_frame(cover, str(video["file_id"])):
        return (file,), None  # RedNote takes the first frame
    return (file,), _check_image(cover, files)
