"""`plan --set`: one rule changes, and everything else of crossover.yaml stays as it was."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.errors import UsageProblem
from crossover.model.choices import Action, Rules
from crossover.settings.rule import Rule
from crossover.settings.rule_table import RULES
from crossover.settings.rule_values import Typed, format_value, parse_typed
from crossover.settings.rules import parse_rule_values, read_rules
from crossover.settings.rules_template import make_template
from crossover.settings.set_rule import Assignment, parse_assignment, write_rules
from tests.tier import examples


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crossover.yaml"


def set_in(path: Path, text: str, *typed: str) -> str:
    path.write_bytes(text.encode())
    write_rules(path, [parse_assignment(one) for one in typed])
    return path.read_bytes().decode()


@pytest.mark.parametrize(
    ("typed", "was", "now"),
    [
        ("only_me=skip", "only_me: hold\n", "only_me: skip\n"),
        ("topics.max=5", "  max: 10\n", "  max: 5\n"),
        ("topics=zh", "  use: both\n", "  use: zh\n"),
        ("topics.drop=one, #two", "  drop: []\n", "  drop: [one, two]\n"),
        ("topics.drop=[one, 'two,']", "  drop: []\n", "  drop: [one, 'two,']\n"),
        ("title_template={title} · Ep. {n}", "template: ''\n", "template: '{title} · Ep. {n}'\n"),
        ("mention_names={foodie: Foo}", "names: {}\n", "names: {foodie: Foo}\n"),
    ],
)
def test_in_the_file_as_written_first_only_the_value_changes(
    path: Path, typed: str, was: str, now: str
) -> None:
    assert set_in(path, make_template(), typed) == make_template().replace(was, now, 1)


@pytest.mark.parametrize(
    ("typed", "was", "now"),
    [
        ("topics.use=keep", "topics: zh  # mine\n", "topics: keep  # mine\n"),
        ("topics.max=3", "topics: zh  # mine\n", "topics: {use: zh, max: 3}  # mine\n"),
        ("topics.max=3", "topics: # mine\n", "topics: {max: 3} # mine\n"),
        ("topics.max=3", "topics: {use: zh, } # mine", "topics: {use: zh, max: 3, } # mine"),
        ("topics.max=3", "topics: {}", "topics: {max: 3}"),
        ("only_me=move", "{not_told: skip}", "{not_told: skip, only_me: move}"),
        ("only_me=move", "only_me:\n", "only_me: move\n"),
        ("only_me=move", "only_me:\n  # why\n  hold\n", "only_me: move\n# why\n"),
        ("only_me=move", "'only_me' : \"hold\" # a\n", "'only_me' : move # a\n"),
        ("only_me=move", "only_me: |-\n  hold\n# a\n", "only_me: move\n# a\n"),
        ("only_me=move", "only_me: maybe\n", "only_me: move\n"),
        ("only_me=hold", "only_me:    hold", "only_me:    hold"),
        ("only_me=move", "only_me: hold\r\n# a\r\n", "only_me: move\r\n# a\r\n"),
        ("only_me=move", "? only_me\n# why\n: hold\n", "? only_me\n# why\n: move\n"),
        (
            "topics.drop=x",
            "topics:\n  drop:\n  - |-  # a\n    one\n  - two\n# b\n",
            "topics:\n  drop: [x]\n  # a\n# b\n",
        ),
        (
            "topics.drop=x",
            "topics:\n  drop:  # a\n  # b\n  - one # c\n  - two  # d\n\n  max: 3\n",
            "topics:\n  drop: [x]  # a\n  # b\n  # c\n  # d\n\n  max: 3\n",
        ),
    ],
)
def test_however_the_file_is_written_nothing_else_changes(
    path: Path, typed: str, was: str, now: str
) -> None:
    assert set_in(path, was, typed) == now


def test_a_rule_that_the_file_lacks_is_added_with_what_it_does(path: Path) -> None:
    assert set_in(path, "version: 1  # the first", "title_case=sentence") == (
        "version: 1  # the first\n\n"
        "# A title all in capitals: keep, or sentence (Only the first letter is one).\n"
        "title_case: sentence\n"
    )
    added = set_in(path, "topics:\n    use: zh # a\n# b\nonly_me: hold\n", "topics.max=3")
    assert re.fullmatch(
        r"topics:\n    use: zh # a\n    # RedNote .*\n    max: 3\n# b\nonly_me: hold\n", added
    )
    assert "\n\ntopics:\n  # RedNote" in set_in(path, "only_me: hold\n...\n", "topics.max=3")
    assert path.read_text().endswith("  max: 3\n...\n")


def test_a_value_that_stands_there_is_not_written_again_and_a_default_is_written_once(
    path: Path,
) -> None:
    text = "only_me: hold\n"
    path.write_text(text)
    before = path.stat().st_ino
    write_rules(path, [parse_assignment("only_me=hold")])
    assert (path.read_text(), path.stat().st_ino) == (text, before)
    assert set_in(path, text, "title_case=keep").endswith("\ntitle_case: keep\n")


def test_several_are_written_at_once_and_a_missing_file_is_written_whole(path: Path) -> None:
    written = write_rules(
        path, [parse_assignment("only_me=move"), parse_assignment("topics.max=2")]
    )
    assert [(one.rule.key, one.value) for one in written] == [
        ("only_me", Action.MOVE),
        ("topics.max", 2),
    ]
    assert path.read_text("utf-8").splitlines()[(written[1].line or 0) - 1] == "  max: 2"
    assert read_rules(path) == Rules(only_me=Action.MOVE, topics_max=2)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("topics.max=11", "topics.max takes a whole number from 0 to 10"),
        ("topics.max=", "topics.max takes a whole number"),
        ("topics.max", "no value is given"),
        ("topics.maxx=3", "the nearest is `topics.max`"),
        ("max=3", "the nearest is `topics.max`"),
        ("only-me=move", "the nearest is `only_me`"),
        ("only_me=mvoe", "one of hold, skip, move; the nearest is `move`"),
        ("zzz=3", "`zzz` is no rule; known here: select.since"),
        ("mention_names=[", "as in {foodie: The Foodie Shop}"),
        ("mention_names=!!str a", "as in {foodie: The Foodie Shop}"),
        ("mention_names={a: [b]}", "as in {foodie: The Foodie Shop}; a text is meant"),
        ("mention_names={a: b, a: c}", "`a` stands there twice"),
        (f"topics.max={'9' * 5000}", "topics.max takes a whole number from 0 to 10"),
        ("select.numbers=1-100000, 100000", "each once; or empty; 100000 stands there twice"),
        ("select.numbers=100001", "takes numbers of posts"),
        ("title_template={title}\nb", "one line with {title}"),
    ],
)
def test_a_wrong_rule_or_value_is_refused_with_what_is_allowed(typed: str, said: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        parse_assignment(typed)
    assert said in caught.value.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not_told: maybe\nonly_me: hold\n", "crossover.yaml, line 1: `not_told`"),
        ("select:\n  text: |+\n    cats\n\n", "cannot be set in"),
        ("- only_me\n", "crossover.yaml, line 1: here stand lines of the form `key: value`"),
        ("only_me:hold\n", "crossover.yaml, line 1: here stand lines of the form `key: value`"),
    ],
)
def test_a_file_that_cannot_be_set_in_stays_as_it_is(path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        set_in(path, text, "only_me=move")
    assert said in caught.value.message
    assert path.read_text() == text


def test_where_the_file_is_a_link_the_one_it_leads_to_is_written(path: Path) -> None:
    real = path.with_name("mine.yaml")
    real.write_text("only_me: hold  # mine\n")
    path.symlink_to(real)
    write_rules(path, [parse_assignment("only_me=skip")])
    assert path.is_symlink()
    assert real.read_text() == "only_me: skip  # mine\n"


def test_a_link_that_leads_nowhere_is_told_and_no_rule_is_taken_for_its_default(path: Path) -> None:
    path.symlink_to(path.with_name("gone.yaml"))
    with pytest.raises(UsageProblem, match=r"crossover\.yaml cannot be read"):
        read_rules(path)
    with pytest.raises(UsageProblem, match=r"crossover\.yaml cannot be read"):
        write_rules(path, [parse_assignment("only_me=skip")])
    assert path.is_symlink()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_encoding_of_the_file_stays(path: Path, encoding: str) -> None:
    path.write_bytes("only_me: hold  # für mich\n".encode(encoding))
    write_rules(path, [parse_assignment("only_me=move")])
    assert path.read_bytes() == "only_me: move  # für mich\n".encode(encoding)


# --- whatever the file looks like -----------------------------------------------------------

_plain = st.text("ab é#'\",[]{}:-&*!|>%@`·中🧶0", max_size=8)


SAMPLES = {
    "stages.first": ["", "7", "12, 3, 8-10"],
    "select.numbers": ["", "7", "12, 3, 8-10"],
    "calendar.zone": ["", "Europe/Lisbon", "Asia/Shanghai"],
    "calendar.days": ["sun", "Wednesday, sun", "[mon, tue]"],
    "calendar.hours": ["07:30-09:00", "00:00-23:59"],
    "calendar.pauses": ["", "2026-12-24 to 2027-01-02, 2027-02-06"],
}
"""Of rules whose values are of a kind of their own, as they are typed."""


def values_of(rule: Rule) -> st.SearchStrategy[Any]:
    """Values that a rule takes; of one with a form of its own, the default."""
    kind, allowed = rule.kind, rule.kind.allowed
    if rule.key in SAMPLES:
        return st.sampled_from(SAMPLES[rule.key]).map(lambda typed: parse_typed(kind, typed))
    words = allowed.removeprefix("a list of ").split(", ")
    if all(map(str.isalpha, "".join(words).replace("-", ""))):
        if kind.typed is Typed.LIST:
            chosen = st.lists(st.sampled_from(words), min_size=1, unique=True)
            return chosen.map(lambda some: parse_typed(kind, ",".join(some)))
        return st.sampled_from(words).map(lambda word: parse_typed(kind, word))
    if found := re.fullmatch(r"(\d+) to (\d+)", allowed):
        return st.integers(int(found[1]), int(found[2]))
    if rule.key in ("select.since", "select.until"):
        days = st.dates(min_value=date(1000, 1, 1)).map(str)
        return (st.just("") | days).map(lambda day: parse_typed(kind, day))
    form = {"title_template": "{title}", "original_date": "{date}"}
    if rule.key in form:
        return _plain.map(lambda text: text.replace("{", "") + form[rule.key])
    if rule.key == "mention_names":
        return st.dictionaries(_plain.map(lambda text: text.lstrip("@")), _plain, max_size=3)
    if rule.key == "topics.drop":
        return st.lists(_plain.map(lambda text: text.lstrip("#")), max_size=3).map(tuple)
    return _plain if rule.key == "select.text" else st.just(rule.default)


rules_with_values = st.sampled_from(RULES).flatmap(
    lambda rule: values_of(rule).map(lambda value: (rule, value))
)


class WildFile:
    """Writes rules in the many ways a person may; each comment is another one."""

    def __init__(self, draw: Any) -> None:
        self.draw, self.comments = draw, 0

    def comment(self) -> str:
        self.comments += 1
        return f"# c{self.comments}: {self.draw(_plain)}"

    def maybe(self, text: str) -> str:
        return text if self.draw(st.booleans()) else ""

    def between(self, indent: str) -> str:
        lines = self.draw(st.lists(st.sampled_from(["", "#"]), max_size=2))
        return "".join(f"{indent}{self.comment()}\n" if line else "\n" for line in lines)

    def end(self) -> str:
        return self.maybe(f"  {self.comment()}") + "\n"

    def value(self, value: Any, indent: str) -> str:
        """What stands behind the colon, with the end of its line."""
        if isinstance(value, tuple | dict) and value and self.draw(st.booleans()):
            inner = indent + "  "
            lines = (f"{self.between(inner)}{inner}{item}{self.end()}" for item in items(value))
            return self.end() + "".join(lines)
        if isinstance(value, str) and value.isalpha() and self.draw(st.booleans()):
            mark = self.draw(st.sampled_from("\"'"))
            return f" {mark}{value}{mark}{self.end()}"
        if self.draw(st.integers(0, 5)) == 0:
            return f"{self.end()}{self.between(indent)}{indent}  {format_value(value)}{self.end()}"
        return f"{self.draw(st.sampled_from([' ', '   ']))}{format_value(value)}{self.end()}"

    def file(self, rules: dict[Rule, Any]) -> str:
        blocks: dict[str, str] = {}
        for rule, value in rules.items():
            indent = "    " if rule.group else ""
            line = f"{self.between(indent)}{indent}{rule.name}:{self.value(value, indent)}"
            head = f"{self.between('')}{rule.group}:{self.end()}" if rule.group else ""
            block = rule.group or rule.key
            blocks[block] = blocks.get(block, head) + line
        return "".join([*self.draw(st.permutations(list(blocks.values()))), self.between("")])


def items(value: tuple[object, ...] | dict[str, str]) -> list[str]:
    """The lines of a list or a dictionary."""
    if isinstance(value, dict):
        return [f"{format_value(key)}: {format_value(text)}" for key, text in value.items()]
    return [f"- {format_value(text)}" for text in value]


@st.composite
def wild_files(draw: Any) -> str:
    return WildFile(draw).file(dict(draw(st.lists(rules_with_values, max_size=8))))


@settings(max_examples=examples(180), deadline=None)
@given(wild_files(), rules_with_values)
def test_only_the_value_changes_and_every_comment_stays(
    text: str, assigned: tuple[Rule, Any]
) -> None:
    rule, value = assigned
    with TemporaryDirectory() as folder:
        path = Path(folder) / "crossover.yaml"
        path.write_text(text, "utf-8")
        before = parse_rule_values(path, text)
        write_rules(path, [Assignment(rule, value)])
        after = path.read_text("utf-8")
        now = parse_rule_values(path, after)
    assert {one.rule.key: one.value for one in now} == {
        one.rule.key: value if one.rule is rule else one.value for one in before
    }
    marks = re.findall(r"# c\d+: [^\n]*", text)
    assert [mark for mark in re.findall(r"# c\d+: [^\n]*", after) if mark in marks] == marks
