"""Downloads: which links die when, each file as it ends, and every link's end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.filesize import decimal
from rich.table import Table
from rich.text import Text

from crossover.cli.view.dates import day_and_time, how_far
from crossover.cli.view.progress import WorkProgress, progress
from crossover.cli.view.screen import console, count, numbers_text, say, say_points
from crossover.errors import TikTokUnreachable
from crossover.library.downloads import Fetched, FetchProgress, ToFetch
from crossover.library.link_survey import Line, has_originals, posts_without_files
from crossover.library.posts_file import Library
from crossover.library.saved_files import all_saved, links_matter
from crossover.media.containers.probe import MP4
from crossover.media.download.outcomes import STATE_WORDS, LinkState, Result

_GOOD = (LinkState.FETCHED, LinkState.PRESENT, LinkState.OWN)
_DEAD = (LinkState.EXPIRED, LinkState.GONE)
_USELESS = (*_DEAD, LinkState.REFUSED, LinkState.UNFIT)
_NEW_EXPORT = "Ask TikTok for a new export (free), add it, and fetch again; or add your own files."
_TOLD_BY_STATE = (*_GOOD, *_DEAD, LinkState.NOT_ALLOWED, LinkState.NO_ROOM)
"""States whose own words are the reason."""


def show_deadlines(lines: Sequence[Line]) -> None:
    """Tell which links die when, or that none is left to fetch."""
    now = datetime.now(UTC)
    if not lines:
        say("The posts have no links to files.")
        return
    dead = [line for line in lines if line.known and line.known.state is LinkState.EXPIRED]
    if dead:
        say(f"{count(len(dead), 'link')} died already.")
    live = [line for line in lines if line.known is None]
    for what, some in (
        ("video", [x for x in live if MP4 in x.wanted.kinds]),
        ("picture", [x for x in live if MP4 not in x.wanted.kinds and not x.is_cover]),
        ("cover", [x for x in live if x.is_cover]),
    ):
        if some:
            ends = [line.wanted.expires for line in some if line.wanted.expires]
            when = _first_end(min(ends), now) if ends else "no date is known"
            say_points([f"{count(len(some), what)}: {when}"])
    if not live:
        say("There is nothing to fetch.")


def _first_end(moment: datetime, now: datetime) -> str:
    return f"the first link dies {how_far(moment, now)} ({day_and_time(moment, now)})"


def show_dead_links(library: Library, lines: Sequence[Line]) -> None:
    """Tell that posts lack files and no link is left to fetch; which ones `add` told."""
    if lines and posts_without_files(library):
        dead = all(line.known and line.known.state in _DEAD for line in lines)
        said = "The links in this export are dead." if dead else "There is nothing to fetch."
        say(said, style="dim")
        console.print()


def show_all_saved(library: Library, root: Path) -> bool:
    """Say aloud that every post has its files; false where that is not so."""
    if not all_saved(library, root):
        return False
    posts = len(library.posts)
    readable = " that can be read" if library.unreadable else ""
    have = "The post{} has its files" if posts == 1 else f"All {posts:,} posts{{}} have their files"
    die = "; the links may die now" if links_matter(library, datetime.now(UTC)) else ""
    say(f"{have.format(readable)}{die}.")
    return True


@contextmanager
def download_screen() -> Iterator[FetchProgress]:
    """Show how far the downloads are, and a line for each file; on a terminal only for those that
    were not fetched."""
    with progress("fetching") as shown:
        yield _Screen(shown)


class _Screen(FetchProgress):
    def __init__(self, shown: WorkProgress) -> None:
        self._shown = shown
        self._files = self._done = 0

    def ask(self, files: int) -> None:
        self._shown.begin("asking how large the files are", files)

    def asked(self) -> None:
        self._shown.advance()

    def begin(self, coming: ToFetch) -> None:
        total = coming.bytes
        size = "of unknown size" if total is None else f"about {decimal(total)}"
        room = f"{decimal(coming.free)} free, {decimal(coming.spare)} of it kept free"
        say(f"{count(coming.files, 'file')} to fetch, {size}; you have {room}.")
        if (total or 0) > coming.free - coming.spare:
            say(
                "That is more than there is room for. What fits is fetched, soonest deadline first."
            )
        say("Ctrl-C stops safely; the same command goes on.", style="dim")
        self._files = coming.files
        self._shown.begin("fetching", total, text=_size)
        self._count_files()

    def wait(self, seconds: float) -> None:
        say(f"waiting {seconds:.0f} s, as TikTok asked")

    def host_down(self, host: str) -> None:
        say(f"{host} cannot be reached; its other files are left for later")

    def received(self, size: int) -> None:
        self._shown.advance(size)

    def ended(self, line: Line, result: Result) -> None:
        self._done += 1
        self._count_files()
        if not console.is_terminal:
            say(f"{_end_of(line, result)}  [{self._shown.state(rate=True)}]")
        elif result.state is not LinkState.FETCHED:
            say(_end_of(line, result))

    def _count_files(self) -> None:
        self._shown.count(f"{self._done:,} of {count(self._files, 'file')}")


def _size(size: float) -> str:
    return decimal(int(size))


def _end_of(line: Line, result: Result) -> str:
    kind = "video" if MP4 in line.wanted.kinds else f"picture {line.place}"
    name = f"{line.number:>5}  {'cover' if line.is_cover else kind}"
    size = f"  {decimal(result.bytes)}" if result.state is LinkState.FETCHED else ""
    reason = "" if result.state in _TOLD_BY_STATE else f": {result.reason}"
    return f"{name:<17}  {STATE_WORDS[result.state]}{size}{reason}"


def show_unreachable(error: TikTokUnreachable) -> None:
    """Tell why files did not come, where the road goes on without them."""
    say(error.message)
    say(f"{error.next} What needs no download goes on now.")


def show_fetched(done: Fetched) -> None:
    """Every link once, by state, with its posts; then what is wrong, and what to do."""
    if done.links:
        console.print()
        _show_links(done)
    if done.posts_without_files:
        verb = "lacks" if len(done.posts_without_files) == 1 else "lack"
        say(
            f"{count(len(done.posts_without_files), 'post')} still {verb} files: {numbers_text(done.posts_without_files)}"
        )


def _show_links(done: Fetched) -> None:
    states = Counter(link.state for link in done.links)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    table.add_column()
    for state, word in STATE_WORDS.items():
        if states[state]:
            table.add_row(f"{states[state]:,}", word)
    links = "link" if len(done.links) == 1 else "links"
    table.add_row(Text(f"{len(done.links):,}", style="bold"), Text(links, style="bold"))
    console.print(table)
    own = {post.number for post in done.library.posts if has_originals(post)}
    reasons: dict[tuple[bool, str], list[int]] = {}
    for link in done.links:
        if link.state not in _GOOD and link.number not in own:
            reasons.setdefault((link.cover, link.reason), []).append(link.number)
    for (cover, reason), numbers in sorted(reasons.items()):
        what = ("cover of " if cover else "") + ("post" if len(set(numbers)) == 1 else "posts")
        say_points([f"{what} {numbers_text(numbers)}: {reason}"])
    if any(link.state in _USELESS and link.number not in own for link in done.links):
        say("Add your own files of them." if done.library.tiktok_gone else _NEW_EXPORT)
    received = f"{decimal(done.received)} received, " if done.received else ""
    say(f"{received}{decimal(done.free)} free on the disk.", style="dim")
