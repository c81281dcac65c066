"""A creator's computer and an account, for any history of them: workspaces and a ledger on disk,
a site in memory that answers as told and lists its notes as RedNote does, and the truth about whose
pictures each note holds.

Batches and plans are made by the real use cases. Files of media are named by their sha256 alone.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import patch

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.accept import accept_older_ledger
from crossover.accounts.ledger.open import open_ledger, read_all_entries
from crossover.accounts.warnings import AccountWarnings
from crossover.destinations.answers.answer import Answer
from crossover.destinations.answers.call import Call
from crossover.destinations.api.destination import RedNote
from crossover.destinations.api.http.client import HttpClient
from crossover.destinations.base import UploadMemory
from crossover.destinations.codes import NOTE_TYPE, VISIBILITY
from crossover.destinations.open import Target
from crossover.destinations.sites import rehearsal_hosts
from crossover.errors import CrossoverError
from crossover.library.posts_file import Library, read_library, write_library
from crossover.limits.limits import Limits
from crossover.model.account import Account, Receipt, SiteName
from crossover.model.notes import Note, Plan, State
from crossover.model.posts import Media, Post
from crossover.model.results import NotSent, Posted, Prepared, PublishResult, Refused, Unclear
from crossover.model.uploads import Progress, UploadedFile
from crossover.plan.planner import make_plan
from crossover.transfer import batch, connect, run
from crossover.transfer.batch import BatchOptions, BatchProgress, Sent, send_batch
from crossover.transfer.outcome import Outcome
from crossover.transfer.report.status import Status, status_with
from crossover.workspace import Workspace
from tests.fakes import Died
from tests.makers import ACCOUNT, LIMITS, NOON, fitted
from tests.unsynced import UnsyncedConnection, unsynced

PAGE = 10

PICTURES = 3
"""The most that a note takes: few, so that a history can be read."""

ANSWERS = (
    "confirmed",
    "stored, answer lost",
    "lost on the way",
    "arrives later",
    "arrives after the run",
    "never left",
    "refused",
    "refused as a double",
    "stored, warning sign",
    "warning sign",
    "words changed",
    "words changed, answer lost",
)


EFFECTS = (
    "publish",
    "published",
    "list",
    "prepare",
    "before commit",
    "after commit",
    "before ledger.json",
    "after ledger.json",
    "before hold.json",
    "after hold.json",
    "before in-a-row.json",
    "uploading",
    "started",
    "settled",
    "looked-up",
    "later",
)
"""Where a process may die: at calls of the site, commits, renames of files, steps that are told."""


@dataclass(frozen=True, slots=True)
class StoredNote:
    """What stands on the account. `owner` and `post` are the truth: whose post it is; the site
    knows neither."""

    id: str
    title: str
    type: str
    permission: int
    media: tuple[str, ...]
    time: datetime
    owner: str
    post: str


@dataclass
class IdentitySite:
    """An account as seen from outside. `intended` is asked before a note is taken. `lag` is how far its list is behind, in seconds."""

    clock: SiteClock
    at: Callable[[str], None]
    intended: Callable[[Note], None]
    notes: list[StoredNote] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    sent: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """Title and files of every note as it was sent, by its id."""
    later: list[StoredNote] = field(default_factory=list)
    after_the_run: list[StoredNote] = field(default_factory=list)
    lag: float = 0
    readable: bool = True
    published: int = 0

    def answer(self, owner: str, note: Note) -> PublishResult:
        """Take a note, or not, and answer as it was told to."""
        self.published += 1
        self.clock.sleep(20)
        how = self.answers.pop(0) if self.answers else "confirmed"
        stored = self._as_stored(owner, note)
        self.sent[stored.id] = (stored.title, stored.media)
        match how:
            case "lost on the way":
                return Unclear("no answer")
            case "arrives later":
                self.later.append(stored)
                return Unclear("no answer")
            case "arrives after the run":
                self.after_the_run.append(stored)
                return Unclear("no answer")
            case "never left":
                return NotSent("no route")
            case "refused":
                return Refused("not allowed", "refused")
            case "warning sign":
                return Refused("captcha", "captcha", stop=True)
            case "refused as a double" if self._has_double(stored):
                return Refused("the same note twice", "refused")
            case "words changed" | "words changed, answer lost":
                stored = replace(stored, title=stored.title[:8].strip())
            case _:
                pass
        self.notes.append(stored)
        if how in ("stored, answer lost", "words changed, answer lost"):
            return Unclear("no answer")
        if how == "stored, warning sign":
            return Unclear("captcha", at_risk=True)
        return Posted(Receipt(stored.id, None, "the answer"))

    def _has_double(self, new: StoredNote) -> bool:
        return any((n.title, n.media) == (new.title, new.media) for n in self.notes)

    def _as_stored(self, owner: str, note: Note) -> StoredNote:
        assert note.kind is not None
        return StoredNote(
            id=f"{self.published:024x}",
            title=note.title,
            type=NOTE_TYPE[note.kind],
            permission=VISIBILITY[note.visibility],
            media=tuple(file.sha256 for file in note.media),
            time=self.clock.now(),
            owner=owner,
            post=note.post,
        )

    def own_note(self, kind: str) -> None:
        """A note that the creator makes on the phone."""
        self.published += 1
        title, now = f"{self.published} by hand", self.clock.now()
        self.notes.append(StoredNote(f"{self.published:024x}", title, kind, 0, (), now, "", ""))
        self.clock.sleep(1000)

    def arrive(self, late: list[StoredNote]) -> None:
        """Let requests arrive that were still on their way."""
        self.notes += [replace(note, time=self.clock.now()) for note in late]
        late.clear()

    def page(self, number: int) -> dict[str, Any]:
        """A page of the list, newest note first."""
        until = self.clock.now() - timedelta(seconds=self.lag)
        listed = [note for note in reversed(self.notes) if note.time <= until]
        start = number * PAGE
        return {
            "notes": [
                {
                    "id": note.id,
                    "display_title": note.title,
                    "type": note.type,
                    "time": round(note.time.timestamp() * 1000),
                    "permission_code": note.permission,
                }
                for note in listed[start : start + PAGE]
            ],
            "page": number + 1 if start + PAGE < len(listed) else -1,
        }


class SiteClock:
    """Time that passes at once."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self.on_sleep: Callable[[], None] = lambda: None

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self._seconds)

    def monotonic(self) -> float:
        return self._seconds

    def sleep(self, seconds: float) -> None:
        self._seconds += seconds
        self.on_sleep()


class SiteClient:
    """The calls of one session, answered by the site."""

    line = None

    def __init__(self, site: IdentitySite) -> None:
        self.hosts = rehearsal_hosts(1)
        self.clock = site.clock
        self._site = site

    def call(self, call: Call, *, fresh: bool = False) -> Answer:
        assert call.name == "own notes"
        self._site.at("list")
        if not self._site.readable:
            return Answer(404, {}, b"")
        data = self._site.page(int(call.query["page"]))
        return Answer(200, {}, json.dumps({"success": True, "code": 0, "data": data}).encode())

    def now(self) -> datetime:
        return self.clock.now()

    server_now = now

    def close(self) -> None:
        pass


def limits(_: SiteName = SiteName.REHEARSAL) -> Limits:
    """What the site takes."""
    return replace(LIMITS, images=replace(LIMITS.images, value=PICTURES))


class IdentityDestination(RedNote):
    """RedNote with its real looking, marking and recognising; uploads are remembered only."""

    def __init__(self, site: IdentitySite, owner: str, files: Path) -> None:
        client = cast(HttpClient, SiteClient(site))
        super().__init__(client, site=SiteName.REHEARSAL, files=files, limits=limits())
        self._account, self._owner = site, owner

    def whoami(self) -> Account:
        return ACCOUNT

    def prepare(self, note: Note, memory: UploadMemory, progress: Progress) -> Prepared:
        self._account.at("prepare")
        first = note.media[0]
        if first.sha256 not in memory.uploaded_files():
            expires = self._account.clock.now() + timedelta(hours=1)
            memory.remember_file(UploadedFile(first.sha256, first.bytes, "id", None, expires))
        return Prepared(note, None)

    def publish(self, prepared: Prepared) -> PublishResult:
        self._account.at("publish")
        self._account.intended(prepared.note)
        result = self._account.answer(self._owner, prepared.note)
        self._account.at("published")
        return result


@dataclass(frozen=True)
class Creator:
    """Somebody's TikTok account, moved in a workspace. `name` stays when the handle is changed."""

    name: str
    workspace: Workspace


class DyingProgress(BatchProgress):
    """A process that may die after any step."""

    def __init__(self, at: Callable[[str], None]) -> None:
        self._at = at

    def step(self, outcome: Outcome) -> None:
        self._at(f"{outcome.step}")


class IdentityWorld:
    """All of it. Use it in a `with`.

    `dies_at`: at which effect the process dies, and at which of that name; None: never.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.account = folder / "account"
        self.home = folder / "home"
        self.clock = SiteClock()
        self.site = IdentitySite(self.clock, self._effect, self._check_intent)
        self.clock.on_sleep = lambda: None
        self.dies_at: tuple[str, int] | None = None
        self.effects: Counter[str] = Counter()
        self.unannounced = 0
        """Notes of which the ledger did not know when they were published."""
        self._patches = ExitStack()

    def __enter__(self) -> IdentityWorld:
        enter = self._patches.enter_context
        enter(patch.dict(os.environ, CROSSOVER_HOME=str(self.home)))
        enter(unsynced(self._connection()))
        enter(patch("crossover.plan.planner.fit_media", self._fit))
        for module in ("crossover.plan.planner", "crossover.plan.current"):
            enter(patch(f"{module}.load_limits", limits))
        server = nullcontext(SimpleNamespace(port=1))
        enter(patch.object(connect, "running_rehearsal", lambda *_, **__: server))
        enter(patch.object(batch, "transfer", partial(run.transfer, sleep=self._sleep)))
        replace_file = Path.replace

        def replace_or_die(path: Path, target: Path) -> Path:
            self._effect(f"before {Path(target).name}")
            done = replace_file(path, target)
            self._effect(f"after {Path(target).name}")
            return done

        enter(patch.object(Path, "replace", replace_or_die))
        return self

    def __exit__(self, *_: object) -> None:
        self._patches.close()

    def _connection(self) -> type[UnsyncedConnection]:
        effect = self._effect

        class DyingConnection(UnsyncedConnection):
            def __exit__(self, *exc: Any) -> Any:
                if exc == (None, None, None):
                    effect("before commit")
                super().__exit__(*exc)
                effect("after commit")

        return DyingConnection

    def _fit(self, _root: Path, media: Sequence[Media], *_: object) -> Any:
        posts = (Post("", NOON, None, media=tuple(media)),)
        return fitted(Library(posts=posts))

    def _sleep(self, seconds: float) -> None:
        self._effect("later")
        self.clock.sleep(seconds)
        self.site.arrive(self.site.later)

    def _effect(self, name: str) -> None:
        self.effects[name] += 1
        if (name, self.effects[name]) == self.dies_at:
            self.dies_at = None
            raise Died(name)

    def _check_intent(self, note: Note) -> None:
        rows = read_all_entries(AccountFolder(self.account).ledger)
        started = {
            row.title
            for row in rows
            if (row.post, row.part) == note.key and row.state is State.STARTED
        }
        self.unannounced += note.title not in started

    # --- what a creator does ---------------------------------------------------------------------

    def creator(self, name: str) -> Creator:
        return Creator(name.partition("-")[0], Workspace(self.folder / name))

    def library(self, who: Creator) -> Library:
        return read_library(who.workspace.posts)

    def write(self, who: Creator, library: Library) -> None:
        who.workspace.root.mkdir(exist_ok=True)
        write_library(who.workspace.posts, library)

    def target(self, who: Creator) -> Target:
        return Target("rehearsal", SiteName.REHEARSAL, self.account)

    def plan(self, who: Creator) -> Plan:
        made, _ = make_plan(
            who.workspace,
            self.target(who),
            lambda *_: None,
            fitted=lambda *_: None,
            mapped=lambda *_: None,
        )
        return made

    def send(
        self,
        who: Creator,
        number: int | None = None,
        answers: Sequence[str] = (),
        dies_at: tuple[str, int] | None = None,
    ) -> Sent | CrossoverError | Died:
        """Send a batch, and say how it ended. Requests still under way arrive after it."""
        self.site.answers = list(answers)
        destination = IdentityDestination(self.site, who.name, who.workspace.root)
        self.dies_at, self.effects = dies_at, Counter()
        try:
            with patch.object(RedNote, "rehearsal", lambda **_: destination):
                return send_batch(
                    who.workspace,
                    self.target(who),
                    BatchOptions(batch=number),
                    command="upload",
                    stop=lambda: False,
                    progress=DyingProgress(self._effect),
                )
        except (CrossoverError, Died) as ended:
            return ended
        finally:
            self.dies_at = None
            self.site.answers = []
            self.site.arrive(self.site.later)
            self.site.arrive(self.site.after_the_run)
            self.clock.sleep(1000)

    def status(self, who: Creator, plan: Plan) -> Status:
        return status_with(plan, who.workspace, self.account)

    @property
    def warnings(self) -> AccountWarnings:
        return AccountFolder(self.account).warnings

    def check_ledger(self) -> None:
        """Raise `LedgerError` where the ledger is refused."""
        with open_ledger(AccountFolder(self.account).ledger, ACCOUNT, None):
            pass

    def accept_ledger(self) -> None:
        """The creator says that it goes on with the ledger that is there."""
        accept_older_ledger(AccountFolder(self.account).ledger)

    # --- copies ----------------------------------------------------------------------------------

    def files(self) -> dict[str, bytes]:
        """Every file there is, by its place."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and not path.name.startswith("lock")
        }

    def put_back(self, copy: dict[str, bytes], chosen: Callable[[str], bool]) -> None:
        """Make the chosen files what they were in `copy`: also gone, if they were not there."""
        for place in self.files():
            if chosen(place) and place not in copy:
                (self.folder / place).unlink()
        for place, data in copy.items():
            if chosen(place):
                path = self.folder / place
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
