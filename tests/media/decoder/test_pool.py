"""Several children: as many as there is room for, and none of them decides what comes out."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from itertools import count
from pathlib import Path

import pytest

from crossover.errors import Interrupted
from crossover.media.decoder import child
from crossover.media.decoder.pool import CHILD_BYTES, DecoderPool, count_workers
from crossover.media.decoder.process import Decoder
from crossover.media.fit.fitted import FittedPicture, Unfit
from tests.media.fitting import LIMITS, corners, media, reason, saved

pytestmark = pytest.mark.usefixtures("own_children")

SLOW = """
import os, sys, time
from crossover.media.decoder import worker
real = worker.answer
def answer(job, tell):
    name = os.path.basename(job.source)
    if name.startswith("slow"):
        time.sleep(0.5)
    if name.startswith("hang"):
        time.sleep(600)
    if name.startswith("crash"):
        os.abort()
    return real(job, tell)
worker.answer = answer
worker.main()
"""


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Real children that take their time, hang or crash when a file's name says so."""
    script = tmp_path / "slow.py"
    script.write_text(SLOW)
    monkeypatch.setattr(child, "worker_command", lambda: [sys.executable, "-P", str(script)])


def fit(pool: DecoderPool, root: Path, names: list[str]) -> dict[str, FittedPicture | Unfit]:
    def work(one: Decoder, name: str, _: object) -> FittedPicture | Unfit:
        return one.picture(root / "media" / name, root, f"ready/{name}", LIMITS)

    return dict(pool.run(names, work))


def pictures(root: Path, *names: str) -> list[str]:
    for number, name in enumerate(names):
        media(root, name, saved(corners(32, 32 + number)))
    return list(names)


@pytest.mark.parametrize(
    ("cores", "free", "workers"),
    [
        (2, 64 * CHILD_BYTES, 2),
        (8, 3 * CHILD_BYTES, 3),
        (8, CHILD_BYTES // 2, 1),
        (8, None, 2),
        (1, None, 1),
    ],
)
def test_there_are_as_many_workers_as_cores_and_memory_have_room_for(
    cores: int, free: int | None, workers: int
) -> None:
    assert count_workers(cores, free) == workers


@pytest.mark.usefixtures("slow")
def test_results_come_as_they_are_done_and_jobs_begin_in_order(tmp_path: Path) -> None:
    names = pictures(tmp_path, "slow.jpg", "a.jpg", "b.jpg")
    with DecoderPool(2) as pool:
        for decoder in pool._decoders:
            decoder._running()  # both: to start one may take longer than the slow file does
        assert list(fit(pool, tmp_path, names)) == ["a.jpg", "b.jpg", "slow.jpg"]


def test_no_result_depends_on_how_many_work(tmp_path: Path) -> None:
    names = pictures(tmp_path, *(f"{number}.jpg" for number in range(6)))
    with DecoderPool(1) as pool:
        alone = fit(pool, tmp_path, names)
    with DecoderPool(3) as pool:
        together = fit(pool, tmp_path, names)
    assert {name: together[name] for name in names} == alone


@pytest.mark.usefixtures("slow")
def test_a_child_that_crashes_costs_its_file_and_no_other(tmp_path: Path) -> None:
    names = pictures(tmp_path, "crash.jpg", "slow-a.jpg", "b.jpg", "c.jpg")
    with DecoderPool(2) as pool:
        found = fit(pool, tmp_path, names)
    assert "crash" in reason(found.pop("crash.jpg"))
    assert all(isinstance(one, FittedPicture) for one in found.values())


@pytest.mark.usefixtures("slow")
def test_half_a_file_of_a_crashed_child_goes_and_that_of_one_at_work_stays(
    tmp_path: Path,
) -> None:
    (tmp_path / "ready").mkdir()
    of_another = tmp_path / "ready/.crossover-tmp-1-a.jpg"
    of_another.touch()
    with DecoderPool(1) as pool:
        fit(pool, tmp_path, pictures(tmp_path, "crash.jpg"))
    assert of_another.exists()


def test_few_files_start_few_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = count()
    real = child.worker_command

    def counted() -> list[str]:
        next(started)
        return real()

    monkeypatch.setattr(child, "worker_command", counted)
    with DecoderPool(4) as pool:
        for name in pictures(tmp_path, "a.jpg", "b.jpg"):
            fit(pool, tmp_path, [name])
    assert next(started) == 1


@pytest.mark.usefixtures("slow")
def test_an_interruption_ends_children_at_work_at_once(tmp_path: Path) -> None:
    names = pictures(tmp_path, "a.jpg", "hang-b.jpg", "hang-c.jpg")
    pool = DecoderPool(2)

    def read_one() -> None:
        with pool:
            for _ in pool.run(names, work):
                time.sleep(0.5)  # until the others are at work
                raise Interrupted("stop")

    def work(one: Decoder, name: str, _: object) -> FittedPicture | Unfit:
        return one.picture(tmp_path / "media" / name, tmp_path, f"ready/{name}", LIMITS)

    began = time.monotonic()
    with pytest.raises(Interrupted):
        read_one()
    assert time.monotonic() - began < 20
    for one in pool._decoders:
        assert one._child is None or not one._child.alive


@pytest.mark.skipif(os.name == "nt", reason="there, nobody can tell who ended a process")
@pytest.mark.usefixtures("slow")
def test_a_file_whose_child_is_killed_from_outside_is_begun_again(tmp_path: Path) -> None:
    names = pictures(tmp_path, "slow-a.jpg", "slow-b.jpg")
    killed: list[int] = []

    def kill_one(pool: DecoderPool) -> None:
        while not killed:
            time.sleep(0.05)
            child = pool._decoders[0]._child
            if child is not None:
                time.sleep(0.2)  # until it is at work
                os.kill(child.pid, signal.SIGKILL)
                killed.append(child.pid)

    with DecoderPool(2) as pool:
        killer = threading.Thread(target=kill_one, args=(pool,))
        killer.start()
        found = fit(pool, tmp_path, names)
        killer.join()
    assert all(isinstance(one, FittedPicture) for one in found.values())
