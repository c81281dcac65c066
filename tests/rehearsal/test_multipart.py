"""A large file in parts: taken up again at any point, joined byte for byte, refused when wrong."""

from __future__ import annotations

import hashlib
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest

from crossover.rehearsal.server.app import build_app
from crossover.rehearsal.store.records import File
from crossover.rehearsal.store.store import Store, read_notes

from .direct import in_process
from .makers import COOKIES, JPEG, MP4, SIGNED, Json, Practice, running_server, video

VIDEO_ID = "/@api/web_api/sns/capa/postgw/videoid"
PIECES = [MP4 * 40, b"second" * 1000, b"tail"]
WHOLE = b"".join(PIECES)


class Upload:
    """One file on its way in parts."""

    def __init__(self, practice: Practice, scene: str = "video") -> None:
        self.practice = practice
        self.permit = practice.permit(scene)
        self.address = f"/@upload/{self.permit['fileIds'][0]}"
        self.id = ""
        self.begin()

    @property
    def file_id(self) -> str:
        return str(self.permit["fileIds"][0])

    def call(self, method: str, query: str, body: bytes = b"", **headers: str) -> httpx.Response:
        sent = {"X-Cos-Security-Token": self.permit["token"]} | headers
        url = f"{self.address}?{query}"
        return self.practice.http.request(method, url, content=body, headers=sent)

    def begin(self) -> None:
        answer = self.call("POST", "uploads")
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("application/xml")
        self.id = ElementTree.fromstring(answer.text).findtext("UploadId") or ""

    def part(self, number: int, data: bytes) -> str:
        answer = self.call("PUT", f"partNumber={number}&uploadId={self.id}", data)
        assert (answer.status_code, answer.content) == (200, b"")
        etag = answer.headers["ETag"]
        assert etag[0] == etag[-1] == '"'
        return str(etag)

    def parts(self) -> list[tuple[str | None, ...]]:
        root = ElementTree.fromstring(self.call("GET", f"uploadId={self.id}").text)
        return [
            (part.findtext("PartNumber"), part.findtext("ETag"), part.findtext("Size"))
            for part in root.findall("Part")
        ]

    def complete(self, etags: dict[int, str], quote: str = '"') -> httpx.Response:
        parts = "".join(
            f"<Part><PartNumber>{number}</PartNumber><ETag>{etag.replace(chr(34), quote)}</ETag></Part>"
            for number, etag in etags.items()
        )
        body = f"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>".encode()
        headers = {"Content-Type": "application/xml"}
        return self.call("POST", f"uploadId={self.id}", body, **headers)

    def all_parts(self) -> dict[int, str]:
        return {number: self.part(number, data) for number, data in enumerate(PIECES, 1)}


@pytest.mark.parametrize("quote", ['"', "&quot;", ""])
def test_parts_are_joined_byte_for_byte(
    practice: Practice, store: Store, folder: Path, quote: str
) -> None:
    upload = Upload(practice)
    answer = upload.complete(upload.all_parts(), quote)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["X-Ros-Video-Id"].isdigit()
    slot = store.slot(upload.file_id)
    assert slot is not None
    assert slot.file == File(hashlib.sha256(WHOLE).hexdigest(), len(WHOLE), "video/mp4", None)
    assert practice.create(video(upload.file_id))["success"]
    sizes = {"received": len(WHOLE), "stored": len(WHOLE)}
    assert practice.state()["uploads"] == {upload.file_id: sizes}
    assert practice.state()["bytes"] == sizes
    assert list(folder.glob("parts/*")) == list(folder.glob("media/*")) == []


def test_a_picture_in_parts_is_kept_like_any_other(practice: Practice, folder: Path) -> None:
    upload = Upload(practice, "image")
    answer = upload.complete({2: upload.part(2, JPEG[:20]), 7: upload.part(7, JPEG[20:])})
    assert answer.status_code == 200
    assert practice.http.get(answer.headers["X-Ros-Preview-Url"]).content == JPEG


def test_the_first_answer_is_xml_without_a_namespace(practice: Practice) -> None:
    upload = Upload(practice)
    text = upload.call("POST", "uploads").text
    assert "xmlns" not in text
    assert f"<Key>{upload.file_id}</Key>" in text


def test_parts_are_listed_and_a_part_sent_again_takes_the_place_of_the_first(
    practice: Practice, store: Store, folder: Path
) -> None:
    upload = Upload(practice)
    assert upload.parts() == []
    second, first = upload.part(2, b"b" * 10), upload.part(1, MP4)
    assert upload.parts() == [("1", first, str(len(MP4))), ("2", second, "10")]
    again = upload.part(2, b"c" * 11)
    assert again != second
    assert upload.part(1, MP4) == first
    assert len(list(folder.glob("parts/*"))) == 2
    assert upload.complete({1: first, 2: second}).status_code == 400
    assert upload.complete({1: first, 2: again}).status_code == 200
    slot = store.slot(upload.file_id)
    assert slot is not None
    assert slot.file is not None
    assert slot.file.sha256 == hashlib.sha256(MP4 + b"c" * 11).hexdigest()


@pytest.mark.parametrize(
    "order", [[2, 1], [1, 1], [], [1, 2, 4]], ids=["turned", "twice", "none", "not-there"]
)
def test_a_wrong_list_of_parts_is_refused_and_nothing_is_lost(
    practice: Practice, order: list[int]
) -> None:
    upload = Upload(practice)
    etags = upload.all_parts()
    listed = "".join(
        f"<Part><PartNumber>{number}</PartNumber><ETag>{etags.get(number, 'x')}</ETag></Part>"
        for number in order
    )
    body = f"<CompleteMultipartUpload>{listed}</CompleteMultipartUpload>".encode()
    assert upload.call("POST", f"uploadId={upload.id}", body).status_code == 400
    assert len(upload.parts()) == 3
    assert upload.complete(etags).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<Complete",
        b"<Other/>",
        b"{}",
        b"\xff\xfe<",
        b"<CompleteMultipartUpload><Part/></CompleteMultipartUpload>",
        b"<CompleteMultipartUpload><Part><PartNumber>x</PartNumber></Part></CompleteMultipartUpload>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><CompleteMultipartUpload>&b;</CompleteMultipartUpload>',
    ],
)
def test_a_list_that_cannot_be_read_is_refused(practice: Practice, body: bytes) -> None:
    upload = Upload(practice)
    assert upload.call("POST", f"uploadId={upload.id}", body).status_code == 400


@pytest.mark.parametrize("number", ["0", "10001", "-1", "x", "1e3"])
def test_part_numbers_go_from_1_to_10000(practice: Practice, number: str) -> None:
    upload = Upload(practice)
    answer = upload.call("PUT", f"partNumber={number}&uploadId={upload.id}", b"x")
    assert answer.status_code == 400
    upload.part(10_000, b"x")
    upload.part(1, b"x")


def test_every_call_wants_the_files_own_token_and_a_living_permit(
    practice: Practice, clock: list[int]
) -> None:
    upload = Upload(practice)
    calls = [
        ("POST", "uploads", b""),
        ("PUT", f"partNumber=1&uploadId={upload.id}", b"x"),
        ("GET", f"uploadId={upload.id}", b""),
        ("POST", f"uploadId={upload.id}", b"<CompleteMultipartUpload/>"),
        ("DELETE", f"uploadId={upload.id}", b""),
    ]
    for call in calls:
        for headers in ({"X-Cos-Security-Token": "wrong"}, COOKIES):
            method, query, body = call
            assert upload.call(method, query, body, **headers).status_code == 403
    assert practice.state()["leaks"] == len(calls)
    clock[0] = upload.permit["expireTime"]
    assert all(upload.call(*call).status_code == 403 for call in calls)
    clock[0] -= 1
    assert upload.part(1, b"x")


def test_an_upload_given_up_is_gone_with_its_parts(practice: Practice, folder: Path) -> None:
    upload = Upload(practice)
    etags = upload.all_parts()
    assert upload.call("DELETE", f"uploadId={upload.id}").status_code == 204
    assert list(folder.glob("parts/*")) == []
    assert upload.complete(etags).status_code == 404
    assert upload.call("GET", f"uploadId={upload.id}").status_code == 404
    assert upload.call("PUT", f"partNumber=1&uploadId={upload.id}", b"x").status_code == 404
    upload.begin()
    assert upload.complete(upload.all_parts()).status_code == 200


def test_an_upload_belongs_to_one_file_and_fills_it_once(practice: Practice) -> None:
    upload, other = Upload(practice), Upload(practice)
    strange = other.call("PUT", f"partNumber=1&uploadId={upload.id}", b"x")
    assert strange.status_code == 404
    assert upload.complete(upload.all_parts()).status_code == 200
    for again in (upload.call("POST", "uploads"), practice.put(upload.permit, MP4)):
        assert again.json()["msg"] == "file already exists"


def test_a_part_of_another_length_than_announced_is_not_kept(
    practice: Practice, folder: Path
) -> None:
    upload = Upload(practice)
    for length in ("3", "100"):
        headers = {"Content-Length": length}
        answer = upload.call("PUT", f"partNumber=1&uploadId={upload.id}", b"12345", **headers)
        assert answer.status_code == 400
    assert upload.parts() == []
    assert list(folder.glob("parts/*")) == []
    assert practice.state()["uploads"][upload.file_id] == {"received": 10, "stored": 0}


def test_a_part_that_vanished_is_noticed(practice: Practice, folder: Path) -> None:
    upload = Upload(practice)
    etags = upload.all_parts()
    next(folder.glob("parts/*")).unlink()
    assert upload.complete(etags).status_code == 400


def test_the_id_of_a_video_can_be_asked_for(practice: Practice) -> None:
    upload = Upload(practice)

    def video_id() -> Json:
        query = {"fileKey": upload.file_id, "bizName": "217"}
        answer: Json = practice.http.get(VIDEO_ID, params=query, headers=SIGNED).json()
        return answer

    assert video_id()["data"] == {"videoId": -1}
    done = upload.complete(upload.all_parts())
    assert str(video_id()["data"]["videoId"]) == done.headers["X-Ros-Video-Id"]
    assert practice.http.get(VIDEO_ID, headers=COOKIES).status_code == 406


def test_parts_outlive_a_server_that_was_killed(folder: Path) -> None:
    with running_server(folder) as server:
        upload = Upload(server.practice)
        etags = {1: upload.part(1, PIECES[0])}
        server.process.kill()
        server.process.wait(10)
    (folder / "parts" / f"{'0' * 32}.1.{'0' * 32}").write_text("of no upload")
    (folder / "parts" / "drums.wav").write_text("not the stand-in's")
    with running_server(folder) as server:
        upload.practice = server.practice
        assert upload.parts() == [("1", etags[1], str(len(PIECES[0])))]
        assert len(list(folder.glob("parts/*.1.*"))) == 1
        assert (folder / "parts" / "drums.wav").exists()
        etags |= {2: upload.part(2, PIECES[1]), 3: upload.part(3, PIECES[2])}
        assert upload.complete(etags).status_code == 200
        assert server.practice.create(video(upload.file_id))["success"]
        sizes = {"received": len(WHOLE), "stored": len(WHOLE)}
        assert server.practice.state()["uploads"] == {upload.file_id: sizes}
    assert read_notes(folder)[0].media[0].sha256 == hashlib.sha256(WHOLE).hexdigest()


def test_keep_media_keeps_a_joined_video(folder: Path) -> None:
    with running_server(folder, "--keep-media") as server:
        upload = Upload(server.practice)
        upload.complete(upload.all_parts())
        (kept,) = (folder / "media").iterdir()
        assert kept.read_bytes() == WHOLE


def files_of_parts(folder: Path) -> set[str]:
    return {path.name.split(".")[0] for path in (folder / "parts").iterdir()}


def test_parts_that_can_never_be_joined_do_not_stay(
    practice: Practice, folder: Path, clock: list[int]
) -> None:
    lost, old = Upload(practice), Upload(practice)
    lost.part(1, MP4)
    old.part(1, MP4)
    first = lost.id
    lost.begin()  # its answer may have been lost: the first stays open
    etags = lost.all_parts()
    assert files_of_parts(folder) == {first, lost.id, old.id}
    assert lost.complete(etags).status_code == 200
    assert files_of_parts(folder) == {old.id}
    clock[0] += 24 * 60 * 60 * 1000 - 1
    Upload(practice)
    assert files_of_parts(folder) == {old.id}
    clock[0] += 1
    Upload(practice)
    assert files_of_parts(folder) == set()


def test_parts_of_ended_permits_are_gone_when_a_server_starts(
    folder: Path, clock: list[int]
) -> None:
    for later, kept in ((0, 1), (24 * 60 * 60 * 1000, 0)):
        clock[0] += later
        sandbox = build_app(folder, clock=lambda: clock[0])
        if not later:
            with in_process(sandbox) as practice:
                Upload(practice).part(1, MP4)
        assert len(files_of_parts(folder)) == kept
        sandbox.close()
