"""How the command behaves: refusals, stops, rubbish, help."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from filelock import FileLock

from crossover.cli import main, practice
from crossover.cli.interrupts import stop_signals
from crossover.cli.practice import running_rehearsal
from crossover.cli.sending import Sent
from crossover.cli.status import current_status, next_command
from crossover.cli.upload import show_end
from crossover.errors import (
    AccountAtRisk,
    Busy,
    CrossoverError,
    Interrupted,
    LedgerError,
    LoginNeeded,
    RetryLater,
    WrongAccount,
)
from crossover.files import write_document
from crossover.library import Library
from crossover.model import Post, State
from crossover.workspace import Workspace
from tests.road.conftest import DEMO, Crossover, Migrated

COMMANDS = (
    "migrate",
    "inspect",
    "add",
    "fetch",
    "captions",
    "plan",
    "preview",
    "sheet",
    "upload",
    "status",
    "rehearsal",
)


def first_event(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["event"] == "uploading"


def test_a_second_run_is_refused_and_names_the_first(
    crossover: Crossover, planned: Path, stuck: Path
) -> None:
    first = crossover.start("upload", "-w", planned, "--faults", stuck, "--json")
    try:
        first_event(first)
        second = crossover("upload", "-w", planned)
        assert second.returncode == 9
        assert f"`crossover upload`, process {first.pid}" in second.stderr
    finally:
        first.kill()
        first.communicate(timeout=20)


def test_a_second_workspace_waits_for_the_account_and_then_knows_what_the_first_posted(
    crossover: Crossover, planned: Path, stuck: Path, tmp_path: Path
) -> None:
    account = tmp_path / "account"
    first = crossover.start(
        "upload", "-w", planned, "--rehearsal", account, "--faults", stuck, "--json"
    )
    try:
        first_event(first)
        other = tmp_path / "other"
        assert crossover("migrate", DEMO, "-w", other, "--yes", "--batch", 1).returncode == 0
        second = crossover("upload", "-w", other, "--rehearsal", account)
        assert second.returncode == 9
        assert f"process {first.pid}" in second.stderr
    finally:
        first.kill()
        first.communicate(timeout=20)
    shared = ("--rehearsal", account)
    assert crossover("upload", "-w", planned, *shared, "--batch", 3).returncode == 0
    known = crossover.json("status", "-w", other, *shared, "--json")
    assert (known["posted"], known["ready"]) == (3, 22)
    assert crossover("upload", "-w", other, *shared).returncode == 0
    held = crossover.json("rehearsal", "notes", "--data", account, "--json")
    assert len(held) == 26, "what the first posted was not posted again"


@pytest.mark.skipif(os.name == "nt", reason="signals of a console differ there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_once_it_saves_and_the_same_command_goes_on(
    crossover: Crossover, planned: Path, slow: Path, number: signal.Signals
) -> None:
    process = crossover.start("upload", "-w", planned, "--faults", slow, "--json")
    first_event(process)
    process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "The same command goes on" in said
    assert "Traceback" not in said
    status = crossover.json("status", "-w", planned, "--json")
    assert status["started"] == 0
    assert crossover("upload", "-w", planned).returncode == 0
    assert len(crossover.json("rehearsal", "notes", "-w", planned, "--json")) == 26


@pytest.mark.skipif(os.name == "nt", reason="signals of a console differ there")
def test_asked_twice_it_stops_at_once_and_nothing_is_lost(
    crossover: Crossover, planned: Path, tmp_path: Path
) -> None:
    faults = tmp_path / "faults.yaml"
    faults.write_text("faults:\n  - {call: put, fault: slow, seconds: 20}\n")
    process = crossover.start("upload", "-w", planned, "--faults", faults, "--json")
    first_event(process)
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    while "Stopping" not in process.stderr.readline():
        pass
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=15)
    assert process.returncode == 130
    assert crossover("upload", "-w", planned).returncode == 0
    assert len(crossover.json("rehearsal", "notes", "-w", planned, "--json")) == 26


def test_what_was_changed_since_the_plan_is_not_sent(crossover: Crossover, planned: Path) -> None:
    rules = planned / "crossover.yaml"
    rules.write_text(rules.read_text("utf-8").replace("max: 10", "max: 3"))
    done = crossover("upload", "-w", planned)
    assert done.returncode == 7
    assert "crossover plan" in done.stderr


def test_a_plan_changed_by_hand_is_not_sent(crossover: Crossover, planned: Path) -> None:
    plan = planned / "plan.json"
    plan.write_text(plan.read_text("utf-8").replace("First kiln", "Second kiln"))
    assert crossover("upload", "-w", planned).returncode == 7


def test_a_file_changed_since_the_plan_holds_back_its_note_alone(
    crossover: Crossover, planned: Path
) -> None:
    plan = json.loads((planned / "plan.json").read_text("utf-8"))
    victim = next(note for note in plan["notes"] if note["action"] == "move")
    path = planned / victim["media"][0]["path"]
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    done = crossover("upload", "-w", planned, "--batch", 2)
    assert done.returncode == 3
    held = crossover.json("rehearsal", "notes", "-w", planned, "--json")
    assert victim["title"] not in [note["title"] for note in held]
    assert len(held) == 2


def test_an_export_of_somebody_else_is_refused(
    crossover: Crossover, planned: Path, tmp_path: Path
) -> None:
    other = tmp_path / "user_data_tiktok.json"
    other.write_text(
        (DEMO / "user_data_tiktok.json").read_text("utf-8").replace("mara.makes", "someone")
    )
    before = (planned / "posts.json").read_bytes()
    done = crossover("add", other, "-w", planned)
    assert done.returncode == 2
    assert "@someone" in done.stderr
    assert (planned / "posts.json").read_bytes() == before


@pytest.mark.parametrize("command", ["inspect", "add", "migrate"])
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("missing.zip", None, 2),
        ("page.zip", b"<!doctype html><title>Log in</title>", 8),
        ("empty.zip", b"", 8),
        ("noise.zip", b"\x00\x01\x02" * 99, 8),
        ("cut.zip", b"PK\x03\x04" + b"\0" * 40, 8),
        ("user_data_tiktok.json", b'{"Post":{"Posts":{"VideoList":[{"Date":"2024-0', 8),
        ("deep.json", b'{"Post":' + b"[" * 100_000, 8),
        ("words.txt", b"hello", 8),
        ("folder", b"", 8),
        ("folder", b"hello", 8),
    ],
)
def test_rubbish_gets_one_clear_sentence(
    crossover: Crossover, tmp_path: Path, command: str, name: str, content: bytes | None, code: int
) -> None:
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
        if content:
            (path / "letter.txt").write_bytes(content)
    elif content is not None:
        path.write_bytes(content)
    workspace = [] if command == "inspect" else ["-w", tmp_path / "workspace"]
    done = crossover(command, path, *workspace, *(["--yes"] if command == "migrate" else []))
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("Error: ")
    assert 2 <= len(done.stderr.strip().splitlines()) <= 4
    assert not (tmp_path / "workspace").exists()


def test_without_a_terminal_nobody_is_asked(crossover: Crossover, tmp_path: Path) -> None:
    done = crossover("migrate", DEMO, "-w", tmp_path / "workspace")
    assert done.returncode == 2
    assert "--yes" in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(crossover: Crossover, command: str) -> None:
    done = crossover(command, "--help")
    assert done.returncode == 0
    assert f"Usage: python -m crossover {command}" in done.stdout.replace("crossover.__main__", "")
    assert len(done.stdout.splitlines()) > 6


def test_help_lists_the_commands_and_the_exit_codes(crossover: Crossover) -> None:
    done = crossover("--help")
    assert all(f"\n  {command} " in done.stdout for command in COMMANDS)
    assert "130 interrupted" in done.stdout


def test_bare_it_says_where_you_are_and_the_one_next_command(
    crossover: Crossover, migrated: Migrated, planned: Path, tmp_path: Path
) -> None:
    assert "crossover migrate EXPORT" in crossover().stderr
    downloads = crossover.home / "Downloads"
    downloads.mkdir()
    try:
        (downloads / "TikTok_Data_1788645548.zip").write_bytes(b"")
        assert "TikTok_Data_1788645548.zip" in crossover().stderr
    finally:
        (downloads / "TikTok_Data_1788645548.zip").unlink()
        downloads.rmdir()
    assert "Next:  crossover upload" in crossover("-w", planned).stderr
    done = crossover("-w", migrated.root).stderr
    assert "@mara.makes" in done
    assert "25  practised" in done


def test_light_commands_load_no_heavy_library(migrated: Migrated) -> None:
    code = (
        "import sys\nfrom crossover.cli.app import app\n"
        "try: app(sys.argv[1:])\nexcept SystemExit: pass\n"
        "print(sorted({'httpx','httpcore','PIL','av','jinja2','starlette','uvicorn','yt_dlp'} & set(sys.modules)))"
    )
    for arguments in (["--version"], ["--help"], ["status", "-w", str(migrated.root)]):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert done.stdout.strip().endswith("[]"), (arguments, done.stdout)


# --- in this process: quick, and the screen as it was ---------------------------------------


class Ended(NamedTuple):
    """An exit code, and what was said."""

    code: int
    out: str
    said: str


Run = Callable[..., Ended]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Run]:
    """The command in this process, with an empty home folder."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.delenv("CROSSOVER_WORKSPACE", raising=False)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    former = {number: signal.getsignal(number) for number in stop_signals()}

    def one(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["crossover", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
        assert isinstance(caught.value.code, int)
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return Ended(caught.value.code, told.out, told.err)

    yield one
    for number, handler in former.items():
        signal.signal(number, handler)


def workspaces(tmp_path: Path, *names: str) -> list[Path]:
    """Workspaces with one post each, whose account is the folder's name."""
    roots = [tmp_path / name for name in names]
    for root in roots:
        Workspace(root).prepare()
        post = Post("2025-01-01T00:00:00Z", datetime(2025, 1, 1, tzinfo=UTC), None, number=1)
        library = Library(handle=root.name, posts=(post,))
        write_document(root / "posts.json", "posts", 1, library)
    return roots


def test_the_nearest_flag_names_the_workspace_then_the_one_before_then_the_environment(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    near, far, around = workspaces(tmp_path, "near", "far", "around")
    monkeypatch.setenv("CROSSOVER_WORKSPACE", str(around))
    run("-w", far, "plan", "-w", near)
    assert (near / "plan.json").exists()
    assert not (far / "plan.json").exists()
    run("-w", far, "plan")
    assert (far / "plan.json").exists()
    assert not (around / "plan.json").exists()
    run("plan")
    assert (around / "plan.json").exists()


def test_the_next_command_leads_to_the_same_place(run: Run, tmp_path: Path) -> None:
    (root,) = workspaces(tmp_path, "mine")
    assert f"crossover plan -w {root}" in run("-w", root).said
    account = tmp_path / "account"
    said = run("plan", "-w", root, "--rehearsal", account).said
    assert f"crossover upload -w {root} --rehearsal {account}" in said.replace("\n", " ")
    said = run("-w", root).said
    assert "1 post waits for you: 1 (crossover preview 1" in said.replace("\n", " ")
    assert f"Next:  crossover preview -w {root}" in said
    assert "@mine" in run("status", "-w", root).said


@pytest.mark.parametrize("path", ["", "x" * 300])
@pytest.mark.parametrize("command", [["inspect"], ["add"], ["migrate", "--yes"], ["status", "-w"]])
def test_what_can_be_no_path_is_refused(run: Run, command: list[str], path: str) -> None:
    ended = run(*command, path)
    assert ended.code == 2
    assert "path" in ended.said


def test_a_file_is_no_workspace(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert run("add", DEMO / "user_data_tiktok.json", "-w", file).code == 2


def test_without_a_place_for_the_data_nothing_is_begun(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root,) = workspaces(tmp_path, "mine")
    run("plan", "-w", root)
    with monkeypatch.context() as closed:
        closed.setattr(sys, "stdout", None)
        assert run("upload", "--json", "-w", root).code == 2
    assert not (root / "rehearsal").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_behind_the_data_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root,) = workspaces(tmp_path, "mine")
    run("plan", "-w", root)
    with Path("/dev/full").open("w") as full, monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", full)
        ended = run("status", "--json", "-w", root)
        patched.undo()
        os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())
    assert ended.code == 5
    assert "disk is full" in ended.said


@pytest.mark.parametrize(
    "end", [KeyboardInterrupt(), BrokenPipeError(errno.EPIPE, "gone"), ValueError("odd"), None]
)
def test_every_end_is_one_clear_message(
    run: Run, monkeypatch: pytest.MonkeyPatch, end: BaseException | None
) -> None:
    def ending(*_: object) -> None:
        if end is None:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(5)
        else:
            raise end

    monkeypatch.setattr("crossover.cli.inspect.read_export", ending)
    ended = run("inspect", DEMO)
    if isinstance(end, ValueError):
        assert ended.code == 1
        assert "inspect" in ended.said
        assert ".log" in ended.said
        return
    assert ended.code == 130
    assert ("Stopped at once. Nothing is lost." in ended.said) is not isinstance(end, OSError)


def test_a_bug_outside_of_every_run_is_one_line_and_a_log(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("crossover.cli.app.where_am_i", lambda *_: 1 / 0)
    ended = run()
    assert ended.code == 1
    assert "ZeroDivisionError" in ended.said
    assert ".log" in ended.said


@pytest.mark.parametrize(
    ("end", "state"),
    [
        (Interrupted("x"), "stopped"),
        (KeyboardInterrupt(), "stopped"),
        (RetryLater("x"), "retry"),
        (AccountAtRisk("x"), "held"),
        (LoginNeeded("x"), "login"),
        (LedgerError("x"), "failed"),
        (Busy("x"), "failed"),
        (ValueError("x"), "failed"),
    ],
)
def test_the_sums_come_last_for_programs_however_it_ends(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: BaseException, state: str
) -> None:
    (root,) = workspaces(tmp_path, "mine")
    run("plan", "-w", root)

    def ending(*_: object, **__: object) -> None:
        raise end

    monkeypatch.setattr("crossover.cli.sending.send", ending)
    ended = run("upload", "--json", "-w", root)
    assert ended.code == getattr(end, "exit_code", 130 if state == "stopped" else 1)
    (line,) = (json.loads(line) for line in ended.out.splitlines())
    assert (line["event"], line["state"], line["found"], line["hold"]) == ("sums", state, 1, 1)


def test_what_ended_a_run_is_told_also_where_no_sums_can_be(run: Run, tmp_path: Path) -> None:
    (root,) = workspaces(tmp_path, "mine")
    run("plan", "-w", root)
    (root / "plan.json").write_text("{")
    ended = run("upload", "--json", "-w", root)
    (line,) = (json.loads(line) for line in ended.out.splitlines())
    assert (line["event"], line["state"], line["found"]) == ("sums", "failed", None)
    assert "plan.json" in ended.said.replace("\n", "")


def test_what_is_not_settled_leads_to_the_same_place_and_to_something_that_helps(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root,) = workspaces(tmp_path, "mine")
    run("plan", "-w", root)
    account = tmp_path / "account"
    where = current_status(Workspace(root), account)
    (note,) = where.notes
    unclear = replace(
        where, hold=0, unknown=1, notes=(replace(note, state=State.UNKNOWN, reason="x"),)
    )
    assert next_command(unclear, root, account) == f"crossover preview 1 -w {root}"
    show_end(Sent(unclear, 1, root), root, account)
    said = " ".join(capsys.readouterr().err.split())
    flags = f"-w {root} --rehearsal {account}"
    assert said.count(f"`crossover status {flags}` says why") == 2
    assert f"`crossover upload {flags}`" in said
    assert "1 post unclear: 1." in said
    assert "resolve" not in said
    show_end(Sent(replace(unclear, unknown=0, failed=1), 0, root), root, account)
    assert f"`crossover status {flags}` says why" in " ".join(capsys.readouterr().err.split())


def test_add_names_the_export_and_counts_only_what_is_new(run: Run, tmp_path: Path) -> None:
    first = run("add", DEMO, "-w", tmp_path / "w").said.replace("\n", " ")
    assert "Export: user_data_tiktok.json" in first
    assert re.search(r"files for [1-9]", first)
    again = run("add", DEMO, "-w", tmp_path / "w").said.replace("\n", " ")
    assert "0 new posts" in again
    assert "files for 0" in again


def test_help_names_arguments_plainly_and_cuts_no_summary(run: Run) -> None:
    for command in COMMANDS:
        said = run(command, "--help").out
        assert not re.search(r"[<{]|\[default: 0\]", said), said
    assert not re.search(r"\.\.\.$|…", run("--help").out.partition("Commands:")[2], re.MULTILINE)


def test_the_stand_in_runs_no_code_of_the_folder_it_is_called_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "argparse.py").write_text("print('not ours')")
    (tmp_path / "crossover").mkdir()
    monkeypatch.chdir(tmp_path)
    with running_rehearsal(tmp_path / "account") as server:
        assert server.port


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("print('{')", CrossoverError),
        ("print('not ours')", CrossoverError),
        ("raise SystemExit(5)", RetryLater),
    ],
)
def test_a_stand_in_that_does_not_start_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, error: type[CrossoverError]
) -> None:
    monkeypatch.setattr(practice, "rehearsal_command", lambda *_: [sys.executable, "-c", code])
    with pytest.raises(error), running_rehearsal(tmp_path):
        pass


def test_in_practice_nobody_is_sent_to_the_phone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = 'import sys; print(\'{"port":1,"profile":"p.html"}\', flush=True); sys.stdin.read()'
    monkeypatch.setattr(practice, "rehearsal_command", lambda *_: [sys.executable, "-c", ready])
    with pytest.raises(AccountAtRisk) as caught, running_rehearsal(tmp_path):
        raise AccountAtRisk("RedNote refused 2 notes.", next="Look at it on your phone.")
    assert caught.value.message == "The practice account refused 2 notes."
    assert "phone" not in caught.value.next
    for error in (LoginNeeded, WrongAccount):
        with pytest.raises(error) as told, running_rehearsal(tmp_path):
            raise error("RedNote says that you are signed out.", next="Sign in again.")
        assert "Sign in" not in told.value.next
        assert "ractice" in told.value.next
    gone = ready.partition(" sys.stdin")[0]
    monkeypatch.setattr(practice, "rehearsal_command", lambda *_: [sys.executable, "-c", gone])
    monkeypatch.setattr(subprocess.Popen, "poll", lambda self: self.wait(10))
    with pytest.raises(RetryLater, match="practice account stopped"), running_rehearsal(tmp_path):
        raise RetryLater("RedNote did not answer.")


@pytest.mark.skipif(os.name == "nt", reason="signals of a console differ there")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_served_stand_in_ends_with_its_command(
    crossover: Crossover, tmp_path: Path, number: signal.Signals
) -> None:
    served = crossover.start("rehearsal", "serve", "--data", tmp_path)
    assert served.stderr is not None
    assert "Practice account" in served.stderr.readline()
    served.send_signal(number)
    served.communicate(timeout=20)  # the child holds these pipes too
    with FileLock(tmp_path / "server.lock", timeout=10):
        pass
