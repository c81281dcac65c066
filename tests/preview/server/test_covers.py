"""Covers: a frame of a film strip, or a picture of the creator's own, made fit at once."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.preview.served import Answer, Served

PICTURE = {"Content-Type": "image/png"}


@pytest.fixture(scope="module")
def video(page: Served) -> str:
    notes = page.ask("/data").json["notes"]
    return str(next(note["number"] for note in notes if note["kind"] == "video"))


def picture(colour: str = "red", kind: str = "PNG") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (1080, 1440), colour).save(data, kind)
    return data.getvalue()


def cover_of(answer: Answer, number: str) -> str:
    (row,) = [row for row in answer.json["notes"] if row["number"] == number]
    return str(row["cover"])


@pytest.mark.complete
def test_a_film_strip_is_shown_in_order_and_made_once(page: Served, video: str) -> None:
    frames = page.ask(f"/frames/{video}").json["frames"]
    assert 4 <= len(frames) <= 16
    seconds = [frame["seconds"] for frame in frames]
    assert seconds == sorted(set(seconds))
    for frame in frames:
        shown = Image.open(io.BytesIO(page.ask(frame["src"], bare=True).body))
        assert (shown.format, max(shown.size)) == ("JPEG", 320)
    assert page.ask(f"/frames/{video}").json["frames"] == frames


def test_a_frame_that_is_chosen_is_the_cover_at_once(page: Served, world: Path, video: str) -> None:
    before = next(n for n in page.ask("/data").json["notes"] if n["number"] == video)["cover"]
    frame = page.ask(f"/frames/{video}").json["frames"][-1]
    answer = page.decide(video, "cover", {"seconds": frame["seconds"]})
    assert answer.status == 200
    cover = cover_of(answer, video)
    assert cover != before
    with Image.open(world / cover) as made, Image.open(world / before) as former:
        assert made.size[0] * 4 == made.size[1] * 3
        assert made.tobytes() != former.tobytes()
    assert page.ask(f"/files/{page.file_key}/{cover}", bare=True).status == 200
    back = page.decide(video, "cover", None, {"seconds": frame["seconds"]})
    assert cover_of(back, video) == before


@pytest.mark.parametrize(("kind", "suffix"), [("PNG", ".png"), ("JPEG", ".jpg"), ("WEBP", ".webp")])
def test_a_picture_of_ones_own_becomes_the_cover(
    page: Served, world: Path, video: str, kind: str, suffix: str
) -> None:
    own = picture("green", kind)
    file = page.ask("/covers", own, headers=PICTURE).json["file"]
    assert (world / file).read_bytes() == own
    assert Path(file).parent == Path("covers")
    assert Path(file).suffix == suffix
    assert page.ask("/covers", own, headers=PICTURE).json["file"] == file
    answer = page.decide(video, "cover", {"file": file})
    with Image.open(world / cover_of(answer, video)) as made:
        red, green, _ = made.convert("RGB").getpixel((10, 10))  # type: ignore[misc]
        assert green > 100 > red
    assert page.decide(video, "cover", None, {"file": file}).status == 200


@pytest.mark.parametrize("data", [b"", b"GIF89a...", b"<svg onload=alert(1)>", b"%PDF-1.4", b"MZ"])
def test_what_is_no_picture_is_not_kept(page: Served, world: Path, data: bytes) -> None:
    before = sorted((world / "covers").glob("*"))
    refused = page.ask("/covers", data, headers=PICTURE)
    assert (refused.status, refused.json["error"]) == (422, "invalid")
    assert page.ask("/covers", picture(), headers={"Content-Type": "text/html"}).status == 415
    assert sorted((world / "covers").glob("*")) == before


def test_a_picture_beyond_all_bounds_is_not_read(page: Served) -> None:
    large = picture() + b"\0" * (32 * 1024**2)
    assert page.ask("/covers", large, headers=PICTURE).status == 413


def test_a_cover_that_cannot_be_made_holds_the_note_and_says_why(page: Served, video: str) -> None:
    answer = page.decide(video, "cover", {"seconds": 9999})
    (row,) = [row for row in answer.json["notes"] if row["number"] == video]
    assert row["action"] == "hold"
    assert "cover-unfit" in {code for code, *_ in row["problems"]}
    assert page.decide(video, "cover", None, {"seconds": 9999}).status == 200


def test_a_photo_post_has_no_film_strip(page: Served) -> None:
    assert page.ask("/frames/999").status == 404


def test_topics_are_suggested_with_their_field_and_none_that_it_has(
    page: Served, video: str
) -> None:
    has = next(n for n in page.ask("/data").json["notes"] if n["number"] == video)["topics"]
    suggested = page.ask(f"/suggestions/{video}").json["topics"]
    assert suggested
    assert all(set(one) == {"name", "field"} for one in suggested)
    assert not {one["name"].casefold() for one in suggested} & {one.casefold() for one in has}
    name = suggested[0]["name"]
    answer = page.decide(video, "topics", [name, *has[:9]])
    (row,) = [row for row in answer.json["notes"] if row["number"] == video]
    assert row["topics"][0] == name
    again = page.ask(f"/suggestions/{video}").json["topics"]
    assert name not in {one["name"] for one in again}
