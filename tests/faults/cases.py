"""What can go wrong at which call, and how a run that meets it must end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from crossover.rehearsal.faults.base import CALLS, UPLOAD
from crossover.rehearsal.faults.script_file import FAULTS

CALLS_OF_A_RUN = {
    "probe": 2,
    "topics": 4,
    "permit": 4,
    "put": 5,
    "initiate": 1,
    "part": 3,
    "complete": 1,
    "first-frame": 4,
    "create": 4,
    "list": 5,
}
"""How often each call is made when nothing goes wrong. `list-parts`, `abort` and `video-id` are
made only after something did."""

LOOKS_BEFORE = 2
"""The first note's look at the list, when its answer is lost, comes after so many others: all of
the account is looked through before anything is sent to it, and then marked before each note."""

LAG, PRACTICE_LAG = 600, 3
"""Seconds that the list of a real site may be behind (a guess), and that of the practice account."""

TWO_PAGES = 12
"""Notes on an account, enough that its list has a second page."""

HELPING = ("list-parts", "abort")
"""Calls that the client can do without: no is as good as an answer."""


class End(StrEnum):
    """How the run that meets the fault must end."""

    DONE = "all notes are posted, in that same run"
    LATER = "RetryLater"
    SIGN_IN = "LoginNeeded"
    SIGNED_OUT = "LoginNeeded, the note left at started"
    OTHER = "WrongAccount"
    AT_RISK = "AccountAtRisk"
    HELD = "AccountAtRisk, the note left at started"
    UNKNOWN = "the note is unknown, the others are posted"
    UNCLEAR = "RetryLater at the second note in a row that is unknown"
    NOT_THERE = "the note is ready again, as the list is sure; the others are posted"
    REFUSED = "the note is failed, the others are posted"


@dataclass(frozen=True, slots=True)
class Case:
    """`at` None is every call. `also` are entries of the same script, `before` is the script of a
    run before. `lag` is how many seconds the list may be behind, `old_notes` how many notes were
    on the account before any of ours."""

    fault: str
    call: str
    at: int | None
    end: End
    also: tuple[str, ...] = ()
    before: str = ""
    lag: int = LAG
    old_notes: int = 0

    @property
    def id(self) -> str:
        where = "all" if self.at is None else str(self.at)
        fault = self.fault.replace(": ", "=").replace(", ", ",")
        more = f"-lag{self.lag}" if self.lag != LAG else ""
        return f"{fault}-{self.call}-{where}{more}"

    @property
    def script(self) -> str:
        entries = [entry(self.call, self.fault, self.at), *self.also]
        return "".join(f"  - {{{one}}}\n" for one in entries)


def entry(call: str, fault: str, at: int | list[int] | None = None) -> str:
    return f"call: {call}, fault: {fault}" + ("" if at is None else f", at: {at}")


def kind_of(fault: str) -> str:
    return fault.partition(",")[0]


SLOW = ("slow, seconds: 30",)
BROKEN = (
    "slow, seconds: 90",  # longer than the client waits
    "reset-before",
    "reset-inside, bytes: 5",
    "reset-after",
    "stall",
    "stall, bytes: 0",
    "stored-then-dropped",
    "did-it-late, seconds: 120",
    "half-answer",
)
DONE_UNSEEN = ("slow, seconds: 90", "stored-then-dropped", "half-answer")
PASSING = (
    "rate-limited, retry-after: seconds, seconds: 2",
    "rate-limited, retry-after: date, seconds: 20",
    "rate-limited, retry-after: none",
    "rate-limited, retry-after: garbage",
    "server-error, status: 500",
    "server-error, status: 503",
    "server-error, status: 504",
    "html",
    "html, status: 404",
    "huge-body, megabytes: 12",
    "redirect, to: 'http://127.0.0.1:9/CANARY'",
    "redirect, to: 'https://elsewhere.example/CANARY', status: 307",
    "business, code: -1",
)
LONG_WAIT = (
    "rate-limited, retry-after: huge",
    "rate-limited, retry-after: seconds, seconds: 90",
)
NO_NOTE = ("business, code: -9999", "business, code: -9059")
WARNING = (
    *(f"captcha, status: {s}, body: {b}" for s in (461, 471) for b in ("success", "empty")),
    *(f"business, code: {code}" for code in (300012, 300011, 300015, -9130, -9136, -9140)),
)
SIGNED_OUT = ("business, code: -100", "business, code: -10001", "html, status: 401")
INSTEAD = (*PASSING, *LONG_WAIT, *WARNING, *SIGNED_OUT)

# A run ends while the video is half there: what comes next begins by asking for its parts.
HALF_THERE = "  - {call: part, fault: 'captcha', at: 2}\n"
LOST_ID = entry("complete", "no-video-id")


def positions(call: str) -> tuple[int | None, ...]:
    last = CALLS_OF_A_RUN[call]
    return (*sorted({1, min(2, last), last}), None)


def one_of_each_kind() -> list[Case]:
    """Each kind of fault once at the call that creates a note, which is never repeated, and once at
    another; forms, calls and positions from all over."""
    groups: dict[tuple[str, bool], list[Case]] = {}
    for case in cases():
        groups.setdefault((kind_of(case.fault), case.call == "create"), []).append(case)
    return [group[nth * len(group) // len(groups)] for nth, group in enumerate(groups.values())]


def cases() -> Iterator[Case]:
    for call in CALLS_OF_A_RUN:
        for at in positions(call):
            yield from _create(at) if call == "create" else _repeatable(call, at)
    for call in HELPING:
        yield from _helping(call)
    for at in (1, None):
        yield from _repeatable("video-id", at, also=(LOST_ID,))
    yield from _special()


def _fits(fault: str, call: str) -> bool:
    return call in FAULTS[kind_of(fault)].calls


def _repeatable(call: str, at: int | None, also: tuple[str, ...] = ()) -> Iterator[Case]:
    """Calls that are made again when they fail."""
    for fault in (*SLOW, *BROKEN, *INSTEAD, *NO_NOTE):
        if not _fits(fault, call):
            continue
        if fault in WARNING:
            end = End.AT_RISK
        elif fault in SIGNED_OUT and not (fault.startswith("html") and call in UPLOAD):
            end = End.SIGN_IN
        elif (fault, call) == ("half-answer", "complete"):
            end = End.DONE  # half a no still says that the upload is over, and the video has its id
        elif fault in LONG_WAIT or (at is None and fault not in SLOW):
            end = End.LATER
        else:
            end = End.DONE
        yield Case(fault, call, at, end, also)
    for fault in ("html, done: true", "server-error, done: true"):
        yield Case(fault, call, at, End.LATER if at is None else End.DONE, also)


def _helping(call: str) -> Iterator[Case]:
    for case in _repeatable(call, 1):
        # Giving an upload up proves nothing of the session: what comes next will.
        telling = (End.AT_RISK,) if call == "abort" else (End.AT_RISK, End.SIGN_IN)
        end = case.end if case.end in telling else End.DONE
        yield Case(case.fault, call, 1, end, before=HALF_THERE)
    yield Case("permit-expired", call, 1, End.DONE, before=HALF_THERE)


def _create(at: int | None) -> Iterator[Case]:
    """Sent once, whatever comes back."""
    for fault in (*SLOW, *BROKEN, *INSTEAD):
        if fault in WARNING or fault == "business, code: -1":
            end = End.HELD
        elif fault in SIGNED_OUT:
            end = End.SIGNED_OUT
        elif fault in SLOW or fault in DONE_UNSEEN:
            end = End.DONE
        else:
            end = End.UNKNOWN if at else End.UNCLEAR
        yield Case(fault, "create", at, end)
        if end is End.UNKNOWN:
            yield Case(fault, "create", at, End.NOT_THERE, lag=PRACTICE_LAG)
        if fault in INSTEAD:
            end = End.DONE if end in (End.UNKNOWN, End.UNCLEAR) else end
            yield Case(f"{fault}, done: true", "create", at, end)
    for fault in NO_NOTE:
        yield Case(fault, "create", at, End.AT_RISK if at is None else End.REFUSED)
    for how in ("normalise", "shorten", "drop-topics"):
        yield Case(f"edited-text, how: {how}", "create", at, End.DONE)
    for verdict in ("refused", "gone"):
        yield Case(f"review-refused, verdict: {verdict}", "create", at, End.DONE)
        yield Case(f"review-refused, verdict: {verdict}, seconds: 300", "create", at, End.DONE)


def _special() -> Iterator[Case]:
    for call in sorted(UPLOAD - set(HELPING)):
        for at in positions(call):
            yield Case("permit-expired", call, at, End.LATER if at is None else End.DONE)
    for at in positions("permit"):
        yield Case("permit-expired", "permit", at, End.LATER if at is None else End.DONE)
        yield Case("permit-expired, seconds: 200", "permit", at, End.DONE)
    for at in positions("part"):
        yield Case("bad-etag", "part", at, End.LATER if at is None else End.DONE)
    for call in ("put", "complete"):
        for at in positions(call):
            yield Case("no-video-id", call, at, End.DONE)
    yield Case("no-video-id", "video-id", 1, End.DONE, (LOST_ID,))
    yield Case("no-video-id", "video-id", None, End.LATER, (LOST_ID,))
    for at in positions("first-frame"):
        yield Case("slow-first-frame, queries: 5", "first-frame", at, End.DONE)
        slow = End.LATER if at is None else End.DONE
        yield Case("slow-first-frame, queries: 1000", "first-frame", at, slow)
    for at in positions("list"):
        for fault in ("list-lag, seconds: 300", "list-lag, calls-missed: 3", "stale-pages"):
            yield Case(fault, "list", at, End.DONE)
        # Every mark reads two pages of those old notes, and only the first of them has a next.
        circles = at is None or at % 2 == 1
        end = End.LATER if circles else End.DONE
        yield Case("stale-pages, pages: repeat", "list", at, end, old_notes=TWO_PAGES)
    # The second page of the look through all that is on a fresh account: not to know what is there
    # is no reason to call anything unclear, and nothing was sent yet.
    for fault in (*BROKEN, *PASSING):
        if _fits(fault, "list"):
            again = tuple(entry("list", fault, at) for at in (3, 4, 5))
            yield Case(fault, "list", 2, End.LATER, again, old_notes=TWO_PAGES)
    # A fresh account folder belongs to whoever comes first, so somebody was there before.
    yield Case("other-account", "probe", 1, End.DONE, before=HALF_THERE)  # only the name is wrong
    yield Case("other-account", "probe", 2, End.OTHER, before=HALF_THERE)
    yield Case("other-account", "probe", None, End.OTHER, before=HALF_THERE)
    # Parts that were refused, and no list to tell which of them are wrong.
    for fault in (*BROKEN, *PASSING):
        if _fits(fault, "list-parts"):
            wrong = (entry("part", "bad-etag", 2),)
            yield Case(fault, "list-parts", None, End.DONE, wrong)
    # The answer is lost, and the list that would tell fails as well.
    for at in (1, 2, 4):
        lost = (entry("create", "stored-then-dropped", at),)
        for fault in (*BROKEN, *INSTEAD):
            if not _fits(fault, "list"):
                continue
            end = End.UNKNOWN
            if fault in WARNING:
                end = End.HELD
            elif fault in SIGNED_OUT:
                end = End.SIGNED_OUT
            # Asked for as often as this kind of failure is worth, and no more.
            tries = 4
            if fault in LONG_WAIT or end is not End.UNKNOWN:
                tries = 1
            elif fault.startswith(("html", "redirect", "business")):
                tries = 2
            look = at + LOOKS_BEFORE
            more = [entry("list", fault, look + n) for n in range(1, tries)]
            yield Case(fault, "list", look, end, (*lost, *more))
        for fault in ("list-lag, seconds: 300", "stale-pages"):
            yield Case(fault, "list", at + LOOKS_BEFORE, End.UNKNOWN, lost)


def every_fault_and_call() -> set[tuple[str, str]]:
    """What the scripts of the stand-in know."""
    return {(name, call) for name, kind in FAULTS.items() for call in CALLS if call in kind.calls}
