"""Who is whose, one to one, over looks that are made up."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from crossover.media.decoder.fingerprints import fingerprint_picture
from crossover.media.likeness.decision import decide
from crossover.media.likeness.evidence import Decision, NewFile, Reference
from crossover.media.likeness.fingerprint import SIDE, Captured, Fingerprint, Frame, grid

POSTED = datetime(2025, 5, 1, 12, 0, tzinfo=UTC)
SCENES = 4


def fingerprint(scene: int, seconds: float = 10.0, captured: Captured | None = None) -> Fingerprint:
    """A video of this scene; every scene is unlike every other."""
    rng = random.Random(scene)
    frames = tuple(Frame(at, rng.randbytes(SIDE * SIDE)) for at in grid(seconds))
    return Fingerprint(720, 1280, seconds, captured, frames)


def still(scene: int) -> Fingerprint:
    return Fingerprint(
        720, 1280, None, None, (Frame(0.0, random.Random(scene).randbytes(SIDE * SIDE)),)
    )


def file(number: int, seen: Fingerprint, **more: bool) -> NewFile:
    return NewFile(Path(f"IMG_{number:04}.MOV"), seen, **more)


def post(number: int, seen: Fingerprint, *, settled: bool = False) -> Reference:
    return Reference(f"post {number}", number, POSTED, video=seen, settled=settled)


def decided(files: Sequence[NewFile], posts: Sequence[Reference]) -> Decision:
    return decide(files, posts, lambda post, path: False)


scenes = st.lists(st.integers(0, SCENES), max_size=8)


@settings(max_examples=40, deadline=None)
@given(scenes, scenes, st.sets(st.integers(0, 7)), st.sets(st.integers(0, 7)), st.randoms())
def test_sure_is_what_has_no_other_on_either_side(
    of_files: list[int],
    of_posts: list[int],
    saved: set[int],
    settled: set[int],
    rng: random.Random,
) -> None:
    files = [file(n, fingerprint(scene), saved=n in saved) for n, scene in enumerate(of_files)]
    posts = [post(n, fingerprint(scene), settled=n in settled) for n, scene in enumerate(of_posts)]
    found = decided(files, posts)
    sure = {(one.paths[0], one.number) for one in found.sure}
    assert sure == {
        (files[n].path, m)
        for n, scene in enumerate(of_files)
        for m, other in enumerate(of_posts)
        if scene == other
        and of_files.count(scene) == of_posts.count(scene) == 1
        and n not in saved
        and m not in settled
    }
    # Whatever else is alike is said, and none of it twice or also sure.
    asked = [(one.paths[0], one.number) for one in found.doubts]
    assert len(set(asked)) == len(asked)
    assert not sure & set(asked)
    assert not {m for _, m in asked} & settled
    likeness = {
        (files[n].path, m) for n, s in enumerate(of_files) for m, t in enumerate(of_posts) if s == t
    }
    assert {pair for pair in likeness if pair[1] not in settled} == sure | set(asked)
    rng.shuffle(files)
    rng.shuffle(posts)
    assert decided(files, posts) == found


@pytest.mark.parametrize(
    ("apart", "zoned", "sure"),
    [
        (timedelta(days=-2), True, True),
        (timedelta(hours=1), True, False),
        (timedelta(hours=13), False, True),  # its clock may stand in a zone far east
        (timedelta(hours=15), False, False),
    ],
)
def test_what_was_filmed_after_the_post_is_not_its_original(
    apart: timedelta, zoned: bool, sure: bool
) -> None:
    seen = fingerprint(1, captured=Captured(POSTED + apart, zoned))
    found = decided([file(1, seen)], [post(1, fingerprint(1))])
    assert bool(found.sure) is sure
    if not sure:
        assert "filmed after it was posted" in found.doubts[0].why


def test_the_evidence_says_length_likeness_and_age() -> None:
    captured = Captured(POSTED - timedelta(days=2, hours=1), True)
    found = decided([file(1, fingerprint(1, 21.4, captured))], [post(7, fingerprint(1, 21.4))])
    assert found.sure[0].why == "21.4 s both, pictures alike 1.00, filmed 2 days before"


@pytest.mark.parametrize(
    ("apart", "zoned", "said"),
    [
        (timedelta(hours=-10), False, "filmed within a day of it"),
        (timedelta(hours=10), False, "filmed 10 hours after, by a clock without a zone"),
        (timedelta(minutes=20), False, "filmed less than an hour after, by a clock"),
        (timedelta(hours=1), True, "filmed 1 hour after;"),
    ],
)
def test_a_date_after_the_post_is_said_as_what_it_is(
    apart: timedelta, zoned: bool, said: str
) -> None:
    seen = fingerprint(1, captured=Captured(POSTED + apart, zoned))
    found = decided([file(1, seen)], [post(1, fingerprint(1))])
    assert said in (*found.sure, *found.doubts)[0].why


@pytest.mark.parametrize(("longer", "sure"), [(0.3, True), (0.31, False)])
def test_length_may_differ_by_three_tenths_of_a_second(longer: float, sure: bool) -> None:
    other = replace(fingerprint(1), seconds=10.0 + longer)
    assert bool(decided([file(1, other)], [post(1, fingerprint(1))]).sure) is sure


def test_a_copy_of_another_shape_is_asked_about() -> None:
    square = replace(fingerprint(1), width=720, height=720)
    found = decided([file(1, square)], [post(1, fingerprint(1))])
    assert not found.sure
    assert "cropped" in found.doubts[0].why


def test_a_video_in_which_nothing_moves_is_asked_about() -> None:
    frame = random.Random(1).randbytes(SIDE * SIDE)
    standing = replace(fingerprint(1), frames=tuple(Frame(at, frame) for at in grid(10.0)))
    found = decided([file(1, standing)], [post(1, standing)])
    assert not found.sure
    assert "next to nothing moves" in found.doubts[0].why


def test_what_was_refused_is_out_of_question() -> None:
    files, posts = [file(1, fingerprint(1))], [post(1, fingerprint(1)), post(2, fingerprint(1))]
    assert not decided(files, posts).sure
    found = decide(files, posts, lambda post, path: post == "post 2")
    assert [one.number for one in found.sure] == [1]
    assert not found.doubts


def test_a_cover_alone_never_makes_sure() -> None:
    film = fingerprint(1)
    cover = Fingerprint(720, 1280, None, None, (film.frames[3],))
    known = Reference("post 1", 1, POSTED, cover=cover)
    found = decided([file(1, film), file(2, fingerprint(2))], [known])
    assert not found.sure
    (doubt,) = found.doubts
    assert doubt.paths == (Path("IMG_0001.MOV"),)
    assert "like the post's cover" in doubt.why


# --- photo posts ----------------------------------------------------------------------------


def photos(number: int, *seen: int) -> Reference:
    return Reference(f"post {number}", number, POSTED, pictures=tuple(still(n) for n in seen))


def names(found: Decision) -> list[tuple[int, list[str]]]:
    return [(one.number, [path.name for path in one.paths]) for one in found.sure]


def picture(number: int, scene: int) -> NewFile:
    return NewFile(Path(f"IMG_{number:04}.JPG"), still(scene))


def test_pictures_come_in_the_order_of_the_post() -> None:
    found = decided([picture(n, n) for n in (1, 2, 3, 9)], [photos(4, 3, 1, 2)])
    assert names(found) == [(4, ["IMG_0003.JPG", "IMG_0001.JPG", "IMG_0002.JPG"])]
    assert found.sure[0].why.startswith("3 of 3 pictures, alike 1.00")


@pytest.mark.parametrize(
    ("files", "posts", "said"),
    [
        ([(1, 1)], [(4, 1, 2)], "without picture 2"),
        ([(1, 1), (2, 2), (3, 2)], [(4, 1, 2)], "IMG_0003.JPG may be picture 2 as well"),
        ([(1, 1), (2, 2)], [(4, 1, 2), (5, 2, 3)], "IMG_0002.JPG is as like picture 1 of post 5"),
    ],
)
def test_pictures_that_leave_a_doubt_are_asked_about(
    files: list[tuple[int, int]], posts: list[tuple[int, ...]], said: str
) -> None:
    found = decided([picture(*one) for one in files], [photos(*one) for one in posts])
    assert not found.sure
    assert any(said in one.why for one in found.doubts)


def jpeg(path: Path, image: Image.Image, **how: object) -> Path:
    out = BytesIO()
    image.save(out, "JPEG", **how)
    path.write_bytes(out.getvalue())
    return path


def test_real_pictures_small_turned_and_from_a_burst(tmp_path: Path) -> None:
    def view(number: int) -> Image.Image:
        world = Image.frombytes("RGB", (12, 12), random.Random(number).randbytes(432))
        return world.resize((900, 1200), Image.Resampling.BICUBIC)

    def seen(path: Path) -> Fingerprint:
        return fingerprint_picture(path, 10**8)

    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8769).update({0x9003: "2025:04:29 12:00:00", 0x9011: "+08:00"})
    first = jpeg(tmp_path / "1.jpg", view(1).rotate(90, expand=True), exif=exif, quality=95)
    second = jpeg(tmp_path / "2.jpg", view(2), quality=95)
    shown = [
        seen(jpeg(tmp_path / f"s{n}.jpg", view(n).resize((270, 360)), quality=40)) for n in (1, 2)
    ]
    known = Reference("post", 3, POSTED, pictures=tuple(shown))
    given = [NewFile(path, seen(path)) for path in (second, first)]
    assert given[1].fingerprint.captured == Captured(
        datetime(2025, 4, 29, 4, tzinfo=UTC), zoned=True
    )
    found = decided(given, [known])
    assert [one.paths for one in found.sure] == [(first, second)]
    assert "taken 2 days before" in found.sure[0].why
    # The next shot of the burst: a step to the side.
    moved = Image.new("RGB", (900, 1200))
    moved.paste(view(2), (14, 0))
    burst = jpeg(tmp_path / "3.jpg", moved, quality=95)
    alone = decided([given[1], NewFile(burst, seen(burst))], [known])
    assert not alone.sure
    both = decided([*given, NewFile(burst, seen(burst))], [known])
    assert not both.sure
