"""What of a video's coding not every phone shows, and what is mended by wrapping it anew."""

from __future__ import annotations

from typing import Any

import pytest

from crossover.media.containers.video_coding import (
    Hdr,
    Misfit,
    VideoCoding,
    find_misfits,
    needs_conversion,
)


def coding(**facts: Any) -> VideoCoding:
    fit: dict[str, Any] = {
        "container": "mp4",
        "codec": "h264",
        "width": 1080,
        "height": 1920,
        "profile": "High",
        "bit_depth": 8,
        "chroma": "4:2:0",
        "fps": 30.0,
        "sound": "aac",
        "sound_profile": "LC",
        "sounds": 1,
    }
    return VideoCoding(**fit | facts)


def misfits(size: int = 1000, **facts: Any) -> tuple[Misfit, ...]:
    return find_misfits(coding(**facts), size=size, max_bytes=5000)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"sound": None, "sound_profile": "", "sounds": 0},
        {"fps": 60.0},
        {"fps": 59.94},
        {"fps": None},
        {"sound_profile": "HE-AAC"},
        {"width": 2160, "height": 3840},
        {"bit_depth": None, "chroma": ""},
    ],
)
def test_what_every_phone_shows_is_left_alone(facts: dict[str, Any]) -> None:
    assert misfits(**facts) == ()


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"codec": "hevc"}, Misfit.CODEC),
        ({"bit_depth": 10}, Misfit.BIT_DEPTH),
        ({"chroma": "4:4:4"}, Misfit.CHROMA),
        ({"hdr": Hdr.HLG}, Misfit.HDR),
        ({"dolby_vision": True}, Misfit.HDR),
        ({"fps": 120.0}, Misfit.FRAME_RATE),
        ({"width": 1081}, Misfit.ODD_SIZE),
        ({"mirrored": True}, Misfit.MIRRORED),
        ({"interlaced": True}, Misfit.INTERLACED),
        ({"size": 6000}, Misfit.TOO_LARGE),
        ({"sound": "opus", "sound_profile": ""}, Misfit.AUDIO_CODEC),
        ({"sound_profile": "Main"}, Misfit.AUDIO_CODEC),
    ],
)
def test_what_some_phones_do_not_show_needs_another_coding(
    facts: dict[str, Any], found: Misfit
) -> None:
    assert misfits(**facts) == (found,)
    assert needs_conversion((found,))


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"container": "mov"}, Misfit.CONTAINER),
        ({"index_first": False}, Misfit.INDEX_LAST),
        ({"fragmented": True}, Misfit.FRAGMENTED),
        ({"located": True}, Misfit.LOCATION),
        ({"films": 2}, Misfit.MORE_TRACKS),
        ({"sounds": 2}, Misfit.MORE_TRACKS),
    ],
)
def test_what_lies_in_the_wrapping_needs_no_other_coding(
    facts: dict[str, Any], found: Misfit
) -> None:
    assert misfits(**facts) == (found,)
    assert not needs_conversion((found,))


def test_all_that_speaks_against_a_video_is_told() -> None:
    found = misfits(codec="hevc", bit_depth=10, hdr=Hdr.PQ, container="mov", located=True)
    assert found == (
        Misfit.CODEC,
        Misfit.BIT_DEPTH,
        Misfit.HDR,
        Misfit.CONTAINER,
        Misfit.LOCATION,
    )
    assert needs_conversion(found)
