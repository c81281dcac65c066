"""A large file arrives whole whatever happens on the way, and nothing is sent twice for nothing."""

from __future__ import annotations

import logging
import os
import random
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.accounts.upload_memory import FileUploadMemory
from crossover.destinations.api.upload.multipart import RESTARTS
from crossover.destinations.api.upload.upload_host import parts_in
from crossover.destinations.base import ChangedFile
from crossover.errors import AccountAtRisk, RetryLater
from crossover.model.notes import Note
from crossover.model.posts import Kind
from crossover.model.uploads import AlreadySent, BegunUpload, SentPart, UploadedFile
from tests.destinations.makers import LATER, NOW, Bytes, Network, answer, clip, cover, note, rednote
from tests.destinations.upload_site import (
    BUSY,
    DEATHS,
    DIED_AFTER,
    DIED_BEFORE,
    DIED_INSIDE,
    EXPIRED,
    HTML,
    LOGIN,
    PASSING,
    REFUSED_ONCE,
    RESET_AFTER,
    Died,
    UploadSite,
    ids_of,
)
from tests.tier import examples

PART = 1000
SIZE = 6 * PART + 321
DATA = random.Random(3).randbytes(SIZE)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)


def video_note(root: Path, data: bytes = DATA) -> Note:
    return note(kind=Kind.VIDEO, media=(clip(root, data=data),), cover=cover(root))


def memory_in(root: Path) -> FileUploadMemory:
    return FileUploadMemory(root / "uploads" / "note.json")


def bring(site: UploadSite, root: Path, made: Note | None = None) -> tuple[bytes, Bytes]:
    """What stands under the video's id when one process prepared the note, and its progress."""
    made, progress = made or video_note(root), Bytes()
    with rednote(site, root, part_bytes=PART) as destination:
        prepared = destination.prepare(made, memory_in(root), progress)
    data = site.slots[ids_of(prepared)[0]].data
    assert data is not None
    return data, progress


def at(name: str, nth: int, fault: str) -> Callable[[str], str | None]:
    """A schedule of one fault: at the `nth` call of that name, from 1."""
    seen: Counter[str] = Counter()

    def due(call: str) -> str | None:
        seen[call] += 1
        return fault if (call, seen[call]) == (name, nth) else None

    return due


def die(site: UploadSite, root: Path, fault: Callable[[str], str | None]) -> None:
    site.fault = fault
    with pytest.raises(Died):
        bring(site, root)
    site.fault = lambda _: None


def test_parts_go_up_in_order_and_are_joined(tmp_path: Path) -> None:
    site = UploadSite()
    data, progress = bring(site, tmp_path)
    assert data == DATA
    assert site.calls == Counter(permit=2, begin=1, part=7, join=1, put=1)
    assert site.part_bytes == SIZE
    assert progress.total == SIZE + len(b"\xff\xd8\xff cover")
    assert site.leaks == []
    assert [url.params["scene"] for url in site.asked if "scene" in url.params] == [
        "video",
        "image",
    ]


@pytest.mark.parametrize(
    ("size", "parts"), [(PART, 0), (PART + 1, 2), (2 * PART, 2), (2 * PART + 1, 3)]
)
def test_only_a_video_longer_than_a_part_goes_in_parts(
    tmp_path: Path, size: int, parts: int
) -> None:
    site = UploadSite()
    data, _ = bring(site, tmp_path, video_note(tmp_path, DATA[:size]))
    assert data == DATA[:size]
    assert site.calls["part"] == parts


def test_memory_is_on_disk_before_the_first_byte_and_after_each_part(tmp_path: Path) -> None:
    told: list[tuple[str, BegunUpload | None]] = []

    def look(call: str) -> None:
        begun = memory_in(tmp_path).begun_uploads()
        told.append((call, next(iter(begun.values()), None)))

    site = UploadSite(lambda call: look(call))
    made = video_note(tmp_path)
    bring(site, tmp_path, made)
    known = {(call, i): upload for i, (call, upload) in enumerate(told)}
    begin = known["begin", 1]
    assert begin is not None
    assert (begin.file_id, begin.upload_id, begin.parts) == ("spectrum/CANARY-ID-0", None, ())
    assert (begin.expires, begin.part_bytes) == (LATER, PART)
    assert (begin.path, begin.bytes, begin.sha256) == (
        made.media[0].path,
        SIZE,
        made.media[0].sha256,
    )
    assert begin.mtime_ns == (tmp_path / made.media[0].path).stat().st_mtime_ns
    parts = [upload for call, upload in told if call == "part"]
    assert [len(upload.parts) for upload in parts if upload] == list(range(7))
    [join] = [upload for call, upload in told if call == "join"]
    assert join
    assert (len(join.parts), join.completing) == (7, True)
    assert told[-1][1] is None
    assert set(memory_in(tmp_path).uploaded_files()) == {made.media[0].sha256, made.cover.sha256}  # type: ignore[union-attr]


@pytest.mark.parametrize("call", ["permit", "begin", "part", "join", "put"])
@pytest.mark.parametrize("death", DEATHS)
def test_a_death_at_any_call_costs_the_part_in_flight_at_most(
    tmp_path: Path, call: str, death: str
) -> None:
    for nth in (1, 4, 7) if call == "part" else (1,):
        root = tmp_path / str(nth)
        site = UploadSite()
        die(site, root, at(call, nth, death))
        data, progress = bring(site, root)
        assert data == DATA
        assert site.part_bytes <= SIZE + PART
        assert progress.total == SIZE + len(b"\xff\xd8\xff cover")
        assert site.calls["join"] <= 2


def test_a_part_that_landed_before_the_death_is_not_sent_again(tmp_path: Path) -> None:
    site = UploadSite()
    die(site, tmp_path, at("part", 4, DIED_AFTER))
    assert bring(site, tmp_path)[0] == DATA
    assert site.part_bytes == SIZE


def test_parts_of_an_earlier_run_are_told_apart_from_those_sent_now(tmp_path: Path) -> None:
    site = UploadSite()
    die(site, tmp_path, at("part", 4, DIED_AFTER))
    _, progress = bring(site, tmp_path)
    assert sum(step for step in progress.steps if isinstance(step, AlreadySent)) == 4 * PART
    assert progress.total == SIZE + len(b"\xff\xd8\xff cover")


@pytest.mark.parametrize("fault", [BUSY, HTML, RESET_AFTER, EXPIRED])
def test_the_list_of_parts_is_a_help_and_no_more(tmp_path: Path, fault: str) -> None:
    site = UploadSite()
    die(site, tmp_path, at("part", 4, DIED_AFTER))
    site.fault = at("list", 1, fault)
    assert bring(site, tmp_path)[0] == DATA
    if fault != EXPIRED:
        assert site.part_bytes == SIZE + PART


@pytest.mark.parametrize("fault", PASSING)
@pytest.mark.parametrize("call", ["permit", "begin", "part", "join", "put"])
def test_a_failure_that_passes_costs_one_part_and_no_run(
    tmp_path: Path, call: str, fault: str
) -> None:
    site = UploadSite(at(call, 2 if call == "part" else 1, fault))
    data, progress = bring(site, tmp_path)
    assert data == DATA
    assert site.part_bytes <= SIZE + PART
    assert progress.total == SIZE + len(b"\xff\xd8\xff cover")


def test_a_lost_answer_to_joining_is_not_taken_for_a_lost_file(tmp_path: Path) -> None:
    site = UploadSite(at("join", 1, RESET_AFTER), tell_video_id=False)
    made = video_note(tmp_path)
    assert bring(site, tmp_path, made)[0] == DATA
    assert (site.part_bytes, site.calls["video-id"]) == (SIZE, 1)
    assert memory_in(tmp_path).uploaded_files()[made.media[0].sha256].video_id == "77"


@pytest.mark.parametrize("call", ["begin", "part", "join"])
def test_a_permit_that_ends_is_replaced_and_the_file_begun_anew(tmp_path: Path, call: str) -> None:
    site = UploadSite(at(call, 3 if call == "part" else 1, EXPIRED))
    data, progress = bring(site, tmp_path)
    assert data == DATA
    assert site.calls["begin"] == 2
    assert progress.total == SIZE + len(b"\xff\xd8\xff cover")


def test_a_host_that_takes_every_permit_back_ends_the_run_with_nothing_kept(
    tmp_path: Path,
) -> None:
    site = UploadSite(lambda call: EXPIRED if call == "part" else None)
    with pytest.raises(RetryLater, match="4 times"):
        bring(site, tmp_path)
    assert site.calls["begin"] == RESTARTS + 1
    assert memory_in(tmp_path).begun_uploads() == {}


@pytest.mark.parametrize(
    ("seconds_left", "parts", "aborts"),
    [(301, 7, 0), (299, 7 + 3, 1), (-60, 7 + 3, 0)],
    ids=["good", "margin", "over"],
)
def test_a_begun_upload_is_taken_up_until_five_minutes_before_its_end(
    tmp_path: Path, seconds_left: int, parts: int, aborts: int
) -> None:
    site = UploadSite()
    die(site, tmp_path, at("part", 4, DIED_BEFORE))
    memory = memory_in(tmp_path)
    [upload] = memory.begun_uploads().values()
    memory.remember_upload(replace(upload, expires=NOW + timedelta(seconds=seconds_left)))
    assert bring(site, tmp_path)[0] == DATA
    assert site.part_bytes == (parts - 7) * PART + SIZE
    assert site.calls["abort"] == aborts, "the host is told as long as it listens"


class Passing(UploadSite):
    """A site where every part takes `each`, and where only the first permit is short."""

    def __init__(self, each: timedelta, first: timedelta) -> None:
        super().__init__(life=first)
        self._each = each

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        passed = self._each * self.calls["part"]
        if self.calls["permit"]:
            self._life = passed + timedelta(days=2)
        told = super().handle_request(request)
        passed = self._each * self.calls["part"]
        told.headers["date"] = format_datetime(NOW + passed, usegmt=True)
        return told


@pytest.mark.parametrize(
    ("early", "sent_before", "aborts"), [(300, 2, 1), (302, 3, 0)], ids=["margin", "before"]
)
def test_no_part_is_begun_in_the_last_five_minutes_of_a_permit(
    tmp_path: Path, early: int, sent_before: int, aborts: int
) -> None:
    each = timedelta(hours=3)
    site = Passing(each, first=2 * each + timedelta(seconds=early))
    data, progress = bring(site, tmp_path)
    assert data == DATA
    assert site.part_bytes == sent_before * PART + SIZE
    assert (site.calls["begin"], site.calls["abort"]) == (2, aborts)
    assert progress.total == SIZE + len(b"\xff\xd8\xff cover")


def test_a_permit_that_is_short_from_the_beginning_is_used_to_its_end(tmp_path: Path) -> None:
    site = UploadSite(life=timedelta(seconds=60))
    assert bring(site, tmp_path)[0] == DATA
    assert (site.calls["begin"], site.calls["abort"]) == (1, 0)


def test_an_upload_that_is_begun_anew_leaves_nothing_on_the_host(tmp_path: Path) -> None:
    site = UploadSite(at("part", 4, REFUSED_ONCE))
    assert bring(site, tmp_path)[0] == DATA
    assert (site.calls["begin"], site.calls["abort"]) == (2, 1)
    assert [slot.uploads for slot in site.slots.values()] == [{}, {}, {}]


@pytest.mark.parametrize("fault", [*PASSING, EXPIRED, LOGIN])
def test_giving_an_upload_up_never_fails_the_run(tmp_path: Path, fault: str) -> None:
    refused = at("part", 4, REFUSED_ONCE)
    site = UploadSite(lambda call: fault if call == "abort" else refused(call))
    assert bring(site, tmp_path)[0] == DATA
    assert site.calls["abort"] == 1


def test_the_size_of_parts_may_change_between_runs(tmp_path: Path) -> None:
    site = UploadSite()
    die(site, tmp_path, at("part", 4, DIED_AFTER))
    with rednote(site, tmp_path, part_bytes=PART * 3) as destination:
        prepared = destination.prepare(video_note(tmp_path), memory_in(tmp_path), Bytes())
    assert site.slots[ids_of(prepared)[0]].data == DATA
    assert site.part_bytes == SIZE


def test_a_remembered_address_that_is_not_the_sites_gets_nothing(tmp_path: Path) -> None:
    site = UploadSite()
    die(site, tmp_path, at("part", 4, DIED_BEFORE))
    memory = memory_in(tmp_path)
    [upload] = memory.begun_uploads().values()
    memory.remember_upload(replace(upload, address="evil.test"))
    asked = len(site.asked)
    assert bring(site, tmp_path)[0] == DATA
    assert {url.host for url in site.asked[asked:]} == {"127.0.0.1"}
    assert site.calls["abort"] == 0


def test_a_captcha_ends_the_run_and_keeps_what_is_there(tmp_path: Path) -> None:
    site = UploadSite()
    network = Captcha(site, at_part=3)
    with rednote(network, tmp_path, part_bytes=PART) as destination, pytest.raises(AccountAtRisk):
        destination.prepare(video_note(tmp_path), memory_in(tmp_path), Bytes())
    assert bring(site, tmp_path, video_note(tmp_path))[0] == DATA
    assert site.part_bytes == SIZE


class Captcha(Network):
    def __init__(self, site: UploadSite, at_part: int) -> None:
        super().__init__()
        self.site, self.at_part = site, at_part

    def handle_request(self, request):  # type: ignore[no-untyped-def]
        if request.url.params.get("partNumber") == str(self.at_part):
            return answer({"ok": True}, status=461)
        return self.site.handle_request(request)


# --- files that are not the planned ones ----------------------------------------------------


def test_a_file_changed_between_runs_is_refused_and_its_upload_given_up(tmp_path: Path) -> None:
    site = UploadSite()
    made = video_note(tmp_path)
    die(site, tmp_path, at("part", 5, DIED_BEFORE))
    (tmp_path / made.media[0].path).write_bytes(DATA[:-1] + b"!")
    with (
        rednote(site, tmp_path, part_bytes=PART) as destination,
        pytest.raises(ChangedFile, match="not the file that was planned"),
    ):
        destination.prepare(made, memory_in(tmp_path), Bytes())
    assert site.part_bytes == 4 * PART
    assert site.calls["abort"] == 1
    assert memory_in(tmp_path).begun_uploads() == {}


def test_a_file_changed_and_changed_back_is_sent_anew(tmp_path: Path) -> None:
    """What was sent while it was another file may be on the host."""
    site = UploadSite()
    made = video_note(tmp_path)
    die(site, tmp_path, at("part", 5, DIED_BEFORE))
    path = tmp_path / made.media[0].path
    before = path.stat()
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    with rednote(site, tmp_path, part_bytes=PART) as destination:
        prepared = destination.prepare(made, memory_in(tmp_path), Bytes())
    assert site.slots[ids_of(prepared)[0]].data == DATA
    assert site.part_bytes == 4 * PART + SIZE
    assert site.calls["abort"] == 1


@pytest.mark.parametrize("changed_at", [0, 3 * PART, SIZE - 1])
def test_a_file_changed_while_it_is_sent_never_arrives_whole(
    tmp_path: Path, changed_at: int
) -> None:
    made = video_note(tmp_path)
    path = tmp_path / made.media[0].path
    changed = bytearray(DATA)
    changed[changed_at] ^= 1
    seen = 0

    def change(call: str) -> None:
        nonlocal seen
        seen += call == "part"
        if seen == 2 and call == "part":
            path.write_bytes(changed)

    site = UploadSite(lambda call: change(call))
    with rednote(site, tmp_path, part_bytes=PART) as destination:
        if changed_at == 0:  # the first part was sent before; the host has the planned bytes
            prepared = destination.prepare(made, memory_in(tmp_path), Bytes())
            assert site.slots[ids_of(prepared)[0]].data == DATA
            return
        with pytest.raises(ChangedFile):
            destination.prepare(made, memory_in(tmp_path), Bytes())
    assert site.calls["join"] == 0
    assert site.calls["abort"] == 1
    assert memory_in(tmp_path).begun_uploads() == {}


def test_a_shorter_file_gives_its_upload_up_too(tmp_path: Path) -> None:
    site = UploadSite()
    made = video_note(tmp_path)
    die(site, tmp_path, at("part", 5, DIED_BEFORE))
    (tmp_path / made.media[0].path).write_bytes(DATA[:-1])
    with pytest.raises(ChangedFile), rednote(site, tmp_path, part_bytes=PART) as destination:
        destination.prepare(made, memory_in(tmp_path), Bytes())
    assert memory_in(tmp_path).begun_uploads() == {}


# --- any schedule ---------------------------------------------------------------------------


class Mortal(FileUploadMemory):
    """A memory in whose writes a process may die: before or after what is written is on disk."""

    def __init__(self, path: Path, fault: Callable[[str], str | None]) -> None:
        super().__init__(path)
        self._fault = fault

    def remember_upload(self, upload: BegunUpload) -> None:
        self._step(lambda: super(Mortal, self).remember_upload(upload))

    def remember_part(self, upload: BegunUpload, part: SentPart) -> None:
        self._step(lambda: super(Mortal, self).remember_part(upload, part))

    def remember_file(self, file: UploadedFile) -> None:
        self._step(lambda: super(Mortal, self).remember_file(file))

    def _step(self, write: Callable[[], None]) -> None:
        fault = self._fault("memory")
        if fault in (DIED_BEFORE, DIED_INSIDE):
            raise Died
        write()
        if fault == DIED_AFTER:
            raise Died


FAULTS = st.sampled_from([None, None, None, *DEATHS, *PASSING, EXPIRED])


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(FAULTS, max_size=40))
def test_any_schedule_of_failures_ends_with_the_file_there(schedule: list[str | None]) -> None:
    left = iter(schedule)
    hit: Counter[str] = Counter()

    def fault(call: str) -> str | None:
        due = next(left, None)
        hit[due or ""] += 1
        return due

    site = UploadSite(fault)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("time.sleep", lambda _: None)
        root = Path(folder)
        made = video_note(root)
        for data in runs(site, root, made, fault, at_most=len(schedule) + 3):
            assert data == DATA
    costs_a_part = sum(hit[f] for f in (*DEATHS, *PASSING))
    assert site.part_bytes <= SIZE * (1 + hit[EXPIRED]) + PART * costs_a_part
    assert site.leaks == []


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.sampled_from([None, None, *DEATHS]), max_size=40))
def test_deaths_alone_cost_a_part_each(schedule: list[str | None]) -> None:
    left = iter(schedule)
    deaths = 0

    def fault(call: str) -> str | None:
        nonlocal deaths
        due = next(left, None)
        deaths += due is not None
        return due

    site = UploadSite(fault)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("time.sleep", lambda _: None)
        root = Path(folder)
        for data in runs(site, root, video_note(root), fault, at_most=len(schedule) + 3):
            assert data == DATA
    assert site.part_bytes <= SIZE + PART * deaths


def runs(
    site: UploadSite,
    root: Path,
    made: Note,
    fault: Callable[[str], str | None],
    *,
    at_most: int,
) -> Iterator[bytes]:
    """Processes one after the other, until one of them gets to the end."""
    for _ in range(at_most):
        memory = Mortal(root / "memory.json", fault)
        with rednote(site, root, part_bytes=PART) as destination:
            try:
                prepared = destination.prepare(made, memory, Bytes())
            except (Died, RetryLater):
                continue
        data = site.slots[ids_of(prepared)[0]].data
        assert data is not None
        yield data
        return
    raise AssertionError("it never ended")


# --- secrets --------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [BUSY, HTML, EXPIRED])
@pytest.mark.parametrize("call", ["begin", "part", "join", "put"])
def test_no_capability_is_in_an_error_or_a_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, call: str, fault: str
) -> None:
    caplog.set_level(logging.DEBUG)
    site = UploadSite(lambda name: fault if name == call else None)
    with (
        rednote(site, tmp_path, part_bytes=PART) as destination,
        pytest.raises(RetryLater) as caught,
    ):
        destination.prepare(video_note(tmp_path), memory_in(tmp_path), Bytes())
    said = "".join(traceback.format_exception(caught.value)) + caught.value.next + caplog.text
    assert "(upload)" in caplog.text
    assert "CANARY" not in said
    assert site.leaks == []


# --- what the host says of parts ------------------------------------------------------------


@pytest.mark.parametrize(
    "entry",
    [
        b"",
        b"<PartNumber>1</PartNumber>",
        b'<PartNumber>x</PartNumber><ETag>"a"</ETag><Size>1</Size>',
        b'<PartNumber>1</PartNumber><ETag>"a\nb"</ETag><Size>1</Size>',
        b'<PartNumber>1</PartNumber><ETag>"a"</ETag><Size>-1</Size>',
        b'<PartNumber>1</PartNumber><ETag>"a"</ETag><Size>' + b"9" * 5000 + b"</Size>",
    ],
)
def test_an_entry_that_cannot_be_read_is_left_out(entry: bytes) -> None:
    good = b"<Part><Size>7</Size><ETag>&quot;e&quot;</ETag><PartNumber>2</PartNumber></Part>"
    found = parts_in(b"<ListPartsResult><Part>" + entry + b"</Part>" + good)
    assert {number: (part.etag, part.bytes) for number, part in found.items()} == {2: ("e", 7)}
