"""Faults of the line at a real socket, and how the server ends with them."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from crossover.rehearsal.store.store import read_notes

from .makers import JPEG, MP4, RunningServer, photos, running_server


def faults(folder: Path, *entries: str) -> Path:
    path = folder / "faults.yaml"
    path.write_text("faults:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries), "utf-8")
    return path


def put_raw(server: RunningServer, size: int = 1000) -> socket.socket:
    """A connection over which a file was announced and sent."""
    permit = server.practice.permit()
    port = server.ready["port"]
    head = (
        f"PUT /@upload/{permit['fileIds'][0]} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"X-Cos-Security-Token: {permit['token']}\r\nContent-Length: {size}\r\n\r\n"
    )
    wire = socket.create_connection(("127.0.0.1", port), timeout=10)
    wire.sendall(head.encode() + b"\xff" * size)
    return wire


@pytest.mark.parametrize("fault", ["reset-before", "reset-inside, bytes: 10", "reset-after"])
def test_a_reset_is_one(folder: Path, tmp_path: Path, fault: str) -> None:
    script = faults(tmp_path, f"call: put, fault: {fault}, at: 1")
    with running_server(folder, "--faults", script) as server:
        with put_raw(server) as wire, pytest.raises(ConnectionResetError):
            wire.recv(1)
        assert server.practice.file(JPEG)


def test_a_reset_inside_a_large_body_comes_before_its_end(folder: Path, tmp_path: Path) -> None:
    script = faults(tmp_path, "call: put, fault: reset-inside, bytes: 1000000, at: 1")
    with running_server(folder, "--faults", script) as server:
        permit = server.practice.permit("video")
        with pytest.raises(httpx.TransportError):
            server.practice.put(permit, MP4 * 200_000)
        assert 1_000_000 <= server.practice.state()["bytes"]["received"] < 2_000_000
        assert server.practice.put(permit, MP4).status_code == 200


def test_half_an_answer_is_cut(folder: Path, tmp_path: Path) -> None:
    script = faults(
        tmp_path,
        "call: create, fault: half-answer, at: 1",
        "call: put, fault: half-answer, at: 2",
    )
    with running_server(folder, "--faults", script) as server:
        with pytest.raises(httpx.RemoteProtocolError, match="complete message body"):
            server.practice.create(photos(server.practice.file()))
        assert server.practice.state()["notes"] == 1
        with put_raw(server) as wire:
            said = b""
            while piece := wire.recv(4096):
                said += piece
        assert said.startswith(b"HTTP/1.1 200")
        assert said.endswith(b"\r\n\r\n")


@pytest.mark.complete
@pytest.mark.parametrize(
    "fault", ["stall", pytest.param("stall, bytes: 0", marks=pytest.mark.complete)]
)
def test_a_stalled_call_is_never_answered_and_ends_with_the_server(
    folder: Path, tmp_path: Path, fault: str
) -> None:
    script = faults(tmp_path, f"call: put, fault: {fault}")
    with running_server(folder, "--faults", script) as server:
        with put_raw(server, 5_000_000 if fault == "stall" else 1000) as wire:
            wire.settimeout(0.5)
            with pytest.raises(TimeoutError):
                wire.recv(1)
            began = time.monotonic()
            assert server.end() == 0
            assert time.monotonic() - began < 15
            wire.settimeout(5)
            with suppress(ConnectionResetError):
                assert wire.recv(1) == b""
        assert server.process.stderr is not None
        assert server.process.stderr.read() == b""


def test_a_stall_ends_when_the_caller_leaves(folder: Path, tmp_path: Path) -> None:
    script = faults(tmp_path, "call: put, fault: stall, at: 1")
    with running_server(folder, "--faults", script) as server:
        put_raw(server).close()
        time.sleep(0.3)
        began = time.monotonic()
        assert server.end() == 0
        assert time.monotonic() - began < 2


def test_what_is_late_comes_by_itself_or_when_the_server_stops(
    folder: Path, tmp_path: Path
) -> None:
    script = faults(
        tmp_path,
        "call: create, fault: did-it-late, seconds: 3600, at: 1",
        "call: create, fault: did-it-late, seconds: 1, at: 2",
    )
    with running_server(folder, "--faults", script) as server:
        for title in ("At the end", "Soon"):
            with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
                server.practice.create(photos(server.practice.file(), title=title))
        assert read_notes(folder) == []
        deadline = time.monotonic() + 20
        while not (there := read_notes(folder)):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert [note.title for note in there] == ["Soon"]
        assert server.end() == 0
    assert [note.title for note in read_notes(folder)] == ["Soon", "At the end"]


def test_a_huge_body_is_streamed(folder: Path, tmp_path: Path) -> None:
    script = faults(tmp_path, "call: topics, fault: huge-body")
    with (
        running_server(folder, "--faults", script) as server,
        server.practice.http.stream(
            "POST", "/@api/web_api/sns/v1/search/topic", headers={"x-s": "s", "x-t": "t"}
        ) as answer,
    ):
        assert sum(map(len, answer.iter_bytes())) > 100_000_000
