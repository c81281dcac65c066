"""The default tests pass on any day and in any time zone: they are run once more in some."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.programs import program

ROOT = Path(__file__).parents[1]
DAYS: dict[str, tuple[str, Callable[[datetime], datetime]]] = {
    "in-400-days": ("Pacific/Auckland", lambda now: now + timedelta(days=400)),
    "200-days-ago": ("America/St_Johns", lambda now: now - timedelta(days=200)),
    "29-february": ("UTC", lambda _: datetime(2028, 2, 29, 12, tzinfo=UTC)),
    # Two minutes before 2 a.m., when it becomes 1 a.m. once more.
    "clock-set-back": ("America/St_Johns", lambda _: datetime(2027, 11, 7, 4, 28, tzinfo=UTC)),
}
"""The zone, and the time at which the tests begin."""

TIMELESS = ("mapping", "media/containers", "media/decoder", "media/fit", "media/likeness")
"""Rooms that read no clock, so that their tests are not run again."""
LEFT_OUT = (
    *(f"--ignore=tests/{room}" for room in TIMELESS),
    # They try the same rooms with many files.
    "--ignore=tests/media/test_bad_files.py",
    "--ignore=tests/media/test_kills.py",
    "--ignore=tests/media/test_media_table.py",
    "--ignore=tests/bench",  # how long something takes
    "--ignore=tests/test_gate.py",  # what the code is like
    "--ignore=tests/test_layers.py",
    # Chromium hangs under libfaketime, or does not begin to play.
    "--deselect=tests/preview/test_in_browser.py",
    "--deselect=tests/preview/test_questions_in_browser.py",
    "--deselect=tests/preview/test_editing_in_browser.py",
    "--deselect=tests/preview/test_unsaved_in_browser.py",
    "--deselect=tests/road/test_pages_in_browser.py",
    "--deselect=tests/road/test_studio_terminal_in_browser.py",
    "--deselect=tests/preview/server/test_other_page.py",
    "--deselect=tests/media/test_playing.py",
    "--ignore=tests/rehearsal/studio",
    "--deselect=tests/destinations/kit/test_page_in_browser.py",
    "--deselect=tests/destinations/studio/test_window.py",
    "--deselect=tests/guide/doctor/test_studio.py",
    "--deselect=tests/destinations/studio/test_signed_in.py",
    "--deselect=tests/cli/test_login.py",
    "--deselect=tests/road/test_real_studio.py",
    "--deselect=tests/destinations/studio/test_any_text_in_browser.py",
    "--deselect=tests/destinations/studio/test_changed_page_in_browser.py",
    "--deselect=tests/destinations/studio/test_filling_in_browser.py",
    "--deselect=tests/preview/test_report_page.py::test_a_real_browser_runs_nothing_of_hostile_words",
    "--ignore=tests/test_studio_world.py",
    "--ignore=tests/transfer/studio",
    # Its memory, shared by all processes, takes the place of a closed stream and is written over.
    "--deselect=tests/cli/test_streams.py",
)

HALVES = (("tests/road",), ("tests", "--ignore=tests/road"))
"""Run at the same time: each takes as long as the other."""

SLEEP = """
import select
import time

def sleep(seconds):
    select.select([], [], [], seconds)

time.sleep = sleep
"""
"""libfaketime 0.9.10 takes the offset from a time that is not faked, so that `clock_nanosleep` and
with it `time.sleep` fails where the monotonic clock is left alone. Faked, it would make every wait
with a timeout endless: `sem_clockwait` is not faked."""


def test_what_is_left_out_reads_no_clock() -> None:
    clocks = re.compile(r"\bnow\(|\btoday\(|\btime\.(time|localtime|gmtime|strftime)\b")
    for room in TIMELESS:
        for path in (ROOT / "crossover" / room).rglob("*.py"):
            found = clocks.search(path.read_text("utf-8"))
            assert found is None, f"{path} has {found and found[0]}"


@pytest.mark.complete
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("day", DAYS)
def test_the_default_tests_pass(day: str, tmp_path: Path, figure: Callable[[str], None]) -> None:
    zone, moment = DAYS[day]
    now = datetime.now(UTC)
    offset = round((moment(now) - now).total_seconds())
    (tmp_path / "sitecustomize.py").write_text(SLEEP)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}

    def run(half: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                *(program("faketime"), "-m", "--exclude-monotonic", "-f", f"{offset:+}s"),
                *(sys.executable, "-m", "pytest", "-n", "0", *half, *LEFT_OUT),
                f"--basetemp={tmp_path / half[0].replace('/', '-')}",
            ],
            cwd=ROOT,
            env=kept | {"TZ": zone, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=1400,
            check=False,
        )

    with ThreadPoolExecutor() as pool:
        halves = list(pool.map(run, HALVES))
    failed = [done.stdout[-50_000:] + done.stderr for done in halves if done.returncode]
    assert not failed, "\n\n".join(failed)
    for done in halves:
        figure(done.stdout.rstrip().rpartition("\n")[2])
