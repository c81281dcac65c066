"""An animated picture goes out as a short video where the rule says so, with the times it has."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image

from crossover.media.fit.fitted import AnimatedVideo, FittedPicture
from crossover.model.choices import Animated, Rules
from tests.media.fitting import BLUE, RED, close_to, fit_all, media, saved

GREEN = (30, 160, 40)
TIMES = [400, 50, 1200, 5, 2000]
"""Milliseconds; browsers show for a tenth of a second what asks for 5 thousandths."""


def animation(form: str, size: tuple[int, int] = (65, 49), times: Any = TIMES, **how: Any) -> bytes:
    colours = [(30, 30, 200), (200, 30, 30), (30, 160, 40), (220, 210, 40), (120, 30, 120)]
    frames = [Image.new("RGB", size, colour) for colour in colours]
    return saved(frames[0], form, save_all=True, append_images=frames[1:], duration=times, **how)


def made(root: Path, data: bytes) -> FittedPicture:
    item = media(root, "a.gif", data)
    rules = Rules(animated=Animated.VIDEO)
    fitted = fit_all(root, [item], rules=rules)[item.sha256, item.kind]
    assert isinstance(fitted, FittedPicture), fitted
    return fitted


def film(root: Path, data: bytes) -> tuple[AnimatedVideo, list[tuple[float, Image.Image]]]:
    video = made(root, data).animation
    assert video is not None
    with av.open(str(root / video.path)) as container:
        assert len(container.streams) == 1
        assert container.streams.video[0].codec_context.name == "h264"
        shown = [
            (frame.time or 0.0, frame.to_image())  # type: ignore[no-untyped-call]
            for frame in container.decode(video=0)
        ]
    return video, shown


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "AVIF"])
def test_each_frame_is_shown_as_long_as_the_picture_says(tmp_path: Path, form: str) -> None:
    video, shown = film(tmp_path, animation(form))
    assert (video.width, video.height, video.rounds) == (64, 48, 1)
    times = [0.0, 0.4, 0.45, 1.65, 1.75]
    assert [at for at, _ in shown] == pytest.approx(times, abs=0.002)
    assert video.duration == pytest.approx(3.75, abs=0.02)
    for (_, image), colour in zip(shown, (BLUE, RED, GREEN), strict=False):
        assert close_to(image, (30, 20), colour)


def test_a_short_loop_is_played_again_until_it_can_be_seen(tmp_path: Path) -> None:
    video, shown = film(tmp_path, animation("GIF", times=[100] * 5, loop=0))
    assert video.rounds == 6
    assert len(shown) == 30
    assert video.duration == pytest.approx(3.0, abs=0.02)


def test_the_last_frame_of_what_plays_once_stays(tmp_path: Path) -> None:
    video, shown = film(tmp_path, animation("GIF", times=[100] * 5))
    assert (video.rounds, len(shown)) == (1, 5)
    assert video.duration == pytest.approx(3.0, abs=0.02)


def test_no_more_than_60_frames_are_shown_in_a_second(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (64, 48), (n * 2, 0, 0)) for n in range(100)]
    data = saved(frames[0], "PNG", save_all=True, append_images=frames[1:], duration=11, loop=1)
    _, shown = film(tmp_path, data)
    gaps = [after - before for (before, _), (after, _) in pairwise(shown)]
    assert min(gaps) >= 1 / 60
    assert len(shown) == 50


def test_its_first_frame_is_there_too_and_a_still_picture_has_no_video(tmp_path: Path) -> None:
    fitted = made(tmp_path, animation("GIF"))
    with Image.open(tmp_path / fitted.path) as image:
        assert close_to(image, (30, 20), BLUE)
    assert made(tmp_path, saved(Image.new("RGB", (64, 48), RED), "GIF")).animation is None


def test_one_that_is_damaged_goes_out_by_its_first_frame(tmp_path: Path) -> None:
    data = animation("PNG", size=(640, 480))
    at = data.rindex(b"fdAT") + 8
    fitted = made(tmp_path, data[:at] + bytes(len(data) - at))
    assert fitted.animation is None
    assert "reduced to the first frame of an animation" in fitted.changes
