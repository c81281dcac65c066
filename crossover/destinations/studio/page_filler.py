"""Fills a page in under the creator's eyes: they may want something else, or press, at any moment."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crossover.destinations.base import NotNow
from crossover.destinations.studio.browser.window import Window
from crossover.destinations.studio.contract.contract import Contract
from crossover.destinations.studio.dialogue import Dialogue, Doing, StudioStep
from crossover.destinations.studio.filling.fill import fill
from crossover.destinations.studio.filling.form_page import page_changed
from crossover.destinations.studio.form import Agreement, FieldName, FilledForm
from crossover.destinations.studio.pressing import PressWatch
from crossover.destinations.studio.read_back import read_form
from crossover.destinations.studio.unchanged_files import check_unchanged, sum_files
from crossover.errors import PageChanged
from crossover.model.notes import Note
from crossover.model.posts import Visibility
from crossover.model.results import Wish
from crossover.model.uploads import Progress

if TYPE_CHECKING:
    from playwright.sync_api import Page

log = logging.getLogger(__name__)


class _PressedEarly(Exception):
    """The creator published while the page was still being filled in."""


class PageFiller:
    """Fills in pages of `window` on the site at `origin`, with files that lie below `files`."""

    def __init__(
        self, window: Window, files: Path, origin: str, contract: Contract, dialogue: Dialogue
    ) -> None:
        self._window = window
        self._files = files
        self._origin = origin
        self._contract = contract
        self._dialogue = dialogue

    def fill(
        self, note: Note, page: Page, watch: PressWatch, progress: Progress, *, again: bool
    ) -> FilledForm:
        """Fill the note into `page`, unless an earlier run did (`again`), and read the form. `watch`
        listens to the page.

        Raises what `fill` raises, `PageChanged` with a picture of the page, `NotNow` where the creator
        wants something else, `ChangedFile`, and an exception once they published the page, which ends
        the filling.
        """
        with self._keeping_picture(page, note):
            return self._fill(note, page, watch, progress, again=again)

    def _fill(
        self, note: Note, page: Page, watch: PressWatch, progress: Progress, *, again: bool
    ) -> FilledForm:
        def check() -> None:
            if watch.was_sent:
                raise _PressedEarly
            self._check_wish()

        cover_taken: bool | None = None
        if not again:
            summed = sum_files(note, self._files, check)
            page.bring_to_front()
            cover_taken = fill(
                page,
                note,
                self._files,
                self._contract,
                origin=self._origin,
                hear=lambda step: self._dialogue.step(note, step),
                progress=progress,
                check_stop=check,
            ).cover_taken
            check_unchanged(summed)
        self._dialogue.step(note, StudioStep(Doing.READING_BACK))
        form = read_form(page, note, self._contract, cover_taken=cover_taken)
        watch.forget_addresses()
        self._check_who_sees_it(note, form)
        return form

    def _check_wish(self) -> None:
        wish = self._dialogue.wish()
        while wish is Wish.PAUSE:
            wish = self._dialogue.wait_while_paused()
        if wish is not None:
            raise NotNow(wish)

    @contextmanager
    def _keeping_picture(self, page: Page, note: Note) -> Iterator[None]:
        """Keep a picture of a page that is not as it is known."""
        try:
            yield
        except PageChanged as exc:
            path = self._files / "logs" / f"studio-{note.number}.png"
            self._window.screenshot(page, path)
            log.warning("the page has changed at %s: %s", exc.step, ", ".join(exc.names))
            raise exc.with_screenshot(path) from exc

    def _check_who_sees_it(self, note: Note, form: FilledForm) -> None:
        """Who may see a note is never wider than planned, least of all of the first one."""
        field = form.field(FieldName.VISIBILITY)
        taken = field is not None and field.agreement is Agreement.AS_PLANNED
        if note.visibility is not Visibility.PUBLIC and not taken:
            raise page_changed(self._contract, Doing.OPTIONS, "visibility")
