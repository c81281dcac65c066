"""Files of a note into the form, and waiting until RedNote has taken them."""

from __future__ import annotations

import re
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crossover.destinations.base import Unsendable
from crossover.destinations.studio.contract.contract import Bound, FileState
from crossover.destinations.studio.dialogue import Doing
from crossover.destinations.studio.filling.form_page import FormPage
from crossover.destinations.studio.filling.input import REACH_MS, reach
from crossover.destinations.studio.filling.photos import give_photos
from crossover.destinations.studio.filling.upload_messages import (
    UploadFailed,
    read_refusal,
    says,
    standstill,
)
from crossover.model.notes import Note
from crossover.model.posts import Kind
from crossover.model.uploads import Progress
from crossover.text import one_line

if TYPE_CHECKING:
    from playwright.sync_api import Locator

_PERCENT = re.compile(r"(\d{1,3})\s*%")


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
            reach(form, tab, partial(one.click, timeout=REACH_MS))
            return
    raise form.changed(tab)


def give_files(form: FormPage, note: Note, files: Path, progress: Progress) -> None:
    """Give the page the files of the note, in order; they lie below `files`. A video goes on
    uploading afterwards. Raises `UploadFailed`, `Unsendable` with RedNote's words for a file that
    it does not take, `PageChanged`."""
    if note.kind is Kind.VIDEO:
        form.tell(Doing.UPLOADING, 0, 100)
        form.need("video-input").set_input_files(files / note.media[0].path)
        _wait_for_form(form)
    else:
        give_photos(form, note.media, files, progress)


def _wait_for_form(form: FormPage) -> None:
    if form.wait(lambda: form.find("title") or read_refusal(form), Bound.PAGE) is None:
        raise form.changed("title")
    if not form.find("title"):
        raise Unsendable(f"RedNote does not take the file: “{read_refusal(form)}”")


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
        rested = time.monotonic() - moved
        if rested > form.contract.seconds[Bound.APPEAR] and not form.find("publish-button"):
            raise form.changed("publish-button")
        bound = Bound.PROCESSING if state is FileState.PROCESSING else Bound.STANDSTILL
        if rested > form.contract.seconds[bound]:
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
        if says(form, said, state):
            return state, int(percent[1]) if percent else None, said
    return None, int(percent[1]) if percent else None, said


_BY_WEIGHT = (
    FileState.NETWORK,
    FileState.FAILED,
    FileState.UPLOADING,
    FileState.PROCESSING,
    FileState.DONE,
)


def is_ready(form: FormPage) -> bool:
    """Whether the page would let the creator publish now."""
    found = form.find("publish-button")
    return found is not None and bool(found.first.evaluate(_READY_BUTTON))


_READY_BUTTON = """(button) => button.hasAttribute('submit-disabled')
  ? button.getAttribute('submit-disabled') === 'false'
  : !button.disabled && button.getAttribute('aria-disabled') !== 'true'
    && !button.classList.contains('disabled')"""
