"""Captions with the notes that they become, each read and judged by a person.

`python -m tests.mapping.golden_notes` writes the notes that the mapping makes now. A note whose
words changed is `unread` then, until its row in `golden_notes.jsonl` says what a reader thinks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from tests.makers import KEEP_TOPICS, notes_of, post

_FILE = Path(__file__).with_suffix(".jsonl")


@dataclass(frozen=True)
class GoldenNote:
    """A caption, and its note with the defaults of every rule.

    `candidates` are the titles that could be chosen instead, `keep` and `both` the topics under
    these policies. `verdict`: good, passable or bad; unread, where nobody judged it yet.
    """

    text: str
    title: str
    candidates: list[str]
    body: str
    keep: list[str]
    both: list[str]
    declaration: str
    verdict: str = "unread"

    @property
    def words(self) -> tuple[str, list[str], str, str]:
        """What the verdict is about. Topics change with each new row of their table."""
        return (self.title, self.candidates, self.body, self.declaration)


def make_note(text: str) -> GoldenNote:
    """Make the note that the caption becomes now, unread."""
    (both,), (keep,) = notes_of(post(text=text)), notes_of(post(text=text), KEEP_TOPICS)
    return GoldenNote(
        text,
        both.title,
        list(both.title_candidates[1:]),
        both.body,
        list(keep.topics),
        list(both.topics),
        both.declaration.value,
    )


def read_notes() -> tuple[GoldenNote, ...]:
    """Read `golden_notes.jsonl`: one note a line."""
    return tuple(GoldenNote(**json.loads(line)) for line in _FILE.read_text("utf-8").splitlines())


def describe_changes(known: GoldenNote, made: GoldenNote) -> str:
    """Say field by field how the note that is made differs from the known one; nothing if not."""
    before, after = asdict(known), asdict(replace(made, verdict=known.verdict))
    lines = [
        line
        for field in before
        if before[field] != after[field]
        for line in (f"  {field}", f"    was  {before[field]!r}", f"    now  {after[field]!r}")
    ]
    return "\n".join([repr(known.text[:90]), *lines]) if lines else ""


def _renew() -> Iterator[GoldenNote]:
    for known in read_notes():
        made = make_note(known.text)
        yield replace(made, verdict=known.verdict) if made.words == known.words else made


if __name__ == "__main__":
    rows = [json.dumps(asdict(note), ensure_ascii=False) + "\n" for note in _renew()]
    _FILE.write_text("".join(rows), "utf-8")
