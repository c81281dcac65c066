"""What an answer of RedNote's means: one table, and what follows from it.

An answer counts as a success when its status is 2xx, it says `success`, the needed field is there,
and no row of the table knows better (firm).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crossover.destinations.answers.answer import Answer, http_date
from crossover.destinations.answers.call import Call
from crossover.destinations.sites import Role
from crossover.errors import AccountAtRisk, CrossoverError, LoginNeeded
from crossover.model.next_step import Hint, step
from crossover.model.results import Refused, Unclear
from crossover.runtime.retry import Again
from crossover.text import one_line, sentence

log = logging.getLogger("crossover.rednote")


class AnswerKind(StrEnum):
    """The classes of answers."""

    SUCCESS = "success"
    CAPTCHA = "captcha"
    SIGNATURE = "signature"
    SIGNED_OUT = "signed out"
    BLOCKED = "blocked"
    REFUSED = "refused"
    BAD_PARAMETER = "bad parameter"
    USED_ID = "used id"
    STALE_PERMIT = "stale permit"
    UPLOAD_REFUSED = "upload refused"
    TRANSIENT = "transient"
    ODD = "odd"


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """An answer belongs to `kind` when its status, its `code` or `result`, or a word of its
    message is listed, and it came from one of `roles`."""

    kind: AnswerKind
    statuses: frozenset[int] = frozenset()
    codes: frozenset[int] = frozenset()
    words: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset(Role)


_SITE = frozenset({Role.API, Role.CREATOR})
_UPLOAD = frozenset({Role.UPLOAD})

# `<Error><Code>…</Code><Message>…</Message></Error>`, which may come with status 200 (S3: firm).
_XML_CODE = re.compile(rb"<Error>.*?<Code>\s*([A-Za-z.]{1,64})\s*</Code>", re.DOTALL)

_MAY_NOT_PUBLISH = -9136  # (likely)

# The first row that fits wins. Sources: public clients; firm where three or more agree.
TABLE = (
    AnswerRule(AnswerKind.CAPTCHA, statuses=frozenset({461, 471})),  # firm, whatever the body says
    AnswerRule(
        AnswerKind.BLOCKED,
        codes=frozenset({300011, 300012, 300015, *range(-9140, -9129)}),
        words=("访问频次异常",),
    ),
    AnswerRule(AnswerKind.SIGNED_OUT, codes=frozenset({-100, -10001})),
    AnswerRule(AnswerKind.REFUSED, codes=frozenset({-9999})),
    AnswerRule(AnswerKind.BAD_PARAMETER, codes=frozenset({-9059})),
    AnswerRule(AnswerKind.USED_ID, words=("file already exists",), roles=_UPLOAD),
    # An upload that is over and a permit that is: what to do is the same (likely).
    AnswerRule(AnswerKind.STALE_PERMIT, statuses=frozenset({403, 404, 410}), roles=_UPLOAD),
    # The names are those of the S3 family, which the upload host speaks (likely).
    AnswerRule(
        AnswerKind.STALE_PERMIT,
        words=("NoSuchUpload", "NoSuchKey", "AccessDenied", "ExpiredToken"),
        roles=_UPLOAD,
    ),
    AnswerRule(
        AnswerKind.TRANSIENT, words=("SlowDown", "InternalError", "RequestTimeout"), roles=_UPLOAD
    ),
    # InvalidPart, InvalidPartOrder, EntityTooSmall and the like.
    AnswerRule(AnswerKind.UPLOAD_REFUSED, statuses=frozenset({400, 409}), roles=_UPLOAD),
    AnswerRule(AnswerKind.SIGNED_OUT, statuses=frozenset({401}), roles=_SITE),
    AnswerRule(AnswerKind.TRANSIENT, statuses=frozenset({408, 429, *range(500, 600)})),
    AnswerRule(AnswerKind.SIGNATURE, statuses=frozenset({406}), codes=frozenset({-1}), roles=_SITE),
)


def classify(answer: Answer, call: Call) -> AnswerKind:
    """The class of an answer to `call`."""
    envelope = answer.envelope
    numbers = _codes(envelope)
    message = _message(answer)
    for row in TABLE:
        if call.role in row.roles and (
            answer.status in row.statuses
            or numbers & row.codes
            or any(word in message for word in row.words)
        ):
            return row.kind
    if answer.flaw:
        return AnswerKind.TRANSIENT
    if call.role is Role.UPLOAD and _is_refusal(answer):
        return AnswerKind.UPLOAD_REFUSED
    if not 200 <= answer.status < 300:
        return AnswerKind.ODD
    if call.reads is not None and call.reads(answer):
        return AnswerKind.SUCCESS
    if envelope is None or envelope.get("success") is not True or numbers - {0}:
        return AnswerKind.ODD
    return AnswerKind.SUCCESS if _holds(call, envelope) else AnswerKind.ODD


def summary_of(answer: Answer) -> str:
    """Status, number and message of an answer, short and fit to be shown: for the log, and where
    nothing better is known."""
    envelope = answer.envelope
    numbers = sorted(_codes(envelope) - {0})
    codes = [f"HTTP {answer.status}", *(str(number) for number in numbers)]
    message = _own_words(answer)
    return ", ".join(codes) + (f": {message}" if message else "")


def explain(kind: AnswerKind, answer: Answer, site: str) -> str:
    """Say what an answer means, without its numbers: as a sentence where that is known, with what
    the site said of it in its own words."""
    match kind:
        case AnswerKind.CAPTCHA:
            meaning = f"{site} wants to see that you are a person"
        case AnswerKind.BLOCKED if _MAY_NOT_PUBLISH in _codes(answer.envelope):
            meaning = f"{site} does not let you publish"
        case AnswerKind.BLOCKED:
            meaning = f"{site} holds this account or connection back"
        case AnswerKind.SIGNED_OUT:
            meaning = f"{site} says that you are signed out"
        case AnswerKind.SIGNATURE:
            meaning = f"{site} did not accept the request's signature"
        case AnswerKind.REFUSED:
            meaning = (
                f"{site} refused the note: it may break a rule there, look like a risk, or be the"
                " same as one that is there"
            )
        case AnswerKind.BAD_PARAMETER:
            meaning = f"{site} does not understand the note, which is a mistake of crossover's"
        case _:
            return f"{site} gave no clear answer ({summary_of(answer)})"
    words = _own_words(answer)
    return f"{meaning}; it says “{words}”" if words else meaning


class PermitGone(Again):
    """A permit, or what was begun with it, is over: only another permit helps. `used`: there is a
    file under its id already."""

    def __init__(self, reason: str, *, retries: int | None = None, used: bool = False) -> None:
        super().__init__(reason, retries=retries, wait=0)
        self.used = used


class UnusableAnswer(Again):
    """An answer that is none of the known ones, or a no that the site did not explain."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, retries=1)


class UploadRefused(UnusableAnswer):
    """A definite no of the upload host's, to a part or to joining them."""


def problem_of(kind: AnswerKind, answer: Answer, call: Call, site: str) -> CrossoverError | Again:
    """Make the error for an answer that is no success, to a call that may be repeated. `site` is
    what a creator calls the site."""
    summary, meaning = summary_of(answer), explain(kind, answer, site)
    log.info("%s: %s", call.name, summary)
    match kind:
        case AnswerKind.CAPTCHA:
            return AccountAtRisk(
                sentence(f"{meaning}."),
                next=f"Open {site} in your browser, solve what it shows, and wait some hours.",
            )
        case AnswerKind.BLOCKED:
            return AccountAtRisk(
                sentence(f"{meaning}."),
                next="Look at the account yourself, and wait: hours at least, a day if it speaks "
                "of frequency.",
            )
        case AnswerKind.SIGNED_OUT:
            return LoginNeeded(
                sentence(f"{meaning}."),
                next=Hint(
                    "Sign in: ",
                    step("login"),
                    ", then run the same command; it goes on where it was.",
                ),
            )
        case AnswerKind.SIGNATURE:
            return Again(meaning, retries=1)
        case AnswerKind.USED_ID:
            return PermitGone(f"{site} had a file under this id already", used=True)
        case AnswerKind.STALE_PERMIT:
            return PermitGone(f"{site} did not take the upload permit ({summary})", retries=1)
        case AnswerKind.TRANSIENT:
            return Again(f"{site} is busy or broken ({summary})", wait=_retry_after(answer))
        case AnswerKind.UPLOAD_REFUSED:
            return UploadRefused(f"{site}'s answer to “{call.name}” is a no ({summary})")
        case _:
            return UnusableAnswer(f"{site}'s answer to “{call.name}” is of no use ({summary})")


def result_of(kind: AnswerKind, answer: Answer, site: str) -> Refused | Unclear:
    """Make the result of a note that was just sent from an answer that is no success. Only two
    answers are a definite no; the rest is looked up, never sent again."""
    reason = explain(kind, answer, site)
    log.info("create note: %s", summary_of(answer))
    match kind:
        case AnswerKind.REFUSED:
            return Refused(reason, kind="refused")
        case AnswerKind.BAD_PARAMETER:
            return Refused(reason, kind="ours")
        case AnswerKind.CAPTCHA | AnswerKind.BLOCKED | AnswerKind.SIGNATURE:
            return Unclear(reason, at_risk=True)
        case AnswerKind.SIGNED_OUT:
            return Unclear(reason, signed_out=True)
        case _:
            return Unclear(reason)


def _codes(envelope: Mapping[str, Any] | None) -> set[int]:
    """`code` and `result`, whichever are there; some hosts send them as text."""
    numbers = set()
    for key in ("code", "result"):
        value = (envelope or {}).get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            numbers.add(value)
        elif isinstance(value, str) and value.removeprefix("-").isascii():
            digits = value.removeprefix("-")
            if digits.isdigit() and len(digits) < 12:
                numbers.add(int(value))
    return numbers


def _message(answer: Answer) -> str:
    value = (answer.envelope or {}).get("msg")
    if isinstance(value, str):
        return value
    code = _XML_CODE.search(answer.body)
    return code[1].decode() if code else ""


def _own_words(answer: Answer) -> str:
    return one_line(_message(answer))[:200]


def _is_refusal(answer: Answer) -> bool:
    envelope = answer.envelope
    if envelope is not None:
        return envelope.get("success") is False
    return _XML_CODE.search(answer.body) is not None


def _holds(call: Call, envelope: Mapping[str, Any]) -> bool:
    try:
        return call.needs(envelope)
    except (LookupError, TypeError, AttributeError):
        return False


def _retry_after(answer: Answer) -> float | None:
    """Seconds of `Retry-After`; a number, or a date by the answer's own clock."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    until, now = http_date(value), http_date(answer.headers.get("date"))
    if until is None or now is None:
        return None
    return max(0.0, (until - now).total_seconds())
