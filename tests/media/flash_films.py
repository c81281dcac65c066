"""Films that flash white when a tone begins, coded and wrapped in many ways, and what is in them as
PyAV reads it: for what is remade of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import pi, sin
from pathlib import Path
from typing import Any

import av
from PIL import Image

RATE = 48000
FLASH = 0.6
"""Second at which the picture turns white and the tone begins."""


def flash_film(
    path: Path,
    *,
    codec: str = "libx264",
    pixels: str = "yuv420p",
    size: tuple[int, int] = (64, 96),
    rate: int = 30,
    seconds: float = 1.2,
    sound: str | None = "aac",
    layout: str = "stereo",
    late: float = 0.0,
    colour: tuple[int, int, int] = (40, 90, 160),
    film: dict[str, str] | None = None,
    tags: dict[str, Any] | None = None,
    wrapped: dict[str, str] | None = None,
    metadata: dict[str, str] | None = None,
    turned: int = 0,
    noise: bool = False,
) -> Path:
    """Write such a film. `late`: seconds by which the sound starts after the picture. `film` are
    options of its encoder and `tags` its attributes, `wrapped` options of the container, whose kind
    is told by the name of `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w", options=wrapped or {}) as out:
        out.metadata.update(metadata or {})
        shown = out.add_stream(codec, rate=rate, options=film or {})
        assert isinstance(shown, av.VideoStream)
        shown.width, shown.height, shown.pix_fmt = *size, pixels
        for name, value in (tags or {}).items():
            setattr(shown.codec_context, name, value)
        if turned:
            shown.set_display_rotation(turned)
        heard = out.add_stream(sound, rate=RATE) if sound else None
        assert heard is None or isinstance(heard, av.AudioStream)
        if heard is not None:
            heard.layout, heard.bit_rate = layout, 128_000
        out.start_encoding()
        plain, white = Image.new("RGB", size, colour), Image.new("RGB", size, "white")
        if noise:
            plain = Image.effect_noise(size, 80).convert("RGB")
        frames = _tone(layout, round(late * RATE), round(seconds * RATE))
        for number in range(round(seconds * rate)):
            image = plain if number / rate < FLASH else white
            frame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
            out.mux(shown.encode(frame))
        out.mux(shown.encode())
        if heard is not None:
            for tone in frames:
                out.mux(heard.encode(tone))
            out.mux(heard.encode())
    return path


def _tone(layout: str, first: int, end: int) -> Iterator[av.AudioFrame]:
    for start in range(first, end, 1024):
        frame = av.AudioFrame(format="fltp", layout=layout, samples=1024)
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        loud = (0.5 if n / RATE >= FLASH else 0.0 for n in range(start, start + 1024))
        wave = array("f", (v * sin(2 * pi * 880 * n / RATE) for n, v in enumerate(loud, start)))
        for plane in frame.planes:
            plane.update(wave.tobytes())
        yield frame


@dataclass(frozen=True)
class Track:
    """The packets of a track: their bytes, and the seconds at which they are shown."""

    codec: str
    packets: tuple[bytes, ...]
    times: tuple[float, ...]


def tracks_of(path: Path) -> tuple[Track, ...]:
    """All tracks of a file, in their order."""
    with av.open(str(path)) as container:
        found: list[list[tuple[bytes, float]]] = [[] for _ in container.streams]
        for packet in container.demux():
            if packet.size and packet.pts is not None:
                seconds = float(packet.pts * (packet.time_base or 0))
                found[packet.stream_index].append((bytes(packet), seconds))
        return tuple(
            Track(stream.codec_context.name, tuple(d for d, _ in some), tuple(t for _, t in some))
            for stream, some in zip(container.streams, found, strict=True)
        )


@dataclass(frozen=True)
class Shown:
    """A film decoded: seconds of each picture, colour of its middle, and the sound, one channel at
    `RATE`, from second 0 on."""

    times: tuple[float, ...]
    colours: tuple[tuple[int, int, int], ...]
    size: tuple[int, int]
    samples: array[int]

    @property
    def flash(self) -> float:
        """Second of the first white picture."""
        white = (at for at, c in zip(self.times, self.colours, strict=True) if min(c) > 200)
        return next(white)

    @property
    def tone(self) -> float:
        """Second at which the tone begins."""
        loudest = max(map(abs, self.samples))
        return next(n for n, v in enumerate(self.samples) if abs(v) > loudest / 3) / RATE


def show(path: Path) -> Shown:
    """Decode a film."""
    times, colours, size = [], [], (0, 0)
    samples = array("h")
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(str(path)) as container:
        for frame in container.decode(*container.streams.video[:1], *container.streams.audio[:1]):
            if isinstance(frame, av.VideoFrame):
                image: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
                pixel = image.getpixel((frame.width // 2, frame.height // 2))
                assert isinstance(pixel, tuple)
                times.append(float(frame.time))
                colours.append((pixel[0], pixel[1], pixel[2]))
                size = image.size
            elif isinstance(frame, av.AudioFrame):
                if not samples and frame.time:
                    samples.extend([0] * round(frame.time * RATE))
                for part in resampler.resample(frame):
                    samples.frombytes(bytes(part.planes[0])[: part.samples * 2])
    return Shown(tuple(times), tuple(colours), size, samples)
