"""The whole road against the stand-in, a process of its own that shares no code with the client."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crossover.destinations.api.destination import RedNote
from crossover.destinations.api.http.client import HttpClient
from crossover.destinations.api.session import PRACTICE
from crossover.destinations.api.signing import practice_signer
from crossover.destinations.base import Destination
from crossover.destinations.sites import rehearsal_hosts
from crossover.limits.limits import Limit
from crossover.model.account import Marker, Receipt, SiteName
from crossover.model.notes import Note
from crossover.model.posts import Declaration, Kind, Visibility
from crossover.model.results import Absent, NotSent, Posted, Refused, Unclear
from tests.destinations.makers import Bytes, clip, cover, note, picture
from tests.fakes import FakeMemory
from tests.makers import LIMITS

ROOT = Path(__file__).parents[2]


@contextmanager
def rehearsal(data: Path, *options: str) -> Iterator[int]:
    """The port of a rehearsal that ends with the `with`."""
    child = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "crossover.rehearsal",
            "serve",
            "--embedded",
            "--data",
            data,
            *options,
        ],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin
    assert child.stdout
    try:
        yield int(json.loads(child.stdout.readline())["port"])
    finally:
        child.stdin.close()
        child.wait(20)
        child.stdout.close()


def received(data: Path) -> list[dict[str, Any]]:
    out = subprocess.run(
        [sys.executable, "-m", "crossover.rehearsal", "notes", "--data", data, "--json"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout
    notes = json.loads(out)
    assert isinstance(notes, list)
    return notes


def state(port: int) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/@sandbox/state") as told:
        return json.load(told)


def send(site: RedNote, made: Note) -> tuple[Marker, Any]:
    prepared = site.prepare(made, FakeMemory(), Bytes())
    marker = site.mark()
    return marker, site.publish(prepared)


def equals_record(made: Note, record: dict[str, Any], known: tuple[str, ...]) -> None:
    """The record is the note, field by field."""
    assert record["title"] == made.title
    assert record["desc"].replace("[话题]#", "").strip() == made.description
    assert tuple(record["topics"]) == known
    assert record["visibility"] == made.visibility.value
    assert record["media"] == [{"sha256": m.sha256, "bytes": m.bytes} for m in made.media]
    cover_sent = made.cover and {"sha256": made.cover.sha256, "bytes": made.cover.bytes}
    assert record["cover"] == cover_sent


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    data = tmp_path_factory.mktemp("rehearsal")
    with rehearsal(data) as port:
        yield port, data


def test_pictures_and_a_video_go_the_whole_road(served: tuple[int, Path], tmp_path: Path) -> None:
    port, data = served
    photos = note(
        title="Sea 😀 at dawn",
        body="Two lines\nof words — and 🌊",
        topics=("sunset", "fogtok", "beach"),
        visibility=Visibility.FRIENDS,
        declaration=Declaration.SELF_SHOT,
        media=tuple(picture(tmp_path, f"ready/{n}.jpg", b"\xff\xd8\xff %d" % n) for n in range(18)),
    )
    video = note(
        kind=Kind.VIDEO,
        title="",
        body="",
        topics=("travel",),
        visibility=Visibility.ONLY_ME,
        media=(clip(tmp_path, data=b"\0\0\0 ftypisom" + bytes(700_000)),),
        cover=cover(tmp_path),
    )
    with RedNote.rehearsal(port=port, files=tmp_path) as site:
        destination: Destination = site
        account = destination.whoami()
        assert account.site is SiteName.REHEARSAL
        assert account.name
        before = len(received(data))
        for made, known in ((photos, ("sunset", "beach")), (video, ("travel",))):
            marker, result = send(site, made)
            assert isinstance(result, Posted), result
            record = received(data)[-1]
            assert record["id"] == result.receipt.note_id
            equals_record(made, record, known)
            found = site.find(made, marker, taken=frozenset({"f" * 24}))
            assert isinstance(found, Receipt)
            assert found.note_id == result.receipt.note_id
            assert result.receipt.note_id in site.mark().note_ids
        assert len(received(data)) == before + 2
    with RedNote(
        HttpClient(rehearsal_hosts(port), PRACTICE, practice_signer, spacing=0),
        site=SiteName.REHEARSAL,
        files=tmp_path,
        limits=replace(LIMITS, list_lag_seconds=Limit(0, "firm")),  # so there is no wait
    ) as site:
        taken = frozenset({result.receipt.note_id})
        assert isinstance(site.find(made, marker, taken=taken), Absent)
    assert state(port)["leaks"] == 0


def test_the_same_picture_twice_is_taken(served: tuple[int, Path], tmp_path: Path) -> None:
    port, data = served
    image = picture(tmp_path, data=b"\xff\xd8\xff twice")
    made = note(title="Twice", media=(image, image))
    with RedNote.rehearsal(port=port, files=tmp_path) as site:
        _, result = send(site, made)
    assert isinstance(result, Posted), result
    equals_record(made, received(data)[-1], ())


def test_the_stand_ins_no_is_a_no(served: tuple[int, Path], tmp_path: Path) -> None:
    port, _ = served
    image = picture(tmp_path, data=b"\xff\xd8\xff no")
    with RedNote.rehearsal(port=port, files=tmp_path) as site:
        _, result = send(site, note(title="x" * 41, media=(image,)))
        assert isinstance(result, Refused), result
        assert (result.kind, result.stop) == ("ours", False)
        made = note(title="Once", media=(image,))
        assert isinstance(send(site, made)[1], Posted)
        _, again = send(site, made)
        assert isinstance(again, Refused), again
        assert again.kind == "refused"


def test_a_stored_note_whose_answer_is_lost_is_found(tmp_path: Path) -> None:
    faults = tmp_path / "faults.yaml"
    faults.write_text("faults:\n  - {call: create, fault: stored-then-dropped, at: 1}\n")
    data = tmp_path / "rehearsal"
    made = note(media=(picture(tmp_path),))
    with rehearsal(data, "--faults", str(faults)) as port:
        with RedNote.rehearsal(port=port, files=tmp_path) as site:
            marker, result = send(site, made)
            assert isinstance(result, Unclear), result
        with RedNote.rehearsal(port=port, files=tmp_path) as site:
            found = site.find(made, marker)
            assert isinstance(found, Receipt), found
            assert "own-notes list" in found.evidence
    assert [record["id"] for record in received(data)] == [found.note_id]


@pytest.mark.complete
def test_a_note_that_never_left_is_absent(tmp_path: Path) -> None:
    made = note(media=(picture(tmp_path),))
    data = tmp_path / "rehearsal"
    with rehearsal(data) as port, RedNote.rehearsal(port=port, files=tmp_path) as site:
        prepared = site.prepare(made, FakeMemory(), Bytes())
        marker = site.mark()
    with RedNote.rehearsal(port=port, files=tmp_path) as site:
        assert isinstance(site.publish(prepared), NotSent)
    with (
        rehearsal(data, "--port", str(port)) as port,
        RedNote.rehearsal(port=port, files=tmp_path) as site,
    ):
        assert isinstance(site.find(made, marker), Absent)
        # What was uploaded before the stand-in ended is still good.
        assert isinstance(site.publish(prepared), Posted)


def test_uploads_of_a_former_run_are_used(served: tuple[int, Path], tmp_path: Path) -> None:
    port, data = served
    made = note(title="Kept", media=(picture(tmp_path, data=b"\xff\xd8\xff kept"),))
    memory = FakeMemory()
    with RedNote.rehearsal(port=port, files=tmp_path) as site:
        site.prepare(made, memory, Bytes())
    puts = state(port)["calls"]["put"]
    with RedNote.rehearsal(port=port, files=tmp_path) as site:
        progress = Bytes()
        result = site.publish(site.prepare(made, memory, progress))
    assert isinstance(result, Posted), result
    assert state(port)["calls"]["put"] == puts
    assert progress.total == made.media[0].bytes
    equals_record(made, received(data)[-1], ())
