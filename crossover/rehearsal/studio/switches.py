"""How the studio's page behaves: which site and language, which layout, and what goes wrong on it.

What goes wrong in a call has its fault in `faults/`; here is what only a page can do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from crossover.rehearsal.faults.base import (
    InvalidValue,
    integer_between,
    number_between,
    one_of,
    parse_boolean,
    setting,
)
from crossover.rehearsal.faults.script_nodes import BadScript, read_fields, to_key

OPTIONS = ("visibility", "declaration", "topics", "schedule", "original", "cover")
"""The options of a note that the page can drop without a word."""

_NAME = re.compile(r"[^\s\"`\\<>&;{}]{2,60}")


def _parse_renames(given: object) -> object:
    if not isinstance(given, dict):
        raise InvalidValue("lines of `old name: new name`")
    for name in (*given, *given.values()):
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise InvalidValue("names of 2 to 60 letters without blanks, quotes or brackets")
    return tuple(given.items())


def _parse_options(given: object) -> object:
    if not isinstance(given, list) or any(one not in OPTIONS for one in given):
        raise InvalidValue(f"a list of {', '.join(OPTIONS)}")
    return tuple(given)


def _switch() -> Any:
    return setting(parse_boolean, False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """The switches of the page. Without any of them it is what was seen last, in Chinese, and
    nothing goes wrong.

    `processing_seconds` is how long the site works on a file after it arrived; `processing` may be
    without end, or end in a failure. `rename` gives the page's own names (of classes, ids,
    attributes, or Chinese texts) others, as a new build of the site would. `line_ends` says what
    they become in a text that is put in whole. `slow_body` is how many milliseconds the page is
    busy after each input into the text. `drops` are options that are left out of the note without a
    word. `signed_out`: the sessions of all browsers have ended. `upload_origin` is `other` where
    files go to this server under its other name, so that the browser asks whether it may."""

    site: str = setting(one_of("rednote.com", "xiaohongshu.com"), "xiaohongshu.com")
    language: str = setting(one_of("zh", "en"), "zh")
    layout: str = setting(one_of("new", "old"), "new")
    shadow: str = setting(one_of("closed", "open"), "closed")
    processing_seconds: float = setting(number_between(0, 3600), 0.4)
    processing: str = setting(one_of("ends", "endless", "fails"), "ends")
    rename: tuple[tuple[str, str], ...] = setting(_parse_renames, ())

    signed_out: bool = _switch()

    # What stands in the way.
    feature_guide: bool = _switch()
    tab_popover: bool = _switch()
    short_note_tip: bool = _switch()
    activity_dialog: bool = _switch()
    draft_notice: bool = _switch()
    phone_not_bound: bool = _switch()
    topic_list_stays: bool = _switch()
    unknown_dialog: bool = _switch()
    asks_location: bool = _switch()

    # What the page does otherwise.
    published_query: bool = _switch()
    no_topic_match: bool = _switch()
    input_replaced: bool = _switch()
    hidden_reupload: bool = _switch()
    second_publish_text: bool = _switch()
    no_collections: bool = _switch()
    line_ends: str = setting(one_of("paragraphs", "blanks"), "paragraphs")
    slow_body: int = setting(integer_between(0, 5000), 0)
    drops: tuple[str, ...] = setting(_parse_options, ())
    api_origin: str = setting(one_of("same", "other"), "same")
    upload_origin: str = setting(one_of("same", "other"), "same")

    def as_values(self) -> dict[str, object]:
        """List every switch with its value under its key, for JSON."""
        values = {to_key(field.name): getattr(self, field.name) for field in fields(self)}
        return values | {"rename": dict(self.rename), "drops": list(self.drops)}


KEYS = tuple(to_key(field.name) for field in fields(Switches))


def read_switches(
    values: Mapping[str, object], where: str, before: Switches | None = None
) -> Switches:
    """Read switches from their keys; those that are not named stay as they were `before`. Raises
    `BadScript`."""
    for key in values:
        if key not in KEYS:
            raise BadScript(f"{where}: {key!r} is not a key; known: {', '.join(KEYS)}")
    kept = (before or Switches()).as_values()
    return Switches(**read_fields(fields(Switches), {**kept, **values}, "", where))
