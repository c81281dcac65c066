"""What goes out of a video: the very file where that is fit, else an MP4 made of it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crossover.errors import RetryLater
from crossover.media.containers.video_coding import Hdr, VideoCoding
from crossover.media.decoder.process import Decoder
from crossover.media.fit.conversion_estimate import Experience
from crossover.media.fit.fitted import FittedVideo, How, SentVideo, Unfit
from crossover.media.fit.progress import FitStage
from crossover.model.choices import Convert, Rules
from crossover.plan.video_files import check_conversion
from tests.media.fitting import LIMITS, fit_all, media, reason
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


HEVC: dict[str, Any] = {
    "codec": "libx265",
    "film": {"x265-params": "log-level=none", "preset": "ultrafast"},
}


def fit_hevc(root: Path, convert: Convert, stages: list[tuple[FitStage, int, int]]) -> FittedVideo:
    flash_film(root / "media" / "film.mp4", **HEVC)
    item = media(root, "film.mp4")
    rules = Rules(convert=convert)
    fitted = fit_all(root, [item], rules=rules, fitted=lambda *told: stages.append(told))
    video = fitted[item.sha256, item.kind]
    assert isinstance(video, FittedVideo)
    return video


def test_what_not_every_phone_shows_is_converted_by_the_rule(tmp_path: Path) -> None:
    stages: list[tuple[FitStage, int, int]] = []
    video = fit_hevc(tmp_path, Convert.ALWAYS, stages)
    assert video.sent is not None
    assert video.sent.how is How.CONVERTED
    assert video.sent.frames == 36
    assert video.sent.took > 0
    assert [t.codec for t in tracks_of(tmp_path / video.sent.path)] == ["h264", "aac"]
    assert (FitStage.CONVERT, 1, 1) in stages, "seconds of film are counted"
    stages.clear()
    assert fit_hevc(tmp_path, Convert.ALWAYS, stages) == video
    assert FitStage.CONVERT not in {stage for stage, *_ in stages}, "it is done once"


def test_while_it_is_not_decided_nothing_is_converted_and_it_is_said_what_it_takes(
    tmp_path: Path,
) -> None:
    video = fit_hevc(tmp_path, Convert.ASK, [])
    assert video.sent is None
    assert video.undecided is not None
    assert video.undecided.seconds > 0
    assert video.undecided.bytes > 0
    never = fit_hevc(tmp_path, Convert.NEVER, [])
    assert (never.sent, never.undecided) == (None, None)
    assert not list((tmp_path / "ready").glob("*.mp4"))


PLACE = {"location": "+48.2085+016.3721/"}


def test_a_film_that_is_not_converted_loses_its_place_all_the_same(tmp_path: Path) -> None:
    tag = {"codec_tag": "hvc1"}
    source = flash_film(tmp_path / "media" / "film.mov", **HEVC, tags=tag, metadata=PLACE)
    assert b"+48.2085" in source.read_bytes()
    item = media(tmp_path, source.name)
    video = fit_all(tmp_path, [item], rules=Rules(convert=Convert.NEVER))[item.sha256, item.kind]
    assert isinstance(video, FittedVideo)
    assert video.sent is not None
    assert video.sent.how is How.REMUXED
    made = tmp_path / video.sent.path
    assert b"+48.2085" not in made.read_bytes()
    assert b"hvc1" in made.read_bytes(), "what Apple's players show"
    assert [t.packets for t in tracks_of(made)] == [t.packets for t in tracks_of(source)]
    (problem,) = check_conversion(item, video, LIMITS.video_bytes.value)
    assert "Picture and sound go out as they are: HEVC" in problem.message


@pytest.mark.parametrize("convert", Convert)
def test_a_film_whose_place_cannot_be_left_out_is_converted_or_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, convert: Convert
) -> None:
    monkeypatch.setattr(Decoder, "remux", lambda *_: Unfit("its times are damaged", lasting=True))
    flash_film(tmp_path / "media" / "film.mov", metadata=PLACE)
    item = media(tmp_path, "film.mov")
    fitted = fit_all(tmp_path, [item], rules=Rules(convert=convert))[item.sha256, item.kind]
    if convert is not Convert.ALWAYS:
        assert "tells where it was filmed" in reason(fitted)
        return
    assert isinstance(fitted, FittedVideo)
    assert fitted.sent is not None
    assert fitted.sent.how is How.CONVERTED
    assert b"+48.2085" not in (tmp_path / fitted.sent.path).read_bytes()


def test_a_conversion_that_fails_is_told_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    source = flash_film(tmp_path / "media" / "film.mp4", **HEVC)
    limits = replace(LIMITS, video_bytes=replace(LIMITS.video_bytes, value=500))
    item = media(tmp_path, source.name)
    fitted = fit_all(tmp_path, [item], limits, rules=Rules(convert=Convert.ALWAYS))
    assert "larger" in reason(fitted[item.sha256, item.kind])
    assert not [p for p in (tmp_path / "ready").iterdir() if p.suffix == ".mp4"]


def test_a_full_disk_is_noticed_before_anything_is_converted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crossover.media.fit.sent_videos.SPARE_BYTES", 10**18)
    with pytest.raises(RetryLater, match="too little room to convert 1 video"):
        fit_hevc(tmp_path, Convert.ALWAYS, [])


def test_how_long_it_takes_is_learned_from_what_was_converted() -> None:
    made = SentVideo("a", "a", 1_000_000, 100, 100, 10.0, How.CONVERTED, 1000, took=5.0)
    known = Experience.of([made])
    assert known.pixels_per_second == 2_000_000
    coding = VideoCoding("mp4", "hevc", 100, 200, fps=30.0)
    video = FittedVideo(100, 200, 10.0, coding, None, None)
    estimate = known.estimate(video, 10_000_000)
    assert estimate.seconds == pytest.approx(3.0)
    assert estimate.bytes == pytest.approx(600_000)
    assert known.estimate(replace(video, coding=replace(coding, hdr=Hdr.HLG)), 1).seconds == 6.0
    assert Experience.of([]).pixels_per_second > 0
