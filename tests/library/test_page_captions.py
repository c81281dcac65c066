"""A listed page comes to the posts, what lacks is counted by its reason, and answers tell what they
did."""

from __future__ import annotations

from pathlib import Path

from crossover.captions.caption import Caption
from crossover.captions.ytdlp import ListedPage
from crossover.library.caption_answers import Answered, Effect, keep_answers
from crossover.library.page_captions import Lack, add_page
from crossover.library.posts_file import Library, read_library
from crossover.model.posts import Kind, Post, Visibility
from crossover.workspace import Workspace
from tests.makers import post


def tiktok_id(of: Post, seconds: int = 5) -> str:
    return str(int(of.posted_at.timestamp()) + seconds << 32 | 7)


def caption(of: Post, text: str | None, seconds: int = 5) -> Caption:
    return Caption(tiktok_id(of, seconds), text, None, None, "mara", "the page")


def bare(number: int, **fields: object) -> Post:
    """A post without words and files, hours away from the others."""
    return post(number * 120, text=None, media=(), **fields)


def test_every_post_without_a_caption_is_counted_under_one_reason(tmp_path: Path) -> None:
    read, empty, hidden, photos, other, first = (
        bare(1),
        bare(2),
        bare(3, visibility=Visibility.ONLY_ME, kind=Kind.PHOTOS),
        bare(4, kind=Kind.PHOTOS),
        bare(5),
        bare(6),
    )
    second = post(6 * 120 + 1, text=None, media=())
    posts = (read, empty, hidden, photos, other, first, second)
    page = ListedPage(
        (caption(read, "read"), caption(empty, None), caption(first, "a", 20), caption(first, "b", 40)),
        (), None, "1",
    )  # fmt: skip
    result = add_page(Library(handle="mara", posts=posts), Workspace(tmp_path), page)
    assert result.lacks == {
        Lack.UNSURE: 2,
        Lack.NO_CAPTION: 1,
        Lack.NOT_PUBLIC: 1,
        Lack.PHOTOS: 1,
        Lack.NOT_LISTED: 1,
    }
    kept = read_library(Workspace(tmp_path).posts)
    assert (kept.posts[0].text, kept.listed) == ("read", True)


def test_an_answer_tells_what_it_did_to_each_post_and_is_kept(tmp_path: Path) -> None:
    workspace, one, two = Workspace(tmp_path), bare(1), bare(2)
    library = Library(posts=(one, two), unsettled=(caption(one, "its words", 59),))
    pairs = {one.number: tiktok_id(one, 59), two.number: tiktok_id(two)}
    paired = keep_answers(library, workspace, pairs, ())
    assert paired.answered == (
        Answered(one.number, Effect.GOT_CAPTION, tiktok_id(one, 59)),
        Answered(two.number, Effect.CAPTION_UNKNOWN, tiktok_id(two)),
    )
    refused = keep_answers(paired.library, workspace, {}, [two.number])
    assert refused.answered == (Answered(two.number, Effect.RELEASED, tiktok_id(two)),)
    assert read_library(workspace.posts) == refused.library
