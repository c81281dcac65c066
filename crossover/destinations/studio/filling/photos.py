"""Pictures of a note into the form, each in its place."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crossover.destinations.base import Unsendable
from crossover.destinations.studio.contract.contract import Bound
from crossover.destinations.studio.dialogue import Doing
from crossover.destinations.studio.filling.form_page import FormPage
from crossover.destinations.studio.filling.upload_messages import (
    UploadFailed,
    read_refusal,
    says_network,
    standstill,
)
from crossover.model.notes import NoteMedia
from crossover.model.uploads import Progress
from crossover.text import one_line

_TILES = """([tiles, busy]) => {
  const found = tiles.map((css) => [...document.querySelectorAll(css)]).find((some) => some.length);
  return (found ?? []).map((tile) => {
    const images = [...tile.querySelectorAll('img')];
    const isLoaded = images.every((one) => one.complete && one.naturalWidth > 0);
    return [isLoaded && !tile.querySelector(busy), images[0]?.src ?? ''];
  });
}"""


@dataclass(frozen=True, slots=True)
class _Tile:
    """A picture as the page shows it. `source` is the address of what is shown; `refusal` what the
    page says in its place."""

    is_ready: bool
    source: str
    refusal: str = ""


def give_photos(
    form: FormPage, media: Sequence[NoteMedia], files: Path, progress: Progress
) -> None:
    """Give the page the pictures one after the other, each as soon as the one before it has its
    place, and wait until it has taken them all. Raises as `give_files`."""
    form.tell(Doing.UPLOADING, 0, len(media))
    sources: list[str] = []
    for number, one in enumerate(media):
        # The page puts a new input in the place of the old one behind each picture.
        name = "next-photo-input" if number else "first-photo-input"
        form.need(name).set_input_files(files / one.path)
        sources.append(_wait_for_tile(form, number).source)
    _wait_until_ready(form, media, progress)
    _check_order(form, sources)


def _wait_for_tile(form: FormPage, number: int) -> _Tile:
    """Wait until the picture after the first `number` ones has its place in the form."""
    found = form.wait(lambda: _find_tile(form, number), Bound.APPEAR)
    if found is None:
        if not _read_tiles(form) and _count_pictures(form) > number:
            raise form.changed("photo")
        found = form.wait(lambda: _find_tile(form, number), Bound.STANDSTILL)
    if found is None:
        raise standstill()
    if found.refusal:
        raise Unsendable(f"RedNote does not take picture {number + 1}: “{found.refusal}”")
    return found


def _find_tile(form: FormPage, number: int) -> _Tile | None:
    """The picture's tile, or what RedNote says in its place; None while neither is there."""
    _check_failed(form)
    tiles = _read_tiles(form)
    if len(tiles) > number + 1:
        raise form.changed("photo")
    if len(tiles) == number + 1:
        return tiles[number]
    said = read_refusal(form)
    if not said:
        return None
    # One that comes all the same was not what was refused.
    came: bool | None = form.wait(lambda: len(_read_tiles(form)) > number, Bound.TOAST)
    return None if came else _Tile(is_ready=False, source="", refusal=said)


def _wait_until_ready(form: FormPage, media: Sequence[NoteMedia], progress: Progress) -> None:
    counted, moved = 0, time.monotonic()
    while counted < len(media):
        form.check_address()
        form.check_stop()
        _check_failed(form)
        tiles = _read_tiles(form)
        if len(tiles) != len(media):
            raise form.changed("photo")
        ready = sum(tile.is_ready for tile in tiles)
        if ready > counted:
            progress(sum(one.bytes for one in media[counted:ready]))
            counted, moved = ready, time.monotonic()
            form.tell(Doing.UPLOADING, counted, len(media))
            continue
        if time.monotonic() - moved > form.contract.seconds[Bound.STANDSTILL]:
            raise standstill()
        form.pause()


def _check_order(form: FormPage, sources: Sequence[str]) -> None:
    """Raise `PageChanged` where a picture stands in the place of another one."""
    now = [tile.source for tile in _read_tiles(form)]
    moved = (source in sources and sources.index(source) != at for at, source in enumerate(now))
    if len(set(sources)) == len(sources) and any(moved):
        raise form.changed("photo")


def _read_tiles(form: FormPage) -> list[_Tile]:
    tiles = [one.css for one in form.contract.elements["photo"].alternatives]
    busy = ", ".join(one.css for one in form.contract.elements["photo-busy"].alternatives)
    return [_Tile(*one) for one in form.page.evaluate(_TILES, [tiles, busy])]


def _count_pictures(form: FormPage) -> int:
    area = form.find("photo-area")
    return area.first.locator("img").count() if area else 0


def _check_failed(form: FormPage) -> None:
    if form.present("photo-failed") and (failed := form.find("photo-failed")):
        said = one_line(failed.first.inner_text()) or "upload-failed"
        raise UploadFailed(said, network=says_network(form, said))
