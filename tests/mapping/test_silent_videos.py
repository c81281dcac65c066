"""A video without sound waits where its post had some, and one that is in part empty."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crossover.library.posts_file import Library
from crossover.media.fit.fitted import FittedVideo, Gap
from crossover.model.account import SiteName
from crossover.model.choices import Action, Edit, Rules
from crossover.model.notes import Level, Note, Problem
from crossover.model.posts import Post
from crossover.plan.compiler import compile_plan
from tests.makers import LIMITS, edited, fitted, link, post


def planned(
    item: Post, *, silent: bool = True, gap: Gap | None = None, edit: Edit | None = None
) -> Note:
    library = Library(handle="mara", posts=(item,))
    made = {}
    for key, one in fitted(library).items():
        assert isinstance(one, FittedVideo)
        coding = replace(one.coding, sound=None) if silent else one.coding
        made[key] = replace(one, coding=coding, gap=gap)
    edits = edited(n1=edit) if edit else edited()
    (note,) = compile_plan(
        library, made, Rules(), edits, LIMITS, to="rehearsal", site=SiteName.REHEARSAL
    ).notes
    return note


def only(note: Note, code: str) -> Problem:
    (found,) = (problem for problem in note.problems if problem.code == code)
    return found


OWN = "original sound - mara"


@pytest.mark.parametrize("item", [post(1, sound=OWN), post(1, sounded=True)])
def test_a_silent_video_whose_post_had_sound_waits_with_the_way_out(item: Post) -> None:
    note = planned(item)
    assert note.action is Action.HOLD
    problem = only(note, "sound-lost")
    assert "no sound, and its post had some" in problem.message
    assert "-S vcodec:h264" in problem.next
    assert "crossover fetch" not in problem.next
    assert "`action: move`" in problem.next
    assert planned(item, silent=False).problems == ()


def test_the_links_of_a_post_are_a_way_to_its_sound() -> None:
    item = post(1, sound=OWN, links=(link(),))
    assert "crossover fetch" in only(planned(item), "sound-lost").next


def test_the_sound_of_the_export_is_named() -> None:
    assert OWN in only(planned(post(1, sound=OWN)), "sound-lost").message


def test_the_creator_may_send_it_silent_all_the_same() -> None:
    note = planned(post(1, sound=OWN), edit=Edit(action=Action.MOVE))
    assert note.action is Action.MOVE
    assert only(note, "sound-lost").level is Level.NOTE


def test_a_video_that_never_had_sound_stays_silent() -> None:
    note = planned(post(1))
    assert note.action is Action.MOVE
    assert only(note, "silent").level is Level.NOTE


def test_a_video_with_a_gap_waits_with_how_much_and_from_when_on() -> None:
    note = planned(post(1), silent=False, gap=Gap(0.334, 64.5))
    assert note.action is Action.HOLD
    problem = only(note, "video-gaps")
    assert "33 %" in problem.message
    assert "from 1:04 on" in problem.message
    moved = planned(post(1), silent=False, gap=Gap(0.001, None), edit=Edit(action=Action.MOVE))
    assert moved.action is Action.MOVE
    assert "About 1 % of the video is missing in its file: a" in only(moved, "video-gaps").message
