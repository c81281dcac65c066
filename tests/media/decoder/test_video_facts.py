"""What is told of a video without decoding it, whatever wrapped it and however odd it is."""

from __future__ import annotations

import struct
from pathlib import Path

import av
import pytest

from crossover.media.containers.video_coding import Hdr, Misfit, VideoCoding, find_misfits
from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.videos.gaps import find_gap
from crossover.media.decoder.videos.opening import open_film
from crossover.media.fit.fitted import FittedVideo, Gap, Unfit
from tests.media import made_films as films
from tests.media.fitting import corners, fit_one, reason
from tests.media.made_films import AAC, FASTSTART, H264, film, sdr

_FILM = (*sdr(), *H264, *AAC)
_SMALL: tuple[int, int] = (108, 192)


def coding_of(path: Path) -> VideoCoding:
    with open_film(path, 50_000_000) as (_, _, coding):
        return coding


def misfits_of(path: Path) -> tuple[Misfit, ...]:
    return find_misfits(coding_of(path), size=path.stat().st_size, max_bytes=10**9)


def made(root: Path, name: str, *coding: str, size: tuple[int, int] = _SMALL) -> Path:
    path = root / name
    film(path, *coding, size=size)
    return path


def test_a_film_that_every_phone_shows(tmp_path: Path) -> None:
    path = made(tmp_path, "a.mp4", *_FILM, *FASTSTART)
    assert misfits_of(path) == ()
    coding = coding_of(path)
    assert (coding.container, coding.codec, coding.bit_depth, coding.chroma) == (
        "mp4",
        "h264",
        8,
        "4:2:0",
    )
    assert (coding.width, coding.height, coding.fps, coding.variable) == (*_SMALL, 30.0, False)
    assert (coding.sound, coding.sound_profile, coding.channels) == ("aac", "LC", 1)
    assert (coding.sample_rate, coding.films, coding.sounds) == (48000, 1, 1)
    assert coding.hidden_seconds == 0


@pytest.mark.parametrize(
    ("ending", "coding", "container", "codec", "sound"),
    [
        ("webm", ("-c:v", "libvpx", "-c:a", "libopus"), "webm", "vp8", "opus"),
        ("mkv", (*H264, "-pix_fmt", "yuv420p", *AAC), "mkv", "h264", "aac"),
        ("avi", ("-c:v", "mpeg4", "-c:a", "mp2"), "avi", "mpeg4", "mp2"),
        ("flv", ("-c:v", "flv", "-ar", "44100"), "flv", "flv1", "mp3"),
        ("ts", (*H264, "-pix_fmt", "yuv420p", *AAC), "ts", "h264", "aac"),
        ("mpg", ("-c:v", "mpeg2video", "-c:a", "mp2"), "mpeg", "mpeg2video", "mp2"),
        ("wmv", ("-c:v", "wmv2", "-c:a", "wmav2"), "wmv", "wmv2", "wmav2"),
        ("3gp", (*H264, "-pix_fmt", "yuv420p", *AAC), "3gp", "h264", "aac"),
        ("mov", (*H264, "-pix_fmt", "yuv420p", *AAC), "mov", "h264", "aac"),
    ],
)
def test_a_video_is_known_by_its_content_and_read(
    tmp_path: Path, ending: str, coding: tuple[str, ...], container: str, codec: str, sound: str
) -> None:
    path = made(tmp_path, f"a.{ending}", *coding)
    named = path.rename(tmp_path / "b.mp4")
    found = coding_of(named)
    assert (found.container, found.codec, found.sound) == (container, codec, sound)
    assert (found.width, found.height) == _SMALL
    assert found.fps == pytest.approx(30, abs=0.5)
    assert {Misfit.CONTAINER, Misfit.STREAM} & set(misfits_of(named))


def test_a_quicktime_file_without_a_mark_of_its_own_is_one(tmp_path: Path) -> None:
    path = made(tmp_path, "a.mov", *_FILM)
    data = path.read_bytes()
    length = int.from_bytes(data[:4])
    path.write_bytes(struct.pack(">I4s", length, b"free") + data[8:])
    assert coding_of(path).container == "mov"


@pytest.mark.parametrize(
    ("coding", "found"),
    [
        (films.hdr("arib-std-b67"), (Misfit.CODEC, Misfit.BIT_DEPTH, Misfit.HDR)),
        ((*H264, "-pix_fmt", "yuv444p", *AAC), (Misfit.CHROMA,)),
        ((*H264, "-pix_fmt", "yuv420p10le", *AAC), (Misfit.BIT_DEPTH,)),
        ((*H264, "-pix_fmt", "yuv420p", "-c:a", "libmp3lame"), (Misfit.AUDIO_CODEC,)),
        ((*_FILM, "-metadata", "location=+52.52+013.40/"), (Misfit.LOCATION,)),
        ((*_FILM, "-movflags", "frag_keyframe+empty_moov"), (Misfit.FRAGMENTED,)),
        ((*_FILM, "-movflags", "0"), (Misfit.INDEX_LAST,)),
    ],
)
def test_what_speaks_against_a_film_is_told(
    tmp_path: Path, coding: tuple[str, ...], found: tuple[Misfit, ...]
) -> None:
    path = made(tmp_path, "a.mp4", *FASTSTART, *coding)
    assert misfits_of(path) == found


@pytest.mark.parametrize(("transfer", "hdr"), [("smpte2084", Hdr.PQ), ("arib-std-b67", Hdr.HLG)])
def test_hdr_is_told_by_its_transfer(tmp_path: Path, transfer: str, hdr: Hdr) -> None:
    path = made(tmp_path, "a.mp4", *films.hdr(transfer))
    found = coding_of(path)
    assert (found.hdr, found.bit_depth, found.profile) == (hdr, 10, "Main 10")


def test_an_odd_size_and_120_pictures_a_second(tmp_path: Path) -> None:
    path = tmp_path / "a.mov"
    film(path, *H264, "-pix_fmt", "yuv444p", size=(109, 193), rate=120)
    found = misfits_of(path)
    assert {Misfit.ODD_SIZE, Misfit.FRAME_RATE} <= set(found)


def test_of_two_films_the_default_one_is_told_of(tmp_path: Path) -> None:
    one, two, path = tmp_path / "one.mp4", tmp_path / "two.mp4", tmp_path / "media" / "a.mp4"
    path.parent.mkdir()
    film(one, *_FILM, size=(192, 108))
    film(two, *_FILM, size=_SMALL)
    tracks = ["-map", "0:v", "-map", "1:v", "-map", "1:a", "-c", "copy", *FASTSTART]
    marks = ["-disposition:v:0", "0", "-disposition:v:1", "default"]
    films.ffmpeg("-i", str(one), "-i", str(two), *tracks, *marks, str(path))
    found = coding_of(path)
    assert (found.width, found.height, found.film, found.films) == (*_SMALL, 1, 2)
    assert misfits_of(path) == (Misfit.MORE_TRACKS,)


@pytest.mark.parametrize("first", [True, False])
def test_a_picture_attached_as_a_cover_is_no_film(tmp_path: Path, *, first: bool) -> None:
    plain, picture, path = tmp_path / "p.mp4", tmp_path / "c.png", tmp_path / "a.mp4"
    film(plain, *_FILM, size=_SMALL)
    films.ffmpeg("-f", "lavfi", "-i", "color=red:s=400x300", "-frames:v", "1", str(picture))
    order = ["-map", "1", "-map", "0"] if first else ["-map", "0", "-map", "1"]
    mark = ["-disposition:v:0" if first else "-disposition:v:1", "attached_pic"]
    command = ["-i", str(plain), "-i", str(picture), *order, "-c", "copy", *mark, *FASTSTART]
    films.ffmpeg(*command, str(path))
    found = coding_of(path)
    assert (found.width, found.height, found.films) == (*_SMALL, 1)
    assert misfits_of(path) == ()


def test_pictures_that_come_when_they_come_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    chosen = sdr(then=",select='not(mod(n\\,3))+lt(n\\,10)'")
    film(path, *chosen, "-vsync", "vfr", *H264, *AAC, *FASTSTART, size=_SMALL)
    found = coding_of(path)
    assert found.variable
    assert found.peak_fps == pytest.approx(30, abs=0.5)
    assert found.fps is not None
    assert found.fps < 20
    assert misfits_of(path) == ()


def test_what_an_edit_list_cuts_off_is_told(tmp_path: Path) -> None:
    whole, path = tmp_path / "w.mp4", tmp_path / "a.mp4"
    film(whole, *_FILM, "-g", "100", size=_SMALL, seconds=3)
    films.ffmpeg("-ss", "2", "-i", str(whole), "-c", "copy", *FASTSTART, str(path))
    assert coding_of(path).hidden_seconds == pytest.approx(2, abs=0.2)
    assert coding_of(whole).hidden_seconds == 0


def test_a_mirrored_film_is_told_from_a_turned_one(tmp_path: Path) -> None:
    path = made(tmp_path, "a.mp4", *_FILM, *FASTSTART)
    for name, matrix in films.matrices(*_SMALL).items():
        films.lay_matrix(path, matrix)
        mirrored = "mirrored" in name or "transposed" in name
        assert misfits_of(path) == ((Misfit.MIRRORED,) if mirrored else ()), name


def test_a_place_in_a_box_of_its_own_is_found(tmp_path: Path) -> None:
    path = made(tmp_path, "a.mp4", *_FILM, *FASTSTART)
    films.add_box_with_place(path)
    assert misfits_of(path) == (Misfit.LOCATION,)


def test_timecodes_chapters_and_subtitles_are_no_obstacle(tmp_path: Path) -> None:
    plain, words, marks = tmp_path / "p.mp4", tmp_path / "s.srt", tmp_path / "c.txt"
    film(plain, *_FILM, size=_SMALL)
    words.write_text("1\n00:00:00,100 --> 00:00:00,900\nhello\n")
    marks.write_text(";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle=one\n")
    path = tmp_path / "a.mp4"
    inputs = ["-i", str(plain), "-i", str(words), "-i", str(marks), "-map", "0", "-map", "1"]
    copied = ["-map_metadata", "2", "-c", "copy", "-c:s", "mov_text", "-timecode", "00:00:00:00"]
    films.ffmpeg(*inputs, *copied, *FASTSTART, str(path))
    found = coding_of(path)
    assert (found.codec, found.films, found.sounds) == ("h264", 1, 1)
    assert misfits_of(path) == ()


def test_sound_alone_is_named_as_that_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "media" / "a.mp4"
    path.parent.mkdir()
    films.ffmpeg("-f", "lavfi", "-i", "sine=d=1", *AAC, str(path))
    with pytest.raises(CannotFitError, match="sound alone") as caught:
        coding_of(path)
    assert "pictures" in caught.value.advice
    assert "vcodec:h264" in caught.value.advice
    assert "sound alone" in reason(fit_one(tmp_path, "a.mp4"))


def test_a_coding_that_nothing_plays_is_named(tmp_path: Path) -> None:
    path = made(tmp_path, "a.mp4", *_FILM, *FASTSTART)
    path.write_bytes(path.read_bytes().replace(b"avc1", b"bvc2").replace(b"avcC", b"bv2C"))
    with pytest.raises(CannotFitError, match="coded as bvc2") as caught:
        coding_of(path)
    assert "vcodec:h264" in caught.value.advice


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"ID3\x04" + bytes(100), "a sound"),
        (b"OggS" + bytes(100), "an Ogg file"),
        (b".RMF" + bytes(100), "a RealMedia video"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "a sound"),
        (b"G" + bytes(187) + b"G" + bytes(187) + b"G" + bytes(300), "an MPEG-TS video"),
        (b"\0\0\0\x14ftypqt  " + bytes(8), "no index"),
    ],
)
def test_what_cannot_be_read_is_named_as_what_it_is(tmp_path: Path, head: bytes, said: str) -> None:
    assert said in reason(fit_one(tmp_path, "a.mp4", head))


# --- what is missing in a file ------------------------------------------------------------


def emptied(path: Path, begin: float, end: float) -> Path:
    """Zeros from one share of the file to another, as a download leaves that stopped."""
    data = bytearray(path.read_bytes())
    first, last = int(len(data) * begin), int(len(data) * end)
    data[first:last] = bytes(last - first)
    path.write_bytes(data)
    return path


def gap_of(path: Path) -> Gap | None:
    with open_film(path, 50_000_000) as (_, film, coding):
        return find_gap(path, film, coding)


REALTIME = ("-deadline", "realtime", "-cpu-used", "8")
_NOISE = ("-vf", "noise=alls=60:allf=t", "-pix_fmt", "yuv420p", *AAC, "-c:v")


@pytest.mark.parametrize("ending", ["mp4", "mov"])
def test_a_third_of_zeros_within_a_film_is_found(tmp_path: Path, ending: str) -> None:
    path = made(tmp_path, f"a.{ending}", *_NOISE, "libx264", *FASTSTART)
    assert gap_of(path) is None
    gap = gap_of(emptied(path, 1 / 3, 2 / 3))
    assert gap is not None
    assert gap.share == pytest.approx(1 / 3, abs=0.15)
    assert gap.begin == pytest.approx(1 / 3, abs=0.2)


@pytest.mark.parametrize(
    ("ending", "coding"),
    [
        *(
            pytest.param(*one, marks=pytest.mark.complete)
            for one in (("mkv", "libx264"), ("webm", "libvpx"), ("ts", "libx264"))
        ),
        ("avi", "mpeg4"),
    ],
)
def test_zeros_are_found_where_no_index_tells_of_each_picture(
    tmp_path: Path, ending: str, coding: str
) -> None:
    more = ("-c:a", "libopus", *REALTIME) if ending == "webm" else ()
    path = tmp_path / f"a.{ending}"
    film(path, *_NOISE, coding, "-b:v", "8M", *more, size=(270, 480))
    assert gap_of(path) is None
    gap = gap_of(emptied(path, 0.4, 0.7))
    assert gap is not None
    assert gap.share == pytest.approx(0.3, abs=0.2)
    assert gap.begin is None


def test_one_empty_picture_and_silence_are_no_gap(tmp_path: Path) -> None:
    path = made(tmp_path, "a.mp4", *_NOISE, "libx264", *FASTSTART)
    assert gap_of(emptied(path, 0.5, 0.51)) is None
    quiet = tmp_path / "b.avi"
    long = ("-c:a", "pcm_s16le", "-ac", "2", "-af", "asetnsamples=n=48000")
    film(quiet, "-c:v", "mpeg4", *long, size=_SMALL, seconds=3)
    assert gap_of(quiet) is None


@pytest.mark.complete
def test_fragments_that_end_in_zeros_are_a_gap(tmp_path: Path) -> None:
    moved = ("-movflags", "frag_keyframe+empty_moov", "-g", "5")
    path = tmp_path / "a.mp4"
    film(path, *_NOISE, "libx264", *moved, size=(270, 480))
    gap = gap_of(emptied(path, 0.6, 1))
    assert gap is not None
    assert gap.share == pytest.approx(0.4, abs=0.2)


# --- odd streams --------------------------------------------------------------------------


def sparse(path: Path, *seconds: int) -> Path:
    """A film with a picture at each of these seconds."""
    path.parent.mkdir(exist_ok=True)
    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 64, 96, "yuv420p"
        for number in seconds:
            frame = av.VideoFrame.from_image(corners(64, 96))  # type: ignore[no-untyped-call]
            frame.pts = number * 30
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
    return path


def test_a_film_of_10_hours_is_told_of_at_once(tmp_path: Path) -> None:
    sparse(tmp_path / "media" / "a.mp4", 0, 18_000, 35_999)
    fitted = fit_one(tmp_path, "a.mp4")
    assert isinstance(fitted, FittedVideo)
    assert fitted.duration == pytest.approx(36_000, abs=1)
    assert fitted.coding.hidden_seconds == 0
    assert fitted.cover is not None


def test_a_film_of_one_picture_has_one(tmp_path: Path) -> None:
    sparse(tmp_path / "media" / "a.mp4", 0)
    fitted = fit_one(tmp_path, "a.mp4")
    assert isinstance(fitted, FittedVideo)
    assert fitted.cover is not None
    assert not fitted.coding.variable


def test_a_film_whose_index_tells_no_time_has_no_rate(tmp_path: Path) -> None:
    path = sparse(tmp_path / "media" / "a.mp4", 0, 1, 2)
    data = bytearray(path.read_bytes())
    for name, length in ((b"mdhd", 4), (b"mvhd", 4), (b"tkhd", 8)):
        at = data.index(name) + 4 + 12 + length
        data[at : at + 4] = bytes(4)
    at = data.index(b"stts") + 4
    data[at + 4 : at + 16] = struct.pack(">3I", 1, 3, 0)
    path.write_bytes(data)
    fitted = fit_one(tmp_path, "a.mp4")
    assert isinstance(fitted, FittedVideo)
    assert fitted.duration is None
    assert not fitted.coding.variable


def test_three_films_and_two_sounds_are_counted(tmp_path: Path) -> None:
    one, path = made(tmp_path, "one.mp4", *_FILM), tmp_path / "a.mp4"
    tracks = ["-map", "0:v", "-map", "0:v", "-map", "0:v", "-map", "0:a", "-map", "0:a"]
    films.ffmpeg("-i", str(one), *tracks, "-c", "copy", *FASTSTART, str(path))
    found = coding_of(path)
    assert (found.films, found.sounds) == (3, 2)
    assert misfits_of(path) == (Misfit.MORE_TRACKS,)


def test_a_rare_decoder_is_never_run_on_a_stranger_s_bytes(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    path = made(tmp_path / "media", "a.mp4", "-f", "avi", "-c:v", "ffvhuff", "-pix_fmt", "yuv420p")
    found = coding_of(path)
    assert (found.codec, found.bit_depth, found.chroma) == ("ffvhuff", None, "")
    fitted = fit_one(tmp_path, "a.mp4")
    assert isinstance(fitted, Unfit)
    assert fitted.reason == "its picture is coded as ffvhuff, which is not read here"
    assert "H.264" in fitted.advice
