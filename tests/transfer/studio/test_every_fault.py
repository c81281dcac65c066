"""Whatever goes wrong with a call of the page, or on the page: the note stands there once in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import yaml

from crossover.destinations.studio.contract.contract import Bound, load_contract
from crossover.errors import CrossoverError
from crossover.model.notes import Note, State
from crossover.model.posts import Kind, Visibility
from crossover.rehearsal.faults.script_file import FAULTS
from tests.faults.cases import entry, kind_of
from tests.studio_notes import clip, note
from tests.transfer.studio.world import StudioWorld

pytestmark = pytest.mark.complete

NO_NOTE = ("business, code: -9999", "business, code: -9059")
"""A clear no: the note is refused, and not sent again by itself."""
LOST_FILE = (("put", "html"), ("put", "business, code: -100"))
"""An answer that the page takes for success. RedNote refuses the note, for want of its file."""
REFUSED = (*(("create", fault) for fault in NO_NOTE), *LOST_FILE)
NOT_THERE = (None, State.UPLOADING, State.READY, State.STARTED, State.UNKNOWN)
AT_CREATE = (
    *NO_NOTE,
    "business, code: -1",
    "business, code: -100",
    "business, code: 300012",
    "captcha, status: 461",
    "captcha, status: 471, body: empty",
    "html",
    "html, status: 401",
    "html, status: 404",
    "huge-body, megabytes: 12",
    "rate-limited",
    "rate-limited, retry-after: huge",
    "redirect, to: 'http://127.0.0.1:9/CANARY'",
    "server-error, status: 500",
    "half-answer",
    "reset-after",
    "reset-before",
    "reset-inside, bytes: 5",
    "slow, seconds: 3",
    "stall",
    "stored-then-dropped",
    "did-it-late, seconds: 4",
    "edited-text, how: normalise",
    "edited-text, how: shorten",
    "edited-text, how: drop-topics",
    "review-refused",
    "review-refused, verdict: gone",
)
UNHEARD = ("stall", "redirect")
"""Nothing is heard of an answer then: a browser does not tell of one whose way on the page forbids."""
BEFORE = (
    "captcha",
    "business, code: -100",
    "html",
    "redirect, to: 'http://127.0.0.1:9/CANARY'",
    "server-error, status: 500",
    "reset-after",
    "stall",
    "permit-expired",
    "bad-etag",
    "no-video-id",
    "slow-first-frame, queries: 5",
    "list-lag, calls-missed: 2",
    "stale-pages",
    "stale-pages, pages: repeat",
    "other-account",
)
"""What goes wrong with a call that makes no note, for as long as a run lasts."""
OF_A_VIDEO = ("initiate", "part", "complete", "first-frame")
CALLS = ("probe", "permit", "put", *OF_A_VIDEO, "topics", "list")
"""Those that the pages make when nothing goes wrong, besides that which makes the note."""
SWITCHES: tuple[dict[str, Any], ...] = (
    {"signed_out": True},
    {"processing": "fails"},
    {"processing": "endless"},
    {"unknown_dialog": True},
    {"phone_not_bound": True},
    {"line_ends": "blanks"},
    {"api_origin": "other"},
    {"upload_origin": "other"},
)


def faults() -> Iterator[tuple[str, str]]:
    """Each fault, and the call that meets it."""
    for fault in AT_CREATE:
        yield "create", fault
        if hasattr(FAULTS[kind_of(fault)], "done"):  # the note was made all the same
            yield "create", f"{fault}, done: true"
    for call in CALLS:
        yield from ((call, fault) for fault in BEFORE if call in FAULTS[kind_of(fault)].calls)


@pytest.fixture(autouse=True)
def free(world: StudioWorld) -> None:
    world.account.warnings.lift()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """What stands still is given up after seconds instead of minutes."""

    def make() -> None:
        for bound in (Bound.ANSWER, Bound.STANDSTILL, Bound.PROCESSING):
            monkeypatch.setitem(load_contract().seconds, bound, 5.0)

    return make


def make_note(world: StudioWorld, call: str) -> Note:
    """A note for whose sake the page makes that call."""
    words = {"body": "At the sea", "topics": ("sunset",), "visibility": Visibility.ONLY_ME}
    if call in OF_A_VIDEO:
        return note(
            world.root, kind=Kind.VIDEO, media=(clip(world.root, size=11_000_000),), **words
        )
    return note(world.root, **words)


@pytest.mark.parametrize(("call", "fault"), [*faults()])
def test_a_call_that_goes_wrong(
    world: StudioWorld, impatient: Callable[[], None], call: str, fault: str
) -> None:
    made, before = make_note(world, call), len(world.site.notes())
    script = yaml.safe_load(f"{{{entry(call, fault, 1 if call == 'create' else None)}}}")
    if fault.startswith(UNHEARD):
        impatient()
    with world.site.switched(faults=[script]), suppress(CrossoverError):
        world.send(made)
    if (call, fault) in REFUSED:
        assert (world.state(made), world.site.notes()[before:]) == (State.FAILED, [])
    else:
        check_end(world, made, before)


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda switch: "-".join(map(str, *switch.items())))
def test_a_page_that_goes_wrong(
    world: StudioWorld, impatient: Callable[[], None], switch: dict[str, Any]
) -> None:
    made, before = make_note(world, "create"), len(world.site.notes())
    if "processing" in switch:
        impatient()
    with world.site.switched(**switch), suppress(CrossoverError):
        world.send(made)
    check_end(world, made, before)


def check_end(world: StudioWorld, made: Note, before: int) -> None:
    """What the ledger says fits what is there, whatever its title is there; and after other runs of the
    same the note is there once."""
    new = world.site.notes()[before:]
    fitting = (State.POSTED, State.STARTED, State.UNKNOWN) if new else NOT_THERE
    assert (len(new) <= 1, world.state(made) in fitting) == (True, True)
    world.settle(made)
    entry = world.entry(made)
    assert entry
    new = world.site.notes()[before:]
    assert [one["id"] for one in new] == [entry.note_id]
    assert new[0]["visibility"] == "only-me"
