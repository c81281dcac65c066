"""Splits a post of more pictures than a note takes into several notes, numbered in their titles.

Once a part went out, the cut stays: every part keeps its files, in today's order, and pictures of
no part become notes of their own behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

from crossover.limits.limits import Limits
from crossover.mapping.note_files import NoteFiles
from crossover.mapping.titles.title import number_title
from crossover.model.choices import Edit, ManyPictures
from crossover.model.cut import NOTHING_SENT, SentParts, first_cut, place_pictures
from crossover.model.notes import Change, NoteMedia
from crossover.model.posts import MediaKind
from crossover.text import format_ranges


@dataclass(frozen=True, slots=True)
class NotePart:
    """What one part of a post carries; `place` is which of how many, `numbered` the same as its
    title says it, which stays when parts are added. `places` count its pictures among all, from 1.

    `went_out`: it may be on the account. `is_added`: of pictures that came after the first part
    went out.
    """

    place: tuple[int, int]
    numbered: tuple[int, int]
    media: tuple[NoteMedia, ...]
    places: tuple[int, ...] = ()
    went_out: bool = False
    is_added: bool = False


def split_into_parts(
    media: tuple[NoteMedia, ...],
    limits: Limits,
    sent: SentParts = NOTHING_SENT,
    rule: ManyPictures = ManyPictures.SPLIT,
    wanted: int = 1,
) -> Iterator[NotePart]:
    """Split the files of a post into parts, one note each, with no more pictures than a note
    takes; into as many as are `wanted` at least, where there are pictures for them. What was
    `sent` of the post keeps its cut."""
    pictures = [m for m in media if m.kind is MediaKind.IMAGE]
    if sent and len(pictures) == len(media):
        yield from _keep_cut(pictures, limits, sent, rule)
        return
    most = limits.images.value
    if rule is ManyPictures.FIRST and len(pictures) > most:
        yield _make_part((1, 1), (1, 1), pictures, range(most))
        return
    groups = _split_evenly(range(len(pictures)), limits, wanted)
    if len(groups) < 2:
        yield NotePart((1, 1), (1, 1), media)
        return
    for index, places in enumerate(groups, 1):
        place = (index, len(groups))
        yield _make_part(place, place, pictures, places)


def _keep_cut(
    pictures: Sequence[NoteMedia], limits: Limits, sent: SentParts, rule: ManyPictures
) -> Iterator[NotePart]:
    kept, added = place_pictures(pictures, sent)
    if rule is ManyPictures.FIRST:
        added = []
    free = (number for number in count(1) if number not in kept)
    placed = kept | dict(zip(free, _split_evenly(added, limits), strict=False))
    first, last = len(first_cut(sent)), max(placed)
    for number in sorted(placed):
        if number <= first:
            numbered = (number, first)
        else:
            numbered = (number, len(sent[number].cut) if number in sent else last)
        yield _make_part(
            (number, last),
            numbered,
            pictures,
            placed[number],
            went_out=number in sent,
            is_added=number > first,
        )


def _make_part(
    place: tuple[int, int],
    numbered: tuple[int, int],
    pictures: Sequence[NoteMedia],
    places: Sequence[int],
    *,
    went_out: bool = False,
    is_added: bool = False,
) -> NotePart:
    media = tuple(pictures[n] for n in places)
    return NotePart(place, numbered, media, tuple(n + 1 for n in places), went_out, is_added)


def _split_evenly(places: Sequence[int], limits: Limits, wanted: int = 1) -> list[Sequence[int]]:
    """Split into groups of equal length: 18 and 2 would look like a mistake."""
    groups = max(-(-len(places) // limits.images.value), min(wanted, len(places)))
    if not groups:
        return []
    size, longer = divmod(len(places), groups)
    starts = [index * size + min(index, longer) for index in range(groups + 1)]
    return [places[start:end] for start, end in pairwise(starts)]


def make_part_title(
    title: str, edit: Edit, own: Edit, part: NotePart, files: NoteFiles, limits: Limits
) -> tuple[str, tuple[Change, ...]]:
    """Make the title of one part, and list the changes. A title written for this very part stays as
    it is."""
    index, parts = part.numbered
    media = _explain_pictures(part, len(files.media), limits)
    if own.title is not None or parts == 1:
        return title, media
    if edit.title is not None:  # the creator's own words are not cut
        numbered = f"{title} ({index}/{parts})".strip()
    else:
        numbered = number_title(title, part.numbered, units=limits.title_units.value)
    return numbered, (Change("title", title, numbered, f"part {index} of {parts}"), *media)


def _explain_pictures(part: NotePart, of_all: int, limits: Limits) -> tuple[Change, ...]:
    if part.is_added:
        why = "they came after the post went out"
    elif part.went_out and part.numbered == (1, 1):
        why = "they went out as one note"
    elif of_all <= limits.images.value:
        why = "a long text takes several notes (`long_text` in crossover.yaml)"
    else:
        why = f"{of_all} pictures; a note takes {limits.images.value}"
    return (Change("media", f"1-{of_all}", ", ".join(format_ranges(part.places)), why),)
