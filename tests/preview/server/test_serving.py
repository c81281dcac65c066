"""A server's life: one for each workspace, ended by whoever may, and killed at any moment without harm to
edits.yaml. Real processes."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from crossover.preview.server.running import RunningServer, write_running
from crossover.preview.server.serving import is_hung_up
from crossover.settings.edits import read_edits
from crossover.workspace import Workspace
from tests.preview.served import Served, served, served_by_process
from tests.road.conftest import Crossover
from tests.tier import by_tier

posix = pytest.mark.skipif(os.name == "nt", reason="signals and terminals are of POSIX")
KILLS = by_tier(1, 6)


def ended(page: Served, seconds: float = 60) -> tuple[int, str]:
    """The exit code of a server's process, and what it said to a person."""
    assert page.process
    _, said = page.process.communicate(timeout=seconds)
    return page.process.returncode, said


# --- one for each workspace -----------------------------------------------------------------


def test_a_second_server_says_where_the_first_is(
    crossover: Crossover, page: Served, world: Path
) -> None:
    second = crossover("preview", "-w", world, "--port", "0", "--no-open")
    assert second.returncode == 0
    assert second.stdout.strip() == page.address
    assert page.process
    assert f"process {page.process.pid}" in second.stderr
    assert page.ask("/best").status == 200


@posix
def test_a_stream_that_was_never_there_ends_no_server() -> None:
    reading, writing = os.pipe()
    assert not is_hung_up(reading)
    os.close(writing)
    assert is_hung_up(reading)
    os.close(reading)
    assert not is_hung_up(reading)


def test_its_address_is_for_its_owner_alone(page: Served, world: Path) -> None:
    path = world / "preview-server.json"
    document = json.loads(path.read_text("utf-8"))
    assert (document["format"], document["version"]) == ("crossover/preview-server", 1)
    assert (document["port"], document["token"]) == (page.port, page.key)
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600


def test_no_log_and_no_file_but_that_one_has_the_key(page: Served, world: Path) -> None:
    page.ask("/data")
    page.decide("1", "title", 3)
    keys = (page.key.encode(), page.file_key.encode())
    files = [one for one in world.rglob("*") if one.is_file() and one.stat().st_size < 2**20]
    found = {one.name for one in files if any(key in one.read_bytes() for key in keys)}
    assert found == {"preview-server.json"}


@posix
@pytest.mark.complete
def test_what_a_killed_server_left_is_replaced(crossover: Crossover, few: Path) -> None:
    with served_by_process(crossover, few) as first:
        assert first.process
        frames = first.ask("/frames/1").json["frames"]
        assert (few / "preview-frames").is_dir()
        assert frames
        first.process.kill()
        first.process.wait()
    assert (few / "preview-server.json").exists()
    with served_by_process(crossover, few) as second:
        assert second.key != first.key
        assert second.ask("/data").status == 200
        assert not (few / "preview-frames").exists()


def test_an_address_that_nobody_serves_is_not_taken_for_a_server(few: Path) -> None:
    write_running(RunningServer(1, 1, "old"), few / "preview-server.json")
    with served(few) as page:
        assert json.loads((few / "preview-server.json").read_text("utf-8"))["port"] == page.port
    assert not (few / "preview-server.json").exists()


def test_a_port_that_is_taken_is_said(crossover: Crossover, page: Served, few: Path) -> None:
    done = crossover("preview", "-w", few, "--port", page.port, "--no-open")
    assert done.returncode == 9
    assert f"Port {page.port} is taken" in done.stderr
    assert not (few / "preview-server.json").exists()


def test_a_workspace_that_another_run_holds_is_not_served(crossover: Crossover, few: Path) -> None:
    with Workspace(few).hold("crossover upload"):
        done = crossover("preview", "-w", few, "--port", "0", "--no-open")
    assert done.returncode == 9
    assert "crossover upload" in done.stderr


def test_without_a_plan_there_is_nothing_to_serve(crossover: Crossover, few: Path) -> None:
    (few / "plan.json").unlink()
    done = crossover("preview", "-w", few, "--port", "0", "--no-open")
    assert done.returncode == 7
    assert "crossover plan" in done.stderr


def test_without_a_terminal_the_page_is_a_file(crossover: Crossover, few: Path) -> None:
    (few / "preview.html").unlink()
    done = crossover("preview", "-w", few)
    assert (done.returncode, done.stdout.strip()) == (0, str(few / "preview.html"))
    assert not (few / "preview-server.json").exists()


# --- how it ends ----------------------------------------------------------------------------


@pytest.mark.complete
def test_the_page_can_end_it_and_the_plan_is_made_anew(crossover: Crossover, few: Path) -> None:
    with served_by_process(crossover, few) as page:
        assert page.decide("2", "action", "skip").status == 200
        assert page.ask("/stop", {}).status == 200
        code, said = ended(page)
    assert code == 0
    assert "Done" in said
    assert "5 posts move" in said
    assert "crossover upload" in said
    plan = json.loads((few / "plan.json").read_text("utf-8"))
    assert [note["number"] for note in plan["notes"] if note["action"] == "skip"] == ["2"]
    assert not (few / "preview-server.json").exists()


@pytest.mark.complete
def test_without_a_decision_the_plan_stays(crossover: Crossover, few: Path) -> None:
    before = (few / "plan.json").stat().st_mtime_ns
    with served_by_process(crossover, few) as page:
        page.ask("/data")
        page.ask("/stop", {})
        code, said = ended(page)
    assert (code, "plan" in said) == (0, False)
    assert (few / "plan.json").stat().st_mtime_ns == before
    assert not (few / "edits.yaml").exists()


def _interrupt(page: Served) -> None:
    assert page.process
    page.process.send_signal(signal.SIGINT)


def _close_input(page: Served) -> None:
    assert page.process
    assert page.process.stdin
    page.process.stdin.close()
    page.process.stdin = None


def _signal(name: str) -> Callable[[Served], None]:
    def send(page: Served) -> None:
        assert page.process
        page.process.send_signal(getattr(signal, name))

    return send


@posix
@pytest.mark.complete
@pytest.mark.parametrize(
    ("end", "code"),
    [(_interrupt, 0), (_signal("SIGTERM"), 130), (_signal("SIGHUP"), 130), (_close_input, 130)],
    ids=["ctrl-c", "sigterm", "sighup", "stdin"],
)
def test_it_ends_with_its_terminal_and_what_was_decided_stays(
    crossover: Crossover, few: Path, end: Callable[[Served], None], code: int
) -> None:
    with served_by_process(crossover, few) as page:
        page.decide("1", "title", "Mine")
        end(page)
        was, said = ended(page)
    assert was == code, said
    assert read_edits(few / "edits.yaml").by_note["1"].title == "Mine"
    assert not (few / "preview-server.json").exists()
    assert ("plan is up to date" in said) is (code == 0)


@posix
@pytest.mark.complete
def test_it_ends_when_whoever_started_it_is_killed(crossover: Crossover, few: Path) -> None:
    command = crossover.command("preview", "-w", few, "--port", "0", "--no-open")
    shell = (
        "import subprocess, sys, time\n"
        f"p = subprocess.Popen({command!r}, stdout=subprocess.PIPE, text=True)\n"
        "print(p.pid, p.stdout.readline(), flush=True)\n"
        "time.sleep(600)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", shell],
        env=crossover.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:
        assert parent.stdout
        pid, address = parent.stdout.readline().split()
        assert Served(address).ask("/best").status == 200
        parent.kill()
        await_gone(int(pid))
    assert not (few / "preview-server.json").exists()


def await_gone(pid: int, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while Path(f"/proc/{pid}").exists() and "\tZ" not in _state_of(pid):
        assert time.monotonic() < until, "it goes on"
        time.sleep(0.05)


def _state_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return ""


@posix
@pytest.mark.complete
def test_on_a_terminal_it_serves_and_ends_when_that_goes(crossover: Crossover, few: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        crossover.command("preview", "-w", few, "--no-open"),
        env=crossover.environment | {"TERM": "xterm"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        seen = b""
        while b"Ctrl-C" not in seen:
            seen += os.read(ours, 4096)
        found = re.search(r"http://127\.0\.0\.1:\S+", seen.decode())
        assert found, seen
        page = Served(found[0])
        assert page.decide("1", "title", "Mine").status == 200
        os.close(ours)
        assert process.wait(30) != 0
    assert read_edits(few / "edits.yaml").by_note["1"].title == "Mine"
    assert not (few / "preview-server.json").exists()


def test_it_ends_when_nobody_uses_it_and_an_open_tab_is_no_use(few: Path) -> None:
    with served(few, idle_seconds=0.8) as page:
        began = time.monotonic()
        while is_there(page):
            assert time.monotonic() - began < 20
            time.sleep(0.1)
    assert time.monotonic() - began > 0.6


def is_there(page: Served) -> bool:
    """Whether somebody answers a tab that looks for changes."""
    try:
        return page.ask("/changes?since=0").status == 200
    except OSError:
        return False


# --- killed ---------------------------------------------------------------------------------


@posix
@pytest.mark.complete
def test_killed_in_the_middle_of_a_save_edits_yaml_is_whole(
    crossover: Crossover, few: Path
) -> None:
    chance = random.Random(10)
    saved = ""
    for _ in range(KILLS):
        with served_by_process(crossover, few) as page:
            assert page.process
            answered: list[str] = []
            asked: list[str] = []
            threading.Thread(target=keep_saving, args=(page, asked, answered), daemon=True).start()
            while not answered:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.4))
            page.process.kill()
            page.process.wait()
        title = read_edits(few / "edits.yaml").by_note["1"].title
        saved = answered[-1]
        assert title in (saved, asked[-1]), "the last answered, or the one that was being saved"
        assert read_edits(few / "edits.yaml").by_note["1"].body == "\n".join([str(title)] * 4000)
    with served_by_process(crossover, few) as page:
        assert page.ask("/data").status == 200
    left = [path.name for path in few.iterdir() if path.name.startswith(".crossover-tmp")]
    assert left == []


def keep_saving(page: Served, asked: list[str], answered: list[str]) -> None:
    """Save titles, each with a long text of the same words, until the server is gone."""
    try:
        for number in range(100_000):
            title = f"Title {number}"
            asked.append(title)
            changes = [
                {"number": "1", "field": "title", "value": title, "before": None},
                {"number": "1", "field": "body", "value": "\n".join([title] * 4000)},
            ]
            answer = page.ask("/edits", {"changes": changes, "force": True})
            if answer.status == 200:
                answered.append(title)
    except OSError:
        return
