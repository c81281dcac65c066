"""A small account to move, a stand-in to move it to, and what must be true in the end."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.open import open_ledger, read_entries
from crossover.accounts.warnings import holding_at_risk
from crossover.destinations.answers.answer import ANSWER_LIMIT
from crossover.destinations.api.destination import RedNote
from crossover.destinations.api.http.client import HttpClient
from crossover.destinations.api.session import Session
from crossover.destinations.sites import rehearsal_hosts
from crossover.errors import CrossoverError
from crossover.limits.limits import Limit, load_limits
from crossover.model.account import SiteName
from crossover.model.notes import Note, Plan, State
from crossover.model.posts import Kind
from crossover.rehearsal.faults.script import Script
from crossover.rehearsal.faults.script_file import parse_script
from crossover.rehearsal.server.app import PORT, Rehearsal, build_app
from crossover.rehearsal.store.records import File, NewNote
from crossover.rehearsal.store.records import Note as Stored
from crossover.transfer.outcome import Outcome
from crossover.transfer.run import transfer
from tests.destinations.makers import clip, note, picture

from .cases import LAG
from .line import FakeClock, Line

PART = 600
MINUTE, QUARTER, DAY = 60.0, 900.0, 86_400.0
PIECE = 1_000_000
CREATE = "/@api/web_api/sns/v2/note"
COOKIE, SIGNATURE = "CANARY-COOKIE-5f1d", "CANARY-SIGNATURE-77ab"
SESSION = Session({"a1": COOKIE, "web_session": COOKIE})
LIMITS = load_limits(SiteName.XIAOHONGSHU)


def sign(method: str, path: str, body: bytes, cookies: Mapping[str, str]) -> Mapping[str, str]:
    return {"x-s": SIGNATURE, "x-t": "1"}


def make_plan(root: Path) -> Plan:
    """Two picture notes, a small video, a video in three parts; none with a cover of its own."""

    def pictures(*names: str) -> dict[str, Any]:
        return {
            "media": tuple(
                picture(root, f"ready/{name}.jpg", b"\xff\xd8\xff " + name.encode())
                for name in names
            )
        }

    def film(name: str, size: int) -> dict[str, Any]:
        data = b"\0\0\0\x18ftypmp42" + name.encode() * size
        return {"kind": Kind.VIDEO, "media": (clip(root, f"ready/{name}.mp4", data[:size]),)}

    made = [
        note(title="A day at the sea", body="Golden", topics=("sunset",), **pictures("a", "b")),
        note(title="Clouds over Lisbon", body="All grey", topics=("lisbon",), **pictures("c", "d")),
        note(title="Waves, waves", body="A loop", topics=("sea",), **film("small", 300)),
        note(title="The ferry home", body="", topics=("sunset", "fogtok"), **film("large", 1500)),
    ]
    notes = tuple(
        replace(one, id=(post := f"2025-02-0{n}T15:50:46Z"), post=post, number=str(n))
        for n, one in enumerate(made, 1)
    )
    return Plan(
        to="rehearsal",
        site=SiteName.XIAOHONGSHU,
        handle="mara",
        found=4,
        move=4,
        skip=0,
        hold=0,
        unreadable=0,
        notes_total=4,
        digest="",
        inputs="",
        notes=notes,
        unreadable_posts=(),
    )


@dataclass
class Run:
    """One process's worth of sending."""

    error: CrossoverError | None
    outcomes: list[Outcome]
    calls: Counter[str]
    faults: Counter[str]


@dataclass
class World:
    folder: Path
    lag: int = LAG
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.root = self.folder / "work"
        self.data = self.folder / "stand-in"
        self.account = AccountFolder(self.folder / "account")
        self.plan = make_plan(self.root)
        self.loop = asyncio.new_event_loop()
        self.told = _Told()
        self.wrong: list[str] = []
        self.sandbox: Rehearsal | None = None
        self.line: Line | None = None

    # --- runs

    def serve(self, script: str = "") -> None:
        """A stand-in of a new process, on what the former one left."""
        self.end_server()
        faults = parse_script("faults:\n" + script) if script else Script()

        async def sleep(seconds: float) -> None:
            assert self.line is not None
            await self.line.sleep(seconds)

        self.sandbox = build_app(self.data, faults, clock=self.clock.milliseconds, sleep=sleep)
        self.line = Line(self.sandbox, self.clock, self.loop)

    def end_server(self) -> None:
        if self.sandbox is not None:
            self.look_at_line()
            self.loop.run_until_complete(self.sandbox.finish())
            self.sandbox.close()
            self.sandbox = None

    def run(self) -> Run:
        """Send the whole plan, as a new process; a hold of before was looked at and lifted."""
        assert self.sandbox is not None
        if self.account.warnings.read_hold():
            self.account.warnings.lift()
        assert self.line is not None
        before = Counter(self.counters("calls."))
        outcomes: list[Outcome] = []
        error = None
        self.told.begin()
        try:
            with (
                self.account.hold("crossover upload"),
                RedNote(
                    HttpClient(
                        rehearsal_hosts(PORT),
                        SESSION,
                        sign,
                        clock=self.clock,
                        transport=_Watched(self, self.line),
                    ),
                    site=SiteName.XIAOHONGSHU,
                    files=self.root,
                    limits=replace(LIMITS, list_lag_seconds=Limit(self.lag, "open")),
                    part_bytes=PART,
                ) as site,
                holding_at_risk(self.account.warnings, site.label),
                open_ledger(self.account.ledger, site.whoami(), None, now=self.clock.now) as ledger,
            ):
                for outcome in transfer(
                    self.plan,
                    to=site,
                    ledger=ledger,
                    memory=self.memory,
                    warnings=self.account.warnings,
                    sleep=self.clock.sleep,
                ):
                    outcomes.append(outcome)  # noqa: PERF402  what came before an error counts
        except CrossoverError as exc:
            error = exc
            self.told.add("".join(traceback.format_exception(exc)) + exc.next)
        finally:
            self.told.end()
        calls = Counter(self.counters("calls."))
        calls.subtract(before)
        return Run(error, outcomes, +calls, Counter(self.sandbox._context.faults))

    @property
    def memory(self) -> Callable[[Note], Any]:
        return self.account.memory

    def resume(self, *, at_most: int = 6, lasting: bool = False, first: float = MINUTE) -> Run:
        """Run again and again, later and later, until every note is settled. The first time, the
        stand-in is the same and its script at an end, unless that is `lasting`; then it is new."""
        waits = [first, QUARTER, QUARTER, QUARTER, DAY, DAY]
        for nth, wait in enumerate(waits[:at_most]):
            self.clock.sleep(wait)
            if nth == 0:
                assert self.sandbox is not None
                if not lasting:
                    self.sandbox._context._script = Script()
                self.loop.run_until_complete(self.sandbox.run_due())
            else:
                self.serve()
            run = self.run()
            if run.error is None and self.is_settled():
                break
        return run

    def is_settled(self) -> bool:
        states = list(self.states().values())
        return len(states) == len(self.plan.notes) and set(states) <= {State.POSTED, State.FAILED}

    # --- what is there

    def counters(self, prefix: str) -> dict[str, int]:
        assert self.sandbox is not None
        counted = self.sandbox.store.counters().items()
        return {n.removeprefix(prefix): value for n, value in counted if n.startswith(prefix)}

    def stored(self) -> list[Stored]:
        assert self.sandbox is not None
        return [one for one in self.sandbox.store.notes() if not one.title.startswith("Old note")]

    def entries(self) -> dict[tuple[str, int], Entry]:
        return read_entries(self.account.ledger, None)

    def states(self) -> dict[str, State]:
        """By the notes' numbers."""
        number = {one.post: one.number for one in self.plan.notes}
        return {number[post]: entry.state for (post, _), entry in self.entries().items()}

    def add_old_notes(self, count: int) -> None:
        assert self.sandbox is not None
        then = self.clock.milliseconds() - 86_400_000
        for n in range(count):
            file = File(f"{n:064x}", 5, "image/jpeg", None)
            new = NewNote(
                type="normal",
                title=f"Old note {n}",
                desc="",
                topics=(),
                privacy=0,
                schedule=None,
                media=(file,),
                cover=None,
                file_ids=(),
            )
            self.sandbox.store.add_note(f"{n:024x}", new, b"", then)

    # --- what must be true in the end

    def check(
        self,
        *,
        failed: frozenset[str] = frozenset(),
        unknown: frozenset[str] = frozenset(),
        edited: bool = False,
    ) -> None:
        """Every planned note is there once and the ledger knows it. `failed` are notes that were
        refused for good, `unknown` those only a person can tell about."""
        self.look_at_line()
        assert self.wrong == []
        states = self.states()
        expected = {
            one.number: State.FAILED
            if one.number in failed
            else State.UNKNOWN
            if one.number in unknown
            else State.POSTED
            for one in self.plan.notes
        }
        assert states == expected
        by_hash = {one.media[0].sha256: one for one in self.stored()}
        assert len(by_hash) == len(self.stored()), "a note is there twice"
        for one in self.plan.notes:
            there = by_hash.pop(one.media[0].sha256, None)
            entry = self.entries()[one.post, 1]
            if one.number in failed:
                assert there is None
                continue
            assert there is not None, f"note {one.number} is lost"
            if one.number not in unknown:
                assert entry.note_id == there.id
            if not edited:
                _equals(one, there)
        assert not by_hash, "something is there that was not planned"
        assert self.counters("refused.") == {}
        assert self.counters("leaks") == {}
        left = [p for p in (self.account.path / "uploads").glob("*") if not unknown]
        left += [*self.folder.rglob(".*.tmp"), *self.account.path.rglob(".crossover*")]
        assert left == []
        assert not (self.data / "server.log").exists()
        self._check_secrets()

    def look_at_line(self) -> None:
        assert self.line is not None
        self.wrong += [f"went to {url}" for url in self.line.strayed]
        if self.line.most_read > ANSWER_LIMIT + PIECE:
            self.wrong.append(f"read {self.line.most_read} bytes of one answer")
        self.line.strayed.clear()

    def _check_secrets(self) -> None:
        assert self.sandbox is not None
        tokens = [row[0] for row in self.sandbox.store.db.execute("SELECT token FROM slots")]
        files = [p for p in self.account.path.rglob("*") if p.is_file()]
        kept = b"\n".join(p.read_bytes() for p in files).decode("utf-8", "replace")
        for secret in (COOKIE, SIGNATURE, *tokens):
            assert secret not in self.told.text, "a secret is in the log"
            assert secret not in kept, "a secret is in the account's folder"

    def close(self) -> None:
        self.end_server()
        self.loop.close()


class _Watched(httpx.BaseTransport):
    """Sees every create call on its way: none may be for a note that is there."""

    def __init__(self, world: World, line: Line) -> None:
        self._world = world
        self._line = line

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST" and request.url.path == CREATE:
            title = json.loads(request.read())["common"]["title"]
            if title in (one.title for one in self._world.stored()):
                self._world.wrong.append(f"sent “{title}” again, which is there")
        return self._line.handle_request(request)


def _equals(planned: Note, there: Stored) -> None:
    assert there.title == planned.title
    assert there.desc.replace("[话题]#", "").strip() == planned.description
    assert there.topics == tuple(name for name in planned.topics if name != "fogtok")
    assert there.visibility == planned.visibility.value
    assert [(f.sha256, f.size) for f in there.media] == [(m.sha256, m.bytes) for m in planned.media]


class _Told(logging.Handler):
    """Everything that anybody logs, as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._lines: list[str] = []
        self._level = logging.WARNING

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record))

    def begin(self) -> None:
        root = logging.getLogger()
        self._level = root.level
        root.setLevel(logging.DEBUG)
        root.addHandler(self)

    def end(self) -> None:
        logging.getLogger().removeHandler(self)
        logging.getLogger().setLevel(self._level)

    def add(self, text: str) -> None:
        self._lines.append(text)

    @property
    def text(self) -> str:
        return "\n".join(self._lines)
