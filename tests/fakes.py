"""A RedNote that lives in memory and can fail at any call, and a process that can die there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.warnings import AccountWarnings
from crossover.destinations.api.destination import RedNote
from crossover.destinations.base import NO_OTHERS, NotThese, UploadMemory
from crossover.destinations.codes import NOTE_TYPE
from crossover.destinations.own_notes.recognise import find_like
from crossover.errors import RetryLater
from crossover.limits.limits import Limits
from crossover.model.account import Account, Marker, OwnNote, Receipt, SiteName
from crossover.model.notes import Note, Plan
from crossover.model.results import Absent, FindResult, NotKnown, Posted, Prepared, PublishResult
from crossover.model.uploads import BegunUpload, Progress, SentPart, UploadedFile
from crossover.transfer import connect
from crossover.transfer.outcome import Outcome
from crossover.transfer.run import transfer
from tests.makers import ACCOUNT, LIMITS, NOON

MARKED = 20
"""So many of the newest notes are seen with a marker, as in two pages of a real list."""


class Died(BaseException):
    """The process is gone: nothing after this point runs."""


@dataclass
class FakeSite:
    """What stands on the account, seen from outside. `at` is called before and after each call
    with its name, and may raise. It knows every topic but `unknown_topics`, where that is given."""

    notes: list[Note] = field(default_factory=list)
    at: Callable[[str], None] = lambda _: None
    answer: Callable[[Note], PublishResult | None] = lambda _: None
    list_readable: bool = True
    prepared: list[str] = field(default_factory=list)
    unknown_topics: Collection[str] | None = None
    removed: set[int] = field(default_factory=set)

    @property
    def site(self) -> SiteName:
        return SiteName.REHEARSAL

    @property
    def label(self) -> str:
        return "the practice account"

    @property
    def limits(self) -> Limits:
        return LIMITS

    def whoami(self) -> Account:
        return ACCOUNT

    def listed(self) -> tuple[OwnNote, ...]:
        """All notes as the list shows them, newest first."""
        return tuple(
            OwnNote(str(n), note.title, NOTE_TYPE[note.kind], NOON + timedelta(seconds=n), None)
            for n, note in reversed(list(enumerate(self.notes)))
            if note.kind and n not in self.removed
        )

    def mark(self, *, known: Set[str] = frozenset()) -> Marker:
        self.at("mark")
        moment = NOON + timedelta(seconds=len(self.notes))
        listed = self.listed()
        newest = next((n for n, entry in enumerate(listed) if entry.id in known), len(listed))
        seen = listed[: max(MARKED, newest + 1 if known else 0)]
        return Marker(tuple(str(n) for n in range(len(self.notes))), moment, seen)

    def prepare(self, note: Note, memory: UploadMemory, progress: Progress) -> Prepared:
        self.at("prepare")
        progress(sum(m.bytes for m in note.media))
        self.prepared.append(note.id)
        self.at("prepared")
        unknown = self.unknown_topics
        plain = None if unknown is None else tuple(t for t in note.topics if t in unknown)
        return Prepared(note, None, plain)

    def publish(self, prepared: Prepared) -> PublishResult:
        self.at("publish")
        special = self.answer(prepared.note)
        if special is not None:
            return special
        self.notes.append(prepared.note)
        self.at("published")
        return Posted(Receipt(str(len(self.notes) - 1), None, "the answer"))

    def remove(self, note_id: str) -> None:
        self.at("remove")
        self.removed.add(int(note_id))
        self.at("removed")

    def left(self) -> list[Note]:
        """The notes that are there, oldest first."""
        return [note for place, note in enumerate(self.notes) if place not in self.removed]

    def find(self, note: Note, since: Marker, *, taken: frozenset[str] = frozenset()) -> FindResult:
        self.at("find")
        if not self.list_readable:
            return NotKnown("the list could not be read")
        hits = [
            str(place)
            for place, other in enumerate(self.notes)
            if str(place) not in {*since.note_ids, *taken}
            and place not in self.removed
            and (other.title, other.kind) == (note.title, note.kind)
        ]
        if len(hits) > 1:
            return NotKnown("several look like it")
        return Receipt(hits[0], None, "the list") if hits else Absent()

    def find_all(
        self,
        notes: Sequence[Note],
        *,
        taken: frozenset[str] = frozenset(),
        others: NotThese = NO_OTHERS,
    ) -> list[FindResult]:
        self.at("find all")
        if not self.list_readable:
            raise RetryLater("The list could not be read.", next="Later.")
        unrecorded = [entry for entry in self.listed() if entry.id not in taken]
        like = find_like(notes, unrecorded)
        like = [
            None if entry and entry.id in others.get(note.key, ()) else entry
            for note, entry in zip(notes, like, strict=True)
        ]
        found = [self._same_title(note, others.get(note.key, frozenset())) for note in notes]
        return [
            Receipt(hit, None, "the list")
            if hit
            else NotKnown("one like it")
            if doubt
            else Absent()
            for hit, doubt in zip(found, like, strict=True)
        ]

    def _same_title(self, note: Note, others: frozenset[str]) -> str | None:
        return next(
            (
                str(place)
                for place, other in reversed(list(enumerate(self.notes)))
                if (other.title, other.kind) == (note.title, note.kind)
                if str(place) not in others and place not in self.removed
            ),
            None,
        )


class FakeMemory:
    """Forgets like the real one."""

    def __init__(self, *files: UploadedFile) -> None:
        self.files = {file.sha256: file for file in files}
        self.uploads: dict[str, BegunUpload] = {}
        self.forgotten = 0

    def uploaded_files(self) -> Mapping[str, UploadedFile]:
        return self.files

    def remember_file(self, file: UploadedFile) -> None:
        self.files[file.sha256] = file
        self.forget_upload(file.sha256)

    def begun_uploads(self) -> Mapping[str, BegunUpload]:
        return self.uploads

    def remember_upload(self, upload: BegunUpload) -> None:
        self.uploads[upload.sha256] = upload

    def remember_part(self, upload: BegunUpload, part: SentPart) -> None:
        kept = self.uploads[upload.sha256]
        self.uploads[upload.sha256] = replace(kept, parts=(*kept.parts, part))

    def forget_upload(self, sha256: str) -> None:
        self.uploads.pop(sha256, None)

    def forget(self) -> None:
        self.files.clear()
        self.uploads.clear()
        self.forgotten += 1


def run_transfer(
    made: Plan,
    site: FakeSite,
    ledger: Ledger,
    batch: int | None = None,
    *,
    memory: FakeMemory | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> list[Outcome]:
    """One run, whose wait for what may still arrive is the call `later` of the site."""
    uploads = memory or FakeMemory()
    return list(
        transfer(
            made,
            to=site,
            ledger=ledger,
            memory=lambda _: uploads,
            warnings=warnings_beside(ledger),
            batch=batch,
            stop=stop,
            sleep=lambda _: site.at("later"),
        )
    )


def warnings_beside(ledger: Ledger) -> AccountWarnings:
    """The warnings of the account whose ledger that is."""
    return AccountWarnings(ledger._path.parent)


def stand_in_for_practice(monkeypatch: pytest.MonkeyPatch) -> FakeSite:
    """Put a fake site in the place of the embedded server of a batch. Nothing comes late there, so
    nothing is waited for."""
    fake, server = FakeSite(), SimpleNamespace(port=1)
    monkeypatch.setattr("crossover.transfer.run.LATER", 0.0)
    monkeypatch.setattr(connect, "running_rehearsal", lambda *_, **__: nullcontext(server))
    monkeypatch.setattr(RedNote, "rehearsal", lambda **_: nullcontext(fake))
    return fake
