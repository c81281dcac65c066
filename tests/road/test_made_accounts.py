"""Made accounts, each moved by typing only what the last screen names: the road has an end, and no
step is taken in vain."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest
import typer

from crossover.cli.view.screen import is_terminal
from crossover.library.posts_file import read_library
from tests.captions.tiktok_page import StandInPage, tiktok
from tests.library.conftest import at_once
from tests.media.download.server import media_server
from tests.road import made_accounts
from tests.road.conftest import Run
from tests.road.creator import Creator
from tests.road.made_accounts import MadeAccount, World
from tests.tier import by_tier

__all__ = ["at_once", "tiktok"]

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


class Case(NamedTuple):
    """`size` is how many posts there are with `--complete`; `steps` are enough; `left` are those
    that were not practised and are not left out either, by state. `script`: nobody is there to be
    asked."""

    make: Callable[[World, int], MadeAccount]
    size: int
    steps: int
    left: Mapping[str, int] = MappingProxyType({})
    script: bool = False


SMALL = 6
LIKE_OTHERS = (
    "links and captions, in a script",
    "photos only",
    "bilingual",
    "only me, moved by a rule",
    "TikTok deleted",
    "TXT",
    "blanks and Chinese",
    "boxes not ticked",
)
"""Their road is that of another, or a part of it."""
CASES = {
    "links and captions": Case(made_accounts.links_and_captions, 480, 2),
    "links and captions, in a script": Case(made_accounts.links_and_captions, 60, 5, script=True),
    "photos only": Case(made_accounts.photos_only, 60, 2),
    "bilingual": Case(made_accounts.bilingual, 60, 2),
    "only me, decided one by one": Case(made_accounts.only_me_held, 120, 5),
    "only me, moved by a rule": Case(made_accounts.only_me_moved, 120, 9),
    "TikTok deleted": Case(made_accounts.tiktok_deleted, 60, 10),
    "TXT": Case(made_accounts.txt, 60, 2),
    "blanks and Chinese": Case(made_accounts.blanks_and_chinese, 60, 1),
    "boxes not ticked": Case(made_accounts.boxes_not_ticked, 60, 2),
    "a later export": Case(made_accounts.a_later_export, 60, 7),
    "refused and unclear": Case(made_accounts.refused_and_unclear, 60, 9),
}


def sit_at_terminal(monkeypatch: pytest.MonkeyPatch, agrees: str) -> None:
    """Answer every question as it proposes, or with the first choice, and yes to what `agrees`."""

    def confirm(question: str, default: bool = False, **_: object) -> bool:
        answer = default or bool(agrees and agrees in question)
        sys.stderr.write(f"{question} {'y' if answer else 'n'}\n")
        return answer

    def prompt(question: str, **_: object) -> str:
        sys.stderr.write(f"{question} 1\n")
        return "1"

    monkeypatch.setattr(is_terminal, "__code__", (lambda: True).__code__)  # for all who have it
    monkeypatch.setattr(typer, "confirm", confirm)
    monkeypatch.setattr(typer, "prompt", prompt)
    monkeypatch.setattr(typer, "getchar", lambda: "1")


@pytest.fixture
def world(
    tiktok: StandInPage,
    at_once: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[World]:
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)
    with media_server() as server:
        yield World(tmp_path / "home", desk, server, tiktok)


@pytest.mark.timeout(900)  # hundreds of posts with `--complete`
@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=[pytest.mark.complete] if n in LIKE_OTHERS else []) for n in CASES],
)
def test_what_is_named_next_leads_to_an_end(
    name: str,
    run: Run,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    figure: Callable[[str], None],
) -> None:
    case = CASES[name]
    size = by_tier(SMALL, case.size)
    account = case.make(world, size)
    if not case.script:
        sit_at_terminal(monkeypatch, account.agrees)
    creator = Creator(run, account, world, says_yes=case.script)
    creator.follow()
    place = creator.workspace
    assert place is not None
    told = json.loads(run("status", "-w", place.root, "--json").out)
    states = {state: told[state] for state in ("posted", "skip", *case.left)}
    assert sum(states.values()) == told["found"] == size
    assert {state: told[state] for state in case.left} == case.left
    sources = {p.number: [m.source for m in p.media] for p in read_library(place.posts).posts}
    assert {number: sources[number] for number in account.names} == account.names
    steps = [line for line, _ in creator.typed]
    assert len(steps) <= case.steps, steps
    commands = ", ".join(line.partition(" ")[0] or "crossover" for line in steps)
    figure(f"{size} posts in {len(steps)} steps: {commands}")
