"""The posts to begin with in the terminal: each with its reason, and the rule that makes it so."""

from __future__ import annotations

from datetime import date

from crossover.cli.view.best_posts import show_best
from crossover.cli.view.next_step import Flags
from crossover.cli.view.screen import console
from crossover.schedule.best_first import choose_best, rate_posts
from tests.makers import plan, post

DAY = date(2026, 12, 1)


def test_the_best_are_shown_with_their_reasons_and_the_rule_to_set() -> None:
    likes = {1: 5, 2: 90, 3: 5, 4: 5, 5: 70, 6: 70}
    posts = [post(n, likes=some) for n, some in likes.items()]
    out_of_season = rate_posts([post(n, text="#easter", likes=9) for n in (7, 8)])
    made = plan(*posts)
    best = choose_best(rate_posts(posts), [DAY] * 3)
    with console.capture() as captured:
        show_best(best, (), made, 3, Flags())
    said = captured.get()
    assert said.startswith("Your best 3, in the order in which they go out:\n")
    assert "90 likes, 2.4 times those of the posts around it" in said
    assert "To make it so:  crossover plan --set 'stages.first=2, 5-6'" in said
    with console.capture() as captured:
        show_best(best, out_of_season, made, 9, Flags())
    assert "There are no more than 3" in captured.get()
    assert "As good, and not in season on these days: 7-8 (Easter)." in captured.get()


def test_none_is_best_where_none_may_go_first() -> None:
    with console.capture() as captured:
        show_best((), (), plan(post(1)), 9, Flags())
    assert captured.get().startswith("There is none to begin with")
