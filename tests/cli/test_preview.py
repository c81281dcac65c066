"""`crossover preview NOTE`: several notes at once, as JSON with the post of each, and through the
creator's pager where they are longer than the screen."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from crossover.cli.main import run_app
from crossover.cli.view.pager import find_pager
from crossover.library.posts_file import Library, write_library
from crossover.plan.document import write_plan
from crossover.storage.documents import to_json
from crossover.workspace import Workspace
from tests.conftest import Run
from tests.makers import plan, post

POSTS = (
    post(1, text="First words. And more of them. #pottery", likes=7, sound="A song", seconds=12.5),
    post(2, tiktok_id="7323897339678436582"),
    post(3, pictures=20),
    post(4, title="Of pictures", pictures=1),
)
MADE = plan(*POSTS)

needs_terminal = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    workspace = Workspace(tmp_path / "place")
    workspace.prepare()
    write_library(workspace.posts, Library(handle="mara", posts=POSTS))
    write_plan(MADE, workspace.plan)
    return workspace.root


def heads(said: str) -> list[str]:
    """The numbers of the notes that a screen shows."""
    words = said.replace("│", " ").split()
    return [before for before, word in pairwise(words) if word == "move"]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        (("1",), ["1"]),
        (("3",), ["3.1", "3.2"]),
        (("3.2", "1"), ["1", "3.2"]),
        (("2-4",), ["2", "3.1", "3.2", "4"]),
    ],
)
def test_notes_are_chosen_by_their_numbers(
    run: Run, root: Path, typed: tuple[str, ...], numbers: list[str]
) -> None:
    code, said = run("preview", *typed, "-w", root)
    assert code == 0
    assert heads(said) == numbers


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("9",), "There is no note 9."),
        (("1", "3.7"), "There is no note 3.7."),
        (("x",), "x is no number of a note"),
    ],
)
def test_a_number_that_no_note_has_is_refused(
    run: Run, root: Path, typed: tuple[str, ...], told: str
) -> None:
    code, said = run("preview", *typed, "-w", root)
    assert code == 2
    assert told in " ".join(said.replace("│", " ").split())


def as_json(root: Path, capsys: pytest.CaptureFixture[str], *typed: str) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["crossover", "preview", *typed, "--json", "-w", str(root)])
        assert run_app() == 0
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out)


def test_as_json_a_note_is_the_plans_and_has_its_post(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = as_json(root, capsys, "1", "2")
    assert {name: shown[name] for name in ("to", "site", "digest")} == {
        "to": MADE.to,
        "site": MADE.site,
        "digest": MADE.digest,
    }
    first, second = shown["notes"]
    assert first.pop("tiktok") == {
        "text": POSTS[0].text,
        "title": None,
        "sound": "A song",
        "likes": 7,
        "seconds": 12.5,
        "location": None,
        "visibility": "public",
        "url": None,
    }
    assert first == json.loads(to_json(MADE.notes[0]))
    assert second["tiktok"]["url"].endswith("@mara/video/7323897339678436582")


def test_as_json_without_a_number_there_are_all_notes(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = as_json(root, capsys)
    assert [note["number"] for note in shown["notes"]] == [note.number for note in MADE.notes]


def test_a_note_whose_post_is_gone_is_shown_without_it(
    run: Run, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_library(Workspace(root).posts, Library(handle="mara"))
    assert as_json(root, capsys, "1")["notes"][0]["tiktok"] is None
    code, said = run("preview", "1", "-w", root)
    assert code == 0
    assert "On TikTok" in said


# --- the pager -------------------------------------------------------------------------------

_PAGER = """
import os, sys
text = sys.stdin.buffer.read()
with open(sys.argv[1], "wb") as file:
    file.write(os.environ["LESS"].encode() + b"\\n" + text)
"""


class Screen:
    """A terminal of some lines, on which a command runs to its end."""

    def __init__(self, lines: int, environment: dict[str, str], *typed: object) -> None:
        import fcntl
        import pty
        import struct
        import termios

        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 80, 0, 0))
        process = subprocess.Popen(
            [sys.executable, "-m", "crossover", *map(str, typed)],
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm", **environment},
        )
        os.close(theirs)
        self.said = b""
        while select.select([ours], [], [], 30)[0]:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # Linux says so where nobody has the terminal open any more
                break
            if not piece:
                break
            self.said += piece
        self.code = process.wait(30)
        os.close(ours)


@pytest.fixture
def pager(tmp_path: Path) -> tuple[str, Path]:
    """A pager that keeps what it is given, and where."""
    script, kept = tmp_path / "pager.py", tmp_path / "kept file"
    script.write_text(_PAGER)
    return f"'{sys.executable}' '{script}' '{kept}'", kept


@needs_terminal
def test_what_is_longer_than_the_screen_goes_through_the_pager_with_its_colours(
    root: Path, pager: tuple[str, Path]
) -> None:
    command, kept = pager
    screen = Screen(20, {"PAGER": command}, "preview", "1", "2", "-w", root)
    assert (screen.code, screen.said) == (0, b"")
    less, _, text = kept.read_bytes().partition(b"\n")
    assert less == b"FRX"
    assert b"First words" in text
    assert b"\x1b[" in text


@needs_terminal
@pytest.mark.parametrize(
    ("lines", "flags", "name"),
    [
        (20, ("--no-pager",), "PAGER"),
        pytest.param(400, (), "PAGER", marks=pytest.mark.complete),
        pytest.param(20, (), "OTHER", marks=pytest.mark.complete),
    ],
)
def test_what_fits_or_shall_not_is_printed_at_once(
    root: Path, pager: tuple[str, Path], lines: int, flags: tuple[str, ...], name: str
) -> None:
    command, kept = pager
    environment = {"PAGER": "cat"} | {name: command}
    screen = Screen(lines, environment, "preview", "1", *flags, "-w", root)
    assert screen.code == 0
    assert b"First words" in screen.said
    assert not kept.exists()


def test_what_is_piped_has_no_pager(root: Path, pager: tuple[str, Path]) -> None:
    command, kept = pager
    done = subprocess.run(
        [sys.executable, "-m", "crossover", "preview", "1-4", "-w", str(root)],
        env={**os.environ, "PAGER": command},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert done.stderr.count(b"On RedNote") == 5
    assert not kept.exists()


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({"PAGER": "sh -c x"}, ["sh", "-c", "x"]),
        ({"CROSSOVER_PAGER": "sh", "PAGER": "more"}, ["sh"]),
        ({"PAGER": ""}, []),
        ({"PAGER": "cat"}, []),
        ({"PAGER": "no-such-program-at-all"}, []),
        ({"PAGER": "'never ends"}, []),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="the programs are those of a POSIX system")
def test_the_pager_is_the_creators_choice(environment: dict[str, str], command: list[str]) -> None:
    assert list(find_pager(environment)) == command
