"""Looks for TikTok's watermark in a film, and keeps the frames that show it. Loaded by the child process
only.

No picture of the mark is known here. It is told by what it does: `corner_marks` finds what changes between
opposite corners, `mark_rows` how that is built, `end_card` and `still_mark` the card at the end and what
stands in a corner until then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from av.video.reformatter import VideoReformatter
from PIL import Image, ImageDraw

from crossover.media.decoder.pictures.encoding import as_jpeg, write_jpeg
from crossover.media.decoder.videos.frames import FilmFrame, FilmReader
from crossover.media.decoder.videos.opening import DECODED, open_film
from crossover.media.decoder.videos.watermark.corner_marks import CornerMark, find_corner_mark
from crossover.media.decoder.videos.watermark.detail import (
    LINES,
    ROOM,
    Place,
    detail_of,
    halves,
    widen,
)
from crossover.media.decoder.videos.watermark.end_card import card_rows
from crossover.media.decoder.videos.watermark.mark_rows import is_built_as_mark
from crossover.media.decoder.videos.watermark.still_mark import find_still_mark
from crossover.model.watermark import WatermarkSign

WATCHED_SECONDS = 14.0
"""So much of the beginning of a film is looked at: a mark changes corners every few seconds."""
PICTURES = 28
"""Pictures that are looked at, at most."""
LEAST_STEP = 0.3
"""Seconds between two pictures, at least."""
NEAR_KEYS = 1.25
"""Key frames so many seconds apart, or less, are looked at instead of playing the film."""
WATCHED_PIXELS = 240 * 1080 * 1920
"""Pixels that are decoded at most where the film is played."""
ALIKE = 0.58
"""How alike (0 to 1) what stands in both corners must be."""
SURELY_ALIKE = 0.62
"""The same, for it to be sure."""
LEAST_HELD = 0.9
"""Part of the pictures that must have it in just one of both corners, for it to be sure: a mark is
always there, people who talk by turns are silent between."""
SAME_HANDLE = 0.35
"""How alike the handle in the corner and the one on the card must be."""
EVIDENCE_LINES = 540
"""The short side of the frames that are kept as evidence."""
RED = (255, 0, 0)

Places = tuple[tuple[float, Place], ...]
"""Seconds, and a place in the picture of that moment."""


@dataclass(frozen=True, slots=True)
class _Watched:
    at: float
    grey: Image.Image


def find_watermark(source: Path, target: Path, max_pixels: int) -> dict[str, Any]:
    """Look for the mark in a film, and write the frames that show it to `target`; an empty answer where
    nothing speaks for one. Raises `CannotFitError` as `open_film` does."""
    with open_film(source, max_pixels) as (container, film, coding):
        if coding.codec not in DECODED:
            return {}
        reader = FilmReader(container, film, max_pixels)
        found = judge(tuple(watch(reader)))
        if found is None:
            return {}
        sign, places = found
        evidence = _write_evidence(reader, places, target)
        return {"sign": sign, "at": [at for at, _ in places], "evidence": evidence}


def watch(reader: FilmReader) -> Iterator[_Watched]:
    """Look at the beginning of a film, and at its end, in small grey pictures."""
    scaler, last = VideoReformatter(), -1.0
    for found in _frames(reader):
        if found.at > last:
            last = found.at
            scale = LINES / min(found.size)
            size = round(found.size[0] * scale), round(found.size[1] * scale)
            yield _Watched(found.at, found.picture(size, scaler).convert("L"))


def _frames(reader: FilmReader) -> Iterator[FilmFrame]:
    keys = reader.key_times(min(reader.seconds, WATCHED_SECONDS) / 2)
    apart = max(keys) - min(keys) if len(keys) > 1 else reader.seconds
    if apart <= NEAR_KEYS:
        step = max(apart, WATCHED_SECONDS / PICTURES)
        singles = (reader.key_frame(number * step) for number in range(PICTURES))
        yield from (found for found in singles if found)
    else:
        step = max(LEAST_STEP, min(reader.seconds, WATCHED_SECONDS) / PICTURES)
        due = 0.0
        for found in reader.play(0.0, WATCHED_PIXELS, every_frame=False):
            if found.at > WATCHED_SECONDS:
                break
            if found.at >= due:
                due = found.at + step
                yield found
    if end := reader.key_frame(reader.seconds):
        yield end


def judge(watched: Sequence[_Watched]) -> tuple[WatermarkSign, Places] | None:
    """Tell what speaks for a mark in the pictures of a film, and where."""
    cards = {one.at: rows for one in watched if (rows := card_rows(one.grey))}
    details = [detail_of(one.at, one.grey) for one in watched if one.at not in cards]
    mark = find_corner_mark(details)
    if mark and mark.alike >= ALIKE:
        sure = mark.alike >= SURELY_ALIKE and mark.held >= LEAST_HELD and _is_built(mark)
        sign = WatermarkSign.BOTH_CORNERS if sure else WatermarkSign.CHANGES_CORNERS
        return sign, _moments(mark)
    if not watched or watched[-1].at not in cards:
        return None
    end = watched[-1]
    card = end.at, _around([row.box for row in cards[end.at]], end.grey.size)
    still = find_still_mark(details, end.grey)
    if still and still.alike >= SAME_HANDLE:
        return WatermarkSign.CORNER_AND_CARD, ((details[0].at, still.box), card)
    return WatermarkSign.CARD, (card,)


def _is_built(mark: CornerMark) -> bool:
    """Whether two rows are seen in two at least of what is lighter and darker in both corners: once
    may be chance."""
    seen = [is_built_as_mark(half) for shape in mark.shapes for half in halves(shape)]
    return sum(seen) >= 2


def _moments(mark: CornerMark) -> Places:
    """A moment of each corner, in order."""
    both = (
        (seen[len(seen) // 2], widen(box)) for seen, box in zip(mark.seen, mark.boxes, strict=True)
    )
    return tuple(sorted(both))


def _around(boxes: Sequence[Place], size: tuple[int, int]) -> Place:
    left, top, right, bottom = (
        limit(box[n] for box in boxes) for n, limit in enumerate((min, min, max, max))
    )
    x, y = ROOM
    return max(0, left - x), max(0, top - y), min(size[0], right + x), min(size[1], bottom + y)


def _write_evidence(reader: FilmReader, places: Places, target: Path) -> dict[str, Any]:
    """Write the frames side by side, each place in a red frame."""
    shown = [_marked(frame, box) for at, box in places if (frame := _frame_at(reader, at))]
    gap = EVIDENCE_LINES // 30
    width = sum(image.width for image in shown) + gap * (len(shown) - 1)
    sheet = Image.new("RGB", (width, max(image.height for image in shown)), "white")
    left = 0
    for image in shown:
        sheet.paste(image, (left, 0))
        left += image.width + gap
    return write_jpeg(target, as_jpeg(sheet, quality=85, subsampling="4:4:4"), sheet.size)


def _frame_at(reader: FilmReader, at: float) -> FilmFrame | None:
    found = None
    for found in reader.play(at, WATCHED_PIXELS):
        if found.at >= at - 0.001:
            break
    return found


def _marked(frame: FilmFrame, box: Place) -> Image.Image:
    scale = EVIDENCE_LINES / min(frame.size)
    image = frame.picture((round(frame.size[0] * scale), round(frame.size[1] * scale)))
    larger = EVIDENCE_LINES / LINES
    left, top, right, bottom = (round(side * larger) for side in box)
    wide = EVIDENCE_LINES // 90
    inside = (
        max(0, left),
        max(0, top),
        min(image.width - 1, right),
        min(image.height - 1, bottom),
    )
    ImageDraw.Draw(image).rectangle(inside, outline=RED, width=wide)
    return image
