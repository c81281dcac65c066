"""A creator's real browser, signed in on the stand-in, and notes with real files to fill in there."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

from crossover.destinations.studio.browser.window import Window, open_window
from crossover.destinations.studio.contract.contract import Bound, Contract, load_contract
from crossover.destinations.studio.dialogue import StudioStep
from crossover.destinations.studio.filling.fill import Filled, fill
from crossover.destinations.studio.form import FilledForm
from crossover.destinations.studio.read_back import read_form
from crossover.model.notes import Cover, Note, NoteMedia
from crossover.model.posts import Kind, MediaKind
from tests.destinations.makers import note
from tests.rehearsal.makers import MP4
from tests.studio_world import StandIn, installed_browser, stand_in
from tests.studio_world import Window as CreatorsWindow

QUICK = {"processing_seconds": 0.02}
"""Switches of a stand-in that takes no time over files."""


def patient(seconds: float) -> Contract:
    """What is known of the page, with less patience than a creator's line needs."""
    bounds = (Bound.APPEAR, Bound.TAKE, Bound.OBSTACLE, Bound.TOPIC_LIST, Bound.STANDSTILL)
    contract = load_contract()
    return replace(contract, seconds={**contract.seconds, **dict.fromkeys(bounds, seconds)})


CONTRACT = patient(4)


@dataclass
class FormWorld:
    """The stand-in and a page of it in the creator's browser; `heard` is what `fill` told."""

    site: StandIn
    window: Window
    page: Page
    files: Path
    heard: list[StudioStep] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)

    def fill(self, one: Note, contract: Contract = CONTRACT) -> Filled:
        self.heard.clear()
        self.sent.clear()
        return fill(
            self.page,
            one,
            self.files,
            contract,
            origin=self.site.origin,
            hear=self.heard.append,
            progress=self.sent.append,
            check_stop=lambda: None,
        )

    def fill_and_read(self, one: Note, contract: Contract = CONTRACT) -> FilledForm:
        filled = self.fill(one, contract)
        return read_form(self.page, one, contract, cover_taken=filled.cover_taken)

    def press(self) -> dict[str, Any]:
        """The creator presses publish; the note that the stand-in has then."""
        browser = self.page.context.browser
        assert browser is not None
        count = len(self.site.notes())
        CreatorsWindow(browser).press_publish()
        self.page.wait_for_url("**/publish/success*")
        notes = self.site.notes()
        assert len(notes) == count + 1
        return notes[-1]

    def photos(self, count: int = 1, **fields: Any) -> Note:
        media = tuple(self._photo(number) for number in range(count))
        return note(kind=Kind.PHOTOS, media=media, **fields)

    def video(self, *, with_cover: bool = False, **fields: Any) -> Note:
        path = self.files / "film.mp4"
        if not path.exists():
            path.write_bytes(MP4)
        film = NoteMedia(
            "film.mp4", MediaKind.VIDEO, sha256(path), path.stat().st_size, 720, 1280, 1.0
        )
        cover = self._cover() if with_cover else None
        return note(kind=Kind.VIDEO, media=(film,), cover=cover, **fields)

    def _photo(self, number: int) -> NoteMedia:
        path = self.files / f"{number:02}.jpg"
        if not path.exists():
            path.write_bytes(jpeg((20 + number * 9, 120, 200 - number * 8), (720, 960)))
        return NoteMedia(path.name, MediaKind.IMAGE, sha256(path), path.stat().st_size, 720, 960)

    def _cover(self) -> Cover:
        path = self.files / "cover.jpg"
        if not path.exists():
            path.write_bytes(jpeg((250, 180, 20), (1080, 1440)))
        return Cover(path.name, sha256(path), path.stat().st_size, 1080, 1440)


def jpeg(colour: tuple[int, int, int], size: tuple[int, int]) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, "JPEG")
    return data.getvalue()


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def form_world(folder: Path, *options: str | Path) -> Iterator[FormWorld]:
    """A stand-in, and the creator signed in there in a browser of their own."""
    files = folder / "files"
    files.mkdir(parents=True)
    with (
        installed_browser(folder) as browser,
        pytest.MonkeyPatch.context() as patch,
        stand_in(folder / "rehearsal", *options) as site,
    ):
        patch.setenv("CROSSOVER_BROWSER", str(browser.program))
        with open_window(folder / "profile", start_url=f"{site.origin}/login") as window:
            page = window.pages[0]
            page.goto(f"{site.origin}/login")
            page.request.post(f"{site.origin}/@sandbox/scan-code")
            site.switch(**QUICK)
            yield FormWorld(site, window, page, files)
