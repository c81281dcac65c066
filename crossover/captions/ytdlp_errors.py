"""Explains why TikTok's page could not be listed, and what the creator can do about it.

yt-dlp gives most reasons as messages only; they were read in the source of version 2026.10.26.
"""

from __future__ import annotations

import re
import shlex
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto

from crossover.errors import (
    CrossoverError,
    LoginNeeded,
    MissingTool,
    NoTikTokPage,
    RetryLater,
    TikTokUnreachable,
)
from crossover.model.next_step import Hint, step

OLD_DAYS = 60
"""yt-dlp follows TikTok's changes in a release every few weeks; an older one is worth updating."""

_PACKAGE = '"yt-dlp[curl-cffi]"'
"""With the part by which yt-dlp poses as a browser; yt-dlp says which versions of it fit."""
_NO_BROWSER = (
    "yt-dlp found no impersonate target: without curl_cffi it cannot pose as a browser, and TikTok may"
    " keep it out for that. Install it, then run the same command again"
)

_STATUS = re.compile(r"HTTP Error ([0-9]{3})")
_NO_ANSWER = re.compile(r"Unable to download user webpage: (?!HTTP Error)")
_NETWORK = frozenset({"TransportError", "OSError"})


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure of yt-dlp: the messages of the error and its causes, the names of their classes,
    HTTP statuses, and the warnings before."""

    messages: tuple[str, ...]
    kinds: frozenset[str]
    statuses: tuple[int, ...]
    warnings: tuple[str, ...]


def not_installed_error() -> MissingTool:
    return MissingTool(
        "yt-dlp is not installed; it is what reads captions from a TikTok page.",
        next=f"Install it:  {_pip_command()} {_PACKAGE}",
    )


def broken_install_error(detail: str) -> MissingTool:
    return MissingTool(
        f"yt-dlp is installed but does not work ({detail}).",
        next=f"Install it anew:  {_pip_command()} --upgrade --force-reinstall {_PACKAGE}",
    )


class _Cause(Enum):
    """What a failure of yt-dlp means."""

    PRIVATE = auto()
    LOGIN_ASKED = auto()
    NO_PAGE = auto()
    BLOCKED = auto()
    UNREACHABLE = auto()
    SITE_TROUBLE = auto()
    NOT_SHOWN = auto()
    NOT_UNDERSTOOD = auto()


def explain_failure(
    failure: Failure, handle: str, version: str, now: datetime
) -> CrossoverError | None:
    """Make the error to show; None when the account simply has no posts to list.

    Where yt-dlp lacks curl_cffi to pose as a browser, installing it is the first advice, unless the
    page does not exist.
    """
    cause = _find_cause(failure)
    if cause is None:
        return None
    error = _make_error(cause, handle, f"yt-dlp {version}{_describe_age(version, now)}")
    if cause is _Cause.NO_PAGE or not _lacks_browser(failure):
        return error
    more = (error.next, *error.more)
    return type(error)(
        error.message, next=f"{_NO_BROWSER}:  {_pip_command()} {_PACKAGE}", more=more
    )


def _lacks_browser(failure: Failure) -> bool:
    return any("no impersonate target" in text for text in (*failure.warnings, *failure.messages))


def _find_cause(failure: Failure) -> _Cause | None:
    text = " ".join(failure.messages)
    named = {int(code) for one in (*failure.warnings, text) for code in _STATUS.findall(one)}
    statuses = named | set(failure.statuses)
    no_answer = any(_NO_ANSWER.search(warning) for warning in failure.warnings)
    if "does not have any videos" in text:
        return None
    if "account is private" in text or "either private" in text:
        return _Cause.PRIVATE
    if ("requir" in text and "login" in text) or "Log in" in text:
        return _Cause.LOGIN_ASKED
    if statuses & {404, 410}:
        return _Cause.NO_PAGE
    if statuses & {403, 429} or re.search("blocked|challenge|Unexpected response|same page", text):
        return _Cause.BLOCKED
    if failure.kinds & _NETWORK or no_answer:
        return _Cause.UNREACHABLE
    if statuses and min(statuses) >= 500:
        return _Cause.SITE_TROUBLE
    if "secondary user ID" in text:
        return _Cause.NOT_SHOWN
    return _Cause.NOT_UNDERSTOOD


def _make_error(cause: _Cause, handle: str, reader: str) -> CrossoverError:
    """Make the error for a cause. `reader` is yt-dlp with its version and age."""
    page = f"https://www.tiktok.com/@{handle}"
    elsewhere = _other_ways(page)
    match cause:
        case _Cause.PRIVATE:
            return LoginNeeded(
                f"TikTok shows nothing of @{handle} without a login: the account is private, or all of"
                " its posts are.",
                next="Make the account public in the TikTok app for as long as this takes, then run"
                " the same command again.",
                more=(_BY_HAND,),
            )
        case _Cause.LOGIN_ASKED:
            return LoginNeeded(
                f"TikTok asks for a login before it shows @{handle}; crossover never logs in there.",
                next=elsewhere[0],
                more=elsewhere[1:],
            )
        case _Cause.NO_PAGE:
            return NoTikTokPage(
                f"TikTok has no page of @{handle}.",
                next=f"Open {page} in a browser. If your name is another now, give that one.",
                more=(_IF_DELETED, _BY_HAND),
            )
        case _Cause.BLOCKED:
            return RetryLater(
                f"TikTok does not let this network read @{handle} now: too many requests, or it wants a"
                " person to solve a puzzle, which crossover never does.",
                next="Wait an hour or two and run the same command again.",
                more=elsewhere,
            )
        case _Cause.UNREACHABLE:
            return TikTokUnreachable(more=elsewhere)
        case _Cause.SITE_TROUBLE:
            return RetryLater(
                "TikTok has trouble of its own at the moment.",
                next="Run the same command again later.",
            )
        case _Cause.NOT_SHOWN:
            return RetryLater(
                f"TikTok did not show the page of @{handle} to {reader}.",
                next=f"Open {page} in a private browser window. If it is not there, the name is wrong"
                " or the account is private. If it is, TikTok keeps this network or this yt-dlp out:"
                f" update it ({_pip_command()} --upgrade {_PACKAGE}) and try again.",
                more=(_IF_DELETED, *elsewhere),
            )
        case _Cause.NOT_UNDERSTOOD:
            return MissingTool(
                f"{reader} does not understand the page of @{handle}; TikTok seems to have changed it.",
                next="Update yt-dlp, then run the same command again: "
                f" {_pip_command()} --upgrade {_PACKAGE}",
                more=(_BY_HAND,),
            )


_IF_DELETED = Hint("If you deleted it on TikTok, say so: ", step("captions", "--gone"))
_BY_HAND = Hint("Or write the words yourself: ", step("sheet out", "words.csv"))


def _other_ways(page: str) -> tuple[str, ...]:
    return (
        "Or list the page on another computer or network:",
        f"  yt-dlp --flat-playlist -J {page} > listing.json",
        Hint("and bring the file here: ", step("add", "listing.json")),
        _BY_HAND,
    )


def _pip_command() -> str:
    return f"{shlex.quote(sys.executable)} -m pip install"


def _describe_age(version: str, now: datetime) -> str:
    """Say how old yt-dlp is, if that is more than `OLD_DAYS`; its version is the day it was
    made."""
    try:
        made = datetime.strptime(".".join(version.split(".")[:3]), "%Y.%m.%d").replace(tzinfo=UTC)
    except ValueError:
        return ""
    days = (now - made).days
    return f" ({days} days old)" if days > OLD_DAYS else ""
