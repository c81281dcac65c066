"""Words that attack: in captions, rules, edits, the creator's own topics and sheets, they come out
as words, on the screen, in the page and in every file (catalogue 36 to 41)."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
import regex

from crossover.settings.yaml_text import to_yaml
from crossover.sheet.formats import format_sheet, read_sheet
from crossover.sheet.rows import COLUMNS
from crossover.workspace import Workspace
from tests.makers import post
from tests.road.conftest import Run
from tests.road.test_next_step import planned

HOSTILE = {
    "36-esc": "a\x1b[2J\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x07\x1b]8;;http://x\x1b\\b\x9b31mc\rd\x08e\x00",
    "37-markup": "[link=http://evil.example]a[/link] [/b] [bold \\[ :smile: {x} %s",
    "38-bidi": "a \u202egnp.exe\u2066b\u2069 \u200bc\u200d \U000e0041\U000e0042 d\u0338",
    "38-zalgo": "e" + "\u0301\u0489" * 5000,
    "39-html": "</p></script><script>alert(1)</script><img src=x onerror=alert(1)> &#x3c;b&#x3e; javascript:1",
    "40-csv": "=cmd|' /C calc'!A0",
    "40-tab": "@SUM(1)",
    "41-yaml": "--- !!python/object:os.system *a &b no: 1e3 # x",
    "45-names": "../../x CON -rf C:\\x. " + "n" * 300,
}
CASES = [pytest.param(text, id=name) for name, text in HOSTILE.items()]
UNSEEN = regex.compile(
    r"[\x00-\x08\x0B-\x1F\x7F-\x9F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029"
    r"\U000E0000-\U000E007F\uD800-\uDFFF]"
)
"""What may steer a terminal or turn what a person reads."""


class Skeleton(HTMLParser):
    """The tags of a page, with the names of their attributes, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[tuple[str, ...]] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add((tag, *sorted(name for name, _ in attrs)))
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "w")


NOTES = (("plan", "--all"), ("preview", "1"))
EVERY = (
    *NOTES,
    *(("plan", "--changed"), ("plan", "--show-rules"), ("preview", "--read-only")),
    ("topics", "unmapped", "--all"),
)


def screens(
    run: Run, place: Workspace, commands: Sequence[tuple[str, ...]] = EVERY
) -> Iterator[str]:
    """What these commands say, each of which shows words of notes or rules."""
    for command in commands:
        arguments = (*command, "-w", place.root)
        ended = run(*arguments)
        assert ended.code in (0, 2), ended.said
        yield ended.out + ended.said


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def is_plain(page: str) -> None:
    """The page has nothing that runs or loads, and nothing that hides."""
    is_safe(page)
    assert page.count("<script") == 2, "its data, and the one script that its policy allows"
    for tag, *attributes in Skeleton(page).tags:
        assert tag not in ("iframe", "svg", "object", "form", "base")
        assert not [name for name in attributes if name.startswith("on")]


def is_safe(text: str) -> None:
    found = UNSEEN.search(text)
    assert found is None, ascii(text[max(0, found.start() - 40) : found.end() + 40])


# --- 36 to 39, 45: wherever the words stand ----------------------------------------------------


@pytest.mark.parametrize("text", CASES)
def test_catalogue_36_to_39_words_of_a_caption_are_shown_as_words(
    run: Run, place: Workspace, text: str
) -> None:
    planned(place, post(1, text=f"{text}\n#mudfair", title=text), post(2))
    for shown in screens(run, place):
        is_safe(shown)
    page = (place.root / "preview.html").read_text("utf-8")
    is_plain(page)
    planned(place, post(1, text="plain\n#mudfair", title="plain"), post(2))
    assert run("plan", "-w", place.root).code == 0
    plain = Skeleton((place.root / "preview.html").read_text("utf-8"))
    hostile = Skeleton(page)
    assert {tag[0] for tag in hostile.tags} == {tag[0] for tag in plain.tags}
    assert [link for link in hostile.links if ":" in link] == [
        link for link in plain.links if ":" in link
    ]


@pytest.mark.parametrize("text", CASES)
def test_catalogue_36_to_41_words_of_edits_come_out_letter_for_letter_and_are_shown_as_words(
    run: Run, place: Workspace, text: str
) -> None:
    planned(place, post(1))
    kept = regex.sub(UNSEEN, "", text).strip()
    edit = {"title": text, "body": f"{text}\nsecond", "topics": ["".join(kept.split())[:20]]}
    edit["topics"] = [regex.sub(r"[#＃\[\]]", "", edit["topics"][0]) or "x"]
    place.edits.write_text(to_yaml({"version": 1, "notes": {"1": edit}}), "utf-8")
    for shown in screens(run, place):
        is_safe(shown)
    is_plain((place.root / "preview.html").read_text("utf-8"))
    (note,) = json.loads(run("plan", "-w", place.root, "--json").out)["notes"]
    bare = regex.sub(r"[\s\ufeff]", "", regex.sub(UNSEEN, "", text))
    assert regex.sub(r"\s", "", note["title"]) == regex.sub(r"\s", "", composed(bare))
    assert note["topics"] == [composed(topic) for topic in edit["topics"]]


@pytest.mark.parametrize("text", CASES)
def test_catalogue_36_to_41_words_of_rules_and_own_topics_are_shown_as_words(
    run: Run, place: Workspace, text: str
) -> None:
    planned(place, post(1, text="Part 3: a walk with @foodie in the old town #mudfair"))
    word = regex.sub(r"[\s#＃\[\]]|" + UNSEEN.pattern, "", text)[:60]
    rules = {
        "version": 1,
        "mentions": "table",
        "mention_names": {"foodie": text},
        "title_template": "{title} · {n}",
        "topics": {"drop": [text]},
    }
    place.rules.write_text(to_yaml(rules), "utf-8")
    own = {"version": 1, "topics": {"mudfair": [word], "x" + word: [word]}}
    place.own_topics.write_text(to_yaml(own), "utf-8")
    for shown in screens(run, place):
        is_safe(shown)
    is_plain((place.root / "preview.html").read_text("utf-8"))
    for arguments in (("check",), ("explain", f"x{word}", text)):
        is_safe(run("topics", *arguments, "-w", place.root).said)
    (note,) = json.loads(run("plan", "-w", place.root, "--json").out)["notes"]
    assert word in note["topics"]


@pytest.mark.parametrize("name", ["words.csv", "words.yaml"])
@pytest.mark.parametrize("text", CASES)
def test_catalogue_36_to_41_a_sheet_brings_words_there_and_back_and_shows_them_as_words(
    run: Run, place: Workspace, tmp_path: Path, name: str, text: str
) -> None:
    planned(place, post(1, text=f"{text}\n#mudfair"), post(2))
    path = tmp_path / name
    assert run("sheet", "out", path, "-w", place.root).code == 0
    assert "changes nothing" in run("sheet", "in", path, "-w", place.root).said
    rows = [dict(found.cells) for found in read_sheet(path).rows]
    rows[1] |= {"title": text, "body": text}
    path.write_bytes(format_sheet([dict.fromkeys(COLUMNS, "") | row for row in rows], path))
    ended = run("sheet", "in", path, "-w", place.root)
    is_safe(ended.said)
    assert ended.code == 0
    for shown in screens(run, place, NOTES):
        is_safe(shown)
    assert run("sheet", "out", path, "-w", place.root, "--yes").code == 0
    assert "changes nothing" in run("sheet", "in", path, "-w", place.root).said


@pytest.mark.parametrize("text", CASES)
def test_catalogue_36_to_41_a_mistake_in_a_file_is_told_with_its_words_as_words(
    run: Run, place: Workspace, tmp_path: Path, text: str
) -> None:
    planned(place, post(1))
    sheet = tmp_path / "s.yaml"
    sheet.write_text(to_yaml({"version": 1, "notes": [{"number": text, text: text}]}), "utf-8")
    (tmp_path / "s.csv").write_bytes(
        format_sheet([dict.fromkeys(COLUMNS, text) | {"number": text}], Path("s.csv"))
    )
    for file in (sheet, tmp_path / "s.csv"):
        ended = run("sheet", "in", file, "-w", place.root)
        assert ended.code == 2
        is_safe(ended.said)
    for path, content in (
        (place.rules, {text: "x"}),
        (place.rules, {"only_me": text}),
        (place.rules, {"title_template": text + "{title}{oops}"}),
        (place.own_topics, {"topics": {"a": [text + " b"]}}),
        (place.edits, {"notes": {text: {"title": "x"}}}),
        (place.edits, {"notes": {"1": {text: "x"}}}),
        (place.edits, {"notes": {"1": {"topics": [text + " b"]}}}),
    ):
        path.write_text(to_yaml(content), "utf-8")
        ended = run("plan", "-w", place.root)
        assert ended.code == 2, (path, ended.said)
        assert path.name in ended.said
        is_safe(ended.out + ended.said)
        path.unlink()
