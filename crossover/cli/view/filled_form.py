"""What RedNote's page holds of a note, as a table: each field once, beside the plan where it differs."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from crossover.cli.view.columns import GAP, folded, folded_list, side_by_side
from crossover.cli.view.marks import plain_lines
from crossover.cli.view.screen import console, count, line_width
from crossover.cli.view.status import title_text
from crossover.cli.view.topics import plain_topics_text
from crossover.destinations.studio.field_words import CHOICE_WORDS, FIELD_WORDS
from crossover.destinations.studio.form import Agreement, FieldName, FilledForm, FormField
from crossover.limits.limits import Limits
from crossover.mapping.body import count_description_chars
from crossover.model.notes import Note
from crossover.text import one_line, title_length

_LABEL = 16
"""Cells of the column with the names of the fields."""
_BESIDE = 100
"""Cells from which on the page and the plan stand beside each other."""
_WIDEST = 120

_ADVICE = {
    Agreement.REWRITTEN: "The page changed this.",
    Agreement.NOT_TAKEN: "The page did not take this. Set it in the window, or skip the note.",
    Agreement.YOURS: "This is yours: fill it in, in the window.",
}


def show_form(note: Note, form: FilledForm, limits: Limits, *, again: bool) -> None:
    """Show what the page holds of a note. `again`: it was filled in by an earlier run."""
    console.print(form_text(note, form, limits, min(line_width(), _WIDEST), again=again))


def form_text(
    note: Note, form: FilledForm, limits: Limits, width: int, *, again: bool = False
) -> Text:
    """Paint it on lines of `width` cells."""
    since = ", filled in by an earlier run" if again else ""
    head = Text.assemble(
        "\n", (f"{note.number} {title_text(note.title)}", "bold"), f" on the page{since}:"
    )
    lines = folded(head, width)
    for field in form.fields:
        lines += _field(form, field, limits, width)
    lines += folded(_verdict(form), width)
    for line in lines:
        line.rstrip()
    return Text("\n").join(lines)


def _field(form: FilledForm, field: FormField, limits: Limits, width: int) -> Iterator[Text]:
    differs = field in form.differing
    label = Text(FIELD_WORDS[field.name], "bold yellow" if differs else "dim")
    label.pad_right(max(_LABEL - label.cell_len - 2, 1))
    mark = Text("! " if differs else "  ", "bold yellow")
    room = width - _LABEL
    for place, line in enumerate(_value(form, field, limits, room)):
        yield Text.assemble(mark + label if place == 0 else " " * _LABEL, line)


def _value(form: FilledForm, field: FormField, limits: Limits, width: int) -> Iterator[Text]:
    """Yield the lines of a field behind its name."""
    counted = Text(_length(form, field, limits), "dim")
    lines = list(_held(form, field, width))
    if counted and len(lines) == 1 and lines[0].cell_len + 3 + counted.cell_len <= width:
        lines[0] = Text.assemble(lines[0], (" · ", "dim"), counted)
        counted = Text()
    yield from lines
    if counted:
        yield from folded(counted, width)
    if advice := _ADVICE.get(field.agreement):
        yield from folded(Text(advice, "bold yellow"), width)
    if field.name is FieldName.TOPICS and form.plain_topics:
        yield from folded(Text(f"{plain_topics_text(form.plain_topics)}", "dim"), width)


def _held(form: FilledForm, field: FormField, width: int) -> Iterator[Text]:
    """Yield what the page holds, and what was planned where that differs."""
    if field.agreement is Agreement.NOT_TOLD:
        yield Text("not shown by the page", "dim")
        if field.name is not FieldName.COVER:  # all that is known of it is that there is one
            yield from _planned(field, width)
    elif field not in form.differing:
        yield from _words(field, field.on_page, width)
    elif field.agreement is Agreement.YOURS:
        if field.on_page:
            yield from _words(field, field.on_page, width)
    elif console.is_terminal and width + _LABEL >= _BESIDE:
        half = (width - GAP) // 2
        page, planned = (
            [Text(head, "dim"), *_words(field, value, half)]
            for head, value in (("on the page", field.on_page), ("planned", field.planned))
        )
        yield from side_by_side(page, planned, half)
    else:
        yield from _words(field, field.on_page, width)
        yield from _planned(field, width)


def _planned(field: FormField, width: int) -> Iterator[Text]:
    lines = list(_words(field, field.planned, width - len("planned: ")))
    for place, line in enumerate(lines):
        head = Text("planned: " if place == 0 else " " * len("planned: "), "dim")
        yield Text.assemble(head, line)


def _words(field: FormField, value: str, width: int) -> Iterator[Text]:
    if field.name is FieldName.BODY and value:
        yield from folded(Text(plain_lines(value)), width)
        return
    if field.name is FieldName.TOPICS and value:
        tags = (Text(f"#{one_line(topic)}") for topic in value.split())
        yield from folded_list(tags, width)
        return
    if field.name is FieldName.MEDIA and value.isdigit():
        value = count(int(value), "picture")
    known = CHOICE_WORDS.get(field.name, {})
    yield from folded(Text(known.get(value) or one_line(value)), width)


def _length(form: FilledForm, field: FormField, limits: Limits) -> str:
    """How much of what RedNote takes the page holds; empty where nothing is counted."""
    topics = form.field(FieldName.TOPICS)
    names = tuple(topics.on_page.split()) if topics else ()
    match field.name:
        case FieldName.TITLE if field.on_page:
            return title_length(field.on_page, limits.title_units.value)
        case FieldName.BODY if field.on_page or names:
            used = count_description_chars(field.on_page, names)
            with_topics = ", with the topics" if names else ""
            return f"{used:,} of {limits.description_chars.value:,} letters{with_topics}"
        case FieldName.TOPICS if names:
            return f"{len(names)} of {limits.topics.value}"
        case _:
            return ""


def _verdict(form: FilledForm) -> Text:
    if not form.differing:
        return Text("  All of it is as planned.", "green")
    names = ", ".join(FIELD_WORDS[field.name] for field in form.differing)
    it = "it" if len(form.differing) == 1 else "them"
    return Text(f"! Not as planned: {names}. Look at {it} before you press.", "bold yellow")
