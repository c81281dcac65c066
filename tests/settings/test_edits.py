"""edits.yaml: what the creator changed, note by note; kept whole, read strictly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossover.errors import RetryLater, UsageProblem
from crossover.model.choices import Action, CoverChoice, Edit, TitleChoice
from crossover.model.posts import Declaration, Visibility
from crossover.settings.edits import FIELDS, Edits, read_edits, write_edits
from tests.settings.test_strict_yaml import WILD

TOPICS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Z", "Cc"), exclude_characters="#＃[]"),
    min_size=1,
    max_size=8,
)
EDITS = st.builds(
    Edit,
    title=st.none() | WILD,
    body=st.none() | WILD,
    topics=st.none() | st.lists(TOPICS, max_size=3).map(tuple),
    visibility=st.none() | st.sampled_from(Visibility),
    action=st.none() | st.sampled_from(Action),
    title_candidate=st.none() | st.builds(TitleChoice, st.integers(1, 3), WILD),
    declaration=st.none() | st.sampled_from(Declaration),
    original=st.none() | st.booleans(),
    cover=st.none()
    | st.builds(CoverChoice, st.integers(0, 10**7).map(lambda n: n / 1000))
    | st.builds(CoverChoice, file=st.sampled_from(["a b.jpg", "covers/1.png", "/x/y.heic", "yes"])),
)
NUMBERS = st.sampled_from(["1", "2", "17", "17.2", "17.10", "104"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "edits.yaml"


@given(st.dictionaries(NUMBERS, EDITS, max_size=3))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_was_written_is_read_letter_for_letter(
    tmp_path_factory: pytest.TempPathFactory, notes: dict[str, Edit]
) -> None:
    path = tmp_path_factory.getbasetemp() / "edits.yaml"
    posts = {number: f"2025-01-01T00:00:{int(number.partition('.')[0]):02}Z" for number in notes}
    write_edits(Edits(path, notes, posts))
    back = read_edits(path)
    decided = {number: edit for number, edit in notes.items() if edit != Edit()}
    assert back.by_note == decided
    assert back.posts == {number: posts[number] for number in decided}
    before = path.read_bytes()
    write_edits(back)
    assert path.read_bytes() == before


EACH: dict[str, Any] = {
    "title": "",
    "body": "two\nlines",
    "topics": ("one", "二"),
    "visibility": Visibility.ONLY_ME,
    "action": Action.HOLD,
    "title_candidate": TitleChoice(2, "It took all night"),
    "declaration": Declaration.SELF_SHOT,
    "original": False,
    "cover": CoverChoice(2.4),
}


@pytest.mark.parametrize("field", FIELDS)
def test_each_decision_comes_back_as_it_was_written(path: Path, field: str) -> None:
    edit = replace(Edit(), **{field: EACH[field]})
    write_edits(Edits(path, {"1": edit}))
    assert read_edits(path).by_note == {"1": edit}
    assert f"#   {field}" in path.read_text("utf-8") or f", {field} " in path.read_text("utf-8")


def test_without_a_file_nothing_was_edited(path: Path) -> None:
    assert read_edits(path).by_note == {}
    write_edits(Edits(path))
    assert read_edits(path).by_note == {}


def test_a_person_writes_it_by_hand(path: Path) -> None:
    path.write_text(
        "notes:\n"
        "  17: {title: no, topics: [one, '#two'], action: skip}\n"
        "  17.2:\n"
        "    body: |\n"
        "      1e3\n"
        "      second line\n"
        "    visibility: only-me\n"
        "  3: {title: '', title_candidate: 2, declaration: none}\n"
        "  4: {title_candidate: [3, It took all night]}\n"
        "  5: {cover: 2.4s}\n"
        "  6: {cover: '1:02:05,5'}\n"
        "  7: {cover: 3}\n"
        "  8: {cover: covers/kiln.jpg}\n"
    )
    assert read_edits(path).by_note == {
        "17": Edit(title="no", topics=("one", "two"), action=Action.SKIP),
        "17.2": Edit(body="1e3\nsecond line\n", visibility=Visibility.ONLY_ME),
        "3": Edit(title="", title_candidate=TitleChoice(2), declaration=Declaration.NONE),
        "4": Edit(title_candidate=TitleChoice(3, "It took all night")),
        "5": Edit(cover=CoverChoice(2.4)),
        "6": Edit(cover=CoverChoice(3725.5)),
        "7": Edit(cover=CoverChoice(3.0)),
        "8": Edit(cover=CoverChoice(file="covers/kiln.jpg")),
    }


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("version: 2", 1, "version"),
        ("note: {}", 1, "`note` is no part of this file"),
        ("notes:\n  17:\n    titel: x", 3, "`titel` is no field of a note"),
        ("notes:\n  17:\n    action: delete", 3, "`action`: one of move, skip, hold"),
        ("notes:\n  17:\n    visibility: Public", 3, "only-me"),
        ("notes:\n  17:\n    title:\n    body: x", 3, "`title`: write ''"),
        ("notes:\n  17:\n    title: [a]", 3, "a text is meant"),
        ("notes:\n  17:\n    topics: one two", 3, "a list of words"),
        ("notes:\n  17:\n    topics: [golden hour]", 3, "one word"),
        ("notes:\n  17: {title: a}\n  17: {title: b}", 3, "`17` stands here twice"),
        ("notes:\n  17: {title: a, title: b}", 2, "`title` stands here twice"),
        ("notes:\n  seven: {title: a}", 2, "`seven` is no number"),
        (f"notes:\n  3: {{title_candidate: {'9' * 5000}}}", 2, "a whole number from 1 to 3"),
        (f"notes:\n  ? {'9' * 5000}\n  : {{title: a}}", 2, "is no number of a note"),
        ("notes:\n  17.: {title: a}", 2, "no number"),
        ("notes:\n  17: {title_candidate: 4}", 2, "a whole number from 1 to 3"),
        ("notes:\n  17: {title_candidate: [2]}", 2, "[2, the title]"),
        ("notes:\n  17: {title_candidate: [x, y]}", 2, "a whole number from 1 to 3"),
        ("notes:\n  17: {declaration: advert}", 2, "ad, self-shot"),
        ("notes: [17]", 1, "key: value"),
        ("notes:\n\t17: {title: a}", 2, ""),
        ("notes:\n  17: &a {title: a}\n  18: *a", 2, "aliases"),
        ("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]", 1, "aliases"),
    ],
)
def test_catalogue_42_a_mistake_is_named_by_file_line_and_key(
    path: Path, text: str, line: int, said: str
) -> None:
    path.write_text(text)
    with pytest.raises(UsageProblem) as caught:
        read_edits(path)
    assert f"edits.yaml, line {line}: " in caught.value.message
    assert said in caught.value.message


KNOWN = {"7": "2025-01-07", "7.1": "2025-01-07", "7.2": "2025-01-07", "8": "2025-01-08"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("99: {title: a}", "there is no note 99"),
        ("7.3: {title: a}", "post 7 goes out as 7.1 and 7.2"),
        ("8.1: {title: a}", "post 8 is a single note"),
        ("7: {post: 2025-01-08, title: a}", "`post: 2025-01-08` is note 8"),
        ("7: {post: 2020-02-02, title: a}", "no post of this workspace"),
    ],
)
def test_an_edit_of_a_note_that_is_not_there_is_named_by_line(
    path: Path, text: str, said: str
) -> None:
    path.write_text(f"version: 1\nnotes:\n  7.1: {{title: fine}}\n  {text}\n")
    (problem,) = read_edits(path).find_lost(KNOWN)
    assert problem.code == "edit-lost"
    assert problem.message.startswith("edits.yaml, line 4: ")
    assert said in problem.message
    assert problem.next


def test_edits_of_notes_that_are_there_pass(path: Path) -> None:
    path.write_text(
        "notes:\n  7: {post: 2025-01-07, title: a}\n  7.2: {title: b}\n  8: {body: c}\n"
    )
    edits = read_edits(path)
    assert list(edits.find_lost(KNOWN)) == []
    assert edits.only_of(KNOWN) is edits


def test_an_edit_of_another_post_than_it_says_decides_nothing_and_stays_in_the_file(
    path: Path,
) -> None:
    path.write_text("notes:\n  7: {post: 2025-01-08, title: a}\n  8: {body: c}\n")
    edits = read_edits(path)
    assert dict(edits.only_of(KNOWN).by_note) == {"8": Edit(body="c")}
    write_edits(edits.decide([("8", "title", "d")], KNOWN))
    assert read_edits(path).by_note == {"7": Edit(title="a"), "8": Edit(title="d", body="c")}
    assert read_edits(path).posts == {"7": "2025-01-08", "8": "2025-01-08"}


def test_what_is_decided_of_a_note_counts_where_another_posts_edit_had_its_number(
    path: Path,
) -> None:
    path.write_text("notes:\n  7: {post: 2025-01-08, title: a, body: b}\n")
    after = read_edits(path).decide([("7", "title", "mine"), ("7", "original", True)], KNOWN)
    assert dict(after.only_of(KNOWN).by_note) == {"7": Edit(title="mine", original=True)}
    assert after.posts == {"7": KNOWN["7"]}


@given(
    st.dictionaries(NUMBERS, EDITS, max_size=4),
    st.lists(st.tuples(NUMBERS, st.sampled_from(FIELDS), EDITS), max_size=4),
)
def test_what_is_decided_is_there_and_all_else_stays(
    notes: dict[str, Edit], wanted: list[tuple[str, str, Edit]]
) -> None:
    decisions = {(number, name): getattr(edit, name) for number, name, edit in wanted}
    edits = Edits(Path("edits.yaml"), notes)
    after = edits.decide(((*place, what) for place, what in decisions.items()), {})
    for number in {*notes, *(number for number, _ in decisions)}:
        for name in FIELDS:
            before = getattr(notes.get(number, Edit()), name)
            now = getattr(after.by_note.get(number, Edit()), name)
            assert now == decisions.get((number, name), before)
    assert all(edit != Edit() for edit in after.by_note.values())


def test_where_the_file_is_a_link_the_one_it_leads_to_is_written(path: Path) -> None:
    real = path.with_name("mine.yaml")
    real.write_text("notes: {}\n")
    path.symlink_to(real)
    write_edits(Edits(path, {"1": Edit(title="t")}))
    assert path.is_symlink()
    assert read_edits(real).by_note == {"1": Edit(title="t")}


def test_a_full_disk_leaves_the_former_edits(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_edits(Edits(path, {"1": Edit(title="kept")}))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("crossover.storage.atomic.os.fsync", full)
    with pytest.raises(RetryLater):
        write_edits(Edits(path, {"1": Edit(title="lost")}))
    monkeypatch.undo()
    assert read_edits(path).by_note == {"1": Edit(title="kept")}
    assert [p.name for p in path.parent.iterdir()] == ["edits.yaml"]
