"""Nothing goes out without text unless the creator says so: asked once, before anything is sent."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from crossover.cli.main import run_app
from crossover.cli.steps.without_text import agree_to_send
from crossover.cli.view.next_step import Flags
from crossover.destinations.open import Target
from crossover.library.posts_file import Library, write_library
from crossover.model.account import SiteName
from crossover.model.posts import Post, Visibility
from crossover.plan.document import read_plan, write_plan
from crossover.settings.consent import read_consent
from crossover.transfer.without_text import TextMissing
from crossover.workspace import Workspace
from tests.conftest import Run
from tests.fakes import FakeSite, stand_in_for_practice
from tests.makers import plan, post

TOLD = "2 notes go out with a title and no text: 2-3. Get the text from your public page"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> FakeSite:
    return stand_in_for_practice(monkeypatch)


def titled(number: int) -> Post:
    return post(number, title=f"Title {number}", text=None, pictures=1)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A workspace whose plan has a note with text and two without."""
    made = Workspace(tmp_path / "w")
    made.prepare()
    posts = post(1), titled(2), titled(3)
    write_library(made.posts, Library(handle="mara", posts=posts))
    write_plan(plan(*posts), made.plan)
    return made


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """A terminal, and what is typed there."""
    typed = io.StringIO()
    monkeypatch.setattr("crossover.cli.steps.without_text.is_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", typed)
    return typed


def test_in_practice_it_is_told_where_nobody_can_be_asked(
    run: Run, place: Workspace, site: FakeSite
) -> None:
    code, said = run("upload", "-w", place.root)
    assert code == 0
    assert TOLD in said
    assert f"`crossover captions -w {place.root}`" in said
    assert len(site.notes) == 3


def test_to_a_real_account_nothing_goes_out_so_unless_the_flag_says_it(
    place: Workspace,
) -> None:
    real = Target("kit", SiteName.REDNOTE, place.practice)
    missing = TextMissing(read_plan(place.plan).notes[1:], on_page=False)
    with pytest.raises(TextMissing) as caught:
        agree_to_send(missing, place, real, Flags(), yes=False, ask=True)
    assert caught.value.exit_code == 2
    assert "add --without-text" in caught.value.next
    assert agree_to_send(missing, place, real, Flags(), yes=True, ask=True)
    assert len(read_consent(place.agreed).without_text[SiteName.REDNOTE]) == 2


def test_an_answer_is_kept_so_that_the_next_batch_says_nothing(
    run: Run, place: Workspace, site: FakeSite
) -> None:
    assert TOLD in run("upload", "-w", place.root, "--without-text", "--batch", "1")[1]
    assert "no text" not in run("upload", "-w", place.root)[1]
    assert len(site.notes) == 3


@pytest.mark.parametrize(("typed", "sent"), [("\n", 0), ("n\n", 0), ("y\n", 3)])
def test_on_a_terminal_it_is_asked_and_no_is_meant_by_silence(
    run: Run, place: Workspace, site: FakeSite, answer: io.StringIO, typed: str, sent: int
) -> None:
    answer.write(typed)
    answer.seek(0)
    code, said = run("upload", "-w", place.root)
    assert code == 0
    assert TOLD in said
    assert "Send them without text? [y/N]" in said
    assert len(site.notes) == sent
    assert ("Nothing was sent." in said) is (not sent)
    assert said.endswith(f"Next: crossover captions -w {place.root}") is (not sent)
    assert ("Some notes would go out with a title and no text;" in said) is (not sent)


def test_a_program_is_asked_nothing(
    place: Workspace,
    site: FakeSite,
    answer: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["crossover", "upload", "--json", "-w", str(place.root)])
    assert run_app() == 0
    out, err = capsys.readouterr()
    assert all(json.loads(line) for line in out.splitlines())
    assert TOLD in err
    assert len(site.notes) == 3


def test_what_has_words_or_went_out_before_is_not_asked_about(
    run: Run, place: Workspace, site: FakeSite
) -> None:
    posts = post(1), post(2, visibility=Visibility.FRIENDS)
    write_library(place.posts, Library(handle="mara", posts=posts))
    write_plan(plan(*posts), place.plan)
    assert run("upload", "-w", place.root)[0] == 0
    assert len(site.notes) == 2
