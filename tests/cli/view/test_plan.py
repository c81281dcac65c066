"""The plan in the terminal: what needs a person first, then a screenful of rows; complete in a file
and on request, at any width, and only what differs is shown as changed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from crossover.accounts.ledger.entry import Entry
from crossover.cli.view.next_step import Flags
from crossover.cli.view.note import note_text
from crossover.cli.view.plan import goes_to, show_plan
from crossover.cli.view.plan_rows import PlanTable, make_row
from crossover.cli.view.screen import console
from crossover.cli.view.worth_a_look import find_remarks
from crossover.guide.facts import Facts
from crossover.guide.note_selection import EVERYTHING, Selection
from crossover.library.posts_file import Library
from crossover.model.account import SiteName
from crossover.model.choices import Action, Edit
from crossover.model.note_range import NoteRange
from crossover.model.notes import Level, Note, Plan, Problem, State
from crossover.model.posts import Post, Visibility
from crossover.transfer.report.status import Standing, status_of
from crossover.workspace import Workspace
from tests.makers import LIMITS, edited, entry, plan, post

NO_ROWS: Mapping[tuple[str, int], Entry] = {}
HEIGHT = 30


def both(made: Plan) -> Iterator[tuple[Note, Standing]]:
    return zip(made.notes, status_of(made, {}).notes, strict=True)


def table(made: Plan, *, narrow: bool = False) -> PlanTable:
    return PlanTable(make_row(*one, narrow=narrow) for one in both(made))


def shown(what: RenderableType, width: int = 100) -> str:
    screen = Console(width=width, markup=False, emoji=False, force_terminal=True, no_color=True)
    with screen.capture() as captured:
        screen.print(what)
    return without_style(captured.get())


def without_style(text: str) -> str:
    return re.sub("\x1b\\[[0-9;]*m", "", text)


def panel(made: Plan, rows: Mapping[tuple[str, int], Entry] = NO_ROWS) -> str:
    """The first note in one line."""
    standing = status_of(made, rows).notes[0]
    painted = shown(note_text(made.notes[0], standing, Flags(), LIMITS))
    return " ".join(painted.replace("│", " ").split())


def look_at(made: Plan) -> list[tuple[str, list[tuple[tuple[str, ...], str]]]]:
    return list(find_remarks(both(made)))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


Show = Callable[..., list[str]]
"""Shows the plan of these posts, and gives the lines."""


def showing(monkeypatch: pytest.MonkeyPatch, file: io.StringIO) -> Show:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(console, "_file", file)
    monkeypatch.setattr(console, "_width", 100)
    monkeypatch.setattr(console, "_height", HEIGHT)

    def show(
        *posts: Post,
        selection: Selection = EVERYTHING,
        every: bool = False,
        sent: Sequence[Entry] = (),
    ) -> list[str]:
        file.truncate(0)
        file.seek(0)
        made, library = plan(*posts), Library(handle="mara", posts=posts)
        where = status_of(made, {(row.post, row.part): row for row in sent})
        facts = Facts(posts=True, files=True)
        place = Workspace(Path("ws"))
        show_plan(made, where, library, facts, place, Flags(), selection, every=every)
        return without_style(file.getvalue()).splitlines()

    return show


@pytest.mark.parametrize(
    ("to", "site", "account", "said"),
    [
        ("rehearsal", SiteName.REHEARSAL, "", ""),
        ("studio", SiteName.REHEARSAL, "", "for practice, in your own browser, where you press"),
        ("studio", SiteName.REDNOTE, "Mila", "for Mila on rednote.com, in your own browser"),
        (
            "kit",
            SiteName.XIAOHONGSHU,
            "Mila",
            "for Mila on xiaohongshu.com, for you to post by hand",
        ),
    ],
)
def test_the_plan_says_where_it_goes(to: str, site: SiteName, account: str, said: str) -> None:
    assert said in goes_to(replace(plan(post(1)), to=to, site=site, account=account))


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Show:
    return showing(monkeypatch, Terminal())


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Show:
    return showing(monkeypatch, io.StringIO())


def rows_of(lines: list[str]) -> list[str]:
    """The numbers of the notes that have a row."""
    return [line.split()[0] for line in lines if re.match(r" *[\d.]+  20\d\d-", line)]


def many(count: int) -> list[Post]:
    """Posts of which every third waits, for one of three reasons, and every second is worth a look
    with a message of its own."""
    posts = []
    for n in range(1, count + 1):
        item = post(n, text=f"Words {n} see https://x{n}.example" if n % 2 else f"Words {n}")
        if n % 9 == 3:
            item = replace(item, text=None)
        elif n % 9 == 6:
            item = replace(item, media=())
        elif n % 9 == 0:
            item = replace(item, visibility=Visibility.ONLY_ME)
        posts.append(item)
    return posts


def test_a_plan_of_480_posts_is_read_on_one_screen_and_a_half(terminal: Show) -> None:
    lines = terminal(*many(480))
    assert lines[0] == ("480 posts found = 320 move + 160 on hold + 0 left out + 0 unreadable")
    assert len(lines) <= HEIGHT * 3 // 2
    assert len(rows_of(lines)) == HEIGHT - 10


def test_first_stands_what_waits_then_what_deserves_a_look_then_rows(terminal: Show) -> None:
    lines = terminal(*many(480))
    heads = ["480 posts found", "Waiting for you:", "Worth a look:", "note  ", "and 460 more"]
    places = [next(n for n, line in enumerate(lines) if line.startswith(h)) for h in heads]
    assert places == sorted(places)


def test_each_cause_is_one_line_with_a_command_however_many_posts_it_has(terminal: Show) -> None:
    text = " ".join(" ".join(terminal(*many(480))).split())
    assert (
        "54 posts without words: 3, 12, 21, 30, 39, 48, 57, 66, 75, 84, 93, 102, …. `crossover captions`"
        in text
    )
    assert "53 posts whose files are not all here: 6, 15" in text
    assert text.count("The words hold a link, an address") == 1


def test_the_rows_that_are_left_out_are_counted_and_one_command_away(terminal: Show) -> None:
    lines = terminal(*many(480))
    (more,) = (line for line in lines if line.startswith("and "))
    assert more.startswith("and 460 more notes: `crossover plan --all`, or some of them:")
    assert len(rows_of(terminal(*many(480), every=True))) == 480
    few = terminal(*many(12))
    assert not any(line.startswith("and ") for line in few)
    assert len(rows_of(few)) == 12


def test_in_a_file_the_plan_is_complete(piped: Show) -> None:
    lines = piped(*many(480))
    assert rows_of(lines) == [str(n) for n in range(1, 481)]
    assert not any("…" in line for line in lines)


def test_what_stands_first_counts_as_the_plan_does(piped: Show) -> None:
    posts = [*many(20), post(21, pictures=20)]
    made, lines = plan(*posts), piped(*posts)
    held = [note.number for note in made.notes if note.action is Action.HOLD]
    assert f"{made.hold} on hold" in lines[0]
    needs = rows_of(piped(*posts, selection=Selection(needs_you=True)))
    assert needs == held
    assert len(held) == made.hold


@pytest.mark.parametrize(
    ("selection", "numbers"),
    [
        (Selection(numbers=(NoteRange(2, 2),)), ["2"]),
        (Selection(numbers=(NoteRange(1, 2), NoteRange(4, 4, 2))), ["1", "2", "4.2"]),
        (Selection(numbers=(NoteRange(4, 9),)), ["4.1", "4.2"]),
        (Selection(year=2024), ["3"]),
        (Selection(kind=post(pictures=1).kind), ["4.1", "4.2"]),
        (Selection(text="CATS"), ["1", "4.1", "4.2"]),
        (Selection(text="#Sunset"), ["2"]),
        (Selection(needs_you=True), ["2"]),
        (Selection(text="cats", kind=post().kind), ["1"]),
        (Selection(text="nowhere"), []),
    ],
)
def test_notes_are_chosen_by_number_year_kind_and_text(
    piped: Show, selection: Selection, numbers: list[str]
) -> None:
    posts = (
        post(1, text="Two cats"),
        post(2, text="Cat-less #sunset", visibility=Visibility.ONLY_ME),
        post(3, text="Of old", posted_at=post().posted_at.replace(year=2024)),
        post(4, text="Many pictures of cats", pictures=20),
    )
    lines = piped(*posts, selection=selection)
    assert rows_of(lines) == numbers
    are = "is" if len(numbers) == 1 else "are"
    assert lines[1] == f"{len(numbers)} of 5 notes {are} what you asked for."
    assert any(line.startswith("Waiting") for line in lines) is selection.needs_you
    assert not any(line.startswith("Worth") for line in lines)


def test_what_needs_the_creator_says_for_what_it_waits_and_which_command_helps(
    piped: Show,
) -> None:
    posts = (post(1, text="Cats"), post(2, text=""), post(3, visibility=Visibility.ONLY_ME))
    said = " ".join(piped(*posts, selection=Selection(needs_you=True)))
    assert "1 post without words: 2. `crossover" in said
    assert "1 post to decide about: 3. Only you can see it on TikTok." in said
    one = Selection(needs_you=True, numbers=(NoteRange(2, 2),))
    said = " ".join(piped(*posts, selection=one))
    assert "without words: 2." in said
    assert "to decide about" not in said


def test_a_note_that_was_refused_needs_the_creator(piped: Show) -> None:
    posts = (post(1), post(2))
    sent = [entry(posts[1].id, 1, State.FAILED, reason="Not allowed.")]
    lines = piped(*posts, selection=Selection(needs_you=True), sent=sent)
    assert rows_of(lines) == ["2"]
    assert "  1 note: 2. Not allowed. It is not sent again by itself." in lines


def test_changed_notes_are_those_that_read_otherwise_and_each_says_why(piped: Show) -> None:
    posts = (
        post(1, text="Only its hashtags become topics #sunset"),
        post(2, text="Short"),
        post(3, text="A caption of TikTok #fyp"),
        post(4, text="Hello @somebody"),
        post(5, text="An awfully long beginning that no title of a note has the room for"),
    )
    lines = piped(*posts, selection=Selection(changed=True))
    assert rows_of(lines) == ["3", "4"]
    below = [line.strip() for line in lines if line.startswith(" " * 20)]
    assert "topics: #fyp (tags about TikTok mean nothing on RedNote)" in below
    assert "body: TikTok names are not people on RedNote, and count against a note" in below


def test_a_change_says_what_was_there_and_what_is_there_now_cut_where_that_is_long() -> None:
    posts = (post(1, text="new cream #ad"), post(2, text="Two", title="Old"))
    edits = edited(n2=Edit(title="word " * 40, visibility=Visibility.FRIENDS))
    made = plan(*posts, edits=edits)
    below = [line for one in both(made) for line in make_row(*one, changes=True).below]
    assert "declaration: none → ad (the caption says '#ad')" in below
    assert "visibility: public → friends (you said so)" in below
    (title,) = (line for line in below if line.startswith("title: "))
    assert re.fullmatch(r"title: Old → (word ?){10,12}… \(you said so\)", title), title


def test_a_narrow_screen_keeps_number_action_and_title() -> None:
    made = plan(post(1, text="A title"), post(2, pictures=20, text="Many pictures"))
    for line, words in zip(
        shown(table(made, narrow=True), 40).splitlines()[1:4],
        (("1", "A title"), ("2.1", "Many pictures (1/2)"), ("2.2", "Many pictures (2/2)")),
        strict=True,
    ):
        assert "move" in line
        assert all(word in line for word in words)


@pytest.mark.parametrize("title", ["A title of eighty letters " * 3, "我" * 60, "w" * 90])
def test_a_long_title_takes_nothing_from_the_other_columns(title: str) -> None:
    made = plan(post(1), post(2), edits=edited(n1=Edit(title=title)))
    lines = shown(table(made), 80).splitlines()
    for number, action in (("1", "hold"), ("2", "move")):
        (row,) = (line.split() for line in lines if line.split()[:1] == [number])
        assert row[1:5] == ["2025-01-01", "video", "0:12", action]
    assert all(line.startswith(" " * 30) for line in lines[2:-2])
    assert "".join(title.split()) in "".join("".join(line[30:].split()) for line in lines)


CHINESE = post(3, text="海边的一天 🏖️。" + "我们的小店今天开门了，" * 12)
LONG = post(4, title="A title that is long for a row 👩‍👩‍👧", pictures=1)


@pytest.mark.parametrize("width", [40, 60, 80, 110, 120, 200])
def test_no_row_is_wider_than_the_screen(width: int) -> None:
    made = plan(post(1), post(2, text=None), CHINESE, LONG)
    lines = shown(table(made, narrow=width < 64), width).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert len(lines) == 5 + (width == 40)  # a long title goes on below itself


def test_on_a_wide_screen_the_beginning_of_the_text_stands_beside_the_title() -> None:
    made = plan(post(1, text="Short title\nAnd here goes on what it says."), CHINESE)
    for width in (120, 200):
        first, second = shown(table(made), width).splitlines()[1:]
        before, _, text = first.rpartition("Short title")
        assert text == " And here goes on what it says."
        assert second.endswith("…")
        assert cell_len(second) >= width - 2
        assert cell_len(second.partition("。我们")[0]) == cell_len(before)
    assert "goes on" not in shown(table(made), 70)


def test_what_is_piped_has_titles_alone() -> None:
    made = plan(post(1, text="Short title\nAnd here goes on what it says."))
    piped = Console(width=200, file=io.StringIO())
    with piped.capture() as captured:
        piped.print(table(made))
    assert captured.get().splitlines()[1].endswith("Short title")


def test_of_a_long_text_only_the_part_that_differs_is_shown() -> None:
    text = "The same words at the beginning of a long caption, " * 3
    said = panel(plan(post(text=f"{text}and then @somebody came")))
    assert "− @somebody + somebody" in said


def test_equal_warnings_of_many_notes_are_one_line() -> None:
    posts = [post(n, text=f"{n} see https://x.example") for n in range(1, 10)]
    ((heading, lines),) = look_at(plan(*posts))
    assert heading == "Worth a look"
    assert [numbers for numbers, _ in lines] == [tuple("123456789")]
    assert "('https://x.example')" in lines[0][1]


def test_warnings_of_one_kind_are_one_line_whatever_they_say_of_each_note() -> None:
    made = plan(*(post(n, text=f"{n} see https://x{n}.example") for n in range(1, 10)))
    ((_, ((numbers, said),)),) = look_at(made)
    assert (len(numbers), said.partition(";")[0]) == (
        9,
        "The words hold a link, an address, a phone number or the name of another platform",
    )


def test_cut_titles_come_first_of_what_deserves_a_look_and_last_what_is_only_to_know() -> None:
    (note,) = plan(post()).notes
    codes = ("steers-away", "no-title", "title-cut", "never-heard-of")
    to_know = Problem("others-sound", Level.NOTE, "About sounds.", "")
    warnings = (Problem(code, Level.WARNING, f"About {code}.", "") for code in codes)
    problems = (to_know, *warnings)
    made = replace(plan(post()), notes=(replace(note, problems=problems),))
    ((_, lines),) = look_at(made)
    assert [text for _, text in lines] == [
        "About title-cut.",
        "About no-title.",
        "About steers-away.",
        "About never-heard-of.",
        "About sounds.",
    ]


def test_areas_of_the_guidelines_are_named_in_one_line(piped: Show) -> None:
    posts = (post(1, text="at the casino"), post(2, text="lost 12kg in May"), post(3, text="cats"))
    said = "RedNote's guidelines name what the words touch: gambling (赌博), promises of weight loss (减肥瘦身)."
    assert any(f"2 notes: 1-2. {said}" in line for line in piped(*posts))


def test_parts_of_a_post_are_a_range_of_their_own(piped: Show) -> None:
    linked = "see https://x.example"
    posts = (post(1, text=linked), post(2, text=linked, pictures=20), post(3, text=linked))
    assert any("4 notes: 1, 2.1-2.2, 3. The words hold a link" in line for line in piped(*posts))


def test_a_note_names_its_other_titles_and_how_to_take_one() -> None:
    said = panel(
        plan(post(text="Lisbon in 24 hours. The tram was full of dogs, all of them asleep."))
    )
    assert "2 The tram was full of dogs" in said
    assert "To take one: `title_candidate: 2` under 1 in edits.yaml, or 2 in that column of" in said
    assert "Other titles" not in panel(plan(post(text="One clause")))


def test_changes_with_one_reason_are_told_under_it_once() -> None:
    said = panel(plan(post(text="Up the hill #hiking #ocean #travel")))
    assert said.count("what people on RedNote call it") == 1
    assert all(f"#{tag} →" in said for tag in ("hiking", "ocean", "travel"))
