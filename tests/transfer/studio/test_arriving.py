"""What the creator publishes by their own hand arrives exactly as it was planned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crossover.destinations.studio.form import Agreement, FilledForm
from crossover.model.notes import Note, State
from crossover.model.posts import Declaration, Kind, Visibility
from crossover.storage.documents import utc_text
from tests.destinations.test_against_rehearsal import equals_record
from tests.studio_notes import clip, cover, note, pictures
from tests.tier import by_tier
from tests.transfer.studio.world import AtTerminal, StudioWorld

pytestmark = pytest.mark.complete

SOON = (datetime.now(UTC) + timedelta(days=3)).replace(second=0, microsecond=0)
UNKNOWN = ("fogtok",)
WILD = (
    "Zeile 1 “quoted” ‘so’ — 字、。\n\n  two blanks before, 👩🏽‍🎨🇵🇹 and <b>no tag</b> & a\\slash\n"
    "3 @ 5 # 7, *no* _style_, 1. no list"
)

NOTES: Mapping[str, Callable[[Path], Note]] = {
    "words and a picture": lambda root: note(
        root,
        title="Töpfern 陶 👩🏽‍🎨 & <b>",
        body=WILD,
        topics=("sunset", *UNKNOWN, "beach"),
        visibility=Visibility.ONLY_ME,
        declaration=Declaration.AI,
    ),
    "a film with a cover": lambda root: note(
        root, kind=Kind.VIDEO, body="Wheel", cover=cover(root), schedule=SOON
    ),
    "18 pictures": lambda root: note(root, media=pictures(root, 18)),
    "a film as it begins": lambda root: note(root, kind=Kind.VIDEO),
    "a film in parts": lambda root: note(
        root, kind=Kind.VIDEO, media=(clip(root, size=11_000_000),)
    ),
    "hashtags alone": lambda root: note(root, body="", topics=("sunset", "travel")),
    "an unknown hashtag alone": lambda root: note(root, body="", topics=UNKNOWN),
    "no title": lambda root: note(root, title="", body="No title, only these words"),
    "no words": lambda root: note(root, body=""),
    "for friends": lambda root: note(root, visibility=Visibility.FRIENDS),
    "fiction": lambda root: note(root, declaration=Declaration.FICTION),
    "an advertisement": lambda root: note(root, declaration=Declaration.AD),
    "original": lambda root: note(root, original=True),
    "scheduled, and for the creator alone": lambda root: note(
        root, schedule=SOON + timedelta(hours=5), visibility=Visibility.ONLY_ME, original=True
    ),
}
TRIED = by_tier(tuple(NOTES)[:2], tuple(NOTES))


@dataclass(frozen=True)
class Arrived:
    """What was planned, what arrived of it, and what the creator saw before they pressed."""

    note: Note
    records: list[dict[str, Any]]
    state: State | None
    form: FilledForm


@pytest.fixture(scope="module")
def arrived(world: StudioWorld) -> dict[str, Arrived]:
    """All of them, sent in one run by one press each."""
    notes = {name: NOTES[name](world.root) for name in TRIED}
    terminal = AtTerminal(world.creator)
    world.send(*notes.values(), dialogue=terminal)
    before = [one for one in world.site.notes() if one["title"] == ""]
    assert len(before) == sum(one.title == "" for one in notes.values())
    return {
        name: Arrived(one, world.received(one), world.state(one), terminal.forms[one.number])
        for name, one in notes.items()
    }


@pytest.mark.parametrize("name", TRIED)
def test_it_arrives_once_exactly_as_planned(arrived: dict[str, Arrived], name: str) -> None:
    one = arrived[name]
    assert one.state is State.POSTED
    assert len(one.records) == 1
    record = one.records[0]
    equals_record(one.note, record, tuple(t for t in one.note.topics if t not in UNKNOWN))
    assert record["declaration"] == one.note.declaration.value
    assert record["original"] is one.note.original
    when = one.note.schedule and utc_text(one.note.schedule)
    assert record["scheduled_for"] == when


@pytest.mark.parametrize("name", TRIED)
def test_the_creator_saw_what_the_page_held_before_they_pressed(
    arrived: dict[str, Arrived], name: str
) -> None:
    one = arrived[name]
    assert {f.agreement for f in one.form.fields} <= {Agreement.AS_PLANNED, Agreement.NOT_TOLD}
    assert one.form.plain_topics == tuple(t for t in one.note.topics if t in UNKNOWN)
