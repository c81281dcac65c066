"""`crossover doctor` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.transfer.resolve.world import World


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "data"))
    return World(tmp_path)


def test_it_works_without_a_workspace_and_counts_its_checks(run: Run) -> None:
    code, said = run("doctor")
    assert code == 0
    assert said.startswith("This computer ")
    assert " checks: " in said


def test_what_is_to_be_mended_ends_with_3(run: Run, world: World) -> None:
    assert run("doctor", "-w", world.workspace.root)[0] == 0
    world.workspace.posts.write_text('{"format": "crossover/posts", "version": 2, "posts": [')
    code, said = run("doctor", "-w", world.workspace.root)
    assert (code, "fail" in said, "to mend" in said) == (3, True, True)


def test_programs_get_one_document(
    run: Run, world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from crossover.cli.main import run_app

    monkeypatch.setattr(
        "sys.argv", ["crossover", "doctor", "--json", "-w", str(world.workspace.root)]
    )
    assert run_app() == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] + told["warn"] + told["fail"] == len(told["checks"])
    assert set(told["checks"][0]) == {"check", "verdict", "subject", "said", "fix", "names"}


def test_a_bundle_is_written_once_and_named(run: Run, world: World, tmp_path: Path) -> None:
    file = tmp_path / "report.zip"
    code, said = run("doctor", "-w", world.workspace.root, "--bundle", file)
    assert (code, file.exists(), "Look into it before you send it." in said) == (0, True, True)
    assert run("doctor", "--bundle", file)[0] == 2


def test_a_folder_that_is_no_workspace_is_refused(run: Run, tmp_path: Path) -> None:
    code, said = run("doctor", "-w", tmp_path / "nowhere")
    assert (code, "is no workspace" in said) == (2, True)
