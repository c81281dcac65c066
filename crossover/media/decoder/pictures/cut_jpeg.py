"""A JPEG whose end is missing: as much of it as is there. Loaded by the child process only.

Viewers show such a picture with grey below. Here it is cropped to its whole lines instead: grey looks
like a mistake to whoever sees the note, a picture that is a little lower does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageChops, ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from crossover.media.decoder.pictures.jpeg_file import END, JpegFile
from crossover.media.decoder.pictures.opening import scale_while_decoding

LEAST_PERCENT = 75
"""As much of a picture must be there for it to be asked about; less is damaged."""

_UNREACHED = (1, 254, 3, 7)
"""A colour by which lines are told that the decoder did not reach."""


@dataclass(frozen=True, slots=True)
class CutPicture:
    """The lines that are there, decoded; and what is missing, in words."""

    image: JpegImageFile
    lines: int
    missing: str


def decode_cut(data: bytes, parts: JpegFile, max_pixels: int) -> CutPicture | None:
    """Decode what is there of a JPEG that has no end; None where too much is missing.

    A progressive one has all its lines from its first scan on, and is the sharper the more scans
    there are. Raises what the decoder raises.
    """
    if parts.ended or not parts.scans:
        return None
    data = data[: parts.sound_bytes].rstrip(b"\0")  # a download that stopped may end in zeros
    if parts.scans > 1:
        whole = JpegImageFile(BytesIO(data + END))
        scale_while_decoding(whole, max_pixels)
        whole.load()
        missing = "the end of its file is missing, so it is less sharp than it was"
        return CutPicture(whole, whole.height, missing)
    image = _UnendedJpeg(BytesIO(data))
    scale_while_decoding(image, max_pixels)
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        image.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    lines = _count_reached(image)
    if lines * 100 < image.height * LEAST_PERCENT:
        return None
    lost = image.height - lines
    missing = f"the last {lost} of its {image.height} lines are missing" if lost else ""
    return CutPicture(image, lines, missing)


class _UnendedJpeg(JpegImageFile):
    """Without the end that Pillow would write behind the last line, and which fills what is
    missing with grey."""

    def load_read(self, read_bytes: int) -> bytes:
        assert self.fp is not None  # noqa: S101  it is open until all is read
        return self.fp.read(read_bytes)

    def load_prepare(self) -> None:
        super().load_prepare()
        self.im.paste(_unreached(self), (0, 0, *self.size))


def _unreached(image: Image.Image) -> int | tuple[int, ...]:
    bands = len(image.getbands())
    return _UNREACHED[:bands] if bands > 1 else _UNREACHED[0]


def _count_reached(image: Image.Image) -> int:
    blank = Image.new(image.mode, image.size, _unreached(image))
    box = ImageChops.difference(image, blank).getbbox(alpha_only=False)
    return box[3] if box else 0
