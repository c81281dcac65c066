"""What a picture file holds besides the picture goes, and is counted."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import ExifTags, Image

from crossover.media.decoder.pictures.metadata import find_extras
from tests.media.fitting import (
    corners,
    fit_picture,
    saved,
)
from tests.media.made_pictures import jpeg, two_pictures, with_gain_map, with_motion


def test_no_metadata_is_left_and_a_place_is_mentioned(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SecretCamera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    data = saved(corners(), exif=exif, comment=b"a secret comment", xmp=b"<x>SecretXmp</x>")
    assert b"SecretCamera" in data
    fitted, image = fit_picture(tmp_path, "a.jpg", data + b"SecretTail")
    assert fitted.changes == ("metadata removed",)
    assert fitted.place
    assert not image.getexif()
    made = (tmp_path / fitted.path).read_bytes()
    assert not [word for word in (b"ecret", b"Exif", b"http://") if word in made]


def test_a_place_in_xmp_and_text_of_a_png_are_metadata(tmp_path: Path) -> None:
    xmp = b'<x exif:GPSLatitude="52,31N"/>'
    fitted, _ = fit_picture(tmp_path, "a.jpg", saved(corners(), xmp=xmp))
    assert fitted.changes == ("metadata removed",)
    assert fitted.place
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "Secret")
    fitted, _ = fit_picture(tmp_path, "b.png", saved(corners(), "PNG", pnginfo=info))
    assert fitted.changes == ("converted from PNG", "metadata removed")


GAIN_MAP = "sent without the extra brightness for HDR screens"
FILM = "sent without the film of a motion photo"


def test_a_gain_map_and_a_film_go_and_are_named(tmp_path: Path) -> None:
    film = b"\0\0\0\x18ftypmp42" + b"secret film" * 90
    for name, data, said in (
        ("map.jpg", with_gain_map(), (GAIN_MAP,)),
        ("film.jpg", with_motion(film), (FILM,)),
        ("samsung.jpg", jpeg() + b"\0\0\x30\x0aMotionPhoto_Data" + film, (FILM,)),
        ("further.jpg", two_pictures(), ()),
    ):
        fitted, made = fit_picture(tmp_path, name, data)
        assert fitted.changes == (*said, "metadata removed")
        assert made.tobytes() == Image.open(BytesIO(data)).tobytes()
        sent = (tmp_path / fitted.path).read_bytes()
        assert not [word for word in (b"hdrgm", b"GCamera", b"MPF", b"ftyp") if word in sent]
        assert sent.count(b"\xff\xd8\xff") == 1


def test_what_lies_beside_a_heic_is_named() -> None:
    image = Image.new("RGB", (1, 1))
    image.format = "HEIF"
    image.info = {
        "aux": {"urn:com:apple:photo:2020:aux:hdrgainmap": [2]},
        "depth_images": [object()],
    }
    changes: dict[str, str] = {}
    find_extras(image, b"\0\0\0\x10mpvd", b"", changes)
    assert list(changes) == [GAIN_MAP, "sent without the depth map", FILM]


def test_zeros_behind_a_picture_are_nothing(tmp_path: Path) -> None:
    fitted, _ = fit_picture(tmp_path, "a.jpg", saved(corners()) + bytes(500))
    assert fitted.changes == ()
    assert fitted.bytes == len(saved(corners()))
