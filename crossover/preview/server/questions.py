"""Asks on the page what `captions --confirm` and `add --confirm` ask on a terminal, and keeps every answer
at once, through the same use cases."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from crossover.errors import CrossoverError, UsageProblem
from crossover.library.caption_answers import keep_answers
from crossover.library.originals.candidates import read_candidates, read_waiting
from crossover.library.originals.sitting import (
    Sitting,
    list_questions,
    open_sitting,
    refuse_files_asked,
    take_files,
)
from crossover.library.posts_file import read_library
from crossover.library.taking_back import StateBefore, take_back
from crossover.library.update import open_questions
from crossover.media.likeness.fingerprint_cache import FingerprintCache
from crossover.model.posts import Post
from crossover.preview.server.answers import RefusedRequest, disk_answer, workspace_answer
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
from crossover.preview.server.watched_files import FileMark, mark_files

NONE = "none"
"""The answer that it is none of those."""
_MOST_PICTURES = 9


class About(StrEnum):
    """What a question is about."""

    CAPTION = "caption"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer that was kept, and what was before and after it."""

    key: str
    before: StateBefore
    after: StateBefore


class QuestionSession:
    """The questions of a workspace whose page is edited. Its methods may be called from any thread,
    and follow one another. Like a sitting on a terminal it looks at the files that wait once, and
    again where something else changed the posts."""

    def __init__(self, session: EditingSession, pictures: QuestionPictures) -> None:
        self._session = session
        self._workspace = session.workspace
        self._pictures = pictures
        self._lock = threading.Lock()
        self._answers: list[_Answer] = []
        self._sitting: Sitting | None = None
        self._marks: Mapping[Path, FileMark] = {}

    def list(self) -> PageQuestions:
        """List what is to be asked now. Raises `RefusedRequest`."""
        with self._lock:
            return self._list(self._open())

    def answer(self, about: object, key: object, answer: object) -> PageQuestions:
        """Keep an answer to the question of this key: `"none"`, or the TikTok id of a caption, or the
        number of a post. Tells what is to be asked now. Raises `RefusedRequest`; nothing is kept
        then."""
        with self._lock, self._session.holding():
            sitting = self._sitting
            if sitting is None or self._marks != self._mark():
                sitting = self._open()
            before = self._state_of(sitting)
            try:
                if about == About.CAPTION:
                    sitting = self._settle_caption(sitting, key, answer)
                elif about == About.FILE:
                    sitting = self._settle_files(sitting, key, answer)
                else:
                    raise _invalid("There is no such kind of question.")
            except CrossoverError as exc:
                raise self._not_kept(exc) from exc
            self._sitting, self._marks = sitting, self._mark()
            self._answers.append(_Answer(str(key), before, self._state_of(sitting)))
            return self._list(sitting)

    def take_back(self) -> PageQuestions:
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
                return self._list(self._open())

    def _open(self) -> Sitting:
        space, marks = self._workspace, self._mark()
        try:
            self._sitting = open_sitting(space, read_library(space.posts), datetime.now(UTC))
        except CrossoverError as exc:
            raise workspace_answer(exc) from exc
        self._marks = marks
        return self._sitting

    def _mark(self) -> Mapping[Path, FileMark]:
        return mark_files((self._workspace.posts, self._workspace.candidates))

    def _state_of(self, sitting: Sitting) -> StateBefore:
        candidates = read_candidates(self._workspace.candidates)
        return StateBefore(sitting.library, candidates, read_waiting(self._workspace.candidates))

    def _not_kept(self, exc: CrossoverError) -> RefusedRequest:
        if isinstance(exc, UsageProblem):
            return RefusedRequest(422, "not-kept", self._session.planned.advise(exc))
        return disk_answer(exc)

    def _settle_caption(self, sitting: Sitting, key: object, answer: object) -> Sitting:
        library = sitting.library
        question = next(
            (one for one in open_questions(library) if caption_key(one.post) == key), None
        )
        if question is None:
            raise _not_asked()
        number = question.post.number
        if answer == NONE:
            kept = keep_answers(library, self._workspace, {}, [number])
        elif answer in {choice.tiktok_id for choice in question.choices}:
            kept = keep_answers(library, self._workspace, {number: str(answer)}, [])
        else:
            raise _not_asked()
        return replace(sitting, library=kept.library)

    def _settle_files(self, sitting: Sitting, key: object, answer: object) -> Sitting:
        asked = list_questions(sitting).asked
        question = next((one for one in asked if file_question_key(one) == key), None)
        if question is None:
            raise _not_asked()
        if answer == NONE:
            return refuse_files_asked(sitting, question)
        post = next((one.post for one in question.posts if one.post.number == answer), None)
        if post is None:
            raise _not_asked()
        with FingerprintCache(self._workspace.fingerprints) as fingerprints:
            return take_files(fingerprints, sitting, question, post)

    def _list(self, sitting: Sitting) -> PageQuestions:
        library, notes = sitting.library, self._session.planned.first_notes
        pictures = self._find_pictures(sitting)
        return make_page_questions(
            open_questions(library),
            list_questions(sitting),
            sitting.gone,
            QuestionRows(library.handle, notes, pictures, self._pictures.name),
            can_take_back=self._answers[-1].key if self._answers else "",
        )

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
