"""What goes out of a video: the very file where that is fit, else an MP4 made of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from crossover.media.fit_progress import FitStage
from crossover.media.fitted import FittedVideo, How, Unfit
from tests.media.fitting import fit_all, media
from tests.media.flash_films import flash_film, tracks_of

FASTSTART = {"movflags": "faststart"}


def fit_film(root: Path, name: str) -> FittedVideo | Unfit:
    item = media(root, name)
    fitted = fit_all(root, [item])[item.sha256, item.kind]
    assert isinstance(fitted, (FittedVideo, Unfit))
    return fitted


def test_a_film_that_is_fit_goes_out_as_the_very_same_file(tmp_path: Path) -> None:
    flash_film(tmp_path / "media" / "film.mp4", wrapped=FASTSTART)
    fitted = fit_film(tmp_path, "film.mp4")
    assert isinstance(fitted, FittedVideo)
    assert fitted.sent is None
    assert not list((tmp_path / "ready").glob("*.mp4"))


@pytest.mark.parametrize("name", ["film.mp4", "film.mov"])
def test_a_film_that_is_wrapped_badly_goes_out_as_an_mp4_of_the_same_packets(
    tmp_path: Path, name: str
) -> None:
    source = flash_film(tmp_path / "media" / name)
    before = source.read_bytes()
    fitted = fit_film(tmp_path, name)
    assert isinstance(fitted, FittedVideo)
    sent = fitted.sent
    assert sent is not None
    assert sent.how is How.REMUXED
    made = tmp_path / sent.path
    assert hashlib.sha256(made.read_bytes()).hexdigest() == sent.sha256
    assert made.stat().st_size == sent.bytes
    assert (sent.width, sent.height) == (64, 96)
    assert sent.duration == pytest.approx(fitted.duration, abs=1 / 30)
    assert [t.packets for t in tracks_of(made)] == [t.packets for t in tracks_of(source)]
    assert source.read_bytes() == before


def test_it_is_made_once_and_again_where_it_was_changed(tmp_path: Path) -> None:
    flash_film(tmp_path / "media" / "film.mov")
    item = media(tmp_path, "film.mov")
    stages: list[FitStage] = []
    fit_all(tmp_path, [item], fitted=lambda stage, *_: stages.append(stage))
    assert FitStage.REMUX in stages
    stages.clear()
    fitted = fit_all(tmp_path, [item], fitted=lambda stage, *_: stages.append(stage))
    assert FitStage.REMUX not in stages
    (made,) = (tmp_path / "ready").glob("*.mp4")
    data = made.read_bytes()
    made.write_bytes(data[:-1])
    again = fit_all(tmp_path, [item])
    assert again == fitted
    assert made.read_bytes() == data
