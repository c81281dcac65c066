"""Files arrive as planned or not at all, and are not sent twice for nothing."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from crossover.destinations.base import ChangedFile, Unsendable
from crossover.errors import AccountAtRisk, RetryLater
from crossover.model.notes import Note
from crossover.model.posts import Kind
from crossover.model.uploads import AlreadySent, UploadedFile
from crossover.storage.atomic import BLOCK
from tests.destinations.makers import (
    LATER,
    NOW,
    PORT,
    TOKEN,
    Bytes,
    Network,
    Reply,
    answer,
    clip,
    cover,
    note,
    permit,
    picture,
    rednote,
    sha256,
)
from tests.fakes import FakeMemory

DONE = answer(raw=b"")
EXISTS = answer(None, code=-1, success=False, msg="file already exists")


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)


def permits() -> list[Reply]:
    return [permit(file_id=f"spectrum/{n}") for n in range(20)]


def prepare(
    network: Network, root: Path, made: Note, memory: FakeMemory | None = None
) -> tuple[dict[str, Any], Bytes]:
    progress = Bytes()
    with rednote(network, root) as site:
        prepared = site.prepare(made, memory or FakeMemory(), progress)
    body = prepared.payload.call.json
    assert isinstance(body, dict)
    return body, progress


def image_ids(body: dict[str, Any]) -> list[str]:
    return [image["file_id"] for image in body["image_info"]["images"]]


def test_a_note_that_cannot_be_written_as_shown_concerns_itself_alone(tmp_path: Path) -> None:
    network = Network(permit=permits(), put=DONE)
    two = replace(
        note(kind=Kind.VIDEO, media=(clip(tmp_path), clip(tmp_path))), cover=cover(tmp_path)
    )
    with pytest.raises(Unsendable, match="nor one video with a cover"):
        prepare(network, tmp_path, two)
    other_words = replace(note(media=(picture(tmp_path),)), description="Something else")
    with pytest.raises(Unsendable, match="would not read as it was shown"):
        prepare(network, tmp_path, other_words)


def test_each_file_gets_a_permit_of_its_scene_and_one_put(tmp_path: Path) -> None:
    network = Network(permit=permits(), put=DONE)
    made = note(kind=Kind.VIDEO, media=(clip(tmp_path),), cover=cover(tmp_path))
    body, progress = prepare(network, tmp_path, made)
    scenes = [request.url.params["scene"] for request in network.asked("permit")]
    assert scenes == ["video", "image"]
    puts = network.asked("put")
    assert [put.url.path for put in puts] == ["/@upload/spectrum/0", "/@upload/spectrum/1"]
    assert [put.headers["content-type"] for put in puts] == ["video/mp4", "image/jpeg"]
    assert body["video_info"]["file_id"] == "spectrum/0"
    assert body["video_info"]["cover"]["file_id"] == "spectrum/1"
    assert progress.total == made.media[0].bytes + (made.cover.bytes if made.cover else 0)


def test_the_upload_host_gets_the_token_and_nothing_of_the_account(tmp_path: Path) -> None:
    network = Network(permit=permits(), put=answer(raw=b"", headers={"set-cookie": "a=b"}))
    prepare(network, tmp_path, note(media=(picture(tmp_path), picture(tmp_path, "2.jpg", b"2"))))
    for put in network.asked("put"):
        assert put.headers["x-cos-security-token"] == TOKEN
        assert {"cookie", "x-s", "x-t", "origin", "referer"}.isdisjoint(put.headers)


def test_the_permit_of_the_highest_quality_is_taken(tmp_path: Path) -> None:
    one = {"token": TOKEN, "uploadAddr": f"127.0.0.1:{PORT}/@upload"}
    one["expireTime"] = str(int(LATER.timestamp() * 1000))
    offers = [{**one, "fileIds": [f"s/{qos}"], "qos": qos} for qos in (1, 9, 3)]
    network = Network(permit=answer({"uploadTempPermits": offers}), put=DONE)
    body, _ = prepare(network, tmp_path, note(media=(picture(tmp_path),)))
    assert image_ids(body) == ["s/9"]


@pytest.mark.parametrize(
    "offer",
    [
        {"fileIds": []},
        {"token": None},
        {"token": "two\r\nlines"},
        {"expireTime": None},
        {"expireTime": 10**40},
        {"uploadAddr": 7},
    ],
)
def test_a_permit_that_lacks_something_is_asked_for_again(
    tmp_path: Path, offer: dict[str, Any]
) -> None:
    network = Network(permit=[permit(**offer), permit(file_id="s/good")], put=DONE)
    body, _ = prepare(network, tmp_path, note(media=(picture(tmp_path),)))
    assert image_ids(body) == ["s/good"]


def test_nothing_is_sent_to_an_address_that_is_not_the_sites(tmp_path: Path) -> None:
    network = Network(permit=permit(uploadAddr="evil.test"), put=DONE)
    with pytest.raises(RetryLater, match="not trusted"):
        prepare(network, tmp_path, note(media=(picture(tmp_path),)))
    assert network.asked("put") == []


def test_what_memory_knows_is_not_sent_again_and_counts_as_there(tmp_path: Path) -> None:
    first, second = picture(tmp_path), picture(tmp_path, "2.jpg", b"2nd")
    memory = FakeMemory(UploadedFile(first.sha256, first.bytes, "s/kept", None, LATER))
    network = Network(permit=permits(), put=DONE)
    body, progress = prepare(network, tmp_path, note(media=(first, second)), memory)
    assert image_ids(body) == ["s/kept", "spectrum/0"]
    assert len(network.asked("put")) == 1
    assert progress.total == first.bytes + second.bytes
    assert [step for step in progress.steps if isinstance(step, AlreadySent)] == [first.bytes]
    assert memory.files[second.sha256].file_id == "spectrum/0"
    assert memory.files[second.sha256].expires == LATER


@pytest.mark.parametrize(
    ("seconds_left", "sent"), [(301, 0), (299, 1), (-60, 1)], ids=["good", "margin", "over"]
)
def test_an_upload_counts_until_five_minutes_before_its_end(
    tmp_path: Path, seconds_left: int, sent: int
) -> None:
    image = picture(tmp_path)
    expires = NOW + timedelta(seconds=seconds_left)
    memory = FakeMemory(UploadedFile(image.sha256, image.bytes, "s/kept", None, expires))
    network = Network(permit=permits(), put=DONE)
    prepare(network, tmp_path, note(media=(image,)), memory)
    assert len(network.asked("put")) == sent


def test_the_same_picture_twice_in_a_note_has_two_ids(tmp_path: Path) -> None:
    image = picture(tmp_path)
    memory = FakeMemory()
    network = Network(permit=permits(), put=DONE)
    body, _ = prepare(network, tmp_path, note(media=(image, image)), memory)
    assert image_ids(body) == ["spectrum/0", "spectrum/1"]
    body, _ = prepare(network, tmp_path, note(media=(image, image)), memory)
    assert image_ids(body) == ["spectrum/0", "spectrum/2"]


@pytest.mark.parametrize(
    "bad",
    [
        EXISTS,
        answer(raw=b"", status=403),
        answer(raw=b"", status=404),
        answer(raw=b"", status=500),
        answer(raw=b"<html>", status=200),
        answer(raw=b"", status=302, headers={"location": "http://evil.test/"}),
        httpx.ReadTimeout(""),
        httpx.WriteError(""),
        httpx.ConnectError(""),
    ],
)
def test_a_put_that_failed_is_tried_with_a_new_permit(
    tmp_path: Path, bad: httpx.Response | Exception
) -> None:
    network = Network(permit=permits(), put=[bad, DONE])
    image = picture(tmp_path)
    body, progress = prepare(network, tmp_path, note(media=(image,)))
    assert image_ids(body) == ["spectrum/1"]
    assert [put.url.path for put in network.asked("put")] == [
        "/@upload/spectrum/0",
        "/@upload/spectrum/1",
    ]
    assert progress.total == image.bytes
    assert min(progress.steps) == -image.bytes


def test_a_refused_permit_is_worth_one_more_and_a_broken_line_three(tmp_path: Path) -> None:
    for bad, tries in ((answer(raw=b"", status=403), 2), (answer(raw=b"", status=503), 4)):
        network = Network(permit=permits(), put=bad)
        with pytest.raises(RetryLater):
            prepare(network, tmp_path, note(media=(picture(tmp_path),)))
        assert len(network.asked("put")) == tries


def test_an_id_that_is_taken_is_replaced_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    network = Network(permit=permits(), put=[EXISTS, EXISTS, EXISTS, DONE])
    body, _ = prepare(network, tmp_path, note(media=(picture(tmp_path),)))
    assert image_ids(body) == ["spectrum/3"]
    assert sum(slept) == 0


def test_a_host_that_is_content_with_half_a_file_is_not_believed(tmp_path: Path) -> None:
    class Hasty(Network):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.method == "PUT":
                return answer(raw=b"")
            return super().handle_request(request)

    with pytest.raises(RetryLater):
        prepare(Hasty(permit=permits()), tmp_path, note(media=(picture(tmp_path),)))


def test_a_captcha_at_the_upload_host_is_a_warning_sign(tmp_path: Path) -> None:
    network = Network(permit=permits(), put=answer(raw=b"", status=461))
    with pytest.raises(AccountAtRisk):
        prepare(network, tmp_path, note(media=(picture(tmp_path),)))


def test_bytes_are_counted_block_by_block(tmp_path: Path) -> None:
    data = os.urandom(2 * BLOCK + 5)
    network = Network(permit=permits(), put=DONE)
    _, progress = prepare(network, tmp_path, note(media=(picture(tmp_path, data=data),)))
    assert progress.steps == [BLOCK, BLOCK, 5]
    assert sha256(network.bodies[-1]) == sha256(data)
    assert network.requests[-1].headers["content-length"] == str(len(data))
    assert "transfer-encoding" not in network.requests[-1].headers


# --- files that are not the planned ones ----------------------------------------------------


@pytest.mark.parametrize("change", ["gone", "shorter", "longer", "folder", "outside", "absolute"])
def test_a_file_that_is_not_as_planned_is_refused_before_anything_is_asked(
    tmp_path: Path, change: str
) -> None:
    root = tmp_path / "workspace"
    image = picture(root, data=b"0123456789")
    path = root / image.path
    match change:
        case "gone":
            path.unlink()
        case "shorter":
            path.write_bytes(b"012345678")
        case "longer":
            path.write_bytes(b"0123456789a")
        case "folder":
            path.unlink()
            path.mkdir()
        case "outside":
            (tmp_path / "x.jpg").write_bytes(b"0123456789")
            image = replace(image, path="../x.jpg")
        case _:
            image = replace(image, path=path.as_posix())
    network = Network(permit=permits(), put=DONE)
    with pytest.raises(ChangedFile):
        prepare(network, root, note(media=(image,)))
    assert network.requests == []


@pytest.mark.skipif(os.name == "nt", reason="no pipes by name")
def test_a_pipe_does_not_make_the_run_wait(tmp_path: Path) -> None:
    image = picture(tmp_path)
    (tmp_path / image.path).unlink()
    os.mkfifo(tmp_path / image.path)
    with pytest.raises(ChangedFile):
        prepare(Network(permit=permits(), put=DONE), tmp_path, note(media=(image,)))


def test_a_file_with_other_bytes_never_arrives_whole(tmp_path: Path) -> None:
    data = bytearray(os.urandom(2 * BLOCK))
    image = picture(tmp_path, data=bytes(data))
    data[3] ^= 1
    (tmp_path / image.path).write_bytes(data)
    arrived = 0

    def receive(request: httpx.Request) -> httpx.Response:
        raise AssertionError("the whole file was sent")

    class Counting(Network):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal arrived
            if request.method == "PUT":
                assert isinstance(request.stream, httpx.SyncByteStream)
                for block in request.stream:
                    arrived += len(block)
            return super().handle_request(request)

    memory, progress = FakeMemory(), Bytes()
    network = Counting(permit=permits(), put=receive)
    with rednote(network, tmp_path) as site, pytest.raises(ChangedFile, match="not the file"):
        site.prepare(note(media=(image,)), memory, progress)
    assert 0 < arrived < len(data)
    assert memory.files == {}
    assert progress.total == 0


def test_a_file_that_grows_while_it_is_sent_is_refused(tmp_path: Path) -> None:
    image = picture(tmp_path, data=os.urandom(2 * BLOCK))
    path = tmp_path / image.path

    class Growing(Network):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.method == "PUT":
                assert isinstance(request.stream, httpx.SyncByteStream)
                for _ in request.stream:
                    with path.open("ab") as file:
                        file.write(b"more")
            return super().handle_request(request)

    with (
        rednote(Growing(permit=permits(), put=DONE), tmp_path) as site,
        pytest.raises(ChangedFile, match="grew"),
    ):
        site.prepare(note(media=(image,)), FakeMemory(), Bytes())
