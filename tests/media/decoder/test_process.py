"""The child process: it may crash, hang or be missing, and costs one file at most."""

from __future__ import annotations

import os
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest
from PIL import Image

from crossover.errors import CrossoverError, MissingTool, RetryLater
from crossover.media.decoder import child
from crossover.media.decoder import process as decoder
from crossover.media.decoder.jobs import DatePicture
from crossover.media.decoder.worker import LOADED_FIRST
from crossover.media.fit.fitted import FittedPicture, Unfit
from tests.media.fitting import (
    LIMITS,
    corners,
    film,
    fit_all,
    fit_one,
    fit_picture,
    media,
    reason,
    saved,
)

pytestmark = pytest.mark.usefixtures("own_children")

SPITEFUL = """
import os, sys, time
from crossover.media.decoder import worker
real = worker.answer
def answer(job, tell):
    name = os.path.basename(job.source)
    if name.startswith("crash"):
        open(os.path.join(os.path.dirname(job.target), f".crossover-tmp-{os.getpid()}-half.jpg"), "w").close()
        os.abort()
    if name.startswith("hang"):
        time.sleep(600)
    if name.startswith("noisy"):
        print("a library that prints"); os.write(1, b"and another\\n")
    return real(job, tell)
worker.answer = answer
worker.main()
"""


@pytest.fixture
def spiteful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real child that crashes, hangs or prints when a file's name says so."""
    script = tmp_path / "spiteful.py"
    script.write_text(SPITEFUL)
    monkeypatch.setattr(child, "worker_command", lambda: [sys.executable, "-P", str(script)])


@pytest.mark.usefixtures("spiteful")
def test_a_killed_child_costs_one_file_only(tmp_path: Path) -> None:
    (tmp_path / "ready").mkdir()
    items = [
        media(tmp_path, name, saved(corners(32, 32 + number)))
        for number, name in enumerate(("a.jpg", "crash.jpg", "noisy.jpg"))
    ]
    first, crashed, last = fit_all(tmp_path, items, LIMITS).values()
    assert isinstance(first, FittedPicture)
    assert "crash" in reason(crashed)
    assert isinstance(last, FittedPicture)
    assert not list((tmp_path / "ready").glob(".crossover-tmp-*"))


@pytest.mark.usefixtures("spiteful")
def test_a_child_that_hangs_is_stopped(tmp_path: Path) -> None:
    hang = media(tmp_path, "hang.jpg", saved(corners()))
    good = media(tmp_path, "good.jpg", saved(corners()))
    began = time.monotonic()
    with decoder.Decoder(picture_seconds=1) as running:
        found = running.picture(tmp_path / hang.path, tmp_path, "ready/a.jpg", LIMITS)
        assert "longer than 1 seconds" in reason(found)
        found = running.picture(tmp_path / good.path, tmp_path, "ready/b.jpg", LIMITS)
        assert isinstance(found, FittedPicture)
    assert time.monotonic() - began < 30


def test_a_child_that_cannot_load_its_libraries_is_a_missing_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import sys; sys.modules['PIL'] = None; from crossover.media.decoder.worker import main; main()"
    monkeypatch.setattr(child, "worker_command", lambda: [sys.executable, "-P", "-c", code])
    with pytest.raises(MissingTool, match="Pillow"):
        fit_one(tmp_path, "a.jpg", saved(corners()))


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="POSIX modes")
def test_what_cannot_be_written_is_no_fault_of_the_picture(tmp_path: Path) -> None:
    (tmp_path / "ready").write_text("a file where the folder should be")
    with pytest.raises(CrossoverError):
        fit_one(tmp_path, "a.jpg", saved(corners()))


def test_a_full_disk_ends_the_call_and_says_retry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import errno; from crossover.media.decoder import errors, worker\n"
        "from crossover.media.decoder.pictures import fit_picture\n"
        "def full(*_): raise errors.NotWrittenError(errno.ENOSPC)\n"
        "fit_picture.write_jpeg = full; worker.main()"
    )
    monkeypatch.setattr(child, "worker_command", lambda: [sys.executable, "-P", "-c", code])
    with pytest.raises(RetryLater, match="disk is full"):
        fit_one(tmp_path, "a.jpg", saved(corners()))


@pytest.mark.skipif(os.name == "nt", reason="sessions are POSIX")
def test_the_child_is_in_its_own_session_and_ends_with_the_parent(tmp_path: Path) -> None:
    item = media(tmp_path, "a.jpg", saved(corners()))
    with decoder.Decoder() as running:
        running.picture(tmp_path / item.path, tmp_path, "ready/a.jpg", LIMITS)
        assert running._child is not None
        process = running._child._process
        assert os.getpgid(process.pid) == process.pid  # type: ignore[attr-defined,unused-ignore]
        assert process.stdin is not None
        process.stdin.close()  # as when the parent is killed
        assert process.wait(10) == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_the_child_is_bounded(tmp_path: Path) -> None:
    item = media(tmp_path, "a.jpg", saved(corners()))
    with decoder.Decoder() as running:
        running.picture(tmp_path / item.path, tmp_path, "ready/a.jpg", LIMITS)
        assert running._child is not None
        text = Path(f"/proc/{running._child._process.pid}/limits").read_text()
        environment = Path(f"/proc/{running._child._process.pid}/environ").read_bytes()
    assert b"MALLOC_ARENA_MAX=2" in environment.split(b"\0")
    bounds = {line[:25].strip(): line[25:].split()[0] for line in text.splitlines()}
    assert bounds["Max address space"] == str(4 * 1024**3)
    assert bounds["Max core file size"] == "0"
    assert bounds["Max open files"] == "64"
    assert bounds["Max file size"] == str(512 * 1024**2)
    assert 100 < int(bounds["Max cpu time"]) < 1000


@pytest.mark.complete
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_child_gives_the_frames_of_a_film_back(tmp_path: Path) -> None:
    path = tmp_path / "media/a.mp4"
    film(path, [Image.new("RGB", (1080, 1920), (n * 10, 80, 80)) for n in range(25)])
    pages = []
    with decoder.Decoder() as running:
        for _ in range(6):
            running.video(path, tmp_path, "ready/a.jpg", LIMITS)
            assert running._child is not None
            time.sleep(0.2)  # it gives them back after its answer
            numbers = Path(f"/proc/{running._child._process.pid}/statm").read_text().split()
            pages.append(int(numbers[1]))
    assert (pages[-1] - pages[1]) * os.sysconf("SC_PAGE_SIZE") < 100e6


def test_code_in_the_current_folder_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "PIL").mkdir()
    (tmp_path / "PIL/__init__.py").write_text("open('hacked', 'w').close()")
    (tmp_path / "json.py").write_text("open('hacked', 'w').close()")
    monkeypatch.chdir(tmp_path)
    fit_picture(tmp_path, "a.jpg", saved(corners()))
    assert not (tmp_path / "hacked").exists()


@pytest.mark.skipif(os.name == "nt", reason="there, no size is bounded")
def test_a_result_that_grows_without_end_costs_its_file_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "from crossover.media.decoder import bounds, worker\n"
        "worker.bounds_of = lambda job: bounds.JobBounds(written_bytes=100)\n"
        "worker.main()"
    )
    monkeypatch.setattr(child, "worker_command", lambda: [sys.executable, "-P", "-c", code])
    assert "too large" in reason(fit_one(tmp_path, "a.jpg", saved(corners())))
    assert [path.name for path in (tmp_path / "ready").iterdir()] == []


@pytest.mark.complete
def test_a_child_that_tells_how_far_it_is_has_as_long_as_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import json, sys, time\n"
        "print(json.dumps({'pid': 1}), flush=True)\n"
        "sys.stdin.readline()\n"
        "for n in range(8):\n"
        "    time.sleep(0.2)\n"
        "    print(json.dumps({'progress': n}), flush=True)\n"
        "time.sleep(600)\n"
    )
    monkeypatch.setattr(child, "worker_command", lambda: [sys.executable, "-c", code])
    heard: list[float] = []
    job = DatePicture(str(tmp_path / "a.jpg"), 1)
    with decoder.Decoder() as running:
        found = running._ask(job, 1.0, tell=heard.append)
    assert heard == [0, 1, 2, 3, 4, 5, 6, 7]
    assert isinstance(found, Unfit)
    assert "longer than 1 second" in found.reason


def test_what_the_child_loads_first_are_modules_and_not_rooms_without_code() -> None:
    loaded = [import_module(f"crossover.media.decoder.{name}") for name in LOADED_FIRST]
    assert [module.__name__ for module in loaded if hasattr(module, "__path__")] == []
