"""The cover of a video note into the form."""

from __future__ import annotations

from pathlib import Path

from crossover.destinations.studio.contract.contract import Bound
from crossover.destinations.studio.dialogue import Doing
from crossover.destinations.studio.filling.form_page import FormPage
from crossover.destinations.studio.filling.input import REACH_MS, click, reach
from crossover.model.notes import Note

_SHOWN = """(preview) => [preview, ...preview.querySelectorAll('*')].map((one) =>
  (one.tagName === 'IMG' ? one.currentSrc || one.src : '') + getComputedStyle(one).backgroundImage,
).join(' ')"""
_HAS_PICTURE = """(dialog) => [...dialog.querySelectorAll('img, canvas')].some((one) =>
  one.getBoundingClientRect().width > 0 && (one.tagName === 'CANVAS' || one.naturalWidth > 0))"""


def set_cover(form: FormPage, note: Note, files: Path) -> bool:
    """Give the page the cover of the note, and see that it shows another one than before; whether
    it does. True for a note without one. Raises `PageChanged`."""
    if note.cover is None:
        return True
    form.tell(Doing.COVER)
    preview = form.need("cover-preview")
    before = preview.evaluate(_SHOWN)
    # What leads to the dialog may show only then.
    reach(form, "cover-preview", lambda: preview.hover(timeout=REACH_MS))
    click(form, "cover-entry")
    dialog = form.need("cover-dialog")
    if tab := form.find("cover-tab", within=dialog):
        reach(form, "cover-tab", lambda: tab.first.click(timeout=REACH_MS), in_dialog=True)
    form.need("cover-input", within=dialog).set_input_files(files / note.cover.path)
    form.wait(lambda: form.need("cover-dialog").evaluate(_HAS_PICTURE), Bound.APPEAR)
    confirm = form.need("cover-confirm", within=dialog)
    form.wait(confirm.is_enabled, Bound.APPEAR)
    click(form, "cover-confirm", within=dialog)
    if not form.wait(lambda: not form.find("cover-dialog"), Bound.APPEAR):
        raise form.changed("cover-dialog")
    shown = form.wait(lambda: form.need("cover-preview").evaluate(_SHOWN) != before, Bound.APPEAR)
    return bool(shown)
