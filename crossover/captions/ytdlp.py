"""Lists the captions of a public TikTok page with yt-dlp, in this process. Only this module imports
it.

Only yt-dlp's TikTok part is loaded: no configuration, plugins, kept cookies or cache, and no file
is written. crossover adds nothing but a pause between requests: no login, no false place
(`geo_bypass` is off). yt-dlp itself poses as a browser, where curl_cffi is installed, and answers
TikTok's script check; the creator is told so before the first read."""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crossover.captions.caption import Caption, NoCaption, read_caption
from crossover.captions.ytdlp_errors import (
    Failure,
    broken_install_error,
    explain_failure,
    not_installed_error,
)
from crossover.errors import CrossoverError, UsageProblem
from crossover.model.next_step import Hint, Placeholder, step

PAUSE = 1.0
"""Seconds between two requests; TikTok lists about 15 posts in each."""
MAX_POSTS = 100_000

_HANDLE = re.compile(r"(?:https?://(?:www\.)?tiktok\.com/)?@?([A-Za-z0-9_.]{1,64})/?(?:\?.*)?")


@dataclass(frozen=True, slots=True)
class ListedPage:
    """What was listed of a page. `trouble` is why it ended early, None when it reached the end;
    `version` is yt-dlp's."""

    words: tuple[Caption, ...]
    wordless: tuple[NoCaption, ...]
    trouble: CrossoverError | None
    version: str


def parse_handle(name: str) -> str:
    """Parse the handle in `name`, `@name` or a profile's address. Raises `UsageProblem` for
    others."""
    found = _HANDLE.fullmatch(name.strip())
    if found is None:
        raise UsageProblem(
            f"{name!r} is no TikTok name.",
            next=Hint("Give it as on your profile: ", step("captions", Placeholder("@name"))),
        )
    return found[1]


def list_page(
    handle: str,
    now: datetime,
    *,
    seen: Callable[[int], None],
    stop: Callable[[], bool],
) -> ListedPage:
    """List the public posts of `handle`, newest first; `seen` hears how many so far.

    When `stop` is true it ends after the current post; a failure in the middle keeps what was
    listed. Raises `MissingTool` without yt-dlp, and for a failure before the first post the error
    made by `explain_failure`: `LoginNeeded`, `UsageProblem`, `RetryLater`, `MissingTool`."""
    yt_dlp = _import_yt_dlp()
    version = str(yt_dlp.version.__version__)
    log = _YtDlpLog()
    words: dict[str, Caption] = {}
    wordless: list[NoCaption] = []
    trouble: CrossoverError | None = None
    source = f"the page of @{handle}"
    try:
        for entry in _list_entries(yt_dlp, handle, log):
            read = read_caption(entry, source)
            if isinstance(read, Caption):
                words[read.tiktok_id] = read
            else:
                wordless.append(read)
            seen(len(words))
            if stop() or len(words) + len(wordless) >= MAX_POSTS:
                break
    except Exception as exc:
        failure = _collect_failure(exc, log)
        trouble = explain_failure(failure, handle, version, now)
        if trouble is not None and not words:
            raise trouble from exc
    return ListedPage(tuple(words.values()), tuple(wordless), trouble, version)


def _import_yt_dlp() -> Any:
    os.environ["YTDLP_NO_PLUGINS"] = "1"  # its own switch; read when a YoutubeDL is made
    try:
        import yt_dlp
        import yt_dlp.extractor.tiktok  # heavy, an extra, and for this command alone
    except ImportError as exc:
        raise (
            not_installed_error() if exc.name == "yt_dlp" else broken_install_error(str(exc))
        ) from exc
    return yt_dlp


def _list_entries(yt_dlp: Any, handle: str, log: _YtDlpLog) -> Iterator[Any]:
    """Yield the entries of the page as yt-dlp's TikTok part gives them, page by page."""
    tiktok = yt_dlp.extractor.tiktok
    options = {
        "logger": log,
        "quiet": True,
        "noprogress": True,
        "cachedir": False,
        "extract_flat": True,
        "geo_bypass": False,
        "socket_timeout": 30,
        "sleep_interval_requests": PAUSE,
    }
    # Whatever it would print in spite of the logger goes nowhere.
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        reader = yt_dlp.YoutubeDL(options, auto_init=False)
    with reader:
        for part in (tiktok.TikTokUserIE, tiktok.TikTokIE):
            reader.add_info_extractor(part())
        page = reader.extract_info(
            f"https://www.tiktok.com/@{handle}", download=False, process=False
        )
        yield from page["entries"]


class _YtDlpLog:
    """The logger given to yt-dlp, which keeps warnings to explain a failure. Nothing is printed or
    logged: yt-dlp quotes whole addresses."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def debug(self, message: str) -> None:
        """Ignored: steps and progress."""

    def warning(self, message: str) -> None:
        self.warnings.append(message)

    def error(self, message: str) -> None:
        """Ignored: the failure is also raised."""


def _collect_failure(exc: Exception, log: _YtDlpLog) -> Failure:
    """Collect the error and its causes as plain values."""
    chain: list[BaseException] = []
    statuses: list[int] = []
    next_one: BaseException | None = exc
    while next_one is not None and next_one not in chain:
        chain.append(next_one)
        status = getattr(next_one, "status", None)
        if hasattr(next_one, "close"):  # an HTTP answer nobody reads any more
            next_one.close()
        statuses += [status] if isinstance(status, int) else []
        inner = (
            getattr(next_one, "cause", None) or (getattr(next_one, "exc_info", None) or (0, 0))[1]
        )
        next_one = inner if isinstance(inner, BaseException) else next_one.__cause__
    messages = [str(getattr(one, "orig_msg", one)) for one in chain]
    kinds = {kind.__name__ for one in chain for kind in type(one).__mro__}
    return Failure(
        messages=tuple(messages),
        kinds=frozenset(kinds),
        statuses=tuple(statuses),
        warnings=tuple(log.warnings),
    )
