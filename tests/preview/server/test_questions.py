"""Questions on the page: what is asked, and that an answer is what the commands would have kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from crossover.preview.server.answers import RefusedRequest
from crossover.preview.server.question_pictures import QuestionPictures
from crossover.preview.server.question_rows import PageQuestions
from crossover.preview.server.questions import NONE, About, QuestionSession
from tests.library.conftest import decode_at_once
from tests.preview.served import served
from tests.preview.server.questions_world import (
    HOSTILE,
    IN_QUESTION,
    LOOKS_ALIKE,
    QuestionsWorld,
    answer_by_commands,
    make_world,
    run_in,
)

CAPTION_KEYS, FILE_KEYS = "12n21", "12n1n"


class Questions:
    """A workspace with open questions, and its session."""

    def __init__(self, world: QuestionsWorld) -> None:
        self.world = world
        self.session = world.session()
        space = world.workspace
        self.pictures = QuestionPictures(space.root, space.asked_pictures)
        self.asked = QuestionSession(self.session, self.pictures)

    def open(self) -> PageQuestions:
        return self.asked.list()

    def caption(self, key: str) -> PageQuestions:
        """Answer the first question about captions."""
        question = self.open().captions[0]
        answer = NONE if key == "n" else question.choices[int(key) - 1].tiktok_id
        return self.asked.answer(About.CAPTION, question.key, answer)

    def file(self, key: str) -> PageQuestions:
        """Answer the first question about files."""
        question = self.open().files[0]
        answer = NONE if key == "n" else question.posts[int(key) - 1].post.number
        return self.asked.answer(About.FILE, question.key, answer)

    def take_back(self) -> PageQuestions:
        return self.asked.take_back()

    def kept(self) -> tuple[bytes, object, list[str]]:
        """All that answers change: the posts, the files that wait, the creator's own files."""
        space = self.world.workspace
        media = space.root / "media"
        names = sorted(path.relative_to(media).as_posix() for path in media.rglob("*.*"))
        return space.posts.read_bytes(), json.loads(space.candidates.read_bytes()), names


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> QuestionsWorld:
    """Nobody may change this workspace: take a copy."""
    folder = tmp_path_factory.mktemp("questions")
    with pytest.MonkeyPatch.context() as patch:
        decode_at_once(patch)
        return make_world(folder, run_in(folder, patch))


@pytest.fixture
def questions(
    world: QuestionsWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Questions]:
    decode_at_once(monkeypatch)
    made = Questions(world.copy(tmp_path / "mara"))
    yield made
    made.pictures.close()


@pytest.fixture
def twin(world: QuestionsWorld, tmp_path: Path) -> QuestionsWorld:
    """The same workspace, for the commands."""
    return world.copy(tmp_path / "twin")


def refused(ask: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(RefusedRequest) as raised:
        ask()
    return raised.value.status, raised.value.code


def test_what_the_commands_would_ask_is_listed_with_what_can_be_shown_of_it(
    questions: Questions,
) -> None:
    found = questions.open()
    assert [one.post.number for one in found.captions] == list(IN_QUESTION)
    first = found.captions[0]
    assert [(one.text, one.apart, one.likely) for one in first.choices] == [
        (HOSTILE, 9, True),
        ("Mug 1, take 1 #clay", 10, False),
    ]
    alike, *dated = found.files
    assert (alike.names, [one.post.number for one in alike.posts]) == (
        ("IMG_2034.MOV",),
        [LOOKS_ALIKE],
    )
    assert alike.pictures
    assert alike.posts[0].post.pictures
    assert alike.posts[0].why
    assert len(dated) == 4
    assert all(one.date and one.date.by_name and one.pictures for one in dated)
    assert dated[0].posts[0].elapsed == 20 * 3600


def test_ten_answers_leave_the_workspace_as_the_commands_do(
    questions: Questions, twin: QuestionsWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in CAPTION_KEYS:
        questions.caption(key)
    for key in FILE_KEYS:
        questions.file(key)
    answer_by_commands(
        twin, run_in(tmp_path, monkeypatch), monkeypatch, captions=CAPTION_KEYS, files=FILE_KEYS
    )
    for name in ("posts.json", "rivals.json"):
        ours = (questions.world.workspace.root / name).read_bytes()
        assert ours == (twin.workspace.root / name).read_bytes()
    assert questions.open().captions == ()


def test_an_answer_changes_the_notes_that_it_is_about_and_no_others(questions: Questions) -> None:
    before = questions.session.planned.generation
    questions.caption("2")
    questions.file("1")
    changes = questions.session.changes_since(before)
    assert changes.stale is None
    notes = {note.number: note for note in changes.notes}
    assert notes.keys() == {"1", str(LOOKS_ALIKE)}
    assert notes["1"].tiktok.text == "Mug 1, take 1 #clay"
    assert questions.session.changes_since(changes.generation).notes == ()


@pytest.mark.parametrize("about", ["caption", "file"])
@pytest.mark.parametrize("key", ["1", "n"])
def test_an_answer_that_is_taken_back_leaves_everything_as_it_was(
    questions: Questions, about: str, key: str
) -> None:
    answer = questions.caption if about == "caption" else questions.file
    first, asked = questions.kept(), questions.open()
    answer(key)
    second = questions.kept()
    answer(key)
    assert questions.kept() != second != first
    questions.take_back()
    assert questions.kept() == second
    assert questions.take_back() == asked
    assert questions.kept() == first
    assert refused(questions.take_back) == (409, "nothing-to-take-back")


def test_an_answer_stays_where_something_else_changed_since(
    questions: Questions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions.caption("1")
    run = run_in(tmp_path, monkeypatch)
    root = questions.world.workspace.root
    assert run("captions", "--no-pair", 3, "-w", root)[0] == 0
    before = questions.kept()
    assert refused(questions.take_back) == (422, "not-kept")
    assert questions.kept() == before


def test_what_was_settled_elsewhere_is_not_answered_again(questions: Questions) -> None:
    first = questions.open()
    questions.caption("1")
    questions.file("1")
    before = questions.kept()
    caption, file = first.captions[0], first.files[0]
    again: list[tuple[str, str, object]] = [
        (About.CAPTION, caption.key, caption.choices[1].tiktok_id),
        (About.CAPTION, "2", caption.choices[1].tiktok_id),
        (About.FILE, file.key, file.posts[0].post.number),
        (About.FILE, first.files[1].key, 1),
    ]
    for asked, key, answer in again:
        answering = partial(questions.asked.answer, asked, key, answer)
        assert refused(answering) == (409, "not-asked")
    assert refused(partial(questions.asked.answer, "mood", "1", NONE)) == (422, "invalid")
    assert questions.kept() == before


def test_nothing_is_kept_while_another_run_holds_the_workspace(questions: Questions) -> None:
    before = questions.kept()
    with questions.world.workspace.hold("crossover add"):
        assert refused(lambda: questions.caption("1")) == (423, "busy")
    assert questions.kept() == before


def test_the_page_may_see_what_is_asked_about_and_no_other_file(
    questions: Questions, tmp_path: Path
) -> None:
    root = questions.world.workspace.root
    (tmp_path / "secret.jpg").write_bytes(b"not yours")
    with served(root) as page:
        files = page.ask("/questions").json["files"]
        for name in (files[0]["pictures"][0], files[0]["posts"][0]["post"]["pictures"][0]):
            shown = page.ask(f"/questions/pictures/{name}").json["pictures"]
            assert 1 < len(shown) <= 4
            assert page.ask(shown[0], bare=True).body[:2] == b"\xff\xd8"
        for name in ("0" * 32, "..%2f..%2fsecret.jpg", str(tmp_path / "secret.jpg")):
            assert page.ask(f"/questions/pictures/{name}").status == 404
        assert list(root.glob("preview-questions/*"))
    assert not (root / "preview-questions").exists()


def test_what_is_asked_about_is_opened_by_the_child_that_decodes(
    world: QuestionsWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = world.copy(tmp_path / "mara").workspace.root
    monkeypatch.setattr("crossover.media.decoder.worker.answer", None)  # of this process
    with served(root) as page:
        (name,) = page.ask("/questions").json["files"][0]["pictures"]
        shown = page.ask(f"/questions/pictures/{name}").json["pictures"]
        assert page.ask(shown[0], bare=True).body[:2] == b"\xff\xd8"
