"""A post of one animated picture becomes a video note; among other pictures it stays a picture."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crossover.library.posts_file import Library
from crossover.media.fit.fitted import AnimatedVideo, FittedPicture
from crossover.model.account import SiteName
from crossover.model.choices import Rules
from crossover.model.posts import Kind, MediaKind
from crossover.plan.compiler import compile_plan
from tests.makers import LIMITS, edited, fitted, post

MOVING = AnimatedVideo("ready/moving.mp4", "1" * 64, 90_000, 1080, 1440, 3.0, 2)


@pytest.mark.parametrize(("pictures", "kind"), [(1, Kind.VIDEO), (2, Kind.PHOTOS)])
def test_it_is_a_video_only_where_it_is_all_of_its_post(pictures: int, kind: Kind) -> None:
    library = Library(handle="mara", posts=(post(1, pictures=pictures),))
    made = {
        key: replace(one, animation=MOVING)
        for key, one in fitted(library).items()
        if isinstance(one, FittedPicture)
    }
    plan = compile_plan(
        library, made, Rules(), edited(), LIMITS, to="rehearsal", site=SiteName.REHEARSAL
    )
    (note,) = plan.notes
    assert note.kind is kind
    if kind is Kind.PHOTOS:
        assert {file.kind for file in note.media} == {MediaKind.IMAGE}
        assert note.cover is None
        return
    (file,) = note.media
    assert (file.kind, file.path, file.duration) == (MediaKind.VIDEO, "ready/moving.mp4", 3.0)
    (picture,) = made.values()
    assert note.cover
    assert note.cover.path == picture.path
    assert [change.after for change in note.changes if change.field == "media"] == [
        "video of 3.0 s, played 2 times to be long enough to see"
    ]
