"""How many of the made videos' marks are found, by ground, size and kind: `python -m
tests.media.watermark_figures [MARKED UNMARKED SET]` prints the tables of docs/watermark.md.

The detector was tuned on the set `tune`; the figures are of another one.
"""

from __future__ import annotations

import gc
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from crossover.media.decoder.videos.watermark.watermark import find_watermark
from crossover.model.watermark import SURE, WatermarkSign
from tests.media.marked_videos import MarkedVideo, marked_video, write_marked
from tests.media.unmarked_videos import KINDS, UnmarkedVideo, unmarked_video, write_unmarked

FIGURES_SET = "second"
MARKED, UNMARKED = 100, 200
MAX_PIXELS = 50_000_000


def sign_of(video: MarkedVideo | UnmarkedVideo, folder: Path) -> WatermarkSign | None:
    """Make the film, and tell what is seen in it."""
    if isinstance(video, MarkedVideo):
        path = write_marked(video, folder)
    else:
        path = write_unmarked(video, folder)
    sign: WatermarkSign | None = find_watermark(path, path.with_suffix(".jpg"), MAX_PIXELS).get(
        "sign"
    )
    path.unlink()
    gc.collect()  # frames of the film
    return sign


def verdict(sign: WatermarkSign | None) -> str:
    """`sure`, `possible` or `none`, without any other hint."""
    if sign in SURE:
        return "sure"
    return "possible" if sign is WatermarkSign.CHANGES_CORNERS else "none"


def main(marked: int = MARKED, unmarked: int = UNMARKED, of: str = FIGURES_SET) -> Iterator[str]:
    """The lines of the tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        by_row: dict[str, Counter[str]] = defaultdict(Counter)
        missed = []
        for number in range(marked):
            video = marked_video(number, of)
            found = verdict(sign_of(video, folder))
            for row in (
                "all",
                f"on {video.ground} pictures",
                f"{video.lines} lines",
                "in both corners" if video.both_corners else "in one corner, with a card",
            ):
                by_row[row][found] += 1
            if found != "sure":
                missed.append(f"{video.name}: {found}")
        yield from _table("videos with a mark", by_row)
        by_kind: dict[str, Counter[str]] = defaultdict(Counter)
        for number in range(unmarked):
            plain = unmarked_video(number, of)
            found = verdict(sign_of(plain, folder))
            for row in ("all", plain.kind):
                by_kind[row][found] += 1
            if found == "sure":
                missed.append(f"{plain.name}: {found}")
        yield from _table("videos without", by_kind)
        yield from missed


def _table(what: str, rows: dict[str, Counter[str]]) -> Iterator[str]:
    yield f"| {what} | number | sure | possible | none |"
    yield "|---|---|---|---|---|"
    for row in sorted(rows, key=lambda row: (row != "all", row in KINDS, row)):
        counted = rows[row]
        each = " | ".join(str(counted[level]) for level in ("sure", "possible", "none"))
        yield f"| {row} | {counted.total()} | {each} |"
    yield ""


if __name__ == "__main__":
    given = sys.argv[1:] + [str(MARKED), str(UNMARKED), FIGURES_SET][len(sys.argv) - 1 :]
    for line in main(int(given[0]), int(given[1]), given[2]):
        sys.stdout.write(f"{line}\n")
