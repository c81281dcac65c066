"""Each call answers as the real one does, as far as that is known."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from crossover.rehearsal.server.app import PORT

from .conftest import NOW
from .makers import (
    COOKIES,
    CREATE,
    JPEG,
    LIST,
    MP4,
    PERMIT,
    PNG,
    SIGNED,
    TOPICS,
    WEBP,
    Practice,
    photos,
    video,
)

DELETE = "/@api/web_api/sns/capa/postgw/note/delete"
ME = "/@api/api/sns/web/v2/user/me"
INFO = "/@creator/api/galaxy/user/info"
HOME = "/@creator/api/galaxy/creator/home/personal_info"
LISTS = [LIST, LIST.replace("/v2", ""), "/@api/web_api/sns/v5/creator/note/user/posted"]


# --- who may call, and whom


@pytest.mark.parametrize("host", ["example.com", "127.0.0.1", f"127.0.0.1:{PORT + 1}", "0.0.0.0:1"])
def test_a_foreign_host_is_refused_before_anything_else(practice: Practice, host: str) -> None:
    for path in ("/", "/@sandbox/state", "/no/such/call"):
        assert practice.http.get(path, headers={"Host": host}).status_code == 403


def test_localhost_is_the_same_place(practice: Practice) -> None:
    host = {"Host": f"localhost:{PORT}"}
    assert practice.http.get("/@sandbox/state", headers=host).status_code == 200


@pytest.mark.parametrize("host", ["edith.xiaohongshu.com", "webapi.rednote.com"])
def test_a_real_host_name_in_a_header_is_as_good_as_a_prefix(practice: Practice, host: str) -> None:
    headers = SIGNED | {"X-Sandbox-Host": host}
    assert practice.http.get(ME.removeprefix("/@api"), headers=headers).json()["success"]


def test_a_host_that_is_not_rednotes_is_unknown(practice: Practice) -> None:
    headers = SIGNED | {"X-Sandbox-Host": "example.com"}
    assert practice.http.get(ME.removeprefix("/@api"), headers=headers).status_code == 404


@pytest.mark.parametrize(
    "path", ["/nothing", "/@api/nothing", "/api/sns/web/v2/user/me", "/media/x"]
)
def test_an_unknown_call_is_answered_in_json(practice: Practice, path: str) -> None:
    answer = practice.http.get(path, headers=SIGNED)
    assert answer.status_code == 404
    assert answer.json()["success"] is False


@pytest.mark.parametrize(
    ("method", "path"), [("GET", ME), ("POST", TOPICS), ("POST", CREATE), ("GET", LISTS[2])]
)
def test_the_api_host_wants_signatures(practice: Practice, method: str, path: str) -> None:
    for headers in (COOKIES, COOKIES | {"x-s": "s"}, COOKIES | {"x-t": "1"}):
        answer = practice.http.request(method, path, headers=headers)
        assert answer.status_code == 406
        assert answer.json() == {"code": -1, "success": False}


@pytest.mark.parametrize("cookies", ["", "a1=one", "web_session=two", "a1=; web_session=two"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", HOME),
        ("GET", INFO),
        ("GET", ME),
        ("POST", TOPICS),
        ("GET", PERMIT),
        ("POST", CREATE),
        ("GET", LIST),
    ],
)
def test_without_both_cookies_nobody_is_signed_in(
    practice: Practice, method: str, path: str, cookies: str
) -> None:
    headers = SIGNED | {"Cookie": cookies}
    answer = practice.http.request(method, path, headers=headers).json()
    assert (answer["code"], answer["success"]) == (-100, False)


def test_the_three_probes_name_one_account(practice: Practice) -> None:
    home = practice.http.get(HOME, headers=COOKIES).json()["data"]
    info = practice.http.get(INFO, headers=COOKIES).json()["data"]
    me = practice.http.get(ME, headers=SIGNED).json()["data"]
    assert home["name"] == info["userName"] == me["nickname"] == "Practice account"
    assert re.fullmatch(r"[0-9a-f]{24}", me["user_id"])
    assert info["userId"] == me["user_id"]
    assert home["red_num"] == info["redId"]
    assert home["red_num"].isdigit()


# --- topics


def test_a_topic_is_found_and_answers_type_official(practice: Practice) -> None:
    answer = practice.http.post(TOPICS, json={"keyword": "海边"}, headers=SIGNED).json()
    hit = answer["data"]["topic_info_dtos"][0]
    assert (hit["name"], hit["type"], hit["smart"]) == ("海边", "official", False)
    assert hit["id"] in hit["link"]


def test_topics_come_in_pages(practice: Practice) -> None:
    def page(number: int) -> list[Any]:
        query = {"keyword": "a", "page": {"page_size": 2, "page": number}}
        answer = practice.http.post(TOPICS, json=query, headers=SIGNED).json()
        return [hit["name"] for hit in answer["data"]["topic_info_dtos"]]

    assert len(page(1)) == len(page(2)) == 2
    assert not set(page(1)) & set(page(2))
    assert page(900) == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b'{"keyword":3}', b"[" * 50_000])
def test_a_broken_body_is_a_bad_parameter(practice: Practice, body: bytes) -> None:
    for path in (TOPICS, CREATE):
        answer = practice.http.post(path, content=body, headers=SIGNED)
        assert answer.json()["code"] == -9059


# --- files


@pytest.mark.parametrize("host", ["/@creator", "/@api"])
@pytest.mark.parametrize("path", ["creator", "web"])
def test_permits_are_fresh_on_both_paths_and_hosts(
    practice: Practice, host: str, path: str
) -> None:
    address = f"{host}/api/media/v1/upload/{path}/permit"
    query = {"scene": "image", "file_count": "3"}
    first, second = (
        practice.http.get(address, params=query, headers=SIGNED).json()["data"][
            "uploadTempPermits"
        ][0]
        for _ in range(2)
    )
    assert len(set(first["fileIds"] + second["fileIds"])) == 6
    assert all(file_id.startswith("spectrum/") for file_id in first["fileIds"])
    assert first["token"] != second["token"]
    assert first["uploadAddr"] == f"127.0.0.1:{PORT}/@upload"
    assert first["expireTime"] == NOW + 24 * 3_600_000


@pytest.mark.parametrize("site", ["xiaohongshu.com", "rednote.com"])
def test_a_permit_sends_to_the_upload_host_of_its_own_site(practice: Practice, site: str) -> None:
    headers = COOKIES | {"X-Sandbox-Host": f"creator.{site}"}
    path = PERMIT.removeprefix("/@creator")
    query = {"scene": "image", "file_count": "1"}
    permit = practice.http.get(path, params=query, headers=headers).json()["data"]
    (one,) = permit["uploadTempPermits"]
    assert one["uploadAddr"] == f"ros-upload.{site}"
    to_upload = {"X-Sandbox-Host": f"ros-upload.{site}", "X-Cos-Security-Token": one["token"]}
    answer = practice.http.put(f"/{one['fileIds'][0]}", content=JPEG, headers=to_upload)
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("query", [{}, {"scene": "x"}, {"scene": "image", "file_count": "0"}])
def test_a_permit_without_sense_is_refused(practice: Practice, query: dict[str, str]) -> None:
    answer = practice.http.get(PERMIT, params=query, headers=COOKIES).json()
    assert answer["code"] == -9059


def test_a_picture_is_kept_and_can_be_looked_at(practice: Practice, folder: Path) -> None:
    answer = practice.put(practice.permit(), PNG)
    assert (answer.status_code, answer.content) == (200, b"")
    assert re.fullmatch(r'"[0-9a-f]{32}"', answer.headers["ETag"])
    assert "X-Ros-Video-Id" not in answer.headers
    name = f"{hashlib.sha256(PNG).hexdigest()}.png"
    assert [path.name for path in (folder / "media").iterdir()] == [name]
    assert practice.http.get(answer.headers["X-Ros-Preview-Url"]).content == PNG


def test_a_video_is_hashed_not_kept(practice: Practice, folder: Path) -> None:
    answer = practice.put(practice.permit("video"), MP4)
    assert answer.headers["X-Ros-Video-Id"].isdigit()
    assert list((folder / "media").iterdir()) == []


@pytest.mark.parametrize("leak", [COOKIES, {"x-s": "s"}, {"x-s-common": "s"}])
def test_account_secrets_at_the_upload_host_are_refused_and_remembered(
    practice: Practice, leak: dict[str, str]
) -> None:
    permit = practice.permit()
    assert practice.state()["leaks"] == 0
    assert practice.put(permit, JPEG, **leak).status_code == 403
    assert practice.state()["leaks"] == 1
    assert practice.state()["files"] == 0
    assert practice.put(permit, JPEG).status_code == 200


def test_only_the_files_own_token_opens_it_and_not_for_ever(
    practice: Practice, clock: list[int]
) -> None:
    permit, other = practice.permit(), practice.permit()
    for token in ("", "wrong", other["token"]):
        assert practice.put(permit | {"token": token}, JPEG).status_code == 403
    assert practice.put(permit | {"fileIds": ["spectrum/none"]}, JPEG).status_code == 403
    clock[0] = permit["expireTime"]
    assert practice.put(permit, JPEG).status_code == 403
    clock[0] -= 1
    assert practice.put(permit, JPEG).status_code == 200


def test_a_file_is_put_once(practice: Practice) -> None:
    permit = practice.permit()
    practice.put(permit, JPEG)
    again = practice.put(permit, PNG).json()
    assert again == {"code": -1, "success": False, "msg": "file already exists"}


@pytest.mark.parametrize("length", ["1", "1000", "", "x"])
def test_a_file_of_another_length_than_announced_is_not_stored(
    practice: Practice, folder: Path, length: str
) -> None:
    permit = practice.permit()
    answer = practice.put(permit, JPEG, **{"Content-Length": length})
    assert answer.status_code in (400, 411)
    assert [path.name for path in folder.glob("media/*")] == []
    assert practice.state()["bytes"]["stored"] == 0
    assert practice.put(permit, JPEG).status_code == 200


# --- notes


def test_a_note_is_stored_once_and_listed(practice: Practice) -> None:
    topic = practice.topic("sunset")
    payload = photos(
        practice.file(JPEG),
        practice.file(PNG),
        desc="Evening #sunset[话题]# ",
        hash_tag=[topic],
        privacy_info={"op_type": 1, "type": 4, "user_ids": []},
    )
    answer = practice.create(payload)
    assert (answer["code"], answer["result"], answer["success"]) == (0, 0, True)
    assert re.fullmatch(r"[0-9a-f]{24}", answer["data"]["id"])
    for path in LISTS:
        listed = practice.http.get(path, params={"page": "0"}, headers=SIGNED).json()["data"]
        (note,) = listed["notes"]
        assert note["id"] == answer["data"]["id"]
        assert note["display_title"] == "A title"
        assert (note["type"], note["time"], note["permission_code"]) == ("normal", NOW, 4)
        assert "desc" not in note
        assert listed["page"] == -1


def test_a_video_note_with_its_cover(practice: Practice) -> None:
    answer = practice.create(video(practice.file(MP4, "video"), practice.file(JPEG)))
    assert answer["success"]
    assert practice.state()["notes"] == 1


def test_a_note_that_breaks_a_rule_leaves_its_files_free(practice: Practice) -> None:
    file = practice.file()
    refused = practice.create(photos(file, title="x" * 41))
    assert (refused["code"], refused["result"], refused["success"]) == (-9059, -9059, False)
    assert "21 units" in refused["msg"]
    assert practice.create(photos(file))["success"]
    assert practice.state()["refused"] == {"-9059": 1}


def test_a_file_belongs_to_one_note(practice: Practice) -> None:
    file = practice.file()
    assert practice.create(photos(file))["success"]
    again = practice.create(photos(file, title="Another"))
    assert again["result"] == -9059


def test_a_picture_in_a_form_rednote_does_not_take_is_refused(practice: Practice) -> None:
    assert practice.create(photos(practice.file(WEBP)))["result"] == -9059


def test_the_same_title_and_files_once_more_is_a_duplicate(practice: Practice) -> None:
    assert practice.create(photos(practice.file(JPEG), practice.file(PNG)))["success"]
    twin = practice.create(photos(practice.file(JPEG), practice.file(PNG)))
    assert (twin["result"], twin["success"]) == (-9999, False)
    assert practice.create(photos(practice.file(PNG), practice.file(JPEG)))["success"]
    assert practice.create(photos(practice.file(JPEG), practice.file(PNG), title="B"))["success"]
    assert practice.state()["notes"] == 3


def test_the_list_is_newest_first_in_pages_of_ten(practice: Practice) -> None:
    for number in range(21):
        assert practice.create(photos(practice.file(), title=f"n{number}"))["success"]
    titles, page = [], 0
    while page != -1:
        query = {"tab": "0", "page": str(page)}
        data = practice.http.get(LIST, params=query, headers=COOKIES).json()["data"]
        assert len(data["notes"]) <= 10
        titles += [note["display_title"] for note in data["notes"]]
        page = data["page"]
    assert titles == [f"n{number}" for number in reversed(range(21))]


def test_state_counts_calls_by_kind(practice: Practice) -> None:
    practice.create(photos(practice.file()))
    practice.http.get(INFO, headers=COOKIES)
    state = practice.state()
    assert state["calls"] == {"create": 1, "permit": 1, "probe": 1, "put": 1}
    assert state["bytes"] == {"received": len(JPEG), "stored": len(JPEG)}


def test_answers_are_compact_utf8(practice: Practice) -> None:
    answer: httpx.Response = practice.http.post(TOPICS, json={"keyword": "海边"}, headers=SIGNED)
    assert '"name":"海边"'.encode() in answer.content


def test_a_deleted_note_is_off_the_list_and_the_page_and_may_be_created_anew(
    practice: Practice, folder: Path
) -> None:
    def listed() -> list[str]:
        notes = practice.http.get(LIST, headers=SIGNED).json()["data"]["notes"]
        return [note["id"] for note in notes]

    def delete(note_id: object, headers: dict[str, str] = SIGNED) -> Any:
        return practice.http.post(DELETE, json={"note_id": note_id}, headers=headers)

    made = [photos(practice.file(JPEG), title=title) for title in ("One", "Two")]
    first, second = (practice.create(payload)["data"]["id"] for payload in made)
    assert delete(first).json()["success"] is True
    assert listed() == [second]
    page = (folder / "profile.html").read_text("utf-8")
    assert ("Two" in page, "One" in page) == (True, False)
    gone = delete(first).json()
    assert (gone["success"], gone["code"]) == (False, -9106)
    assert delete(second, COOKIES).status_code == 406
    assert delete(3).json()["code"] == -9059
    assert listed() == [second]
    anew = photos(practice.file(JPEG), title="One")
    assert practice.create(anew)["success"] is True
