"""Somebody else's client, the public package `xhs`, unchanged: what it does at RedNote works here.

Its requests are turned to loopback on the way out; a host that is not RedNote's is refused, so that
nothing leaves this computer. It sends the account's cookies to the upload host (which the stand-in is
told to let pass), and prints what it is answered.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from requests.adapters import HTTPAdapter
from xhs import XhsClient  # type: ignore[import-untyped]

from crossover.rehearsal.store.store import read_notes

from .makers import JPEG, MP4, RunningServer, running_server

HOSTS = {
    "edith.xiaohongshu.com",
    "creator.xiaohongshu.com",
    "www.xiaohongshu.com",
    "ros-upload.xiaohongshu.com",
}


class ToLoopback(HTTPAdapter):
    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port
        self.hosts: list[str] = []

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        assert request.url is not None
        real = urlsplit(request.url)
        if real.hostname not in HOSTS:
            raise requests.ConnectionError(f"{real.hostname} is not RedNote's")
        self.hosts.append(real.hostname)
        request.headers["X-Sandbox-Host"] = real.hostname
        request.url = real._replace(scheme="http", netloc=f"127.0.0.1:{self._port}").geturl()
        return super().send(request, stream, timeout, verify, cert, {})


def stub(uri: str, data: object = None, a1: str = "", web_session: str = "") -> dict[str, str]:
    return {"x-s": "s", "x-t": "0"}


@pytest.fixture
def server(folder: Path) -> Iterator[RunningServer]:
    with running_server(folder, "--allow-upload-cookies") as server:
        yield server


@pytest.fixture
def adapter(server: RunningServer) -> ToLoopback:
    return ToLoopback(server.ready["port"])


@pytest.fixture
def xhs(adapter: ToLoopback) -> Iterator[Any]:
    client = XhsClient("a1=x;webId=y;web_session=z", sign=stub)
    client.session.mount("https://", adapter)
    client.session.mount("http://", adapter)
    yield client
    client.session.close()


@pytest.fixture
def picture(tmp_path: Path) -> str:
    path = tmp_path / "picture.jpg"
    path.write_bytes(JPEG)
    return str(path)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_it_sees_whose_session_it_is(xhs: Any) -> None:
    assert xhs.get_self_info2()["nickname"] == "Practice account"


def test_a_host_that_is_not_rednotes_is_never_called(xhs: Any) -> None:
    with pytest.raises(requests.ConnectionError):
        xhs.session.get("https://example.com/")


def test_it_finds_topics(xhs: Any) -> None:
    assert [topic["name"] for topic in xhs.get_suggest_topic("海边")][:1] == ["海边"]


def test_it_posts_pictures_with_a_topic(
    xhs: Any, adapter: ToLoopback, folder: Path, picture: str
) -> None:
    (topic, *_) = xhs.get_suggest_topic("海边")
    topics = [{key: topic[key] for key in ("id", "name", "link")} | {"type": "topic"}]
    made = xhs.create_image_note(
        "海边的一天", "Sea #海边[话题]# ", [picture, picture], topics=topics, is_private=True
    )
    (note,) = read_notes(folder)
    assert made["id"] == note.id
    assert (note.title, note.topics, note.visibility) == ("海边的一天", ("海边",), "only-me")
    assert [file.sha256 for file in note.media] == [sha256(JPEG)] * 2
    assert set(adapter.hosts) == {"edith.xiaohongshu.com", "ros-upload.xiaohongshu.com"}


@pytest.mark.parametrize("own_cover", [True, False])
def test_it_posts_a_small_video_with_its_own_cover_or_the_first_frame(
    xhs: Any, server: RunningServer, folder: Path, tmp_path: Path, picture: str, own_cover: bool
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(MP4)
    cover = picture if own_cover else None
    xhs.create_video_note("Film", str(film), "Words", cover_path=cover, wait_time=0)
    (note,) = read_notes(folder)
    assert note.media[0].sha256 == sha256(MP4)
    assert (note.cover is not None) == own_cover
    assert server.practice.state()["calls"].get("first-frame", 0) == (0 if own_cover else 2)


def test_it_uploads_12_mib_in_parts_that_arrive_byte_for_byte(
    xhs: Any, server: RunningServer, folder: Path, tmp_path: Path
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(MP4 + random.Random(1).randbytes(12 * 1024 * 1024))
    file_id, token = xhs.get_upload_files_permit("video")
    answer = xhs.upload_file_with_slice(file_id, token, str(film))
    assert answer.headers["X-Ros-Video-Id"].isdigit()
    size = film.stat().st_size
    state = server.practice.state()
    assert state["uploads"][file_id] == {"received": size, "stored": size}
    assert state["calls"]["part"] == 3
    assert state["leaks"] > 0  # what the stand-in would have refused
    video = {"file_id": file_id, "cover": None}
    xhs.create_note("Long film", "Words", "video", [], [], video_info=video)
    (note,) = read_notes(folder)
    assert note.media[0].sha256 == sha256(film.read_bytes())
    assert note.media[0].size == size
