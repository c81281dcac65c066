"""The rows of `crossover inspect`: what there is to know of an export, one thing to a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from crossover.cli.moments import day_and_time, how_far
from crossover.cli.screen import count
from crossover.exports.counts import KindLinks
from crossover.exports.damage import DAMAGE
from crossover.exports.summary import Summary

ASK_AGAIN = "ask TikTok for a new export (free)"


def rows(summary: Summary, export: Path, now: datetime) -> Iterator[tuple[str, str, str]]:
    """Name, state and what to do (either may be empty) of everything there is to know of an
    export, as of `now` (aware)."""
    posts, links = summary.posts, summary.links
    for name, kind in (
        ("PICTURES", links.photos),
        ("VIDEOS", links.videos),
        ("OTHER", links.others),
    ):
        yield from _link_rows(name, kind, now)
    if links.pages:
        yield (
            "NO FILE",
            "links lead to pages, not to files",
            f"{count(links.pages, 'post')}: use your own files with `crossover add`",
        )
    if posts.without_link:
        yield (
            "NO LINK",
            "came without a link to a file",
            f"{count(posts.without_link, 'post')}: use your own files with `crossover add`",
        )
    if posts.only_me:
        yield (
            "ONLY YOU",
            "can see them on TikTok",
            f"{count(posts.only_me, 'post')}: held until you decide",
        )
    if posts.deleted or posts.stories:
        apart = [
            *([count(posts.deleted, "recently deleted post")] if posts.deleted else []),
            *([count(posts.stories, "story", "stories")] if posts.stories else []),
        ]
        yield "APART", "counted, and not moved", " and ".join(apart)
    if not posts.total:
        if summary.export.posts_section == "present":
            yield "POSTS", "the section of your posts is there, and empty", ""
        return
    if posts.total - posts.unreadable > posts.with_text:
        have = "has" if posts.with_title == 1 else "have"
        titles = f" {count(posts.with_title, 'post')} {have} a title." if posts.with_title else ""
        yield (
            "WORDS",
            "",
            (
                f"TikTok leaves captions out of exports.{titles} `crossover captions` reads them from your"
                " public page: do not close or hide your TikTok until this is done."
            ),
        )
    if summary.account.handle is None and _says_what_was_ticked(summary, export):
        yield (
            "NAME",
            "",
            (
                "The box Profile was not ticked, so the export does not say whose it is."
                " Next time tick Posts and Profile, JSON."
            ),
        )


def _says_what_was_ticked(summary: Summary, export: Path) -> bool:
    """Whether the profile would be there: a damaged file may have lost it, and of a TXT export
    only the ZIP is sure to be whole."""
    damage = DAMAGE | {"damaged-elsewhere"}
    if any(problem.code in damage for problem in summary.problems):
        return False
    return summary.export.format == "json" or export.suffix.lower() == ".zip"


def _link_rows(name: str, links: KindLinks, now: datetime) -> Iterator[tuple[str, str, str]]:
    if links.deadline:
        moment = datetime.fromisoformat(links.deadline)
        yield (
            name,
            f"links live until {day_and_time(moment, now)}",
            f"{count(links.live, 'post')}: save them today",
        )
    if links.died:
        moment = datetime.fromisoformat(links.died)
        yield (
            name,
            f"links died {how_far(moment, now)}",
            f"{count(links.expired, 'post')}: {ASK_AGAIN}",
        )
    if links.unknown > links.pages:
        yield (
            name,
            "links that do not say when they die",
            count(links.unknown - links.pages, "post"),
        )
