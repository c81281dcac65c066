"""`crossover inspect`: what an export holds, when its links die, what to do first. Reads only."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from crossover.cli.inspect_rows import ASK_AGAIN, rows
from crossover.cli.moments import day_and_time, how_far
from crossover.cli.options import JsonOption, VerboseOption, a_path
from crossover.cli.run import logged
from crossover.cli.screen import (
    as_argument,
    console,
    count,
    data,
    hanging,
    is_narrow,
    megabytes,
    say,
    say_banner,
    say_command,
    say_points,
)
from crossover.errors import UsageProblem
from crossover.exports.privacy import NOT_READ, WHAT_IS_READ, WHERE_IT_IS_KEPT
from crossover.exports.read import read_export
from crossover.exports.summary import Summary, summarise
from crossover.media.file_names import media_kind
from crossover.model.posts import Unreadable
from crossover.storage.documents import to_json
from crossover.text import safe
from crossover.workspace import logs_without_workspace

BAR = 32
"""Letters of the longest bar."""

_HOW_TO_ASK = (
    "In TikTok: Settings > Account > Download your data. Tick Posts and Profile, choose JSON."
)
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


def inspect(
    export: Annotated[
        Path | None,
        typer.Argument(
            metavar="EXPORT",
            parser=a_path,
            help="The ZIP from TikTok, the folder it became, or its file of posts.",
        ),
    ] = None,
    what_is_read: Annotated[
        bool, typer.Option("--what-is-read", help="Say what is read of an export, and kept.")
    ] = False,
    as_json: JsonOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Look into an export: what it holds, until when, what is first.

    Changes nothing."""
    if what_is_read:
        if as_json:
            data(to_json(_what_is_read()))
        else:
            _say_what_is_read()
        return
    if export is None:
        raise UsageProblem(
            "Which export?",
            next="crossover inspect TikTok_Data_1234567890.zip    (the file TikTok gave you)",
        )
    now = datetime.now(UTC)
    with logged(logs_without_workspace(), "inspect", verbose):
        summary = summarise(read_export(export), now)
    if as_json:
        data(to_json(summary))
    else:
        _show(summary, export, now)
    raise typer.Exit(3 if summary.incomplete else 0)


def _show(summary: Summary, export: Path, now: datetime) -> None:
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
    """A bar for each year, and one line for the years that cannot be right."""
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
    """The one thing to do, and notes to it."""
    links = summary.links
    if not summary.posts.total:
        return ASK_AGAIN, (_HOW_TO_ASK,)
    migrate = f"crossover migrate {as_argument(export)}"
    downloads = bool(links.live) or links.unknown > links.pages
    if downloads or _has_files_beside(export):
        return migrate, (_migrate_note(downloads=downloads),)
    return ASK_AGAIN, (_HOW_TO_ASK, "With your own files of the posts:", f"{migrate} FOLDER")


def _migrate_note(*, downloads: bool) -> str:
    parts = ["it saves your files first"] if downloads else []
    # The note is not worth an error when the home folder cannot be looked at.
    with suppress(OSError, RuntimeError):
        parts.append(f"you have {megabytes(shutil.disk_usage(Path.home()).free)} free")
    return f"({'; '.join([*parts, 'you can stop at any time'])})"


def _has_files_beside(export: Path) -> bool:
    return export.is_dir() and any(media_kind(path) for path in export.iterdir())


def _what_is_read() -> dict[str, object]:
    return {"read": WHAT_IS_READ, "not_read": NOT_READ, "where_it_is_kept": WHERE_IT_IS_KEPT}


def _say_what_is_read() -> None:
    for place in WHAT_IS_READ:
        say(place.name, style="bold")
        for field in place.fields:
            hanging(Text(f"  {', '.join(field.names):<38} "), Text(field.kept))
    console.print()
    say(NOT_READ)
    say(WHERE_IT_IS_KEPT)
