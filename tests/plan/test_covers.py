"""Which cover a note has, and what the plan says of it: read from a workspace as it lies there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from crossover.destinations.open import Target
from crossover.library.downloads import survey_links
from crossover.library.posts_file import Library, read_library, write_library
from crossover.model.account import SiteName
from crossover.model.choices import Action
from crossover.model.notes import Note
from crossover.model.posts import Link, MediaKind
from crossover.plan.planner import Planner
from crossover.settings.edits import read_edits
from crossover.workspace import Workspace
from tests.makers import post
from tests.media.drawn_scenes import TALL, person, room, view
from tests.media.fitting import film, media

SCENES = (view(TALL, 2), person(room(TALL, 1), 0.5, 0.4, 0.2))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """One video: a view, then somebody."""
    film(tmp_path / "media/a.mp4", [scene for scene in SCENES for _ in range(12)], every=6)
    link = Link("https://p16.example/obj/cover~tplv.jpeg", MediaKind.IMAGE, None)
    video = replace(post(1), media=(media(tmp_path, "a.mp4"),), cover_link=link)
    made = Workspace(tmp_path)
    write_library(made.posts, Library(handle="mara", posts=(video,)))
    made.practice.mkdir()
    return made


def planned(workspace: Workspace, edits: str = "") -> Note:
    if edits:
        workspace.edits.write_text(f"notes: {{1: {{{edits}}}}}\n", "utf-8")
    target = Target("rehearsal", SiteName.REHEARSAL, workspace.practice)
    (note,) = Planner(workspace, target, lambda *_: None).plan(read_edits(workspace.edits)).notes
    return note


def why(note: Note) -> str:
    (change,) = [change for change in note.changes if change.field == "cover"]
    assert note.cover is not None
    assert change.after == note.cover.path
    return change.why


def fetch_cover(workspace: Workspace, picture: Image.Image) -> None:
    lines = survey_links(read_library(workspace.posts), workspace, anew=False)
    (cover,) = [line for line in lines if line.is_cover]
    folder = workspace.root / "media/fetched"
    folder.mkdir()
    picture.save(folder / f"{cover.wanted.stem}.jpg", quality=95)


def test_without_a_choice_it_is_a_good_frame(workspace: Workspace) -> None:
    assert why(planned(workspace)).startswith("a good frame, ")


def test_tiktoks_own_is_used_where_it_was_fetched(workspace: Workspace) -> None:
    fetch_cover(workspace, SCENES[1])
    assert why(planned(workspace)) == "the cover it has on TikTok"


def test_of_a_small_one_the_frame_is_found(workspace: Workspace) -> None:
    fetch_cover(workspace, SCENES[1].resize((108, 192)))
    said = why(planned(workspace))
    assert said.startswith("the cover it has on TikTok, ")
    assert 1.2 <= float(said.split()[-5]) < 2.4


def test_one_of_another_video_is_left_alone(workspace: Workspace) -> None:
    fetch_cover(workspace, view(TALL, 40).rotate(90, expand=True).resize(TALL))
    note = planned(workspace)
    assert why(note).startswith("a good frame, ")
    assert not [problem for problem in note.problems if "cover" in problem.code]


def test_the_creators_choice_comes_before_both(workspace: Workspace) -> None:
    fetch_cover(workspace, SCENES[1])
    Image.new("RGB", (600, 800), "orange").save(workspace.root / "mine.png")
    assert why(planned(workspace, "cover: 0.5s")) == "at 0.5 s: you said so"
    assert why(planned(workspace, "cover: mine.png")) == "from mine.png: you said so"


def test_a_choice_that_cannot_be_made_holds_the_note(workspace: Workspace) -> None:
    for choice, said in [("9s", "only 2.4 s long"), ("gone.png", "the file is not there")]:
        note = planned(workspace, f"cover: {choice}")
        assert note.action is Action.HOLD
        (problem,) = [problem for problem in note.problems if problem.code == "cover-unfit"]
        assert said in problem.message
        assert "edits.yaml" in problem.next
