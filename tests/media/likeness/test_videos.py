"""Made videos and what becomes of them: only the same video is ever sure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crossover.media.decoder.fingerprints import fingerprint_video
from crossover.media.likeness.decision import decide
from crossover.media.likeness.evidence import Decision, NewFile, Reference
from crossover.media.likeness.fingerprint import Fingerprint
from tests.media.likeness.made_videos import Frames, brighter, cropped, encode, film, written_over
from tests.tier import by_tier

MADE, WAYS = 60, by_tier(1, 5)
"""How many videos, and in how many ways each is bent: one in turn for a quick test."""
POSTED = datetime(2025, 5, 1, 12, 0, tzinfo=UTC)

BENT: dict[str, Callable[[Frames], Frames]] = {
    "cropped by a twentieth": lambda frames: cropped(frames, 0.05),
    "cropped by an eighth": lambda frames: cropped(frames, 0.125),
    "without the first half second": lambda frames: frames[5:],
    "without the last half second": lambda frames: frames[:-5],
    "written over": written_over,
}
"""What is another video than the one it was made of, and must never be taken for it."""


class Shelf:
    """Looks at made videos and their versions, each once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._looks: dict[str, Fingerprint] = {}

    def fingerprint(self, name: str, frames: Frames, **how: int | tuple[int, int]) -> Fingerprint:
        if name not in self._looks:
            path = encode(self._folder / "film.mp4", frames, **how)  # type: ignore[arg-type]
            self._looks[name] = fingerprint_video(path, 10**8)
        return self._looks[name]

    def post(self, number: int) -> Reference:
        """What TikTok made of video `number`: smaller, coarser, brighter, more frames a second."""
        frames = brighter(film(number))
        fingerprint = self.fingerprint(f"copy {number}", frames, size=(72, 120), crf=36, rate=20)
        return Reference(f"post {number}", number, POSTED, video=fingerprint)

    def original(self, number: int) -> NewFile:
        return NewFile(Path(f"{number}.mov"), self.fingerprint(f"{number}", film(number), crf=18))

    def bent(self, number: int, how: str) -> NewFile:
        fingerprint = self.fingerprint(f"{number} {how}", BENT[how](film(number)), crf=24)
        return NewFile(Path(f"{number} {how}.mov"), fingerprint)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf(tmp_path_factory.mktemp("films"))


def decided(given: Sequence[NewFile], posts: Sequence[Reference]) -> Decision:
    return decide(given, posts, lambda post, path: False)


def wrong(found: Decision) -> list[str]:
    """Sure pairs of a file that is not the very video of the post."""
    return [
        f"{one.paths[0]} for {one.number}: {one.why}"
        for one in found.sure
        if one.paths[0] != Path(f"{one.number}.mov")
    ]


def test_reencoded_videos_are_found_and_none_is_mistaken(
    shelf: Shelf, figure: Callable[[str], None]
) -> None:
    numbers = range(MADE)
    found = decided([shelf.original(n) for n in numbers], [shelf.post(n) for n in numbers])
    assert wrong(found) == []
    asked = {one.number for one in found.doubts} - {one.number for one in found.sure}
    figure(
        f"{MADE} videos, re-encoded and scaled: {len(found.sure)} sure"
        f" ({len(found.sure) / MADE:.0%}), {len(asked)} asked about, 0 wrong"
    )
    assert len(found.sure) >= 0.8 * MADE
    for number in asked:
        assert any(one.paths == (Path(f"{number}.mov"),) for one in found.doubts)


@pytest.mark.complete
def test_what_was_cropped_trimmed_written_over_or_is_another_is_never_sure(
    shelf: Shelf, figure: Callable[[str], None]
) -> None:
    posts = [shelf.post(n) for n in range(MADE)]
    hows = sorted(BENT)
    # Each version alone with the posts: nothing better is there to stand in its way.
    shown, tried = dict.fromkeys(hows, 0), dict.fromkeys(hows, 0)
    for n in range(MADE):
        for how in (hows[(n + turn) % len(hows)] for turn in range(WAYS)):
            found = decided([shelf.bent(n, how)], posts)
            assert found.sure == ()
            tried[how] += 1
            shown[how] += any(one.number == n for one in found.doubts)
    others = [shelf.original(n) for n in range(MADE)]
    for n, post in enumerate(posts):
        assert wrong(decided(others[:n] + others[n + 1 :], [post])) == []
    figure(
        f"{MADE * WAYS} cropped, trimmed and written-over ones and {MADE * (MADE - 1)} strangers: 0"
        " sure; shown as doubtful: "
        + ", ".join(f"{how} {count} of {tried[how]}" for how, count in shown.items())
    )


def test_in_one_heap_only_the_very_video_is_sure(
    shelf: Shelf, figure: Callable[[str], None]
) -> None:
    posts = [shelf.post(n) for n in range(MADE)]
    hows = sorted(BENT)
    heap = [shelf.original(n) for n in range(MADE) if n % 3]
    heap += [shelf.bent(n, hows[n % len(hows)]) for n in range(MADE) if n % 2]
    found = decided(heap, posts)
    assert wrong(found) == []
    assert all(one.number % 3 for one in found.sure)
    figure(
        f"originals of two thirds, versions of half of {MADE}: {len(found.sure)} sure,"
        f" {len(found.doubts)} doubts, 0 wrong"
    )


def test_a_raw_clip_is_called_so_and_not_used(shelf: Shelf) -> None:
    cut = shelf.fingerprint("cut of 1", brighter(film(1))[4:12], size=(72, 120), crf=34, rate=20)
    post = Reference("post", 7, POSTED, video=cut)
    found = decided([shelf.original(1), shelf.original(9)], [post])
    assert found.sure == ()
    (doubt,) = found.doubts
    assert doubt.paths == (Path("1.mov"),)
    assert doubt.why.startswith("raw clip, not your edit: ")
    assert "the post 0.8 s" in doubt.why


def test_turned_videos_are_compared_as_they_are_shown(tmp_path: Path, shelf: Shelf) -> None:
    frames = film(1)
    lying = [image.rotate(-90, expand=True) for image in frames]
    path = encode(tmp_path / "lying.mov", lying, size=(160, 96), turned=90)
    fingerprint = fingerprint_video(path, 10**8)
    assert (fingerprint.width, fingerprint.height) == (96, 160)
    found = decided([NewFile(path, fingerprint)], [shelf.post(1)])
    assert [one.paths for one in found.sure] == [(path,)]
