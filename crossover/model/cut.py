"""How a post is cut into parts once a part of it went out: what was cut stays as it was."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from crossover.model.carried import Carried
from crossover.model.notes import NoteMedia
from crossover.model.posts import MediaKind

SentParts = Mapping[int, Carried]
"""What the parts of a post that may be on the account carried, by the number of the part."""

NOTHING_SENT: SentParts = MappingProxyType({})


def first_cut(sent: SentParts) -> tuple[tuple[str, ...], ...]:
    """Find the cut when the first part went out: later ones only have more parts."""
    return min((sent[part].cut for part in sorted(sent)), key=len)


def place_pictures(
    pictures: Sequence[NoteMedia], sent: SentParts
) -> tuple[dict[int, list[int]], list[int]]:
    """Find the places of the pictures that each part keeps, and of those that belong to no part. A
    picture that several parts had is first of all that of one which went out."""
    cut = dict(enumerate(first_cut(sent), 1))
    cut |= {part: carried.files(part) for part, carried in sent.items()}
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for part in sorted(cut, key=lambda part: (part not in sent, part)):
        for sha256 in cut[part]:
            wanted[sha256].append(part)
    there = Counter(picture.sha256 for picture in pictures)
    owners = {sha256: sorted(parts[: there[sha256]]) for sha256, parts in wanted.items()}
    kept: dict[int, list[int]] = {part: [] for part in cut}
    added = []
    for place, picture in enumerate(pictures):
        if parts := owners.get(picture.sha256):
            kept[parts.pop(0)].append(place)
        else:
            added.append(place)
    return kept, added


def is_cut_anew(parts: Mapping[int, Sequence[NoteMedia]], sent: SentParts) -> bool:
    """Whether a post, whose planned files are given by part, is cut otherwise than it has to be
    since some of it was sent."""
    media = [file for part in sorted(parts) for file in parts[part]]
    if not sent or any(file.kind is not MediaKind.IMAGE for file in media):
        return False
    kept, _ = place_pictures(media, sent)
    return any(
        sorted(file.sha256 for file in parts.get(part, ()))
        != sorted(media[place].sha256 for place in places)
        for part, places in kept.items()
    )
