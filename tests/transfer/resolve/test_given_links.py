"""Links are taken from whatever a creator has them in, and every line that cannot be read is named."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.errors import UsageProblem
from crossover.transfer.resolve.given_links import GivenLinks, read_given_links
from crossover.transfer.resolve.text_file import decode_text

A, B = (f"https://www.rednote.com/explore/{letter * 24}" for letter in "ab")


def read(text: str | bytes) -> list[tuple[str, str]]:
    data = text.encode() if isinstance(text, str) else text
    found = read_given_links(decode_text(data, "links.csv"))
    assert found.errors == ()
    return [(one.who, one.link) for one in found.links]


@pytest.mark.parametrize(
    "text",
    [
        f"number,link\n17,{A}\n18.2,{B}\n",
        f"Number;Link\r\n17;{A}\r\n18.2;{B}\r\n",
        f"note\tURL\n17\t{A}\n18.2\t{B}\n",
        f'link,title,number\n{A},Noodles,17\n{B},"Tea, hot",18.2\n',
        f"sep=;\nnumber;link\n17;{A}\n'18.2;{B}\n",
        f"number;link\n17,0;{A}\n18,2;{B}\n",
        f"17,{A}\n18.2,{B}\n",
        f"17={A}\n18.2={B}",
        f"17 {A}\n\n  18.2   {B}\n",
        f"#17: {A}\nnote 18.2 - {B}\n",
        f"17) 海边 😀 {A}?x=1 复制本条信息\n18.2) {B}".replace("?x=1", ""),
        f'"number","posted","link"\n"17","yes","{A}"\n"18.2","","{B}"\n',
    ],
    ids=range(12),
)
def test_every_usual_shape_of_a_list_is_read(text: str) -> None:
    found = read(text)
    assert [who for who, _ in found] == ["17", "18.2"]
    assert [link for _, link in found if A in link or B in link] == [link for _, link in found]


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "utf-8", "latin-1"])
def test_a_spreadsheet_may_code_it_as_it_likes(coding: str) -> None:
    assert read(f"number,title,link\n17,Müsli,{A}\n".encode(coding)) == [("17", A)]


def test_a_post_may_be_named_by_its_id_or_by_tiktok_s(tmp_path: object) -> None:
    named = [
        "2025-01-01T00:01:00Z",
        "2025-01-01T00:01:00Z-2/2",
        "7306132438047116586",
        "https://www.tiktok.com/@mara/video/7306132438047116586",
    ]
    found = read("\n".join(f"{who},{A}" for who in named))
    assert [who for who, _ in found] == [*named[:3], "7306132438047116586"]
    assert read(f"{named[3]} {A}") == [("7306132438047116586", A)]
    assert read(f"{named[0]}={A}") == [(named[0], A)]


def test_the_redirect_map_of_a_report_can_be_given_back() -> None:
    text = f"tiktok_url,rednote_url,id,date\nhttps://www.tiktok.com/@m/video/7306132438047116586,{A},2025-01-01T00:01:00Z,2025-01-01\n"
    assert [link for _, link in read(text)] == [A]


def test_what_the_page_of_a_pack_saved_is_read() -> None:
    page = {
        "pack": "2026-11-27-1",
        "notes": [
            {"number": "17", "posted": True, "link": A, "time": "2026-11-27T19:03:00+01:00"},
            {"number": "18", "posted": True, "link": ""},
            {"number": "19", "posted": False, "link": None},
        ],
    }
    found = read_given_links(json.dumps(page))
    assert [(one.who, one.link, one.posted) for one in found.links] == [("17", A, True)]
    assert str(found.links[0].time) == "2026-11-27 18:03:00+00:00"
    assert found.without_link == ("18", "19")


def test_a_row_without_a_link_yet_is_no_mistake() -> None:
    found = read_given_links(f"number,link\n17,\n18,{A}\n")
    assert (found.without_link, found.errors, len(found.links)) == (("17",), (), 1)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (f"number,link\n17,{A}\n,{B}\n", "Line 3: it does not say which note"),
        (f"{A}\n", "Line 1: it does not say which note"),
        (f"id,link\n7.30613E+18,{A}\n", "Line 2: the spreadsheet has rounded"),
        (f"7.30613E+18;{A}\n", "Line 1: the spreadsheet has rounded"),
        (f"17,{A},{B}\n", "Line 1: there are several links"),
        ('{"notes": 3}', "no list of notes"),
        ('["x"]', "Note 1 of the file: there is no note"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(text: str, error: str) -> None:
    (said,) = read_given_links(text).errors
    assert said.startswith(error) or error in said


def test_what_is_no_text_is_refused_with_what_to_save_instead() -> None:
    for data in (b"PK\x03\x04rest", b"\x89PNG\r\n\0\0"):
        with pytest.raises(UsageProblem, match="no text file") as refused:
            decode_text(data, "links.xlsx")
        assert "CSV" in refused.value.next


_CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), max_size=30)


@given(st.lists(st.tuples(st.integers(1, 9999), _CELLS), max_size=8), st.sampled_from(",;\t"))
def test_every_link_of_a_table_is_taken_whatever_the_titles_are(
    rows: list[tuple[int, str]], mark: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark)
    writer.writerow(["number", "title", "link"])
    for number, title in rows:
        writer.writerow([number, title, A])
    found = read_given_links(out.getvalue())
    assert [(one.who, one.link) for one in found.links] == [(str(n), A) for n, _ in rows]
    assert found.errors == ()


@given(st.text(max_size=200))
def test_whatever_is_pasted_never_ends_in_a_bug(text: str) -> None:
    found = GivenLinks()
    with suppress(UsageProblem):
        found = read_given_links(text)
    assert all(one.who and one.link for one in found.links)
