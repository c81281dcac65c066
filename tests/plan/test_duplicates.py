"""Notes that are like another one: the second of two equal ones waits, a likely one is told."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.accounts.ledger.entry import Entry
from crossover.model.carried import Carried
from crossover.model.choices import Action, Edit
from crossover.model.notes import Note, State
from crossover.model.posts import Post, Visibility
from crossover.plan.duplicates import DuplicateSearch, tell_duplicates
from crossover.plan.sent import group_sent
from tests.makers import edited, entry, plan, post
from tests.tier import examples

FIRST = post(1)
TWIN = replace(post(2), text=FIRST.text, media=FIRST.media)


def codes(note: Note) -> list[str]:
    return [problem.code for problem in note.problems]


def posted(item: Post) -> Entry:
    """The row of a post that went out as it is."""
    (note,) = plan(item).notes
    assert note.cover
    carried = Carried(note.description, note.cover.sha256, ((note.media[0].sha256,),))
    return entry(*note.key, State.POSTED, title=note.title, carried=carried)


def test_the_second_of_two_equal_notes_waits() -> None:
    made = plan(FIRST, TWIN)
    first, second = made.notes
    assert (first.action, codes(first)) == (Action.MOVE, [])
    assert (second.action, codes(second)) == (Action.HOLD, ["twin"])
    assert second.reason == "The same as note 1; RedNote would refuse it."
    assert (made.found, made.move, made.hold, made.notes_total) == (2, 1, 1, 1)


def test_the_creator_sends_an_equal_note_all_the_same() -> None:
    _, second = plan(FIRST, TWIN, edits=edited(n2=Edit(action=Action.MOVE))).notes
    assert (second.action, codes(second)) == (Action.MOVE, ["duplicate"])


def test_the_creator_sends_all_parts_of_an_equal_post_by_its_number() -> None:
    first = post(1, pictures=20)
    twin = replace(post(2), kind=first.kind, text=first.text, media=first.media)
    edits = edited(n2=Edit(action=Action.MOVE))
    assert [note.action for note in plan(first, twin).notes[2:]] == [Action.HOLD] * 2
    assert [note.action for note in plan(first, twin, edits=edits).notes[2:]] == [Action.MOVE] * 2


def test_other_words_under_the_same_title_and_files_are_only_warned_of() -> None:
    other = replace(TWIN, text=f"{FIRST.text}\nsecond line")
    _, second = plan(FIRST, other).notes
    assert (second.action, codes(second)) == (Action.MOVE, ["duplicate"])


def test_what_does_not_go_out_makes_no_note_wait() -> None:
    for first in (
        edited(n1=Edit(action=Action.SKIP)),
        edited(n1=Edit(action=Action.HOLD)),
    ):
        assert plan(FIRST, TWIN, edits=first).notes[1].action is Action.MOVE
    hidden = replace(FIRST, visibility=Visibility.ONLY_ME)
    assert plan(hidden, TWIN).notes[1].action is Action.MOVE


def test_of_two_equal_notes_the_one_that_went_out_is_the_first() -> None:
    out = [posted(TWIN)]
    first, second = plan(FIRST, TWIN, sent=out).notes
    assert (first.action, codes(first)) == (Action.HOLD, ["twin"])
    assert second.action is Action.MOVE
    both = [*out, posted(FIRST)]
    assert [note.action for note in plan(FIRST, TWIN, sent=both).notes] == [Action.MOVE] * 2


def test_a_note_that_went_out_is_compared_as_it_was_sent() -> None:
    new = edited(n1=Edit(title="New title", body="New words"))
    _, second = plan(FIRST, TWIN, sent=[posted(FIRST)], edits=new).notes
    assert (second.action, codes(second)) == (Action.HOLD, ["twin"])
    same = edited(**dict.fromkeys(("n1", "n2"), new.by_note["1"]))
    _, second = plan(FIRST, TWIN, sent=[posted(FIRST)], edits=same).notes
    assert (second.action, codes(second)) == (Action.MOVE, ["files-alike"])


def test_posts_without_files_are_no_twins() -> None:
    one, other = (replace(item, media=()) for item in (FIRST, TWIN))
    assert [codes(note) for note in plan(one, other).notes] == [["no-media"], ["no-media"]]


def test_what_was_told_of_likeness_before_is_told_anew() -> None:
    made = plan(FIRST, TWIN, changed(post(3))).notes
    assert tell_duplicates(made, edited()) == made
    alone = tell_duplicates([note for note in made if note.number != "1"], edited())
    assert [(note.action, note.reason, codes(note)) for note in alone] == [
        (Action.MOVE, "", []),
        (Action.MOVE, "", ["duplicate"]),
    ]


def changed(item: Post) -> Post:
    return replace(item, text=f"{FIRST.text}\nmore", media=FIRST.media)


# --- nearly the same ------------------------------------------------------------------------

LONG = "Nothing happens in this video. It rains and there is tea for one"


def test_nearly_the_same_words_under_other_files_are_told_with_the_other_note() -> None:
    one, other = post(1, text=f"{LONG}. #snow"), post(2, text=f"{LONG}!! ☕️ #rain #tea")
    first, second = plan(one, other).notes
    assert (first.action, codes(first)) == (Action.MOVE, [])
    assert (second.action, codes(second)) == (Action.MOVE, ["words-alike"])
    assert second.problems[0].message == "Its words are nearly those of note 1."
    assert second.problems[0].next


def test_words_of_what_stays_here_are_nobodys() -> None:
    one, other = post(1, text=LONG), post(2, text=LONG)
    left = plan(one, other, edits=edited(n1=Edit(action=Action.SKIP))).notes[1]
    assert codes(left) == []
    out = plan(one, other, edits=edited(n1=Edit(action=Action.SKIP)), sent=[posted(one)]).notes[1]
    assert codes(out) == ["words-alike"], "what went out is there, whatever is planned now"


def test_words_that_were_sent_are_compared_as_they_were_sent() -> None:
    one, other = post(1, text=f"{LONG} #a #b #c #d #e"), post(2, text=LONG)
    new = edited(n1=Edit(body="Something else was written here since then"))
    assert codes(plan(one, other, edits=new).notes[1]) == []
    assert codes(plan(one, other, edits=new, sent=[posted(one)]).notes[1]) == ["words-alike"]


def test_the_parts_of_a_post_are_not_alike() -> None:
    made = plan(post(1, text=LONG, pictures=40)).notes
    assert [codes(note) for note in made] == [[], [], []]


def test_the_same_pictures_under_another_title_are_told_with_how_many() -> None:
    first = post(1, pictures=4, title="One")
    some = replace(
        post(2, pictures=4, title="Two"), media=(*first.media[:2], *post(2, pictures=2).media)
    )
    few = replace(
        post(3, pictures=4, title="Three"), media=(first.media[0], *post(3, pictures=3).media)
    )
    _, half, quarter = plan(first, some, few).notes
    assert (half.action, codes(half)) == (Action.MOVE, ["files-alike"])
    assert half.problems[0].message == "2 of its 4 pictures are in note 1 too."
    assert codes(quarter) == []


def test_the_same_video_under_another_title_is_told() -> None:
    other = replace(post(2, text="Quite another story, this one"), media=FIRST.media)
    _, second = plan(FIRST, other).notes
    assert codes(second) == ["files-alike"]
    assert second.problems[0].message == "Its file is in note 1 too."


# --- told again and again -------------------------------------------------------------------

_POSTS = (
    post(1, text=LONG),
    replace(post(2, text=LONG), media=post(1).media),
    post(3, text=f"{LONG}!!"),
    replace(post(4, pictures=4), media=(*post(1, pictures=2).media, *post(4, pictures=2).media)),
    post(1000, text=LONG, pictures=40),
    post(1001, text="Quite another story, told in other words than these"),
)
_EDITS = st.builds(
    Edit,
    title=st.sampled_from([None, "Nothing happens in this video", "A title"]),
    body=st.sampled_from([None, "", LONG, "Quite another story, told in these words and others"]),
    action=st.sampled_from([None, *Action]),
)


@given(
    st.lists(st.dictionaries(st.sampled_from(["1", "2", "3", "4", "1000"]), _EDITS), max_size=4),
    st.booleans(),
)
@settings(max_examples=examples(90))
def test_a_search_that_goes_on_finds_what_a_new_one_finds(
    changes: list[dict[str, Edit]], some_went_out: bool
) -> None:
    out = [posted(_POSTS[1])] if some_went_out else []
    sent = group_sent(out)
    search = DuplicateSearch(sent)
    told: dict[str, tuple[Note, ...]] = {}
    former = edited()
    for by_note in [{}, *changes]:
        edits = replace(former, by_note=by_note)
        # Only what these edits say otherwise is mapped anew, as a planner does it.
        told |= {
            item.id: plan(item, edits=edits, sent=out).notes
            for item in _POSTS
            if item.id not in told or edits.find(str(item.number)) != former.find(str(item.number))
        }
        found = search.tell((note for notes in told.values() for note in notes), edits)
        assert found == tell_duplicates(
            (note for item in _POSTS for note in plan(item, edits=edits, sent=out).notes),
            edits,
            sent,
        )
        told = {item.id: tuple(n for n in found if n.post == item.id) for item in _POSTS}
        former = edits


def test_a_note_that_nothing_changed_of_stays_the_same_value() -> None:
    search, notes = DuplicateSearch(), plan(*_POSTS).notes
    first = search.tell(notes, edited())
    again = search.tell((replace(first[0], title="Other"), *first[1:]), edited())
    assert all(one is other for one, other in zip(first[3:], again[3:], strict=True))
