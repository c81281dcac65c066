"""What keeps a promise cannot be taken out unnoticed: for each line below, a test that fails
without it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Mutation:
    """`test` fails once `before`, which stands once in `file`, is `after`."""

    promise: str
    file: str
    before: str
    after: str
    test: str


_REMOVING = (
    "    for name in sorted(imported_names(before.posts) - imported_names(posts)):\n"
    "        removal.remove(workspace.root / name)\n"
)

MUTATIONS = (
    Mutation(
        "a refusal of a second attempt is not believed",
        "crossover/transfer/send.py",
        "if entry and entry.attempt - self._left_nothing(entry) > 1:",
        "if False:",
        "tests/transfer/test_run.py::test_a_no_to_a_second_attempt_is_looked_up_first",
    ),
    Mutation(
        "a line of the log stays one line",
        "crossover/cli/log.py",
        "return unbroken(super().formatMessage(record))",
        "return super().formatMessage(record)",
        "tests/cli/test_one_line.py::test_a_line_of_the_log_is_one_line_and_a_traceback_begins_none",
    ),
    Mutation(
        "a traceback in the log begins no line",
        "crossover/cli/log.py",
        'return indent(super().formatException(ei), "    ")',
        "return super().formatException(ei)",
        "tests/cli/test_one_line.py::test_a_line_of_the_log_is_one_line_and_a_traceback_begins_none",
    ),
    Mutation(
        "nothing in the log steers a terminal",
        "crossover/cli/log.py",
        "return safe(super().format(own))",
        "return super().format(own)",
        "tests/cli/test_one_line.py::test_a_line_of_the_log_is_one_line_and_a_traceback_begins_none",
    ),
    Mutation(
        "a file goes only once no posts.json names it",
        "crossover/library/keep.py",
        f"    write_library(workspace.posts, library)\n{_REMOVING}",
        f"{_REMOVING}    write_library(workspace.posts, library)\n",
        "tests/library/test_update.py::test_an_add_that_cannot_save_the_posts_leaves_every_file_that_they_name",
    ),
    Mutation(
        "a document outlives a power cut",
        "crossover/storage/atomic.py",
        "        if lasting:\n            sync_folder(path.parent)\n",
        "",
        "tests/test_power_cut.py",
    ),
    Mutation(
        "an original in the workspace outlives a power cut",
        "crossover/library/importing.py",
        "        sync_folder(target.parent)\n",
        "",
        "tests/test_power_cut.py",
    ),
    Mutation(
        "a copy of an original is whole after a power cut",
        "crossover/library/importing.py",
        "        os.fsync(file.fileno())\n",
        "        pass\n",
        "tests/test_power_cut.py",
    ),
    Mutation(
        "a fetched file outlives a power cut",
        "crossover/media/download/partial_file.py",
        "            sync_folder(final.parent)\n",
        "",
        "tests/test_power_cut.py",
    ),
    Mutation(
        "a new ledger outlives a power cut",
        "crossover/accounts/ledger/database.py",
        "    sync_folder(path.parent)\n",
        "",
        "tests/test_power_cut.py",
    ),
    Mutation(
        "what the stand-in received is whole after a power cut",
        "crossover/rehearsal/store/disk.py",
        "        os.fsync(file.fileno())\n",
        "        pass\n",
        "tests/test_power_cut.py",
    ),
    Mutation(
        "what the stand-in received outlives a power cut",
        "crossover/rehearsal/store/disk.py",
        "            os.fsync(folder)\n",
        "            pass\n",
        "tests/test_power_cut.py",
    ),
    Mutation(
        "what the stand-in answered is in its store after a power cut",
        "crossover/rehearsal/store/store.py",
        "PRAGMA synchronous=FULL",
        "PRAGMA synchronous=OFF",
        "tests/rehearsal/test_store.py::test_every_commit_is_written_through",
    ),
    Mutation(
        "the folder of an account is for its owner alone",
        "crossover/storage/atomic.py",
        "folder.mkdir(mode=0o700, exist_ok=True)",
        "folder.mkdir(exist_ok=True)",
        "tests/storage/test_storage.py::test_a_new_folder_is_for_its_owner_alone_and_lasts",
    ),
    Mutation(
        "a new folder outlives a power cut",
        "crossover/storage/atomic.py",
        "    sync_folder(folder.parent)\n",
        "",
        "tests/storage/test_storage.py::test_a_new_folder_is_for_its_owner_alone_and_lasts",
    ),
    Mutation(
        "a file without another copy is not removed",
        "crossover/library/removal.py",
        "found.st_nlink > 1",
        "found.st_nlink > 0",
        "tests/library/test_removal.py::test_a_replaced_file_that_may_be_the_only_copy_is_laid_aside_and_the_screen_says_where",
    ),
    Mutation(
        "only what posts.json named is removed",
        "crossover/library/keep.py",
        "imported_names(before.posts) - imported_names(posts)",
        '{f"media/{p.name}" for p in workspace.media.glob("*-*.*")} - imported_names(posts)',
        "tests/library/test_removal.py::test_files_that_the_creator_put_into_the_folder_stay_whatever_they_are_called",
    ),
    Mutation(
        "a document is for its owner alone",
        "crossover/storage/atomic.py",
        "            0o600,\n",
        "            0o644,\n",
        "tests/storage/test_modes.py::test_a_document_written_anew",
    ),
    Mutation(
        "what a command makes is for its owner alone",
        "crossover/cli/main.py",
        "    os.umask(0o077)",
        "    os.umask(0o022)",
        "tests/road/test_demo.py::test_whatever_crossover_writes_is_for_its_owner_alone_and_nothing_else_is_touched",
    ),
    Mutation(
        "an account at risk ends a command with 6",
        "crossover/errors.py",
        "    exit_code = 6\n",
        "    exit_code = 1\n",
        "tests/road/test_manners.py::test_a_warning_sign_of_the_site_ends_the_upload_with_6_and_nothing_more_is_sent",
    ),
    Mutation(
        "a plan goes nowhere but where it is for",
        "crossover/plan/current.py",
        "    check_planned_for(plan, target)\n",
        "",
        "tests/transfer/test_batch.py::test_a_plan_for_another_destination_is_not_sent",
    ),
    Mutation(
        "files in a ZIP share no bytes",
        "crossover/exports/archive/unzip.py",
        "if file.tell() + entry.compress_size > ends_before:",
        "if False:",
        "tests/exports/test_bundle.py::test_a_file_that_shares_the_bytes_of_another_is_refused_though_the_directory_hides_it",
    ),
    Mutation(
        "a run sweeps nothing under another lock",
        "crossover/storage/atomic.py",
        'anything = f"{_TEMP_MARK}*"',
        'anything = f"**/{_TEMP_MARK}*"',
        "tests/storage/test_storage.py::test_what_is_half_made_under_another_lock_stays",
    ),
)
each = pytest.mark.parametrize("one", MUTATIONS, ids=lambda one: one.promise.replace(" ", "-"))


@each
def test_each_line_and_each_test_is_still_there(one: Mutation) -> None:
    assert (ROOT / one.file).read_text("utf-8").count(one.before) == 1
    file, _, name = one.test.partition("::")
    assert f"def {name}(" in (ROOT / file).read_text("utf-8") or not name


@pytest.mark.complete
@each
def test_each_is_noticed(one: Mutation, tmp_path: Path) -> None:
    for name in ("crossover", "tests", "sample_exports", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert run(one.test, tmp_path).returncode == 0
    path = tmp_path / one.file
    path.write_text(path.read_text("utf-8").replace(one.before, one.after), "utf-8")
    ended = run(one.test, tmp_path)
    assert ended.returncode == 1, f"not noticed:\n{ended.stdout}"


def run(test: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `test` on the package in `folder`, also in the processes that it starts. It is no worker of
    this run: it would take what another one made for all of them."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTEST_XDIST")
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-x", test],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
