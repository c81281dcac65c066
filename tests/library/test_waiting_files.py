"""TikTok is gone and the camera roll is all there is: dates propose posts, the creator says which."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crossover.cli.view import file_questions
from crossover.library.originals.sitting import FileQuestion, list_questions, open_sitting
from crossover.library.posts_file import read_library
from crossover.model.posts import Kind, Post
from crossover.workspace import Workspace
from tests.conftest import Run
from tests.library.deleted_account import (
    DeletedAccount,
    clip,
    make_deleted_account,
    write_words,
)
from tests.library.test_originals import Creator
from tests.media.likeness.made_videos import film
from tests.tier import by_tier

pytestmark = pytest.mark.usefixtures("at_once")

VIEW = "crossover.cli.view.file_questions"


@dataclass(frozen=True)
class Sat:
    """A sitting that is over, and what was asked in it."""

    code: int
    screen: str
    asked: list[FileQuestion]


Sit = Callable[..., Sat]


class Gone:
    """A creator whose TikTok is gone, and their workspace."""

    def __init__(self, folder: Path, made: DeletedAccount) -> None:
        self.made = made
        self.workspace = Workspace(folder / "crossover" / "mara")

    def posts(self) -> tuple[Post, ...]:
        return read_library(self.workspace.posts).posts

    def questions(self) -> tuple[FileQuestion, ...]:
        library = read_library(self.workspace.posts)
        return list_questions(open_sitting(self.workspace, library, NOW)).asked

    def has(self) -> dict[str, int]:
        """The number of its post, by the name of each file that has one."""
        return {media.source: post.number for post in self.posts() for media in post.media}

    def truth(self, question: FileQuestion) -> str:
        """The key of the one who knows."""
        number = self.made.truth.get(question.paths[0].name)
        numbers = [one.post.number for one in question.posts]
        return str(numbers.index(number) + 1) if number in numbers else "n"


NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def seed() -> int:
    return 7


@pytest.fixture
def gone(tmp_path: Path, run: Run, seed: int) -> Gone:
    made = make_deleted_account(tmp_path / "made", seed, posts=by_tier(12, 30), others=8)
    assert run("add", made.export)[0] == 0
    return Gone(tmp_path, made)


@pytest.fixture
def sit(gone: Gone, run: Run, monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Settle with these keys; after them with those of the one who knows, where `know`."""

    def sitting(keys: Iterable[str] = "", *, know: bool = False) -> Sat:
        typed = iter(keys)

        def key() -> str:
            if (given := next(typed, None)) is not None:
                return given
            return gone.truth(asked[-1]) if know else "q"

        asked: list[FileQuestion] = []

        def show(question: FileQuestion, waiting: Sequence[FileQuestion]) -> None:
            asked.append(question)
            shown(question, waiting)

        monkeypatch.setattr("crossover.cli.commands.add.is_terminal", lambda: True)
        monkeypatch.setattr(f"{VIEW}.read_key", key)
        monkeypatch.setattr(f"{VIEW}._show", show)
        code, screen = run("add", "--confirm")
        return Sat(code, screen, asked)

    shown = file_questions._show
    return sitting


def test_a_camera_roll_alone_is_settled_in_one_sitting_until_the_plan_moves_it(
    gone: Gone, run: Run, sit: Sit
) -> None:
    screen = run("add", gone.made.roll)[1]
    assert "posts without files: say which, one key each" in screen
    assert screen.endswith("Next: crossover add --confirm")
    assert gone.has() == {}, "a date never pairs on its own"
    sat = sit(know=True)
    assert sat.code == 0
    dated = {n: p for n, p in gone.made.truth.items() if n not in gone.made.undated}
    assert gone.has() == dated
    assert gone.questions() == ()
    assert "Nothing is left to ask about." in sat.screen
    screen = run("plan")[1]
    moved = sum(bool(post.media) for post in gone.posts())
    assert f"{moved} move" in screen


@pytest.mark.parametrize("seed", range(1, by_tier(3, 21)))
def test_the_post_that_is_proposed_first_is_most_often_right(
    gone: Gone, run: Run, sit: Sit, figure: Callable[[str], None]
) -> None:
    run("add", gone.made.roll)
    sat = sit(know=True)
    own = [one for one in sat.asked if one.paths[0].name in gone.made.truth]
    first = sum(gone.truth(one) == "1" for one in own)
    figure(f"{first} of {len(own)} first proposals are right")
    assert first >= len(own) * 0.8


def small(gone: Gone, run: Run, *names: str) -> tuple[FileQuestion, ...]:
    """Videos of these names in a folder of their own, added; what is to be asked of them."""
    folder = gone.made.roll.parent / "few"
    folder.mkdir()
    for number, name in enumerate(names):
        clip(folder / name, bytes([number + 9]), {})
    assert run("add", folder)[0] == 0
    return gone.questions()


def test_a_question_shows_the_file_where_its_date_is_from_and_how_far_each_post_is(
    gone: Gone, run: Run, sit: Sit
) -> None:
    posted = next(post for post in gone.posts() if post.kind is Kind.VIDEO)
    day = posted.posted_at - timedelta(days=2)
    small(gone, run, f"VID_{day:%Y%m%d_%H%M%S}.mp4")
    screen = sit("q").screen
    assert f"1 question, 2 posts left VID_{day:%Y%m%d_%H%M%S}.mp4 video, 0:02, 0.0 MB" in screen
    assert f"filmed about {day:%Y-%m-%d %H:%M}, by its name" in screen
    said = f"1 post {posted.number}, {posted.posted_at:%Y-%m-%d %H:%M} UTC, about 2 days later"
    assert f"{said}, video" in screen
    assert "n none of these, s skip for now, q stop" in screen
    assert "To take one back: `crossover add --no-pair NOTE`" in screen


def test_a_name_that_holds_the_posts_own_second_or_day_is_asked_about_with_that_evidence(
    gone: Gone, run: Run, sit: Sit
) -> None:
    one, other = [post for post in gone.posts() if post.kind is Kind.VIDEO][:2]
    names = f"{one.posted_at:%Y%m%d_%H%M%S}.mp4", f"{other.posted_at:%Y-%m-%d} first words.mp4"
    questions = {q.paths[0].name: q for q in small(gone, run, *names)}
    assert [questions[name].posts[0].post.number for name in names] == [one.number, other.number]
    assert gone.has() == {}, "a name without an id never pairs on its own"
    screen = sit("sq").screen
    assert f"{one.posted_at:%Y-%m-%d %H:%M} UTC, its own second in the name, video" in screen
    assert f"{other.posted_at:%Y-%m-%d %H:%M} UTC, its own day in the name," in screen


def test_the_length_that_a_listing_told_is_evidence(
    gone: Gone, run: Run, sit: Sit, tmp_path: Path
) -> None:
    posts = [post for post in gone.posts() if post.kind is Kind.VIDEO][:2]
    for post, seconds in zip(posts, (40, 2), strict=True):
        write_words(tmp_path, post.number, post.posted_at, duration=seconds)
    run("add", *tmp_path.glob("*.info.json"))
    assert [post.seconds for post in gone.posts() if post.seconds] == [40, 2]
    day = posts[0].posted_at - timedelta(hours=20)
    question = small(gone, run, f"VID_{day:%Y%m%d_%H%M%S}.mp4")[0]
    assert [one.post.number for one in question.posts][:1] == [posts[1].number]
    screen = sit("q").screen
    assert "later, as long, video" in screen
    assert "0:40 long, video" in screen


def test_what_is_none_of_them_is_not_asked_about_again(gone: Gone, run: Run, sit: Sit) -> None:
    run("add", gone.made.roll)
    first = gone.questions()[0]
    sit("nq")
    refused = {one.post.number for one in first.posts}
    kept = {post.number for post in gone.posts() if post.not_files}
    assert kept == refused
    run("add", gone.made.roll)
    assert first.paths not in [one.paths for one in gone.questions()]


def test_what_is_taken_back_is_asked_about_again_without_that_post(
    gone: Gone, run: Run, sit: Sit
) -> None:
    run("add", gone.made.roll)
    first = next(one for one in gone.questions() if len(one.posts) > 1)
    before = len(gone.questions())
    place = [one.paths for one in gone.questions()].index(first.paths)
    sit("s" * place + "1q")
    number = first.posts[0].post.number
    assert gone.has() == {path.name: number for path in first.paths}
    assert run("add", "--no-pair", number)[0] == 0
    assert gone.has() == {}
    again = next(one for one in gone.questions() if one.paths == first.paths)
    assert number not in [one.post.number for one in again.posts]
    assert len(gone.questions()) in (before, before - 1, before + 1)


def test_what_is_skipped_waits(gone: Gone, run: Run, sit: Sit) -> None:
    run("add", gone.made.roll)
    before = gone.questions()
    sat = sit("s" * len(before))
    assert gone.questions() == before
    assert f"{len(before)} questions left: `crossover add --confirm` goes on" in sat.screen
    assert sat.screen.endswith("Next: crossover add EXPORT-OR-FOLDER")
    assert run()[1].endswith("Next: crossover add --confirm")


def test_who_stops_before_every_question_was_asked_goes_on_with_them(
    gone: Gone, run: Run, sit: Sit
) -> None:
    run("add", gone.made.roll)
    left = f"{len(gone.questions())} questions left: `crossover add --confirm` goes on."
    for keys in ("q", "sq"):
        screen = sit(keys).screen
        assert left in screen
        assert screen.endswith("Next: crossover add --confirm")


def test_files_that_are_gone_or_changed_are_said(gone: Gone, run: Run, sit: Sit) -> None:
    run("add", gone.made.roll)
    first, second, *_ = (one for one in gone.questions() if len(one.paths) == 1)
    first.paths[0].unlink()
    second.paths[0].write_bytes(b"other")
    sat = sit("q")
    assert first.paths not in [one.paths for one in sat.asked]
    said = sat.screen.partition("not there any more, or changed: ")[2].partition(";")[0]
    assert set(said.split(", ")) == {first.paths[0].name, second.paths[0].name}
    assert "if they are elsewhere: `crossover add FOLDER`" in sat.screen


@pytest.mark.parametrize("key", ["1", "n"])
@pytest.mark.parametrize("is_gone", [True, False])
def test_a_file_that_goes_or_changes_while_it_is_asked_about_is_not_used(
    gone: Gone, run: Run, sit: Sit, key: str, is_gone: bool
) -> None:
    run("add", gone.made.roll)
    before, (first, *others) = gone.posts(), gone.questions()

    def keys() -> Iterator[str]:
        first.paths[0].unlink()
        if not is_gone:
            clip(first.paths[0], b"\x99", {}, seconds=3)
        yield key

    sat = sit(keys())
    assert (sat.code, gone.posts()) == (0, before)
    assert f"{first.paths[0].name} is not there any more, or changed: it is not used." in sat.screen
    assert "If it is elsewhere: `crossover add FOLDER`" in sat.screen
    assert sat.asked[1].paths == others[0].paths, "the next is asked about"


def test_without_a_terminal_it_fails_and_names_the_flags(gone: Gone, run: Run) -> None:
    run("add", gone.made.roll)
    before = gone.posts()
    code, screen = run("add", "--confirm")
    assert (code, gone.posts()) == (2, before)
    assert "Nobody can be asked here" in screen
    assert "`crossover add FILE --pair NOTE=FILE`" in screen


def test_nothing_to_ask_about_is_said(gone: Gone, sit: Sit) -> None:
    sat = sit()
    assert sat.code == 0
    assert "Nothing is left to ask about." in sat.screen


def test_while_links_live_nothing_is_proposed_by_date(tmp_path: Path, run: Run, gone: Gone) -> None:
    export = tmp_path / "live.json"
    live = gone.made.export.read_text("utf-8").replace("1700000000", "4000000000")
    export.write_text(live, "utf-8")
    place = tmp_path / "live"
    run("add", export, "-w", place)
    screen = run("add", gone.made.roll, "-w", place)[1]
    assert "--confirm" not in screen
    assert "after `crossover fetch -w" in screen


def test_what_looks_like_a_post_is_asked_about_in_the_same_sitting(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    creator = Creator(tmp_path, run)
    creator.video(film(1)[4:14])
    creator.fetched()
    creator.original("IMG_2034.MOV", film(1))
    run("add", creator.roll)
    monkeypatch.setattr("crossover.cli.commands.add.is_terminal", lambda: True)
    monkeypatch.setattr(f"{VIEW}.read_key", lambda: "1")
    screen = run("add", "--confirm")[1]
    assert "1 post 1, 2025-05-01 12:00 UTC, video: raw clip, not your edit" in screen
    assert creator.sources(1) == ["IMG_2034.MOV"]


@pytest.mark.complete
@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals there")
def test_a_sitting_at_a_real_terminal_settles_every_file_that_has_a_date(
    gone: Gone, run: Run
) -> None:
    run("add", gone.made.roll)
    with Typist(gone.workspace.root) as typist:
        while True:
            typist.wait_for_question()
            waiting = gone.questions()
            typist.answer(gone.truth(waiting[0]))
            if len(waiting) == 1:
                break
        assert typist.process.wait(30) == 0
    dated = {n: p for n, p in gone.made.truth.items() if n not in gone.made.undated}
    assert gone.has() == dated
    moved = sum(bool(post.media) for post in gone.posts())
    assert f"{moved} move" in run("plan")[1]


@pytest.mark.complete
@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals there")
def test_killed_in_the_middle_nothing_settled_is_lost_and_the_same_command_goes_on(
    gone: Gone, run: Run
) -> None:
    run("add", gone.made.roll)
    before = len(gone.questions())
    with Typist(gone.workspace.root) as typist:
        typist.answer("1")
        typist.answer("x")  # no answer, and asked again
        typist.answer("1")
        typist.wait_for_question()
        typist.process.kill()
    settled = gone.has()
    assert len({*settled.values()}) == 2
    with Typist(gone.workspace.root) as typist:
        typist.answer("1")
        typist.answer("q")
        assert typist.process.wait(30) == 0
    assert settled.items() <= gone.has().items()
    assert len({*gone.has().values()}) == 3
    assert len(gone.questions()) < before


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals there")
@pytest.mark.parametrize("key", by_tier(["\x03"], ["\x03", "\x04"]))
def test_ctrl_c_and_the_end_of_the_input_keep_what_was_settled(
    gone: Gone, run: Run, key: str
) -> None:
    posted = next(post.posted_at for post in gone.posts() if post.kind is Kind.VIDEO)
    days = [posted - timedelta(days=number) for number in (1, 2)]
    small(gone, run, *(f"VID_{day:%Y%m%d_%H%M%S}.mp4" for day in days))
    with Typist(gone.workspace.root) as typist:
        typist.answer("1")
        typist.answer(key)
        assert typist.process.wait(30) == (130 if key == "\x03" else 0)
    assert len({*gone.has().values()}) == 1


class Typist:
    """Somebody at a terminal, who waits for each question and presses one key."""

    def __init__(self, workspace: Path) -> None:
        import pty

        self._ours, theirs = pty.openpty()
        self._said = b""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "crossover", "add", "--confirm", "-w", str(workspace)],
            stdin=theirs,
            stderr=theirs,
        )
        os.close(theirs)

    def __enter__(self) -> Typist:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)

    def wait_for_question(self) -> None:
        while not self._said.endswith(b"q stop \x1b[0m") and b"q stop " not in self._said[-20:]:
            assert select.select([self._ours], [], [], 30)[0], self._said
            self._said += os.read(self._ours, 4096)

    def answer(self, key: str) -> None:
        """Press a key once the question is there and the terminal takes keys one by one."""
        import termios

        self.wait_for_question()
        self._said = b""
        while termios.tcgetattr(self._ours)[3] & termios.ICANON:
            time.sleep(0.01)
        os.write(self._ours, key.encode())
