"""What an export holds, when its links die, and what to do about them: row by row."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from rich.text import Text

from crossover.cli.view.dates import day_and_time, how_far
from crossover.cli.view.screen import (
    console,
    count,
    hanging,
    is_narrow,
    megabytes,
    say,
    say_banner,
    say_command,
    say_points,
)
from crossover.exports.counts import KindLinks
from crossover.exports.damage import DAMAGE
from crossover.exports.privacy import NOT_READ, WHAT_IS_READ, WHERE_IT_IS_KEPT
from crossover.exports.summary import Summary
from crossover.guide.next_step import step_for_export
from crossover.media.files.file_names import media_kind
from crossover.model.next_step import Hint, Reason, step
from crossover.model.posts import Unreadable
from crossover.text import safe

_OWN_FILES = Hint("use your own files with ", step("add"))
_READ_PAGE = Hint(
    step("captions"),
    " reads them from your public page: do not close or hide your TikTok until this is done.",
)
_WRITE_WORDS = Hint(
    "No public page has those of posts that only you can see; you can write them in a sheet: ",
    step("sheet out", "words.csv"),
)
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
            f"{count(links.pages, 'post')}: {_OWN_FILES}",
        )
    if posts.without_link:
        yield (
            "NO LINK",
            "came without a link to a file",
            f"{count(posts.without_link, 'post')}: {_OWN_FILES}",
        )
    if posts.only_me:
        yield (
            "ONLY YOU",
            f"can see {'it' if posts.only_me == 1 else 'them'} on TikTok",
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
        advice = _WRITE_WORDS if posts.only_me >= posts.total - posts.unreadable else _READ_PAGE
        yield "WORDS", "", f"TikTok leaves captions out of exports.{titles} {advice}"
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


BAR = 32
"""Letters of the longest bar."""


_HOW_TO_ASK = "In the TikTok app: Settings and privacy > Account > Download your data. Tick Posts and Profile, choose JSON."


# These are rows of the table, so they are not said again below it.
_IN_ROWS = {
    "links-expired",
    "links-expire-soon",
    "links-to-pages",
    "no-words",
    "posts-without-link",
    "no-posts",
}


_SAID_BELOW = {"posts-not-requested"}
"""Problems whose next step is the last line of the screen."""


_LISTED = 10
"""Unreadable records that are listed one by one."""


def show_summary(summary: Summary, export: Path, now: datetime) -> None:
    say(_headline(summary, now), style="bold")
    _years(summary.posts.by_year, now)
    _first_deadline(summary, now)
    if summary.posts.total:
        console.print()
    for name, state, todo in rows(summary, export, now):
        _row(name, state, todo)
    said = set[str]()
    for problem in summary.problems:
        if problem.code not in _IN_ROWS:
            console.print()
            say(problem.message)
            if problem.code == "unreadable-records":
                _say_unreadable(summary.unreadable)
            if problem.code not in _SAID_BELOW and problem.next not in said:
                say_points([problem.next], style="dim")
                said.add(problem.next)
    console.print()
    say(
        "Nothing was sent anywhere. Read: your posts and public name. Not read: messages, history,"
        " addresses. (--what-is-read)",
        style="dim",
    )
    todo, notes = _do_now(summary, export)
    say_command("Do now:", todo)
    for note in notes:
        hanging(Text(" " * len("Do now:  ")), Text(safe(note), style="dim"))


def _say_unreadable(records: Sequence[Unreadable]) -> None:
    say_points(f"record {record.position}: {record.reason}" for record in records[:_LISTED])
    if len(records) > _LISTED:
        say_points([f"and {len(records) - _LISTED:,} more"])


def _headline(summary: Summary, now: datetime) -> str:
    posts, dates = summary.posts, summary.dates
    who = f"@{summary.account.handle}" if summary.account.handle else "No profile name in it"
    parts = [who, count(posts.total, "post")]
    kinds = [
        *([count(posts.videos, "video")] if posts.videos else []),
        *(
            [f"{count(posts.photo_posts, 'photo post')} ({count(posts.images, 'picture')})"]
            if posts.photo_posts
            else []
        ),
        *([f"{posts.kind_unknown:,} of unknown kind"] if posts.kind_unknown else []),
        *([f"{posts.unreadable:,} unreadable"] if posts.unreadable else []),
    ]
    if kinds:
        parts.append(", ".join(kinds))
    likely = list(_likely(posts.by_year, now))
    if len(likely) < len(posts.by_year):
        ends = [*likely[:1], *likely[-1:]]
    elif dates.first and dates.last:
        ends = [
            datetime.fromisoformat(date).strftime("%b %Y") for date in (dates.first, dates.last)
        ]
    else:
        ends = []
    if ends:
        parts.append(" – ".join(dict.fromkeys(ends)))
    return " · ".join(parts)


def _years(by_year: Mapping[str, int], now: datetime) -> None:
    """Draw a bar for each year, and one line for the years that cannot be right."""
    likely = _likely(by_year, now)
    most = max(likely.values(), default=0)
    for year, number in likely.items() if len(by_year) > 1 else ():
        bar = "█" * (round(number / most * BAR) or (number > 0))
        say(f"  {year}  {bar:<{BAR}}  {number:,}".rstrip())
    if odd := sum(by_year.values()) - sum(likely.values()):
        say(f"  other {'':<{BAR}}  {odd:,}")


def _likely(by_year: Mapping[str, int], now: datetime) -> dict[str, int]:
    return {year: number for year, number in by_year.items() if 2014 <= int(year) <= now.year}


def _first_deadline(summary: Summary, now: datetime) -> None:
    links = summary.links
    ahead = [
        (deadline, what)
        for deadline, what in (
            (links.photos.deadline, "pictures"),
            (links.videos.deadline, "videos"),
            (links.others.deadline, "posts"),
        )
        if deadline
    ]
    if not ahead:
        return
    deadline, what = min(ahead)
    moment = datetime.fromisoformat(deadline)
    console.print()
    text = f"Save your {what} before {day_and_time(moment, now)}, {how_far(moment, now)}"
    say_banner(text.upper())


def _row(name: str, state: str, todo: str) -> None:
    head = Text(f"  {name:<9} ", style="bold")
    if not state or not todo:
        hanging(head, Text(state or todo))
    elif is_narrow():
        hanging(head, Text(state))
        hanging(Text(" " * head.cell_len), Text(todo))
    else:
        hanging(head.append(f"{state:<35}  ", style="not bold"), Text(todo))


def _do_now(summary: Summary, export: Path) -> tuple[str, tuple[str, ...]]:
    """Say the one thing to do, and notes to it."""
    links = summary.links
    downloads = bool(links.live) or links.unknown > links.pages
    has_files = _has_files_beside(export)
    posts = bool(summary.posts.total)
    following = step_for_export(export, posts=posts, downloads=downloads, has_files=has_files)
    if following.why is not Reason.NEW_EXPORT:
        return str(following), (_migrate_note(downloads=downloads),)
    own = ("With your own files of the posts:", str(following)) if posts else ()
    return ASK_AGAIN, (_HOW_TO_ASK, *own)


def _migrate_note(*, downloads: bool) -> str:
    parts = ["it saves your files first"] if downloads else []
    # The note is not worth an error when the home folder cannot be looked at.
    with suppress(OSError, RuntimeError):
        parts.append(f"you have {megabytes(shutil.disk_usage(Path.home()).free)} free")
    return f"({'; '.join([*parts, 'you can stop at any time'])})"


def _has_files_beside(export: Path) -> bool:
    return export.is_dir() and any(media_kind(path) for path in export.iterdir())


def what_is_read_json() -> dict[str, object]:
    return {"read": WHAT_IS_READ, "not_read": NOT_READ, "where_it_is_kept": WHERE_IT_IS_KEPT}


def show_what_is_read() -> None:
    for place in WHAT_IS_READ:
        say(place.name, style="bold")
        for field in place.fields:
            hanging(Text(f"  {', '.join(field.names):<38} "), Text(field.kept))
    console.print()
    say(NOT_READ)
    say(WHERE_IT_IS_KEPT)
