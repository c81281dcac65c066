"""Files made fit, through the real child process. What is promised is said by the test names."""

from __future__ import annotations

import hashlib
import os
import struct
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import pytest
from av.container import InputContainer
from av.video.stream import VideoStream
from PIL import ExifTags, Image, ImageCms

from crossover.errors import CrossoverError, Interrupted, MissingTool, RetryLater
from crossover.limits.limits import Limits, load_limits
from crossover.media import fit
from crossover.media.decoder import process as decoder
from crossover.media.decoder import videos
from crossover.media.fitted import Fitted, FittedPicture, FittedVideo, Unfit
from crossover.model.account import SiteName
from crossover.model.posts import Media, MediaKind
from crossover.storage.checksums import Checksums

LIMITS = load_limits(SiteName.REHEARSAL)
RED, BLUE, BLACK = (200, 30, 30), (30, 30, 200), (0, 0, 0)


def media(root: Path, name: str, data: bytes | None = None) -> Media:
    path = root / "media" / name
    path.parent.mkdir(exist_ok=True)
    if data is not None:
        path.write_bytes(data)
    stat = path.stat()
    video = name.endswith((".mp4", ".mov"))
    return Media(
        path=f"media/{name}",
        kind=MediaKind.VIDEO if video else MediaKind.IMAGE,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        bytes=stat.st_size,
        mtime_ns=stat.st_mtime_ns,
        source="test",
    )


def fit_all(
    root: Path,
    items: Sequence[Media],
    limits: Limits,
    fitted: Callable[[Media], None] | None = None,
    checksums: Checksums | None = None,
) -> dict[tuple[str, MediaKind], Fitted]:
    return fit.fit_media(root, items, limits, checksums or Checksums(), fitted)


def fit_one(root: Path, name: str, data: bytes | None = None) -> Fitted:
    item = media(root, name, data)
    return fit_all(root, [item], LIMITS)[item.sha256, item.kind]


def fit_picture(root: Path, name: str, data: bytes) -> tuple[FittedPicture, Image.Image]:
    fitted = fit_one(root, name, data)
    assert isinstance(fitted, FittedPicture), fitted
    made = (root / fitted.path).read_bytes()
    assert hashlib.sha256(made).hexdigest() == fitted.sha256
    assert len(made) == fitted.bytes
    image = Image.open(BytesIO(made))
    assert image.format == "JPEG"
    assert image.size == (fitted.width, fitted.height)
    image.load()
    return fitted, image


def reason(fitted: Fitted) -> str:
    assert isinstance(fitted, Unfit), fitted
    return fitted.reason


def corners(width: int = 64, height: int = 48) -> Image.Image:
    """Red with one blue quarter at the upper left."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, 0, width // 2, height // 2))
    return image


def saved(image: Image.Image, form: str = "JPEG", **how: Any) -> bytes:
    out = BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def close_to(image: Image.Image, at: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    found = image.convert("RGB").getpixel(at)
    assert isinstance(found, tuple)
    return all(abs(a - b) < 30 for a, b in zip(found, colour, strict=True))


# --- pictures -------------------------------------------------------------------------------


def test_no_metadata_is_left_and_a_place_is_mentioned(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SecretCamera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    data = saved(corners(), exif=exif, comment=b"a secret comment", xmp=b"<x>SecretXmp</x>")
    assert b"SecretCamera" in data
    fitted, image = fit_picture(tmp_path, "a.jpg", data + b"SecretTail")
    assert fitted.changes == ("metadata removed (place included)",)
    assert not image.getexif()
    made = (tmp_path / fitted.path).read_bytes()
    assert not [word for word in (b"ecret", b"Exif", b"http://") if word in made]


def test_a_place_in_xmp_and_text_of_a_png_are_metadata(tmp_path: Path) -> None:
    xmp = b'<x exif:GPSLatitude="52,31N"/>'
    fitted, _ = fit_picture(tmp_path, "a.jpg", saved(corners(), xmp=xmp))
    assert fitted.changes == ("metadata removed (place included)",)
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "Secret")
    fitted, _ = fit_picture(tmp_path, "b.png", saved(corners(), "PNG", pnginfo=info))
    assert fitted.changes == ("converted from PNG", "metadata removed")


def test_a_plain_jpeg_keeps_its_compression_and_nothing_is_said(tmp_path: Path) -> None:
    source = saved(corners(), quality=60, subsampling="4:2:0")
    fitted, image = fit_picture(tmp_path, "a.jpg", source)
    assert fitted.changes == ()
    before = Image.open(BytesIO(source))
    assert image.quantization == before.quantization  # type: ignore[attr-defined]
    assert fitted.bytes <= len(source) + 100


@pytest.mark.parametrize(
    ("orientation", "size", "blue", "said"),
    [
        (2, (64, 48), (60, 4), "mirrored"),
        (3, (64, 48), (60, 44), "rotated"),
        (4, (64, 48), (4, 44), "mirrored"),
        (5, (48, 64), (4, 4), "rotated"),
        (6, (48, 64), (44, 4), "rotated"),
        (7, (48, 64), (44, 60), "rotated"),
        (8, (48, 64), (4, 60), "rotated"),
    ],
)
def test_the_picture_stands_upright(
    tmp_path: Path, orientation: int, size: tuple[int, int], blue: tuple[int, int], said: str
) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    fitted, image = fit_picture(tmp_path, "a.jpg", saved(corners(), exif=exif, quality=95))
    assert fitted.changes == ("metadata removed", said)
    assert image.size == size
    assert close_to(image, blue, BLUE)
    others = {(4, 4), (size[0] - 4, 4), (4, size[1] - 4), (size[0] - 4, size[1] - 4)} - {blue}
    assert all(close_to(image, at, RED) for at in others)


def test_transparency_becomes_white(tmp_path: Path) -> None:
    image = corners().convert("RGBA")
    image.paste((0, 0, 0, 0), (32, 0, 64, 48))
    fitted, made = fit_picture(tmp_path, "a.png", saved(image, "PNG"))
    assert fitted.changes == ("converted from PNG", "transparency filled with white")
    assert close_to(made, (60, 40), (255, 255, 255))
    assert close_to(made, (4, 4), BLUE)


def test_a_palette_with_a_transparent_colour(tmp_path: Path) -> None:
    image = corners().quantize(4)
    fitted, made = fit_picture(
        tmp_path, "a.png", saved(image, "PNG", transparency=image.getpixel((0, 0)))
    )
    assert "transparency filled with white" in fitted.changes
    assert made.mode == "RGB"
    assert close_to(made, (4, 4), (255, 255, 255))
    assert close_to(made, (60, 40), RED)


def test_cmyk_becomes_rgb(tmp_path: Path) -> None:
    fitted, made = fit_picture(tmp_path, "a.jpg", saved(corners().convert("CMYK"), quality=95))
    assert fitted.changes == ("colours converted from CMYK",)
    assert made.mode == "RGB"
    assert close_to(made, (60, 40), RED)
    assert close_to(made, (4, 4), BLUE)


def test_16_bit_greys_keep_their_brightness(tmp_path: Path) -> None:
    image = Image.new("I;16", (40, 30), 128 * 257)
    fitted, made = fit_picture(tmp_path, "a.png", saved(image, "PNG"))
    assert "16-bit colours reduced to 8" in fitted.changes
    assert close_to(made, (20, 20), (128, 128, 128))


def test_the_colour_profile_stays_unless_it_is_not_one(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    fitted, made = fit_picture(tmp_path, "a.jpg", saved(corners(), icc_profile=profile))
    assert made.info["icc_profile"] == profile
    assert fitted.changes == ()
    fitted, made = fit_picture(tmp_path, "b.jpg", saved(corners(), icc_profile=b"SecretProfile"))
    assert "icc_profile" not in made.info
    assert fitted.changes == ("unusable colour profile removed",)
    grey = saved(corners().convert("L"), icc_profile=profile)  # a profile for other colours
    fitted, made = fit_picture(tmp_path, "c.jpg", grey)
    assert "icc_profile" not in made.info
    assert fitted.changes == ("unusable colour profile removed",)


def test_the_first_frame_of_an_animation(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, BLUE, BLACK)]
    for form, name in (("PNG", "PNG"), ("WEBP", "WebP")):
        data = saved(frames[0], form, save_all=True, append_images=frames[1:])
        fitted, made = fit_picture(tmp_path, f"{form}.x", data)
        assert fitted.changes == (f"converted from {name}", "first frame of an animation")
        assert close_to(made, (10, 10), RED)


def test_a_picture_over_the_byte_limit_is_compressed_harder(tmp_path: Path) -> None:
    noise = Image.frombytes("RGB", (400, 400), os.urandom(480_000))
    item = media(tmp_path, "a.png", saved(noise, "PNG"))
    limit = 200_000
    limits = replace(LIMITS, image_bytes=replace(LIMITS.image_bytes, value=limit))
    fitted = fit_all(tmp_path, [item], limits)[item.sha256, item.kind]
    assert isinstance(fitted, FittedPicture)
    assert fitted.bytes <= limit
    assert fitted.changes[-1].startswith("compressed to fit")


def png_claiming(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def webp_claiming(width: int, height: int) -> bytes:
    data = bytearray(saved(Image.new("RGBA", (8, 8), (1, 2, 3, 4)), "WEBP", exif=b"Exif\0\0x"))
    assert data[12:16] == b"VP8X"
    data[24:27], data[27:30] = (n.to_bytes(3, "little") for n in (width - 1, height - 1))
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bomb.png", png_claiming(60000, 60000), "too large: 60000 × 60000"),
        ("warn-zone.png", png_claiming(10000, 10000), "too large: 10000 × 10000"),
        ("bomb.webp", webp_claiming(16000, 16000), "too large: 16000 × 16000"),
        ("thin.png", png_claiming(1, 70000), "longer than 65500"),
        ("cut.jpg", saved(corners(400, 300), quality=95)[:-900], "damaged or cut short"),
        ("cut.png", saved(corners(400, 300), "PNG")[:-60], "damaged or cut short"),
        ("head.jpg", b"\xff\xd8\xff\xe0", "damaged or cut short"),
        ("page.jpg", b"\n<!DOCTYPE html><html>gone</html>", "a web page"),
        ("eps.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "PostScript"),
        ("svg.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        ("gif.jpg", saved(corners(), "GIF"), "a GIF picture"),
        ("tiff.jpg", saved(corners(), "TIFF"), "a TIFF picture"),
        ("film.jpg", b"\0\0\0\x18ftypisom\0\0\0\0", "a video"),
        ("phone.jpg", b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        ("empty.jpg", b"", "an empty file"),
        ("noise.jpg", b"\0" * 500, "no kind of picture"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_sound_picture_is_refused(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    assert said in reason(fit_one(tmp_path, name, data))
    assert not list((tmp_path / "ready").glob("*.jpg"))


def test_a_png_named_jpg_is_read_as_what_it_is(tmp_path: Path) -> None:
    fitted, _ = fit_picture(tmp_path, "a.jpg", saved(corners(), "PNG"))
    assert fitted.changes == ("converted from PNG",)


# --- videos ---------------------------------------------------------------------------------


def film(
    path: Path,
    frames: Sequence[Image.Image],
    *,
    turned: int = 0,
    sound: bool = False,
    **options: str,
) -> bytes:
    """An H.264 film with 10 frames a second."""
    path.parent.mkdir(exist_ok=True)
    with av.open(str(path), "w", format="mp4", options=options) as out:
        stream = out.add_stream("libx264", rate=10)
        stream.width, stream.height = frames[0].size
        stream.pix_fmt = "yuv420p"
        if turned:
            stream.set_display_rotation(turned)
        if sound:
            audio = out.add_stream("aac", rate=44100)
            audio.layout = "mono"
        for image in frames:
            frame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
        if sound:
            silence = av.AudioFrame(format="fltp", layout="mono", samples=1024)
            silence.sample_rate = 44100
            silence.planes[0].update(bytes(silence.planes[0].buffer_size))
            for number in range(20):
                silence.pts = number * 1024
                out.mux(audio.encode(silence))
            out.mux(audio.encode())
    return path.read_bytes()


def fit_video(root: Path, name: str) -> tuple[FittedVideo, Image.Image]:
    before = (root / "media" / name).read_bytes()
    fitted = fit_one(root, name)
    assert isinstance(fitted, FittedVideo), fitted
    assert fitted.cover is not None
    made = (root / fitted.cover.path).read_bytes()
    assert hashlib.sha256(made).hexdigest() == fitted.cover.sha256
    image = Image.open(BytesIO(made))
    assert image.format == "JPEG"
    assert image.size == (fitted.cover.width, fitted.cover.height)
    assert image.width * 4 == image.height * 3
    assert (root / "media" / name).read_bytes() == before
    return fitted, image


def test_the_cover_is_the_first_good_frame_in_3_to_4(tmp_path: Path) -> None:
    dark, white = Image.new("RGB", (320, 240), BLACK), Image.new("RGB", (320, 240), "white")
    flat = Image.new("RGB", (320, 240), RED)
    frames = [dark] * 4 + [white] * 4 + [flat] * 4 + [corners(320, 240)] * 10
    film(tmp_path / "media/a.mp4", frames, sound=True)
    fitted, cover = fit_video(tmp_path, "a.mp4")
    assert (fitted.width, fitted.height, fitted.fps) == (320, 240, 10.0)
    assert fitted.duration == pytest.approx(2.2, abs=0.2)
    assert (fitted.video_codec, fitted.audio_codec) == ("h264", "aac")
    assert fitted.container == "mp4"
    assert fitted.cover_at == pytest.approx(1.2, abs=0.11)
    assert cover.size == (180, 240)
    assert close_to(cover, (10, 10), BLUE)
    assert close_to(cover, (170, 230), RED)


def test_a_frame_gives_way_to_one_soon_after_it_that_shows_much_more(tmp_path: Path) -> None:
    empty = Image.new("RGB", (180, 320), "white")
    empty.paste((150, 150, 150), (0, 200, 180, 320))
    coming, there = empty.copy(), empty.copy()
    for left in range(10, 170, 20):  # outside of what a cover shows of it, and then inside
        coming.paste(BLACK, (left, 0, left + 10, 30))
        there.paste(BLACK, (left, 140, left + 10, 170))
    film(tmp_path / "media/a.mp4", [empty] * 2 + [coming] * 4 + [there] * 20)
    fitted, cover = fit_video(tmp_path, "a.mp4")
    assert fitted.cover_at == pytest.approx(0.6, abs=0.11)
    assert close_to(cover, (15, 115), BLACK)
    film(tmp_path / "media/late.mp4", [empty] * 20 + [there] * 10)
    assert fit_video(tmp_path, "late.mp4")[0].cover_at == 0.0


def test_a_film_without_a_good_frame_gets_the_best_there_is(tmp_path: Path) -> None:
    dark, flat = Image.new("RGB", (120, 160), BLACK), Image.new("RGB", (120, 160), RED)
    film(tmp_path / "media/a.mp4", [dark] * 5 + [flat] * 5)
    _, cover = fit_video(tmp_path, "a.mp4")
    assert close_to(cover, (50, 50), RED)


def test_frames_after_the_first_seconds_are_not_taken(tmp_path: Path) -> None:
    dark = Image.new("RGB", (120, 160), BLACK)
    film(tmp_path / "media/a.mp4", [dark] * 40 + [corners(120, 160)] * 5)
    _, cover = fit_video(tmp_path, "a.mp4")
    assert close_to(cover, (10, 10), BLACK)


def test_of_a_long_film_only_the_beginning_is_read(tmp_path: Path) -> None:
    film(tmp_path / "media/a.mp4", [Image.new("RGB", (120, 160), BLACK)] * 1200)
    read: list[Any] = []

    class Counted:
        def __init__(self, container: InputContainer) -> None:
            self.container = container

        def demux(self, stream: VideoStream) -> Iterator[Any]:
            for packet in self.container.demux(stream):
                read.append(packet)
                yield packet

    with av.open(tmp_path / "media/a.mp4") as container:
        counted: Any = Counted(container)
        found = videos._find_cover(counted, container.streams.video[0], 1_000_000, (1080, 1440))
    assert found is not None
    assert not found.good  # it looked to the end of its window
    assert 30 < len(read) < 120


def test_a_turned_film_is_told_and_shown_upright(tmp_path: Path) -> None:
    # 90° against the clock: the blue corner ends up at the lower left.
    film(tmp_path / "media/a.mp4", [corners(320, 240)] * 5, turned=90)
    fitted, cover = fit_video(tmp_path, "a.mp4")
    assert (fitted.width, fitted.height) == (240, 320)
    assert cover.size == (240, 320)
    assert close_to(cover, (10, 310), BLUE)
    assert close_to(cover, (10, 10), RED)
    film(tmp_path / "media/b.mp4", [corners(320, 240)] * 5, turned=-90)
    _, cover = fit_video(tmp_path, "b.mp4")
    assert close_to(cover, (230, 10), BLUE)


def test_a_large_cover_is_scaled_down_to_the_limit(tmp_path: Path) -> None:
    film(tmp_path / "media/a.mp4", [corners(1440, 1920)] * 2)
    _, cover = fit_video(tmp_path, "a.mp4")
    assert cover.size == (LIMITS.cover_width.value, LIMITS.cover_height.value)


def test_a_silent_film(tmp_path: Path) -> None:
    film(tmp_path / "media/a.mp4", [corners()] * 5)
    fitted, _ = fit_video(tmp_path, "a.mp4")
    assert fitted.audio_codec is None


@pytest.mark.skipif(os.name == "nt", reason="`:` and `|` are no letters of a name there")
@pytest.mark.parametrize("name", ["-i.mp4", "http:x.mp4", "concat:a|b.mp4", "%d.mp4"])
def test_names_are_only_names(tmp_path: Path, name: str) -> None:
    film(tmp_path / "made.mp4", [corners()] * 5)
    (tmp_path / "media").mkdir()
    (tmp_path / "made.mp4").rename(tmp_path / "media" / name)
    fit_video(tmp_path, name)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n", "a playlist"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "a playlist"),
        (b"\0\0\0\x18ftypisom\0\0\0\0\n#EXTM3U\nfile:///etc/passwd\n", "no index"),
        (b"", "an empty file"),
        (b"hello, I am a text", "no kind of picture or video"),
        (saved(corners()), "a JPEG picture"),
        (b"\x1aE\xdf\xa3....webm", "WebM"),
        (b"\0\0\0\x08ftyp" + b"\xff" * 400, "no index"),
        (b"\0\0\0\x10ftypisom\0\0\0\0" + b"\0\0\0\x10moov\0\0\0\x08free", "damaged|no moving"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_film_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    found = reason(fit_one(tmp_path, "a.mp4", data))
    assert any(one in found for one in said.split("|")), found


def box_at(data: bytes | bytearray, name: bytes) -> int:
    return data.index(name) - 4


def test_a_film_cut_short_is_refused_wherever_its_index_is(tmp_path: Path) -> None:
    index_last = film(tmp_path / "made.mp4", [corners(320, 240)] * 20)
    moov = box_at(index_last, b"moov")
    assert "no index" in reason(fit_one(tmp_path, "a.mp4", index_last[:moov]))
    assert "cut short" in reason(fit_one(tmp_path, "b.mp4", index_last[: moov + 50]))
    assert "cut short" in reason(fit_one(tmp_path, "c.mp4", index_last[: moov // 2]))
    index_first = film(tmp_path / "made.mp4", [corners(320, 240)] * 20, movflags="faststart")
    assert box_at(index_first, b"moov") < box_at(index_first, b"mdat")
    found = reason(fit_one(tmp_path, "d.mp4", index_first[:-100]))
    assert "cut short: 100 bytes" in found


def test_a_film_whose_pictures_are_noise_is_refused(tmp_path: Path) -> None:
    data = bytearray(film(tmp_path / "made.mp4", [corners(320, 240)] * 5))
    start, end = data.index(b"mdat") + 4, box_at(data, b"moov")
    data[start:end] = b"\xa5" * (end - start)
    assert "can be decoded" in reason(fit_one(tmp_path, "a.mp4", bytes(data)))


def test_a_film_that_nothing_here_plays_is_refused_by_the_name_of_its_coding(
    tmp_path: Path,
) -> None:
    data = film(tmp_path / "made.mp4", [corners(320, 240)] * 5, sound=True)
    assert data.count(b"avc1") >= 1
    found = reason(fit_one(tmp_path, "a.mp4", data.replace(b"avc1", b"bvc2")))
    assert "coded as bvc2" in found
    assert "H.264" in found


# --- what is done is not done again ---------------------------------------------------------


@pytest.fixture
def no_child(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it, and from then on every attempt to start the child fails."""

    def gone() -> list[str]:
        return [str(Path(__file__).with_name("no such program"))]

    return lambda: monkeypatch.setattr(decoder, "worker_command", gone)


def test_a_second_call_decodes_nothing(tmp_path: Path, no_child: Callable[[], None]) -> None:
    film(tmp_path / "media/b.mp4", [corners()] * 5)
    items = [media(tmp_path, "a.png", saved(corners(), "PNG")), media(tmp_path, "b.mp4")]
    first = fit_all(tmp_path, items, LIMITS)
    no_child()
    assert fit_all(tmp_path, items, LIMITS) == first
    assert {type(one) for one in first.values()} == {FittedPicture, FittedVideo}


@pytest.mark.parametrize("what", ["nothing", "gone", "touched", "recipe", "limits", "index"])
def test_it_is_made_anew_when_anything_it_rests_on_changed(
    tmp_path: Path, no_child: Callable[[], None], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    item = media(tmp_path, "a.jpg", saved(corners()))
    fitted = fit_all(tmp_path, [item], LIMITS)[item.sha256, item.kind]
    assert isinstance(fitted, FittedPicture)
    limits = LIMITS
    if what == "gone":
        (tmp_path / fitted.path).unlink()
    elif what == "touched":
        os.utime(tmp_path / fitted.path, ns=(1, 1))
    elif what == "recipe":
        monkeypatch.setattr(fit, "RECIPE", fit.RECIPE + 1)
    elif what == "limits":
        limits = replace(LIMITS, cover_width=replace(LIMITS.cover_width, value=720))
    elif what == "index":
        (tmp_path / "ready/index.json").write_text('{"format": "crossover/re')
    no_child()
    if what == "nothing":
        assert fit_all(tmp_path, [item], limits)[item.sha256, item.kind] == fitted
    else:
        with pytest.raises(CrossoverError, match="could not be started"):
            fit_all(tmp_path, [item], limits)


def test_a_damaged_index_is_written_anew(tmp_path: Path, no_child: Callable[[], None]) -> None:
    item = media(tmp_path, "a.jpg", saved(corners()))
    (tmp_path / "ready").mkdir()
    (tmp_path / "ready/index.json").write_text('{"format": "crossover/re')
    fitted = fit_all(tmp_path, [item], LIMITS)
    no_child()
    assert fit_all(tmp_path, [item], LIMITS) == fitted


def test_a_source_that_changed_or_went_is_not_taken_for_the_old_one(tmp_path: Path) -> None:
    item = media(tmp_path, "a.jpg", saved(corners()))
    path = tmp_path / item.path
    same = path.read_bytes()
    os.utime(path, ns=(1, 1))  # only touched: still the same picture
    assert isinstance(fit_all(tmp_path, [item], LIMITS)[item.sha256, item.kind], FittedPicture)
    path.write_bytes(same[:-1] + b"\xd8")
    assert "changed" in reason(fit_all(tmp_path, [item], LIMITS)[item.sha256, item.kind])
    path.unlink()
    assert "could not be read" in reason(fit_all(tmp_path, [item], LIMITS)[item.sha256, item.kind])


def rewritten(path: Path, data: bytes) -> None:
    """Other bytes, as many, with the time of the former ones."""
    before = path.stat()
    assert len(data) == before.st_size
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_source_that_kept_its_size_and_time_is_noticed_once_it_was_read(tmp_path: Path) -> None:
    item = media(tmp_path, "a.jpg", saved(corners()))
    rewritten(tmp_path / item.path, (tmp_path / item.path).read_bytes()[:-1] + b"\xd8")
    checksums = Checksums()
    checksums.read_again(tmp_path / item.path)
    fitted = fit_all(tmp_path, [item], LIMITS, checksums=checksums)[item.sha256, item.kind]
    assert "changed" in reason(fitted)


def test_a_result_that_kept_its_size_and_time_is_made_anew_once_it_was_read(
    tmp_path: Path,
) -> None:
    item = media(tmp_path, "a.jpg", saved(corners()))
    fitted = fit_all(tmp_path, [item], LIMITS)[item.sha256, item.kind]
    assert isinstance(fitted, FittedPicture)
    made = tmp_path / fitted.path
    rewritten(made, made.read_bytes()[:-1] + b"\xd8")
    checksums = Checksums()
    checksums.read_again(made)
    assert fit_all(tmp_path, [item], LIMITS, checksums=checksums) == {
        (item.sha256, item.kind): fitted
    }
    assert hashlib.sha256(made.read_bytes()).hexdigest() == fitted.sha256


def test_the_same_picture_twice_is_fitted_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [media(tmp_path, name, saved(corners())) for name in ("a.jpg", "b.jpg")]
    asked: list[Path] = []
    real = decoder.Decoder.picture

    def counted(self: decoder.Decoder, source: Path, *rest: Any) -> Any:
        asked.append(source)
        return real(self, source, *rest)

    monkeypatch.setattr(decoder.Decoder, "picture", counted)
    seen: list[Media] = []
    assert len(fit_all(tmp_path, items, LIMITS, seen.append)) == 1
    assert asked == [tmp_path / "media/a.jpg"]
    assert seen == items
    (tmp_path / items[1].path).unlink()  # the content is still there under the other name
    assert isinstance(
        fit_all(tmp_path, items, LIMITS)[items[0].sha256, items[0].kind], FittedPicture
    )


def test_results_are_named_by_the_hash_alone(tmp_path: Path) -> None:
    item = media(tmp_path, "my secret title.jpg", saved(corners()))
    fitted = fit_all(tmp_path, [item], LIMITS)[item.sha256, item.kind]
    assert isinstance(fitted, FittedPicture)
    assert fitted.path == f"ready/{item.sha256[:16]}.jpg"
    left = sorted(path.name for path in (tmp_path / "ready").iterdir())
    assert left == sorted([f"{item.sha256[:16]}.jpg", "index.json"])


def test_an_interruption_keeps_what_was_done(tmp_path: Path, no_child: Callable[[], None]) -> None:
    items = [
        media(tmp_path, "a.jpg", saved(corners())),
        media(tmp_path, "b.jpg", saved(corners(32, 32))),
    ]

    def stop(_: Media) -> None:
        raise Interrupted("stop")

    with pytest.raises(Interrupted):
        fit_all(tmp_path, items, LIMITS, stop)
    no_child()
    assert isinstance(
        fit_all(tmp_path, items[:1], LIMITS)[items[0].sha256, items[0].kind], FittedPicture
    )


# --- the child --------------------------------------------------------------------------------

SPITEFUL = """
import os, sys, time
from crossover.media.decoder import worker
real = worker.answer
def answer(job):
    name = os.path.basename(job.source)
    if name.startswith("crash"):
        open(os.path.join(os.path.dirname(job.target), ".crossover-tmp-half.jpg"), "w").close()
        os.abort()
    if name.startswith("hang"):
        time.sleep(600)
    if name.startswith("noisy"):
        print("a library that prints"); os.write(1, b"and another\\n")
    return real(job)
worker.answer = answer
worker.main()
"""


@pytest.fixture
def spiteful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real child that crashes, hangs or prints when a file's name says so."""
    script = tmp_path / "spiteful.py"
    script.write_text(SPITEFUL)
    monkeypatch.setattr(decoder, "worker_command", lambda: [sys.executable, "-P", str(script)])


@pytest.mark.usefixtures("spiteful")
def test_a_killed_child_costs_one_file_only(tmp_path: Path) -> None:
    (tmp_path / "ready").mkdir()
    items = [
        media(tmp_path, name, saved(corners(32, 32 + number)))
        for number, name in enumerate(("a.jpg", "crash.jpg", "noisy.jpg"))
    ]
    first, crashed, last = fit_all(tmp_path, items, LIMITS).values()
    assert isinstance(first, FittedPicture)
    assert "crash" in reason(crashed)
    assert isinstance(last, FittedPicture)
    assert not list((tmp_path / "ready").glob(".crossover-tmp-*"))


@pytest.mark.usefixtures("spiteful")
def test_a_child_that_hangs_is_stopped(tmp_path: Path) -> None:
    hang = media(tmp_path, "hang.jpg", saved(corners()))
    good = media(tmp_path, "good.jpg", saved(corners()))
    began = time.monotonic()
    with decoder.Decoder(picture_seconds=1) as running:
        found = running.picture(tmp_path / hang.path, tmp_path, "ready/a.jpg", LIMITS)
        assert "longer than 1 seconds" in reason(found)
        found = running.picture(tmp_path / good.path, tmp_path, "ready/b.jpg", LIMITS)
        assert isinstance(found, FittedPicture)
    assert time.monotonic() - began < 30


def test_a_child_that_cannot_load_its_libraries_is_a_missing_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import sys; sys.modules['PIL'] = None; from crossover.media.decoder.worker import main; main()"
    monkeypatch.setattr(decoder, "worker_command", lambda: [sys.executable, "-P", "-c", code])
    with pytest.raises(MissingTool, match="Pillow"):
        fit_one(tmp_path, "a.jpg", saved(corners()))


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="POSIX modes")
def test_what_cannot_be_written_is_no_fault_of_the_picture(tmp_path: Path) -> None:
    (tmp_path / "ready").write_text("a file where the folder should be")
    with pytest.raises(CrossoverError):
        fit_one(tmp_path, "a.jpg", saved(corners()))


def test_a_full_disk_ends_the_call_and_says_retry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import errno; from crossover.media.decoder import pictures, worker\n"
        "def full(*_): raise pictures.NotWrittenError(errno.ENOSPC)\n"
        "pictures.write_jpeg = full; worker.main()"
    )
    monkeypatch.setattr(decoder, "worker_command", lambda: [sys.executable, "-P", "-c", code])
    with pytest.raises(RetryLater, match="disk is full"):
        fit_one(tmp_path, "a.jpg", saved(corners()))


@pytest.mark.skipif(os.name == "nt", reason="sessions are POSIX")
def test_the_child_is_in_its_own_session_and_ends_with_the_parent(tmp_path: Path) -> None:
    item = media(tmp_path, "a.jpg", saved(corners()))
    with decoder.Decoder() as running:
        running.picture(tmp_path / item.path, tmp_path, "ready/a.jpg", LIMITS)
        assert running._child is not None
        process = running._child._process
        assert os.getpgid(process.pid) == process.pid  # type: ignore[attr-defined,unused-ignore]
        assert process.stdin is not None
        process.stdin.close()  # as when the parent is killed
        assert process.wait(10) == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_the_child_is_bounded(tmp_path: Path) -> None:
    item = media(tmp_path, "a.jpg", saved(corners()))
    with decoder.Decoder() as running:
        running.picture(tmp_path / item.path, tmp_path, "ready/a.jpg", LIMITS)
        assert running._child is not None
        text = Path(f"/proc/{running._child._process.pid}/limits").read_text()
    bounds = {line[:25].strip(): line[25:].split()[0] for line in text.splitlines()}
    assert bounds["Max address space"] == str(4 * 1024**3)
    assert bounds["Max core file size"] == "0"
    assert 100 < int(bounds["Max cpu time"]) < 1000


def test_code_in_the_current_folder_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "PIL").mkdir()
    (tmp_path / "PIL/__init__.py").write_text("open('hacked', 'w').close()")
    (tmp_path / "json.py").write_text("open('hacked', 'w').close()")
    monkeypatch.chdir(tmp_path)
    fit_picture(tmp_path, "a.jpg", saved(corners()))
    assert not (tmp_path / "hacked").exists()
