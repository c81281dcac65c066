"""What the studio page holds once it is filled in, beside what was planned."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FieldName(StrEnum):
    """The parts of the page's form, in the order in which they are shown."""

    TITLE = "title"
    BODY = "body"
    TOPICS = "topics"
    MEDIA = "media"
    COVER = "cover"
    VISIBILITY = "visibility"
    DECLARATION = "declaration"
    ORIGINAL = "original"
    SCHEDULE = "schedule"


class Agreement(StrEnum):
    """How a field of the page stands to the plan."""

    AS_PLANNED = "as-planned"
    REWRITTEN = "rewritten"  # the page made other words of what was put in
    NOT_TAKEN = "not-taken"  # the page does not have what was planned
    YOURS = "yours"  # only the creator can fill it in: where and when a film was shot
    NOT_TOLD = "not-told"  # the page does not show what it holds


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: what was planned, and what the page holds. Both as plain text: topics by blanks,
    choices by crossover's own words (`only-me`, `ai`, `true`), a time as `YYYY-MM-DD HH:MM` of the
    browser's zone, media as `video` or the number of pictures; empty where there is none."""

    name: FieldName
    planned: str
    on_page: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class FilledForm:
    """The whole form, read back once. `plain_topics` are those planned topics that RedNote does not
    know, in the text as plain `#name`."""

    fields: tuple[FormField, ...]
    plain_topics: tuple[str, ...] = ()

    def field(self, name: FieldName) -> FormField | None:
        """The field of that name, None where this note has none."""
        return next((one for one in self.fields if one.name is name), None)

    @property
    def differing(self) -> tuple[FormField, ...]:
        """The fields that are not as they were planned."""
        same = (Agreement.AS_PLANNED, Agreement.NOT_TOLD)
        return tuple(one for one in self.fields if one.agreement not in same)
