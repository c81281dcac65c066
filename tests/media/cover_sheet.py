"""Draws contact sheets of covers, to look at what the rule chooses: `python -m tests.media.cover_sheet
OUT.png [FILES]`. Without files it makes the golden films.

A row of a sheet is a film: ten frames from all over it, the frame that is taken with its crop drawn
in, and the cover.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from crossover.media.decoder.videos.covers.covers import cut_cover
from crossover.media.decoder.videos.covers.crop import crop_box
from crossover.media.decoder.videos.covers.frame_choice import SPREAD, choose_frame
from crossover.media.decoder.videos.frames import FilmReader, spread_frames
from crossover.media.decoder.videos.opening import open_film

ROW, STRIP, MARGIN = 200, 10, 6
ROWS = 10
"""Films on a sheet."""
COVER = (1080, 1440)
PIXELS = 10**8


def draw_row(path: Path) -> Image.Image:
    """A film, with what becomes its cover."""
    with open_film(path, PIXELS) as (container, film, _):
        reader = FilmReader(container, film, PIXELS)
        spread = tuple(spread_frames(reader, SPREAD))
        chosen = choose_frame(reader, spread)
        step = reader.seconds / STRIP
        strip = [reader.at(step * (number + 0.5)) for number in range(STRIP)]
    row = Image.new("RGB", (STRIP * 124 + 2 * 370, ROW), "white")
    draw = ImageDraw.Draw(row)
    for number, found in enumerate(strip):
        if found is not None:
            _paste(row, found.picture(), (number * 124, 0), (120, ROW - 36))
            draw.text((number * 124, ROW - 34), f"{found.at:.1f}", fill="grey")
    if chosen is not None:
        found = chosen.frame.found
        whole = found.picture()
        crop = crop_box(found.size, COVER, chosen.box, chosen.frame)
        if crop is not None:
            wide = max(found.size) // 80 + 1
            ImageDraw.Draw(whole).rectangle(crop, outline=(255, 0, 255), width=wide)
        _paste(row, whole, (STRIP * 124 + 4, 0), (350, ROW - 20))
        cover = cut_cover(chosen, COVER)
        if cover is not None:
            _paste(row, cover, (STRIP * 124 + 370, 0), (150, ROW))
        text = f"{path.stem[:44]}\n{found.at:.2f} s of {reader.seconds:.1f} {found.size}"
        measure = chosen.frame.measure
        numbers = f"mean {measure.mean:.0f} contrast {measure.contrast:.0f} sharp {measure.sharp}"
        more = f"filled {measure.filled:.2f} colour {measure.colour:.0f} skin {measure.skin:.2f}"
        draw.text((STRIP * 124 + 530, 4), f"{text}\n{numbers}\n{more}", fill="black")
    return row


def _paste(
    row: Image.Image, image: Image.Image, at: tuple[int, int], most: tuple[int, int]
) -> None:
    image = image.copy()
    image.thumbnail(most)
    row.paste(image, at)


def draw_sheets(paths: Sequence[Path]) -> Iterator[Image.Image]:
    """Sheets of `ROWS` films each."""
    for begin in range(0, len(paths), ROWS):
        rows = [draw_row(path) for path in paths[begin : begin + ROWS]]
        sheet = Image.new("RGB", (rows[0].width, len(rows) * (ROW + MARGIN)), "white")
        for number, row in enumerate(rows):
            sheet.paste(row, (0, number * (ROW + MARGIN)))
        yield sheet


def main(out: Path, paths: Sequence[Path]) -> None:
    for number, sheet in enumerate(draw_sheets(paths), 1):
        sheet.save(out.with_stem(f"{out.stem}-{number}"))


if __name__ == "__main__":
    given = [Path(name) for name in sys.argv[2:]]
    if given:
        main(Path(sys.argv[1]), given)
    else:
        from tests.media.golden_covers import GOLDEN, make

        with tempfile.TemporaryDirectory() as folder:
            main(Path(sys.argv[1]), [make(golden, Path(folder)) for golden in GOLDEN])
