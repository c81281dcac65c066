"""Every way a command can end early. The class holds the exit code, and an id that stays.

    CrossoverError          1   unexpected
    ├── UsageProblem        2   the command, the rules or the edits are wrong
    ├── LoginNeeded         4   the session is missing or over
    │   └── WrongAccount    4   the session is of somebody else
    ├── RetryLater          5   network, rate, disk full
    │   └── TikTokUnreachable  5   no way to TikTok over this network
    ├── AccountAtRisk       6   a warning sign: everything is held
    │   └── AccountHeld     6   held since an earlier run
    ├── PlanOutOfDate       7   the plan is not what would be sent now
    ├── ExportError         8   not an export, or no post section readable
    ├── Busy                9   another run holds the workspace or the account
    ├── MissingTool        10   an extra or a program must be installed
    ├── PageChanged         1   RedNote's page is not as it is known
    ├── LedgerError         1   the ledger cannot be trusted
    │   └── LedgerLost      1   it is gone, damaged, another one, or too old
    ├── NothingDue          0   the pace lets nothing go out now
    └── Interrupted       130   Ctrl-C or SIGTERM, state safe

A problem of one post is a value in the plan or the report, never one of these.
"""

from __future__ import annotations

from pathlib import Path


class CrossoverError(Exception):
    """Ends a command with one clear message.

    `next` is what the creator does next, a sentence or a command; it is shown under the message,
    and below it `more`, each in a line of its own. A line break in any of them is shown as a blank.
    """

    id = "unexpected"
    exit_code = 1

    def __init__(
        self,
        message: str,
        *,
        next: str = "",  # noqa: A002  the field's name
        more: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.next = next
        self.more = more


class UsageProblem(CrossoverError):
    """The command, the rules or the edits are wrong."""

    id = "usage"
    exit_code = 2


class NoTikTokPage(UsageProblem):
    """TikTok has no page of the name that was given."""

    id = "no-tiktok-page"


class LoginNeeded(CrossoverError):
    """The session is missing or over."""

    id = "login-needed"
    exit_code = 4


class WrongAccount(LoginNeeded):
    """The session belongs to another account than the one the work began on."""

    id = "wrong-account"


class RetryLater(CrossoverError):
    """Nothing is lost; the same command later goes on where it was."""

    id = "retry-later"
    exit_code = 5


class TikTokUnreachable(RetryLater):
    """The network is away, or TikTok is."""

    id = "tiktok-unreachable"

    def __init__(
        self,
        message: str = "The network or TikTok cannot be reached.",
        *,
        next: str = "Once you are online, the same command goes on.",  # noqa: A002  as above
        more: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, next=next, more=more)


class AccountAtRisk(CrossoverError):
    """RedNote showed a warning sign. Nothing more is sent."""

    id = "account-at-risk"
    exit_code = 6


class AccountHeld(AccountAtRisk):
    """The account is held since an earlier warning sign, until the creator lifts that."""

    id = "account-held"


class PlanOutOfDate(CrossoverError):
    """The plan on disk is not what would be sent now."""

    id = "plan-out-of-date"
    exit_code = 7


class ExportError(CrossoverError):
    """Not an export, or no post section can be read."""

    id = "export-unreadable"
    exit_code = 8


class Busy(CrossoverError):
    """Another run holds the workspace or the account."""

    id = "busy"
    exit_code = 9


class MissingTool(CrossoverError):
    """An extra or a program must be installed first."""

    id = "missing-tool"
    exit_code = 10


class PageChanged(CrossoverError):
    """RedNote's page is not as crossover knows it. Nothing was published.

    `step` is what was done, `parts` are the parts of the page that are missing, covered, or do not
    take what is put in, both in a creator's words; `names` are theirs in the contract, `screenshot`
    is a picture of the page as it was.
    """

    id = "page-changed"

    def __init__(
        self, step: str, parts: str, names: tuple[str, ...], *, screenshot: Path | None = None
    ) -> None:
        from crossover.model.next_step import Hint
        from crossover.model.next_step import step as command  # a list of commands needs no error

        super().__init__(
            "RedNote's page is not as crossover knows it. At the step"
            f" “{step}” it could not find or use: {parts}. Nothing was published.",
            next=Hint("Post by hand from packs: ", command("plan", "--to", "kit")),
            more=(f"A picture of the page: {screenshot}",) if screenshot else (),
        )
        self.step, self.parts, self.names, self.screenshot = step, parts, names, screenshot

    def with_screenshot(self, screenshot: Path) -> PageChanged:
        """The same with a picture of the page."""
        return PageChanged(self.step, self.parts, self.names, screenshot=screenshot)


class LedgerError(CrossoverError):
    """The ledger cannot be trusted; going on could post twice."""

    id = "ledger-unusable"


class LedgerLost(LedgerError):
    """The ledger is gone, damaged, another one, or older than it must be. The creator puts back the
    right copy, or says that it goes on without."""

    id = "ledger-lost"


class NothingDue(CrossoverError):
    """The day had its notes, or the creator paused the account: as it shall be, and no fault."""

    id = "nothing-due"
    exit_code = 0


class Interrupted(CrossoverError):
    """The creator asked to stop; everything done so far is saved."""

    id = "interrupted"
    exit_code = 130
