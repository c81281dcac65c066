"""Reads the whole form once: what the page holds, beside what was planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crossover.destinations.studio.contract.contract import Contract
from crossover.destinations.studio.filling.controls.declaration import (
    ASKED_OF_THE_CREATOR,
    read_declaration,
)
from crossover.destinations.studio.filling.controls.original import read_original
from crossover.destinations.studio.filling.controls.schedule import as_shown, read_schedule
from crossover.destinations.studio.filling.controls.visibility import (
    read_shown_visibility,
    read_visibility,
)
from crossover.destinations.studio.filling.editor_text import EditorText, plain, read_editor
from crossover.destinations.studio.filling.form_page import FormPage
from crossover.destinations.studio.form import Agreement, FieldName, FilledForm, FormField
from crossover.destinations.topic_names import same_name
from crossover.model.notes import Note
from crossover.model.posts import Declaration, Kind

if TYPE_CHECKING:
    from playwright.sync_api import Page


def read_form(
    page: Page, note: Note, contract: Contract, *, cover_taken: bool | None = None
) -> FilledForm:
    """Read the form that `note` was filled into; changes nothing on the page. `cover_taken` is what
    `fill` saw of the cover, None where nobody did. Raises `PageChanged` where the page has no title
    or no body."""
    form = FormPage(page, contract)
    held = read_editor(form)
    followed = {same_name(name) for name in held.topics}
    fields = [
        _title(form, note),
        _body(note, held),
        _topics(note, held),
        _media(form, note),
        _cover(note, cover_taken),
        _visibility(form, note),
        _declaration(form, note),
        _original(form, note),
        _schedule(form, note),
    ]
    return FilledForm(
        tuple(one for one in fields if one is not None),
        tuple(name for name in dict.fromkeys(note.topics) if same_name(name) not in followed),
    )


def _title(form: FormPage, note: Note) -> FormField:
    return _text(FieldName.TITLE, note.title, form.need("title").input_value())


def _text(name: FieldName, planned: str, on_page: str) -> FormField:
    same = plain(planned) == plain(on_page)
    if same:
        return FormField(name, planned, planned, Agreement.AS_PLANNED)
    taken = Agreement.REWRITTEN if on_page.strip() else Agreement.NOT_TAKEN
    return FormField(name, planned, on_page, taken)


def _body(note: Note, held: EditorText) -> FormField:
    """The text without the topics behind it, as far as those are the planned ones."""
    rest = plain(held.text)
    for name in reversed(note.topics):
        tag = f"#{name}"
        head, tail = rest[: len(rest) - len(tag)], rest[len(rest) - len(tag) :]
        if same_name(tail) != same_name(tag):
            break
        rest = head.rstrip()
    return _text(FieldName.BODY, note.body, rest)


def _topics(note: Note, held: EditorText) -> FormField | None:
    if not note.topics and not held.topics:
        return None
    followed = {same_name(name): name for name in held.topics}
    planned = [same_name(name) for name in note.topics]
    # A planned one that readers cannot follow stands in the text as it was planned.
    on_page = [followed.get(same_name(name), name) for name in note.topics if _stands(name, held)]
    on_page += [name for name in held.topics if same_name(name) not in planned]
    agreement = Agreement.AS_PLANNED
    if on_page != list(note.topics):
        lost = any(not _stands(name, held) for name in note.topics)
        agreement = Agreement.NOT_TAKEN if lost else Agreement.REWRITTEN
    return FormField(FieldName.TOPICS, " ".join(note.topics), " ".join(on_page), agreement)


def _stands(name: str, held: EditorText) -> bool:
    return same_name(f"#{name}") in same_name(held.text).split()


def _media(form: FormPage, note: Note) -> FormField:
    if note.kind is Kind.VIDEO:
        shown = Kind.VIDEO.value if form.find("video-state") else ""
        return _choice(FieldName.MEDIA, Kind.VIDEO.value, shown)
    tiles = form.find("photo")
    return _choice(FieldName.MEDIA, str(len(note.media)), str(tiles.count() if tiles else 0))


def _cover(note: Note, taken: bool | None) -> FormField | None:
    if note.cover is None:
        return None
    if taken is None:
        return FormField(FieldName.COVER, "own", "", Agreement.NOT_TOLD)
    return _choice(FieldName.COVER, "own", "own" if taken else "")


def _visibility(form: FormPage, note: Note) -> FormField:
    found = read_visibility(form)
    shown = found.value if found else read_shown_visibility(form)
    field = _choice(FieldName.VISIBILITY, note.visibility.value, shown)
    if found is None and not shown:
        return FormField(field.name, field.planned, "", Agreement.NOT_TOLD)
    return field


def _declaration(form: FormPage, note: Note) -> FormField:
    found, planned = read_declaration(form), note.declaration
    if found is not planned and planned in ASKED_OF_THE_CREATOR:
        shown = found.value if found and found is not Declaration.NONE else ""
        return FormField(FieldName.DECLARATION, planned.value, shown, Agreement.YOURS)
    if found is None:
        agreement = Agreement.NOT_TOLD if planned is Declaration.NONE else Agreement.NOT_TAKEN
        return FormField(FieldName.DECLARATION, planned.value, "", agreement)
    return _choice(FieldName.DECLARATION, planned.value, found.value)


def _original(form: FormPage, note: Note) -> FormField:
    found, planned = read_original(form), str(note.original).lower()
    if found is None:
        agreement = Agreement.NOT_TAKEN if note.original else Agreement.NOT_TOLD
        return FormField(FieldName.ORIGINAL, planned, "", agreement)
    return _choice(FieldName.ORIGINAL, planned, str(found).lower())


def _schedule(form: FormPage, note: Note) -> FormField | None:
    shown = read_schedule(form)
    planned = as_shown(form, note.schedule) if note.schedule else ""
    return _choice(FieldName.SCHEDULE, planned, shown) if planned or shown else None


def _choice(name: FieldName, planned: str, on_page: str) -> FormField:
    same = planned == on_page
    return FormField(name, planned, on_page, Agreement.AS_PLANNED if same else Agreement.NOT_TAKEN)
