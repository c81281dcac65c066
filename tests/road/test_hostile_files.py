"""Files and words that are wrong or beyond a limit: rules, edits, the creator's own topics and sheets
(catalogue 42 to 45)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import regex

from crossover.settings.yaml_text import to_yaml
from crossover.workspace import Workspace
from tests.makers import post
from tests.road.conftest import Run
from tests.road.test_next_step import planned


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "w")


# --- 42: files that are wrong ------------------------------------------------------------------

BOMB = "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n"


@pytest.mark.parametrize("name", ["crossover.yaml", "edits.yaml", "topics.yaml", "sheet.yaml"])
@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        pytest.param(BOMB, 1, "anchors, aliases and tags", id="bomb"),
        pytest.param("version: 1\nversion: 1\n", 2, "twice", id="twice"),
        pytest.param("version: 1\n\tnotes: {}\n", 2, "", id="tab"),
        pytest.param("version: 1\nzzz: !!python/name:os.system x\n", 2, "tags", id="tag"),
        pytest.param("version: 1\nzzz: " + "[" * 5000, 2, "nest", id="deep"),
        pytest.param("version: 99\n", 1, "version", id="version"),
    ],
)
def test_catalogue_42_a_wrong_file_is_named_by_line_and_changes_nothing(
    run: Run, place: Workspace, name: str, content: str, line: int, said: str
) -> None:
    planned(place, post(1))
    before = place.plan.read_bytes()
    (place.root / name).write_text(content, "utf-8")
    command = ("sheet", "in", place.root / name) if name == "sheet.yaml" else ("plan",)
    ended = run(*command, "-w", place.root)
    assert (ended.code, ended.out) == (2, "")
    words = " ".join(ended.said.split())
    assert f"{name}, line {line}: " in words
    assert said in words
    assert place.plan.read_bytes() == before


# --- 43: lengths, of edits and of a sheet ------------------------------------------------------

FAMILY = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"  # eight UTF-16 units, one letter


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("title", "字" * 20, None),
        ("title", "字" * 21, "title"),
        ("title", "x" * 40, None),
        ("title", "x" * 41, "title"),
        ("title", FAMILY * 2 + "字" * 4, None),
        ("title", FAMILY * 2 + "字" * 5, "title"),
        ("title", "\N{REGIONAL INDICATOR SYMBOL LETTER P}" * 10, None),
        ("title", "\N{REGIONAL INDICATOR SYMBOL LETTER P}" * 10 + "x", "title"),
        ("body", "字" * 1000, None),
        ("body", "字" * 1001, "text"),
        ("body", FAMILY * 125, None),
        ("body", FAMILY * 125 + "x", "text"),
        ("topics", " ".join(f"#a{n}" for n in range(10)), None),
        ("topics", " ".join(f"#a{n}" for n in range(11)), "topics"),
    ],
)
@pytest.mark.parametrize("by", ["edits.yaml", "sheet"])
def test_catalogue_43_one_letter_more_than_a_note_takes_holds_it_and_nothing_is_cut(
    run: Run, place: Workspace, tmp_path: Path, by: str, field: str, text: str, problem: str | None
) -> None:
    planned(place, post(1, text="x"))
    value = text.replace("#", "").split() if field == "topics" else text
    fields = {field: value} if field == "topics" else {field: value, "topics": []}
    if by == "sheet":
        cells = {name: text if name == field else "" for name in fields}
        path = tmp_path / "s.csv"
        path.write_bytes(
            "number,{}\n1,{}\n".format(",".join(cells), ",".join(cells.values())).encode(
                "utf-8-sig"
            )
        )
        assert run("sheet", "in", path, "-w", place.root).code == 0
    else:
        place.edits.write_text(to_yaml({"version": 1, "notes": {"1": fields}}), "utf-8")
    (note,) = json.loads(run("plan", "-w", place.root, "--json").out)["notes"]
    assert note[field] == value
    over = [p for p in note["problems"] if regex.search(r"\d of \d", p["message"])]
    assert [p["level"] for p in over] == (["error"] if problem else [])
    assert all(problem in p["message"] for p in over)


# --- 44: hashtags ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("topics", "allowed"),
    [
        (["#"], False),
        (["##a"], True),
        (["#a#b"], False),
        (["＃海边"], True),
        (["golden hour"], False),
        (["👩‍🍳"], True),
        (["a[话题]"], False),
    ],
)
def test_catalogue_44_a_topic_is_one_word_wherever_it_is_written(
    run: Run, place: Workspace, topics: list[str], allowed: bool
) -> None:
    planned(place, post(1, text="x #mudfair"))
    for path, content in (
        (place.edits, {"notes": {"1": {"topics": topics}}}),
        (place.own_topics, {"topics": {"mudfair": topics}}),
    ):
        path.write_text(to_yaml(content), "utf-8")
        ended = run("plan", "-w", place.root, "--json")
        assert ended.code == (0 if allowed else 2), ended.said
        if allowed:
            (note,) = json.loads(ended.out)["notes"]
            assert topics[0].lstrip("#＃") in note["topics"]
        path.unlink()


def test_catalogue_44_a_hundred_tags_become_ten_topics_and_the_others_are_told(
    run: Run, place: Workspace
) -> None:
    planned(place, post(1, text="x " + " ".join(f"#mud{n}fair" for n in range(100))))
    (note,) = json.loads(run("plan", "-w", place.root, "--json").out)["notes"]
    assert len(note["topics"]) == 10
    gone = [c["before"] for c in note["changes"] if c["field"] == "topics" and not c["after"]]
    assert len(" ".join(gone).split()) == 90


# --- 45: names of files ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["../../x", "CON", "-rf", "/etc/passwd", "C:\\x", "a\x00b", "n" * 300, "dot."]
)
def test_catalogue_45_no_word_becomes_the_name_of_a_file(
    run: Run, place: Workspace, tmp_path: Path, text: str
) -> None:
    planned(place, post(1, text=text, title=text), post(2, text=f"#{text}"))
    edit = {"title": text, "body": text}
    place.edits.write_text(to_yaml({"version": 1, "notes": {"2": edit}}), "utf-8")
    before = {path.relative_to(tmp_path) for path in tmp_path.rglob("*")}
    assert run("plan", "-w", place.root).code == 0
    assert run("preview", "-w", place.root, "--read-only").code == 0
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*")} - before
    assert {path.name for path in made if path.is_file() and path.suffix != ".log"} <= {
        *("crossover.yaml", "preview.html", "planned.json", "sums.json", ".lock", "lock"),
        *("fitted.json", "looks.json"),
    }
