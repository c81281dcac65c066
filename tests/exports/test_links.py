from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.exports.links import (
    infer_post_kind,
    is_page_link,
    parse_link,
    split_links,
    unwrap_redirect,
)
from crossover.model.posts import Kind, MediaKind

from .makers import photo_link, video_link

PAGE = "https://www.tiktokv.com/share/video/7000000000000000007/"


@pytest.mark.parametrize("empty", ["", " ", "N/A", "n.v.t.", "None", "null", "n/a ", "-", None])
def test_the_ways_to_write_no_link(empty: str | None) -> None:
    assert split_links(empty) == ()


@pytest.mark.parametrize("glue", ["\n", " ", "\r\n", "\n\n "])
def test_photo_links_part_at_line_feeds_and_blanks(glue: str) -> None:
    urls = (photo_link("1"), photo_link("2"), photo_link("3"))
    assert split_links(glue.join(urls) + glue) == urls


def test_only_web_links_are_links() -> None:
    assert split_links("file:///etc/passwd javascript:alert(1) //x data:x") == ()


@pytest.mark.parametrize("url", [video_link(), photo_link(), PAGE])
def test_a_wrapped_link_is_unwrapped_byte_for_byte(url: str) -> None:
    wrapped = f"https://www.tiktok.com/go?x=1&redirect_url={quote(url, safe='')}&y=2"
    assert unwrap_redirect(wrapped) == url
    assert split_links(wrapped) == (url,)
    assert unwrap_redirect(f"https://www.tiktok.com/go?redirect_url={url}") == url


def test_expiry_is_read_in_order_and_unknown_when_missing() -> None:
    assert parse_link(
        "https://a/b?x-tos-expires=1764593352&x-expires=1764590400"
    ).link.expires == datetime(2025, 12, 1, 12, 49, 12, tzinfo=UTC)
    assert parse_link("https://a/b?expire=1764590400#x-expires=1").link.expires == datetime(
        2025, 12, 1, 12, tzinfo=UTC
    )
    for none in ("https://a/b", "https://a/b?x-expires=", "https://a/b?x-expires=99999999999999"):
        assert parse_link(none).link.expires is None


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (video_link(), MediaKind.VIDEO),
        ("https://video-va.tiktokv.com/kfc/bucket/object?dpk=1&dpm=aes-256-cfb", MediaKind.VIDEO),
        ("http://video-va.musical.ly/storage/v1/x", MediaKind.VIDEO),
        (photo_link(), MediaKind.IMAGE),
        ("https://a/tos-i-photomode-sg/x~tplv-noop.image?y", MediaKind.IMAGE),
        ("https://a/made/1~tplv-noop.jpeg?x-expires=1", MediaKind.IMAGE),
        (PAGE, MediaKind.VIDEO),
        ("https://www.tiktok.com/@me/photo/7000000000000000007?x=1", MediaKind.IMAGE),
        ("https://m.tiktok.com/v/7000000000000000007.html", MediaKind.VIDEO),
        ("https://a/b", None),
    ],
)
def test_the_link_tells_video_or_image(url: str, kind: MediaKind | None) -> None:
    assert parse_link(url).link.kind is kind


def test_several_links_are_a_photo_post_and_one_may_be_too() -> None:
    assert infer_post_kind([parse_link(photo_link()).link]) is Kind.PHOTOS
    assert (
        infer_post_kind([parse_link("https://a/1").link, parse_link("https://a/2").link])
        is Kind.PHOTOS
    )
    assert infer_post_kind([parse_link(video_link()).link]) is Kind.VIDEO
    assert infer_post_kind([parse_link("https://a/1").link]) is None
    assert infer_post_kind([]) is None


def test_a_tiktok_id_comes_from_a_page_link_only() -> None:
    assert parse_link(PAGE).tiktok_id == "7000000000000000007"
    assert is_page_link(PAGE)
    assert parse_link(video_link("7000000000000000007")).tiktok_id is None
    assert parse_link("https://a/x?u=/video/7000000000000000007").tiktok_id is None


def test_an_object_key_outlives_signature_and_rendering() -> None:
    assert (
        parse_link(photo_link("k", 1764593352)).object_key
        == parse_link(photo_link("k", 1764999999)).object_key
    )
    cover = "https://p16.tiktokcdn.com/tos-i-photomode-sg/k~tplv-tiktokx-origin.image?x-expires=1"
    assert parse_link(cover).object_key == parse_link(photo_link("k")).object_key
    assert parse_link(video_link("v")).object_key == "storage/v1/tos-x/v"
    assert parse_link(PAGE).object_key is None


def test_a_link_keeps_its_signature_and_never_shows_it() -> None:
    link = parse_link(video_link()).link
    assert link.url == video_link()
    assert "SIGNED" not in repr(link)


@given(st.text() | st.from_regex(r"https?://[^ ]*(\?redirect_url=[^ ]*)?", fullmatch=True))
def test_no_text_breaks_the_reading_of_links(text: str) -> None:
    for url in split_links(text):
        assert parse_link(url).link.url == url
        assert url.lower().startswith(("http://", "https://"))
        assert not any(ch.isspace() for ch in url) or "redirect_url" in text
