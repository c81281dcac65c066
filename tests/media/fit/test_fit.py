"""Files made fit once: what is done stays done, and nothing that changed is taken for it."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crossover.errors import CrossoverError, Interrupted
from crossover.media.decoder import child
from crossover.media.decoder import process as decoder
from crossover.media.decoder.pool import DecoderPool
from crossover.media.fit import fit, ready_index, recipe
from crossover.media.fit.fitted import FittedPicture, FittedVideo
from crossover.media.fit.progress import FitStage
from crossover.storage.checksums import Checksums
from tests.media.fitting import (
    LIMITS,
    corners,
    film,
    fit_all,
    media,
    reason,
    saved,
)


@pytest.fixture
def no_child(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it, and from then on every attempt to start the child fails."""

    def gone() -> list[str]:
        return [str(Path(__file__).with_name("no such program"))]

    return lambda: monkeypatch.setattr(child, "worker_command", gone)


def test_a_second_call_decodes_nothing(tmp_path: Path, no_child: Callable[[], None]) -> None:
    film(tmp_path / "media/b.mp4", [corners()] * 5)
    items = [media(tmp_path, "a.png", saved(corners(), "PNG")), media(tmp_path, "b.mp4")]
    first = fit_all(tmp_path, items, LIMITS)
    no_child()
    assert fit_all(tmp_path, items, LIMITS) == first
    assert {type(one) for one in first.values()} == {FittedPicture, FittedVideo}


@pytest.mark.parametrize("what", ["nothing", "gone", "touched", "recipe", "limits", "index"])
def test_it_is_made_anew_when_anything_it_rests_on_changed(
    tmp_path: Path, no_child: Callable[[], None], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    item = media(tmp_path, "a.jpg", saved(corners()))
    fitted = fit_all(tmp_path, [item], LIMITS)[item.sha256, item.kind]
    assert isinstance(fitted, FittedPicture)
    limits = LIMITS
    if what == "gone":
        (tmp_path / fitted.path).unlink()
    elif what == "touched":
        os.utime(tmp_path / fitted.path, ns=(1, 1))
    elif what == "recipe":
        monkeypatch.setattr(recipe, "PICTURES", recipe.PICTURES + 1)
    elif what == "limits":
        limits = replace(LIMITS, image_bytes=replace(LIMITS.image_bytes, value=20_000_000))
    elif what == "index":
        (tmp_path / "ready/index.json").write_text('{"format": "crossover/re')
    no_child()
    if what == "nothing":
        assert fit_all(tmp_path, [item], limits)[item.sha256, item.kind] == fitted
    else:
        with pytest.raises(CrossoverError, match="could not be started"):
            fit_all(tmp_path, [item], limits)


def test_a_limit_that_touches_only_covers_makes_no_picture_anew_and_set_back_costs_nothing(
    tmp_path: Path, no_child: Callable[[], None]
) -> None:
    film(tmp_path / "media/b.mp4", [corners()] * 5)
    picture, video = media(tmp_path, "a.png", saved(corners(), "PNG")), media(tmp_path, "b.mp4")
    narrow = replace(LIMITS, cover_width=replace(LIMITS.cover_width, value=24))
    first = fit_all(tmp_path, [picture, video])
    other = fit_all(tmp_path, [video], narrow)
    no_child()
    assert fit_all(tmp_path, [picture], narrow)[picture.sha256, picture.kind] in first.values()
    assert fit_all(tmp_path, [picture, video]) == first
    assert fit_all(tmp_path, [video], narrow) == other
    assert other[video.sha256, video.kind] != first[video.sha256, video.kind]


def test_a_file_that_can_never_be_read_is_opened_once(
    tmp_path: Path, no_child: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    item = media(tmp_path, "a.jpg", b"no picture")
    first = fit_all(tmp_path, [item])
    no_child()
    assert fit_all(tmp_path, [item]) == first
    monkeypatch.setattr(ready_index, "__version__", "another")
    with pytest.raises(CrossoverError, match="could not be started"):
        fit_all(tmp_path, [item])


def test_an_index_of_an_earlier_version_is_no_error(tmp_path: Path) -> None:
    item = media(tmp_path, "a.jpg", saved(corners()))
    (tmp_path / "ready").mkdir()
    earlier = {"format": "crossover/ready", "version": 1, "recipe": "1 pixels=5", "pictures": {}}
    (tmp_path / "ready/index.json").write_text(json.dumps(earlier))
    assert isinstance(fit_all(tmp_path, [item])[item.sha256, item.kind], FittedPicture)


def test_progress_counts_what_is_to_be_done_and_nothing_else(tmp_path: Path) -> None:
    items = [media(tmp_path, f"{n}.jpg", saved(corners(32, 32 + n))) for n in range(3)]
    heard: list[tuple[FitStage, int, int]] = []
    fit_all(tmp_path, items[:1])
    fit_all(tmp_path, items, fitted=lambda *one: heard.append(one))
    check, look = FitStage.CHECK, FitStage.LOOK
    assert heard == [(check, n, 3) for n in (1, 2, 3)] + [(look, n, 2) for n in (0, 1, 2)]
    heard.clear()
    fit_all(tmp_path, items, fitted=lambda *one: heard.append(one))
    assert {stage for stage, *_ in heard} == {check}


def test_a_damaged_index_is_written_anew(tmp_path: Path, no_child: Callable[[], None]) -> None:
    item = media(tmp_path, "a.jpg", saved(corners()))
    (tmp_path / "ready").mkdir()
    (tmp_path / "ready/index.json").write_text('{"format": "crossover/re')
    fitted = fit_all(tmp_path, [item], LIMITS)
    no_child()
    assert fit_all(tmp_path, [item], LIMITS) == fitted


def test_a_source_that_changed_or_went_is_not_taken_for_the_old_one(tmp_path: Path) -> None:
    item = media(tmp_path, "a.jpg", saved(corners()))
    path = tmp_path / item.path
    same = path.read_bytes()
    os.utime(path, ns=(1, 1))  # only touched: still the same picture
    assert isinstance(fit_all(tmp_path, [item], LIMITS)[item.sha256, item.kind], FittedPicture)
    path.write_bytes(same[:-1] + b"\xd8")
    assert "changed" in reason(fit_all(tmp_path, [item], LIMITS)[item.sha256, item.kind])
    path.unlink()
    assert "could not be read" in reason(fit_all(tmp_path, [item], LIMITS)[item.sha256, item.kind])


def rewritten(path: Path, data: bytes) -> None:
    """Other bytes, as many, with the time of the former ones."""
    before = path.stat()
    assert len(data) == before.st_size
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_source_that_kept_its_size_and_time_is_noticed_once_it_was_read(tmp_path: Path) -> None:
    item = media(tmp_path, "a.jpg", saved(corners()))
    rewritten(tmp_path / item.path, (tmp_path / item.path).read_bytes()[:-1] + b"\xd8")
    checksums = Checksums()
    checksums.read_again(tmp_path / item.path)
    fitted = fit_all(tmp_path, [item], LIMITS, checksums=checksums)[item.sha256, item.kind]
    assert "changed" in reason(fitted)


def test_a_result_that_kept_its_size_and_time_is_made_anew_once_it_was_read(
    tmp_path: Path,
) -> None:
    item = media(tmp_path, "a.jpg", saved(corners()))
    fitted = fit_all(tmp_path, [item], LIMITS)[item.sha256, item.kind]
    assert isinstance(fitted, FittedPicture)
    made = tmp_path / fitted.path
    rewritten(made, made.read_bytes()[:-1] + b"\xd8")
    checksums = Checksums()
    checksums.read_again(made)
    assert fit_all(tmp_path, [item], LIMITS, checksums=checksums) == {
        (item.sha256, item.kind): fitted
    }
    assert hashlib.sha256(made.read_bytes()).hexdigest() == fitted.sha256


def test_the_same_picture_twice_is_fitted_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [media(tmp_path, name, saved(corners())) for name in ("a.jpg", "b.jpg")]
    asked: list[Path] = []
    real = decoder.Decoder.picture

    def counted(self: decoder.Decoder, source: Path, *rest: Any) -> Any:
        asked.append(source)
        return real(self, source, *rest)

    monkeypatch.setattr(decoder.Decoder, "picture", counted)
    assert len(fit_all(tmp_path, items)) == 1
    assert asked == [tmp_path / "media/a.jpg"]
    (tmp_path / items[1].path).unlink()  # the content is still there under the other name
    assert isinstance(
        fit_all(tmp_path, items, LIMITS)[items[0].sha256, items[0].kind], FittedPicture
    )


def test_results_are_named_by_the_hash_alone(tmp_path: Path) -> None:
    item = media(tmp_path, "my secret title.jpg", saved(corners()))
    fitted = fit_all(tmp_path, [item], LIMITS)[item.sha256, item.kind]
    assert isinstance(fitted, FittedPicture)
    made = f"{item.sha256[:16]}-{recipe.picture_recipe(LIMITS)}"
    assert fitted.path == f"ready/{made}.jpg"
    left = sorted(path.name for path in (tmp_path / "ready").iterdir())
    assert left == sorted([f"{made}.jpg", f"{made}-small.jpg", "index.json"])


def test_an_interruption_keeps_what_was_done(tmp_path: Path, no_child: Callable[[], None]) -> None:
    items = [
        media(tmp_path, "a.jpg", saved(corners())),
        media(tmp_path, "b.jpg", saved(corners(32, 32))),
    ]

    def stop(stage: FitStage, done: int, _: int) -> None:
        if stage is FitStage.LOOK and done:
            raise Interrupted("stop")

    with pytest.raises(Interrupted):
        fit_all(tmp_path, items, LIMITS, stop)
    no_child()
    kept = 0
    for item in items:  # which of them was the first is not known
        with suppress(CrossoverError):
            kept += isinstance(fit_all(tmp_path, [item])[item.sha256, item.kind], FittedPicture)
    assert kept == 1


def test_an_interruption_leaves_nothing_half_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import time\n"
        "from pathlib import Path\n"
        "from crossover.media.decoder import worker\n"
        "from crossover.storage.atomic import temp_beside\n"
        "real = worker.answer\n"
        "def answer(job, tell):\n"
        "    if Path(job.source).name == 'hang.jpg':\n"
        "        Path(job.target).parent.mkdir(exist_ok=True)\n"
        "        temp_beside(Path(job.target)).touch()\n"
        "        time.sleep(600)\n"
        "    time.sleep(1)\n"
        "    return real(job, tell)\n"
        "worker.answer = answer\n"
        "worker.main()"
    )
    monkeypatch.setattr(child, "worker_command", lambda: [sys.executable, "-P", "-c", code])
    monkeypatch.setattr(fit, "DecoderPool", lambda: DecoderPool(2))
    names = ("hang.jpg", "a.jpg")
    items = [media(tmp_path, name, saved(corners(32, 30 + len(name)))) for name in names]
    seen: list[Path] = []

    def stop(stage: FitStage, done: int, _: int) -> None:
        if stage is FitStage.LOOK and done:
            seen.extend((tmp_path / "ready").glob(".crossover-tmp-*"))
            raise Interrupted("stop")

    with pytest.raises(Interrupted):
        fit_all(tmp_path, items, LIMITS, stop)
    assert len(seen) == 1
    assert not list((tmp_path / "ready").glob(".crossover-tmp-*"))
