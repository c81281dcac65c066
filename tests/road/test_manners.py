"""How the command behaves: refusals, stops, rubbish, help."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.road.conftest import DEMO, Crossover, Migrated

COMMANDS = ("migrate", "inspect", "add", "plan", "preview", "upload", "status", "rehearsal")


def first_event(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["event"] == "uploading"


def test_a_second_run_is_refused_and_names_the_first(
    crossover: Crossover, planned: Path, slow: Path
) -> None:
    first = crossover.start("upload", "-w", planned, "--faults", slow, "--json")
    try:
        first_event(first)
        second = crossover("upload", "-w", planned)
        assert second.returncode == 9
        assert f"`crossover upload`, process {first.pid}" in second.stderr
    finally:
        first.kill()
        first.communicate(timeout=20)


def test_a_second_workspace_on_the_same_account_is_refused_too(
    crossover: Crossover, planned: Path, slow: Path, tmp_path: Path
) -> None:
    account = tmp_path / "account"
    first = crossover.start(
        "upload", "-w", planned, "--rehearsal", account, "--faults", slow, "--json"
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
    assert len(held) == 1


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
        "print(sorted({'httpx','PIL','av','jinja2','starlette','uvicorn'} & set(sys.modules)))"
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
