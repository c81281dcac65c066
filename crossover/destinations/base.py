"""The seam between carrying out a plan and any way to reach a site.

Whoever implements `Destination` must keep the promises written at each method: the transfer
relies on them for never posting twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from crossover.limits.limits import Limits
from crossover.model.account import Account, Marker, OwnNote, SiteName
from crossover.model.notes import Note
from crossover.model.results import FindResult, Prepared, PublishResult, Wish
from crossover.model.uploads import BegunUpload, Progress, SentPart, UploadedFile

NotThese = Mapping[tuple[str, int], frozenset[str]]
"""The ids of notes on an account, by the `Note.key` of the note that each of them is not."""

NO_OTHERS: NotThese = MappingProxyType({})


class UploadMemory(Protocol):
    """Which files of one note are already on the upload host, kept on disk between runs.

    What a method was given outlives this process when it returns; a power cut may cost what is known
    of small files. It is readable by its owner alone. A destination calls it from the thread that
    called `prepare`, never from two at once.
    """

    def uploaded_files(self) -> Mapping[str, UploadedFile]:
        """Read the files that are there whole, by sha256."""
        ...

    def remember_file(self, file: UploadedFile) -> None:
        """Keep a file that is there whole, in place of its begun upload."""
        ...

    def begun_uploads(self) -> Mapping[str, BegunUpload]:
        """Read the files of which parts may be there, by sha256."""
        ...

    def remember_upload(self, upload: BegunUpload) -> None:
        """Keep a begun upload, in place of what was kept of this file before."""
        ...

    def remember_part(self, upload: BegunUpload, part: SentPart) -> None:
        """Add a part to a kept upload. It outlives this process; a power cut may cost the parts of
        the last second, which are then sent again."""
        ...

    def forget_upload(self, sha256: str) -> None:
        """Forget the begun upload of this file, which is of no use any more."""
        ...

    def forget(self) -> None:
        """Forget everything: the note is settled, or its uploads are of no use."""
        ...


class Destination(Protocol):
    """One way to reach one site. Errors that end a batch are raised as `CrossoverError`s."""

    @property
    def site(self) -> SiteName: ...

    @property
    def label(self) -> str:
        """The name of the site within a sentence, as a creator says it."""
        ...

    @property
    def limits(self) -> Limits: ...

    def whoami(self) -> Account:
        """Prove the session. Repeatable. Raises `LoginNeeded`, `RetryLater`."""
        ...

    def mark(self, *, known: Set[str] = frozenset()) -> Marker:
        """The newest notes on the account, now; as they are listed at least down to the newest one
        of `known`, where that holds any. Repeatable. Raises `RetryLater`, `LoginNeeded`,
        `AccountAtRisk`."""
        ...

    def prepare(self, note: Note, memory: UploadMemory, progress: Progress) -> Prepared:
        """Upload what `memory` does not know, find topics. Repeatable; publishes nothing.

        Raises `ChangedFile` when a file is not the planned one, `Unsendable` when the note cannot
        be sent for another reason, `NotNow` where the creator wants something else, `RetryLater`,
        `LoginNeeded`, `AccountAtRisk`.
        """
        ...

    def publish(self, prepared: Prepared) -> PublishResult:
        """Publish once. The caller has put the intent on disk before, and never calls this again
        for the same intent. An exception from here counts as unclear."""
        ...

    def find(self, note: Note, since: Marker, *, taken: frozenset[str] = frozenset()) -> FindResult:
        """Look for the note on the account, published after `since`. Repeatable. `taken` are ids of
        notes that belong to other posts. A lag of seconds is waited for.

        `Absent` only when the list provably covers the note and the site's lag has passed since
        the marker. A publish call that is still on its way cannot be seen: after an unclear
        answer one `Absent` is not enough.
        """
        ...

    def find_all(
        self,
        notes: Sequence[Note],
        *,
        taken: frozenset[str] = frozenset(),
        others: NotThese = NO_OTHERS,
    ) -> list[FindResult]:
        """Look for a note like each of these on the account, whenever it was published. One look
        through the whole list; a note like two of them is told for both. Notes of other posts,
        `taken`, count only where the title is the very same; those that the creator said are not
        the note, `others`, never do. Repeatable.
        Raises `RetryLater` when the list cannot be read, `LoginNeeded`, `AccountAtRisk`."""
        ...


@runtime_checkable
class CanRemove(Protocol):
    """A destination that can take notes back: the practice account. On a real one the creator
    deletes them by hand."""

    def remove(self, note_id: str) -> None:
        """Take a note off the account; it is gone when this returns, also where it was gone before.
        Repeatable. Raises `RetryLater`, `LoginNeeded`, `AccountAtRisk`."""
        ...


@runtime_checkable
class CanReview(Protocol):
    """A destination that can list the notes of its account, with how each stands."""

    def list_notes(self) -> tuple[OwnNote, ...]:
        """Read the whole list once, newest note first. Raises `RetryLater` when it cannot be read
        to its end, `LoginNeeded`, `AccountAtRisk`. Repeatable."""
        ...


@runtime_checkable
class CanReadBack(Protocol):
    """A destination that can look at a note that was just posted, and tell what of it was dropped."""

    def read_back(self, note: Note, note_id: str) -> tuple[str, ...]:
        """Name the fields of `note` that the site dropped, as far as it shows that. Changes nothing;
        an exception says nothing of the note, which is there."""
        ...


class Unsendable(Exception):
    """A note cannot be sent as it is. Concerns that note alone; the text says why."""


class NotNow(Exception):
    """The creator, who sits before it, wants something else while a note is prepared."""

    def __init__(self, wish: Wish) -> None:
        super().__init__(wish.value)
        self.wish = wish


class ChangedFile(Unsendable):
    """A file of a note is gone or differs from the plan."""
