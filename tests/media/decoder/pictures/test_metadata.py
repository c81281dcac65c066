"""What a picture file holds besides the picture goes, and is counted."""

from __future__ import annotations

from pathlib import Path

from PIL import ExifTags, Image

from tests.media.fitting import (
    corners,
    fit_picture,
    saved,
)


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
