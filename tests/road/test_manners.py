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
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from filelock import FileLock

from crossover.accounts.ledger.open import read_entries
from crossover.cli.view.next_step import Flags
from crossover.cli.view.practice import errors_in_practice
from crossover.cli.view.uploads import show_end
from crossover.destinations import practice
from crossover.destinations.api.destination import RedNote
from crossover.destinations.open import Target
from crossover.destinations.practice import running_rehearsal
from crossover.errors import (
    AccountAtRisk,
    Busy,
    CrossoverError,
    Interrupted,
    LedgerError,
    LoginNeeded,
    RetryLater,
    UsageProblem,
    WrongAccount,
)
from crossover.library.posts_file import Library
from crossover.model.account import SiteName
from crossover.model.notes import Note, State
from crossover.model.posts import Post
from crossover.model.results import PublishResult, Refused
from crossover.plan.target import TargetChoice, choose_target
from crossover.storage.documents import write_document
from crossover.transfer import connect
from crossover.transfer.batch import Sent
from crossover.transfer.report.status import current_status
from crossover.workspace import Workspace
from tests.fakes import FakeSite
from tests.preview.pages import read_notes
from tests.road.conftest import DEMO, FEW, Crossover, Migrated, Run, Typed, copied, kept

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
    crossover: Crossover, typed: Typed, few: Path, stuck: Path
) -> None:
    first = crossover.start("upload", "-w", few, "--faults", stuck, "--json")
    try:
        first_event(first)
        second = typed("upload", "-w", few)
        assert second.returncode == 9
        assert f"`crossover upload`, process {first.pid}" in second.stderr
    finally:
        first.kill()
        first.communicate(timeout=20)


def test_a_second_workspace_waits_for_the_account_and_then_knows_what_the_first_posted(
    crossover: Crossover, typed: Typed, few: Path, stuck: Path, tmp_path: Path
) -> None:
    account, other = tmp_path / "account", copied(few, tmp_path / "other")
    first = crossover.start(
        "upload", "-w", few, "--rehearsal", account, "--faults", stuck, "--json"
    )
    try:
        first_event(first)
        second = typed("upload", "-w", other, "--rehearsal", account)
        assert second.returncode == 9
        assert f"process {first.pid}" in second.stderr
    finally:
        first.kill()
        first.communicate(timeout=20)
    shared = ("--rehearsal", account)
    assert typed("upload", "-w", few, *shared, "--batch", 3).returncode == 0
    known = typed.json("status", "-w", other, *shared, "--json")
    assert (known["posted"], known["ready"]) == (3, FEW - 3)
    assert typed("upload", "-w", other, *shared).returncode == 0
    assert len(kept(account)) == FEW, "what the first posted was not posted again"


def test_a_warning_sign_of_the_site_ends_the_upload_with_6_and_nothing_more_is_sent(
    run: Run, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def warn_at_the_second(_: Note) -> PublishResult | None:
        return Refused("a captcha", "captcha", stop=True) if site.notes else None

    site = FakeSite(answer=warn_at_the_second)
    server = SimpleNamespace(port=1)
    monkeypatch.setattr(connect, "running_rehearsal", lambda *_, **__: nullcontext(server))
    monkeypatch.setattr(RedNote, "rehearsal", lambda **_: nullcontext(site))
    ended = run("upload", "-w", few)
    assert ended.code == 6
    assert "warning sign" in ended.said
    assert len(site.prepared) == 2


def test_the_page_is_not_written_while_another_run_holds_the_workspace(run: Run, few: Path) -> None:
    with Workspace(few).hold("crossover plan"):
        (few / "preview.html").unlink()
        before = sorted(few.iterdir())
        assert run("preview", "-w", few, "--read-only").code == 9
        assert run("preview", "1", "-w", few).code == 0
        assert sorted(few.iterdir()) == before
    assert run("preview", "-w", few, "--read-only").code == 0


def test_a_page_says_what_became_known_since_it_was_made(run: Run, few: Path) -> None:
    page = few / "preview.html"
    before = page.read_text("utf-8")
    assert "plain_topics" not in read_notes(page)["3"]
    assert run("upload", "-w", few).code == 0
    assert read_notes(page)["3"]["plain_topics"] == ["homebarista"]
    page.write_text(before, "utf-8")  # as if the run had ended before it wrote the page
    with Workspace(few).hold("crossover upload"):
        ended = run("preview", "-w", few, "--read-only")
        assert (ended.code, ended.said, page.read_text("utf-8")) == (0, "", before)
    ended = run("preview", "-w", few, "--read-only")
    assert (ended.code, ended.said) == (0, "")
    assert read_notes(page)["3"]["plain_topics"] == ["homebarista"]
    (few / "rehearsal" / "ledger.sqlite").unlink()  # the plan can be looked at without it
    assert run("preview", "-w", few, "--read-only").code == 0
    assert run("preview", "3", "-w", few).code == 0


def test_programs_read_of_plain_topics_in_each_step_and_in_the_sums(run: Run, few: Path) -> None:
    events = [json.loads(line) for line in run("upload", "-w", few, "--json").out.splitlines()]
    posted = {e["number"]: e["plain_topics"] for e in events if e.get("state") == "posted"}
    assert (posted["1"], posted["3"]) == ([], ["homebarista"])
    assert events[-1]["plain_topics"] == sum(map(len, posted.values())) > 3


def test_a_page_of_another_plan_is_made_anew_and_that_is_said(run: Run, few: Path) -> None:
    page = few / "preview.html"
    former = page.read_text("utf-8")
    rules = few / "crossover.yaml"
    rules.write_text(rules.read_text("utf-8").replace("max: 10", "max: 0"))
    assert run("plan", "-w", few).code == 0
    right = read_notes(page)
    page.write_text(former, "utf-8")  # as if the run had ended before it wrote the page
    assert "The page was not of this plan" in run("preview", "-w", few, "--read-only").said
    assert read_notes(page) == right
    with Workspace(few).hold("crossover upload"):
        ended = run("preview", "-w", few, "--read-only")
    assert (ended.code, ended.said) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="signals of a console differ there")
def test_asked_to_stop_once_it_saves_and_the_same_command_goes_on(
    crossover: Crossover, typed: Typed, few: Path, slow: Path
) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        process = crossover.start("upload", "-w", few, "--faults", slow, "--json")
        first_event(process)
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 130
        assert "The same command goes on" in said
        assert "Traceback" not in said
        states = [
            entry.state for entry in read_entries(few / "rehearsal/ledger.sqlite", None).values()
        ]
        assert State.STARTED not in states
        assert len(states) < FEW, "it ended before it was stopped"
    assert typed("upload", "-w", few).returncode == 0
    assert len(kept(few / "rehearsal")) == FEW


@pytest.mark.complete
@pytest.mark.skipif(os.name == "nt", reason="signals of a console differ there")
def test_asked_twice_it_stops_at_once_and_nothing_is_lost(
    crossover: Crossover, typed: Typed, few: Path, stuck: Path
) -> None:
    process = crossover.start("upload", "-w", few, "--faults", stuck, "--json")
    first_event(process)
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    assert any("Stopping" in line for line in process.stderr)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert typed("upload", "-w", few).returncode == 0
    assert len(kept(few / "rehearsal")) == FEW


def test_what_was_changed_since_the_plan_is_not_sent(run: Run, few: Path) -> None:
    rules = few / "crossover.yaml"
    rules.write_text(rules.read_text("utf-8").replace("max: 10", "max: 3"))
    ended = run("upload", "-w", few)
    assert ended.code == 7
    assert "this changed: rule topics.max (10 before, 3 now)." in ended.said
    assert "crossover plan" in ended.said
    for command in (("status",), ()):
        assert "rule topics.max (10 before, 3 now)" in run(*command, "-w", few).said
    (few / "planned.json").unlink()
    assert "rules or edits changed" in run("upload", "-w", few).said, "without it all is as before"


def test_a_file_on_the_disk_that_changed_is_named_by_its_note(run: Run, few: Path) -> None:
    plan = json.loads((few / "plan.json").read_text("utf-8"))
    victim = next(note for note in plan["notes"] if note["action"] == "move")
    (few / victim["media"][0]["path"]).write_bytes(b"other")
    assert f"files on the disk, of notes ({victim['number']})." in run("status", "-w", few).said


def test_a_plan_changed_by_hand_is_not_sent(run: Run, few: Path) -> None:
    plan = few / "plan.json"
    before = plan.read_text("utf-8")
    assert "First kiln" in before
    plan.write_text(before.replace("First kiln", "Second kiln"), "utf-8")
    assert run("upload", "-w", few).code == 7


def test_a_file_changed_since_the_plan_holds_back_its_note_alone(typed: Typed, few: Path) -> None:
    plan = json.loads((few / "plan.json").read_text("utf-8"))
    victim = next(note for note in plan["notes"] if note["action"] == "move")
    path = few / victim["media"][0]["path"]
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert typed("upload", "-w", few, "--batch", 2).returncode == 3
    held = kept(few / "rehearsal")
    assert victim["title"] not in held
    assert len(held) == 2


def test_an_export_of_somebody_else_is_refused(run: Run, few: Path, tmp_path: Path) -> None:
    other = tmp_path / "user_data_tiktok.json"
    other.write_text(
        (DEMO / "user_data_tiktok.json").read_text("utf-8").replace("mara.makes", "someone")
    )
    before = (few / "posts.json").read_bytes()
    ended = run("add", other, "-w", few)
    assert ended.code == 2
    assert "@someone" in ended.said
    assert (few / "posts.json").read_bytes() == before


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
    run: Run, tmp_path: Path, command: str, name: str, content: bytes | None, code: int
) -> None:
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
        if content:
            (path / "letter.txt").write_bytes(content)
    elif content is not None:
        path.write_bytes(content)
    workspace = [] if command == "inspect" else ["-w", tmp_path / "workspace"]
    ended = run(command, path, *workspace, *(["--yes"] if command == "migrate" else []))
    assert ended.code == code, ended.said
    assert ended.out == ""
    assert ended.said.startswith("Error: ")
    assert 2 <= len(ended.said.strip().splitlines()) <= 4
    assert not (tmp_path / "workspace").exists()


def test_what_would_end_an_interpreter_ends_no_process(
    crossover: Crossover, tmp_path: Path
) -> None:
    path = tmp_path / "deep.json"
    path.write_bytes(b'{"Post":' + b"[" * 100_000)
    done = crossover("inspect", path)
    assert done.returncode == 8, done.stderr
    assert done.stderr.startswith("Error: ")


def test_without_a_terminal_nobody_is_asked(
    crossover: Crossover, few_once: Path, tmp_path: Path
) -> None:
    done = crossover("migrate", few_once.parent / "given", "-w", tmp_path / "workspace")
    assert done.returncode == 2
    assert "--yes" in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(run: Run, command: str) -> None:
    ended = run(command, "--help")
    assert ended.code == 0
    # How the program is called depends on how the tests are.
    usage = next(line for line in ended.out.splitlines() if line.strip())
    assert re.fullmatch(rf"Usage: .+ {command}( .*)?", usage)
    assert len(ended.out.splitlines()) > 6


def test_help_lists_the_commands_and_the_exit_codes(crossover: Crossover) -> None:
    done = crossover("--help")
    assert done.returncode == 0
    assert "Usage: python -m crossover " in done.stdout
    assert all(f"\n  {command} " in done.stdout for command in COMMANDS)
    assert "130 interrupted" in done.stdout


def test_bare_it_says_where_you_are_and_the_one_next_command(
    run: Run, migrated: Migrated, few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "crossover migrate EXPORT" in run().said
    downloads = tmp_path / "home" / "Downloads"
    downloads.mkdir()
    (downloads / "TikTok_Data_1788645548.zip").write_bytes(b"")
    assert "TikTok_Data_1788645548.zip" in run().said
    assert "Next:  crossover upload" in run("-w", few).said
    said = run("-w", migrated.root).said
    assert "@mara.makes" in said
    assert "25  practised" in said


# --- in this process: quick, and the screen as it was ---------------------------------------


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


def test_what_is_printed_leads_to_the_same_place(run: Run, tmp_path: Path) -> None:
    (root,) = workspaces(tmp_path, "mine")
    account = tmp_path / "account"
    said = run("plan", "-w", root, "--rehearsal", account).said
    assert f"Next:  crossover add EXPORT-OR-FOLDER -w {root}" in said, "nothing can be sent"
    said = run("-w", root).said
    assert f"1 post waits for you: 1 (what for: `crossover status -w {root}" in said.replace(
        "\n", " "
    )
    assert f"Next:  crossover add EXPORT-OR-FOLDER -w {root}" in said
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

    monkeypatch.setattr("crossover.cli.commands.inspect.read_export", ending)
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
    monkeypatch.setattr("crossover.cli.commands.home.show_home", lambda *_: 1 / 0)
    ended = run()
    assert ended.code == 1
    assert "ZeroDivisionError" in ended.said
    assert ".log" in ended.said


@pytest.mark.parametrize(
    ("end", "state", "error"),
    [
        (Interrupted("x"), "stopped", "interrupted"),
        (KeyboardInterrupt(), "stopped", "interrupted"),
        (RetryLater("x"), "retry", "retry-later"),
        (AccountAtRisk("x"), "held", "account-at-risk"),
        (LoginNeeded("x"), "login", "login-needed"),
        (LedgerError("x"), "failed", "ledger-unusable"),
        (Busy("x"), "failed", "busy"),
        (ValueError("x"), "failed", "unexpected"),
    ],
)
def test_the_sums_come_last_for_programs_however_it_ends(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    end: BaseException,
    state: str,
    error: str,
) -> None:
    (root,) = workspaces(tmp_path, "mine")
    run("plan", "-w", root)

    def ending(*_: object, **__: object) -> None:
        raise end

    monkeypatch.setattr("crossover.cli.steps.send.send_batch", ending)
    ended = run("upload", "--json", "-w", root)
    assert ended.code == getattr(end, "exit_code", 130 if state == "stopped" else 1)
    (line,) = (json.loads(line) for line in ended.out.splitlines())
    assert (line["event"], line["state"], line["found"], line["hold"]) == ("sums", state, 1, 1)
    assert line["error"] == error


def test_the_log_names_the_error_that_ended_a_run(run: Run, tmp_path: Path) -> None:
    (root,) = workspaces(tmp_path, "mine")
    run("upload", "-w", root)
    (log,) = (root / "logs").glob("*-upload-*")
    assert "ended early: plan-out-of-date: There is no plan yet." in log.read_text("utf-8")


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
    target = choose_target(Workspace(root), TargetChoice("rehearsal", rehearsal=account))
    here = Flags(root, account)
    show_end(Sent(unclear), target, here)
    said = " ".join(capsys.readouterr().err.split())
    flags = f"-w {root} --rehearsal {account}"
    assert f"1 note unclear (1): x. Settle what you know: `crossover resolve 1 {flags}`." in said
    refused = replace(unclear.notes[0], state=State.FAILED)
    show_end(Sent(replace(unclear, unknown=0, failed=1, notes=(refused,))), target, here)
    said = " ".join(capsys.readouterr().err.split())
    assert (
        f"1 note refused (1): x. Change what it says, then try anew: `crossover again 1 {flags}`"
        in said
    )


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
        ("print('{')", RetryLater),
        ("print('not ours')", RetryLater),
        ("raise SystemExit('no such module')", CrossoverError),
        ("import sys; sys.stderr.write('it is full'); raise SystemExit(5)", RetryLater),
        ("import sys; sys.stderr.write('it is held'); raise SystemExit(9)", Busy),
        ("import sys; sys.stderr.write('not yours'); raise SystemExit(2)", UsageProblem),
    ],
)
def test_a_stand_in_that_does_not_start_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, error: type[CrossoverError]
) -> None:
    monkeypatch.setattr(practice, "rehearsal_command", lambda *_: [sys.executable, "-c", code])
    with pytest.raises(CrossoverError) as told, running_rehearsal(tmp_path):
        pass
    assert type(told.value) is error


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that ends a process so")
@pytest.mark.parametrize("said", ["", "waits for another one"])
def test_a_stand_in_killed_before_its_first_line_is_for_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    code = f"import os, sys; print({said!r}, file=sys.stderr, flush=True); os.kill(os.getpid(), 9)"
    monkeypatch.setattr(practice, "rehearsal_command", lambda *_: [sys.executable, "-c", code])
    with pytest.raises(RetryLater, match="ended before it was ready"), running_rehearsal(tmp_path):
        pass


def test_a_fault_script_puts_no_words_into_the_mouth_of_the_stand_in(tmp_path: Path) -> None:
    faults = tmp_path / "faults.yaml"
    faults.write_text('faults:\n  - {"a\\nAll is well": 1, "a\\nAll is well": 2}\n')
    with pytest.raises(UsageProblem) as caught, running_rehearsal(tmp_path / "account", faults):
        pass
    assert caught.value.message.startswith(f"{faults}, line 2")


def test_in_practice_nobody_is_sent_to_the_phone(tmp_path: Path) -> None:
    practice = Target("rehearsal", SiteName.REHEARSAL, tmp_path)
    with pytest.raises(AccountAtRisk) as caught, errors_in_practice(practice):
        raise AccountAtRisk("My RedNote.mov is odd.", next="Look at it on your phone.")
    assert caught.value.message == "My RedNote.mov is odd."
    assert "phone" not in caught.value.next
    for error in (LoginNeeded, WrongAccount):
        with pytest.raises(error) as told, errors_in_practice(practice):
            raise error("You are signed out.", next="Sign in again.")
        assert "Sign in" not in told.value.next
        assert "ractice" in told.value.next


def test_in_the_browser_one_signs_in_to_practise_and_a_real_account_is_left_as_it_is(
    tmp_path: Path,
) -> None:
    real = Target("studio", SiteName.REDNOTE, tmp_path, "mila")
    for target in (replace(real, site=SiteName.REHEARSAL), real):
        with pytest.raises(LoginNeeded) as told, errors_in_practice(target):
            raise LoginNeeded("You are signed out.", next="Sign in again.")
        assert told.value.next == "Sign in again."
    with pytest.raises(AccountAtRisk) as risk, errors_in_practice(real):
        raise AccountAtRisk("It is odd.", next="Look at it on your phone.")
    assert risk.value.next == "Look at it on your phone."


def test_a_stand_in_that_is_gone_in_the_middle_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = 'print(\'{"port":1,"profile":"p.html"}\', flush=True)'
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
