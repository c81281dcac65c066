"""A made creator with ten open questions: five posts that may have one of two captions each, four clips
of a camera roll that may be one of several posts by their dates, and one that looks like a post."""

from __future__ import annotations

import io
import json
import shutil
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crossover.cli.main import run_app
from crossover.cli.steps.page import page_contents
from crossover.cli.view import file_questions
from crossover.library.link_survey import FOLDER, survey, take_fetched
from crossover.library.originals.sitting import FileQuestion, list_questions, open_sitting
from crossover.library.posts_file import read_library, write_library
from crossover.model.posts import Post
from crossover.plan.target import planned_target
from crossover.preview.server.session import EditingSession
from crossover.storage.checksums import Checksums
from crossover.workspace import Workspace
from tests.conftest import Run
from tests.library.deleted_account import DEAD, clip
from tests.media.likeness.made_videos import brighter, encode, film

START = datetime(2024, 3, 1, 12, tzinfo=UTC)
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
POSTS = 10
IN_QUESTION = range(1, 6)
"""The posts whose captions are not sure."""
CLIPS = range(6, 10)
"""The posts of which a clip is in the camera roll, and nothing else is here."""
HOSTILE = "<img src=x onerror=alert(1)>"
"""The caption that the first post has most likely."""
LOOKS_ALIKE = 10
"""The post of which TikTok's own copy is here, a part of a video in the camera roll."""


def tiktok_id(at: datetime, low: int = 7) -> str:
    """An id of this second."""
    return str((int(at.timestamp()) << 32) + low)


def posted_at(number: int) -> datetime:
    """When a post was made."""
    return START + timedelta(days=number * 30 if number in IN_QUESTION else 200 + number * 4)


@dataclass(frozen=True)
class QuestionsWorld:
    """A workspace with its plan; `roll` are the creator's clips."""

    workspace: Workspace
    roll: Path

    def posts(self) -> tuple[Post, ...]:
        return read_library(self.workspace.posts).posts

    def file_questions(self) -> tuple[FileQuestion, ...]:
        library = read_library(self.workspace.posts)
        return list_questions(open_sitting(self.workspace, library, datetime.now(UTC))).asked

    def copy(self, root: Path) -> QuestionsWorld:
        """The same once more, at another place."""
        shutil.copytree(self.workspace.root, root)
        return QuestionsWorld(Workspace(root), self.roll)

    def session(self) -> EditingSession:
        """Open it for editing."""
        space = self.workspace
        target = planned_target(space)
        session = EditingSession(
            space,
            target,
            lambda plan, where, planner: page_contents(plan, where, space, target, planner.library),
        )
        with space.hold("a test"):
            session.load()
        return session


def run_in(home: Path, patch: pytest.MonkeyPatch) -> Run:
    """Give the command as it is typed, in this process, by a person with this home folder."""
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_STATE_HOME"):
        patch.setenv(name, str(home))

    def typed(*arguments: object) -> tuple[int, str]:
        patch.setattr(sys, "argv", ["crossover", *map(str, arguments)])
        return run_app(), ""

    return typed


def make_world(folder: Path, run: Run) -> QuestionsWorld:
    """Make the creator's export, captions and clips, and add them."""
    given, roll = folder / "given", folder / "roll"
    given.mkdir()
    roll.mkdir()
    host = "https://video-va.tiktokv.com/storage/v1/b"
    records = [
        {
            "Date": f"{posted_at(number):%Y-%m-%d %H:%M:%S}",
            "Link": f"{host}/v{number}?mime_type=video_mp4&{DEAD}",
            "WhoCanView": "Everyone",
        }
        for number in range(POSTS, 0, -1)
    ]
    document = {
        "Post": {"Posts": {"VideoList": records}},
        "Profile": {"Profile Info": {"ProfileMap": {"userName": "mara"}}},
    }
    export = given / "user_data_tiktok.json"
    export.write_text(json.dumps(document), "utf-8")
    for number in range(1, POSTS + 1):
        for place, seconds in enumerate((-10, 9) if number in IN_QUESTION else (0,), 1):
            at = posted_at(number) + timedelta(seconds=seconds)
            is_first = (number, place) == (1, 2)
            words = HOSTILE if is_first else f"Mug {number}, take {place} #clay"
            write_caption(given, at, words)
    for number in CLIPS:
        shot = posted_at(number) - timedelta(hours=20)
        clip(roll / f"VID_{shot:%Y%m%d_%H%M%S}.mp4", bytes([number * 20]), {})
    encode(roll / "IMG_2034.MOV", film(1), crf=18)
    workspace = Workspace(folder / "crossover" / "mara")
    assert run("add", given)[0] == 0
    lay_fetched(workspace)
    assert run("add", roll)[0] == 0
    assert run("plan", "--to", "rehearsal")[0] == 0
    return QuestionsWorld(workspace, roll)


def lay_fetched(workspace: Workspace) -> None:
    """Lay there what `fetch` would have brought of the last post while its link lived."""
    library = read_library(workspace.posts)
    lines = survey(library, workspace.root, NEVER)
    wanted = next(line.wanted for line in lines if line.number == LOOKS_ALIKE)
    copy = workspace.root / FOLDER / f"{wanted.stem}.mp4"
    encode(copy, brighter(film(1)[4:14]), size=(72, 120), crf=34, rate=20)
    lines = survey(library, workspace.root, datetime.now(UTC))
    taken = take_fetched(library, lines, {}, workspace.root, Checksums())
    write_library(workspace.posts, taken.library)


def write_caption(folder: Path, at: datetime, text: str) -> None:
    """What yt-dlp wrote of a post that was made at this second."""
    info = {
        "id": tiktok_id(at),
        "description": text,
        "extractor": "TikTok",
        "extractor_key": "TikTok",
        "uploader": "mara",
    }
    (folder / f"{info['id']}.info.json").write_text(json.dumps(info), "utf-8")


def answer_by_commands(
    world: QuestionsWorld,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    *,
    captions: str,
    files: str,
) -> None:
    """Answer as on a terminal: a key for each question, in their order."""
    monkeypatch.setattr("crossover.cli.commands.captions.is_terminal", lambda: True)
    monkeypatch.setattr("crossover.cli.commands.add.is_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{key}\n" for key in captions)))
    here = ("-w", world.workspace.root)
    assert run("captions", "--confirm", *here)[0] == 0
    keys = iter(files)
    monkeypatch.setattr(file_questions, "read_key", lambda: next(keys))
    assert run("add", "--confirm", *here)[0] == 0
