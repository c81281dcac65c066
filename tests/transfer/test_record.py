"""What became of a note stays true whatever is edited and planned afterwards: every screen shows
what was sent, with the new words beside it, and all sums agree."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass, replace
from itertools import groupby, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from crossover.accounts.ledger.entry import Entry
from crossover.cli.view.next_step import Flags
from crossover.cli.view.note import note_text
from crossover.cli.view.plan import sums_so_far
from crossover.cli.view.plan_rows import PlanTable, make_row
from crossover.cli.view.status import (
    NOT_AGAIN,
    SENT,
    show_changes_since,
    show_sums,
    title_text,
    words_for,
)
from crossover.model.account import SiteName
from crossover.model.carried import Carried
from crossover.model.choices import Action, Edit
from crossover.model.notes import Note, Plan, State
from crossover.model.posts import Post, Visibility
from crossover.plan.changed_since import Difference
from crossover.transfer.outcome import to_send
from crossover.transfer.report.status import Standing, Status, status_of
from tests.makers import LIMITS, edited, entry, image, plan, post
from tests.preview.pages import read_data, write_page_of
from tests.tier import examples

Rows = Mapping[tuple[str, int], Entry]

WORDS = words_for(SiteName.REHEARSAL)
NEVER_SENT: dict[str, Any] = {"attempt": 0, "marker": None}
STATES: dict[str, dict[str, Any] | None] = {
    "none": None,
    "ready": {"state": State.READY, **NEVER_SENT},
    "ready after an attempt": {"state": State.READY, "reason": "looked up"},
    "uploading": {"state": State.UPLOADING, **NEVER_SENT},
    "started": {"state": State.STARTED},
    "posted": {"state": State.POSTED, "note_id": "1", "evidence": "the answer"},
    "handed": {"state": State.HANDED, "reason": "in a folder"},
    "failed": {"state": State.FAILED, "reason": "not allowed"},
    "unclear": {"state": State.UNKNOWN, "reason": "no answer"},
    "kept back": {"state": State.UNKNOWN, "reason": "one like it is there", **NEVER_SENT},
}
"""What a note's row in the ledger may say."""

POSTS = (post(1), post(2, pictures=3), post(3, pictures=20), post(4, text=None, title=None))
EDITS = (
    Edit(title="Quite another title"),
    Edit(body="Quite other words"),
    Edit(topics=("other",)),
    Edit(visibility=Visibility.ONLY_ME),
    *(Edit(action=action) for action in Action),
    Edit(title="Quite another title", action=Action.SKIP),
)
FILES: Sequence[Callable[[Post], Post]] = (
    lambda item: item,
    lambda item: replace(item, media=item.media[::-1]),
    lambda item: replace(item, media=item.media[1:]),
    lambda item: replace(item, media=(*item.media, image(item.number, 90))),
)


@dataclass(frozen=True)
class Case:
    """Notes that were sent, and the plan that was made after edits."""

    made: Plan
    rows: Rows

    @property
    def status(self) -> Status:
        return status_of(self.made, self.rows)

    @property
    def both(self) -> list[tuple[Note, Standing]]:
        return list(zip(self.made.notes, self.status.notes, strict=True))


def row(note: Note, fields: dict[str, Any], cut: tuple[tuple[str, ...], ...] | None) -> Entry:
    """The row of a note; `cut` is None in a ledger of an older version."""
    cover = note.cover.sha256 if note.cover else None
    values = {
        "title": note.title,
        "visibility": note.visibility,
        "carried": None if cut is None else Carried(note.description, cover, cut),
    }
    return entry(*note.key, **(values | fields))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    posts = [draw(st.sampled_from(POSTS))]
    posts += [item for item in POSTS if item not in posts and draw(st.booleans())]
    rows = {}
    for _, same in groupby(plan(*posts).notes, key=lambda note: note.post):
        notes = list(same)
        is_kept = draw(st.booleans())
        cut = tuple(tuple(file.sha256 for file in note.media) for note in notes)
        for note in notes:
            if fields := STATES[draw(st.sampled_from(list(STATES)))]:
                rows[note.key] = row(note, fields, cut if is_kept else None)
    now = [draw(st.sampled_from(FILES))(item) if item.media[1:] else item for item in posts]
    notes = list(plan(*now, sent=rows.values()).notes)
    numbers = {n for note in notes for n in (note.number, note.number.partition(".")[0])}
    edits = draw(st.dictionaries(st.sampled_from(sorted(numbers)), st.sampled_from(EDITS)))
    return Case(plan(*now, sent=rows.values(), edits=replace(edited(), by_note=edits)), rows)


def said(show: Callable[..., object], *what: Status | Flags) -> str:
    with redirect_stderr(io.StringIO()) as shown:
        show(*what)
    return shown.getvalue()


def painted(what: RenderableType) -> str:
    console = Console(width=200, markup=False, emoji=False, highlight=False)
    with console.capture() as captured:
        console.print(what)
    return captured.get()


def page_sums(made: Plan, status: Status) -> list[int]:
    """The numbers on the preview page, that of all posts first."""
    with TemporaryDirectory() as folder:
        sums = read_data(write_page_of(made, Path(folder), status))["sums"]
        return [sums["found"], *sums["states"].values()]


def flat(text: str) -> str:
    """The text in one line, as a screen breaks it."""
    return " ".join(text.replace("│", " ").split())


@given(cases())
@settings(max_examples=examples(120))
def test_every_post_is_in_one_state_and_every_screen_has_the_same_sums(case: Case) -> None:
    made, status = case.made, case.status
    counted = {state: getattr(status, state) for state in State}
    assert sum(counted.values()) == status.found == made.found
    assert made.found == made.move + made.skip + made.hold + made.unreadable
    assert [one.id for one in status.notes] == [note.id for note in made.notes]
    table = dict(
        reversed(line)
        for line in re.findall(r"^ *(\d+)  (\S.*?) *$", said(show_sums, status), re.M)
    )
    assert table.pop("post found" if status.found == 1 else "posts found") == str(status.found)
    assert table == {WORDS[state]: str(number) for state, number in counted.items() if number}
    leaving = len(to_send(made, case.rows))
    assert status.leaving == leaving
    assert bool(status.needs_you) == bool(counted[State.FAILED] + counted[State.UNKNOWN])


@given(cases())
@settings(max_examples=examples(120))
def test_what_the_plan_says_of_before_adds_up_to_the_notes_that_move(case: Case) -> None:
    made, status = case.made, case.status
    so_far = sums_so_far(made, status)
    if not so_far:
        assert not any(standing.state in SENT for _, standing in case.both)
        return
    next_out = re.search(r"(\d+) notes? go(?:es)? out next\.|Nothing more goes out\.", so_far)
    assert next_out
    assert int(next_out[1] or 0) == status.leaving
    moving, _, others = so_far.partition(next_out[0])
    assert status.leaving + sum(map(int, re.findall(r"\d+", moving))) == made.notes_total
    for text, moves in ((moving, True), (others, False)):
        states = [one.state for note, one in case.both if (note.action is Action.MOVE) is moves]
        for state in SENT:
            number, word = states.count(state), WORDS[state]
            assert (f" {number} {word}" in text) if number else (f" {word}" not in text)


@pytest.mark.parametrize("state", STATES)
def test_whatever_is_edited_the_sums_are_complete_and_what_was_sent_stays(state: str) -> None:
    item, fields = post(3, pictures=20), STATES[state]
    first, second = plan(item).notes
    cut = tuple(tuple(file.sha256 for file in note.media) for note in (first, second))
    rows = {first.key: row(first, fields, cut)} if fields else {}
    for number, edit, change in product(("3", "3.1", "3.2"), EDITS, FILES):
        edits = replace(edited(), by_note={number: edit})
        made = plan(change(item), edits=edits, sent=rows.values())
        status = status_of(made, rows)
        assert sum(getattr(status, one) for one in State) == status.found == 1
        assert made.move + made.skip + made.hold == 1
        assert [one.id for one in status.notes] == [note.id for note in made.notes]
        note, standing = made.notes[0], status.notes[0]
        sent = state in ("started", "posted", "handed", "failed", "unclear")
        assert standing.title == (first.title if sent else note.title)
        texts = Difference("text", first.description, note.description)
        told = sent and note.description != first.description
        assert (texts in standing.differences) is told


@given(cases())
@settings(max_examples=examples(24))
def test_the_page_counts_every_post_once_too(case: Case) -> None:
    found, *states = page_sums(case.made, case.status)
    assert sum(states) == found == case.made.found


@given(cases())
@settings(max_examples=examples(120))
def test_what_the_plan_leaves_out_is_left_out_unless_it_may_be_on_the_account(case: Case) -> None:
    there = {key[0] for key, row in case.rows.items() if row.may_be_there}
    by_post = groupby(case.made.notes, key=lambda note: note.post)
    actions = {item: {note.action for note in notes} for item, notes in by_post}
    left = sum(some == {Action.SKIP} for item, some in actions.items() if item not in there)
    assert case.status.skip == left
    assert case.made.skip - left == sum(actions[item] == {Action.SKIP} for item in there)


@given(cases())
@settings(max_examples=examples(120))
def test_what_was_sent_is_shown_as_sent_and_the_new_words_beside_it(case: Case) -> None:
    status = case.status
    table, changes = (
        painted(PlanTable(make_row(*both) for both in case.both)),
        said(show_changes_since, status, Flags()),
    )
    for note, standing in case.both:
        row = case.rows.get(note.key)
        sent = row is not None and row.tells_attempt
        title = row.title if row and sent else note.title
        panel = painted(note_text(note, standing, Flags(), LIMITS))
        assert (standing.title, standing.title_planned) == (title, note.title)
        assert flat(title) in flat(table)
        assert flat(title) in flat(panel.partition("Problems")[0])
        if title != note.title:
            before, after = title_text(title), title_text(note.title)
            assert f"changed since: {after}" in flat(table)
            assert standing.state is State.SKIP or f"{before} → {after}" in changes
            assert flat(note.title) in flat(panel.partition("Changed since")[2])
        if not (row and sent and row.carried):
            continue
        texts = Difference("text", row.carried.text, note.description)
        assert (texts in standing.differences) == (texts.sent != texts.planned)
        assert flat(row.carried.text) in flat(panel.partition("Problems")[0])


@given(cases())
@settings(max_examples=examples(120))
def test_a_note_that_was_refused_says_so_until_it_is_left_out(case: Case) -> None:
    for note, standing in case.both:
        row = case.rows.get(note.key)
        if row is None or row.state is not State.FAILED:
            continue
        left_out = note.action is Action.SKIP
        assert standing.state is (State.SKIP if left_out else State.FAILED)
        assert "not allowed" in (standing.reason or "")
        panel = flat(painted(note_text(note, standing, Flags(), LIMITS)))
        assert (f"Not allowed. {NOT_AGAIN}" in panel) is not left_out


def test_a_part_that_is_planned_no_more_keeps_its_own_number() -> None:
    planned = plan(post(17)).notes[0]
    sent = entry(planned.post, 2, State.STARTED).as_sent(planned)
    assert (sent.id, sent.number, sent.key) == (f"{planned.post}/2", "17.2", (planned.post, 2))
    assert sent.title == "Title"
