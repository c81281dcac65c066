"""What a check found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from crossover.errors import CrossoverError


class Verdict(StrEnum):
    """How it is: fine; something to know, or to do some day; something that stands in the way."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


class Check(StrEnum):
    """What was looked at."""

    PYTHON = "python"
    PACKAGES = "packages"
    CAPTIONS_TOOL = "captions-tool"
    CLOCK = "clock"
    LIMITS = "limits"
    DISK = "disk"
    SYNCED = "synced-folder"
    POSTS = "posts"
    RULES = "rules"
    EDITS = "edits"
    PLAN = "plan"
    CACHES = "caches"
    LINKS = "links"
    LOCK = "lock"
    ACCOUNT = "account"
    PRIVATE = "private"
    LEDGER = "ledger"
    HOLD = "hold"
    PACE = "pace"
    OPEN_NOTES = "open-notes"
    STUDIO_EXTRA = "studio-extra"
    BROWSER = "browser"
    WINDOW = "window"
    REACHABLE = "reachable"
    SIGNED_IN = "signed-in"
    STUDIO_PAGE = "studio-page"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: `said` in a sentence, and how it is mended, `fix`, where it is not fine.
    `subject` is what it is about, for a heading: this computer, a workspace, an account. `names` are
    those parts of the studio's page, by our own names, that the finding is about."""

    check: Check
    verdict: Verdict
    subject: str
    said: str
    fix: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """Makes the findings about one thing."""

    name: str

    def ok(self, check: Check, said: str) -> Finding:
        return Finding(check, Verdict.OK, self.name, said)

    def warn(self, check: Check, said: str, fix: str, *, names: tuple[str, ...] = ()) -> Finding:
        return Finding(check, Verdict.WARN, self.name, said, fix, names)

    def fail(self, check: Check, said: str, fix: str, *, names: tuple[str, ...] = ()) -> Finding:
        return Finding(check, Verdict.FAIL, self.name, said, fix, names)

    def look(self, check: Check, look: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
        """Yield what a check finds. What it stumbles over is a finding too."""
        try:
            yield from look()
        except CrossoverError as exc:
            yield self.fail(check, exc.message, exc.next)
        except Exception as exc:  # noqa: BLE001  whatever is damaged, the other checks are made
            yield self.fail(
                check,
                f"This could not be looked at ({type(exc).__name__}).",
                "Please report it, with what --bundle writes.",
            )
