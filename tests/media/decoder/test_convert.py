"""What not every phone shows becomes H.264 and AAC that looks, sounds and lasts the same."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image

from crossover.media.containers.video_coding import find_misfits
from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.videos.convert import convert
from crossover.media.decoder.videos.convert.convert import convert_video
from crossover.media.decoder.videos.opening import open_film
from tests.media.flash_films import flash_film, show, tracks_of
from tests.tier import by_tier

MAX_PIXELS, MAX_BYTES = 50_000_000, 10**9
QUIET = {"x265-params": "log-level=none", "preset": "ultrafast"}
BT709 = {"colorspace": 1, "color_primaries": 1, "color_trc": 1, "color_range": 1}


def converted(source: Path, *, max_bytes: int = MAX_BYTES) -> Path:
    """Convert a film, and hold the result against all that every phone asks for."""
    target = source.parent / "ready" / "made.mp4"
    made = convert_video(source, target, MAX_PIXELS, max_bytes, print)
    assert [path.name for path in target.parent.iterdir()] == ["made.mp4"]
    with open_film(target, MAX_PIXELS) as (_, film, coding):
        assert find_misfits(coding, size=made["bytes"], max_bytes=max_bytes) == ()
        assert film.codec_context.pix_fmt == "yuv420p"
        assert (film.width, film.height) == (made["width"], made["height"])
    assert b"Lavf" not in target.read_bytes()
    return target


def near(one: tuple[int, ...], other: tuple[int, ...], most: int) -> bool:
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))


KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "hevc": ("film.mp4", {"codec": "libx265", "film": QUIET}),
    "hevc of 10 bits": ("film.mov", {"codec": "libx265", "film": QUIET, "pixels": "yuv420p10le"}),
    "prores": (
        "film.mov",
        {"codec": "prores_ks", "pixels": "yuv422p10le", "sound": "pcm_s16le"},
    ),
    "vp9": (
        "film.webm",
        {"codec": "libvpx-vp9", "sound": "libopus", "film": {"deadline": "realtime"}},
    ),
    "4:4:4": ("film.mp4", {"pixels": "yuv444p"}),
    "mpeg-4": ("film.avi", {"codec": "mpeg4", "sound": "mp3"}),
    "h.264 in avi": ("film.avi", {"film": {"bf": "3"}, "sound": "mp3"}),
    "h.264 in a stream": ("film.ts", {"sound": "aac"}),
    "mjpeg": ("film.avi", {"codec": "mjpeg", "pixels": "yuvj422p", "sound": "pcm_s16le"}),
}
LATER: dict[str, tuple[str, dict[str, Any]]] = {
    "vp8": (
        "film.webm",
        {"codec": "libvpx", "sound": "libopus", "film": {"deadline": "realtime"}},
    ),
    "av1": ("film.mkv", {"codec": "libsvtav1", "sound": "flac", "film": {"preset": "12"}}),
    "mpeg-2": ("film.ts", {"codec": "mpeg2video", "sound": "mp2"}),
    "wmv": ("film.wmv", {"codec": "wmv2", "sound": "wmav2"}),
    "flash": ("film.flv", {"codec": "flv", "sound": "aac"}),
}


@pytest.mark.parametrize("kind", [*KINDS, *by_tier((), tuple(LATER))])
def test_a_film_looks_sounds_and_lasts_as_its_source(tmp_path: Path, kind: str) -> None:
    name, how = (KINDS | LATER)[kind]
    source = flash_film(tmp_path / name, tags=BT709, **how)
    made = converted(source)
    assert [track.codec for track in tracks_of(made)] == ["h264", "aac"]
    old, new = show(source), show(made)
    assert len(new.times) == len(old.times) == 36
    assert new.times[0] == 0
    assert new.times[-1] == pytest.approx(35 / 30, abs=0.04)
    assert new.size == old.size == (64, 96)
    assert abs(new.flash - new.tone) < 0.045, "nobody hears so little"
    assert new.flash - new.tone == pytest.approx(old.flash - old.tone, abs=0.035)
    assert new.flash == pytest.approx(0.6, abs=1 / 30)
    assert near(new.colours[3], old.colours[3], 5)


@pytest.mark.parametrize(
    ("tags", "size"),
    [
        ({"colorspace": 6, "color_range": 1}, (64, 96)),
        ({"color_range": 1}, (64, 96)),
        (BT709, (64, 96)),
        ({"colorspace": 1, "color_range": 2}, (64, 96)),
        ({"colorspace": 9, "color_range": 1}, (64, 96)),
    ],
    ids=["bt.601", "not told", "bt.709", "full range", "bt.2020"],
)
def test_colours_stay_whatever_matrix_and_range_they_are_in(
    tmp_path: Path, tags: dict[str, int], size: tuple[int, int]
) -> None:
    names = {6: "smpte170m", 1: "bt709", 9: "bt2020", None: "smpte170m"}
    matrix = names[tags.get("colorspace")]
    source = tmp_path / "film.mkv"
    graph = av.filter.Graph()
    graph.link_nodes(
        graph.add("buffer", f"video_size={size[0]}x{size[1]}:pix_fmt=rgb24:time_base=1/30"),
        graph.add(
            "scale",
            out_color_matrix=matrix,
            out_range="pc" if tags.get("color_range") == 2 else "tv",
        ),
        graph.add("format", pix_fmts="yuv444p"),
        graph.add("buffersink"),
    ).configure()
    with av.open(str(source), "w") as out:
        track = out.add_stream("libx264", rate=30, options={"crf": "1"})
        track.width, track.height, track.pix_fmt = *size, "yuv444p"
        for name, value in tags.items():
            setattr(track.codec_context, name, value)
        for number in range(3):
            frame = av.VideoFrame.from_image(Image.new("RGB", size, (200, 60, 30)))  # type: ignore[no-untyped-call]
            frame.pts = number
            graph.vpush(frame)
            out.mux(track.encode(graph.vpull()))
        out.mux(track.encode())
    made = converted(source)
    assert near(show(made).colours[1], (200, 60, 30), 4)
    with av.open(str(made)) as container:
        context = container.streams.video[0].codec_context
        told = (context.colorspace, context.color_primaries, context.color_trc)
        assert (*told, context.color_range) == (1, 1, 1, 1)


def test_a_turned_film_becomes_upright(tmp_path: Path) -> None:
    source = flash_film(tmp_path / "film.mov", codec="libx265", film=QUIET, turned=90)
    made = converted(source)
    with av.open(str(made)) as container:
        frame = next(container.decode(video=0))
        assert (frame.width, frame.height, frame.rotation) == (96, 64, 0)


def test_odd_sides_lose_a_line(tmp_path: Path) -> None:
    made = converted(flash_film(tmp_path / "film.mp4", pixels="yuv444p", size=(65, 97)))
    assert show(made).size == (64, 96)


def test_pixels_that_are_not_square_become_so(tmp_path: Path) -> None:
    source = flash_film(
        tmp_path / "film.mov", codec="libx265", film=QUIET, tags={"sample_aspect_ratio": 2}
    )
    assert show(converted(source)).size == (128, 96)


@pytest.mark.parametrize(("rate", "left"), [(120, 60), (100, 50), (60, 60)])
def test_of_too_many_pictures_a_second_every_second_one_is_kept(
    tmp_path: Path, rate: int, left: int
) -> None:
    source = flash_film(tmp_path / "film.mp4", rate=rate, seconds=1, codec="libx265", film=QUIET)
    shown = show(converted(source))
    assert len(shown.times) == left
    assert shown.times[-1] == pytest.approx(1, abs=1 / left + 0.01)
    assert shown.flash == pytest.approx(0.6, abs=1 / left)


def test_times_of_pictures_that_follow_unevenly_are_kept(tmp_path: Path) -> None:
    source = tmp_path / "film.mkv"
    times = [0, 40, 80, 300, 340, 900, 933]
    with av.open(str(source), "w") as out:
        track = out.add_stream("libx265", rate=30, options=QUIET)
        track.width, track.height, track.pix_fmt = 64, 96, "yuv420p"
        track.time_base = track.codec_context.time_base = Fraction(1, 1000)
        for at in times:
            frame = av.VideoFrame.from_image(Image.new("RGB", (64, 96), (at % 256, 0, 0)))  # type: ignore[no-untyped-call]
            frame.pts = at
            out.mux(track.encode(frame))
        out.mux(track.encode())
    old, new = show(source).times, show(converted(source)).times
    assert len(new) == len(old)
    assert all(abs(one - other) < 0.002 for one, other in zip(old, new, strict=True))


def test_a_sound_that_begins_later_stays_in_step(tmp_path: Path) -> None:
    source = flash_film(tmp_path / "film.mkv", codec="libx265", film=QUIET, sound="flac", late=0.3)
    shown = show(converted(source))
    assert shown.flash - shown.tone == pytest.approx(0, abs=0.035)


def test_aac_is_copied_and_only_a_sound_that_does_not_play_is_coded_anew(tmp_path: Path) -> None:
    hevc = flash_film(tmp_path / "hevc" / "film.mp4", codec="libx265", film=QUIET)
    assert tracks_of(converted(hevc))[1].packets == tracks_of(hevc)[1].packets
    flac = flash_film(tmp_path / "flac" / "film.mkv", sound="flac")
    made = tracks_of(converted(flac))
    assert made[0].packets == tracks_of(flac)[0].packets
    assert made[1].codec == "aac"


def test_a_film_that_is_not_the_first_track_is_whole_to_its_last_picture(tmp_path: Path) -> None:
    two = flash_film(tmp_path / "two.mkv", codec="libx265", film=QUIET, sound="flac")
    source = tmp_path / "film.mkv"
    with av.open(str(two)) as given, av.open(str(source), "w") as out:
        film, sound = given.streams
        copies = {track.index: out.add_stream_from_template(track) for track in (sound, film)}
        for packet in given.demux():
            if packet.size:
                packet.stream = copies[packet.stream_index]
                out.mux(packet)
    old, new = show(source), show(converted(source))
    assert len(new.times) == len(old.times) == 36
    assert len(new.samples) == pytest.approx(len(old.samples), abs=2048)


def test_six_channels_become_two_and_silence_stays_silent(tmp_path: Path) -> None:
    six = flash_film(tmp_path / "six" / "film.mkv", sound="flac", layout="5.1")
    with av.open(str(converted(six))) as container:
        assert container.streams.audio[0].codec_context.channels == 2
    silent = flash_film(tmp_path / "silent" / "film.mp4", codec="libx265", film=QUIET, sound=None)
    assert [track.codec for track in tracks_of(converted(silent))] == ["h264"]


def test_what_comes_out_too_large_is_scaled_and_else_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "SMALLER_SIDE", 80)
    source = flash_film(
        tmp_path / "film.mp4", codec="libx265", film=QUIET, size=(160, 240), noise=True
    )
    whole = converted(source).stat().st_size  # by some bytes another one each time
    assert show(converted(source, max_bytes=whole * 5 // 4)).size == (160, 240)
    assert show(converted(source, max_bytes=whole * 3 // 4)).size == (80, 120)
    with pytest.raises(CannotFitError, match="larger"):
        converted(source, max_bytes=1000)
    assert not list((tmp_path / "ready").glob(".*"))


def test_a_damaged_film_is_told_of_and_leaves_nothing_behind(tmp_path: Path) -> None:
    source = flash_film(tmp_path / "film.mp4", codec="libx265", film=QUIET)
    data = bytearray(source.read_bytes())
    begin = data.index(b"mdat") + 4
    data[begin : begin + len(data) // 2] = bytes(len(data) // 2)
    source.write_bytes(data)
    with pytest.raises((CannotFitError, av.FFmpegError)):
        convert_video(source, tmp_path / "ready" / "made.mp4", MAX_PIXELS, MAX_BYTES, print)
    assert not list((tmp_path / "ready").iterdir())
