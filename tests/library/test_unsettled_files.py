from __future__ import annotations

from pathlib import Path

import pytest

from crossover.library.unsettled_files import fitting_files
from crossover.media.files.own_files import OwnFiles
from crossover.model.posts import Kind
from tests.makers import post

FILM, STILL = Path("7312345678901234567.mp4"), Path("7312345678901234567_1.jpg")


@pytest.mark.parametrize(
    ("kind", "own", "taken"),
    [
        (Kind.PHOTOS, OwnFiles("1", video=FILM), ()),
        (Kind.PHOTOS, OwnFiles("1", video=FILM, pictures=(STILL,)), (STILL,)),
        (Kind.VIDEO, OwnFiles("1", video=FILM, pictures=(STILL,)), (FILM,)),
        (Kind.VIDEO, OwnFiles("1", pictures=(STILL,)), ()),
        (None, OwnFiles("1", video=FILM, pictures=(STILL,)), ()),
        (None, OwnFiles("1", video=FILM, pictures=(STILL,), lone_picture=True), (FILM,)),
        (None, OwnFiles("1", pictures=(STILL,), unclear=(FILM,)), ()),
        (None, OwnFiles("1", pictures=(STILL,)), (STILL,)),
    ],
)
def test_a_post_has_the_files_of_its_kind(
    kind: Kind | None, own: OwnFiles, taken: tuple[Path, ...]
) -> None:
    assert fitting_files(post(1, kind=kind, media=()), own) == taken
