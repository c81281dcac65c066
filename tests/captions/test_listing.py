"""Listings exactly as the installed yt-dlp prints them, and everything that can be wrong with them."""

from __future__ import annotations

import contextlib
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossover.captions import listing
from crossover.captions.caption import Caption
from crossover.captions.listing import read_listing, recognises
from tests.captions.tiktok_page import StandInPage, item, photo_item

IDS = [str((1746100800 + n * 600) << 32 | 7) for n in range(3)]


def run_yt_dlp(**options: Any) -> str:
    """What the yt-dlp command prints of the stand-in's page."""
    import yt_dlp
    from yt_dlp.extractor.tiktok import TikTokIE, TikTokUserIE

    screen = io.StringIO()
    with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(io.StringIO()):
        wanted = {"extract_flat": "in_playlist", "quiet": True, "simulate": True, "cachedir": False}
        reader = yt_dlp.YoutubeDL(wanted | options, auto_init=False)
        for part in (TikTokUserIE, TikTokIE):
            reader.add_info_extractor(part())
        reader.download(["https://www.tiktok.com/@mara"])
    return screen.getvalue()


@pytest.fixture
def filled(tiktok: StandInPage) -> StandInPage:
    tiktok.items = [
        item(IDS[0], "first 🙂 #one\nsecond line"),
        item(IDS[1], ""),
        photo_item(IDS[2], "pictures"),
    ]
    return tiktok


@pytest.mark.parametrize("form", ["dump_single_json", "forcejson"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_both_forms_that_yt_dlp_prints_are_read_whatever_shell_wrote_them(
    filled: StandInPage, tmp_path: Path, form: str, encoding: str
) -> None:
    path = tmp_path / "listing.json"
    path.write_text(run_yt_dlp(**{form: True}), encoding)
    assert recognises(path)
    found = read_listing(path)
    assert found.wordless == ()
    assert {words.tiktok_id: words.text for words in found.words} == {
        IDS[0]: "first 🙂 #one\nsecond line",
        IDS[1]: None,
        IDS[2]: "pictures",
    }
    (first,) = (words for words in found.words if words.tiktok_id == IDS[0])
    moment = datetime.fromtimestamp(1746100800, UTC)
    whole = Caption(IDS[0], first.text, moment, None, "mara", "listing.json", 9.0, sounded=True)
    assert first == whole


def test_a_list_calls_photo_posts_videos_so_it_tells_no_kind(
    filled: StandInPage, tmp_path: Path
) -> None:
    path = tmp_path / "listing.json"
    path.write_text(run_yt_dlp(dump_single_json=True))
    assert "/photo/" not in path.read_text()
    assert {words.kind for words in read_listing(path).words} == {None}


def entry(tiktok_id: str = IDS[0], **fields: Any) -> dict[str, Any]:
    known = {
        "id": tiktok_id,
        "description": "words",
        "uploader": "mara",
        "ie_key": "TikTok",
        "_type": "url",
        "url": f"https://www.tiktok.com/@mara/video/{tiktok_id}",
    }
    return known | fields


def lines(folder: Path, *some: object, name: str = "listing.jsonl") -> Path:
    path = folder / name
    text = (one if isinstance(one, str) else json.dumps(one) for one in some)
    path.write_text("\n".join(text) + "\n", "utf-8")
    return path


def test_a_broken_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = lines(tmp_path, entry(IDS[0]), '{"id": "73', "", "null", entry(IDS[1]), "WARNING: x")
    found = read_listing(path)
    assert [words.tiktok_id for words in found.words] == IDS[:2]
    assert {(one.source, one.reason) for one in found.wordless} == {
        ("listing.jsonl, each of 2 places (line 2, line 6)", "it is not JSON"),
        ("listing.jsonl, line 4", "yt-dlp itself could not read it"),
    }


def test_a_first_line_that_is_broken_spoils_nothing(tmp_path: Path) -> None:
    path = lines(tmp_path, "WARNING: [tiktok] something", entry())
    assert recognises(path)
    assert len(read_listing(path).words) == 1


def test_a_document_that_a_tool_made_pretty_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pretty.json"
    path.write_text(json.dumps({"_type": "playlist", "entries": [entry(), None]}, indent=2))
    found = read_listing(path)
    assert len(found.words) == 1
    assert found.wordless[0].source == "pretty.json, entry 2"
    path.write_text(json.dumps([entry(IDS[0]), entry(IDS[1])], indent=2))
    assert len(read_listing(path).words) == 2


def test_a_page_of_pages_is_read_to_its_posts(tmp_path: Path) -> None:
    inner = {"_type": "playlist", "entries": [entry(IDS[0]), entry(IDS[1])]}
    path = lines(tmp_path, {"_type": "playlist", "entries": [inner], "extractor_key": "TikTokUser"})
    assert [words.tiktok_id for words in read_listing(path).words] == IDS[:2]


def test_of_a_post_listed_twice_the_one_with_words_counts(tmp_path: Path) -> None:
    path = lines(tmp_path, entry(description=""), entry(description="words"), entry(description=""))
    (found,) = read_listing(path).words
    assert found.text == "words"


def test_whose_post_it_is_stands_in_its_address_where_no_field_says(tmp_path: Path) -> None:
    nobody = entry(IDS[1], uploader=None, url=f"https://www.tiktok.com/@_/video/{IDS[1]}")
    path = lines(tmp_path, entry(uploader=None), nobody)
    assert [words.handle for words in read_listing(path).words] == ["mara", None]


def test_a_listing_of_another_site_gives_nothing_and_says_so(tmp_path: Path) -> None:
    path = lines(tmp_path, entry(ie_key="Youtube", url="https://www.youtube.com/watch?v=x"))
    assert recognises(path)
    found = read_listing(path)
    assert found.words == ()
    assert "not about a TikTok post" in found.wordless[0].reason


def test_a_listing_of_nothing_says_so(tmp_path: Path) -> None:
    path = tmp_path / "listing.json"
    path.write_text('{"_type": "playlist", "extractor_key": "TikTokUser", "entries": []}')
    assert recognises(path)
    (told,) = read_listing(path).wordless
    assert (told.source, told.reason) == (
        "listing.json",
        "it lists no posts, so none were found to list",
    )


def test_sizes_are_bounded_and_a_long_line_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MAX_DOCUMENT", 400)
    monkeypatch.setattr(listing, "MAX_LINE", 400)
    path = lines(tmp_path, entry(IDS[0]), entry(description="x" * 1000), entry(IDS[1]))
    found = read_listing(path)
    assert [words.tiktok_id for words in found.words] == IDS[:2]
    assert found.wordless[0].source == "listing.jsonl, line 2"
    assert "--flat-playlist -j" in found.wordless[0].reason


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"null\n",
        b"\xff\xfe",
        b"\x00\x01\x02",
        b'{"Post": {"Posts": {"VideoList": []}}}',
        b'{"note": "they wrote \\"webpage_url\\": yes"}',
    ],
)
def test_other_files_are_no_listing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    assert not recognises(path)


def test_a_file_that_is_not_there_or_no_file_is_a_reason(tmp_path: Path) -> None:
    assert not recognises(tmp_path / "missing.json")
    assert not recognises(tmp_path)
    assert "cannot be read" in read_listing(tmp_path / "missing.json").wordless[0].reason


values = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.none())


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.dictionaries(st.sampled_from(sorted(entry())), values) | values, max_size=4))
def test_nothing_in_it_raises(tmp_path: Path, wild: list[Any]) -> None:
    some = [entry() | one if isinstance(one, dict) else one for one in wild]
    found = read_listing(lines(tmp_path, *some))
    assert all(words.text is None or words.text.encode() for words in found.words)
