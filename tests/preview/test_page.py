"""The page of a plan: all of it is in there once, as words, and small."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.media.fit.fitted import thumbnail_path
from crossover.model.carried import Carried
from crossover.model.choices import Action, CoverChoice, Edit, Rules, TitleChoice
from crossover.model.notes import State
from crossover.model.posts import Unreadable, Visibility
from crossover.preview.page import encode_data, render_served_page, shows_plan
from crossover.preview.page_data import decided_values, make_page_data
from crossover.transfer.report.status import status_of
from tests.makers import edited, entry, plan, post
from tests.preview.pages import contents, read_data, read_notes, write_page_of


def test_every_note_is_in_it_and_the_sums_are_those_of_the_plan(tmp_path: Path) -> None:
    made = plan(
        post(1),
        post(2, pictures=20),
        post(3, visibility=Visibility.ONLY_ME),
        post(4, text=None),
        unreadable=(Unreadable(9, "no date"),),
    )
    data = read_data(write_page_of(made, tmp_path))
    assert [note["number"] for note in data["notes"]] == ["1", "2.1", "2.2", "3", "4"]
    sums = data["sums"]
    assert (sums["found"], sums["move"], sums["hold"]) == (5, 2, 2)
    assert (sums["skip"], sums["unreadable"], sums["notes_total"]) == (0, 1, 3)
    assert data["unreadable"] == [{"position": 9, "reason": "no date"}]
    waits = {number for group in data["waiting"] for number in group["numbers"]}
    assert waits == {"3", "4"}
    assert {n["number"] for n in data["notes"] if "needs-you" in n.get("marks", ())} == waits


def test_the_text_of_a_note_is_that_of_the_plan_letter_for_letter(tmp_path: Path) -> None:
    words = 'Line one\n\tline "two" \\ <b>&amp; \u2028 end 👩‍👩‍👧 中文\n\nthree #sea'
    made = plan(post(1, text=words))
    note = read_notes(write_page_of(made, tmp_path))["1"]
    (planned,) = made.notes
    assert (note["title"], note["body"]) == (planned.title, planned.body)
    assert tuple(note["topics"]) == planned.topics
    assert note["chars"] == planned.description_chars


def test_flags_in_a_note_stand_as_they_are_for_they_are_edited_there(tmp_path: Path) -> None:
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    own = Edit(title=f"Mine {flag}", body=f"{flag} text", topics=(f"go{flag}",))
    made = plan(post(1, text=f"Sea {flag} and more. Then home."), post(2), edits=edited(n2=own))
    notes = read_notes(write_page_of(made, tmp_path))
    for planned in made.notes:
        note = notes[planned.number]
        assert (note["title"], note["body"]) == (planned.title, planned.body)
        assert tuple(note.get("topics", ())) == planned.topics
    assert flag in notes["1"]["title"] + notes["1"]["body"]
    assert notes["2"]["title"] == own.title


def test_the_original_stands_beside_it_with_its_caption_sound_and_likes(tmp_path: Path) -> None:
    item = post(1, sound="Flour Dust", likes=519, tiktok_id="7312345678901234567")
    note = read_notes(write_page_of(plan(item), tmp_path, posts=[item]))["1"]
    assert note["tiktok"] == {
        "text": "Words of post 1 #sunset",
        "sound": "Flour Dust",
        "likes": 519,
        "url": "https://www.tiktok.com/@mara/video/7312345678901234567",
    }


def test_what_went_out_is_shown_as_it_was_sent_with_what_changed_since(tmp_path: Path) -> None:
    items = [post(1), post(2)]
    made = plan(*items, edits=edited(n1=Edit(title="New title", body="New words")))
    carried = Carried("Old words #sea", "c" * 64, ((items[0].media[0].sha256,),))
    rows = {
        (items[0].id, 1): entry(items[0].id, 1, State.POSTED, title="Old title", carried=carried),
        (items[1].id, 1): entry(items[1].id, 1, State.FAILED, title="Words of post 2", reason="no"),
    }
    notes = read_notes(write_page_of(made, tmp_path, status_of(made, rows)))
    assert (notes["1"]["title"], notes["1"]["body"]) == ("Old title", "Old words #sea")
    assert notes["1"]["since"] == [
        ["title", "Old title", "New title"],
        ["text", "Old words #sea", made.notes[0].description],
    ]
    assert (notes["2"]["state"], notes["2"]["reason"]) == ("failed", "no")
    assert "needs-you" in notes["2"]["marks"]


def test_sentences_that_notes_share_stand_once(tmp_path: Path) -> None:
    made = plan(*(post(n, pictures=20) for n in range(1, 30)), rules=Rules(original=True))
    data = read_data(write_page_of(made, tmp_path))
    assert len(data["texts"]) == len(set(data["texts"]))
    (first, *_) = data["notes"]
    code, level, message, _ = first["problems"][-1]
    assert (code, level) == (made.notes[0].problems[-1].code, made.notes[0].problems[-1].level)
    assert data["texts"][message] == made.notes[0].problems[-1].message
    assert len(data["texts"]) < len(data["notes"])


def test_a_change_says_once_more_nothing_that_its_note_says(tmp_path: Path) -> None:
    posts = [post(1, text="Three cups. #pottery"), post(2, pictures=2, text="Two bowls")]
    made = plan(*posts)
    rows = read_notes(write_page_of(made, tmp_path, posts=posts))
    for note in made.notes:
        row = rows[note.number]
        cover = row.get("cover") or row["files"][0]["path"]
        texts = [row["tiktok"]["text"], row["body"], row["title"], cover]
        told = [
            [texts[one] if isinstance(one, int) else one for one in change[1:3]]
            for change in row["changes"]
        ]
        assert told == [[change.before, change.after] for change in note.changes]
        assert not {one for change in row["changes"] for one in change[1:3] if one} & set(texts)


def test_small_pictures_are_named_where_they_were_made(tmp_path: Path) -> None:
    made = plan(post(1), post(2, pictures=2))
    first, second = made.notes
    assert first.cover is not None
    there = {thumbnail_path(first.cover.path), thumbnail_path(second.media[1].path)}
    beside = contents(made)
    data = make_page_data(
        made, type(beside)(beside.where, {}, beside.made, is_there=there.__contains__)
    )
    assert [note.small for note in data.notes] == [True, False]


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters()))
def test_no_words_end_the_element_that_the_data_lies_in(title: str, reason: str) -> None:
    made = plan(post(1, text=f"{title}</script><!--"), unreadable=(Unreadable(1, reason),))
    text = encode_data(make_page_data(made, contents(made)))
    assert b"<" not in text
    assert json.loads(text)["notes"][0]["title"] == made.notes[0].title


def test_a_page_tells_of_which_plan_it_is_and_of_what_was_known(tmp_path: Path) -> None:
    item = post(1)
    made, other = plan(item), plan(post(2))
    where = status_of(made, {})
    page = write_page_of(made, tmp_path)
    assert shows_plan(page, made)
    assert shows_plan(page, made, where)
    assert not shows_plan(page, other)
    sent = status_of(made, {(item.id, 1): entry(item.id, 1, State.POSTED)})
    assert not shows_plan(page, made, sent)
    assert not shows_plan(tmp_path / "none.html", made)


def test_the_page_that_a_server_gives_holds_nothing_of_anybodys() -> None:
    page = render_served_page()
    assert '<script type="application/json" id="data"></script>' in page
    assert "crossover-plan" not in page


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (Edit(), {}),
        (Edit(title="", topics=()), {"title": "", "topics": ()}),
        (Edit(title_candidate=TitleChoice(2, "words")), {"title_candidate": 2}),
        (Edit(cover=CoverChoice(2.4)), {"cover": {"seconds": 2.4}}),
        (Edit(cover=CoverChoice(file="a.jpg")), {"cover": {"file": "a.jpg"}}),
        (Edit(action=Action.SKIP, original=False), {"action": "skip", "original": False}),
    ],
)
def test_what_the_creator_decided_is_told_as_values(edit: Edit, said: dict[str, object]) -> None:
    assert decided_values(edit) == said
