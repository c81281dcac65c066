"""Questions as the page has them: whose caption is whose, and whose file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from crossover.captions.caption import Caption
from crossover.captions.pairs import seconds_apart
from crossover.captions.questions import Question
from crossover.library.originals.named_files import pictures_of
from crossover.library.originals.sitting import FileQuestion, FileQuestions, PossiblePost
from crossover.media.dating.dated import DatedFile, DateSource
from crossover.media.dating.proposals import NamedMoment
from crossover.media.files.file_names import media_kind
from crossover.model.posts import Kind, MediaKind, Post
from crossover.model.tiktok import id_second, post_address
from crossover.text import one_line, safe

MOST_KEYS = 9
"""Choices of a question that have a key of their own, as in a sitting on a terminal."""

PicturesOf = Callable[[Post], tuple[str, ...]]
"""The names of the pictures of a post."""


class PageAskedPost(msgspec.Struct, frozen=True, omit_defaults=True):
    """A post in question. `note` is the number of its first note on the page, `pictures` names
    what can be shown of it, `picture_count` is how many a photo post has."""

    number: int
    posted_at: datetime
    note: str = ""
    kind: Kind | None = None
    seconds: float | None = None
    picture_count: int | None = None
    title: str = ""
    text: str = ""
    url: str = ""
    pictures: tuple[str, ...] = ()


class PageCaptionChoice(msgspec.Struct, frozen=True, omit_defaults=True):
    """A caption that may be the post's: made at `made`, so many seconds `apart` from it; `own_time`:
    its own time is the post's. `taken`: the post has it so far."""

    tiktok_id: str
    made: datetime
    apart: int
    text: str = ""
    source: str = ""
    url: str = ""
    seconds: float | None = None
    own_time: bool = False
    likely: bool = False
    taken: bool = False


class PageCaptionQuestion(msgspec.Struct, frozen=True, omit_defaults=True):
    """A post, and the captions that may be its own, likeliest first."""

    key: str
    post: PageAskedPost
    choices: tuple[PageCaptionChoice, ...]


class PageFileDate(msgspec.Struct, frozen=True, omit_defaults=True):
    """When a file was made. Without `zoned` by a clock of some place; `by_name`: its name says so."""

    at: datetime
    zoned: bool = False
    whole_day: bool = False
    by_name: bool = False


class PagePossiblePost(msgspec.Struct, frozen=True, omit_defaults=True):
    """A post that files may be, made so many seconds after them, `about` so, or as `why` says.
    `same_length` and `named` are as in `Proposal`."""

    post: PageAskedPost
    why: str = ""
    elapsed: float | None = None
    about: bool = False
    same_length: bool | None = None
    named: NamedMoment | None = None


class PageFileQuestion(msgspec.Struct, frozen=True, omit_defaults=True):
    """Files that belong together, and the posts that they may be, likeliest first."""

    key: str
    names: tuple[str, ...]
    kind: MediaKind
    pictures: tuple[str, ...]
    posts: tuple[PagePossiblePost, ...]
    bytes: int = 0
    seconds: float | None = None
    date: PageFileDate | None = None


class PageQuestions(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that is to be asked now. `gone` are names of files that are not there any more, or
    changed; the other counts are of files that are not asked about, as in `Proposals`.
    `can_take_back`: the last answer, which was to the question of this key."""

    captions: tuple[PageCaptionQuestion, ...]
    files: tuple[PageFileQuestion, ...]
    gone: tuple[str, ...] = ()
    out_of_reach: int = 0
    crowded_out: int = 0
    uneven: int = 0
    can_take_back: str = ""


class QuestionRows:
    """Makes the rows of a library of this handle. `notes` are the numbers of the first notes of
    posts, by the posts' ids."""

    def __init__(
        self,
        handle: str | None,
        notes: Mapping[str, str],
        pictures_of_post: PicturesOf,
        picture_of_file: Callable[[Path], str],
    ) -> None:
        self._handle = handle
        self._notes = notes
        self._pictures_of_post = pictures_of_post
        self._picture_of_file = picture_of_file

    def caption_row(self, question: Question) -> PageCaptionQuestion:
        """Make the row of a question about a post's words."""
        post = question.post
        choices = tuple(self._choice(question, one) for one in question.choices[:MOST_KEYS])
        return PageCaptionQuestion(caption_key(post), self._post(post), choices)

    def file_row(self, question: FileQuestion) -> PageFileQuestion:
        """Make the row of a question about files."""
        first = question.paths[0]
        last = question.dated[-1] if question.dated else None
        return PageFileQuestion(
            key=file_question_key(question),
            names=tuple(one_line(path.name) for path in question.paths),
            kind=media_kind(first) or MediaKind.IMAGE,
            pictures=tuple(map(self._picture_of_file, question.paths)),
            posts=tuple(self._possible(one) for one in question.posts[:MOST_KEYS]),
            bytes=sum(one.bytes for one in question.dated),
            seconds=last.seconds if last else None,
            date=_describe_date(last) if last else None,
        )

    def _post(self, post: Post) -> PageAskedPost:
        return PageAskedPost(
            number=post.number,
            posted_at=post.posted_at,
            note=self._notes.get(post.id, ""),
            kind=post.kind,
            seconds=post.seconds,
            picture_count=pictures_of(post),
            title=safe(post.title or ""),
            text=safe(post.text or ""),
            url=post_address(self._handle, post.kind, post.tiktok_id) or "",
            pictures=self._pictures_of_post(post),
        )

    def _choice(self, question: Question, caption: Caption) -> PageCaptionChoice:
        post = question.post
        kind = caption.kind or post.kind
        return PageCaptionChoice(
            tiktok_id=caption.tiktok_id,
            made=_made_at(caption.tiktok_id, post),
            apart=abs(seconds_apart(post, caption.tiktok_id)),
            text=safe(caption.text or ""),
            source=one_line(caption.source),
            url=post_address(caption.handle or self._handle, kind, caption.tiktok_id) or "",
            seconds=caption.seconds,
            own_time=caption.posted_at == post.posted_at,
            likely=caption.tiktok_id == question.likely,
            taken=caption.tiktok_id == post.tiktok_id,
        )

    def _possible(self, one: PossiblePost) -> PagePossiblePost:
        post, proposal = self._post(one.post), one.proposal
        if proposal is None:
            return PagePossiblePost(post, why=one_line(one.why))
        return PagePossiblePost(
            post,
            elapsed=proposal.elapsed.total_seconds(),
            about=proposal.about,
            same_length=proposal.same_length,
            named=proposal.named,
        )


def caption_key(post: Post) -> str:
    """The key of the question about a post's words."""
    return str(post.number)


def file_question_key(question: FileQuestion) -> str:
    """The key of a question about files: the same as long as it is about the same ones."""
    names = "\0".join(map(str, question.paths))
    return sha256(names.encode(errors="surrogateescape")).hexdigest()[:24]


def make_page_questions(
    captions: Sequence[Question],
    files: FileQuestions,
    gone: Sequence[str],
    rows: QuestionRows,
    *,
    can_take_back: str,
) -> PageQuestions:
    """Make all rows."""
    return PageQuestions(
        captions=tuple(map(rows.caption_row, captions)),
        files=tuple(map(rows.file_row, files.asked)),
        gone=tuple(one_line(Path(path).name) for path in gone),
        out_of_reach=files.left.out_of_reach,
        crowded_out=files.left.crowded_out,
        uneven=files.left.uneven,
        can_take_back=can_take_back,
    )


def _made_at(tiktok_id: str, post: Post) -> datetime:
    return datetime.fromtimestamp(id_second(tiktok_id) or 0, post.posted_at.tzinfo)


def _describe_date(file: DatedFile) -> PageFileDate:
    date = file.date
    return PageFileDate(date.at, date.zoned, date.whole_day, date.source is DateSource.NAME)
