"""Whatever stands in an export, a file's name or a caption: it begins no line of its own."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import sys
from collections.abc import Callable
from contextlib import redirect_stderr
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.text import Text

from crossover.cli.log import run_log
from crossover.cli.main import run_app
from crossover.cli.view import screen
from crossover.cli.view.next_step import Flags
from crossover.cli.view.note import note_text
from crossover.model.notes import State
from crossover.transfer.report.status import status_of
from tests.exports.makers import document, record, write_zip
from tests.makers import LIMITS, entry, plan, post

PLANTED = "1 post: all is well"
TIKTOK_ID = 1735689600 << 32 | 7
BREAKS = ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\t\n "]
STEERING = ["\x1b[2K\x1b[1G", "\x08", "\u202e", "\u2066", "\x9b1A", "\U000e0041"]

wild = st.builds(
    lambda before, steering, breaks: f"{before}{steering}{breaks}{PLANTED}",
    st.text(st.sampled_from("ab é我🙂`'\"@#-"), max_size=6),
    st.sampled_from(STEERING),
    st.sampled_from(BREAKS),
)
names = wild if os.name != "nt" else st.just(f"a\u202e\u2028{PLANTED}".replace(":", ""))


def planted(text: str) -> list[str]:
    """The lines that somebody else wrote, and those with letters that steer a terminal."""
    lines = re.sub("\x1b\\[[0-9;]*m", "", text).splitlines()
    return [
        line
        for line in lines
        if line.lstrip().startswith(PLANTED) or re.search("[\x00-\x1f\x7f-\x9f\u202e\u2066]", line)
    ]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """The command as it is typed, and all that a person reads of it."""

    def run(home: Path, *arguments: object) -> str:
        for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_STATE_HOME"):
            monkeypatch.setenv(name, str(home))
        monkeypatch.delenv("CROSSOVER_WORKSPACE", raising=False)
        monkeypatch.setattr(sys, "argv", ["crossover", *map(str, arguments)])
        with redirect_stderr(io.StringIO()) as screen_text:
            run_app()
        return screen_text.getvalue()

    return run


def given_by(folder: Path, handle: str, words: str, name: str) -> list[Path]:
    """An export, a caption, a file that is not moved, one that is broken and a foreign caption."""
    folder.mkdir()
    moment = "2025-01-01 00:00:00"
    photos = "https://p16-ttdyd-sign-sg.ibyteimg.com/tos-photomode-sg/a~tplv-noop.jpeg?x-expires=1"
    posts = document(
        record(moment),
        record("2025-01-02 00:00:00", Link=photos, Title=words, WhoCanView=words),
        record(words),
        {**record("2025-01-03 00:00:00"), words: words},
    )
    posts["Profile And Settings"]["Profile Info"]["ProfileMap"] = {
        "userName": handle,
        "displayName": handle,
    }
    export = write_zip(
        folder / f"{name}.zip", {"user_data_tiktok.json": posts, f"../{words}": b"", words: b"x"}
    )
    info = {
        "id": str(TIKTOK_ID),
        "description": words,
        "extractor_key": "TikTok",
        "uploader": handle.removeprefix("@"),
        "webpage_url": f"https://www.tiktok.com/@x/video/{TIKTOK_ID}",
    }
    foreign = {**info, "uploader": f"{words} of another"}
    for at, content in enumerate((info, info, foreign)):
        text = json.dumps(content | {"id": str(TIKTOK_ID + at)})
        (folder / f"{name} {at}.info.json").write_text(text, "utf-8")
    (folder / f"{name} {TIKTOK_ID}.jxl").write_bytes(b"\xff\n")
    (folder / f"{name} {TIKTOK_ID + (86_400 << 32)}_1.jpg").write_bytes(b"no picture")
    (folder / f"{name}.mov").write_bytes(b"")
    return [export, folder]


@given(handle=wild, words=wild, name=names)
@settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_from_outside_begins_a_line(
    typed: Callable[..., str], handle: str, words: str, name: str
) -> None:
    with TemporaryDirectory() as temporary:
        home = Path(temporary)
        export, folder = given_by(home / "given", handle, words, name)
        place = ("-w", home / "place")
        for command in (
            ("inspect", export),
            ("add", export, *place),
            ("add", folder, *place, "-vv"),
            place,
            ("plan", *place, "-vv"),
            ("status", *place),
            ("preview", "2", *place),
            place,
            ("inspect", home / name),
            ("add", folder / f"{name}.mov", *place),
            ("add", folder, *place, "--pair", f"1={name}.mov"),
            ("captions", *place, "--pair", f"1={words}"),
            ("plan", "-w", home / name),
            ("sheet", "out", home / f"{name}.csv", *place),
            ("sheet", "in", home / f"{name}.csv", *place),
            ("captions", *place),
            ("upload", *place, "--batch", words),
        ):
            said = typed(home, *command)
            assert said.strip(), command
            assert planted(said) == [], command
        logs = [path.read_text("utf-8") for path in home.rglob("*.log")]
        assert logs
        assert [planted(text) for text in logs if planted(text)] == []


@given(wild)
def test_every_way_to_the_screen_keeps_one_line(text: str) -> None:
    with redirect_stderr(io.StringIO()) as shown:
        screen.say("Said:", text)
        screen.say_points([f"a {text}"])
        screen.say_command("Next:", f"crossover add {text}")
        screen.say_banner(f"a {text}")
        screen.hanging(Text("head "), Text(text, style="dim"))
        screen.fail(text, f"a {text}", (f"a {text}",))
    assert planted(shown.getvalue()) == []
    assert len(shown.getvalue().splitlines()) == 8


def test_an_error_says_more_in_lines_of_their_own() -> None:
    with redirect_stderr(io.StringIO()) as shown:
        screen.fail("What.", "First.", ("  a command", "Or this."))
    assert shown.getvalue() == "Error: What.\nFirst.\n  a command\nOr this.\n"


@given(wild)
def test_a_note_shows_what_is_said_of_it_in_one_line_each(text: str) -> None:
    with redirect_stderr(io.StringIO()) as shown:
        made = plan(post(title=text, text="x"))
        (note,) = made.notes
        row = entry(*note.key, State.FAILED, title=f"a {text}", reason=text)
        (standing,) = status_of(made, {note.key: row}).notes
        screen.console.print(note_text(note, standing, Flags(), LIMITS))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2066]", shown.getvalue())


@given(wild)
@settings(max_examples=20)
def test_a_line_of_the_log_is_one_line_and_a_traceback_begins_none(text: str) -> None:
    with TemporaryDirectory() as folder, redirect_stderr(io.StringIO()) as shown:
        with run_log(Path(folder), "test", 2) as path:
            log = logging.getLogger("crossover")
            log.info("seen: %s", text)
            try:
                raise ValueError(text)
            except ValueError:
                log.exception("a bug")
        kept = path.read_bytes().decode()
    for lines in (kept.split(os.linesep), shown.getvalue().split("\n")):
        begun = [line for line in lines if line and not line.startswith("    ")]
        assert len(begun) == 2
        assert all(re.match(r"\d{4}-\d\d-\d\d ", line) for line in begun)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u2066]", "".join(lines))
