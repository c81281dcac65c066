"""A fault script says what goes wrong and when; a script with a mistake says where it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossover.rehearsal.__main__ import main
from crossover.rehearsal.faults.connection_faults import Slow, StoredThenDropped
from crossover.rehearsal.faults.script import Script
from crossover.rehearsal.faults.script_file import parse_script, read_script
from crossover.rehearsal.faults.script_nodes import BadScript


def write_script(folder: Path, text: str) -> Script:
    path = folder / "faults.yaml"
    path.write_text(text, "utf-8")
    return read_script(path)


def count_hits(found: Script, call: str, times: int) -> list[int]:
    return [nth for nth in range(1, times + 1) if found.due(call)]


def script_text(rest: str) -> str:
    return "faults:\n  - {call: create, fault: stored-then-dropped" + rest + "}\n"


def test_a_key_with_a_line_break_begins_no_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "faults.yaml"
    path.write_text('faults:\n  - {"a\\nError: b": 1, "a\\nError: b": 2}\n')
    assert main(["serve", "--data", str(tmp_path / "practice"), "--faults", str(path)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"Error: {path}, line 2")


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("", [1, 2, 3, 4, 5, 6, 7, 8]),
        (", at: 3", [3]),
        (", at: [3, 5]", [3, 5]),
        (", every: 4", [4, 8]),
    ],
)
def test_a_fault_hits_the_calls_it_names(tmp_path: Path, when: str, expected: list[int]) -> None:
    assert count_hits(write_script(tmp_path, script_text(when)), "create", 8) == expected


def test_each_kind_is_counted_by_itself_and_any_counts_all(tmp_path: Path) -> None:
    found = write_script(
        tmp_path,
        "faults:\n"
        "  - {call: put, fault: slow, seconds: 0.5, at: 2}\n"
        "  - {call: any, fault: stored-then-dropped, at: 3}\n",
    )
    assert found.due("put") == []
    assert found.due("create") == []
    assert found.due("put") == [Slow(0.5), StoredThenDropped()]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1: the file is empty"),
        ("- a\n", "line 1: expected"),
        ("other: 1\n", "'other' is not a key"),
        ("faults: 3\n", "line 1: `faults` is not a list"),
        ("faults:\n  - create\n", r"line 2 \(fault 1\): expected"),
        ("faults:\n  - {call: creat, fault: slow}\n", r"line 2 \(fault 1\): call is 'creat'"),
        ("faults:\n  - {call: put, fault: fast}\n", "fault is 'fast'"),
        (
            "faults:\n  - call: put\n    fault: slow\n    secs: 1\n",
            r"line 2 \(fault 1\): line 4: 'secs'",
        ),
        ("faults:\n  - {call: put, fault: slow}\n", "needs `seconds`"),
        ("faults:\n  - {call: put, fault: slow, seconds: .inf}\n", "`seconds` needs a number"),
        ("faults:\n  - {call: put, call: any, fault: slow}\n", "call is given twice"),
        (
            script_text("") + script_text("")[8:].replace("}", ", at: 0}"),
            r"line 3 \(fault 2\): `at` needs",
        ),
        (script_text(", at: []"), "`at` needs"),
        (script_text(", at: true"), "`at` needs"),
        (script_text(", every: [2]"), "`every` needs"),
        (script_text(", every: 2, at: 1"), "not both"),
        (script_text(", seconds: 1"), "'seconds' is not a key"),
        (script_text(", every: 2, probability: 0.5"), "`every` or `probability`"),
        (script_text(", probability: 2"), "`probability` needs a number from 0 to 1"),
        (script_text(", seed: 2"), "`seed` needs `probability`"),
        (script_text(", count: 0"), "`count` needs"),
        ("faults:\n  - {call: create, fault: bad-etag}\n", "bad-etag is for part, not for create"),
        ("faults:\n  - {call: any, fault: did-it-late, seconds: 1}\n", "not for any"),
        ("faults:\n  - {call: put, fault: reset-inside}\n", "needs `bytes`"),
        ("faults:\n  - {call: put, fault: business, code: 7}\n", "`code` needs one of 300012"),
        ("faults:\n  - {call: put, fault: captcha, done: 1}\n", "`done` needs true or false"),
        ("faults:\n  - {call: put, fault: redirect, to: there}\n", "`to` needs an address"),
        ("faults:\n  - {call: put, fault: [slow]}\n", "known are slow"),
        ("faults:\n  - {[a]: put, fault: slow}\n", "a key is a word"),
        ("faults: [\n", "not YAML"),
        ("studio: 3\n", "`studio`: expected `key: value`"),
        ("studio: {sites: rednote.com}\n", "line 1: `studio`: 'sites' is not a key"),
        ("studio: {site: tiktok.com}\n", "`site` needs one of rednote.com, xiaohongshu.com"),
        ("studio: {rename: {a b: c}}\n", "`rename` needs names"),
        ("studio: {rename: [tab]}\n", "`rename` needs lines"),
        ("studio: {drops: [title]}\n", "`drops` needs a list of visibility"),
        ("a\x00b", "not YAML"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadScript, match=says):
        write_script(tmp_path, text)


@pytest.mark.parametrize(
    "value",
    ["2020-13-45", "9" * 5000, "!!timestamp x", "!!bool x", "!!int ''", "[" * 3000 + "]" * 3000],
)
def test_what_only_looks_like_a_value_is_named_with_its_line(
    tmp_path: Path, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "faults.yaml"
    path.write_text(f"faults:\n  - {{call: part, fault: slow, seconds: 1, at: {value}}}\n")
    code = main(["serve", "--data", str(tmp_path / "practice"), "--faults", str(path)])
    told = capsys.readouterr()
    assert (code, told.out) == (2, "")
    assert "line 2" in told.err


def test_a_script_that_is_not_there_is_a_mistake_too(tmp_path: Path) -> None:
    with pytest.raises(BadScript, match="cannot be read"):
        read_script(tmp_path / "none.yaml")


def test_count_ends_a_fault(tmp_path: Path) -> None:
    assert count_hits(write_script(tmp_path, script_text(", count: 2")), "create", 8) == [1, 2]
    assert count_hits(
        write_script(tmp_path, script_text(", every: 3, count: 2")), "create", 20
    ) == [3, 6]


def test_chance_is_the_same_every_time_and_another_with_another_seed(tmp_path: Path) -> None:
    def drawn(rest: str) -> list[int]:
        return count_hits(parse_script(script_text(rest)), "create", 1000)

    half = drawn(", probability: 0.5, seed: 7")
    assert half == drawn(", probability: 0.5, seed: 7") != drawn(", probability: 0.5, seed: 8")
    assert 400 < len(half) < 600
    assert drawn(", probability: 0.5, seed: 7, count: 3") == half[:3]
    assert drawn(", probability: 0") == []
    assert len(drawn(", probability: 1")) == 1000
