"""What each fault does, in process: nothing here waits or opens a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from crossover.rehearsal.faults.script_file import parse_script
from crossover.rehearsal.server.app import Rehearsal, build_app
from crossover.rehearsal.server.connection import BrokenConnection

from .direct import in_process
from .makers import (
    COOKIES,
    CREATE,
    JPEG,
    LIST,
    MP4,
    SIGNED,
    TOPICS,
    Json,
    Practice,
    photos,
    video,
)
from .test_first_frame import ask_frame
from .test_multipart import VIDEO_ID, Upload

Fails = Callable[..., tuple[Practice, Rehearsal]]


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def fails(folder: Path, clock: list[int], slept: list[float]) -> Iterator[Fails]:
    """A stand-in with a script of the entries given."""
    with ExitStack() as stack:

        async def sleep(seconds: float) -> None:
            slept.append(seconds)

        def make(*entries: str) -> tuple[Practice, Rehearsal]:
            text = "faults:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries)
            sandbox = build_app(folder, parse_script(text), clock=lambda: clock[0], sleep=sleep)
            stack.callback(sandbox.close)
            return stack.enter_context(in_process(sandbox)), sandbox

        yield make


def raw_create(practice: Practice, payload: Json | None = None) -> httpx.Response:
    payload = photos(practice.file()) if payload is None else payload
    return practice.http.post(CREATE, json=payload, headers=SIGNED)


def list_notes(practice: Practice, page: int = 0) -> Json:
    answer = practice.http.get(LIST, params={"page": str(page)}, headers=COOKIES).json()
    data: Json = answer["data"]
    return data


def titles(practice: Practice) -> list[str]:
    return [note["display_title"] for note in list_notes(practice)["notes"]]


# --- the line


def test_slow_can_wait_after_the_call_was_done(fails: Fails, slept: list[float]) -> None:
    practice, sandbox = fails("call: create, fault: slow, seconds: 8, done: true")
    practice.create(photos(practice.file()))
    assert slept == [8]
    assert len(sandbox.store.notes()) == 1


def test_slow_waits_with_the_clock_it_was_given(fails: Fails, slept: list[float]) -> None:
    practice, _ = fails("call: create, fault: slow, seconds: 300")
    assert raw_create(practice).json()["success"]
    assert slept == [300]


@pytest.mark.parametrize(
    ("fault", "error", "notes"),
    [
        ("reset-before", httpx.ReadError, 0),
        ("reset-inside, bytes: 5", httpx.ReadError, 0),
        ("reset-after", httpx.ReadError, 0),
        ("stall", httpx.ReadTimeout, 0),
        ("stall, bytes: 0", httpx.ReadTimeout, 0),
        ("stored-then-dropped", httpx.RemoteProtocolError, 1),
        ("half-answer", httpx.RemoteProtocolError, 1),
        ("did-it-late, seconds: 60", httpx.RemoteProtocolError, 0),
    ],
)
def test_a_broken_connection_is_an_exception_and_says_which_fault(
    fails: Fails, fault: str, error: type[Exception], notes: int
) -> None:
    practice, sandbox = fails(f"call: create, fault: {fault}, at: 1")
    with pytest.raises(error, match=fault.partition(",")[0]) as caught:
        raw_create(practice)
    assert isinstance(caught.value.__cause__, BrokenConnection)
    assert len(sandbox.store.notes()) == notes
    assert not (sandbox.folder / "server.log").exists()


@pytest.mark.parametrize(
    ("fault", "received", "stored"),
    [
        ("reset-before", 0, 0),
        ("reset-inside, bytes: 5", len(JPEG), 0),
        ("reset-after", len(JPEG), 0),
        ("stall, bytes: 0", 0, 0),
        ("stored-then-dropped", len(JPEG), len(JPEG)),
        ("did-it-late, seconds: 60", len(JPEG), 0),
    ],
)
def test_bytes_that_arrived_are_counted_whatever_became_of_them(
    fails: Fails, fault: str, received: int, stored: int
) -> None:
    practice, _ = fails(f"call: put, fault: {fault}, at: 1")
    permit = practice.permit()
    with pytest.raises(httpx.TransportError):
        practice.put(permit, JPEG)
    assert practice.state()["bytes"] == {"received": received, "stored": stored}


def test_did_it_late_is_done_when_its_time_has_come_and_once(
    fails: Fails, clock: list[int]
) -> None:
    practice, sandbox = fails("call: create, fault: did-it-late, seconds: 120, at: 1")
    with pytest.raises(httpx.RemoteProtocolError):
        raw_create(practice)
    clock[0] += 119_999
    assert titles(practice) == []
    clock[0] += 1
    assert titles(practice) == ["A title"]
    asyncio.run(sandbox.finish())
    assert titles(practice) == ["A title"]


def test_did_it_late_lets_a_client_that_sends_again_post_twice(
    fails: Fails, clock: list[int]
) -> None:
    practice, sandbox = fails("call: create, fault: did-it-late, seconds: 5, at: 1")
    with pytest.raises(httpx.RemoteProtocolError):
        raw_create(practice, photos(practice.file(), title="One"))
    assert raw_create(practice, photos(practice.file(b"\xff\xd8\xff" * 9), title="One")).json()
    asyncio.run(sandbox.finish())
    assert titles(practice) == ["One", "One"]


def test_a_late_upload_fills_its_place(fails: Fails, clock: list[int]) -> None:
    practice, _ = fails("call: part, fault: did-it-late, seconds: 5, at: 1")
    upload = Upload(practice)
    with pytest.raises(httpx.RemoteProtocolError):
        upload.part(1, MP4)
    assert upload.parts() == []
    clock[0] += 5000
    assert [number for number, *_ in upload.parts()] == ["1"]


# --- another answer


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        ("seconds", "2"),
        ("date", "Mon, 21 Sep 2026 14:13:22 GMT"),
        ("none", None),
        ("garbage", "soon, perhaps"),
        ("huge", "99999999999999"),
    ],
)
def test_429_comes_with_every_kind_of_retry_after(
    fails: Fails, kind: str, header: str | None
) -> None:
    practice, sandbox = fails(f"call: create, fault: rate-limited, retry-after: {kind}")
    answer = raw_create(practice)
    assert (answer.status_code, answer.headers.get("Retry-After")) == (429, header)
    assert sandbox.store.notes() == []


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_5xx_is_a_page(fails: Fails, status: int) -> None:
    practice, _ = fails(f"call: topics, fault: server-error, status: {status}")
    answer = practice.http.post(TOPICS, json={"keyword": "sea"}, headers=SIGNED)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("status", [461, 471])
def test_a_captcha_may_look_like_success_or_be_empty(fails: Fails, status: int) -> None:
    practice, sandbox = fails(
        f"call: create, fault: captcha, status: {status}, at: 1",
        f"call: create, fault: captcha, status: {status}, body: empty, at: 2",
    )
    first, second = raw_create(practice), raw_create(practice)
    assert first.status_code == second.status_code == status
    assert first.json()["success"]
    assert first.json()["data"]["id"] == "5eed" * 6
    assert second.content == b""
    assert "Verifytype" in second.headers
    assert sandbox.store.notes() == []


@pytest.mark.parametrize("code", [300012, -100, -9136, -9999, -9059, -10001, -9130, 300015])
def test_a_refusal_has_rednotes_number(fails: Fails, code: int) -> None:
    practice, sandbox = fails(f"call: create, fault: business, code: {code}")
    answer = raw_create(practice)
    assert answer.status_code == 200
    assert (answer.json()["code"], answer.json()["success"]) == (code, False)
    assert answer.json().get("result") == (code if code <= -9000 else None)
    assert sandbox.store.notes() == []


def test_a_refusal_can_be_worded_and_have_a_status(fails: Fails) -> None:
    practice, _ = fails(
        "call: probe, fault: business, code: -1, at: 1",
        "call: probe, fault: business, code: -100, status: 401, msg: 访问频次异常, at: 2",
    )
    home = "/@creator/api/galaxy/creator/home/personal_info"
    first, second = (practice.http.get(home, headers=COOKIES) for _ in range(2))
    assert (first.status_code, first.json()["code"]) == (406, -1)
    assert (second.status_code, second.json()["msg"]) == (401, "访问频次异常")


def test_a_web_page_a_redirect_and_a_body_without_end(fails: Fails) -> None:
    practice, _ = fails(
        "call: list, fault: html, at: 1",
        "call: list, fault: redirect, to: 'http://127.0.0.1:9/x', status: 307, at: 2",
        "call: list, fault: huge-body, megabytes: 3, at: 3",
    )
    page, elsewhere, huge = (practice.http.get(LIST, headers=COOKIES) for _ in range(3))
    assert (page.status_code, page.text[:15]) == (200, "<!doctype html>")
    assert elsewhere.status_code == 307
    assert elsewhere.headers["Location"] == "http://127.0.0.1:9/x"
    assert len(huge.content) > 3_000_000


@pytest.mark.parametrize(
    "fault", ["html", "server-error", "captcha", "rate-limited", "business, code: 300012"]
)
def test_done_means_that_it_was_carried_out_all_the_same(fails: Fails, fault: str) -> None:
    practice, sandbox = fails(f"call: create, fault: {fault}, done: true, at: 1")
    raw_create(practice)
    assert len(sandbox.store.notes()) == 1


# --- the matter


def test_a_permit_expires_early(fails: Fails, clock: list[int]) -> None:
    practice, _ = fails(
        "call: permit, fault: permit-expired, seconds: 60, at: 1",
        "call: put, fault: permit-expired, at: 1",
        "call: part, fault: permit-expired, at: 2",
    )
    short = practice.permit()
    assert short["expireTime"] == clock[0] + 60_000
    permit = practice.permit()
    assert practice.put(permit, JPEG).status_code == 403
    assert practice.put(permit, JPEG).status_code == 200
    clock[0] += 60_000
    assert practice.put(short, JPEG).status_code == 403
    upload = Upload(practice)
    upload.part(1, b"x")
    refused = upload.call("PUT", f"partNumber=2&uploadId={upload.id}", b"x")
    assert refused.status_code == 403


def test_a_wrong_etag_makes_complete_refuse_until_the_parts_are_listed(fails: Fails) -> None:
    practice, _ = fails("call: part, fault: bad-etag, at: 1")
    upload = Upload(practice)
    wrong = upload.part(1, MP4)
    assert upload.complete({1: wrong}).status_code == 400
    ((_, right, _),) = upload.parts()
    assert right is not None
    assert upload.complete({1: right}).status_code == 200


def test_the_id_of_a_video_may_be_missing_and_be_asked_for(fails: Fails) -> None:
    practice, _ = fails(
        "call: complete, fault: no-video-id", "call: video-id, fault: no-video-id, count: 2"
    )
    upload = Upload(practice)
    answer = upload.complete({1: upload.part(1, MP4)})
    assert answer.status_code == 200
    assert "X-Ros-Video-Id" not in answer.headers
    query = {"fileKey": upload.file_id, "bizName": "217"}
    ids = [
        practice.http.get(VIDEO_ID, params=query, headers=SIGNED).json()["data"]["videoId"]
        for _ in range(3)
    ]
    assert ids[:2] == [-1, -1]
    assert ids[2] > 0


def test_a_first_frame_may_take_its_time(fails: Fails) -> None:
    practice, _ = fails("call: first-frame, fault: slow-first-frame, queries: 3")
    video_id = practice.put(practice.permit("video"), MP4).headers["X-Ros-Video-Id"]
    ready = [ask_frame(practice, video_id)["data"]["hasFirstFrame"] for _ in range(5)]
    assert ready == [False, False, False, True, True]


def test_a_note_may_be_missing_from_the_list_for_a_time(fails: Fails, clock: list[int]) -> None:
    practice, _ = fails("call: list, fault: list-lag, seconds: 300")
    raw_create(practice)
    assert titles(practice) == []
    clock[0] += 300_000
    assert titles(practice) == ["A title"]


def test_a_note_may_be_missing_from_the_list_for_some_calls(fails: Fails) -> None:
    practice, _ = fails("call: list, fault: list-lag, calls-missed: 2")
    raw_create(practice)
    assert [len(titles(practice)) for _ in range(4)] == [0, 0, 1, 1]


def test_the_list_may_be_old(fails: Fails) -> None:
    practice, _ = fails("call: list, fault: stale-pages, at: [1, 3]")
    raw_create(practice)
    assert titles(practice) == []
    assert titles(practice) == ["A title"]
    raw_create(practice, photos(practice.file(), title="B"))
    assert titles(practice) == ["A title"]
    assert titles(practice) == ["B", "A title"]


def test_the_list_may_go_round_in_circles(fails: Fails) -> None:
    practice, _ = fails("call: list, fault: stale-pages, pages: repeat")
    for number in range(11):
        raw_create(practice, photos(practice.file(), title=str(number)))
    assert [list_notes(practice, page)["page"] for page in (0, 0, 1)] == [0, 0, -1]


def test_the_session_may_be_somebody_elses(fails: Fails) -> None:
    practice, _ = fails("call: probe, fault: other-account, at: 2")
    info = "/@creator/api/galaxy/user/info"
    first, second = (practice.http.get(info, headers=COOKIES).json()["data"] for _ in range(2))
    assert first["userId"] != second["userId"]
    assert second["userName"] == "Somebody else"


@pytest.mark.parametrize(
    ("how", "title", "desc", "topics"),
    [
        ("normalise", "Half width", "Words and more #sunset[话题]#", ("sunset",)),
        ("shorten", "Ｈａｌｆ  ｗi", "Words  and\nmore  #sunset[话题]#", ("sunset",)),
        ("drop-topics", "Ｈａｌｆ  ｗidth", "Words  and\nmore", ()),
    ],
)
def test_the_site_may_keep_other_words(
    fails: Fails, how: str, title: str, desc: str, topics: tuple[str, ...]
) -> None:
    practice, sandbox = fails(f"call: create, fault: edited-text, how: {how}")
    payload = photos(
        practice.file(),
        title="Ｈａｌｆ  ｗidth",
        desc="Words  and\nmore  #sunset[话题]# ",
        hash_tag=[practice.topic("sunset")],
    )
    assert raw_create(practice, payload).json()["success"]
    (note,) = sandbox.store.notes()
    assert (note.title, note.desc, note.topics) == (title, desc, topics)
    assert titles(practice) == [title]


@pytest.mark.parametrize(("verdict", "after"), [("refused", [3]), ("gone", [])])
def test_a_review_may_refuse_a_note_later(
    fails: Fails, clock: list[int], verdict: str, after: list[int]
) -> None:
    practice, sandbox = fails(
        f"call: create, fault: review-refused, verdict: {verdict}, seconds: 60"
    )
    assert raw_create(practice).json()["success"]
    assert [note["tab_status"] for note in list_notes(practice)["notes"]] == [1]
    clock[0] += 60_000
    assert [note["tab_status"] for note in list_notes(practice)["notes"]] == after
    assert len(sandbox.store.notes()) == 1


def test_faults_that_hit_are_counted(fails: Fails) -> None:
    practice, _ = fails("call: any, fault: html, at: [1, 2]", "call: list, fault: list-lag")
    for _ in range(3):
        practice.http.get(LIST, headers=COOKIES)
    assert practice.state()["faults"] == {"html": 2, "list-lag": 3}


def test_a_video_note_goes_through_all_calls_when_nothing_hits(fails: Fails) -> None:
    practice, _ = fails("call: any, fault: html, probability: 0")
    assert practice.create(video(practice.file(MP4, "video"), practice.file()))["success"]
