"""The posts to begin with, in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from crossover.cli.view.next_step import Flags, command_line
from crossover.cli.view.screen import console, hanging, numbers_text, say, say_command
from crossover.model.choices import PostNumbers
from crossover.model.next_step import step
from crossover.model.notes import Plan
from crossover.schedule.best_first import BestPost, RatedPost
from crossover.text import one_line


def show_best(
    best: Sequence[BestPost],
    out_of_season: Iterable[RatedPost],
    made: Plan,
    asked: int,
    flags: Flags,
) -> None:
    """Show the posts to begin with, each with its reason, those that are as good and out of season,
    and how to make it so."""
    if not best:
        say(
            "There is none to begin with: no post moves whose likes are known and that all may see."
        )
        return
    titles = {note.post_number: note.title for note in reversed(made.notes)}
    say(f"Your best {len(best):,}, in the order in which they go out:", style="bold")
    if len(best) < asked:
        say(f"There are no more than {len(best):,} that move, that all may see, in their season.")
    console.print()
    for one in best:
        head = f"{one.post.number:>5}  {one.post.posted_at:%Y-%m-%d}  "
        hanging(Text(head), Text(one_line(titles[one.post.number]) or "(no title)"))
        hanging(Text(" " * len(head)), Text(one.why, style="dim"))
    console.print()
    by_season: dict[str, list[int]] = {}
    for post in out_of_season:
        if post.season:
            by_season.setdefault(post.season.name, []).append(post.number)
    if by_season:
        named = (f"{numbers_text(some)} ({name})" for name, some in by_season.items())
        say(f"As good, and not in season on these days: {', '.join(named)}.")
    numbers = PostNumbers(tuple(one.post.number for one in best))
    say("An offer: nothing has changed. All other posts follow in their order.")
    make_so = step("plan", "--set", f"stages.first={numbers}")
    say_command("To make it so:", command_line(make_so, flags))
