"""Every problem that a plan can have: made here once, with what to do, and listed in docs/errors.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from crossover.library.posts_file import Library
from crossover.media.containers.video_coding import VideoCoding
from crossover.media.fit.fitted import CoverWish, Estimate, FittedVideo, Gap, OwnCover, Unfit
from crossover.model.account import SiteName
from crossover.model.choices import (
    Action,
    CoverChoice,
    Edit,
    ManyPictures,
    OffPlatform,
    Rules,
    TitleChoice,
)
from crossover.model.notes import Level, Problem
from crossover.model.posts import Declaration, Post, Visibility
from crossover.model.watermark import MarkedFrame, Watermark, WatermarkSign
from crossover.plan.compiler import compile_plan
from crossover.settings.edits import Edits
from tests.makers import LIMITS, edited, fitted, image, link, plan, post, video
from tests.plan.test_sent import rows, without_cut
from tests.test_errors import listed
from tests.test_errors import rows as lines_of

ONE = post(1)
LONG = "Nothing happens in this video. It rains and there is tea for one"
HELD = {"holds": Level.ERROR, "warns": Level.WARNING, "tells": Level.NOTE}

SEEN = Watermark(
    WatermarkSign.BOTH_CORNERS, (2.0, 5.5), MarkedFrame("ready/a-watermark.jpg", "0" * 64, 1, 2, 2)
)


def of(
    *posts: Post, rules: Rules | None = None, edits: Edits | None = None, **more: Any
) -> list[Problem]:
    """All problems of the plan of these posts."""
    made = plan(*posts, rules=rules, edits=edits, **more)
    return [*made.problems, *(problem for note in made.notes for problem in note.problems)]


def edit(**fields: Any) -> list[Problem]:
    return of(ONE, edits=edited(n1=Edit(**fields)))


def file(item: Post, **changes: Any) -> list[Problem]:
    """The problems of a post whose files, made fit, are like this."""
    library = Library(handle="mara", posts=(item,))
    made = {key: replace(one, **changes) for key, one in fitted(library).items()}
    return _compiled(library, made)


def coding(**facts: Any) -> VideoCoding:
    return replace(VideoCoding("mp4", "h264", 1080, 1920), **facts)


def _compiled(
    library: Library, made: Mapping[Any, Any], edits: Edits | None = None
) -> list[Problem]:
    notes = compile_plan(
        library, made, Rules(), edits or edited(), LIMITS, to="rehearsal", site=SiteName.REHEARSAL
    ).notes
    return [problem for note in notes for problem in note.problems]


def unfit(advice: str = "") -> list[Problem]:
    library = Library(handle="mara", posts=(ONE,))
    damaged = Unfit("it is damaged", advice=advice)
    return _compiled(library, dict.fromkeys(fitted(library), damaged))


def cover_unfit() -> list[Problem]:
    """A moment was chosen that the video does not have."""
    choice = CoverChoice(99.0)
    refused = OwnCover(CoverWish(99.0), None, problem="the video is only 12.0 s long")
    library = Library(handle="mara", posts=(ONE,))
    made = {
        content: replace(video, own_covers=(refused,))
        for content, video in fitted(library).items()
        if isinstance(video, FittedVideo)
    }
    return _compiled(library, made, edits=edited(n1=Edit(cover=choice)))


def sent(item: Post, before: Post, **more: Any) -> list[Problem]:
    return of(item, sent=rows(plan(before).notes, **more))


MADE: dict[str, Callable[[], Iterable[Problem]]] = {
    "asks-away": lambda: of(post(1, text="The leggings. Use my code for more")),
    "body-cut": lambda: of(post(1, text="A day at the sea. " + "Words and more words. " * 80)),
    "changed-since": lambda: sent(post(1, text="Other words now"), ONE),
    "comments-open": lambda: of(post(1, comments=False)),
    "convert-undecided": lambda: file(ONE, undecided=Estimate(1.0, 1)),
    "cover-of-pictures": lambda: of(
        post(1, pictures=2), edits=edited(n1=Edit(cover=CoverChoice(2.4)))
    ),
    "cover-unfit": cover_unfit,
    "cut-unsure": lambda: of(
        post(1, pictures=20), sent=without_cut(rows(plan(post(1, pictures=18)).notes, 1))
    ),
    "declaration-unsure": lambda: of(post(1, declaration=Declaration.AD)),
    "declared-ad": lambda: of(post(1, text="new cream #ad")),
    "duplicate": lambda: of(ONE, replace(post(2), text=f"{ONE.text}\nmore", media=ONE.media)),
    "edit-lost": lambda: of(ONE, edits=edited(n9=Edit(title="x"))),
    "file-unfit": unfit,
    "file-unplayable": lambda: unfit("Get it anew."),
    "files-alike": lambda: of(ONE, replace(post(2), media=ONE.media)),
    "files-other-kind": lambda: of(post(1, media=(), other_kind_files=("1.jpg",))),
    "files-unclear": lambda: of(post(1, media=(), unclear_files=("a.mp4", "b.mp4"))),
    "files-mixed": lambda: of(replace(ONE, media=(video(1), image(1)))),
    "guideline-area": lambda: of(post(1, text="Night at the online casino")),
    "hidden-part": lambda: file(ONE, coding=coding(hidden_seconds=3.2)),
    "hashtags-glued": lambda: of(post(1, text="so proud of this one#clay#smallbusiness")),
    "image-size": lambda: file(post(1, pictures=2), bytes=33_000_000),
    "image-small": lambda: file(post(1, pictures=2), width=600),
    "image-tall": lambda: file(post(1, pictures=1), width=720, height=1600),
    "image-wide": lambda: file(post(1, pictures=1), width=3000),
    "joint-post": lambda: of(post(1, text="#duet with @somebody in the kitchen")),
    "new-pictures": lambda: sent(post(1, pictures=20), post(1, pictures=18)),
    "no-media": lambda: of(post(1, media=())),
    "no-text": lambda: of(post(1, title="A title", text=None, pictures=1)),
    "no-title": lambda: of(post(1, text="#cats #dogs")),
    "no-words": lambda: of(post(1, text=None)),
    "original-by-hand": lambda: edit(original=True),
    "others-sound": lambda: of(post(1, sound="Slow Ember - Harbour Tapes")),
    "picture-cut": lambda: file(
        post(1, pictures=2), missing="the last 16 of its 300 lines are missing"
    ),
    "pictures-left-out": lambda: of(
        post(1, pictures=20), rules=Rules(many_pictures=ManyPictures.FIRST)
    ),
    "pictures-many": lambda: of(post(1, pictures=20), rules=Rules(many_pictures=ManyPictures.HOLD)),
    "pictures-missing": lambda: of(post(1, pictures=1, links=(link(), link()))),
    "repost-source": lambda: edit(declaration=Declaration.REPOST),
    "silent": lambda: file(ONE, coding=coding(sound=None)),
    "sound-lost": lambda: file(replace(ONE, sounded=True), coding=coding(sound=None)),
    "steers-away": lambda: of(post(1, text="My garden. See www.example.com")),
    "text-long": lambda: edit(body="x" * 1200),
    "title-choice": lambda: edit(title_candidate=TitleChoice(3)),
    "title-cut": lambda: of(post(1, text="Grandmothers everywhere understand perfectly well it")),
    "title-long": lambda: edit(title="x" * 47),
    "topic-unknown": lambda: of(post(1, text="a walk #fogtok")),
    "topics-many": lambda: edit(topics=tuple("abcdefghijk")),
    "twin": lambda: of(ONE, replace(post(2), text=ONE.text, media=ONE.media)),
    "video-coding": lambda: file(ONE, coding=coding(codec="hevc")),
    "video-gaps": lambda: file(ONE, gap=Gap(0.33, 64.0)),
    "video-length": lambda: file(ONE, duration=5 * 3600.0),
    "video-size": lambda: of(replace(ONE, media=(replace(video(1), bytes=21_000_000_000),))),
    "video-small": lambda: file(ONE, width=500),
    "visibility-held": lambda: of(post(1, visibility=Visibility.ONLY_ME)),
    "watched-word": lambda: of(ONE, rules=Rules(watch=("words",))),
    "watermark": lambda: file(ONE, watermark=SEEN),
    "watermark-possible": lambda: of(
        replace(ONE, media=(replace(video(1), source="ssstik.io_@mara_1746100000000.mp4"),))
    ),
    "wider": lambda: of(
        post(1, visibility=Visibility.ONLY_ME),
        edits=edited(n1=Edit(visibility=Visibility.PUBLIC)),
    ),
    "words-alike": lambda: of(post(1, text=LONG), post(2, text=LONG)),
    "words-unsure": lambda: of(post(1, in_question=True)),
}


@pytest.mark.parametrize("code", MADE)
def test_a_problem_says_what_it_is_and_what_to_do(code: str) -> None:
    found = [problem for problem in MADE[code]() if problem.code == code]
    assert found, code
    for problem in found:
        assert re.search(r"[.!?)]$", problem.message), problem.message
        assert len(problem.next) > 8
        assert re.search(r"[.)]$", problem.next), problem.next


@pytest.mark.parametrize("code", MADE)
def test_it_has_the_level_that_the_page_of_errors_tells(code: str) -> None:
    (line,) = [line for line in lines_of("Problems of a post") if line[0] == f"`{code}`"]
    levels = {problem.level for problem in MADE[code]() if problem.code == code}
    assert levels == {HELD[line[1].split(";")[0]]}


def test_every_problem_there_is_was_made_here() -> None:
    assert sorted(MADE) == listed("Problems of a post")


def test_only_a_firm_limit_holds_a_note() -> None:
    assert {code for code in MADE if code in LIMIT_OF} == LIMIT_OF.keys()
    for code, name in LIMIT_OF.items():
        (level,) = {problem.level for problem in MADE[code]() if problem.code == code}
        assert (level is Level.ERROR) is getattr(LIMITS, name).firm, code


LIMIT_OF = {
    "title-long": "title_units",
    "text-long": "description_chars",
    "topics-many": "topics",
    "files-mixed": "videos",
    "image-size": "image_bytes",
    "image-small": "image_short_side",
    "image-tall": "image_height_percent_of_width",
    "image-wide": "image_width_percent_of_height",
    "video-size": "video_bytes",
    "video-length": "video_seconds",
    "video-small": "video_short_side",
}


@pytest.mark.parametrize("code", ["asks-away", "steers-away"])
def test_what_a_rule_holds_is_held(code: str) -> None:
    rules = Rules(off_platform=OffPlatform.HOLD)
    text = {"asks-away": "Hi. Use my code for more", "steers-away": "Hi. See www.example.com"}[code]
    (note,) = plan(post(1, text=text), rules=rules).notes
    assert note.action is Action.HOLD
