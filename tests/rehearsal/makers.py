"""A practice account in a folder, and the few calls a client makes, in short form."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

JPEG = b"\xff\xd8\xff\xe0" + b"jpeg" * 8
PNG = b"\x89PNG\r\n\x1a\n" + b"png." * 8
WEBP = b"RIFF\x20\x00\x00\x00WEBPVP8 " + b"webp" * 8
MP4 = b"\x00\x00\x00\x18ftypmp42" + b"film" * 64

COOKIES = {"Cookie": "a1=one; webId=two; web_session=three"}
SIGNED = {**COOKIES, "x-s": "s", "x-t": "1"}
PERMIT = "/@creator/api/media/v1/upload/creator/permit"
CREATE = "/@api/web_api/sns/v2/note"
LIST = "/@creator/api/galaxy/v2/creator/note/user/posted"
TOPICS = "/@api/web_api/sns/v1/search/topic"

Json = dict[str, Any]


@dataclass
class Practice:
    """A client of a stand-in. It never sends a cookie unless a call says so."""

    http: httpx.Client
    port: int

    def permit(self, scene: str = "image", count: int = 1) -> Json:
        query = {"biz_name": "spectrum", "scene": scene, "file_count": str(count)}
        answer = self.http.get(PERMIT, params=query, headers=COOKIES).json()
        one: Json = answer["data"]["uploadTempPermits"][0]
        return one

    def put(self, permit: Json, data: bytes, **headers: str) -> httpx.Response:
        sent = {"X-Cos-Security-Token": permit["token"]} | headers
        return self.http.put(f"/@upload/{permit['fileIds'][0]}", content=data, headers=sent)

    def file(self, data: bytes = JPEG, scene: str = "image") -> str:
        permit = self.permit(scene)
        assert self.put(permit, data).status_code == 200
        return str(permit["fileIds"][0])

    def topic(self, name: str) -> Json:
        found = self.http.post(TOPICS, json={"keyword": name}, headers=SIGNED).json()
        hit = found["data"]["topic_info_dtos"][0]
        return {"id": hit["id"], "name": hit["name"], "link": hit["link"], "type": "topic"}

    def create(self, payload: Json) -> Json:
        answer: Json = self.http.post(CREATE, json=payload, headers=SIGNED).json()
        return answer

    def state(self) -> Json:
        answer: Json = self.http.get("/@sandbox/state").json()
        return answer


def business_binds(**changes: object) -> str:
    return json.dumps(
        {
            "version": 1,
            "noteId": 0,
            "bizType": 0,
            "noteOrderBind": {},
            "notePostTiming": {},
            "noteCollectionBind": {"id": ""},
            "optionRelationList": [],
        }
        | changes
    )


def photos(*file_ids: str, title: str = "A title", desc: str = "Some words", **common: Any) -> Json:
    return {
        "common": {
            "type": "normal",
            "title": title,
            "note_id": "",
            "desc": desc,
            "source": '{"type":"web"}',
            "business_binds": business_binds(),
            "ats": [],
            "hash_tag": [],
            "privacy_info": {"op_type": 1, "type": 0, "user_ids": []},
        }
        | common,
        "image_info": {"images": [{"file_id": f, "width": 3, "height": 4} for f in file_ids]},
        "video_info": None,
    }


def video(file_id: str, cover: str | None = None, **common: Any) -> Json:
    frame = None if cover is None else {"fileid": cover, "file_id": cover, "width": 3, "height": 4}
    return photos(type="video", **common) | {
        "image_info": None,
        "video_info": {"fileid": file_id, "file_id": file_id, "cover": frame},
    }


def run_rehearsal(*args: str | Path) -> subprocess.CompletedProcess[bytes]:
    return run_module("crossover.rehearsal", *args)


def run_crossover(*args: str | Path) -> subprocess.CompletedProcess[bytes]:
    return run_module("crossover", *args)


def run_module(module: str, *args: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, args)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )


@dataclass
class RunningServer:
    process: subprocess.Popen[bytes]
    ready: Json
    practice: Practice

    def end(self) -> int:
        """Ends it as a parent that is gone would."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(20)


def start_server(folder: Path, *args: str | Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "crossover.rehearsal", "serve", "--embedded"),
            *("--data", folder, *args),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=os.name == "posix",
    )


@contextmanager
def running_server(folder: Path, *args: str | Path) -> Iterator[RunningServer]:
    with start_server(folder, *args) as process:
        try:
            assert process.stdout is not None
            ready = json.loads(process.stdout.readline())
            base = f"http://127.0.0.1:{ready['port']}"
            with httpx.Client(base_url=base, trust_env=False, timeout=20) as http:
                yield RunningServer(process, ready, Practice(http, ready["port"]))
        finally:
            if process.poll() is None:
                process.kill()
