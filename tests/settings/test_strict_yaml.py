"""YAML that people write: every text comes back letter for letter (catalogue 41)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.errors import CrossoverError, UsageProblem
from crossover.settings.strict_yaml import (
    index_by_name,
    parse_text,
    read_mapping,
    read_value,
    read_yaml,
)
from crossover.settings.yaml_text import FlowList, to_yaml

WILD = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(
            "\n\r\t\x00\x07\x0b\x85\xa0\u2028\u2029\ufeff\u200d\u202e'\"\\|>-:#&*!%@ \ufe0f"
        ),
        st.sampled_from("👩‍🍳🇵🇹日本مرحبا"),
    ),
    max_size=120,
)
CATALOGUE_41 = (
    "---",
    "!!python/object:os.system",
    "*a",
    "&a b",
    "no",
    "1e3",
    "2025-02-06",
    "~",
    "null",
    "a: b: c:",
    "trailing  ",
    "line  \nline",
    "\n leading",
    "end\n\n",
    "a\u2028b\u2029c\x85d",
    "\ttab\n\ttab",
    " \n",
    "x" * 10_000,
    "# no remark",
    "\x1b[2J",
    "👩‍🍳\n👩‍🍳 ",
)


def round_trip(text: str, folder: Path) -> str:
    path = folder / "x.yaml"
    path.write_bytes(to_yaml({"text": text, "list": FlowList([text])}).encode())
    entries = index_by_name(read_mapping(path, read_yaml(path), {"text", "list"}))
    inner = entries["list"]
    assert isinstance(inner, yaml.SequenceNode)
    assert parse_text(inner.value[0]) == text
    return str(read_value(path, entries, "text", None, parse_text))


@given(WILD)
@settings(deadline=None)
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    assert round_trip(text, tmp_path_factory.getbasetemp()) == text


@pytest.mark.parametrize("text", CATALOGUE_41, ids=repr)
def test_catalogue_41_what_looks_like_yaml_stays_a_text(tmp_path: Path, text: str) -> None:
    assert round_trip(text, tmp_path) == text


def test_both_parsers_of_pyyaml_agree_on_what_is_written(tmp_path: Path) -> None:
    for text in CATALOGUE_41:
        assert yaml.safe_load(to_yaml({"a": text})) == {"a": text}


def test_several_lines_are_written_as_they_look() -> None:
    assert to_yaml({"body": "Grüße 👋\nfrom Lisbon"}) == "body: |-\n  Grüße 👋\n  from Lisbon\n"


def test_half_an_emoji_becomes_a_question_mark() -> None:
    assert yaml.safe_load(to_yaml({"a": "x\ud83d y"})) == {"a": "x? y"}


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"a: [1\nb: 2", 2),
        (b"a: &x y\nb: *x", 1),
        (b"a: 1\n\tb: 2", 2),
        (b"a: 1\nb: 2\na: 3", 3),
        (b"[" * 100_000, 1),
        (b"- " * 20_000, 1),
        (b"? [a]\n: b", 1),
    ],
)
def test_catalogue_42_what_is_wrong_is_named_by_line(
    tmp_path: Path, content: bytes, line: int
) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    with pytest.raises(UsageProblem) as caught:
        read_mapping(path, read_yaml(path), None)
    assert f"x.yaml, line {line}: " in caught.value.message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: [@b]", "line 1: what begins with `@` stands in quotes, as in '@...'"),
        ("é: 🙂\n\tb: 2".encode(), "line 2: a tab stands where blanks are meant"),
        (b"a:\n\tb: 2", "line 2: a tab stands where blanks are meant"),
        (b"a: b: c", "a text with a colon in it stands in quotes"),
        (b"a: 1\n---\nb: 2", "line 2: here a second document begins"),
        (b"a: 1\nb: \0\n", "line 2: a character that no text has (U+0000)"),
        ("a: 🙂\nb: \x07\n".encode(), "line 2: a character that no text has (U+0007)"),
        (b"? [a]\n: b", "line 1: a list or a mapping stands where a key is meant"),
    ],
)
def test_what_people_type_wrong_is_told_in_words_that_help(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    with pytest.raises(UsageProblem) as caught:
        read_mapping(path, read_yaml(path), None)
    assert said in caught.value.message


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a: \xe9"])
def test_what_is_no_text_is_an_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    with pytest.raises(UsageProblem):
        read_yaml(path)


def test_what_notepad_saved_is_read_and_other_bytes_are_told(tmp_path: Path) -> None:
    path = tmp_path / "edits.yaml"
    path.write_bytes("a: Zoë 🙂".encode("utf-16"))
    node = read_yaml(path)
    assert node is not None
    assert node.value[0][1].value == "Zoë 🙂"
    path.write_bytes(b"a: \xff\xfe\xfd")
    with pytest.raises(UsageProblem, match="no text in UTF-8"):
        read_yaml(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(CrossoverError, match="edits"):
        read_yaml(path)
