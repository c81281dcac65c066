"""Posts whose words are not sure: shown with dates and texts, and asked one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer
from rich.text import Text

from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.screen import console, count, hanging, numbers_text, say, say_points
from crossover.errors import UsageProblem
from crossover.library.posts_file import Library
from crossover.model.next_step import Hint, step
from crossover.model.posts import Kind, Post
from crossover.model.tiktok import id_second
from crossover.text import cut, one_line, safe

if TYPE_CHECKING:
    from crossover.captions.caption import Caption
    from crossover.captions.questions import Question

_SHOWN = 6
_LETTERS = 60

Settle = Callable[[Library, dict[int, str], list[int]], Library]
"""Settles pairs and refusals, and gives the library that it kept."""


def show_questions(questions: Sequence[Question], flags: Flags) -> None:
    """Show what is not sure and how to settle it; nothing when all is sure."""
    if not questions:
        return
    say(f"Not sure ({len(questions)}): posts with captions that may be theirs")
    for question in questions[:_SHOWN]:
        _show(question)
    if len(questions) > _SHOWN:
        say_points([f"and {len(questions) - _SHOWN} more"])
    first = questions[0]
    number = str(first.post.number)
    pair = f"{number}={first.choices[0].tiktok_id}"
    say_points(
        [
            placed(hint, flags)
            for hint in (
                Hint("Settle them one by one with ", step("captions", "--confirm"), ", or"),
                Hint(step("captions", "--pair", pair), ","),
                Hint("or ", step("captions", "--no-pair", number), " when none of them is right."),
            )
        ],
        style="dim",
    )


def count_questions(library: Library, flags: Flags) -> None:
    """Tell how many posts' words are not sure; nothing when all are."""
    numbers = [post.number for post in library.posts if post.in_question]
    if numbers:
        said = f"Not sure whose captions are whose: {count(len(numbers), 'post')}"
        settle = Hint("; settle them with ", step("captions", "--confirm"))
        say(f"{said} ({numbers_text(numbers)}){placed(settle, flags)}")


def ask(library: Library, settle: Settle, flags: Flags) -> Library:
    """Ask about each post that is not sure, keeping every answer at once. The end of the input
    raises `typer.Abort`."""
    from crossover.library.update import open_questions  # `count_questions` needs no join

    passed: set[str] = set()
    while waiting := [one for one in open_questions(library) if one.post.id not in passed]:
        question = waiting[0]
        say(f"{count(len(waiting), 'post')} to settle")
        _show(question, numbered=True)
        reply = _reply(question)
        if reply == "q":
            break
        if reply == "s":
            passed.add(question.post.id)
            continue
        number = question.post.number
        try:
            if reply == "n":
                library = settle(library, {}, [number])
            else:
                library = settle(library, {number: question.choices[int(reply) - 1].tiktok_id}, [])
        except UsageProblem as exc:
            say(placed(exc.message, flags), placed(exc.next, flags))
            passed.add(question.post.id)
            continue
        console.print()
    return library


def _reply(question: Question) -> str:
    numbers = [str(number) for number in range(1, len(question.choices) + 1)]
    which = "1" if len(numbers) == 1 else f"1-{len(numbers)}"
    while True:
        reply: str = typer.prompt(
            f"Which caption is its own? {which}, n none of them, s skip, q quit", err=True
        )
        if (reply := reply.strip().casefold()) in (*numbers, "n", "s", "q"):
            return reply
        say("That is none of the answers.")


def _show(question: Question, *, numbered: bool = False) -> None:
    say_points([_post(question.post)])
    for number, words in enumerate(question.choices, 1):
        head = f"{number}" if numbered else "or" if number > 1 else "perhaps"
        hanging(Text(f"      {head:<7} "), Text(safe(_choice(question, words))))


def _post(post: Post) -> str:
    kind = {Kind.VIDEO: "video", Kind.PHOTOS: "photo post", None: "post"}[post.kind]
    said = post.title or post.text
    words = f", {_quoted(said)}" if said else ""
    file = f", {post.media[0].path}" if post.media else ""
    return f"{post.number}: {kind} of {post.posted_at:%Y-%m-%d %H:%M:%S} UTC{words}{file}"


def _choice(question: Question, words: Caption) -> str:
    from crossover.captions.pairs import seconds_apart  # `count_questions` needs no join

    moment = datetime.fromtimestamp(id_second(words.tiktok_id) or 0, UTC)
    apart = abs(seconds_apart(question.post, words.tiktok_id))
    is_own_time = words.posted_at == question.post.posted_at
    what = _quoted(words.text) if words.text else "no caption"
    notes = [
        *(["likely"] if words.tiktok_id == question.likely else []),
        *(["taken so far"] if words.tiktok_id == question.post.tiktok_id else []),
        "its own time is the post's" if is_own_time else f"made {moment:%H:%M:%S}, {apart} s apart",
        words.tiktok_id,
        words.source,
    ]
    return f"{what} ({', '.join(filter(None, notes))})"


def _quoted(text: str) -> str:
    return f"“{cut(one_line(text), _LETTERS, len)}”"
