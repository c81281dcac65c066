"""What a terminal shows: lines end between words, and nothing to copy is broken."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from crossover.cli.view import screen
from crossover.cli.view.captions import HOW_IT_READS
from crossover.cli.view.screen import as_argument, console, note_numbers_text, numbers_text, wrapped

Shown = Callable[[], list[str]]
SENTENCE = "Nothing was sent anywhere. Read: your posts and public name. Not read: messages."


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def showing(monkeypatch: pytest.MonkeyPatch, file: io.StringIO, width: int) -> Shown:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(console, "_file", file)
    monkeypatch.setattr(console, "_width", width)
    monkeypatch.setattr(console, "_height", 25)
    return lambda: re.sub("\x1b\\[[0-9;]*m", "", file.getvalue()).splitlines()


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """A terminal of 50 columns."""
    return showing(monkeypatch, Terminal(), 50)


@pytest.mark.parametrize("said", [screen.say, screen.fail, lambda text: screen.fail("x", text)])
def test_on_a_terminal_lines_end_between_words(narrow: Shown, said: Callable[[str], None]) -> None:
    said(SENTENCE)
    lines = narrow()
    assert all(len(line) <= 50 for line in lines)
    assert " ".join(lines).endswith(SENTENCE)
    assert len(lines) > 1


@pytest.mark.parametrize(
    "said",
    [
        HOW_IT_READS,
        "crossover moves your TikTok posts to RedNote. It begins with the export TikTok gives you:",
    ],
)
def test_a_sentence_that_begins_with_our_name_is_no_command(narrow: Shown, said: str) -> None:
    screen.say(said)
    lines = narrow()
    assert all(len(line) <= 50 for line in lines)
    assert " ".join(lines) == said


@pytest.mark.parametrize("folder", [".", "a_folder_with_a_name_that_is_long"])
def test_a_command_in_a_line_of_its_own_stays_whole(narrow: Shown, folder: str) -> None:
    command = f"crossover migrate some_export_with_a_long_name.zip {folder}"
    screen.say_points([command])
    assert narrow() == [f"  {command}"]


def test_piped_output_is_not_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = showing(monkeypatch, io.StringIO(), 50)
    screen.say(SENTENCE)
    screen.fail(SENTENCE)
    screen.say_points([SENTENCE])
    screen.say_banner(SENTENCE)
    assert lines() == [SENTENCE, f"Error: {SENTENCE}", f"  {SENTENCE}", f" {SENTENCE} "]


def test_what_is_to_be_copied_is_never_broken(narrow: Shown) -> None:
    command = "crossover migrate 'my old export of 2024.zip' --workspace 'my move to RedNote'"
    path = "/home/somebody/of/a/long/name/crossover/made_up/preview.html"
    screen.say_command("Next:", command)
    screen.fail("Which one?", command)
    screen.say(f"Put it right with `{command}`, and look at it in {path} again.")
    lines = narrow()
    assert lines[0] == f"Next:  {command}"
    assert lines[2] == command
    assert f"`{command}`," in lines
    assert any(path in line for line in lines)


def test_a_text_hangs_beside_its_head_or_where_there_is_no_room_below_it(narrow: Shown) -> None:
    screen.hanging(Text("  WORDS     "), Text(SENTENCE))
    beside = narrow()
    assert beside[0].startswith("  WORDS     Nothing was")
    assert all(line.startswith(" " * 12) for line in beside[1:])
    screen.hanging(Text("  PICTURES  links live until Thu 26 Nov 14:00"), Text(SENTENCE))
    below = narrow()[len(beside) :]
    assert below[0] == "  PICTURES  links live until Thu 26 Nov 14:00"
    assert all(line.startswith("    ") and not line.startswith("     ") for line in below[1:])
    assert max(map(len, below)) <= 50


def test_chinese_breaks_between_letters() -> None:
    lines = [line.plain for line in wrapped(Text("我们的旅行" * 5), 20)]
    assert [cell_len(line) for line in lines] == [20, 20, 10]


@given(st.text(st.sampled_from("ab 我/`\n"), max_size=60), st.integers(1, 30))
def test_wrapping_loses_no_letter(text: str, width: int) -> None:
    lines = [line.plain for line in wrapped(Text(text), width)]
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize("name", ["a b.zip", "$(x).zip", "`x`.zip", 'a"b.zip', "it's.zip", "~"])
def test_a_path_in_a_command_is_one_word_of_the_shell(name: str) -> None:
    assert shlex.split(as_argument(Path(name))) == [name]


def test_a_path_is_never_an_option() -> None:
    (word,) = shlex.split(as_argument(Path("./-a.zip")))
    assert not word.startswith("-")
    assert Path(word) == Path("-a.zip")


@given(st.sets(st.integers(1, 99)))
def test_numbers_are_told_as_ranges_and_none_is_lost(numbers: set[int]) -> None:
    told: list[int] = []
    for part in filter(None, numbers_text(numbers, most=99).split(", ")):
        first, _, last = part.partition("-")
        told += range(int(first), int(last or first) + 1)
    assert told == sorted(numbers)


def test_numbers_of_notes_are_sorted_whatever_goes_first() -> None:
    assert note_numbers_text(["12", "7.2", "7.1", "3", "2", "10"]) == "2-3, 7.1-7.2, 10, 12"


def test_many_ranges_are_cut() -> None:
    assert numbers_text([9, 1, 2, 3, 7, 7]) == "1-3, 7, 9"
    assert numbers_text(range(1, 99, 2), most=2) == "1, 3, …"
