"""A link is read for the note it names, on its own site, and nothing else is believed of it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.destinations.note_links import LinkRefused, example_link, parse_note_link
from crossover.model.account import SiteName

ID = "64a1f0c2000000001203e5b7"
REDNOTE, MAINLAND, PRACTICE = SiteName.REDNOTE, SiteName.XIAOHONGSHU, SiteName.REHEARSAL


@pytest.mark.parametrize(
    "given_link",
    [
        f"https://www.rednote.com/explore/{ID}",
        f"http://rednote.com/explore/{ID}/",
        f"https://www.rednote.com/discovery/item/{ID}?source=webshare&xsec_token=ABC=&app=1#x",
        f"https://www.rednote.com/user/profile/5f0000000000000000000001/{ID}?xsec_token=x",
        f"https://creator.rednote.com/publish/update?id={ID}&noteType=normal",
        f"www.rednote.com/explore/{ID}",
        f"HTTPS://WWW.REDNOTE.COM/explore/{ID.upper()}",
        f"  {ID} ",
        f"海边 😀 https://www.rednote.com/discovery/item/{ID}?a=1 复制本条信息，打开App查看！",
        f"A day https://www.rednote.com/explore/{ID}，看看",
    ],
)
def test_the_note_is_found_and_what_tells_who_shared_it_is_dropped(given_link: str) -> None:
    found = parse_note_link(given_link, REDNOTE)
    assert (found.note_id, found.url) == (ID, f"https://www.rednote.com/explore/{ID}")


@pytest.mark.parametrize(
    ("given_link", "why"),
    [
        (f"https://www.xiaohongshu.com/explore/{ID}", "a note on xiaohongshu.com"),
        (f"http://127.0.0.1:4711/#note-{ID}", "a note on the practice account"),
        ("http://xhslink.com/a/AbCdEf", "short link"),
        ("https://www.tiktok.com/@mara/video/7306132438047116586", "www.tiktok.com is not"),
        (f"https://rednote.com.evil.example/explore/{ID}", "evil.example is not"),
        (f"https://evil.example/rednote.com/explore/{ID}", "evil.example is not"),
        ("https://www.rednote.com/user/profile/5f0000000000000000000001", "leads to no note"),
        ("https://www.rednote.com/explore", "leads to no note"),
        ("https://[::1", "damaged"),
        ("yes", "no link to a note"),
        ("", "no link to a note"),
        (
            f"https://www.rednote.com/explore/{ID} https://www.rednote.com/explore/{'a' * 24}",
            "several notes",
        ),
    ],
)
def test_what_is_no_link_to_a_note_of_the_site_is_refused_and_says_why(
    given_link: str, why: str
) -> None:
    with pytest.raises(LinkRefused, match=why):
        parse_note_link(given_link, REDNOTE)


def test_a_link_of_practice_is_one_of_any_of_its_runs() -> None:
    for text in (f"http://127.0.0.1:4711/#note-{ID}", f"#note-{ID}", ID):
        assert parse_note_link(text, PRACTICE).note_id == ID
    assert parse_note_link(f"http://127.0.0.1:9/#note-{ID}", PRACTICE).url.endswith(f"#note-{ID}")


@pytest.mark.parametrize("site", list(SiteName))
def test_the_link_that_is_shown_as_an_example_is_one(site: SiteName) -> None:
    assert parse_note_link(example_link(site), site).note_id


@given(st.text())
def test_whatever_is_pasted_is_a_note_or_refused(text: str) -> None:
    found = None
    with suppress(LinkRefused):
        found = parse_note_link(text, MAINLAND)
    assert found is None or found.url == f"https://www.xiaohongshu.com/explore/{found.note_id}"
