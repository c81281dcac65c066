"""Pictures of four colours as phones, browsers and cameras write them: one in each quarter, so that
their places tell how a picture stands."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image
from pillow_heif import from_pillow

Colour = tuple[int, int, int]
RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 40), (30, 30, 200), (220, 210, 40)
WHITE = (255, 255, 255)
FOUR = (RED, GREEN, BLUE, YELLOW)
"""Upper left, upper right, lower left, lower right."""
PLACE = b"52.5200"
"""As texts in a file say where it was made: no file that is sent may hold it."""
WIDTH, HEIGHT = 720, 960


def quarters(
    width: int = WIDTH, height: int = HEIGHT, colours: tuple[Colour, ...] = FOUR
) -> Image.Image:
    """Four colours, as upright people see them."""
    image = Image.new("RGB", (width, height))
    for at, colour in enumerate(colours):
        left, top = at % 2 * width // 2, at // 2 * height // 2
        image.paste(colour, (left, top, left + width // 2 + 1, top + height // 2 + 1))
    return image


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def jpeg(image: Image.Image | None = None, **options: Any) -> bytes:
    return saved(image or quarters(), "JPEG", quality=95, subsampling="4:4:4", **options)


def with_place(orientation: int = 1) -> Image.Exif:
    """EXIF as a phone writes it: how the phone was held, and where."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Made phone"
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.ImageDescription] = PLACE.decode()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 31.0, 12.0)
    return exif


def held_sideways(**options: Any) -> bytes:
    """The pixels lie on their side; EXIF asks for a quarter turn."""
    lying = quarters().transpose(Image.Transpose.ROTATE_90)
    return jpeg(lying, exif=with_place(6), **options)


def two_pictures() -> bytes:
    """An MPO: the picture, and a smaller one behind it, as phones keep a preview."""
    return saved(quarters(), "MPO", save_all=True, append_images=[quarters(90, 120)], quality=95)


def with_gain_map() -> bytes:
    """As Ultra HDR: XMP that names a gain map, and the map as a second JPEG."""
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
        b'syntax-ns#"><rdf:Description xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" '
        b'hdrgm:Version="1.0"/></rdf:RDF></x:xmpmeta>'
    )
    data = jpeg(xmp=xmp)
    gain = saved(Image.new("L", (90, 120), 128), "JPEG", xmp=xmp)
    return data + gain


def with_motion(film: bytes) -> bytes:
    """As Android's motion photo: XMP that says so, and a short MP4 behind the picture."""
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
        b'syntax-ns#"><rdf:Description xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" '
        b'GCamera:MotionPhoto="1" GCamera:MicroVideoOffset="%d"/></rdf:RDF></x:xmpmeta>'
    ) % len(film)
    return jpeg(xmp=xmp, exif=with_place()) + film


def without_last_lines() -> bytes:
    """A download that stopped: the last bytes are missing."""
    return jpeg()[:-400]


def png_of_16_bits() -> bytes:
    """Pillow writes no 16-bit colours: the PNG is put together here."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(
        b"\0"
        + b"".join(
            struct.pack(">3H", *(v * 257 for v in FOUR[row // (HEIGHT // 2) * 2 + side]))
            * (WIDTH // 2)
            for side in (0, 1)
        )
        for row in range(HEIGHT)
    )
    head = struct.pack(">2I5B", WIDTH, HEIGHT, 16, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows, 1))
        + chunk(b"IEND", b"")
    )


def palette_with_holes() -> bytes:
    """A palette of four colours, the first of which (upper left) is see-through."""
    image = quarters().quantize(4)
    return saved(image, "PNG", transparency=image.getpixel((0, 0)))


def half_transparent() -> bytes:
    """The lower right quarter is half see-through."""
    image = quarters().convert("RGBA")
    image.paste((*YELLOW, 128), (WIDTH // 2, HEIGHT // 2, WIDTH, HEIGHT))
    return saved(image, "PNG")


def animated(form: str) -> bytes:
    """Two pictures, a fifth of a second each; the second stands on its head."""
    second = quarters().transpose(Image.Transpose.ROTATE_180)
    return saved(quarters(), form, save_all=True, append_images=[second] * 4, duration=200, loop=0)


def heic(*, sideways: bool = False) -> bytes:
    """As iPhones write; `sideways`: the pixels lie, and the file asks for a quarter turn."""
    image, options = quarters(), {}
    if sideways:
        image = image.transpose(Image.Transpose.ROTATE_90)
        options = {"exif": with_place(6).tobytes()}
    out = BytesIO()
    from_pillow(image).save(out, quality=-1, **options)  # without loss
    return out.getvalue()


def avif() -> bytes:
    return saved(quarters(), "AVIF", quality=100, subsampling="4:4:4")


def wide_colours() -> bytes:
    """Display P3, as phones photograph: red, green, blue and yellow have numbers of their own."""
    return jpeg(quarters(colours=tuple(map(_to_display_p3, FOUR))), icc_profile=display_p3())


def _to_display_p3(colour: Colour) -> Colour:
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in _parts(colour)]
    turned = [sum(a * b for a, b in zip(row, linear, strict=True)) for row in _SRGB_TO_P3]
    red, green, blue = (round(255 * max(0.0, v) ** (1 / 2.2)) for v in turned)
    return red, green, blue


def _parts(colour: Colour) -> tuple[float, ...]:
    return tuple(value / 255 for value in colour)


_SRGB_TO_P3 = ((0.8225, 0.1774, 0.0), (0.0332, 0.9669, 0.0), (0.0171, 0.0724, 0.9108))


def display_p3() -> bytes:
    """A profile with the primaries of Display P3 and a gamma of 2.2 (ICC.1:2001-04, section 6)."""

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in values))

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    text = b"Made P3\0"
    words = b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(78)
    words += bytes(-len(words) % 4)
    tags: list[tuple[bytes, bytes]] = [
        (b"desc", words),
        (b"cprt", b"text\0\0\0\0none\0\0\0\0"),
        (b"wtpt", xyz(0.9642, 1.0, 0.8249)),
        (b"rXYZ", xyz(0.5151, 0.2412, -0.0011)),
        (b"gXYZ", xyz(0.2919, 0.6922, 0.0419)),
        (b"bXYZ", xyz(0.1572, 0.0666, 0.7841)),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    ]
    table, body, at = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, data in tags:
        table += name + struct.pack(">2I", at + len(body), len(data))
        body += data
    head = struct.pack(">I4sI", at + len(body), b"none", 0x02100000)
    head += b"mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28)
    head += struct.pack(">3i", *(round(v * 65536) for v in (0.9642, 1.0, 0.8249)))
    return head + bytes(128 - len(head)) + table + body


def polyglot() -> bytes:
    """A JPEG and a ZIP at once."""
    return jpeg() + b"PK\x03\x04" + bytes(26) + PLACE


def many_frames(form: str, frames: int) -> bytes:
    """An animation of so many tiny pictures, of two colours by turns."""
    pair = [Image.new("RGB", (8, 8), colour) for colour in (RED, BLUE)]
    return saved(
        pair[0],
        form,
        save_all=True,
        append_images=[pair[n % 2] for n in range(1, frames)],
        duration=20,
    )
