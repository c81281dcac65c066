"""Every class of answer, for calls that may be repeated and for the one that must not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from crossover.destinations.answers.call import Call
from crossover.destinations.answers.outcomes import TABLE, AnswerKind, classify
from crossover.destinations.api.destination import RedNote
from crossover.destinations.api.http.calls import final_error
from crossover.destinations.api.http.client import HttpClient
from crossover.destinations.sites import Role, rehearsal_hosts
from crossover.errors import AccountAtRisk, CrossoverError, LoginNeeded, RetryLater
from crossover.model.results import NotSent, Posted, PublishResult, Refused, Unclear
from crossover.runtime.retry import Again
from tests.destinations.makers import (
    NOTE_ID,
    SESSION,
    Network,
    answer,
    note,
    permit,
    picture,
    rednote,
    sign,
)
from tests.fakes import FakeMemory

HTML = answer(raw=b"<html>please wait</html>", headers={"content-type": "text/html"})
OK = answer({"id": NOTE_ID}, result=0, share_link="https://x")


def coded(code: int, *, status: int = 200, **more: Any) -> httpx.Response:
    return answer(None, status=status, code=code, success=False, **more)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    return slept


def publish(tmp_path: Path, create: httpx.Response | Exception) -> tuple[PublishResult, Network]:
    network = Network(permit=permit(), put=answer(raw=b""), create=create)
    with rednote(network, tmp_path) as site:
        prepared = site.prepare(note(media=(picture(tmp_path),)), FakeMemory(), lambda _: None)
        return site.publish(prepared), network


def test_a_note_is_posted_when_the_answer_names_its_id(tmp_path: Path) -> None:
    result, _ = publish(tmp_path, OK)
    assert isinstance(result, Posted)
    assert result.receipt.note_id == NOTE_ID
    assert result.receipt.url


def test_a_missing_code_is_no_flaw_of_a_success(tmp_path: Path) -> None:
    body = f'{{"result":0,"success":true,"data":{{"id":"{NOTE_ID}"}}}}'.encode()
    result, _ = publish(tmp_path, answer(raw=body))
    assert isinstance(result, Posted)


@pytest.mark.parametrize(
    ("create", "expected"),
    [
        (coded(-9999, result=-9999), "refused"),
        (answer(None, result=-9999, success=False), "refused"),
        (coded(-9059), "ours"),
    ],
    ids=["-9999", "result -9999 alone", "-9059"],
)
def test_two_answers_are_a_definite_no(
    tmp_path: Path, create: httpx.Response, expected: str
) -> None:
    result, _ = publish(tmp_path, create)
    assert isinstance(result, Refused)
    assert result.kind == expected


@pytest.mark.parametrize(
    ("create", "numbers", "said"),
    [
        (
            coded(-9999, msg="发布失败"),
            "HTTP 200, -9999: 发布失败",
            (
                "refused the note: it may break a rule there, look like a risk, or be the same as one"
                " that is there; it says “发布失败”"
            ),
        ),
        (
            coded(-9059, msg="the title\nhas 30 units"),
            "HTTP 200, -9059: the title has 30 units",
            (
                "does not understand the note, which is a mistake of crossover's; it says “the title has"
                " 30 units”"
            ),
        ),
        (coded(-9136), "HTTP 200, -9136", "does not let you publish"),
        (coded(300012), "HTTP 200, 300012", "holds this account or connection back"),
        (answer(raw=b"", status=461), "HTTP 461", "wants to see that you are a person"),
        (coded(-100), "HTTP 200, -100", "says that you are signed out"),
        (coded(-1, status=406), "HTTP 406, -1", "did not accept the request's signature"),
    ],
)
def test_what_a_known_answer_means_is_said_and_its_numbers_are_in_the_log(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    create: httpx.Response,
    numbers: str,
    said: str,
) -> None:
    caplog.set_level("INFO", "crossover")
    result, _ = publish(tmp_path, create)
    assert isinstance(result, Refused | Unclear)
    assert result.reason == f"the practice account {said}"
    assert f"create note: {numbers}" in caplog.messages


def test_what_no_known_answer_means_is_told_by_its_numbers(tmp_path: Path) -> None:
    result, _ = publish(tmp_path, answer(raw=b"", status=503))
    assert isinstance(result, Unclear)
    assert result.reason == "the practice account gave no clear answer (HTTP 503)"


@pytest.mark.parametrize(
    "create",
    [
        answer({"id": NOTE_ID}, status=461),
        answer({"id": NOTE_ID}, status=471),
        answer(raw=b"", status=461),
        answer(raw=b"x" * (10 * 1024 * 1024 + 1), status=461),
        coded(300012),
        coded(300011),
        coded(300015),
        coded(-9130),
        coded(-9136),
        coded(-9140),
        answer(None, code=-1, success=False, msg="访问频次异常，请稍后"),
        answer({"id": NOTE_ID}, code=300012),
        coded(-1, status=406),
    ],
)
def test_a_warning_sign_on_create_stops_and_settles_nothing(
    tmp_path: Path, create: httpx.Response
) -> None:
    result, network = publish(tmp_path, create)
    assert isinstance(result, Unclear)
    assert result.at_risk
    assert len(network.asked("create")) == 1


@pytest.mark.parametrize(
    "create",
    [
        httpx.ReadTimeout(""),
        httpx.WriteTimeout(""),
        httpx.ReadError(""),
        httpx.WriteError(""),
        httpx.RemoteProtocolError("Server disconnected"),
        HTML,
        answer(raw=b"", status=200),
        answer(raw=b'{"success":true,"data":{"id":"64a0b1c2'),
        answer(raw=b"[" * 200_000),
        answer(raw=b"x" * (10 * 1024 * 1024 + 1)),
        answer({"id": "not an id"}),
        answer({"id": NOTE_ID + "0"}),
        answer({"id": 7}),
        answer({}),
        answer(None),
        answer({"id": NOTE_ID}, success=False),
        answer({"id": NOTE_ID}, success="true"),
        answer({"id": NOTE_ID}, code=12345),
        answer({"id": NOTE_ID}, status=302, headers={"location": "https://evil.test/"}),
        answer({"id": NOTE_ID}, status=404),
        answer({"id": NOTE_ID}, status=429),
        answer({"id": NOTE_ID}, status=500),
        answer({"id": NOTE_ID}, status=503),
    ],
)
def test_whatever_else_happens_to_create_is_unclear_and_not_repeated(
    tmp_path: Path, create: httpx.Response | Exception
) -> None:
    result, network = publish(tmp_path, create)
    assert isinstance(result, Unclear)
    assert not result.at_risk
    assert not result.signed_out
    assert len(network.asked("create")) == 1


@pytest.mark.parametrize(
    "create",
    [
        coded(-100),
        coded(-10001),
        answer(None, status=401, success=False),
        answer({"id": NOTE_ID}, code=-100),
        answer(raw=b"<html>", status=401),
    ],
)
def test_signed_out_on_create_ends_the_batch_and_settles_nothing(
    tmp_path: Path, create: httpx.Response
) -> None:
    result, network = publish(tmp_path, create)
    assert isinstance(result, Unclear)
    assert result.signed_out
    assert len(network.asked("create")) == 1


@pytest.mark.parametrize(
    "create",
    [httpx.ConnectError("refused"), httpx.ConnectTimeout(""), httpx.PoolTimeout("")],
)
def test_a_create_that_found_no_connection_did_not_leave(tmp_path: Path, create: Exception) -> None:
    result, network = publish(tmp_path, create)
    assert isinstance(result, NotSent)
    assert len(network.asked("create")) == 1


def test_a_create_that_could_not_be_signed_did_not_leave(tmp_path: Path) -> None:
    network = Network(permit=permit(), put=answer(raw=b""), create=OK)
    broken = False

    def sign(*_: object) -> dict[str, str]:
        if broken:
            raise RuntimeError("no page")
        return {}

    with rednote(network, tmp_path, signer=sign) as site:
        prepared = site.prepare(note(media=(picture(tmp_path),)), FakeMemory(), lambda _: None)
        broken = True
        result = site.publish(prepared)
    assert isinstance(result, NotSent)
    assert network.asked("create") == []


# --- calls that may be repeated -------------------------------------------------------------


def ask(site: RedNote) -> CrossoverError | None:
    try:
        site.whoami()
    except CrossoverError as exc:
        return exc
    return None


GOOD = answer({"name": "x"})
USER = answer({"userId": "5f", "userName": "Mara"})


@pytest.mark.parametrize(
    ("reply", "error", "tries"),
    [
        (answer({"name": "x"}, status=461), AccountAtRisk, 1),
        (answer(raw=b"", status=471), AccountAtRisk, 1),
        (coded(300012), AccountAtRisk, 1),
        (coded(-9136), AccountAtRisk, 1),
        (answer(None, code=9, success=False, msg="访问频次异常"), AccountAtRisk, 1),
        (coded(-100), LoginNeeded, 1),
        (coded(-10001), LoginNeeded, 1),
        (answer(raw=b"", status=401), LoginNeeded, 1),
        (coded(-1, status=406), RetryLater, 2),
        (HTML, RetryLater, 2),
        (answer({}), RetryLater, 2),
        (answer({"name": "x"}, success=False), RetryLater, 2),
        (answer({"name": "x"}, status=302), RetryLater, 2),
        (answer(raw=b"", status=429), RetryLater, 4),
        (answer(raw=b"", status=500), RetryLater, 4),
        (answer(raw=b"", status=503), RetryLater, 4),
        (answer(raw=b"x" * (10 * 1024 * 1024 + 1)), RetryLater, 4),
        (httpx.ReadTimeout(""), RetryLater, 4),
        (httpx.ReadError(""), RetryLater, 4),
        (httpx.ConnectError(""), RetryLater, 4),
    ],
)
def test_a_call_that_may_be_repeated_is_repeated_as_often_as_its_failure_is_worth(
    reply: httpx.Response | Exception, error: type[CrossoverError], tries: int
) -> None:
    network = Network(probe=reply, user=USER)
    with rednote(network) as site:
        ended = ask(site)
    assert type(ended) is error or (error is RetryLater and isinstance(ended, RetryLater))
    assert len(network.asked("probe")) == tries
    assert ended is not None
    assert ended.next


def test_a_failure_that_passes_is_not_noticed(no_waiting: list[float]) -> None:
    bad = answer(raw=b"", status=503)
    network = Network(probe=[bad, httpx.ReadError(""), bad, GOOD], user=USER)
    with rednote(network) as site:
        assert ask(site) is None
    waits = no_waiting
    assert len(waits) == 3
    for wait, least in zip(waits, (1, 2, 4), strict=True):
        assert least <= wait <= least + 1


def test_a_wait_that_the_site_asks_for_is_kept(no_waiting: list[float]) -> None:
    asked = [
        answer(raw=b"", status=429, headers={"retry-after": "7"}),
        answer(raw=b"", status=429, headers={"retry-after": "Sun, 22 Nov 2026 12:00:09 GMT"}),
        answer(raw=b"", status=429, headers={"retry-after": "soon"}),
        GOOD,
    ]
    with rednote(Network(probe=asked, user=USER)) as site:
        assert ask(site) is None
    assert no_waiting[:2] == [7, 9]
    assert 4 <= no_waiting[2] <= 5


def test_a_long_wait_is_told_instead_of_waited(no_waiting: list[float]) -> None:
    network = Network(probe=answer(raw=b"", status=429, headers={"retry-after": "3600"}), user=USER)
    with rednote(network) as site:
        ended = ask(site)
    assert isinstance(ended, RetryLater)
    assert "60 minutes" in ended.next
    assert no_waiting == []
    assert len(network.asked("probe")) == 1


# --- the upload host ------------------------------------------------------------------------

PUT = Call("upload", Role.UPLOAD, "PUT", "", needs=lambda _: True, reads=lambda a: not a.body)


def xml(code: str, *, status: int = 200) -> httpx.Response:
    raw = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>x</Message></Error>"
    return answer(raw=raw.encode(), status=status)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (answer(raw=b""), AnswerKind.SUCCESS),
        (answer(raw=b"", status=204), AnswerKind.SUCCESS),
        (answer({}), AnswerKind.SUCCESS),
        (answer(raw=b"", status=461), AnswerKind.CAPTCHA),
        (answer({}, status=471), AnswerKind.CAPTCHA),
        (coded(300012), AnswerKind.BLOCKED),
        (answer(None, code=-1, success=False, msg="访问频次异常"), AnswerKind.BLOCKED),
        (coded(-100), AnswerKind.SIGNED_OUT),
        (answer(None, code=-1, success=False, msg="file already exists"), AnswerKind.USED_ID),
        (answer(None, status=409, success=False, msg="file already exists"), AnswerKind.USED_ID),
        (answer(raw=b"", status=403), AnswerKind.STALE_PERMIT),
        (answer(raw=b"", status=404), AnswerKind.STALE_PERMIT),
        (answer(raw=b"", status=410), AnswerKind.STALE_PERMIT),
        (xml("NoSuchUpload"), AnswerKind.STALE_PERMIT),
        (xml("ExpiredToken", status=400), AnswerKind.STALE_PERMIT),
        (answer(raw=b"", status=400), AnswerKind.UPLOAD_REFUSED),
        (answer(raw=b"", status=409), AnswerKind.UPLOAD_REFUSED),
        (xml("InvalidPart"), AnswerKind.UPLOAD_REFUSED),
        (xml("InvalidPartOrder", status=400), AnswerKind.UPLOAD_REFUSED),
        (answer(None, code=-1, success=False, msg="no"), AnswerKind.UPLOAD_REFUSED),
        (answer(raw=b"", status=408), AnswerKind.TRANSIENT),
        (answer(raw=b"", status=429), AnswerKind.TRANSIENT),
        (answer(raw=b"", status=503), AnswerKind.TRANSIENT),
        (xml("SlowDown"), AnswerKind.TRANSIENT),
        (answer(raw=b"x" * (10 * 1024 * 1024 + 1)), AnswerKind.TRANSIENT),
        (answer(raw=b"", status=401), AnswerKind.ODD),
        (answer(raw=b"", status=406), AnswerKind.ODD),
        (answer(raw=b"", status=302), AnswerKind.ODD),
        (HTML, AnswerKind.ODD),
    ],
)
def test_each_answer_of_the_upload_host_has_its_class(
    reply: httpx.Response, kind: AnswerKind
) -> None:
    with HttpClient(rehearsal_hosts(1), SESSION, sign, transport=Network(put=reply)) as line:
        told = line.upload("PUT", "http://127.0.0.1:1/f", "t")
    assert classify(told, PUT) is kind


def test_every_class_of_the_table_can_be_met() -> None:
    assert {row.kind for row in TABLE} | {AnswerKind.SUCCESS, AnswerKind.ODD} == set(AnswerKind)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (None, "later;"),
        (0, "later;"),
        (20, "in 1 minute or more;"),
        (300, "in 5 minutes or more;"),
        (3600, "in 60 minutes or more;"),
        (3 * 3600, "in 3 hours or more;"),
        (999_999_999, "tomorrow or later;"),
    ],
)
def test_a_wait_is_told_as_people_say_it(asked: float | None, said: str) -> None:
    assert f"Run the same command {said}" in final_error(Again("busy", wait=asked)).next


def test_a_part_keeps_the_wait_that_the_upload_host_asks_for(
    tmp_path: Path, no_waiting: list[float]
) -> None:
    busy = answer(raw=b"", status=429, headers={"retry-after": "7"})
    network = Network(permit=permit(), put=[busy, answer(raw=b"")])
    with rednote(network, tmp_path) as site:
        site.prepare(note(media=(picture(tmp_path),)), FakeMemory(), lambda _: None)
    assert no_waiting == [7]
