"""A video without a cover of its own gets its first picture; with one, nothing is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from crossover.errors import AccountAtRisk, RetryLater
from crossover.model.notes import Note
from crossover.model.posts import Kind
from crossover.model.uploads import UploadedFile
from tests.destinations.makers import (
    FILE_ID,
    LATER,
    NOW,
    Bytes,
    FakeClock,
    Network,
    answer,
    clip,
    cover,
    note,
    permit,
    rednote,
)
from tests.fakes import FakeMemory

DONE = answer(raw=b"")
WITH_ID = answer(raw=b"", headers={"x-ros-video-id": "v1"})
NOT_YET = answer({"hasFirstFrame": False, "firstFrameFileId": ""})
READY = answer({"hasFirstFrame": True, "firstFrameFileId": "spectrum/frame"})


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)


def coverless(root: Path) -> Note:
    return note(kind=Kind.VIDEO, media=(clip(root),))


def network(**replies: Any) -> Network:
    return Network(**{"permit": permit(), "put": WITH_ID, "frame": READY} | replies)


def video_info(line: Network, root: Path, made: Note, clock: FakeClock | None = None) -> Any:
    with rednote(line, root, clock=clock) as site:
        return site.prepare(made, FakeMemory(), Bytes()).payload.call.json["video_info"]


def test_the_first_picture_is_asked_for_until_it_is_ready(tmp_path: Path) -> None:
    line, clock = network(frame=[NOT_YET, NOT_YET, READY]), FakeClock()
    made = coverless(tmp_path)
    shown = video_info(line, tmp_path, made, clock)["cover"]
    assert (shown["file_id"], shown["fileid"]) == ("spectrum/frame", "spectrum/frame")
    assert shown["frame"] == {"ts": 0, "is_user_select": False, "is_upload": False}
    assert (shown["width"], shown["height"]) == (made.media[0].width, made.media[0].height)
    assert clock.slept == [3, 3]
    [first, *_] = line.asked("frame")
    assert dict(first.url.params) == {
        "video_id": "v1",
        "need_transcode": "false",
        "resource_type": "0",
    }


@pytest.mark.parametrize(
    "ready",
    [
        answer({"has_first_frame": True, "first_frame_file_id": "spectrum/frame"}),
        answer(None, hasFirstFrame=True, firstFrameFileId="spectrum/frame"),
        answer({}, has_first_frame=1, firstFrameFileId="spectrum/frame"),
    ],
)
def test_it_is_found_wherever_the_answer_puts_it(tmp_path: Path, ready: httpx.Response) -> None:
    shown = video_info(network(frame=ready), tmp_path, coverless(tmp_path))
    assert shown["cover"]["file_id"] == "spectrum/frame"


def test_a_picture_that_never_comes_ends_the_wait_and_keeps_the_video(tmp_path: Path) -> None:
    line, clock, memory = network(frame=NOT_YET), FakeClock(), FakeMemory()
    with rednote(line, tmp_path, clock=clock) as site, pytest.raises(RetryLater):
        site.prepare(coverless(tmp_path), memory, Bytes())
    assert len(line.asked("frame")) == 20
    assert sum(clock.slept) == 19 * 3
    assert len(memory.uploaded_files()) == 1


def test_a_cover_of_its_own_makes_it_needless(tmp_path: Path) -> None:
    line = network(put=DONE)
    made = note(kind=Kind.VIDEO, media=(clip(tmp_path),), cover=cover(tmp_path))
    assert video_info(line, tmp_path, made)["cover"]["frame"]["is_upload"] is True
    assert line.asked("frame") == line.asked("video_id") == []


@pytest.mark.parametrize("found", [77, "77"])
def test_an_id_that_the_upload_host_kept_back_is_asked_for(tmp_path: Path, found: object) -> None:
    ids = [answer({"videoId": -1}), answer({"videoId": "-1"}), answer({"videoId": found})]
    line, clock, memory = network(put=DONE, video_id=ids), FakeClock(), FakeMemory()
    made = coverless(tmp_path)
    with rednote(line, tmp_path, clock=clock) as site:
        site.prepare(made, memory, Bytes())
    assert clock.slept == [3, 3]
    assert dict(line.asked("video_id")[0].url.params) == {"fileKey": FILE_ID, "bizName": "217"}
    assert line.asked("frame")[0].url.params["video_id"] == "77"
    assert memory.uploaded_files()[made.media[0].sha256].video_id == "77"


def test_an_id_that_never_comes_ends_the_wait_and_keeps_the_video(tmp_path: Path) -> None:
    line = network(put=DONE, video_id=answer({"videoId": -1}))
    memory = FakeMemory()
    with rednote(line, tmp_path) as site, pytest.raises(RetryLater):
        site.prepare(coverless(tmp_path), memory, Bytes())
    assert len(line.asked("video_id")) == 20
    assert len(memory.uploaded_files()) == 1


def test_a_remembered_video_is_not_asked_its_id_again(tmp_path: Path) -> None:
    made = coverless(tmp_path)
    [video] = made.media
    line = network()
    with rednote(line, tmp_path) as site:
        site.prepare(
            made, FakeMemory(UploadedFile(video.sha256, video.bytes, "s/v", "v9", LATER)), Bytes()
        )
    assert line.asked("frame")[0].url.params["video_id"] == "v9"
    assert line.asked("put") == []


def test_a_warning_sign_while_asking_stops_everything(tmp_path: Path) -> None:
    line = network(frame=answer({"hasFirstFrame": True}, status=471, date=NOW))
    with pytest.raises(AccountAtRisk):
        video_info(line, tmp_path, coverless(tmp_path))
    assert len(line.asked("frame")) == 1
