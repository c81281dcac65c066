"""H.264 and AAC are put into an MP4 that plays at once, without a bit of them changed."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import av
import pytest

from crossover.media.containers.mp4_index import read_mp4_index
from crossover.media.decoder.errors import CannotFitError, NotWrittenError
from crossover.media.decoder.videos.orientation import orientation_of
from crossover.media.decoder.videos.remux import remux_video
from tests.media.flash_films import RATE, flash_film, show, tracks_of

MAX_PIXELS = 50_000_000
PLACE = {"location": "+48.2085+016.3721/"}
FRAGMENTS = {"movflags": "frag_keyframe+empty_moov+delay_moov"}


def remuxed(source: Path) -> Path:
    target = source.parent / "ready" / "made.mp4"
    made = remux_video(source, target, MAX_PIXELS, print)
    assert made["bytes"] == target.stat().st_size
    assert [path.name for path in target.parent.iterdir()] == ["made.mp4"]
    return target


@pytest.mark.parametrize(
    ("name", "wrapped"),
    [
        ("film.mov", {}),
        ("film.mkv", {}),
        ("film.flv", {}),
        ("film.mp4", FRAGMENTS),
        ("film.mp4", {}),
    ],
    ids=["mov", "mkv", "flv", "fragments", "index last"],
)
@pytest.mark.parametrize("reorder", ["0", "3"])
def test_film_and_sound_stay_bit_for_bit_and_in_step(
    tmp_path: Path, name: str, wrapped: dict[str, str], reorder: str
) -> None:
    source = flash_film(tmp_path / name, wrapped=wrapped, film={"bf": reorder}, metadata=PLACE)
    made = remuxed(source)
    for before, after in zip(tracks_of(source), tracks_of(made), strict=True):
        assert (before.codec, before.packets) == (after.codec, after.packets)
    old, new = show(source), show(made)
    assert len(new.times) == len(old.times) == 36
    (shift,) = {round(one - other, 2) for one, other in zip(old.times, new.times, strict=True)}
    assert 0 <= shift < 0.1
    assert new.flash - new.tone == pytest.approx(old.flash - old.tone, abs=0.002)
    assert abs(new.flash - new.tone) < 0.034
    assert new.times[-1] - new.times[0] == pytest.approx(35 / 30, abs=0.002)


def test_the_index_comes_first_and_nothing_is_told_of_where_and_when(tmp_path: Path) -> None:
    source = flash_film(
        tmp_path / "film.mov", metadata=PLACE | {"creation_time": "2020-01-01T00:00:00Z"}
    )
    made = remuxed(source)
    with made.open("rb") as file:
        index = read_mp4_index(file, made.stat().st_size)
    assert index.first
    assert not index.fragmented
    data = made.read_bytes()
    assert b"+48.2085" in source.read_bytes()
    for told in (b"+48.2085", b"Lavf"):
        assert told not in data
    with av.open(str(made)) as container:
        assert "creation_time" not in container.metadata


def test_the_sound_has_no_holes_where_its_times_were_rounded(tmp_path: Path) -> None:
    made = remuxed(flash_film(tmp_path / "film.mkv"))
    times = tracks_of(made)[1].times
    steps = {round((b - a) * RATE) for a, b in pairwise(times)}
    assert steps == {1024}


def test_a_turned_film_stays_turned(tmp_path: Path) -> None:
    made = remuxed(flash_film(tmp_path / "film.mov", turned=90))
    with av.open(str(made)) as container:
        frame = next(container.decode(video=0))
        assert orientation_of(frame) == 8


def test_of_several_tracks_those_go_that_a_player_shows(tmp_path: Path) -> None:
    one = flash_film(tmp_path / "one.mp4")
    source = tmp_path / "film.mkv"
    with av.open(str(one)) as given, av.open(str(source), "w") as out:
        film, sound = given.streams
        copies = {
            film.index: [out.add_stream_from_template(film)],
            sound.index: [out.add_stream_from_template(sound) for _ in range(2)],
        }
        for packet in given.demux():
            for copy in copies[packet.stream_index] if packet.size else ():
                again = av.Packet(bytes(packet))
                again.pts, again.dts, again.time_base = packet.pts, packet.dts, packet.time_base
                again.is_keyframe = packet.is_keyframe
                again.stream = copy
                out.mux(again)
    assert [track.codec for track in tracks_of(source)] == ["h264", "aac", "aac"]
    assert [track.codec for track in tracks_of(remuxed(source))] == ["h264", "aac"]


def test_a_silent_film_stays_silent(tmp_path: Path) -> None:
    assert len(tracks_of(remuxed(flash_film(tmp_path / "film.mkv", sound=None)))) == 1


def test_what_an_mp4_cannot_have_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    source = flash_film(tmp_path / "film.ts")
    with pytest.raises(CannotFitError):
        remux_video(source, tmp_path / "ready" / "made.mp4", MAX_PIXELS, print)
    assert not list((tmp_path / "ready").iterdir())


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that is closed")
def test_a_folder_that_is_closed_is_told_of_as_such(tmp_path: Path) -> None:
    source = flash_film(tmp_path / "film.mov")
    (tmp_path / "ready").mkdir(mode=0o500)
    with pytest.raises(NotWrittenError):
        remux_video(source, tmp_path / "ready" / "made.mp4", MAX_PIXELS, print)
