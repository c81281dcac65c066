"""Lines of a posts file → records, in a format that escapes nothing.

    Date: 2025-01-06 15:34:00 UTC        a record begins
    Link: https://…                      one link, or
    https://…                            more of them, without a label
    Like(s): 7311
    Title: text that the creator wrote,  may hold line breaks, colons, and
    Date: lines like this one            lines that look like a record's
    Adds yours text: None

How a record is told from text that looks like one:

1. A label comes once in a record. Where the value before it is not text that people wrote, a
   date label begins a record, with or without a blank line before it; so does, after a blank
   line, any label that the record has already (its date line is lost, and it is unreadable).
2. Where it is such text, the first label after the date and link lines decides. Had the record
   that label already, or does it stand before the text, a new record began; does it belong after
   the text, the record goes on. A new record has besides two of: a complete date, a blank line
   before it, a link line after it.
3. Where no such label follows, it is text, but for the end of a file that was cut: there a
   complete date after a blank line is a record, if a link follows as posts have it, or none.

So the only text taken for a post is a title that quotes a record with more of its labels than
date and link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from crossover.exports.keys import none_if_empty
from crossover.exports.links import is_page_link
from crossover.exports.txt.labels import DATE, LINK, Labels, is_date, is_stored

MAX_RECORD = 1024**2
"""Letters of one record. The longest post imaginable, 35 links and a text, has some 20,000."""

_KEPT = frozenset(
    {
        *(DATE, LINK, "likes", "title", "whocanview", "contentdisclosure", "aigeneratedcontent"),
        *("sound", "location", "allowcomments", "alternatetext"),
    }
)


@dataclass(frozen=True, slots=True)
class TxtRecord:
    """The kept fields of one record, by plain JSON key. `labels` are the keys of all its
    labels, in their order; `whole` is false for a record that is longer than any post; `passed` are
    the first lines after labels whose meaning is not known."""

    fields: dict[str, str]
    labels: tuple[str, ...] = ()
    whole: bool = True
    passed: Mapping[str, str] = field(default_factory=dict)


def read_records(lines: Iterable[str], labels: Labels) -> Iterator[TxtRecord]:
    """Yield the records of a posts file, in its order; none for a file that only says that there is
    nothing."""
    record: _Record | None = None
    for chunk in _split_chunks(lines, labels):
        if record is None or record.ends_before(chunk):
            if record is not None:
                yield record.to_record()
            record = _Record(labels)
        record.add(chunk)
        if not record.labels:
            record = None  # a sentence before the first record
    if record is not None:
        yield record.to_record()


@dataclass(slots=True)
class _Chunk:
    """The lines from one that may begin a record to before the next such line."""

    lines: list[str]
    after_blank: bool
    whole: bool = True
    last: bool = False


def _split_chunks(lines: Iterable[str], labels: Labels) -> Iterator[_Chunk]:
    chunk = _Chunk([], after_blank=True)
    letters = 0
    blank = True
    for line in lines:
        label = labels.split(line)
        if label is not None and (label[0] == DATE or blank):
            yield chunk
            chunk, letters = _Chunk([], blank), 0
        letters += len(line) + 1
        if letters <= MAX_RECORD:
            chunk.lines.append(line)
        else:
            chunk.whole = False
        blank = not line.strip()
    chunk.last = True
    yield chunk


class _Record:
    """A record in the making."""

    def __init__(self, labels: Labels) -> None:
        self.labels: dict[str, None] = {}
        self._labels = labels
        self._values: dict[str, list[str]] = {}
        self._open = ""
        self._in_text = False
        self._letters = 0
        self._whole = True
        self._passed: dict[str, str] = {}

    def to_record(self) -> TxtRecord:
        fields = {key: "\n".join(lines) for key, lines in self._values.items()}
        return TxtRecord(fields, tuple(self.labels), self._whole, self._passed)

    def add(self, chunk: _Chunk) -> None:
        """Add the lines of `chunk`, which belong to this record."""
        self._whole = self._whole and chunk.whole
        for line in chunk.lines:
            self._letters += len(line) + 1
            if self._letters > MAX_RECORD:
                self._whole = False
                break
            self._add_line(line)

    def _add_line(self, line: str) -> None:
        label = self._labels.split(line)
        if label is not None and label[0] not in self.labels:
            self._open, value = label
            self.labels[self._open] = None
            self._in_text = False
            if self._open in self._labels.spelled:
                self._passed[self._open] = value
            self._add_value(value)
        elif self._in_text:
            self._add_value(line)
        elif line.startswith(("https://", "http://")):
            self.labels[LINK] = None
            self._values.setdefault(LINK, []).append(line)
        elif label is None and self._labels.may_be_text(self._open):
            self._add_value(line)

    def _add_value(self, line: str) -> None:
        if self._labels.may_be_text(self._open) and none_if_empty(line) is not None:
            self._in_text = True
        if self._open in _KEPT:
            self._values.setdefault(self._open, []).append(line)

    def ends_before(self, chunk: _Chunk) -> bool:
        """Whether `chunk` begins another record, by the rules above."""
        key, value = self._labels.split(chunk.lines[0]) or ("", "")
        if not self._in_text:
            same = self.labels.keys() == {DATE} and self._values[DATE] == [value]
            return not same if key == DATE else key in self.labels
        following = self._next_label(chunk)
        if key != DATE:
            return key == LINK and is_stored(value) and self._begins_another(following)
        link = self._next_link(chunk)
        if following is None:
            owned = link is None or not none_if_empty(link) or is_stored(link) or is_page_link(link)
            return chunk.last and chunk.after_blank and is_date(value) and owned
        signs = is_date(value) + chunk.after_blank + (link is not None)
        return signs >= 2 and self._begins_another(following)

    def _next_label(self, chunk: _Chunk) -> str | None:
        labels = (self._labels.split(line) for line in chunk.lines[1:])
        return next((found[0] for found in labels if found and found[0] not in (DATE, LINK)), None)

    def _next_link(self, chunk: _Chunk) -> str | None:
        found = self._labels.split(chunk.lines[1]) if len(chunk.lines) > 1 else None
        return found[1] if found is not None and found[0] == LINK else None

    def _begins_another(self, following: str | None) -> bool:
        if following is None:
            return False
        return following in self.labels or not self._labels.comes_after(following, self._open)
