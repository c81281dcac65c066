"""The next command on real workspaces: every command names the same, and the last one is an end."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.ledger.open import open_ledger
from crossover.library.posts_file import Library, write_library
from crossover.model.account import Receipt
from crossover.model.notes import Note
from crossover.model.posts import Post, Visibility
from crossover.plan.document import read_plan, write_plan
from crossover.storage.checksums import Checksums
from crossover.workspace import Workspace
from tests.makers import ACCOUNT, CARRIED, MARKER, link, plan, post
from tests.preview.pages import read_data
from tests.road.conftest import Run

LATER = datetime(2999, 1, 1, tzinfo=UTC)
COVER = ("ready/c.jpg", 900)
Sent = Callable[[Ledger, Note], Any]


def next_line(screen: str) -> str:
    """The command that is named next, `""` where the road ends."""
    lines = re.findall(r"^Next:  (.*)$", screen, re.MULTILINE)
    assert len(lines) < 2, lines
    return str(lines[0]) if lines else ""


def added(place: Workspace, *posts: Post, listed: bool = True) -> None:
    place.prepare()
    write_library(place.posts, Library(handle="mara", posts=posts, listed=listed))
    files = [(media.path, media.bytes) for one in posts for media in one.media]
    for path, size in (*files, COVER):
        (place.root / path).parent.mkdir(exist_ok=True)
        (place.root / path).write_bytes(bytes(size))


def planned(place: Workspace, *posts: Post, listed: bool = True, sent: Sent | None = None) -> None:
    added(place, *posts, listed=listed)
    made = plan(*posts, listed=listed)
    write_plan(made, place.plan)
    if sent:
        folder = AccountFolder(place.practice)
        folder.path.mkdir()
        with open_ledger(folder.ledger, ACCOUNT, "mara") as ledger:
            sent(ledger, made.notes[0])


def started(ledger: Ledger, note: Note) -> None:
    ledger.uploading(note)
    ledger.started(note, MARKER, CARRIED)


def posted(ledger: Ledger, note: Note) -> None:
    started(ledger, note)
    ledger.posted(note, Receipt("1", None, "the answer"))


def unclear(ledger: Ledger, note: Note) -> None:
    started(ledger, note)
    ledger.unknown(note, "no answer")


def refused(ledger: Ledger, note: Note) -> None:
    started(ledger, note)
    ledger.failed(note, "not allowed")


def out_of_date(place: Workspace) -> None:
    planned(place, post())
    write_library(place.posts, Library(handle="mara", posts=(post(text="Other words"),)))


def file_gone(place: Workspace) -> None:
    planned(place, post())
    (place.root / "media" / "0001-01.mp4").unlink()


def cover_gone(place: Workspace) -> None:
    planned(place, post())
    (place.root / COVER[0]).unlink()


def file_known_to_differ(place: Workspace) -> None:
    planned(place, post())
    checksums = Checksums()
    checksums.read_again(place.root / "media" / "0001-01.mp4")
    checksums.save(place.checksums)


BARE = post(2, media=())
ALIVE = replace(link(), expires=LATER)
MINE = post(visibility=Visibility.ONLY_ME)

STATES: dict[str, tuple[Callable[[Workspace], None], str]] = {
    "no posts": (lambda place: place.prepare(), "migrate EXPORT"),
    "links alive": (lambda place: planned(place, post(media=(), links=(ALIVE,))), "fetch"),
    "links dead": (
        lambda place: planned(place, post(media=(), links=(link(),))),
        "add EXPORT-OR-FOLDER",
    ),
    "not planned": (lambda place: added(place, post()), "plan"),
    "plan out of date": (out_of_date, "plan"),
    "a planned file gone": (file_gone, "plan"),
    "a planned cover gone": (cover_gone, "plan"),
    "a planned file is another": (file_known_to_differ, "plan"),
    "ready": (lambda place: planned(place, post()), "upload"),
    "under way": (lambda place: planned(place, post(), sent=Ledger.uploading), "upload"),
    "not looked up": (lambda place: planned(place, post(), sent=started), "upload"),
    "unclear": (lambda place: planned(place, post(), sent=unclear), "resolve"),
    "no words": (lambda place: planned(place, post(text=None), listed=False), "captions"),
    "no words on the page": (lambda place: planned(place, post(text=None)), "preview"),
    "doubtful words": (lambda place: planned(place, post(in_question=True)), "captions --confirm"),
    "no files": (lambda place: planned(place, post(), BARE, sent=posted), "add FILE-OR-FOLDER"),
    "a title alone": (
        lambda place: planned(place, post(text=None, title="Cake"), listed=False),
        "captions",
    ),
    "a title alone, the page was read": (
        lambda place: planned(place, post(text=None, title="Cake")),
        "upload",
    ),
    "no words of a post that only friends see": (
        lambda place: planned(place, post(text=None, visibility=Visibility.FRIENDS), listed=False),
        "preview",
    ),
    "done": (lambda place: planned(place, post(), sent=posted), ""),
    "done with holds": (lambda place: planned(place, MINE), "preview"),
    "done with a refusal": (lambda place: planned(place, post(), sent=refused), ""),
}


@pytest.mark.parametrize("state", STATES)
def test_every_command_that_says_where_you_are_names_the_same_step(
    run: Run, tmp_path: Path, state: str
) -> None:
    make, command = STATES[state]
    place = Workspace(tmp_path / "w")
    make(place)
    bare = run("-w", place.root).said
    assert next_line(bare) == (command and f"crossover {command} -w {place.root}")
    if place.plan.exists():
        assert next_line(run("status", "-w", place.root).said) == next_line(bare)


def damaged(place: Workspace) -> None:
    place.plan.write_bytes(place.plan.read_bytes()[:-40])


def for_another_destination(place: Workspace) -> None:
    write_plan(replace(read_plan(place.plan), to="elsewhere"), place.plan)


@pytest.mark.parametrize("spoil", [damaged, for_another_destination])
def test_where_no_plan_can_be_used_every_command_says_to_plan(
    run: Run, tmp_path: Path, spoil: Callable[[Workspace], None]
) -> None:
    place = Workspace(tmp_path / "w")
    planned(place, post())
    spoil(place)
    assert next_line(run("-w", place.root).said) == f"crossover plan -w {place.root}"
    for command in ("status", "upload", "preview"):
        ended = run(command, "-w", place.root)
        assert ended.code == 7
        assert f"`crossover plan -w {place.root}`" in ended.said


def test_files_that_may_be_a_posts_own_are_asked_about_before_others_are_wanted(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Workspace(tmp_path / "w")
    planned(place, post(), BARE, sent=posted)
    unsure = frozenset({BARE.id})
    monkeypatch.setattr("crossover.guide.facts.posts_unsure", lambda *_: unsure)
    asked = f"crossover add --confirm -w {place.root}"
    assert next_line(run("-w", place.root).said) == asked


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (posted, "Done: nothing is left to do."),
        (refused, "Nothing is left to send. Some posts were refused;"),
    ],
)
def test_where_nothing_is_left_to_do_no_command_begins_the_road_anew(
    run: Run, tmp_path: Path, sent: Sent, said: str
) -> None:
    place = Workspace(tmp_path / "w")
    planned(place, post(), sent=sent)
    for command in ((), ("status",)):
        ended = run(*command, "-w", place.root).said
        assert said in ended
        assert not re.search(r"^Next:", ended, re.MULTILINE)


@pytest.mark.parametrize(
    ("to", "browser", "names"),
    [
        ("rehearsal", True, ["rehearsal reset", "plan --to studio --site rehearsal"]),
        ("rehearsal", False, ["plan --to kit --account NAME"]),
        ("studio", True, ["login", "plan --to studio --site rednote.com"]),
    ],
)
def test_at_the_end_of_practice_the_way_to_a_real_account_is_told(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    to: str,
    browser: bool,
    names: list[str],
) -> None:
    monkeypatch.setattr("crossover.guide.facts.has_studio", lambda: browser)
    place = Workspace(tmp_path / "w")
    planned(place, post(), sent=posted)
    write_plan(replace(read_plan(place.plan), to=to), place.plan)
    said = " ".join(run("status", "-w", place.root).said.split())
    for name in names:
        assert f"`crossover {name}" in said
    assert ("plan --to studio --site rehearsal" in said) is (browser and to == "rehearsal")


def test_signing_in_comes_before_the_first_note_through_a_browser(run: Run, tmp_path: Path) -> None:
    place = Workspace(tmp_path / "w")
    planned(place, post())
    write_plan(replace(read_plan(place.plan), to="studio"), place.plan)
    assert re.search(r"^Next: +crossover login", run("-w", place.root).said, re.MULTILINE)
    (place.practice / "browser").mkdir(parents=True)
    assert re.search(r"^Next: +crossover upload", run("-w", place.root).said, re.MULTILINE)


def test_what_was_refused_is_named(run: Run, tmp_path: Path) -> None:
    place = Workspace(tmp_path / "w")
    planned(place, post(), sent=refused)
    assert "1 post refused: 1; `crossover status" in " ".join(run("-w", place.root).said.split())


@pytest.mark.parametrize("command", [(), ("status",)])
def test_who_is_sent_to_the_page_is_sent_to_the_list_of_causes_once(
    run: Run, tmp_path: Path, command: Sequence[str]
) -> None:
    place = Workspace(tmp_path / "w")
    planned(place, post(), post(2, visibility=Visibility.ONLY_ME), sent=posted)
    said = run(*command, "-w", place.root).said
    assert next_line(said) == f"crossover preview -w {place.root}"
    assert said.count("crossover status") == (0 if command else 1)


def test_of_several_moves_that_are_at_their_end_none_is_named(run: Run, tmp_path: Path) -> None:
    for name in "ab":
        planned(Workspace(tmp_path / "home" / "crossover" / name), post(), sent=posted)
    ended = run().said
    assert "Nothing is left to do in any of them." in ended
    assert not next_line(ended)


def test_of_several_moves_the_first_that_is_not_at_its_end_goes_on(
    run: Run, tmp_path: Path
) -> None:
    home = tmp_path / "home" / "crossover"
    planned(Workspace(home / "a"), post(), sent=posted)
    planned(Workspace(home / "b"), post())
    assert next_line(run().said) == f"crossover upload -w {home / 'b'}"


@pytest.mark.complete
def test_typing_what_is_printed_leads_to_an_end(run: Run, few: Path) -> None:
    typed, said = [], run("-w", few).said
    while line := next_line(said):
        assert line not in typed
        typed.append(line)
        said = run(*shlex.split(line)[1:]).said
    assert [line.split()[1] for line in typed] == ["upload"]
    assert "Done: nothing is left to do." in said
    assert read_plan(Workspace(few).plan).hold == 0


@pytest.mark.parametrize(
    "command",
    [
        "status",
        "upload",
        "sheet in no.csv",
        "add --no-pair 99",
        "captions",
        "captions --no-pair 99",
        "captions @x --confirm",
        "preview 1",
    ],
)
def test_an_error_names_commands_that_lead_to_the_same_workspace(
    run: Run, tmp_path: Path, command: str
) -> None:
    place = Workspace(tmp_path / "w")
    place.prepare()
    write_library(place.posts, Library(posts=(post(),)))
    ended = run(*command.split(), "-w", place.root)
    named = re.findall(r"`(crossover [^`]*)`", ended.said)
    assert ended.code
    assert named
    assert all(line.endswith(f"-w {place.root}") for line in named), named


def test_the_page_names_commands_that_lead_to_its_workspace_from_anywhere(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    alone = Workspace(tmp_path / "home" / "crossover" / "mara")
    other = Workspace(tmp_path / "moves of mine")

    def commands(place: Workspace, *here: object) -> set[str]:
        added(place, post(text=None, media=()))
        assert run("plan", *here).code == 0
        said = " ".join(read_data(place.preview)["texts"])
        return set(re.findall(r"`(crossover [^`]*)`", said))

    assert "crossover captions" in commands(alone)
    named = commands(other, "-w", "moves of mine")
    assert f"crossover captions -w '{other.root}'" in named
    assert all(command.endswith(f" -w '{other.root}'") for command in named), named
