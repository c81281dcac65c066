"""Wild titles and mangled files: written posts read back, and every record is accounted for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from crossover.errors import CrossoverError, ExportError
from crossover.exports.keys import none_if_empty
from crossover.exports.read import is_export, read_export
from tests.tier import examples

from .makers import photo_link, video_link, write

START = datetime(2026, 1, 1, tzinfo=UTC)
wild = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=examples(150),
)


@dataclass(frozen=True)
class Written:
    """What a record was written from. `title` is None for a post without one."""

    day: int
    links: tuple[str, ...]
    title: str | None
    who: str
    sticker: str


# Lines of titles: anything, and all that a record is made of but the labels after the title,
# which nothing in the format sets apart from real ones.
quoting = st.sampled_from(
    [
        "Date: 2020-01-01 00:00:00 UTC",
        "Date: soon",
        f"Link: {video_link('quoted')}",
        "Link: in bio",
        "Like(s): 9",
        "Location: Porto: the old town",
        "Title: another",
        "Video Link: x",
        "https://example.com/a:b",
        "::",
        "",
        " ",
    ]
)
letters = st.characters(exclude_categories=["Cs"], exclude_characters="\n\r")
lines = st.lists(st.text(letters, max_size=30) | quoting, min_size=1, max_size=5)
titles = st.none() | lines.map("\n".join)
tame = st.none() | st.sampled_from(["Day", "Night: 2", "Straße 🙂", "two\nlines"])


def posts(title: st.SearchStrategy[str | None]) -> st.SearchStrategy[list[Written]]:
    links = st.integers(0, 3).map(
        lambda n: tuple(photo_link(f"p{i}") for i in range(n)) or (video_link(),)
    )
    one = st.builds(
        Written,
        day=st.integers(0, 400),
        links=links,
        title=title,
        who=st.sampled_from(["Everyone", "Only You"]),
        sticker=st.sampled_from(["None", "N/A", ""]),
    )
    return st.lists(one, max_size=6, unique_by=lambda post: post.day).map(
        lambda found: sorted(found, key=lambda post: -post.day)
    )


def text_of(written: Sequence[Written], blank: str = "\n") -> str:
    return blank.join(
        f"Date: {START + timedelta(days=post.day):%Y-%m-%d %H:%M:%S} UTC\n"
        "Link: "
        + "\n".join(post.links)
        + f"\nLike(s): 5\nWho can view: {post.who}\nAllow comments: Yes\nContent disclosure: \n"
        + "AI-generated content: \nSound: a - b: c\nLocation: None\n"
        + f"Title: {'None' if post.title is None else post.title}\n"
        + f"Adds yours text: {post.sticker}\n"
        for post in written
    )


def begins_with_nothing(title: str | None) -> bool:
    """Where a title begins with an empty line or `None`, the text that follows is not known for
    one; there a date line begins a record."""
    first, _, rest = (title or "x").partition("\n")
    return none_if_empty(first) is None and ":" in rest


MORE_THAN_DATE_AND_LINK = re.compile(
    r"^(date|link|video link)\s*:.*^(like\(s\)|sound|location|title)\s*:"
    r"|^date\s*:[^\n]*\n(video )?link\s*:[^\n]*\n.*:",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
"""The one kind of title that is taken for a record."""


@wild
@given(
    written=posts(titles),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["utf-8", "utf-8-sig"]),
    blank=st.sampled_from(["\n", "", "\n\n"]),
)
def test_written_posts_read_back(
    tmp_path: Path, written: list[Written], end: str, mark: str, blank: str
) -> None:
    assume(written)
    assume(not any(begins_with_nothing(post.title) for post in written))
    assume(not any(MORE_THAN_DATE_AND_LINK.search(post.title or "") for post in written))
    text = text_of(written, blank)
    path = write(tmp_path, text.replace("\n", end).encode(mark), "Posts.txt")
    export = read_export(path)
    assert export.unreadable == ()
    assert [post.posted_at for post in export.posts] == sorted(
        START + timedelta(days=post.day) for post in written
    )
    for post, was in zip(export.posts, reversed(written), strict=True):
        assert tuple(link.url for link in post.links) == was.links
        assert (post.title or post.text) == none_if_empty(was.title)
        assert post.visibility_said == was.who


@wild
@given(written=posts(tame), data=st.data())
def test_a_line_lost_or_doubled_loses_no_record(
    tmp_path: Path, written: list[Written], data: st.DataObject
) -> None:
    assume(written)
    rows = text_of(written).split("\n")
    at = data.draw(st.integers(0, len(rows) - 1))
    mangled = rows[:at] + [rows[at]] * data.draw(st.sampled_from([0, 2])) + rows[at + 1 :]
    export = read_export(write(tmp_path, "\n".join(mangled).encode(), "Posts.txt"))
    assert export.found == len(written)
    assert len(export.unreadable) == (rows[at].startswith("Date") and len(mangled) < len(rows))


@wild
@given(written=posts(tame), data=st.data())
def test_a_file_cut_or_torn_gives_an_export_or_one_sentence(
    tmp_path: Path, written: list[Written], data: st.DataObject
) -> None:
    whole = bytearray(text_of(written).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole)))
        cut = data.draw(st.sampled_from([0, 1, 3, 50, 1000, len(whole)]))
        whole[at : at + cut] = data.draw(st.binary(max_size=3) | st.just(b"\n\n"))
    path = write(tmp_path, bytes(whole), "Posts.txt")
    refused = None
    try:
        export = read_export(path)
        assert len({post.id for post in export.posts}) == len(export.posts)
        positions = [bad.position for bad in export.unreadable]
        assert all(1 <= position <= export.found for position in positions)
    except CrossoverError as exc:
        refused = exc
    assert refused is None or (isinstance(refused, ExportError) and refused.next)


@wild
@given(content=st.binary(max_size=400) | lines.map(lambda found: "\n".join(found).encode()))
def test_whatever_a_text_file_holds_nothing_else_is_raised(tmp_path: Path, content: bytes) -> None:
    for name in ("Posts.txt", "other.txt"):
        path = write(tmp_path, content, name)
        refused = None
        try:
            assert is_export(path) in (True, False)
            assert read_export(path).found >= 0
        except CrossoverError as exc:
            refused = exc
        assert refused is None or (isinstance(refused, ExportError) and refused.next)
