"""Asks on the page what `captions --confirm` and `add --confirm` ask on a terminal, and keeps every answer
at once, through the same use cases."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from crossover.errors import CrossoverError, UsageProblem
from crossover.library.caption_answers import keep_answers
from crossover.library.originals.sitting import (
    Sitting,
    file_gone,
    list_questions,
    open_sitting,
    refuse_files_asked,
    take_files,
)
from crossover.library.posts_file import Library, read_library
from crossover.library.taking_back import StateBefore, read_state, take_back
from crossover.library.update import open_questions
from crossover.media.likeness.fingerprint_cache import FingerprintCache
from crossover.model.posts import Post
from crossover.preview.server.answers import RefusedRequest, disk_answer, workspace_answer
from crossover.preview.server.planned_notes import PageChanges
from crossover.preview.server.question_pictures import QuestionPictures
from crossover.preview.server.question_rows import (
    PageQuestions,
    PicturesOf,
    QuestionRows,
    caption_key,
    file_question_key,
    make_page_questions,
)
from crossover.preview.server.session import EditingSession

NONE = "none"
"""The answer that it is none of those."""
_MOST_PICTURES = 9


class About(StrEnum):
    """What a question is about."""

    CAPTION = "caption"
    FILE = "file"


class PageAnswered(msgspec.Struct, frozen=True):
    """What an answer changed on the page, and what is to be asked now."""

    changes: PageChanges
    questions: PageQuestions


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer that was kept, and what was before and after it."""

    key: str
    before: StateBefore
    after: StateBefore


class QuestionSession:
    """The questions of a workspace whose page is edited. Its methods may be called from any thread,
    and follow one another."""

    def __init__(self, session: EditingSession, pictures: QuestionPictures) -> None:
        self._session = session
        self._workspace = session.workspace
        self._pictures = pictures
        self._lock = threading.Lock()
        self._answers: list[_Answer] = []
        self._files_asked: dict[str, tuple[Path, ...]] = {}

    def list(self) -> PageQuestions:
        """List what is to be asked now. Raises `RefusedRequest`."""
        with self._lock:
            return self._list()

    def answer(self, asked: object, key: object, answer: object, since: int) -> PageAnswered:
        """Keep an answer to the question of this key: `"none"`, or the TikTok id of a caption, or the
        number of a post. Tells what that changes since a generation of the page. Raises
        `RefusedRequest`; nothing is kept then."""
        with self._lock:
            with self._session.holding():
                before = self._read()
                try:
                    if asked == About.CAPTION:
                        self._settle_caption(before.library, key, answer)
                    elif asked == About.FILE:
                        self._settle_files(before.library, key, answer)
                    else:
                        raise _invalid("There is no such kind of question.")
                except CrossoverError as exc:
                    raise self._not_kept(exc) from exc
                self._answers.append(_Answer(str(key), before, self._read()))
            return self._answered(since)

    def take_back(self, since: int) -> PageAnswered:
        """Take the last answer back. Raises `RefusedRequest`; it stays then."""
        with self._lock:
            if not self._answers:
                raise RefusedRequest(
                    409, "nothing-to-take-back", "There is no answer to take back."
                )
            last = self._answers[-1]
            with self._session.holding():
                try:
                    take_back(self._workspace, last.before, last.after)
                except CrossoverError as exc:
                    raise self._not_kept(exc) from exc
                self._answers.pop()
            return self._answered(since)

    def _answered(self, since: int) -> PageAnswered:
        return PageAnswered(self._session.changes_since(since), self._list())

    def _read(self) -> StateBefore:
        try:
            return read_state(self._workspace)
        except CrossoverError as exc:
            raise workspace_answer(exc) from exc

    def _not_kept(self, exc: CrossoverError) -> RefusedRequest:
        if isinstance(exc, UsageProblem):
            return RefusedRequest(422, "not-kept", self._session.planned.advise(exc))
        return disk_answer(exc)

    def _settle_caption(self, library: Library, key: object, answer: object) -> None:
        question = next(
            (one for one in open_questions(library) if caption_key(one.post) == key), None
        )
        if question is None:
            raise _not_asked()
        number = question.post.number
        if answer == NONE:
            keep_answers(library, self._workspace, {}, [number])
        elif answer in {choice.tiktok_id for choice in question.choices}:
            keep_answers(library, self._workspace, {number: str(answer)}, [])
        else:
            raise _not_asked()

    def _settle_files(self, library: Library, key: object, answer: object) -> None:
        sitting = open_sitting(self._workspace, library, datetime.now(UTC))
        asked = list_questions(sitting).asked
        question = next((one for one in asked if file_question_key(one) == key), None)
        if question is None:
            raise self._why_not_asked(key, sitting)
        if answer == NONE:
            refuse_files_asked(sitting, question)
            return
        post = next((one.post for one in question.posts if one.post.number == answer), None)
        if post is None:
            raise _not_asked()
        with FingerprintCache(self._workspace.fingerprints) as fingerprints:
            take_files(fingerprints, sitting, question, post)

    def _why_not_asked(self, key: object, sitting: Sitting) -> Exception:
        asked = self._files_asked.get(str(key), ())
        gone = next((path for path in asked if str(path) in sitting.gone), None)
        return file_gone(gone) if gone else _not_asked()

    def _list(self) -> PageQuestions:
        space = self._workspace
        try:
            library = read_library(space.posts)
            sitting = open_sitting(space, library, datetime.now(UTC))
            files = list_questions(sitting)
            self._files_asked = {file_question_key(one): one.paths for one in files.asked}
            pictures = self._find_pictures(sitting)
            notes = self._session.planned.first_notes
            return make_page_questions(
                open_questions(library),
                files,
                sitting.gone,
                QuestionRows(library.handle, notes, pictures, self._pictures.name),
                can_take_back=self._answers[-1].key if self._answers else "",
            )
        except CrossoverError as exc:
            raise workspace_answer(exc) from exc

    def _find_pictures(self, sitting: Sitting) -> PicturesOf:
        """What can be shown of posts: their files, or else what was fetched, or TikTok's cover."""
        fetched: defaultdict[str, dict[bool, list[Path]]] = defaultdict(lambda: defaultdict(list))
        for line in sitting.lines:
            if line.known and line.known.path:
                fetched[line.post][line.is_cover].append(line.known.path)
        root = self._workspace.root

        def pictures_of_post(post: Post) -> tuple[str, ...]:
            known = fetched[post.id]
            files = [root / media.path for media in post.media] or known[False] or known[True]
            return tuple(self._pictures.name(path) for path in files[:_MOST_PICTURES])

        return pictures_of_post


def _invalid(message: str) -> RefusedRequest:
    return RefusedRequest(422, "invalid", message)


def _not_asked() -> RefusedRequest:
    """It was settled elsewhere, or is another question now."""
    return RefusedRequest(
        409, "not-asked", "This is not asked any more, or the choices are others."
    )
