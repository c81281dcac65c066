from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossover.captions import info_json
from crossover.captions.caption import Caption, NoCaption, read_caption
from crossover.captions.info_json import read_info, recognises
from crossover.model.posts import Kind

ID = "7312345678901234567"


def info(**fields: Any) -> dict[str, Any]:
    return {
        "id": ID,
        "extractor_key": "TikTok",
        "title": "Hello #there",
        "description": "Hello #there 🙂\nsecond line",
        "timestamp": 1702549300,
        "uploader": "made_up",
        "webpage_url": f"https://www.tiktok.com/@made_up/video/{ID}",
        **fields,
    }


def test_the_words_of_a_post_are_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / f"Hello [{ID}].info.json"
    path.write_text(json.dumps(info()), "utf-8")
    assert recognises(path)
    assert read_info(path) == Caption(
        tiktok_id=ID,
        text="Hello #there 🙂\nsecond line",
        posted_at=datetime.fromtimestamp(1702549300, UTC),
        kind=Kind.VIDEO,
        handle="made_up",
        source=path.name,
    )


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"webpage_url": f"https://www.tiktok.com/@x/photo/{ID}"}, Kind.PHOTOS),
        ({"vcodec": "none", "ext": "m4a"}, None),
        ({"webpage_url": None}, None),
        ({"_type": "url", "url": f"https://www.tiktok.com/@x/video/{ID}"}, None),
    ],
)
def test_the_kind_is_the_pages_unless_only_sound_was_found(
    fields: dict[str, Any], kind: Kind | None
) -> None:
    words = read_caption(info(**fields), "x")
    assert isinstance(words, Caption)
    assert words.kind is kind


def test_no_description_is_no_text() -> None:
    words = read_caption(info(description=" "), "x")
    assert isinstance(words, Caption)
    assert words.text is None


def test_a_handle_is_one_line_of_letters_that_can_be_seen() -> None:
    words = read_caption(info(uploader="@made\n1 post: all is well\x1b[2K\r"), "x")
    assert isinstance(words, Caption)
    assert words.handle == "made 1 post: all is well\\x1b[2K\\x0d"


def test_half_a_character_pair_can_be_written_afterwards() -> None:
    words = read_caption(json.loads('{"id":"' + ID + '","extractor":"TikTok","description":"a\\ud83d"}'), "x")  # fmt: skip
    assert isinstance(words, Caption)
    assert words.text == "a�"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not JSON"),
        (b"[" * 200_000, "not JSON"),
        (b"[1]", "does not describe"),
        (json.dumps(info(extractor_key="Youtube")).encode(), "not about a TikTok"),
        (json.dumps(info(extractor_key=None, webpage_url="https://x.org")).encode(), "not about"),
        (json.dumps(info(id="abc")).encode(), "no TikTok id"),
        (json.dumps(info(_type="playlist")).encode(), "lists a page"),
    ],
)
def test_a_foreign_or_broken_file_is_a_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "x.info.json"
    path.write_bytes(content)
    found = read_info(path)
    assert isinstance(found, NoCaption)
    assert reason in found.reason


def test_a_missing_or_huge_file_is_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(read_info(tmp_path / "missing.info.json"), NoCaption)
    assert isinstance(read_info(tmp_path), NoCaption)
    path = tmp_path / "x.info.json"
    path.write_text(json.dumps(info()))
    monkeypatch.setattr(info_json, "MAX_BYTES", 10)
    assert isinstance(read_info(path), NoCaption)


values = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.none())


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(sorted(info())), values))
def test_no_value_of_any_field_raises(fields: dict[str, Any]) -> None:
    found = read_caption(info(**fields), "x")
    assert isinstance(found, Caption | NoCaption)
    if isinstance(found, Caption) and found.text is not None:
        assert found.text.encode()


@pytest.mark.parametrize(
    ("fields", "sounded"),
    [
        ({}, False),
        ({"acodec": "none"}, False),
        ({"acodec": None, "track": ""}, False),
        ({"acodec": "aac", "format_id": "bytevc1_1080p_1440771-0"}, True),
        ({"track": "original sound"}, True),
        ({"acodec": 3, "track": ["x"]}, False),
    ],
)
def test_whether_a_video_has_sound_is_told_by_its_format_or_its_track(
    fields: dict[str, Any], *, sounded: bool
) -> None:
    words = read_caption(info(**fields), "x")
    assert isinstance(words, Caption)
    assert words.sounded is sounded
