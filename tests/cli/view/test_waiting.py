"""What waits for the creator: every cause once, with its posts and the command that helps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crossover.cli.view.next_step import Flags
from crossover.cli.view.waiting import show_waiting
from crossover.guide.facts import Facts
from crossover.guide.holds import Hold, find_waiting
from crossover.library.posts_file import Library
from crossover.model.choices import Edit, ManyPictures, Rules
from crossover.model.notes import State
from crossover.model.posts import Post, Visibility
from crossover.transfer.report.status import status_of
from tests.makers import edited, entry, plan, post

POSTS = (
    post(1),
    post(2, text=None),
    post(3, text=None, visibility=Visibility.ONLY_ME),
    post(4, text=None, visibility=Visibility.FRIENDS),
    post(5, in_question=True),
    post(6, media=()),
    post(7, text=None, media=()),
    post(8, pictures=20, text=None),
    post(9, visibility=None),
)
HELD = "Held: the export does not say who could see it."


def waiting(*posts: Post) -> list[tuple[Hold, str, tuple[str, ...]]]:
    made, library = plan(*posts), Library(handle="mara", posts=posts)
    found = find_waiting(library, made, status_of(made, {}))
    return [(one.hold, one.why, one.numbers) for one in found]


def test_what_waits_is_grouped_by_cause() -> None:
    assert waiting(*POSTS) == [
        (Hold.NO_WORDS, "", ("2", "7", "8.1", "8.2")),
        (Hold.WORDS_BY_HAND, "", ("3", "4")),
        (Hold.WORDS_UNSURE, "", ("5",)),
        (Hold.FILES_MISSING, "", ("6", "7")),
        (Hold.DECISION, "Held: only you can see it on TikTok.", ("3",)),
        (Hold.DECISION, HELD, ("9",)),
    ]
    assert waiting(post(1)) == []


def test_what_may_be_on_the_account_already_is_on_hold_and_settled_by_looking_at_both(
    capsys: pytest.CaptureFixture[str],
) -> None:
    item = post(1)
    made, library = plan(item), Library(posts=(item,))
    why = "a note like this is already on the account"
    row = entry(item.id, 1, State.UNKNOWN, attempt=0, marker=None, reason=why)
    status = status_of(made, {(item.id, 1): row})
    assert (status.hold, status.unknown, status.notes[0].reason) == (1, 0, why)
    found = find_waiting(library, made, status)
    assert [(one.hold, one.numbers) for one in found] == [(Hold.ALREADY_THERE, ("1",))]
    show_waiting(found, Facts(posts=True, files=True), Flags())
    told = "  1 post that may be on the account already: 1. `crossover resolve`"
    assert told in capsys.readouterr().err.splitlines()


def test_every_cause_is_one_line_with_its_posts_and_one_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    made, library = plan(*POSTS, rules=Rules()), Library(handle="mara", posts=POSTS)
    found = find_waiting(library, made, status_of(made, {}))
    show_waiting(found, Facts(posts=True, files=True), Flags())
    assert capsys.readouterr().err.splitlines() == [
        "",
        "Waiting for you:",
        "  3 posts without words: 2, 7, 8.1-8.2. `crossover captions`",
        (
            "  2 posts that only you or your friends can see have no words: 3-4. `crossover sheet out"
            " words.csv`, or the .info.json files that yt-dlp saved for you: `crossover add FOLDER`"
        ),
        "  1 post with several captions to choose from: 5. `crossover captions --confirm`",
        "  2 posts whose files are not all here: 6-7. `crossover add FILE-OR-FOLDER`",
        (
            "  1 post to decide about: 3. Only you can see it on TikTok. To move such posts, set"
            " `only_me: move` in crossover.yaml; for one alone, `action: move` in edits.yaml or in"
            " the sheet. `crossover preview`"
        ),
        (
            "  1 post to decide about: 9. The export does not say who could see it. To move such"
            " posts, set `not_told: public`, `friends` or `only-me` in crossover.yaml; for one"
            " alone, `action: move` in edits.yaml or in the sheet. `crossover preview`"
        ),
        "  Named more than once, since they wait for more than one thing: 3, 7.",
    ]


def test_of_several_posts_to_decide_about_it_is_said_of_each(
    capsys: pytest.CaptureFixture[str],
) -> None:
    posts = tuple(post(n, visibility=Visibility.ONLY_ME) for n in (1, 2, 3))
    made, library = plan(*posts, rules=Rules()), Library(handle="mara", posts=posts)
    found = find_waiting(library, made, status_of(made, {}))
    show_waiting(found, Facts(posts=True, files=True), Flags())
    said = capsys.readouterr().err
    assert "3 posts to decide about: 1-3. Of each: only you can see it on TikTok. To move" in said


def test_decisions_of_one_kind_are_one_line_whatever_is_said_of_each_note(
    capsys: pytest.CaptureFixture[str],
) -> None:
    posts = tuple(post(n) for n in range(1, 9))
    long = {f"n{n}": Edit(title="w" * (40 + n)) for n in range(1, 9)}
    made, library = plan(*posts, edits=edited(**long)), Library(handle="mara", posts=posts)
    found = find_waiting(library, made, status_of(made, {}))
    show_waiting(found, Facts(posts=True, files=True), Flags())
    (_, _, line) = capsys.readouterr().err.splitlines()
    assert "8 posts to decide about: 1-8. Of each: The title is longer than RedNote takes." in line
    assert "Shorten it where you wrote it." in line


def test_posts_whose_files_may_be_here_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    made, library = plan(*POSTS, rules=Rules()), Library(handle="mara", posts=POSTS)
    unsure = frozenset(post.id for post in POSTS if post.number == 7)
    found = find_waiting(library, made, status_of(made, {}), unsure)
    show_waiting(found, Facts(posts=True, files=True, files_unsure=unsure), Flags())
    said = capsys.readouterr().err.splitlines()
    assert "  1 post whose files may be among those you gave: 7. `crossover add --confirm`" in said
    assert "  1 post whose files are not all here: 6. `crossover add FILE-OR-FOLDER`" in said


def test_where_tiktok_is_gone_no_cause_leads_there(capsys: pytest.CaptureFixture[str]) -> None:
    made = plan(*POSTS, tiktok_gone=datetime(2026, 1, 1, tzinfo=UTC))
    library = Library(posts=POSTS)
    found = find_waiting(library, made, status_of(made, {}))
    show_waiting(found, replace(Facts(posts=True), tiktok_gone=True), Flags())
    assert "crossover captions`" not in capsys.readouterr().err


def test_a_command_that_the_advice_names_is_not_named_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    posts = (post(1, pictures=20),)
    made = plan(*posts, rules=Rules(many_pictures=ManyPictures.HOLD))
    found = find_waiting(Library(posts=posts), made, status_of(made, {}))
    show_waiting(found, Facts(posts=True, files=True), Flags())
    assert capsys.readouterr().err.count("crossover sheet out") == 1
