"""The JSON family, every layout since 2020: where the posts are, by shape and never by date.

Watch history is also a list called `VideoList`, so posts are found by their whole path and never
by that name. Messages, history and addresses stay undecoded bytes that nothing ever reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crossover.errors import ExportError
from crossover.exports.base import Export
from crossover.exports.bundle import Bundle, Member
from crossover.exports.json_text import Raw, as_list, as_object, as_text, is_empty, read_top
from crossover.exports.keys import filled, lookup
from crossover.exports.locate import has_sections, json_candidates
from crossover.exports.made import made_at
from crossover.exports.record import UnreadableRecord, read_record
from crossover.exports.twins import name_twins
from crossover.model import Post, Profile, Unreadable

PATHS = (("Post", "Posts", "VideoList"), ("Video", "Videos", "VideoList"))
"""Where own posts are: since March 2025, and before. The first path that exists is taken."""

_PROFILES = ("Profile And Settings", "Profile")


class JsonReader:
    """Reads `user_data_tiktok.json`, `user_data.json` and files of their shape."""

    def recognises(self, bundle: Bundle) -> bool:
        """Whether some member has the name or the beginning of a JSON export."""
        return next(json_candidates(bundle), None) is not None

    def read(self, bundle: Bundle) -> Export:
        """The likeliest file that is an export. Raises `ExportError` when none is."""
        first_error: ExportError | None = None
        for member in json_candidates(bundle):
            try:
                return _read_file(bundle, member)
            except ExportError as exc:
                first_error = first_error or exc
        raise first_error or ExportError(f"{bundle.path.name} holds no JSON export.")


def _read_file(bundle: Bundle, member: Member) -> Export:
    twins = sum(other.name == member.name for other in bundle.members)
    if twins > 1:
        raise ExportError(
            f"{bundle.path.name} holds {member.name} {twins} times; which one counts is unclear.",
            next="Use the ZIP as TikTok gave it, or name the JSON file itself.",
        )
    top = read_top(bundle.read(member), member.name)
    if not has_sections(top):
        raise ExportError(
            f"{member.name} has no section of a TikTok export.",
            next="Name the ZIP file that TikTok gave you.",
        )
    section = find_posts(top, member.name)
    posts, unreadable = read_records(section.records)
    made, made_from = made_at(bundle, member, posts)
    return Export(
        format="json",
        file=member.name,
        layout=section.layout,
        posts_section=section.state,
        made=made,
        made_from=made_from,
        profile=_profile(top),
        posts=posts,
        unreadable=unreadable,
        deleted=_deleted(top),
        stories=_stories(top),
        left_out=bundle.left_out,
    )


@dataclass(frozen=True, slots=True)
class PostSection:
    """The records of own posts, not decoded, and where they were."""

    state: Literal["present", "absent"]
    layout: str | None
    records: Sequence[Raw]


def find_posts(top: dict[str, Raw], file: str) -> PostSection:
    """The first of `PATHS` that exists, whatever it holds; `null`, `[]` and `{}` are no posts,
    at the path's end as well as in place of a part of it.

    Raises `ExportError` for a post list of another shape, rather than call it empty.
    """
    for path in PATHS:
        *folders, last = path
        section = _descend(top, *folders)
        value = None if section is None else lookup(section, last)
        if value is not None:
            return PostSection("present", _layout(path), _records(value, file, path))
    for path in PATHS:
        outer = lookup(top, path[0])
        if outer is None:
            continue
        inner = lookup(as_object(outer) or {}, path[1])
        if is_empty(outer) or inner is not None:
            if inner is not None and as_object(inner) is None and not is_empty(inner):
                raise _unknown_shape(file, path[:2])
            return PostSection("present", _layout(path), ())
    return PostSection("absent", None, ())


def _records(value: Raw, file: str, path: Sequence[str]) -> Sequence[Raw]:
    if is_empty(value):
        return ()
    records = as_list(value)
    if records is None:
        raise _unknown_shape(file, path)
    return records


def _unknown_shape(file: str, path: Sequence[str]) -> ExportError:
    return ExportError(
        f"{file}: the posts at {' > '.join(path)} are not a list.",
        next="Download the export again from TikTok; if you edited the file, undo that.",
    )


def _layout(path: Sequence[str]) -> str:
    return ".".join(path[:2])


def read_records(records: Sequence[Raw]) -> tuple[tuple[Post, ...], tuple[Unreadable, ...]]:
    """Posts, oldest first and with their ids, and the records that are none. One bad record
    never ends the run; its position counts from 1 in the list as TikTok wrote it."""
    posts: list[Post] = []
    unreadable: list[Unreadable] = []
    for position, raw in enumerate(records, start=1):
        try:
            posts.append(read_record(raw))
        except UnreadableRecord as exc:
            unreadable.append(Unreadable(position, str(exc)))
    return name_twins(posts), tuple(unreadable)


def _descend(top: dict[str, Raw], *names: str) -> dict[str, Raw] | None:
    here: dict[str, Raw] | None = top
    for name in names:
        here = None if here is None else as_object(lookup(here, name))
    return here


def _profile(top: dict[str, Raw]) -> Profile:
    for section in _PROFILES:
        settings = _descend(top, section) or {}
        info = as_object(lookup(settings, "Profile Info", "Profile Information")) or {}
        found = as_object(lookup(info, "ProfileMap"))
        if found is not None:
            handle = filled(as_text(lookup(found, "userName")))
            name = filled(as_text(lookup(found, "displayName")))
            return Profile(handle.removeprefix("@") if handle else None, name)
    return Profile(None, None)


def _deleted(top: dict[str, Raw]) -> int:
    for section, _, _ in PATHS:
        deleted = _descend(top, section, "Recently Deleted Posts")
        if deleted is not None:
            return len(as_list(lookup(deleted, "PostList")) or ())
    return 0


def _stories(top: dict[str, Raw]) -> int:
    """Stories are only counted: of 2026's `Story` nothing but `{}` was ever seen, so any list
    directly in it is taken for stories (a guess)."""
    value = lookup(_descend(top, "Post") or {}, "Story")
    direct = as_list(value)
    if direct is not None:
        return len(direct)
    return sum(len(as_list(raw) or ()) for raw in (as_object(value) or {}).values())
