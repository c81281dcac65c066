"""Filled-in forms of the studio's page, for tests of what a creator is shown."""

from __future__ import annotations

from crossover.destinations.studio.form import Agreement, FieldName, FilledForm, FormField

WORDS = {
    FieldName.TITLE: "Crispy roast potatoes",
    FieldName.BODY: "The trick is the steam.\n\nThen hot fat, 220 °C. 土豆要先煮再烤 🥔",
    FieldName.TOPICS: "potatoes roast",
    FieldName.MEDIA: "9",
    FieldName.VISIBILITY: "only-me",
    FieldName.DECLARATION: "none",
    FieldName.ORIGINAL: "false",
    FieldName.SCHEDULE: "",
}


def filled_form(*differing: FormField, plain_topics: tuple[str, ...] = ()) -> FilledForm:
    """A form that holds what was planned, but for the fields that are given."""
    others = {field.name: field for field in differing}
    fields = (
        others.get(name) or FormField(name, value, value, Agreement.AS_PLANNED)
        for name, value in WORDS.items()
    )
    return FilledForm(tuple(fields), plain_topics)
