"""What waits for the creator, by cause, each with the command that helps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crossover.cli.view.next_step import Flags, command_line, placed
from crossover.cli.view.screen import (
    ALL_RANGES,
    FEW_RANGES,
    console,
    count,
    note_numbers_text,
    say,
    say_points,
)
from crossover.guide.facts import Facts
from crossover.guide.holds import Hold, Waiting
from crossover.guide.next_step import step_for
from crossover.model.next_step import Hint, Placeholder, step
from crossover.text import one_line, whole_sentence

_CAUSES = {
    Hold.NO_WORDS: "without words",
    Hold.WORDS_UNSURE: "with several captions to choose from",
    Hold.FILES_UNSURE: "whose files may be among those you gave",
    Hold.FILES_MISSING: "whose files are not all here",
    Hold.ALREADY_THERE: "that may be on the account already",
}


def show_waiting(
    waiting: Sequence[Waiting], facts: Facts, flags: Flags, *, complete: bool = True
) -> None:
    """List what waits by cause: how many posts, which, and the command that helps; `complete`: with
    every number."""
    most = ALL_RANGES if complete else FEW_RANGES
    if not waiting:
        return
    console.print()
    say("Waiting for you:", style="bold")
    for group in waiting:
        if group.hold is Hold.WORDS_BY_HAND:
            say_points([placed(words_by_hand(group.numbers, most=most), flags)])
            continue
        if group.hold is Hold.CONVERT:
            say_points([placed(to_be_converted(group.numbers, most=most), flags)])
            continue
        posts, numbers = _count_posts(group.numbers), note_numbers_text(group.numbers, most)
        what = _CAUSES.get(group.hold, "to decide about")
        if group.hold is Hold.FILES_MISSING and group.why:
            what = "without a file that can be sent"
        why = f" {_decision(group.why, placed(group.advice, flags), posts)}" if group.why else ""
        helps = command_line(step_for(group.hold, facts), flags)
        command = "" if f"`{helps}`" in why else f" `{helps}`"  # the advice may name it
        say_points([f"{posts} {what}: {numbers}.{why}{command}"])
    times = Counter(number for group in waiting for number in group.numbers)
    if several := [number for number, named in times.items() if named > 1]:
        they_wait = "it waits" if _count_posts(several) == "1 post" else "they wait"
        numbers = note_numbers_text(several, most)
        say_points([f"Named more than once, since {they_wait} for more than one thing: {numbers}."])


def words_by_hand(numbers: Sequence[str], *, most: int = FEW_RANGES) -> Hint:
    """Tell of posts without words that no public page lists, by number, in `most` ranges."""
    have = "has" if _count_posts(numbers) == "1 post" else "have"
    return Hint(
        f"{_count_posts(numbers)} that only you or your friends can see {have} no words:"
        f" {note_numbers_text(numbers, most)}. ",
        step("sheet out", "words.csv"),
        ", or the .info.json files that yt-dlp saved for you: ",
        step("add", Placeholder("FOLDER")),
    )


def to_be_converted(numbers: Sequence[str], *, most: int = FEW_RANGES) -> Hint:
    """Tell of posts whose videos not every phone shows, by number, in `most` ranges."""
    return Hint(
        f"{_count_posts(numbers)} whose videos not every phone shows:"
        f" {note_numbers_text(numbers, most)}. To have them converted: ",
        step("plan", "--set", "convert=always"),
        "; to send them as they are: ",
        step("plan", "--set", "convert=never"),
        ".",
    )


def _decision(why: str, advice: str, posts: str) -> str:
    """Tell why they wait for a decision, of several that it is so of each, and how it is made."""
    reason = why.removeprefix("Held: ")
    reason = whole_sentence(reason if posts == "1 post" else f"Of each: {reason}")
    return one_line(f"{reason} {advice}".rstrip())


def _count_posts(numbers: Sequence[str]) -> str:
    return count(len({number.partition(".")[0] for number in numbers}), "post")
