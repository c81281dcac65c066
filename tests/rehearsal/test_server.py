"""The server as a process of its own: how it starts, what survives, how it ends."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request

from crossover.rehearsal.__main__ import main
from crossover.rehearsal.server.inspection import ErrorLog
from crossover.rehearsal.server.listener import open_listener
from crossover.rehearsal.store.store import StoreProblem

from .makers import (
    COOKIES,
    JPEG,
    LIST,
    MP4,
    Practice,
    photos,
    run_rehearsal,
    running_server,
    start_server,
    video,
)


def notes(folder: Path) -> list[dict[str, object]]:
    listed = run_rehearsal("notes", "--data", folder, "--json")
    assert (listed.returncode, listed.stderr) == (0, b"")
    found: list[dict[str, object]] = json.loads(listed.stdout)
    return found


def faults(folder: Path, text: str) -> Path:
    path = folder / "faults.yaml"
    path.write_text(text, "utf-8")
    return path


def test_it_ends_with_its_parent_and_comes_back_on_the_same_port(folder: Path) -> None:
    with running_server(folder) as first:
        assert first.ready["pid"] == first.process.pid
        assert first.ready["data"] == str(folder.resolve())
        assert Path(first.ready["profile"]).is_file()
        assert first.practice.create(photos(first.practice.file()))["success"]
        date = first.practice.http.get(LIST, headers=COOKIES).headers["date"]
        assert date.endswith("GMT")
        began = time.monotonic()
        assert first.end() == 0
        assert time.monotonic() - began < 15
        assert first.process.stdout is not None
        assert first.process.stderr is not None
        assert first.process.stdout.read() == b""  # the ready line was the only one
        assert first.process.stderr.read() == b""
    kept = json.loads((folder / "server.json").read_text("utf-8"))
    port = first.ready["port"]
    assert kept == {"format": "crossover-rehearsal/server", "version": 1, "port": port}
    with running_server(folder) as second:
        assert second.ready["port"] == port
        assert second.practice.state()["notes"] == 1


def test_the_profile_page_keeps_the_name_it_was_given(folder: Path) -> None:
    pages = []
    for arguments in ((), ("--name=Mara <b> 陶",), ()):
        with running_server(folder, *arguments) as server:
            server.practice.create(photos(server.practice.file()))
            pages.append(Path(server.ready["profile"]).read_text("utf-8"))
    assert "<h1>Practice account</h1>" in pages[0]
    for page in pages[1:]:
        assert "<h1>Mara &lt;b&gt; 陶</h1>" in page


def test_an_answered_call_is_finished_before_it_leaves(folder: Path, tmp_path: Path) -> None:
    script = faults(tmp_path, "faults:\n  - {call: create, fault: slow, seconds: 0.6}\n")
    with running_server(folder, "--faults", script) as server:
        payload = photos(server.practice.file())
        assert server.process.stdin is not None
        gone = threading.Timer(0.2, server.process.stdin.close)
        gone.start()
        assert server.practice.create(payload)["success"]
        gone.join()
        assert server.process.wait(10) == 0
    assert len(notes(folder)) == 1


def test_killed_it_loses_nothing_it_acknowledged(folder: Path) -> None:
    with running_server(folder) as server:
        note = server.practice.create(photos(server.practice.file()))["data"]["id"]
        server.process.kill()
        server.process.wait(10)
    (folder / ".rehearsal-left.tmp").write_text("half")
    (folder / "media" / ".rehearsal-left.tmp").write_text("half")
    assert [entry["id"] for entry in notes(folder)] == [note]
    with running_server(folder) as server:
        assert server.practice.state()["notes"] == 1
        assert list(folder.rglob(".rehearsal-*")) == []


def test_a_port_taken_by_another_program_is_left_to_it(folder: Path) -> None:
    with running_server(folder) as server:
        assert server.end() == 0
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", server.ready["port"]))
        other.listen()
        asked = run_rehearsal("serve", "--data", folder, "--port", str(server.ready["port"]))
        assert asked.returncode == 9
        assert b"taken" in asked.stderr
        with running_server(folder) as again:
            assert again.ready["port"] != server.ready["port"]
            assert again.practice.state()["notes"] == 0
            kept = json.loads((folder / "server.json").read_text("utf-8"))
            assert kept["port"] == again.ready["port"]


def test_a_second_server_on_one_folder_is_refused(folder: Path) -> None:
    with running_server(folder) as first:
        began = time.monotonic()
        second = run_rehearsal("serve", "--data", folder)
        assert f"process {first.process.pid}, since 20".encode() in second.stderr
        assert time.monotonic() - began < 10
        assert second.returncode == 9
        assert second.stdout == b""
        error, next_step = second.stderr.splitlines()
        assert error.startswith(b"Error: Another rehearsal is running on ")
        assert b"Ctrl-C" in next_step


@pytest.mark.parametrize("port", ["1e999", "-1", '"x"', "null", "99999"])
def test_a_kept_port_that_is_none_is_no_harm(folder: Path, port: str) -> None:
    folder.mkdir()
    path = folder / "server.json"
    path.write_text(f'{{"format":"crossover-rehearsal/server","version":1,"port":{port}}}')
    listener = open_listener(folder, None)
    taken = listener.getsockname()[1]
    listener.close()
    assert json.loads(path.read_text("utf-8"))["port"] == taken


def test_a_full_disk_at_the_start_has_a_code_of_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL

    for reason in (OSError(28, "No space left on device"), full):

        def fails(*_: object, reason: Exception = reason, **__: object) -> None:
            raise StoreProblem("it cannot be used") from reason

        monkeypatch.setattr("crossover.rehearsal.server.server.serve", fails)
        assert main(["serve", "--data", str(folder)]) == 5


def test_a_disk_that_fills_up_meanwhile_is_said_and_not_logged(folder: Path) -> None:
    answer = asyncio.run(ErrorLog(folder)(Request({"type": "http"}), OSError(28, "No space left")))
    assert answer.status_code == 507
    assert b"full" in answer.body
    assert not folder.exists()


def test_an_embedded_server_waits_for_the_one_before_it(folder: Path) -> None:
    with running_server(folder) as first, start_server(folder) as second:
        try:
            assert second.stderr is not None
            assert b"another rehearsal is still running" in second.stderr.readline()
            time.sleep(0.5)
            assert second.poll() is None
            assert first.end() == 0
            assert second.stdout is not None
            assert json.loads(second.stdout.readline())["port"] == first.ready["port"]
        finally:
            second.kill()


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_ends_a_served_one_quietly_and_an_embedded_one_not_at_all(folder: Path) -> None:
    with running_server(folder) as server:
        server.process.send_signal(signal.SIGINT)
        time.sleep(0.4)
        assert server.practice.state()["notes"] == 0
        assert server.end() == 0
    with subprocess.Popen(
        [sys.executable, "-m", "crossover.rehearsal", "serve", "--data", str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as served:
        try:
            assert served.stderr is not None
            assert str(server.ready["port"]).encode() in served.stderr.readline()
            served.send_signal(signal.SIGINT)
            out, err = served.communicate(timeout=20)
        finally:
            served.kill()
    assert served.returncode == 0
    assert out == b""
    assert b"Traceback" not in err


def test_stored_then_dropped_stores_and_never_answers(folder: Path, tmp_path: Path) -> None:
    script = faults(tmp_path, "faults:\n  - {call: create, fault: stored-then-dropped, at: 2}\n")
    with running_server(folder, "--faults", script) as server:
        practice = server.practice
        assert practice.create(photos(practice.file(), title="one"))["success"]
        second = photos(practice.file(), title="two")
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            practice.create(second)
        assert [note["title"] for note in notes(folder)] == ["one", "two"]
        assert practice.create(photos(practice.file(), title="three"))["success"]
        assert practice.state()["faults"] == {"stored-then-dropped": 1}
        assert server.end() == 0
        assert server.process.stderr is not None
        assert server.process.stderr.read() == b""


def test_a_dropped_put_has_kept_the_file(folder: Path, tmp_path: Path) -> None:
    script = faults(tmp_path, "faults:\n  - {call: put, fault: stored-then-dropped}\n")
    with running_server(folder, "--faults", script) as server:
        permit = server.practice.permit("video")
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)):
            server.practice.put(permit, MP4 * 10_000)
        assert server.practice.state()["bytes"]["stored"] == len(MP4) * 10_000


def test_a_slow_call_waits(folder: Path, tmp_path: Path) -> None:
    script = faults(tmp_path, "faults:\n  - {call: list, fault: slow, seconds: 0.5}\n")
    with running_server(folder, "--faults", script) as server:
        began = time.monotonic()
        assert server.practice.http.get(LIST, headers=COOKIES).json()["success"]
        assert time.monotonic() - began >= 0.5


def test_a_cut_upload_leaves_nothing(folder: Path) -> None:
    with running_server(folder) as server:
        permit = server.practice.permit("image")
        head = (
            f"PUT /@upload/{permit['fileIds'][0]} HTTP/1.1\r\nHost: 127.0.0.1:{server.ready['port']}\r\n"
            f"X-Cos-Security-Token: {permit['token']}\r\nContent-Length: 100000\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", server.ready["port"])) as wire:
            wire.sendall(head.encode() + JPEG)
        deadline = time.monotonic() + 20
        while server.practice.state()["bytes"]["received"] < len(JPEG) or any(
            (folder / "media").iterdir()
        ):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert server.practice.state()["bytes"] == {"received": len(JPEG), "stored": 0}
        assert server.practice.put(permit, JPEG).status_code == 200


def test_other_hosts_and_leaked_cookies_are_refused_on_the_wire(folder: Path) -> None:
    with running_server(folder) as server:
        foreign = {"Host": f"evil.example:{server.ready['port']}"}
        assert server.practice.http.get("/", headers=foreign).status_code == 403
        permit = server.practice.permit()
        assert server.practice.put(permit, JPEG, **COOKIES).status_code == 403
        assert server.practice.state()["leaks"] == 1


def test_keep_media_keeps_videos(folder: Path) -> None:
    with running_server(folder, "--keep-media") as server:
        server.practice.file(MP4, "video")
        (kept,) = (folder / "media").iterdir()
        assert kept.suffix == ".mp4"
        assert kept.read_bytes() == MP4


def test_notes_are_listed_in_order_while_the_server_runs(folder: Path) -> None:
    assert notes(folder) == []
    assert not folder.exists()
    with running_server(folder) as server:
        assert notes(folder) == []
        fill(server.practice)
        during = notes(folder)
        server.end()
    assert during == notes(folder)
    assert [note["type"] for note in during] == ["normal", "video"]
    text = run_rehearsal("notes", "--data", folder).stdout.decode()
    assert "2 notes" in text
    assert "\x1b" not in text


def fill(practice: Practice) -> None:
    assert practice.create(photos(practice.file(), title="\x1b[2J"))["success"]
    assert practice.create(video(practice.file(MP4, "video"), practice.file(JPEG)))["success"]


def test_a_bad_fault_script_ends_with_2_and_says_where(folder: Path, tmp_path: Path) -> None:
    script = faults(tmp_path, "faults:\n  - {call: nothing, fault: slow}\n")
    ended = run_rehearsal("serve", "--data", folder, "--faults", script)
    assert ended.returncode == 2
    assert b"line 2 (fault 1)" in ended.stderr
    assert not folder.exists()


def test_a_broken_store_is_said_and_not_replaced(folder: Path) -> None:
    folder.mkdir()
    store = folder / "store.sqlite3"
    store.write_bytes(b"not a database, " * 100)
    before = store.read_bytes()
    for command in ("serve", "notes"):
        ended = run_rehearsal(command, "--data", folder)
        assert ended.returncode == 1
        assert len(ended.stderr.splitlines()) == 1
    assert store.read_bytes() == before


def test_it_imports_nothing_of_the_rest_of_the_project() -> None:
    code = """
import sys, crossover.rehearsal.__main__, crossover.rehearsal.server.server
print(*(name for name in sys.modules if name.startswith("crossover.")))
"""
    listed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, timeout=60
    )
    names = listed.stdout.decode().split()
    assert names
    assert all(name.startswith("crossover.rehearsal") for name in names)


def test_cookies_at_the_upload_host_can_be_let_pass_but_are_remembered(folder: Path) -> None:
    with running_server(folder, "--allow-upload-cookies") as server:
        permit = server.practice.permit()
        assert server.practice.put(permit, JPEG, **COOKIES).status_code == 200
        assert server.practice.state()["leaks"] == 1
