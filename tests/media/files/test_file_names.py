from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.media.files.file_names import (
    IMAGE_SUFFIXES,
    LEFT_BEHIND,
    VIDEO_SUFFIXES,
    Matched,
    find_ids,
    match_files,
    sort_unclear,
    why_unmoved,
)
from crossover.media.files.own_files import Choice, Odd, OwnFiles, paths_of
from crossover.model.posts import MediaKind

NOW = datetime(2026, 11, 20, tzinfo=UTC)
ID, OTHER = "7312345678901234567", "7400000000000000001"


def match(*names: str) -> Matched:
    return match_files([Path(name) for name in names], NOW)


@pytest.mark.parametrize(
    "name", [f"A title [{ID}].mp4", f"{ID}.MOV", f"me_{ID}.webm", f"20250101 {ID} hello.mkv"]
)
def test_a_video_is_known_by_the_id_in_its_name(name: str) -> None:
    assert match(name).files == (OwnFiles(ID, video=Path(name)),)


def test_pictures_come_in_the_order_of_their_numbers() -> None:
    names = [f"{ID}_{number}.jpg" for number in range(1, 13)]
    found = match(*sorted(names))
    assert [path.name for path in found.files[0].pictures] == names
    assert found.files[0].notes == ()
    assert found.odd == ()


def test_numbers_may_begin_at_nought() -> None:
    assert match(f"{ID}_0.jpg", f"{ID}_1.png").files[0].notes == ()


def test_posts_come_oldest_first() -> None:
    found = match(f"{OTHER}.mp4", f"{ID}.mp4")
    assert [files.tiktok_id for files in found.files] == [ID, OTHER]


@pytest.mark.parametrize("words", ["clay & water [0a1b]", f"after {OTHER} [0a1b]", "2024", ""])
def test_words_after_a_pictures_number_do_not_hide_it(words: str) -> None:
    names = [f"{ID}_{number:02} {words}.jpeg" for number in range(1, 12)]
    found = match(*names)
    assert [path.name for path in found.files[0].pictures] == names
    assert found.odd == ()


def test_a_browsers_second_copy_is_no_picture_more() -> None:
    found = match(f"{ID}_01.jpg", f"{ID}_02.jpg", f"{ID}_02 (1).jpg")
    assert [path.name for path in found.files[0].pictures] == [f"{ID}_01.jpg", f"{ID}_02.jpg"]


def test_a_gap_in_the_numbers_is_noted() -> None:
    files = match(f"{ID}_1.jpg", f"{ID}_2.jpg", f"{ID}_4.jpg").files[0]
    assert len(files.pictures) == 3
    assert "number 3" in files.notes[0]


def test_of_a_video_and_a_picture_the_kind_of_the_post_will_tell() -> None:
    film, still = Path(f"t [{ID}].mp4"), Path(f"t [{ID}].webp")
    found = match(str(film), str(still))
    assert found.files == (OwnFiles(ID, video=film, pictures=(still,), lone_picture=True),)
    found = match(f"{ID}.mp4", f"{ID}_1.jpg", f"{ID}_2.jpg")
    assert (found.files[0].video, len(found.files[0].pictures)) == (Path(f"{ID}.mp4"), 2)
    assert found.odd == ()


def test_a_picture_with_other_words_in_its_name_beside_a_video_is_its_thumbnail() -> None:
    found = match(f"{ID}.mp4", f"{ID}_cover.jpg")
    assert found.files == (OwnFiles(ID, video=Path(f"{ID}.mp4")),)
    assert "thumbnail" in found.odd[0].reason


@pytest.mark.parametrize(
    "leftover", [".temp", ".f137", ".fbytevc1_540p_1234-0", ".fh264_720p_99", ".fdownload"]
)
def test_what_yt_dlp_left_behind_gives_way_to_the_whole_file(leftover: str) -> None:
    found = match(f"t [{ID}].mp4", f"t [{ID}]{leftover}.mp4")
    assert found.files == (OwnFiles(ID, video=Path(f"t [{ID}].mp4")),)
    assert (found.odd[0].reason, found.odd[0].instead) == (LEFT_BEHIND, Path(f"t [{ID}].mp4"))
    alone = match(f"t [{ID}]{leftover}.mp4")
    assert alone.files[0].video == Path(f"t [{ID}]{leftover}.mp4"), "better than nothing"


def test_a_title_is_no_leftover() -> None:
    found = match(f"{ID}.mp4", f"{ID}.final.mp4", f"{ID}.f.mp4")
    assert len(found.files[0].unclear) == 3


def test_a_file_of_ones_own_goes_before_one_saved_from_tiktok() -> None:
    found = match(f"{ID}.mp4", f"snaptik_{ID}.mp4")
    assert found.files == (OwnFiles(ID, video=Path(f"{ID}.mp4")),)
    assert "watermark" in found.odd[0].reason


def test_the_copy_of_a_picture_stands_for_it_where_it_is_alone() -> None:
    found = match(f"{ID}_1.jpg", f"{ID}_2 (1).jpg")
    assert [path.name for path in found.files[0].pictures] == [f"{ID}_1.jpg", f"{ID}_2 (1).jpg"]


def test_a_lone_picture_says_that_it_is_one() -> None:
    assert match(f"{ID}.jpg").files == (
        OwnFiles(ID, pictures=(Path(f"{ID}.jpg"),), lone_picture=True),
    )


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        ((f"{ID}_{OTHER}.mp4",), "more than one TikTok id"),
        ((f"{ID}_cover.jpg",), "which picture"),
    ],
)
def test_what_a_name_does_not_tell_is_never_guessed(names: tuple[str, ...], reason: str) -> None:
    found = match(*names)
    assert found.files == ()
    assert sorted(found.odd[0].paths) == sorted(map(Path, names))
    assert reason in found.odd[0].reason


@pytest.mark.parametrize(
    "names",
    [
        (f"{ID}.mp4", f"t [{ID}].mp4"),
        (f"a/{ID}.mp4", f"b/{ID}.mp4"),
        (f"{ID}.mp4", f"{ID} (1).mp4"),
        (f"{ID}_1.jpg", f"{ID}_1.webp"),
        (f"{ID}_01.jpg", f"{ID}_1.jpg"),
        (f"{ID}.jpg", f"{ID}.png"),
    ],
)
def test_of_files_in_the_same_place_names_choose_none(names: tuple[str, ...]) -> None:
    (own,) = match(*names).files
    assert sorted(own.unclear) == sorted(map(Path, names))
    assert (own.video, own.pictures) == (None, ())


def test_what_is_in_the_files_settles_what_names_do_not() -> None:
    first, double, second = (Path(f"{ID}_{n}") for n in ("1.jpg", "1.webp", "2.jpg"))
    found = match(str(first), str(double), str(second))
    assert (found.files[0].unclear, found.odd[0].paths) == ((first, double), (second,))
    settled = sort_unclear(found, lambda paths: Choice(paths[0], ((paths[1], "a double"),)))
    assert settled.files == (OwnFiles(ID, pictures=(first, second)),)
    assert settled.odd == (Odd((double,), ID, "a double", first),)
    assert sort_unclear(found, lambda _: None) == found


def test_an_unnumbered_picture_among_numbered_ones_is_left_over() -> None:
    found = match(f"{ID}.jpg", f"{ID}_1.jpg", f"{ID}_2.jpg")
    assert len(found.files[0].pictures) == 2
    assert found.odd[0].paths == (Path(f"{ID}.jpg"),)


def test_media_without_an_id_is_listed_and_other_files_are_not() -> None:
    found = match("holiday.mp4", f"{ID}.info.json", f"{ID}.mp4.part", f"._{ID}.mp4")
    assert found == Matched((), (), (Path("holiday.mp4"),))


def test_an_id_holds_a_possible_time() -> None:
    def at(moment: datetime) -> str:
        return str(int(moment.timestamp()) << 32)

    assert find_ids(at(datetime(2014, 1, 2, tzinfo=UTC)), NOW)
    assert not find_ids(at(datetime(2013, 12, 31, tzinfo=UTC)), NOW)
    assert find_ids(at(NOW), NOW)
    assert not find_ids(at(datetime(2026, 11, 22, tzinfo=UTC)), NOW)
    assert not find_ids(f"1{ID}9", NOW)


names = st.builds(
    lambda head, post_id, tail, suffix: f"{head}{post_id}{tail}{suffix}",
    st.sampled_from(["", "t [", "x_", "a/"]),
    st.sampled_from([ID, OTHER, "", ID + "_" + OTHER]),
    st.sampled_from(["", "]", "_1", "_2", "_03", "] (1)", "_x"]),
    st.sampled_from([".mp4", ".jpg", ".webp", ".txt", ""]),
)


@given(st.lists(names, max_size=12))
def test_every_media_file_is_in_exactly_one_place(some: list[str]) -> None:
    found = match(*some)
    placed = [*found.nameless]
    for files in found.files:
        placed += paths_of(files)
    for odd in found.odd:
        placed += odd.paths
    media = {Path(name) for name in some if Path(name).suffix in (".mp4", ".jpg", ".webp")}
    assert sorted(placed) == sorted(media)
    assert len({files.tiktok_id for files in found.files}) == len(found.files)


def test_a_name_is_enough_to_tell_the_kind() -> None:
    from crossover.media.files.file_names import media_kind

    assert media_kind(Path("A.JPEG")) is MediaKind.IMAGE
    assert media_kind(Path("a.m4v")) is MediaKind.VIDEO
    assert media_kind(Path("a.txt")) is None


@pytest.mark.parametrize("ending", sorted(IMAGE_SUFFIXES | {".JPG"}))
def test_every_kind_of_picture_that_is_moved_is_known_by_its_ending(ending: str) -> None:
    assert match(f"{ID}{ending}").files[0].pictures == (Path(f"{ID}{ending}"),)


@pytest.mark.parametrize("ending", sorted(VIDEO_SUFFIXES | {".MOV"}))
def test_every_kind_of_video_that_is_moved_is_known_by_its_ending(ending: str) -> None:
    assert match(f"{ID}{ending}").files[0].video == Path(f"{ID}{ending}")


def test_a_picture_that_is_not_moved_says_what_it_is_and_the_way_out() -> None:
    assert why_unmoved(Path("IMG_1.DNG")) == (
        "it is a raw picture, which is not moved: export it as JPEG"
    )
    assert "JPEG XL" in (why_unmoved(Path("a.jxl")) or "")
    assert why_unmoved(Path("a.gif")) is None
