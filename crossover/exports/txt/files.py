"""Finds the files of a TXT export: the posts, the deleted posts and the public name.

By the names that TikTok gives, and where they are in a language not known, by content: only own
posts have a date and a link to TikTok's storage. Watch history, likes, shares and reposts link
to pages, so they are never taken for posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from crossover.exports.archive.bundle import Bundle, Member
from crossover.exports.export_time import find_time_in_name
from crossover.exports.keys import normalise_key
from crossover.exports.txt.labels import DATE, LINK, Labels, is_stored, learn_labels, load_names
from crossover.exports.txt.lines import split_lines
from crossover.exports.txt.records import read_records

HEAD = 64 * 1024
"""Bytes of a file looked at to tell what it holds."""

MAX_LOOKS = 500
"""Files of unknown names looked into, of each format. A TXT export has some 60 files."""

_DAY = re.compile(r"[0-9]{4}.{1,2}[0-9]{1,2}.{1,2}[0-9]{1,2}")
_ADDRESS = re.compile(r"https?://[^\s\"<>]+")
_COPY = re.compile(r"(?: ?\(\d+\)| - copy)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TxtFiles:
    """The files of a TXT export. `posts` is None when that section was not asked for;
    `other_posts` are lists of posts that are not the newest, `ambiguous` files that look like the
    posts as much as `posts` does."""

    posts: Member | None = None
    deleted: Member | None = None
    profile: Member | None = None
    first: Member | None = None
    other_posts: tuple[Member, ...] = ()
    ambiguous: tuple[Member, ...] = ()


class _Content(IntEnum):
    """The content of a file by its beginning, the surest posts first."""

    STORED = 0
    LINKED = 1
    NOTHING = 2
    DELETED = 3
    OTHER = 4


def find_files(bundle: Bundle) -> TxtFiles | None:
    """Find the files of a TXT export; None for a bundle that is not one."""
    members = _list_tiktok_files(bundle)
    names = load_names()
    named = [m for m in members if _normalise_stem(m) in names.posts][:MAX_LOOKS]
    looks = {m: _classify(bundle, m) for m in named}
    posts = sorted(
        (m for m in named if looks[m] < _Content.OTHER), key=lambda m: _sort_key(m, looks)
    )
    deleted = [m for m in members if _normalise_stem(m) in names.deleted]
    ambiguous: list[Member] = []
    if not posts:
        unknown = [m for m in members if m not in looks and m not in deleted][:MAX_LOOKS]
        looks = {m: _classify(bundle, m) for m in unknown}
        posts = [m for m in unknown if looks[m] is _Content.STORED]
        posts.sort(key=lambda m: _sort_key(m, looks))
        deleted += [m for m in unknown if looks[m] is _Content.DELETED]
        ambiguous = [m for m in posts if _export_folder(m) == _export_folder(posts[0])][1:]
    if posts:
        own = posts[0]
        return TxtFiles(
            posts=own,
            deleted=_find_beside(own, deleted),
            profile=_find_beside(own, [m for m in members if _normalise_stem(m) in names.profile]),
            first=own,
            other_posts=tuple(m for m in posts[1:] if m not in ambiguous),
            ambiguous=tuple(ambiguous),
        )
    first = next((m for m in members if _is_certain(m)), None)
    if first is None or bundle.form == "file":
        return None
    profile = next((m for m in members if _normalise_stem(m) in names.profile), None)
    return TxtFiles(profile=profile, first=first)


def split_exports(bundle: Bundle) -> Iterator[tuple[Bundle, Member]]:
    """Yield the exports in a bundle, each with the file it is known by: one for each list of posts,
    the newest first, with what lies beside it where no newer one does."""
    files = find_files(bundle)
    if files is None or files.first is None:
        return
    lists = (files.first, *files.other_posts)
    taken: set[tuple[str, ...]] = set()
    for own in lists:
        folder = _export_folder(own)
        beside = [
            member
            for member in bundle.members
            if _export_folder(member) == folder and member not in lists
        ]
        one = [own] if folder in taken else [own, *beside]
        taken.add(folder)
        yield bundle if len(lists) == 1 else bundle.only(one), own


def find_unread(bundle: Bundle) -> Member | None:
    """Find a file with dates and links to TikTok's storage of which no record can be read: posts in
    a form that is not known, perhaps. Deleted posts are none."""
    names = load_names()
    members = [m for m in _list_tiktok_files(bundle) if _normalise_stem(m) not in names.deleted]
    return next((m for m in members[:MAX_LOOKS] if _is_unread(bundle, m)), None)


def _is_unread(bundle: Bundle, member: Member) -> bool:
    lines = _read_beginning(bundle, member)
    if not any(_DAY.search(line) for line in lines) or lines[0].startswith(("{", "[")):
        return False
    stored = any(is_stored(url) for line in lines for url in _ADDRESS.findall(line))
    return stored and _classify(bundle, member) in (_Content.NOTHING, _Content.OTHER)


def read_labels(bundle: Bundle, member: Member) -> Labels:
    """Learn the labels that a file uses, from its beginning."""
    return learn_labels(_read_beginning(bundle, member))


def _list_tiktok_files(bundle: Bundle) -> list[Member]:
    """List the TXT files, without those of another product's folder beside TikTok's."""
    texts = [m for m in bundle.members if m.base.lower().endswith(".txt")]
    inside = [m for m in texts if _product_depth(m) is not None] or texts
    found = [] if is_lemon8(bundle) else [m for m in inside if "lemon8" not in m.name.lower()]
    return sorted(found, key=lambda m: (m.depth, m.name))


def is_lemon8(bundle: Bundle) -> bool:
    """Whether the folder, or the file's folder, is that of Lemon8, which may lie beside
    TikTok's."""
    parts = bundle.path.absolute().parts
    near = parts[-3:] if bundle.form == "file" else parts[-1:]
    return "lemon8" in (part.casefold() for part in near)


def _product_depth(member: Member) -> int | None:
    """Count the folders down to and including `TikTok/`, also written `Tiktok/`; None without
    it."""
    folders = [part.casefold() for part in member.name.split("/")[:-1]]
    return folders.index("tiktok") + 1 if "tiktok" in folders else None


def _export_folder(member: Member) -> tuple[str, ...]:
    """Find the folder of the export that the file is part of: its section's parent."""
    parts = member.name.split("/")
    inside = _product_depth(member)
    return tuple(parts[:inside] if inside is not None else parts[:-2])


def _find_beside(posts: Member, members: Iterable[Member]) -> Member | None:
    return next((m for m in members if _export_folder(m) == _export_folder(posts)), None)


def _normalise_stem(member: Member) -> str:
    return normalise_key(_COPY.sub("", member.base[: -len(".txt")]))


def _sort_key(
    member: Member, looks: Mapping[Member, _Content]
) -> tuple[float, int, int, bool, int, str]:
    made = find_time_in_name(member.name)
    known = load_names().posts
    return (
        -made.timestamp() if made else 0,
        looks[member],
        known.index(_normalise_stem(member)) if _normalise_stem(member) in known else len(known),
        _COPY.search(member.base[: -len(".txt")]) is not None,
        member.depth,
        member.name,
    )


def _is_certain(member: Member) -> bool:
    """Whether only a TikTok export has a file of this place or name."""
    names = load_names()
    folders = {normalise_key(part) for part in member.name.split("/")[:-1]}
    return (
        _product_depth(member) is not None
        or bool(folders & names.folders)
        or _normalise_stem(member) in names.deleted | names.profile
    )


def _classify(bundle: Bundle, member: Member) -> _Content:
    lines = _read_beginning(bundle, member)
    labels = learn_labels(lines)
    dated = [record.fields for record in read_records(lines, labels) if DATE in record.fields]
    if not dated:
        return _Content.NOTHING
    if labels.second_date:
        return _Content.DELETED
    if any(is_stored(fields.get(LINK, "")) for fields in dated):
        return _Content.STORED
    linked = any(LINK in fields for fields in dated) or not labels.foreign
    return _Content.LINKED if linked else _Content.OTHER


def _read_beginning(bundle: Bundle, member: Member) -> Sequence[str]:
    return list(split_lines([bundle.head(member, HEAD)]))
