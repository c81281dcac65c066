"""A sitting over files that may be posts: one file after the other, one key each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import typer
from rich.text import Text

from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.screen import console, count, hanging, megabytes, say, say_points
from crossover.errors import UsageProblem
from crossover.library.originals.named_files import pictures_of
from crossover.library.originals.sitting import (
    FileQuestion,
    FileQuestions,
    PossiblePost,
    Sitting,
    list_questions,
)
from crossover.media.dating.dated import DatedFile, DateSource
from crossover.media.dating.proposals import NamedMoment
from crossover.media.files.file_names import media_kind
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.posts import Kind, MediaKind, Post
from crossover.text import cut, one_line

_LETTERS = 50
_FEW = 3
_KEYS = 9

Take = Callable[[Sitting, FileQuestion, Post], Sitting]
Refuse = Callable[[Sitting, FileQuestion], Sitting]


def read_key() -> str:
    """Wait for a key, which need not be followed by Enter. Ctrl-C raises `KeyboardInterrupt`, the
    end of the input `EOFError`."""
    key: str = typer.getchar()
    return key[:1].casefold()


def ask_files(sitting: Sitting, take: Take, refuse: Refuse, flags: Flags) -> bool:
    """Ask about each file that may be a post's, keeping every answer at once. Whether there were
    questions, and all of them were put off, one by one."""
    passed: set[tuple[Path, ...]] = set()
    settled = 0
    found = list_questions(sitting)
    if found.asked:
        hint = Hint("Each answer is kept at once. ", _undo())
        say(placed(hint, flags), style="dim")
    while waiting := [one for one in found.asked if one.paths not in passed]:
        question = waiting[0]
        _show(question, waiting)
        key = _reply(question)
        if key == "q":
            break
        try:
            if key == "s":
                passed.add(question.paths)
                continue
            if key == "n":
                sitting = refuse(sitting, question)
            else:
                sitting = take(sitting, question, question.posts[int(key) - 1].post)
        except UsageProblem as exc:
            say(placed(exc.message, flags), placed(exc.next, flags))
            passed.add(question.paths)
            continue
        settled += 1
        found = list_questions(sitting)
    _show_end(found, settled, sitting.gone, flags)
    return bool(found.asked) and not (settled or waiting)


def _undo() -> Hint:
    no_pair = step("add", "--no-pair", Placeholder("NOTE"))
    return Hint("To take one back: ", no_pair, ".")


def _reply(question: FileQuestion) -> str:
    numbers = [str(number) for number in range(1, min(len(question.posts), _KEYS) + 1)]
    which = "1" if len(numbers) == 1 else f"1-{len(numbers)}"
    what = "are they" if len(question.paths) > 1 else "is it"
    asked = f"  Which post {what}? {which}, n none of these, s skip for now, q stop "
    while True:
        console.print(Text(asked, style="bold"), end="")
        try:
            key = read_key()
        except EOFError:
            key = "q"
        console.print(Text(key if key.isprintable() else ""))
        if key in (*numbers, "n", "s", "q"):
            return key
        say("  That is none of the answers.")


# --- one question ---------------------------------------------------------------------------


def _show(question: FileQuestion, waiting: Sequence[FileQuestion]) -> None:
    console.print()
    names = ", ".join(one_line(path.name) for path in question.paths)
    posts = {one.post.id for other in waiting for one in other.posts}
    say(f"{count(len(waiting), 'question')}, {count(len(posts), 'post')} left", style="dim")
    say(names, style="bold")
    say_points([_file(question)])
    for number, one in enumerate(question.posts[:_KEYS], 1):
        hanging(Text(f"    {number}  "), Text(_post(one)))


def _file(question: FileQuestion) -> str:
    first = question.paths[0]
    is_video = media_kind(first) is MediaKind.VIDEO
    kind = "video" if is_video else count(len(question.paths), "picture")
    if not question.dated:
        return kind
    last = question.dated[-1]
    size = megabytes(sum(one.bytes for one in question.dated))
    length = [_length(last.seconds)] if last.seconds else []
    return ", ".join([kind, *length, size, _date(last, "filmed" if is_video else "taken")])


def _length(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _date(file: DatedFile, verb: str) -> str:
    date = file.date
    if date.whole_day:
        said = f"{date.at:%Y-%m-%d}"
    else:
        said = f"{_moment(date.at)}{' UTC' if date.zoned else ''}"
    about = "" if date.zoned or date.whole_day else "about "
    where = "by its name" if date.source is DateSource.NAME else "as the file says"
    return f"{verb} {about}{said}, {where}"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _post(one: PossiblePost) -> str:
    post = one.post
    when = "".join(f", {said}" for said in _evidence(one))
    said = post.title or post.text
    words = f", “{cut(one_line(said), _LETTERS, len)}”" if said else ""
    why = f": {one_line(one.why)}" if one.why else ""
    return f"post {post.number}, {_moment(post.posted_at)} UTC{when}, {_kind(post)}{words}{why}"


def _evidence(one: PossiblePost) -> Iterator[str]:
    if one.proposal is None:
        return
    if named := one.proposal.named:
        yield f"its own {named.value} in the name"
    if named is not NamedMoment.SECOND:
        yield _later(one.proposal.elapsed, about=one.proposal.about)
    if one.proposal.same_length is not None and one.post.seconds:
        yield "as long" if one.proposal.same_length else f"{_length(one.post.seconds)} long"


def _kind(post: Post) -> str:
    if post.kind is Kind.PHOTOS:
        pictures = pictures_of(post)
        return f"photo post of {pictures}" if pictures else "photo post"
    return "video" if post.kind is Kind.VIDEO else "post"


def _later(elapsed: timedelta, *, about: bool) -> str:
    days, hours = elapsed // timedelta(days=1), abs(elapsed) // timedelta(hours=1)
    if days > 0:
        return f"{'about ' if about and days < _FEW else ''}{count(days, 'day')} later"
    if about and hours < 14:
        return "about the same time"
    return f"{count(hours, 'hour')} later" if hours else "within the hour"


# --- the end --------------------------------------------------------------------------------


def _show_end(found: FileQuestions, settled: int, gone: Sequence[str], flags: Flags) -> None:
    console.print()
    if settled:
        say(f"{count(settled, 'answer')} kept.", placed(_undo(), flags))
    if found.asked:
        left = count(len(found.asked), "question")
        say(placed(Hint(f"{left} left: ", step("add", "--confirm"), " goes on."), flags))
    else:
        say("Nothing is left to ask about.")
    not_asked = (
        (found.left.out_of_reach, "no post that waits was made within 60 days after"),
        (found.left.crowded_out, "other files are nearer to each post that waits"),
        (found.left.uneven, "photo posts near them have another number of pictures"),
    )
    points = [f"{count(files, 'file')} not asked about: {why}" for files, why in not_asked if files]
    if gone:
        names = ", ".join(one_line(Path(path).name) for path in gone[:_FEW])
        more = f" and {len(gone) - _FEW:,} more" if len(gone) > _FEW else ""
        hint = Hint("; if they are elsewhere: ", step("add", Placeholder("FOLDER")))
        points.append(f"not there any more, or changed: {names}{more}{placed(hint, flags)}")
    say_points(points)
