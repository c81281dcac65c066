"""The problems of an export, each with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crossover.exports.base import Export, ExportProblem
from crossover.exports.counts import LinkCounts
from crossover.exports.damage import DAMAGE
from crossover.exports.keys import redact_key
from crossover.model.next_step import Hint, step
from crossover.model.posts import Post

_TICK_BOXES = (
    "In the TikTok app: Settings and privacy > Account > Download your data. Tick Posts and Profile, choose JSON, "
    "wait for the file, and name it here."
)
_READ_PAGE = Hint(
    step("captions"),
    " reads them from your public page: keep your TikTok profile public and alive until then.",
)
_WRITE_WORDS = Hint(
    "No public page has those of posts that only you or your friends can see. Once they are added: ",
    step("sheet out", "words.csv"),
)
_ADD_YOUR_OWN = Hint("Add your own files of these posts with ", step("add"), ".")
_HIDDEN = redact_key("")
_NAMED = 5
"""Names in one sentence; the others are counted."""


def find_problems(
    export: Export, links: LinkCounts, unlikely: Sequence[Post]
) -> Iterator[ExportProblem]:
    """Yield every problem of an export: those met in reading, and those of its posts and `links`.
    `unlikely` are posts whose dates cannot be right."""
    yield from find_section_problems(export)
    yield from export.problems
    yield from _file_problems(export)
    damaged = any(problem.code in DAMAGE for problem in export.problems)
    if export.unreadable:
        yield ExportProblem(
            "unreadable-records",
            f"{_count_posts(len(export.unreadable))} cannot be read"
            + ("." if damaged else "; the others are not affected."),
            "Download the export again from TikTok; if you edited the file, undo that.",
        )
    if unlikely:
        days = list(dict.fromkeys(f"{post.posted_at:%Y-%m-%d}" for post in unlikely))
        yield ExportProblem(
            "dates-unlikely",
            f"The dates of {_count_posts(len(unlikely))} cannot be right, before 2014 or in the future: "
            f"{_list_some(days)}.",
            "The posts are kept with these dates. If there should be none, look at the clock of "
            "this computer, and at the file, if you edited it.",
        )
    yield from _link_problems(links)
    yield from _missing_part_problems(export.posts)


def find_section_problems(export: Export) -> Iterator[ExportProblem]:
    """Yield why an export has no posts, and which boxes to tick."""
    if export.posts_section == "absent":
        yield ExportProblem(
            "posts-not-requested",
            "This export was made without your posts: other boxes were ticked."
            + (f" It holds: {', '.join(export.sections)}." if export.sections else ""),
            _TICK_BOXES,
        )
    elif export.found == 0:
        yield ExportProblem(
            "no-posts",
            "The post section of this export is there, and empty.",
            f"If the account has posts: {_TICK_BOXES}",
        )


def _file_problems(export: Export) -> Iterator[ExportProblem]:
    if export.left_out:
        one, *others = export.left_out
        also = f"; also {_list_some([other.name for other in others])}" if others else ""
        files = "1 file was" if not others else f"{1 + len(others):,} files were"
        yield ExportProblem(
            "left-out",
            f"{files} left out: {one.name}, because {one.reason.rstrip('.')}{also}.",
            "Nothing to do, if you did not put them there: no export needs them.",
        )
    if export.unknown_keys:
        names = [key for key in export.unknown_keys if key != _HIDDEN]
        said = [
            *([_list_some(names)] if names else []),
            *(
                ["some whose names are not shown, as they could be private"]
                if _HIDDEN in export.unknown_keys
                else []
            ),
        ]
        yield ExportProblem(
            "unknown-keys",
            f"Fields that are new to crossover were passed over: {'; '.join(said)}.",
            "Nothing to do; it may be worth telling us their names." if names else "Nothing to do.",
        )


def _link_problems(links: LinkCounts) -> Iterator[ExportProblem]:
    if links.live:
        ends = (links.deadlines.photos, links.deadlines.videos, links.deadlines.others)
        first = min(filter(None, ends))
        yield ExportProblem(
            "links-expire-soon",
            f"{_count_posts(links.live)} can still be downloaded through the export's links; the first "
            f"link dies at {first}.",
            Hint(
                "Save your photos and videos before then, with ",
                step("migrate"),
                " or, after ",
                step("add"),
                ", with ",
                step("fetch"),
                ": photo links live 4 days, video links 10.",
            ),
        )
    if links.expired:
        yield ExportProblem(
            "links-expired",
            f"The links of {_count_posts(links.expired)} are dead: TikTok lets them live 4 days "
            "(photos) or 10 days (videos).",
            Hint(
                "Ask TikTok for a new export (free), or add your own files with ", step("add"), "."
            ),
        )
    if links.pages:
        yield ExportProblem(
            "links-to-pages",
            f"The links of {_count_posts(links.pages)} lead to pages of TikTok, not to files.",
            _ADD_YOUR_OWN,
        )


def _missing_part_problems(posts: Sequence[Post]) -> Iterator[ExportProblem]:
    without_link = sum(not post.links for post in posts)
    if without_link:
        yield ExportProblem(
            "posts-without-link",
            f"{_count_posts(without_link)} came without a link to a file.",
            _ADD_YOUR_OWN,
        )
    wordless = [post for post in posts if post.text is None]
    if wordless:
        yield ExportProblem(
            "no-words",
            f"{_count_posts(len(wordless))} came without words: TikTok leaves captions and hashtags"
            " out of exports.",
            _READ_PAGE if any(post.may_be_listed for post in wordless) else _WRITE_WORDS,
        )


def _list_some(names: Sequence[str]) -> str:
    """List a few names, and say how many more there are."""
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _count_posts(count: int) -> str:
    return "1 post" if count == 1 else f"{count:,} posts"
