"""What is laid side by side closely: an honest copy is the same, whatever else was done is seen."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from crossover.media.decoder import frame_compare
from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.frame_compare import compare_pictures, compare_videos
from crossover.media.fit.fitted import Unfit
from crossover.media.likeness.closeness import Closeness, SoundDifference, differences
from crossover.media.likeness.evidence import Decision, Pairing, Reference
from crossover.media.likeness.fingerprint import Fingerprint
from crossover.media.likeness.fingerprint_cache import FingerprintCache
from crossover.media.likeness.verification import verify
from crossover.model.posts import MediaKind
from tests.media.likeness.made_videos import (
    Frames,
    blurred_at,
    cropped,
    encode,
    film,
    grey,
    labelled,
    larger,
    talking,
    warm,
)
from tests.tier import by_tier

SIZE, SMALL = (288, 480), (216, 360)
FILMS: Sequence[int] = by_tier((1, 3), tuple(range(60)))
PIXELS = 10**8


def seconds(frames: Frames) -> float:
    return len(frames) / 10


def at(first: int, end: int, change: Callable[[Frames], Frames]) -> Callable[[Frames], Frames]:
    """The change in some frames only."""
    return lambda frames: [*frames[:first], *change(frames[first:end]), *frames[end:]]


def hook(frames: Frames) -> Frames:
    return labelled(frames, "MY BIG HOOK", (0.1, 0.4), 1 / 18)


WRITTEN = "something is written, covered or blurred"
ESCAPED = {"small subtitle": 2}
"""How many of the 60 of each kind may be taken for the same: told in docs/likeness.md."""

SEEN: dict[str, tuple[Callable[[Frames], Frames], str]] = {
    "hook text in the first third of a second": (at(0, 4, hook), WRITTEN),
    "text near the end": (at(-4, -1, hook), WRITTEN + " in a part of the picture from 0:0"),
    "small subtitle": (lambda f: labelled(f, "words that I say", (0.1, 0.8), 1 / 32), WRITTEN),
    "a name in the corner": (lambda f: labelled(f, "@mara", (0.75, 0.92), 1 / 36), WRITTEN),
    "a blurred patch": (lambda f: blurred_at(f, (0.3, 0.3, 0.6, 0.5)), WRITTEN),
    "cropped by a fiftieth": (lambda f: cropped(f, 0.02), "cropped or moved"),
    "black for a moment": (
        at(-8, -4, lambda f: [Image.new("RGB", SIZE) for _ in f]),
        "looks different from 0:0",
    ),
    "black and white": (grey, "other colours"),
    "warmer": (warm, "other colours"),
    "half a second short": (lambda f: f[:-5], "go on for 0."),
}


@dataclass(frozen=True)
class Made:
    """The frames and the sound of a video, and the post made of it."""

    frames: Frames
    voice: array[int]
    post: Path


def make(number: int, folder: Path) -> Made:
    frames = larger(film(number), SIZE)
    voice = talking(number, seconds(frames))
    post = encode(folder / f"{number}.mp4", frames, size=SMALL, crf=32, rate=20, sound=voice)
    return Made(frames, voice, post)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(1, tmp_path_factory.mktemp("post"))


def told(path: Path, post: Path) -> list[str]:
    return differences(compare_videos(path, post, PIXELS))


def test_copies_of_another_size_and_rate_are_the_same(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    same = 0
    for number in FILMS:
        one = make(number, tmp_path)
        path = encode(tmp_path / "a.mov", one.frames, size=SIZE, crf=18, sound=one.voice)
        same += not told(path, one.post)
    figure(f"{same} of {len(FILMS)} copies are the same, closely compared")
    assert same >= 0.9 * len(FILMS)


@pytest.mark.parametrize("kind", SEEN)
def test_what_differs_anywhere_is_seen(tmp_path: Path, made: Made, kind: str) -> None:
    change, said = SEEN[kind]
    path = encode(tmp_path / "a.mov", change(made.frames), size=SIZE, crf=18, sound=made.voice)
    assert any(said in one for one in told(path, made.post)), told(path, made.post)


@pytest.mark.complete
@pytest.mark.timeout(1200)
def test_what_differs_anywhere_is_seen_in_every_film(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    missed = dict.fromkeys(SEEN, 0)
    for number in FILMS:
        one = make(number, tmp_path)
        for kind, (change, _) in SEEN.items():
            path = encode(tmp_path / "a.mov", change(one.frames), size=SIZE, sound=one.voice)
            missed[kind] += not told(path, one.post)
    figure(f"of {len(FILMS)} each, taken for the same: {missed}")
    assert {kind: count for kind, count in missed.items() if count > ESCAPED.get(kind, 0)} == {}


def test_another_sound_is_heard(tmp_path: Path, made: Made) -> None:
    frames, voice, post = made.frames, made.voice, made.post
    small = larger(frames, (96, 160))
    other = talking(99, seconds(frames))
    mixed = array("h", ((a + b) // 2 for a, b in zip(voice, other, strict=True)))
    for sound in (other, mixed):
        path = encode(tmp_path / "a.mov", small, size=(96, 160), sound=sound)
        assert "the sound is another one" in told(path, post)
    path = encode(tmp_path / "a.mov", small, size=(96, 160))
    assert "the post has sound, the file has none" in told(path, post)
    assert "the file has sound, the post has none" in told(post, path)
    # A sound in which nothing is to be heard is none.
    hushed = encode(tmp_path / "b.mov", small, size=(96, 160), sound=array("h", bytes(32000)))
    assert told(hushed, path) == []


def test_a_comparison_that_takes_too_long_is_given_up(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame_compare, "LONGEST_LIMIT", -1.0)
    with pytest.raises(CannotFitError, match="too long or too large"):
        compare_videos(made.post, made.post, PIXELS)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: f, None),
        (lambda f: labelled(f, "@mara", (0.7, 0.9), 1 / 36), WRITTEN),
        (lambda f: blurred_at(f, (0.3, 0.3, 0.5, 0.45)), WRITTEN),
        (lambda f: cropped(f, 0.02), "cropped or moved"),
        (grey, "other colours"),
    ],
)
def test_pictures_are_held_to_the_same(
    tmp_path: Path, change: Callable[[Frames], Frames], said: str | None
) -> None:
    frames = larger(film(1)[:1], (720, 1200))
    frames[0].resize((480, 800)).save(tmp_path / "post.jpg", quality=60)
    change(frames)[0].save(tmp_path / "mine.jpg", quality=95)
    found = differences(compare_pictures(tmp_path / "mine.jpg", tmp_path / "post.jpg", PIXELS))
    assert (said is None and not found) or (said is not None and said in found[0])


SAME = Closeness(9, None, 0.0, None, None, 0.0, heard=SoundDifference(mine=True, theirs=True))
POSTED = datetime(2025, 5, 1, 12, 0, tzinfo=UTC)


def test_only_what_is_the_same_stays_sure(tmp_path: Path) -> None:
    look = Fingerprint(720, 1280, 10.0, None, ())
    posts = [
        Reference(f"post {n}", n, POSTED, video=look, files=(Path(f"{n}.mp4"),))
        for n in range(1, 5)
    ]
    posts.append(Reference("post 5", 5, POSTED, video=look))
    sure = tuple(
        Pairing(one.post, one.number, (Path(f"{one.number}.mov"),), "10.0 s both") for one in posts
    )
    answers: dict[Path, Closeness | Unfit] = {
        Path("1.mp4"): SAME,
        Path("2.mp4"): Closeness(
            9, 49.2, 0.8, None, None, 0.0, heard=SoundDifference(mine=False, theirs=True)
        ),
        Path("3.mp4"): Unfit("the video is damaged"),
        Path("4.mp4"): Closeness(9, None, 0.0, 61.0, None, 0.0, heard=SAME.heard),
    }
    found = verify(Decision(sure=sure), posts, lambda path, post, kind: answers[post])
    assert [one.number for one in found.sure] == [1]
    assert [one.why.removeprefix("10.0 s both; ") for one in found.doubts] == [
        "looks different from 0:49 on; the post has sound, the file has none",
        "could not be compared closely: the video is damaged",
        "brighter or darker in one of them from 1:01 on",
        "the post's own files could not be compared closely",
    ]


def test_what_was_found_out_is_kept_failures_of_the_file_too(
    tmp_path: Path, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = tmp_path / "damaged.mov"
    damaged.write_bytes(made.post.read_bytes()[:2000])
    with FingerprintCache(tmp_path / "looks.json") as looks:
        assert not looks.has(damaged, MediaKind.VIDEO)
        reason = looks.of(damaged, MediaKind.VIDEO)
        close = looks.compare(made.post, made.post, MediaKind.VIDEO)
    assert isinstance(reason, Unfit)
    assert isinstance(close, Closeness)
    # Nothing can be decoded any more.
    monkeypatch.setattr("crossover.media.decoder.child.Child", None)
    with FingerprintCache(tmp_path / "looks.json") as looks:
        assert looks.has(damaged, MediaKind.VIDEO)
        assert looks.of(damaged, MediaKind.VIDEO) == reason
        assert looks.compare(made.post, made.post, MediaKind.VIDEO) == close


def test_several_files_are_looked_at_together_and_only_what_is_not_known_yet(
    tmp_path: Path, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = tmp_path / "damaged.mov"
    damaged.write_bytes(made.post.read_bytes()[:2000])
    files = {made.post: MediaKind.VIDEO, damaged: MediaKind.VIDEO}
    pair = made.post, made.post, MediaKind.VIDEO
    begun: list[tuple[str, int, int]] = []
    with FingerprintCache(tmp_path / "looks.json") as looks:
        looks.take(files, lambda path, place, total: begun.append((path.name, place, total)))
        looks.take_comparisons([pair, pair])
        monkeypatch.setattr("crossover.media.decoder.process.Decoder._ask", None)
        assert [type(looks.of(*one)) for one in files.items()] == [Fingerprint, Unfit]
        assert isinstance(looks.compare(*pair), Closeness)
        looks.take(files, lambda *_: pytest.fail("nothing is begun again"))
    assert begun == [(made.post.name, 1, 2), (damaged.name, 2, 2)]


def test_what_failed_and_may_pass_is_not_tried_again_in_the_same_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FingerprintCache(tmp_path / "looks.json") as looks:
        gone = looks.of(tmp_path / "gone.mp4", MediaKind.VIDEO)
        monkeypatch.setattr("crossover.media.decoder.process.Decoder._ask", None)
        assert looks.of(tmp_path / "gone.mp4", MediaKind.VIDEO) == gone
    assert isinstance(gone, Unfit)


def test_a_comparison_that_goes_on_tells_so(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame_compare, "TELL_SECONDS", 0.0)
    heard: list[float] = []
    compare_videos(made.post, made.post, 10**8, heard.append)
    assert heard == sorted(heard)
    assert len(heard) > 10
