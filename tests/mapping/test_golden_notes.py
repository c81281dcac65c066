"""Captions become the notes that a reader of RedNote judged to be good."""

from __future__ import annotations

from collections import Counter

from tests.mapping.golden_notes import describe_changes, make_note, read_notes

NOTES = read_notes()
_NEXT = "Read them: `python -m tests.mapping.golden_notes`, then a verdict for each that is unread."


def test_every_caption_becomes_the_note_that_was_judged() -> None:
    made = ((known, make_note(known.text)) for known in NOTES)
    changed = [said for known, note in made if (said := describe_changes(known, note))]
    assert not changed, "\n".join([f"{len(changed)} notes changed.", *changed, _NEXT])


def test_no_note_is_bad_or_unread_and_few_are_only_passable() -> None:
    verdicts = Counter(note.verdict for note in NOTES)
    assert set(verdicts) <= {"good", "passable"}, verdicts
    assert verdicts["passable"] <= 8, verdicts


def test_the_captions_are_many_and_each_stands_once() -> None:
    assert len({note.text for note in NOTES}) == len(NOTES) == 120
