"""TikTok's watermark, by what it does, in made videos with a drawn stand-in; and videos without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from crossover.media.decoder.videos.watermark.watermark import find_watermark
from crossover.media.fit.fitted import FittedVideo
from crossover.model.choices import Rules, WatermarkRule
from crossover.model.watermark import SURE, WatermarkSign
from tests.media.fitting import LIMITS, fit_all, media
from tests.media.grounds import GROUNDS, size_of
from tests.media.marked_videos import MarkedVideo, marked_video, write_marked
from tests.media.unmarked_videos import unmarked_video
from tests.media.watermark_figures import FIGURES_SET, main, sign_of
from tests.tier import by_tier


def both_corners(number: int) -> MarkedVideo:
    """A small one of the set that changes corners."""
    video = marked_video(number, FIGURES_SET)
    assert video.both_corners
    return video


SMALL_WITHOUT = [n for n in range(200) if unmarked_video(n, FIGURES_SET).lines == 540]
"""A default run tries some of the small ones; `--complete` counts all."""


@pytest.mark.complete
@pytest.mark.parametrize("ground", by_tier(GROUNDS[:1], GROUNDS))
def test_a_mark_that_changes_corners_is_seen_on_every_ground(ground: str, tmp_path: Path) -> None:
    video = both_corners(3)
    clear = replace(
        video,
        mark=replace(video.mark, width=0.25, opacity=0.85, shadow=0.5, handle="@kalomi.ven"),
        ground=ground,
        size=size_of(540, (9, 16)),
        name=f"on-{ground}",
    )
    assert sign_of(clear, tmp_path) is WatermarkSign.BOTH_CORNERS


@pytest.mark.parametrize("number", SMALL_WITHOUT[:: by_tier(60, 7)])
def test_what_creators_and_editors_draw_is_not_taken_for_it(number: int, tmp_path: Path) -> None:
    video = unmarked_video(number, FIGURES_SET)
    assert sign_of(video, tmp_path) not in SURE, video.name


def test_a_short_one_is_known_by_its_card(tmp_path: Path) -> None:
    video = replace(
        both_corners(3), turns=(), seconds=3.0, card=1.5, ground="dark", name="short", quality=20
    )
    assert sign_of(video, tmp_path) is WatermarkSign.CORNER_AND_CARD
    of_somebody = replace(video, card_handle="@somebody.else", name="other")
    assert sign_of(of_somebody, tmp_path) is WatermarkSign.CARD, "a creator's own logo and card"


@pytest.mark.complete
def test_the_evidence_shows_both_places_in_red_frames(tmp_path: Path) -> None:
    video = both_corners(3)
    path = write_marked(video, tmp_path)
    found = find_watermark(path, tmp_path / "seen.jpg", 50_000_000)
    first, second = found["at"]
    assert video.corner(first) != video.corner(second)
    sheet = Image.open(tmp_path / "seen.jpg").convert("RGB")
    assert sheet.size == (found["evidence"]["width"], found["evidence"]["height"])
    middle = sheet.width // 2
    halves = sheet.crop((0, 0, middle, sheet.height)), sheet.crop((middle, 0, *sheet.size))
    for half in halves:
        data = half.tobytes()
        pixels = zip(data[::3], data[1::3], data[2::3], strict=True)
        assert sum(r > 200 and g < 60 and b < 60 for r, g, b in pixels) > 500


@pytest.mark.complete
def test_a_workspace_looks_once_and_not_where_the_rule_ignores_it(tmp_path: Path) -> None:
    video = both_corners(3)
    write_marked(video, tmp_path / "media")
    item = media(tmp_path, f"{video.name}.mp4")
    ignored = fit_all(tmp_path, [item], LIMITS, rules=Rules(watermark=WatermarkRule.IGNORE))
    fitted = ignored[item.sha256, item.kind]
    assert isinstance(fitted, FittedVideo)
    assert fitted.watermark is None
    fitted = fit_all(tmp_path, [item], LIMITS)[item.sha256, item.kind]
    assert isinstance(fitted, FittedVideo)
    assert fitted.watermark
    assert fitted.watermark.sign is WatermarkSign.BOTH_CORNERS
    evidence = tmp_path / fitted.watermark.evidence.path
    made = evidence.stat().st_mtime_ns
    assert evidence.name.endswith("-watermark.jpg")
    assert fit_all(tmp_path, [item], LIMITS)[item.sha256, item.kind] == fitted
    assert evidence.stat().st_mtime_ns == made, "nothing is looked at twice"


@pytest.mark.complete
def test_the_figures_of_the_page_hold() -> None:
    lines = list(main())
    (changing,) = (line for line in lines if line.startswith("| in both corners"))
    _, without = (line for line in lines if line.startswith("| all "))
    _, of_all, sure, possible, _ = (word.strip() for word in changing.strip("|").split("|"))
    assert int(sure) >= 0.95 * int(of_all)
    assert int(sure) + int(possible) >= 0.98 * int(of_all)
    assert int(without.split("|")[3]) == 0
