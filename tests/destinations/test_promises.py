"""What `Destination` promises holds for each of them, on one and the same practice account."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crossover.destinations.api.destination import RedNote
from crossover.destinations.base import ChangedFile, Destination
from crossover.destinations.sites import rehearsal_hosts
from crossover.destinations.studio.open import open_studio
from crossover.model.account import Marker, Receipt, SiteName
from crossover.model.notes import Note
from crossover.model.posts import Kind, Visibility
from crossover.model.results import Absent, NotKnown, Posted
from crossover.rehearsal.store.records import PRACTICE
from tests.destinations.makers import Bytes
from tests.destinations.test_against_rehearsal import equals_record
from tests.fakes import FakeMemory
from tests.studio_notes import clip, cover, note, picture, pictures
from tests.studio_world import StandIn, stand_in
from tests.transfer.studio.world import AtTerminal, studio_world


@dataclass(frozen=True)
class Reached:
    """A destination of the practice account that is served by `site`; files lie in `root`."""

    destination: Destination
    site: StandIn
    root: Path

    def send(self, made: Note) -> tuple[Marker, str]:
        """Send a note as the transfer does, and give its id."""
        prepared = self.destination.prepare(made, FakeMemory(), Bytes())
        marker = self.destination.mark()
        result = self.destination.publish(prepared)
        assert isinstance(result, Posted), result
        return marker, result.receipt.note_id

    def past_its_lag(self, marker: Marker) -> Marker:
        """The marker as if it had been taken so long ago that the list is not behind any more."""
        lag = timedelta(seconds=self.destination.limits.list_lag_seconds.value + 5)
        return replace(marker, server_time=marker.server_time - lag)

    def received(self, note_id: str) -> dict[str, Any]:
        """The note as it arrived, by its id."""
        return next(one for one in self.site.notes() if one["id"] == note_id)


@contextmanager
def by_rehearsal(site: StandIn, root: Path) -> Iterator[Destination]:
    with RedNote.rehearsal(port=site.port, files=root) as destination:
        yield destination


@contextmanager
def by_studio(site: StandIn, root: Path) -> Iterator[Destination]:
    with studio_world(root.parent / f"{root.name}-account", site) as world:
        world.open_signed_in()
        with open_studio(
            world.account.path,
            SiteName.REHEARSAL,
            root,
            AtTerminal(world.creator),
            hosts=rehearsal_hosts(site.port),
        ) as studio:
            yield studio


WAYS: dict[str, Callable[..., Any]] = {"rehearsal": by_rehearsal, "studio": by_studio}


@pytest.fixture(
    scope="module", params=["rehearsal", pytest.param("studio", marks=pytest.mark.complete)]
)
def reached(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reached]:
    root = tmp_path_factory.mktemp("files")
    with (
        stand_in(tmp_path_factory.mktemp("practice")) as site,
        WAYS[request.param](site, root) as destination,
    ):
        yield Reached(destination, site, root)


def test_each_says_whose_session_it_is_by_the_same_id(reached: Reached) -> None:
    who = reached.destination.whoami()
    assert (who.id, who.name) == (PRACTICE.user_id, PRACTICE.nickname)
    assert reached.destination.whoami() == who


def test_what_is_prepared_is_not_there_and_may_be_prepared_again(reached: Reached) -> None:
    made, before = note(reached.root), reached.site.notes()
    for _ in range(2):
        prepared = reached.destination.prepare(made, FakeMemory(), Bytes())
    assert reached.site.notes() == before
    result = reached.destination.publish(prepared)
    assert isinstance(result, Posted)
    assert [one["id"] for one in reached.site.notes()[len(before) :]] == [result.receipt.note_id]


def test_a_note_arrives_as_it_is_planned(reached: Reached) -> None:
    notes: Sequence[Note] = [
        note(
            reached.root,
            body="Two lines\nof words — and 🌊\n\n“quoted” 字",
            topics=("sunset", "fogtok", "beach"),
            visibility=Visibility.FRIENDS,
            media=pictures(reached.root, 3),
        ),
        note(
            reached.root,
            kind=Kind.VIDEO,
            visibility=Visibility.ONLY_ME,
            media=(clip(reached.root),),
            cover=cover(reached.root),
        ),
    ]
    for made in notes:
        prepared = reached.destination.prepare(made, FakeMemory(), Bytes())
        unknown = tuple(name for name in made.topics if name == "fogtok")
        assert prepared.plain_topics == unknown
        result = reached.destination.publish(prepared)
        assert isinstance(result, Posted)
        known = tuple(name for name in made.topics if name != "fogtok")
        equals_record(made, reached.received(result.receipt.note_id), known)


def test_the_newest_notes_are_marked_first(reached: Reached) -> None:
    sent = [reached.send(note(reached.root))[1] for _ in range(2)]
    assert reached.destination.mark().note_ids[:2] == (sent[1], sent[0])


def test_a_note_is_found_after_its_marker_unless_it_is_taken(reached: Reached) -> None:
    made = note(reached.root)
    marker, note_id = reached.send(made)
    found = reached.destination.find(made, marker)
    assert isinstance(found, Receipt)
    assert found.note_id == note_id
    after = reached.past_its_lag(reached.destination.mark())
    assert isinstance(reached.destination.find(made, after), Absent)
    result = reached.destination.find(
        made, reached.past_its_lag(marker), taken=frozenset({note_id})
    )
    assert isinstance(result, Absent | NotKnown)


def test_a_note_that_was_not_sent_is_absent_once_the_list_covers_it(reached: Reached) -> None:
    marker = reached.past_its_lag(reached.destination.mark())
    assert isinstance(reached.destination.find(note(reached.root), marker), Absent)


def test_notes_are_found_whenever_they_were_published(reached: Reached) -> None:
    made, other = note(reached.root), note(reached.root)
    _, note_id = reached.send(made)
    there, missing = reached.destination.find_all([made, other])
    assert isinstance(there, Receipt)
    assert there.note_id == note_id
    assert isinstance(missing, Absent)


@pytest.mark.parametrize("change", ["other", "gone"])
def test_a_file_that_is_not_the_planned_one_stays_here(reached: Reached, change: str) -> None:
    made, before = note(reached.root, media=(picture(reached.root),)), reached.site.notes()
    path = reached.root / made.media[0].path
    if change == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes() + b".")
    with pytest.raises(ChangedFile):
        reached.destination.prepare(made, FakeMemory(), Bytes())
    assert reached.site.notes() == before
