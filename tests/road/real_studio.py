"""A real account by the creator's own browser, as it is typed. Nobody can reach the real sites, so their
hosts lead to a stand-in each; what is typed, asked and kept is that of a real account."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pytest

from crossover.accounts.registry import account_for
from crossover.cli.keys import TypedKeys
from crossover.cli.steps import conditions, studio
from crossover.cli.steps.studio import Typist
from crossover.destinations.sites import HOSTS
from crossover.destinations.studio import destination
from crossover.destinations.studio.browser.window import PROFILE, open_window
from crossover.destinations.studio.form import FilledForm
from crossover.limits.limits import load_limits
from crossover.model.account import SiteName
from crossover.model.notes import Note
from crossover.plan.document import read_plan
from crossover.transfer import batch
from tests.road.conftest import Ended, Run
from tests.studio_world import Creator, InstalledBrowser, StandIn, installed_browser, stand_in

NAME = "Practice account"
"""What the stand-in calls whoever signed in."""
SHAPES: dict[SiteName, dict[str, str]] = {
    SiteName.REDNOTE: {"site": "rednote.com", "language": "en"},
    SiteName.XIAOHONGSHU: {"site": "xiaohongshu.com", "language": "zh"},
}


@dataclass
class Hand:
    """What the creator does once a page is filled: by default they publish. `typed` are keys, from one
    look at them to the next; `forms` what they were shown. `between_notes` happens while the next
    note of a day is waited for."""

    creator: Creator
    act: Callable[[Creator], object] | None = lambda creator: creator.presses()
    typed: list[str] = field(default_factory=list)
    forms: list[tuple[str, FilledForm]] = field(default_factory=list)
    between_notes: Callable[[], object] = lambda: None


@dataclass
class RealRoad:
    """A workspace, the stand-in of its site, and the creator who signed in there as `NAME`."""

    run: Run
    root: Path
    site: SiteName
    server: StandIn
    hand: Hand
    days: list[timedelta]

    def __call__(self, command: str, *arguments: object) -> Ended:
        return self.run(*command.split(), *arguments, "-w", self.root)

    def plan(self) -> str:
        """Plan for the account; the number by which that plan is agreed to."""
        done = self("plan --to studio", "--account", NAME, "--site", self.site)
        assert done.code == 0, done.said
        return read_plan(self.root / "plan.json").digest[:12]

    def upload(self, *arguments: object) -> Ended:
        return self("upload", *arguments)

    def agreed(self, *arguments: object) -> Ended:
        """A run in which everything was agreed to before."""
        digest = read_plan(self.root / "plan.json").digest[:12]
        answers = ("--accept-risk", "--account-empty", "--first-note-ok", "--approve", digest)
        return self.upload(*answers, *arguments)

    def status(self) -> dict[str, Any]:
        done = self("status --json")
        assert done.code in (0, 3), done.said
        found: dict[str, Any] = json.loads(done.out)
        return found

    def note(self, number: str) -> dict[str, Any]:
        """How a note stands."""
        notes = {one["number"]: one for one in self.status()["notes"]}
        return dict(notes[number])

    def states(self) -> list[str]:
        return [one["state"] for one in self.status()["notes"]]

    def pass_days(self, days: int = 1) -> None:
        """Let days go by, for whoever counts the notes of a day."""
        self.days[0] += timedelta(days=days)


@contextmanager
def real_browser(folder: Path) -> Iterator[InstalledBrowser]:
    with installed_browser(folder) as browser, pytest.MonkeyPatch.context() as patch:
        patch.setenv("CROSSOVER_BROWSER", str(browser.program))
        yield browser


@contextmanager
def real_road(run: Run, root: Path, folder: Path, site: SiteName) -> Iterator[RealRoad]:
    """The road on that site; the account is known, and signed in."""
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        server = stack.enter_context(stand_in(folder / f"server-{site}"))
        server.switch(processing_seconds=0.02, **SHAPES[site])
        hosts = replace(HOSTS[site], origin=server.origin, creator=server.origin)
        patch.setitem(HOSTS, site, hosts)
        patch.setenv("CROSSOVER_HOME", str(folder / "data"))
        profile = account_for(site, NAME).folder.path / PROFILE
        creator = stack.enter_context(Creator(profile))
        hand = Hand(creator)
        _sit_before(patch, hand)
        days = [timedelta()]
        defaults = batch.send_batch.__kwdefaults__ or {}
        patch.setitem(defaults, "sleep", _sleep_in(days, hand))
        patch.setattr(batch, "datetime", _calendar(days))
        patch.setattr("crossover.transfer.run.LATER", 0.0)
        # The stand-in's list is its store: nobody waits ten minutes for a note to be listed.
        limits = load_limits(site)
        prompt = replace(limits, list_lag_seconds=replace(limits.list_lag_seconds, value=1))
        patch.setattr(destination, "load_limits", lambda _: prompt)
        with open_window(profile, start_url=f"{server.origin}/new/home"):
            creator.does(lambda window: window.sign_in()).result(60)
        yield RealRoad(run, root, site, server, hand, days)


def _sit_before(patch: pytest.MonkeyPatch, hand: Hand) -> None:
    """Put the creator before terminal and window."""

    @contextmanager
    def keys() -> Iterator[TypedKeys]:
        yield lambda: hand.typed.pop(0) if hand.typed else ""

    show = Typist.filled

    def filled(self: Typist, note: Note, form: FilledForm, *, again: bool) -> None:
        show(self, note, form, again=again)
        hand.forms.append((note.number, form))
        if hand.act:
            hand.act(hand.creator)

    patch.setattr(Typist, "filled", filled)
    patch.setattr(studio, "typed_keys", keys)
    patch.setattr(studio, "is_terminal", lambda: True)


def _calendar(days: list[timedelta]) -> type[datetime]:
    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + days[0]

    return Later


def _sleep_in(days: list[timedelta], hand: Hand) -> Callable[[float], None]:
    def sleep(seconds: float) -> None:
        hand.between_notes()
        days[0] += timedelta(seconds=seconds)

    return sleep


def answer(patch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Answer the questions of the screen one after the other; gives those that were asked."""
    left, asked = list(answers), list[str]()

    def reply(text: str, **_: object) -> str:
        asked.append(text)
        return left.pop(0)

    for module in (conditions, studio):
        patch.setattr(module, "is_terminal", lambda: True)
    patch.setattr("typer.prompt", reply)
    patch.setattr("typer.confirm", lambda text, **_: reply(text) == "y")
    return asked
