"""Real sockets: cut connections, redirects, bombs, large files, and where secrets end up."""

from __future__ import annotations

import gzip
import hashlib
import logging
import pickle
import socket
import struct
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from crossover.destinations.answers.call import Call
from crossover.destinations.api.destination import RedNote
from crossover.destinations.api.http.client import HttpClient, NeverLeft, NoAnswer
from crossover.destinations.api.session import Session
from crossover.destinations.sites import Role, rehearsal_hosts
from crossover.errors import CrossoverError, RetryLater, UsageProblem
from crossover.model.notes import NoteMedia
from crossover.model.posts import Kind, MediaKind
from crossover.model.results import NotSent, Unclear
from tests.destinations.makers import (
    COOKIE,
    FILE_ID,
    NOTE_ID,
    NOW,
    SESSION,
    SIGNATURE,
    TOKEN,
    FakeClock,
    Network,
    answer,
    clip,
    cover,
    note,
    permit,
    picture,
    rednote,
    sign,
)
from tests.fakes import FakeMemory
from tests.memory import peak_memory

MIB = 1024 * 1024


@dataclass
class Seen:
    """What a server was sent."""

    requests: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    sums: list[str] = field(default_factory=list)


@contextmanager
def server(reply: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[tuple[int, Seen]]:
    """A loopback server that reads each request whole, then lets `reply` do as it likes.

    Its clock stands at `NOW`: the client goes by the dates of the answers."""
    seen = Seen()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_any(self) -> None:
            left = int(self.headers.get("content-length") or 0)
            digest, kept = hashlib.sha256(), b""
            while left:
                block = self.rfile.read(min(65536, left))
                left -= len(block)
                digest.update(block)
                kept += block if len(kept) < 65536 else b""
            headers = {name.lower(): value for name, value in self.headers.items()}
            seen.requests.append((self.command, self.path, headers, kept))
            seen.sums.append(digest.hexdigest())
            reply(self)

        do_GET = do_POST = do_PUT = do_any  # noqa: N815  the library's names

        def date_time_string(self, timestamp: float | None = None) -> str:
            return format_datetime(NOW, usegmt=True)

        def log_message(self, *_: Any) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    thread = threading.Thread(target=httpd.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield httpd.server_address[1], seen
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()


def send(
    handler: BaseHTTPRequestHandler, body: bytes = b"", *, status: int = 200, **headers: str
) -> None:
    handler.send_response(status)
    for name, value in ({"content_length": str(len(body))} | headers).items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


CALL = Call(
    "x", Role.API, "POST", "/x", needs=lambda _: True, query={"q": "海 a"}, json={"字": "é"}
)


def client(port: int, **changes: Any) -> HttpClient:
    return HttpClient(rehearsal_hosts(port), SESSION, sign, **{"spacing": 0, **changes})


def put(line: HttpClient, url: str, data: bytes) -> None:
    line.upload("PUT", url, TOKEN, content=[data], size=len(data), content_type="image/jpeg")


def test_the_very_bytes_that_were_signed_are_sent() -> None:
    signed: list[tuple[str, str, bytes]] = []

    def remember(method: str, path: str, body: bytes, cookies: Any) -> dict[str, str]:
        signed.append((method, path, body))
        return {"x-s": SIGNATURE, "x-t": "1", "x-rap-param": "r"}

    with server(send) as (port, seen), HttpClient(rehearsal_hosts(port), SESSION, remember) as line:
        line.call(CALL)
    [(method, target, headers, body)] = seen.requests
    assert signed == [("POST", "/x?q=%E6%B5%B7+a", '{"字":"é"}'.encode())]
    assert (method, target, body) == (signed[0][0], "/@api" + signed[0][1], signed[0][2])
    assert headers["x-s"] == SIGNATURE
    assert headers["x-rap-param"] == "r"
    assert headers["cookie"] == f"a1={COOKIE}; web_session={COOKIE}"
    assert headers["origin"] == f"http://127.0.0.1:{port}"
    assert headers["referer"] == f"http://127.0.0.1:{port}/"


def test_no_redirect_is_followed() -> None:
    with (
        server(send) as (other, canary),
        server(lambda h: send(h, status=302, location=f"http://127.0.0.1:{other}/")) as (port, _),
        client(port) as line,
    ):
        assert line.call(CALL).status == 302
    assert canary.requests == []


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with server(send) as (proxy, canary), server(send) as (port, seen):
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy}")
        monkeypatch.setenv("NO_PROXY", "")
        with client(port) as line:
            line.call(CALL)
    assert len(seen.requests) == 1
    assert canary.requests == []


def test_no_cookie_of_an_answer_is_kept() -> None:
    with (
        server(lambda h: send(h, set_cookie="planted=1; Path=/")) as (port, seen),
        client(port) as line,
    ):
        line.call(CALL)
        line.call(CALL)
        put(line, f"http://127.0.0.1:{port}/f", b"x")
    assert not any("planted" in headers.get("cookie", "") for _, _, headers, _ in seen.requests)


def test_an_answer_cut_in_the_middle_has_a_flaw() -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        send(handler, b'{"success":true', content_length="500")
        handler.close_connection = True

    with server(cut) as (port, _), client(port) as line:
        cut_answer = line.call(CALL)
    assert cut_answer.flaw
    assert cut_answer.envelope is None


def test_bombs_are_stopped_while_they_arrive() -> None:
    bomb = gzip.compress(bytes(50 * MIB), 6)
    for body, headers in ((bomb, {"content_encoding": "gzip"}), (bytes(11 * MIB), {})):
        with (
            server(lambda h, b=body, e=headers: send(h, b, **e)) as (port, _),  # type: ignore[misc]
            client(port) as line,
            peak_memory() as peak,
        ):
            told = line.call(CALL)
        assert "larger" in told.flaw
        assert peak.bytes < 64 * MIB  # 11 MiB of it is the server's own, in this process


def test_a_packed_answer_is_read() -> None:
    packed = gzip.compress(b'{"success":true}')
    with (
        server(lambda h: send(h, packed, content_encoding="gzip")) as (port, _),
        client(port) as line,
    ):
        assert line.call(CALL).envelope == {"success": True}
    with (
        server(lambda h: send(h, packed[:-9], content_encoding="gzip")) as (port, _),
        client(port) as line,
    ):
        assert line.call(CALL).flaw


def test_nobody_there_and_hung_up_are_told_apart() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with client(port) as line, pytest.raises(NeverLeft):
        line.call(CALL)

    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    with server(hang_up) as (port, seen), client(port) as line, pytest.raises(NoAnswer):
        line.call(CALL)
    assert len(seen.requests) == 1


def test_the_servers_clock_comes_from_its_answers() -> None:
    clock = FakeClock()
    network = Network(create=answer({}, date=NOW), put=answer(raw=b"", date=None))
    call = Call("x", Role.API, "POST", "/web_api/sns/v2/note", needs=lambda _: True, json={})
    with HttpClient(
        rehearsal_hosts(1), SESSION, sign, spacing=0, transport=network, clock=clock
    ) as line:
        assert line.server_now() is None
        line.call(call)
        clock.seconds += 30
        put(line, "http://127.0.0.1:1/f", b"")
        assert line.server_now() == NOW + timedelta(seconds=30)


def test_calls_keep_their_distance_and_uploads_need_none() -> None:
    clock = FakeClock()
    network = Network(create=answer({}), put=answer(raw=b""))
    call = Call("x", Role.API, "POST", "/web_api/sns/v2/note", needs=lambda _: True, json={})
    with HttpClient(
        rehearsal_hosts(1),
        SESSION,
        sign,
        spacing=1,
        transport=network,
        clock=clock,
    ) as line:
        line.call(call)
        put(line, "http://127.0.0.1:1/f", b"")
        assert clock.slept == []
        line.call(call)
    assert len(clock.slept) == 1
    assert 1 <= clock.slept[0] <= 1.5


# --- publishing over a line that breaks -----------------------------------------------------


def prepared_against(port: int, root: Path) -> tuple[RedNote, Any]:
    network = Network(permit=permit(), put=answer(raw=b""))
    with rednote(network, root) as offline:
        made = offline.prepare(note(media=(picture(root),)), FakeMemory(), lambda _: None)
    return rednote(None, root, hosts=rehearsal_hosts(port)), made


def test_a_create_whose_answer_is_lost_is_sent_once_and_unclear(tmp_path: Path) -> None:
    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    with server(hang_up) as (port, seen):
        site, made = prepared_against(port, tmp_path)
        with site:
            assert isinstance(site.publish(made), Unclear)
    assert len(seen.requests) == 1


def test_a_create_to_nobody_did_not_leave(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    site, made = prepared_against(port, tmp_path)
    with site:
        assert isinstance(site.publish(made), NotSent)


def test_create_does_not_use_a_line_that_lay_open(tmp_path: Path) -> None:
    lines: set[Any] = set()

    def reply(handler: BaseHTTPRequestHandler) -> None:
        lines.add(handler.client_address)
        send(
            handler,
            b'{"success":true,"data":{"topic_info_dtos":[],"id":"' + NOTE_ID.encode() + b'"}}',
        )

    with server(reply) as (port, seen):
        site, made = prepared_against(port, tmp_path)
        with site:
            site._topics.find(["a", "b"])
            assert len(lines) == 1
            site.publish(made)
    assert len(lines) == 2
    assert len(seen.requests) == 3


@pytest.mark.parametrize(
    ("error", "raised", "said"),
    [
        (httpx.RemoteProtocolError("x"), NoAnswer, "the connection was cut"),
        (httpx.ReadError("x"), NoAnswer, "the connection was cut"),
        (httpx.ConnectError("x"), NeverLeft, "no connection"),
    ],
)
def test_a_broken_line_is_told_in_plain_words(
    error: Exception, raised: type[Exception], said: str
) -> None:
    def broken(_: httpx.Request) -> httpx.Response:
        raise error

    client = HttpClient(rehearsal_hosts(1), SESSION, sign, transport=httpx.MockTransport(broken))
    with client, pytest.raises(raised) as caught:
        client.upload("PUT", "http://127.0.0.1:1/x", "token")
    assert str(caught.value) == said


# --- large files ----------------------------------------------------------------------------


@pytest.mark.parametrize("part_bytes", [5 * MIB, 48 * MIB])
def test_a_large_file_is_never_held_whole_nor_is_a_part(tmp_path: Path, part_bytes: int) -> None:
    path = tmp_path / "large.bin"
    block = bytes(range(256)) * 4096
    with path.open("wb") as file:
        for _ in range(64):
            file.write(block)
    with path.open("rb") as file:
        expected = hashlib.file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    assert size == 64 * MIB
    large = NoteMedia("large.bin", MediaKind.VIDEO, expected, size, 1080, 1920, 9.0)
    made = note(kind=Kind.VIDEO, media=(large,), cover=cover(tmp_path))
    with server(_permit_or_take) as (port, seen):
        _Permits.port = port
        with (
            rednote(None, tmp_path, hosts=rehearsal_hosts(port), part_bytes=part_bytes) as site,
            peak_memory() as peak,
        ):
            site.prepare(made, FakeMemory(), lambda _: None)
    sent = [int(h["content-length"]) for m, path, h, _ in seen.requests if "partNumber" in path]
    assert (sent[0], sum(sent)) == (part_bytes, size)
    assert peak.bytes < 8 * MIB


class _Permits:
    port = 0


def _permit_or_take(handler: BaseHTTPRequestHandler) -> None:
    if handler.command == "PUT":
        send(handler, etag='"e1"')
        return
    if handler.command == "POST":
        begun = handler.path.endswith("?uploads")
        send(handler, b"<R><UploadId>u</UploadId></R>" if begun else b"")
        return
    offer = permit(uploadAddr=f"127.0.0.1:{_Permits.port}/@upload")
    assert isinstance(offer.stream, httpx.ByteStream)
    send(handler, b"".join(offer.stream))


@pytest.mark.parametrize("trouble", ["reset", "stall", "half an answer"])
def test_a_part_that_met_trouble_on_the_line_goes_out_again_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    monkeypatch.setattr("crossover.destinations.api.http.client.TIMEOUTS", httpx.Timeout(0.5))
    monkeypatch.setattr("crossover.runtime.retry.Backoff.wait", lambda *_: 0.01)
    data = bytes(range(256)) * 1200
    made = note(kind=Kind.VIDEO, media=(clip(tmp_path, data=data),), cover=cover(tmp_path))
    hit = False

    def reply(handler: BaseHTTPRequestHandler) -> None:
        nonlocal hit
        if hit or "partNumber=2" not in handler.path:
            _permit_or_take(handler)
            return
        hit = True
        handler.close_connection = True
        match trouble:
            case "reset":
                linger = struct.pack("ii", 1, 0)
                handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            case "stall":
                time.sleep(1)
            case _:
                handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Le")

    with server(reply) as (port, seen):
        _Permits.port = port
        with rednote(None, tmp_path, hosts=rehearsal_hosts(port), part_bytes=100_000) as site:
            site.prepare(made, FakeMemory(), lambda _: None)
    sent = [path.partition("partNumber=")[2][:1] for _, path, *_ in seen.requests]
    assert [number for number in sent if number] == ["1", "2", "2", "3", "4"]


def test_a_slow_line_does_not_time_out_while_bytes_flow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crossover.destinations.api.http.client.TIMEOUTS", httpx.Timeout(0.4))

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("content-length", "8")
        handler.end_headers()
        for _ in range(8):
            time.sleep(0.1)
            handler.wfile.write(b" ")
            handler.wfile.flush()

    with server(drip) as (port, _), client(port) as line:
        assert line.call(CALL).body == b" " * 8

    with (
        server(lambda _: time.sleep(0.8)) as (port, _),
        client(port) as line,
        pytest.raises(NoAnswer),
    ):
        line.call(CALL)


# --- secrets --------------------------------------------------------------------------------

SECRETS = (COOKIE, SIGNATURE, TOKEN, FILE_ID)


def test_no_secret_is_in_a_repr_an_error_or_a_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore.http11", "httpcore.connection"):
        caplog.set_level(logging.DEBUG, logger=name)
    said: list[str] = []

    def reply(handler: BaseHTTPRequestHandler) -> None:
        if handler.command == "GET":
            _permit_or_take(handler)
        elif handler.command == "PUT":
            send(handler, status=500)
        else:
            send(handler, b"<html>", set_cookie=f"web_session={COOKIE}")

    memory = FakeMemory()
    with server(reply) as (port, seen):
        _Permits.port = port
        with rednote(None, tmp_path, hosts=rehearsal_hosts(port)) as site:
            for made in (note(media=(picture(tmp_path),)), note(topics=("sea",))):
                with pytest.raises(RetryLater) as caught:
                    site.prepare(made, memory, lambda _: None)
                said += ["".join(traceback.format_exception(caught.value)), caught.value.next]
            said += [repr(site), repr(SESSION), str(SESSION), repr(vars(site))]
    network = Network(permit=permit(), put=answer(raw=b""))
    with rednote(network, tmp_path) as site:
        prepared = site.prepare(note(media=(picture(tmp_path),)), memory, lambda _: None)
        said += [repr(prepared), repr(prepared.payload), repr(memory.files)]
    assert [command for command, *_ in seen.requests].count("PUT") == 4
    assert any("POST /web_api" in record.message for record in caplog.records)
    assert not any(record.name.startswith(("httpx", "httpcore")) for record in caplog.records)
    everything = "\n".join([*said, caplog.text])
    for secret in SECRETS:
        assert secret not in everything


@pytest.mark.parametrize(
    "value", [f"{COOKIE}\r\nx: y", f"{COOKIE}\n", f"{COOKIE}; x=y", f"{COOKIE}é"]
)
def test_a_cookie_that_cannot_be_sent_is_refused_unquoted(value: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        Session({"a1": value})
    assert COOKIE not in "".join(traceback.format_exception(caught.value))


def test_a_session_cannot_be_written_down() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(SESSION)


@pytest.mark.parametrize(
    "headers",
    [
        {"x-s": f"{SIGNATURE}\r\ny: z"},
        {f"x {SIGNATURE}": "1"},
        {"Cookie": SIGNATURE},
        {"Host": "evil.test"},
        {"x-s": 7},
        None,
    ],
)
def test_headers_that_no_signer_may_give_are_not_sent_and_not_quoted(headers: Any) -> None:
    network = Network(topics=answer({"topic_info_dtos": []}))
    with (
        rednote(network, signer=lambda *_: headers) as site,
        pytest.raises(CrossoverError) as caught,
    ):
        site.prepare(note(topics=("sea",)), FakeMemory(), lambda _: None)
    assert network.requests == []
    assert SIGNATURE not in "".join(traceback.format_exception(caught.value))


def test_what_a_failing_signer_says_is_not_repeated() -> None:
    def leak(method: str, path: str, body: bytes, cookies: Any) -> dict[str, str]:
        raise ValueError(f"bad cookies {dict(cookies)}")

    with (
        rednote(Network(topics=answer({})), signer=leak) as site,
        pytest.raises(RetryLater) as caught,
    ):
        site.prepare(note(topics=("sea",)), FakeMemory(), lambda _: None)
    assert COOKIE not in "".join(traceback.format_exception(caught.value))
