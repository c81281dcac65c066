"""The sections of an export's JSON: the posts, the counts of deleted posts and stories, the public
name. Everything is found by its whole path.

Watch history is also a list called `VideoList`, and a caption may hold anything, so posts are
never found by that name alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from crossover.exports.json.post_list import PostList, read_post_list
from crossover.exports.json.stream import END, BrokenJson, JsonStream, TooLong
from crossover.exports.json.value import Undecodable, decode
from crossover.exports.keys import SECTIONS, none_if_empty, normalise_key
from crossover.model.posts import Profile
from crossover.model.tiktok import clean_handle
from crossover.text import one_line

PATHS = {"post": ("Post", "Posts", "VideoList"), "video": ("Video", "Videos", "VideoList")}
"""Where own posts are: since March 2025, and before. The first path that exists is taken."""

_FOLDERS = {"post": "posts", "video": "videos"}
_PROFILES = ("profileandsettings", "profile")
_PROFILE_FOLDERS = ("profileinfo", "profileinformation")
_NAME_BYTES = 16 * 1024
MAX_NAMES = 64


@dataclass(slots=True)
class Sections:
    """The sections of one document.

    `lists` are the post lists found, by their section (`post`, `video`). `empty` are sections that
    are there without a list, `malformed` those with something else in its place. Of a list that
    stands there twice the last one counts, and its section is in `repeated`. `broken` is where the
    document stops making sense."""

    names: list[str] = field(default_factory=list)
    is_export: bool = False
    lists: dict[str, PostList] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)
    malformed: set[str] = field(default_factory=set)
    repeated: set[str] = field(default_factory=set)
    deleted: dict[str, int] = field(default_factory=dict)
    stories: int = 0
    profile: Profile = field(default_factory=lambda: Profile(None, None))
    unknown_keys: set[str] = field(default_factory=set)
    broken: BrokenJson | None = None


def read_sections(stream: JsonStream) -> Sections:
    """Read all sections in one pass. Damage ends the pass and is kept in `broken`, beside what was
    read before it."""
    found = Sections()
    try:
        for key in stream.members():
            _read_section(stream, key or "", found)
        if stream.peek() != END:
            raise BrokenJson(stream.offset, "there is more after its end")
    except BrokenJson as exc:
        found.broken = exc
    return found


def find_section_names(stream: JsonStream) -> Iterator[str]:
    """Yield the top-level sections that look like an export's: a known name over an object, or over
    nothing. Ends, without an error, where the document stops being JSON."""
    try:
        for key in stream.members():
            if _is_section(stream, key or ""):
                yield key or ""
    except BrokenJson:
        return


def _is_section(stream: JsonStream, key: str) -> bool:
    return normalise_key(key) in SECTIONS and (stream.peek() == 0x7B or _skip_if_empty(stream))


def _read_section(stream: JsonStream, key: str, found: Sections) -> None:
    name = normalise_key(key)
    if len(found.names) < MAX_NAMES:
        found.names.append(key)
    if name not in SECTIONS:
        _add_unknown_key(found, key)
    elif stream.peek() != 0x7B:
        nothing = _skip_if_empty(stream)
        found.is_export |= nothing
        if nothing and name in PATHS:
            found.empty.add(name)
    else:
        found.is_export = True
        if name in PATHS:
            _read_post_section(stream, name, found)
        elif name in _PROFILES:
            _read_profile_section(stream, found)


def _skip_if_empty(stream: JsonStream) -> bool:
    """Skip the value if it is `null` or `[]`, and tell whether it was. An object is never
    skipped."""
    if stream.peek() not in (0x6E, 0x5B):
        return False
    start = stream.offset
    try:
        if b"".join(stream.take(64).split()) in (b"null", b"[]"):
            return True
    except TooLong:
        return False
    stream.rewind_to(start)
    return False


def _read_post_section(stream: JsonStream, section: str, found: Sections) -> None:
    empty = True
    for key in stream.members():
        empty = False
        match normalise_key(key or ""):
            case folder if folder == _FOLDERS[section]:
                read_post_folder(stream, section, found)
            case "recentlydeletedposts":
                found.deleted[section] = _count_items(stream, "postlist")
            case "story" if section == "post":
                found.stories = _count_items(stream, None)
            case _:
                _add_unknown_key(found, f"{PATHS[section][0]} > {key}")
    if empty:
        found.empty.add(section)


def read_post_folder(stream: JsonStream, section: str, found: Sections) -> None:
    """Read the object that holds the list of posts, or note what stands in its place. Raises
    `BrokenJson` where the list breaks off."""
    if stream.peek() != 0x7B:
        if _skip_if_empty(stream):
            found.empty.add(section)
        else:
            stream.skip()
            found.malformed.add(section)
        return
    for key in stream.members():
        if normalise_key(key or "") == "videolist":
            if section in found.lists:
                found.repeated.add(section)
            found.lists[section] = listed = read_post_list(stream)
            found.unknown_keys.update(listed.unknown_keys)
            if listed.broken:
                raise listed.broken
    found.empty.add(section)


def _count_items(stream: JsonStream, name: str | None) -> int:
    """Count the items of the lists in this object: of those called `name`, or of all. A list in the
    object's place is counted too: of stories nothing but `{}` was ever seen (a guess)."""
    if stream.peek() == 0x5B:
        return sum(1 for _ in stream.items())
    if stream.peek() != 0x7B:
        return 0
    count = 0
    for key in stream.members():
        if name in (None, normalise_key(key or "")) and stream.peek() == 0x5B:
            count += sum(1 for _ in stream.items())
    return count


def _read_profile_section(stream: JsonStream, found: Sections) -> None:
    for key in stream.members():
        if normalise_key(key or "") in _PROFILE_FOLDERS and stream.peek() == 0x7B:
            for inner in stream.members():
                if normalise_key(inner or "") == "profilemap" and stream.peek() == 0x7B:
                    read_profile(stream, found)


def read_profile(stream: JsonStream, found: Sections) -> None:
    """Read the public handle and name; the map's other values are skipped undecoded."""
    said: dict[str, str | None] = {}
    for key in stream.members():
        name = normalise_key(key or "")
        if name in ("username", "displayname"):
            said[name] = _read_text(stream)
    found.profile = Profile(
        clean_handle(said.get("username")) or found.profile.handle,
        one_line(said.get("displayname") or "") or found.profile.name,
    )


def _read_text(stream: JsonStream) -> str | None:
    try:
        value, _ = decode(stream.take(_NAME_BYTES))
    except (TooLong, Undecodable):
        return None
    return none_if_empty(value) if isinstance(value, str) else None


def _add_unknown_key(found: Sections, key: str) -> None:
    if len(found.unknown_keys) < MAX_NAMES:
        found.unknown_keys.add(key)
