"""Salvages posts from a document that is damaged or cut before them: a second pass that searches
for the keys `Posts`, `Videos` and `ProfileMap` wherever they stand.

Only for documents that are broken. In a sound text every quote carries a backslash, so a caption
is not taken for such a place here either.
"""

from __future__ import annotations

import re

from crossover.exports.json.post_list import PostList
from crossover.exports.json.sections import Sections, read_post_folder, read_profile
from crossover.exports.json.stream import BrokenJson, JsonStream
from crossover.exports.keys import normalise_key

_PLACE = re.compile(rb'(?<!\\)"(?P<name>(?i:posts|videos|profile ?map))"\s{0,64}:\s{0,64}(?=\{)')
_SECTION_OF = {"posts": "post", "videos": "video"}
_OVERLAP = 256
_MAX_PLACES = 100
"""Places searched: a real document has two, and each may cost a record's length of reading."""


def salvage(stream: JsonStream, found: Sections) -> None:
    """Fill in what `found` lacks of posts and profile. A list that was read to its end stays."""
    for _ in range(_MAX_PLACES):
        place = stream.seek(_PLACE, _OVERLAP)
        if place is None:
            return
        again = Sections()
        name = normalise_key(place["name"].decode())
        try:
            if name == "profilemap":
                read_profile(stream, again)
            else:
                read_post_folder(stream, _SECTION_OF[name], again)
        except BrokenJson:
            pass  # what was whole before it is in `again`
        for section, listed in again.lists.items():
            if _is_better(listed, found.lists.get(section)):
                found.lists[section] = listed
                found.unknown_keys |= again.unknown_keys
                found.is_export = True
        if found.profile.handle is None:
            found.profile = again.profile


def _is_better(new: PostList, old: PostList | None) -> bool:
    if old is None or (old.broken and not new.broken):
        return True
    return bool(old.broken) and len(new.posts) > len(old.posts)
