"""Files of a note into the form, and waiting until RedNote has taken them."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from crossover.destinations.base import Unsendable
from crossover.destinations.studio.contract.contract import Bound, FileState
from crossover.destinations.studio.dialogue import Doing
from crossover.destinations.studio.filling.form_page import FormPage
from crossover.errors import RetryLater
from crossover.model.notes import Note
from crossover.model.posts import Kind
from crossover.model.uploads import Progress
from crossover.text import one_line

if TYPE_CHECKING:
    from playwright.sync_api import Locator

_PERCENT = re.compile(r"(\d{1,3})\s*%")
_LOADED = """(tile) => {
  const images = [...tile.querySelectorAll('img')];
  return images.every((image) => image.complete && image.naturalWidth > 0);
}"""


class UploadFailed(Exception):
    """The page says that a file did not go through. Trying once more may help. `network`: it says
    that the network is the reason."""

    def __init__(self, said: str, *, network: bool) -> None:
        super().__init__(said)
        self.said, self.network = said, network


def choose_tab(form: FormPage, kind: Kind) -> None:
    """See that the page takes files of this kind, by a click on its tab where it does not yet."""
    tab, files = _PLACES[kind]
    if form.wait(lambda: form.find(files), Bound.TAKE):
        return
    _click_on_screen(form, form.need(tab, bound=Bound.PAGE), tab)
    form.need(files)


_PLACES = {
    Kind.VIDEO: ("tab-video", "video-input"),
    Kind.PHOTOS: ("tab-photos", "first-photo-input"),
}


def _click_on_screen(form: FormPage, first: Locator, tab: str) -> None:
    """Click the copy of the tab that a person sees: another lies left of the window."""
    found = form.find(tab) or first
    for one in found.all():
        box = one.bounding_box()
        if box and box["x"] >= 0 and box["y"] >= 0:
            one.click()
            return
    raise form.changed(tab)


def give_files(form: FormPage, note: Note, files: Path, progress: Progress) -> None:
    """Give the page the files of the note, in order; they lie below `files`. A video goes on
    uploading afterwards. Raises `UploadFailed`, `Unsendable` with RedNote's words for a file that
    it does not take, `PageChanged`."""
    paths = [files / one.path for one in note.media]
    if note.kind is Kind.VIDEO:
        form.tell(Doing.UPLOADING, 0, 100)
        form.need("video-input").set_input_files(paths[0])
        _wait_for_form(form)
        return
    _give_photos(form, paths, [one.bytes for one in note.media], progress)


def _wait_for_form(form: FormPage) -> None:
    if form.wait(lambda: form.find("title") or _refusal(form), Bound.PAGE) is None:
        raise form.changed("title")
    if not form.find("title"):
        raise Unsendable(f"RedNote does not take the file: “{_refusal(form)}”")


def _give_photos(
    form: FormPage, paths: Sequence[Path], sizes: Sequence[int], progress: Progress
) -> None:
    for number, (path, size) in enumerate(zip(paths, sizes, strict=True)):
        form.tell(Doing.UPLOADING, number, len(paths))
        # The page puts a new input in the place of the old one behind each picture.
        form.need("next-photo-input" if number else "first-photo-input").set_input_files(path)
        _wait_for_photo(form, number)
        progress(size)
    form.tell(Doing.UPLOADING, len(paths), len(paths))


def _wait_for_photo(form: FormPage, number: int) -> None:
    """Wait until the picture after the first `number` ones stands in the form."""
    done = form.wait(lambda: _photo_state(form, number), Bound.STANDSTILL)
    if done is None:
        raise standstill()
    if done != _READY:
        raise Unsendable(f"RedNote does not take picture {number + 1}: “{done}”")


_READY = "ready"


def _photo_state(form: FormPage, number: int) -> str | None:
    """`ready`, or what RedNote says against the picture; None while it is on its way."""
    if form.present("photo-failed") and (failed := form.find("photo-failed")):
        said = one_line(failed.first.inner_text()) or "upload-failed"
        raise UploadFailed(said, network=_says(form, said, FileState.NETWORK))
    tiles = form.find("photo")
    count = tiles.count() if tiles else 0
    if count > number + 1:
        raise form.changed("photo")
    if tiles and count == number + 1:
        tile = tiles.nth(number)
        busy = form.find("photo-busy", within=tile)
        return _READY if not busy and tile.evaluate(_LOADED) else None
    return _lasting_refusal(form, number)


def _lasting_refusal(form: FormPage, number: int) -> str | None:
    """What the page says while no picture comes, unless one comes all the same."""
    said = _refusal(form)
    if not said:
        return None

    def came() -> bool:
        tiles = form.find("photo")
        return bool(tiles and tiles.count() > number)

    return None if form.wait(came, Bound.TOAST) else said


def _refusal(form: FormPage) -> str:
    """The words of a message that shows for some seconds, empty where none does."""
    toast = form.find("toast")
    return one_line(toast.last.inner_text()) if toast else ""


def wait_until_taken(form: FormPage, note: Note, progress: Progress) -> None:
    """Wait until RedNote has taken all files and the note could be published. Raises
    `UploadFailed`, `RetryLater` when nothing moves any more, `PageChanged`."""
    size = sum(one.bytes for one in note.media)
    sent, last, moved = 0, "", time.monotonic()
    while True:
        form.check_address()
        form.check_stop()
        state, percent, said = _video_state(form) if note.kind is Kind.VIDEO else (None, None, "")
        if state in (FileState.FAILED, FileState.NETWORK):
            raise UploadFailed(said, network=state is FileState.NETWORK)
        now_sent = _bytes_sent(state, percent, size, sent) if note.kind is Kind.VIDEO else sent
        if now_sent != sent:
            progress(now_sent - sent)
            sent = now_sent
        if state not in (FileState.UPLOADING, FileState.PROCESSING) and is_ready(form):
            return
        _tell_state(form, state, percent)
        if said != last:
            last, moved = said, time.monotonic()
        bound = Bound.PROCESSING if state is FileState.PROCESSING else Bound.STANDSTILL
        if time.monotonic() - moved > form.contract.seconds[bound]:
            # What was uploaded is there; a button that stays dead is another page.
            if state is FileState.DONE or note.kind is Kind.PHOTOS:
                raise form.changed("publish-button")
            raise standstill()
        form.pause()


def _bytes_sent(state: FileState | None, percent: int | None, size: int, sent: int) -> int:
    match state:
        case FileState.UPLOADING if percent is not None:
            return max(sent, size * min(percent, 100) // 100)
        case FileState.PROCESSING | FileState.DONE:
            return size
        case _:
            return sent


def _tell_state(form: FormPage, state: FileState | None, percent: int | None) -> None:
    if state is FileState.UPLOADING:
        form.tell(Doing.UPLOADING, percent or 0, 100)
    else:
        form.tell(Doing.PROCESSING, percent or 0, 100 if percent is not None else 0)


def _video_state(form: FormPage) -> tuple[FileState | None, int | None, str]:
    """How far the video is, by what a person reads beside it: the state, percent, the words."""
    found = form.find("video-state")
    said = one_line(found.first.inner_text()) if found else ""
    percent = _PERCENT.search(said)
    for state in _BY_WEIGHT:
        if _says(form, said, state):
            return state, int(percent[1]) if percent else None, said
    return None, int(percent[1]) if percent else None, said


_BY_WEIGHT = (
    FileState.NETWORK,
    FileState.FAILED,
    FileState.UPLOADING,
    FileState.PROCESSING,
    FileState.DONE,
)


def _says(form: FormPage, said: str, state: FileState) -> bool:
    return any(word.casefold() in said.casefold() for word in form.contract.states[state])


def is_ready(form: FormPage) -> bool:
    """Whether the page would let the creator publish now."""
    found = form.find("publish-button")
    return found is not None and bool(found.first.evaluate(_READY_BUTTON))


_READY_BUTTON = """(button) => button.hasAttribute('submit-disabled')
  ? button.getAttribute('submit-disabled') === 'false'
  : !button.disabled && button.getAttribute('aria-disabled') !== 'true'
    && !button.classList.contains('disabled')"""


def standstill() -> RetryLater:
    """Make the error for a file of which nothing is heard any more."""
    return RetryLater(
        "RedNote's page stands still at a file, and says nothing.",
        next="Look at the window. The same command fills the note in anew.",
    )
